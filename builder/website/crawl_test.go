package website

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"analysis/builder/internal/pipeline"
	"analysis/builder/internal/publish"
)

// document is what the crawl needs to know of a page.
type document struct {
	links    []string
	ids      map[string]int
	problems []string
	moved    bool // it leads on by itself
}

// examine parses a page as a browser would.
func examine(data []byte) document {
	d := document{ids: map[string]int{}}
	root, err := html.Parse(bytes.NewReader(data))
	if err != nil {
		d.problems = append(d.problems, err.Error())
		return d
	}
	headings, names := 0, []string{}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if n.Data == "h1" {
			headings++
		}
		for _, a := range n.Attr {
			switch {
			case a.Key == "id":
				d.ids[a.Val]++
			case a.Key == "aria-labelledby" || a.Key == "aria-describedby":
				names = append(names, strings.Fields(a.Val)...)
			case a.Key == "href" || a.Key == "src":
				d.links = append(d.links, a.Val)
			case a.Key == "content" && strings.HasPrefix(a.Val, "0; url="):
				d.links, d.moved = append(d.links, strings.TrimPrefix(a.Val, "0; url=")), true
			case a.Key == "content" && strings.HasPrefix(a.Val, "https://"):
				d.links = append(d.links, a.Val)
			case a.Key == "style" || strings.HasPrefix(a.Key, "on"):
				d.problems = append(d.problems, fmt.Sprintf("<%s> has the attribute %s", n.Data, a.Key))
			}
		}
		data := slices.Contains(n.Attr, html.Attribute{Key: "type", Val: "application/ld+json"}) // no script, though written as one
		if (n.Data == "script" && !data || n.Data == "style") && n.FirstChild != nil {
			d.problems = append(d.problems, "inline <"+n.Data+">")
		}
	}
	for _, id := range names {
		if d.ids[id] == 0 {
			d.problems = append(d.problems, fmt.Sprintf("nothing has the id %q", id))
		}
	}
	for id, count := range d.ids {
		if count > 1 {
			d.problems = append(d.problems, fmt.Sprintf("id %q stands %d times", id, count))
		}
	}
	if headings != 1 && !d.moved {
		d.problems = append(d.problems, fmt.Sprintf("%d level-one headings", headings))
	}
	return d
}

// crawl follows every link and anchor of a site that is published at base, and
// returns what is broken. A site may be published below any folder, so links may
// not begin with a slash; only the page for missing addresses, which is shown
// anywhere, has such links.
func crawl(files map[string]*publish.File, base string) (broken []string, links int) {
	pages := map[string]document{}
	for name, f := range files {
		if path.Ext(name) == ".html" {
			pages[name] = examine(f.Data)
		}
	}
	root, err := url.Parse(base)
	if err != nil {
		return []string{err.Error()}, 0
	}
	reached := map[string]bool{"index.html": true, "404.html": true}
	for name, d := range pages {
		complain := func(what, which string) { broken = append(broken, name+": "+what+which) }
		for _, p := range d.problems {
			complain(p, "")
		}
		for _, link := range d.links {
			u, err := url.Parse(link)
			if err != nil || u.Scheme != "" && u.Scheme != "https" && u.Scheme != "http" && u.Scheme != "mailto" {
				complain("bad address ", link)
				continue
			}
			if u.Scheme != "" && (root.Host == "" || u.Host != root.Host) {
				continue
			}
			links++
			to := path.Join(path.Dir(name), u.Path)
			if strings.HasPrefix(u.Path, "/") {
				to = strings.TrimPrefix(path.Clean(u.Path), strings.TrimSuffix("/"+strings.Trim(root.Path, "/"), "/"))
				to = strings.TrimPrefix(to, "/")
				if name != "404.html" && u.Scheme == "" {
					complain("not relative: ", link)
				}
			}
			if u.Path == "" {
				to = name
			} else if strings.HasSuffix(u.Path, "/") || to == "." || to == "" {
				to = path.Join(to, "index.html")
			}
			if files[to] == nil {
				complain("leads nowhere: ", link)
				continue
			}
			if name != "404.html" && u.Scheme == "" {
				reached[to] = true
			}
			if u.Fragment != "" && pages[to].ids[u.Fragment] == 0 {
				complain("no such anchor: ", link)
			}
		}
	}
	for name, d := range pages {
		claim := strings.Replace(name, "/card/", "/", 1) // the card of a former id stays where it is framed
		if !reached[name] && !d.moved && !pages[claim].moved {
			broken = append(broken, name+": no page links here")
		}
	}
	return broken, links
}

