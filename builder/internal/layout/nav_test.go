package layout

import (
	"strings"
	"testing"
)

var navLayouts = map[string]string{
	"page.html": `{{.Nav}}`,
	"partials/nav.html": `<nav>{{with .Section.Index}}<a href="{{$.Href .}}">{{.Title}}</a>{{end}}` +
		`{{range .Groups}}{{with .Skipped}}<i>{{.}}</i>{{end}}{{range .Pages}}<a class="x" href="{{$.Href .}}">{{.Title}}</a>{{end}}{{end}}</nav>`,
}

var navPages = map[string]string{
	"index.md":       "",
	"docs/index.md":  "",
	"docs/a.md":      "",
	"docs/a-b.md":    "",
	"docs/پاک.md":    "",
	"docs/x/deep.md": "",
	"other/y.md":     "",
}

func TestNavMarksTheCurrentPage(t *testing.T) {
	pages := pagesOf(t, navPages)
	set := load(t, navLayouts, nil)
	const mark = ` aria-current="page"`
	for url, href := range map[string]string{
		"":             "./",
		"docs/":        "../docs/",
		"docs/a/":      "../../docs/a/",
		"docs/a-b/":    "../../docs/a-b/",
		"docs/پاک/":    "../../docs/%D9%BE%D8%A7%DA%A9/",
		"docs/x/deep/": "../../../docs/x/deep/",
		"other/y/":     "../../other/y/",
	} {
		got := render(t, set, pages[url])
		if n := strings.Count(got, mark); n != 1 {
			t.Errorf("%q marks %d links in\n%s", url, n, got)
		}
		if want := `href="` + href + `"` + mark + `>`; !strings.Contains(got, want) {
			t.Errorf("%q lacks %s in\n%s", url, want, got)
		}
	}
}

func TestNavOfAPageThatIsNotListed(t *testing.T) {
	pages := pagesOf(t, navPages)
	all := map[string]string{"page.html": `{{.Nav}}`, "partials/nav.html": `{{range .Menu.Items}}<a href="{{$.Href .}}">{{.Title}}</a>{{end}}`}
	set := load(t, all, nil)
	if got, want := render(t, set, pages["docs/a/"]), `<a href="../../docs/">docs</a>`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := render(t, set, pages["docs/"]), `<a href="../docs/" aria-current="page">docs</a>`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := render(t, set, pages["404.html"]), `<a href="/docs/">docs</a>`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// The fragment is shared by the pages of a section, so it must not depend on
// the page that was rendered first.
func TestNavDoesNotDependOnOrder(t *testing.T) {
	pages := pagesOf(t, navPages)
	set := load(t, navLayouts, nil)
	urls := []string{"docs/a/", "docs/a-b/", "docs/پاک/", "docs/", "docs/x/deep/", "other/y/"}
	first := map[string]string{}
	for _, url := range urls {
		first[url] = render(t, set, pages[url])
	}
	set.Forget()
	for i := len(urls) - 1; i >= 0; i-- {
		if got := render(t, set, pages[urls[i]]); got != first[urls[i]] {
			t.Errorf("%q becomes\n%s\nand in another order\n%s", urls[i], first[urls[i]], got)
		}
	}
}

func TestNavWithoutPartial(t *testing.T) {
	_, found, fromContent := load(t, map[string]string{"page.html": "a\n{{.Nav}}"}, nil).Render(budget(), nil, pagesOf(t, navPages)["docs/a/"], nil)
	if found.File != "page.html" || found.Line != 2 || !strings.Contains(found.Message, "no partials/nav.html") || fromContent {
		t.Errorf("reported %v, %t", found, fromContent)
	}
}
