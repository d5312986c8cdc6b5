package pipeline

import (
	"fmt"
	"reflect"
	"strings"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/scan"
	"analysis/builder/internal/site"
)

// maxListed is the largest number of files, and of pages, in an explanation.
const maxListed = 20

// explainInputs lists the files that differ from the last build without errors.
func (w *work) explainInputs() {
	if w.previous == nil {
		return // all are new
	}
	var list []string // "content/actors/board.md changed"
	for i, f := range w.folders {
		list = append(list, changes(f.Name, w.previous.files[i], f.Files)...)
	}
	if n := len(list) - maxListed; n > 0 {
		list = append(list[:maxListed:maxListed], fmt.Sprintf("and %s more", diag.Number(n, "file")))
	}
	w.snapshot.Explanation = list
}

// explainPages says why pages were rendered.
func (w *work) explainPages() {
	list := &w.snapshot.Explanation
	before := map[string]*site.Page{}
	if w.previous != nil && len(w.fresh) > 0 {
		for _, p := range w.previous.site.Pages {
			before[p.URL] = p
		}
	}
	for _, in := range w.fresh[:min(len(w.fresh), maxListed)] {
		url := in.page.URL
		*list = append(*list, fmt.Sprintf("  rendered /%s: %s", url, w.why(before[url], in)))
	}
	if n := len(w.fresh) - maxListed; n > 0 {
		*list = append(*list, fmt.Sprintf("  and %s more", diag.Number(n, "page")))
	}
}

// why says which inputs of a page differ from those of the previous page.
func (w *work) why(page *site.Page, now pageInput) string {
	if page == nil {
		return "it is new"
	}
	old := w.previous.pageInput(page)
	switch {
	case old.layout != now.layout:
		return "its layout changed"
	case !sameNames(old.names, now.names):
		return "the static folder has other files"
	}
	list := changedParts(page, now.page)
	if !reflect.DeepEqual(old.gathered, now.gathered) {
		list = append(list, "what it gathers")
	}
	if len(list) == 0 {
		return "names and links in its text"
	}
	return strings.Join(list, ", ")
}

// partNames names the fields of a Page in words that an author knows.
var partNames = map[string]string{
	"Ref": "its title, summary or date", "Config": "the settings", "Doc": "its text", "Menu": "the menu", "Section": "the pages of its section",
	"Crumbs": "the pages above it", "Prev": "the page before it", "Next": "the page after it", "Relations": "the pages it belongs to", "Figures": "its figures",
	"Backlinks": "who links to it", "Mentions": "the titles it shows", "Citations": "who cites it", "Target": "where it leads", "Fragment": "where it leads", "Claim": "its claim",
	"Labels": "the claims told on it", "Roles": "claims that name it", "ByPassage": "claims that cite it", "Checks": "claims held against it",
	"Arrows": "its picture",
}

// changedParts returns the names of the fields in which two pages differ.
func changedParts(old, now *site.Page) (list []string) {
	a, b := reflect.ValueOf(old).Elem(), reflect.ValueOf(now).Elem()
	for i := range a.NumField() {
		if f := a.Type().Field(i); f.IsExported() && !reflect.DeepEqual(a.Field(i).Interface(), b.Field(i).Interface()) {
			list = append(list, partNames[f.Name])
		}
	}
	return list
}

// changes lists the files of a folder that differ. Both lists are sorted by name.
func changes(folder string, old, now []*scan.File) (list []string) {
	for len(old) > 0 || len(now) > 0 {
		switch {
		case len(old) == 0 || len(now) > 0 && now[0].Name < old[0].Name:
			list, now = append(list, folder+"/"+now[0].Name+" is new"), now[1:]
		case len(now) == 0 || old[0].Name < now[0].Name:
			list, old = append(list, folder+"/"+old[0].Name+" was deleted"), old[1:]
		default:
			if old[0] != now[0] {
				list = append(list, folder+"/"+now[0].Name+" changed")
			}
			old, now = old[1:], now[1:]
		}
	}
	return list
}
