package layout

import "testing"

// A text is cut before its own headings of level two, and nowhere else.
func TestSections(t *testing.T) {
	pages := pagesOf(t, map[string]string{
		"index.md": "Lead\n\n## One\n\nx\n\n> ## Said\n\n### Deep\n\n## Two\n\ny\n\n## Three\n\nz\n",
		"page.md":  "Lead\n",
	})
	const sections = `{{with .Sections}}{{.Lead}}{{range .Rest}}|{{.}}{{end}}|{{.Last}}{{end}}`
	s := load(t, map[string]string{"home.html": sections, "page.html": sections}, nil)
	for url, want := range map[string]string{
		"": "<p>Lead</p>\n|<h2 id=\"one\">One</h2>\n<p>x</p>\n<blockquote>\n<h2 id=\"said\">Said</h2>\n</blockquote>\n<h3 id=\"deep\">Deep</h3>\n" +
			"|<h2 id=\"two\">Two</h2>\n<p>y</p>\n|<h2 id=\"three\">Three</h2>\n<p>z</p>\n",
		"page/": "<p>Lead</p>\n|",
	} {
		if got := render(t, s, pages[url]); got != want {
			t.Errorf("%q: got %q, want %q", url, got, want)
		}
	}
}
