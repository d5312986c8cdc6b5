package pipeline

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/site"
)

// Explanation says what a build did and why: which files were others than the last
// time, and which input of which page.
type Explanation struct {
	Inputs []string `json:"inputs"` // "content/actors/ttp.md changed"
	Pages  []Reason `json:"pages"`  // that were rendered, at most mentioned of them
	More   int      `json:"more"`   // pages that are not listed
	Hashed int      `json:"hashed"` // pages in which only the hash of an asset is another
}

// Reason says why a page was rendered.
type Reason struct {
	URL string `json:"url"` // below the site's root
	Why string `json:"why"` // "its title, who links to it"
}

// mentioned is how many pages an Explanation lists.
const mentioned = 20

// Lines are the explanation in words, one thing a line.
func (e Explanation) Lines() (lines []string) {
	lines = append(lines, e.Inputs...)
	for _, r := range e.Pages {
		lines = append(lines, fmt.Sprintf("  rendered /%s: %s", r.URL, r.Why))
	}
	if e.More > 0 {
		lines = append(lines, fmt.Sprintf("  and %s more", diag.Number(e.More, "page")))
	}
	if e.Hashed > 0 {
		verb := "name"
		if e.Hashed == 1 {
			verb = "names"
		}
		lines = append(lines, fmt.Sprintf("  %s %s an asset by another hash", diag.Number(e.Hashed, "page"), verb))
	}
	return lines
}

// explain says why pages were rendered.
func (w *work) explain(now []rendered, due []int) {
	e := &w.snapshot.Explanation
	for _, i := range due {
		p := now[i].page
		switch {
		case p.Doc.Path == "":
		case !now[i].fresh:
			e.Hashed++
		case len(e.Pages) == mentioned:
			e.More++
		default:
			e.Pages = append(e.Pages, Reason{p.URL, w.why(i, now[i])})
		}
	}
}

func (w *work) why(i int, now rendered) string {
	p := now.page
	old, known := w.pages.of(i, p)
	switch {
	case !known:
		return "it is new"
	case old.look != w.layouts.Look(p):
		return "its layout changed"
	case !old.assets.same(w.marks):
		return "the static folder has other files"
	}
	list := changedParts(old.page, p)
	if !reflect.DeepEqual(old.shows, now.shows) {
		list = append(list, "what it gathers")
	}
	if len(list) == 0 {
		return "names and links in its text"
	}
	return strings.Join(list, ", ")
}

// parts are the fields of a Page, as an editor calls them.
var parts = map[string]string{
	"Ref": "its title, summary or date", "Config": "the settings", "Doc": "its text", "Menu": "the menu", "Section": "the pages of its section",
	"Crumbs": "the pages above it", "Prev": "the page before it", "Next": "the page behind it", "Relations": "the pages it belongs to", "Figures": "its figures",
	"Backlinks": "who links to it", "Mentions": "the titles it shows", "Citations": "who cites it", "Target": "where it leads", "Claim": "its claim",
	"Labels": "the claims told on it", "Roles": "claims that name it", "Carried": "claims that cite it", "Checks": "claims held against it",
	"Arrows": "its picture",
}

// changedParts names the parts in which two pages differ.
func changedParts(old, now *site.Page) (list []string) {
	a, b := reflect.ValueOf(old).Elem(), reflect.ValueOf(now).Elem()
	for i := range a.NumField() {
		if f := a.Type().Field(i); f.IsExported() && !reflect.DeepEqual(a.Field(i).Interface(), b.Field(i).Interface()) {
			list = append(list, parts[f.Name])
		}
	}
	return list
}

// changes lists the files that are others than the last time.
func changes(folder string, old, now []*source) (list []string) {
	say := func(s *source, what string) { list = append(list, folder+"/"+s.name+" "+what) }
	for len(old) > 0 || len(now) > 0 {
		switch {
		case len(old) > 0 && len(now) > 0 && old[0] == now[0]:
			old, now = old[1:], now[1:]
		case len(old) == 0 || len(now) > 0 && now[0].name < old[0].name:
			say(now[0], "is new")
			now = now[1:]
		case len(now) == 0 || old[0].name < now[0].name:
			say(old[0], "is gone")
			old = old[1:]
		default:
			say(now[0], "changed")
			old, now = old[1:], now[1:]
		}
	}
	return list
}

// inputs notes what changed in the three folders since the last build.
func (w *work) inputs(before [3][]*source) {
	all := &w.snapshot.Explanation.Inputs
	for i, f := range w.folders() {
		if before[i] == nil {
			return // the first build: all is new
		}
		*all = append(*all, changes(f.name, before[i], f.files)...)
	}
	if n := len(*all) - mentioned; n > 0 {
		*all = append(slices.Clip((*all)[:mentioned]), fmt.Sprintf("and %s more", diag.Number(n, "file")))
	}
}