func TestNoLinkIsBroken(t *testing.T) {
	Each(t, func(t *testing.T, o pipeline.Options) {
		s := Build(t, o)
		broken, links := crawl(s.Files, s.Site.Config.BaseURL)
		for _, b := range broken {
			t.Error(b)
		}
		if links < 2*s.Pages {
			t.Errorf("only %d links were followed on %d pages", links, s.Pages)
		}
		t.Logf("%d pages, %d links followed", s.Pages, links)
	})
}

// Data are made of claims only, so a list of none does not link to them.
func TestNoClaims(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"site.yaml": "title: T\n", "index.md": "---\ntitle: List\nshows: claims\n---\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	broken, _ := crawl(Build(t, Options(dir)).Files, "")
	for _, b := range broken {
		t.Error(b)
	}
}

// Counts and signs lead to what is there, also if the holder has few claims, and others
// hold claims of kinds and with results that the holder's do not have.
func TestFewClaims(t *testing.T) {
	const claim = "> [!%s] Claim %[2]s {#%[2]s}\n> It is %[2]s.\n>\n> - source: %s\n> - held by: [[%s]]\n> - checked: %s\n\n"
	dir := t.TempDir()
	for name, text := range map[string]string{
		"site.yaml":       "title: T\n",
		"index.md":        "---\ntitle: Home\n---\n[[one]], [[ann]], [[bob]], [[report]], [[list]]\n",
		"list.md":         "---\ntitle: List\nshows: claims\n---\n",
		"actors/index.md": "---\ntitle: Actors\n---\n", "actors/ann.md": "---\ntitle: Ann\ntype: person\n---\n", "actors/bob.md": "---\ntitle: Bob\ntype: person\n---\n",
		"sources/index.md": "---\ntitle: Sources\n---\n", "sources/report.md": "---\ntitle: Report\ntype: report\n---\n",
		"sources/column.md": "---\ntitle: Column\ntype: column\npassages:\n  - {n: 1, gist: It says so.}\n---\n",
		"analysis/one.md": "---\ntitle: One\n---\n" + fmt.Sprintf(claim, "reported", "a", "[[column]] ¶1", "ann", "disputed by [[report]]") +
			fmt.Sprintf(claim, "assessment", "b", "[[report]]", "bob", "no evidence found"),
	} {
		name = filepath.Join(dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, []byte(text), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	broken, _ := crawl(Build(t, Options(dir)).Files, "")
	for _, b := range broken {
		t.Error(b)
	}
}

func TestLinksOfTheAnalysis(t *testing.T) {
	var least int
	Expect(t, "links", &least)
	if _, links := crawl(Build(t, Options(Analysis)).Files, ""); links < least {
		t.Errorf("only %d links were followed", links)
	}
}

// The crawl is only worth what it finds.
func TestCrawlFindsWhatIsBroken(t *testing.T) {
	page := func(body string) *publish.File { return &publish.File{Data: []byte("<h1>x</h1>" + body)} }
	broken, _ := crawl(map[string]*publish.File{
		"index.html":     page(`<a href="a/">a</a><a href="b/">no</a><a href="a/#none">no</a><a href="/a/">no</a><p style="x" onclick="y" aria-labelledby="z">`),
		"a/index.html":   page(`<i id="x"></i><b id="x"></b><a href="javascript:x">no</a><h1>again</h1><script>x</script>`),
		"lost/page.html": page(""),
		"old/index.html": page(`<meta http-equiv="refresh" content="0; url=../none/">`),
		"own/index.html": page(`<a href="https://example.org/below/none/">no</a><a href="https://example.org/below/own/">own</a><a href="../own/">own</a>`),
	}, "https://example.org/below/")
	all := strings.Join(broken, "\n")
	for _, want := range []string{
		"index.html: leads nowhere: b/", "index.html: no such anchor: a/#none", "index.html: not relative: /a/",
		"<p> has the attribute style", "<p> has the attribute onclick", `index.html: nothing has the id "z"`, `a/index.html: id "x" stands 2 times`,
		"a/index.html: bad address javascript:x", "a/index.html: 2 level-one headings", "a/index.html: inline <script>",
		"lost/page.html: no page links here", "old/index.html: leads nowhere: ../none/",
		"own/index.html: leads nowhere: https://example.org/below/none/",
	} {
		if !strings.Contains(all, want) {
			t.Errorf("not found: %s", want)
		}
	}
	if len(broken) != 13 {
		t.Errorf("%d findings:\n%s", len(broken), all)
	}
}
