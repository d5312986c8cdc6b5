package layout

import (
	"testing"

	"analysis/builder/internal/diag"
)

// What package compiled does not know is rendered all the same, with a note that
// says why.
func TestInterpretedLayouts(t *testing.T) {
	pages := pagesOf(t, variety)
	set := load(t, map[string]string{
		"base.html":  "a\n<p style=\"color: {{.ID}}\">{{template \"main\" .}}",
		"page.html":  `{{define "main"}}page{{end}}`,
		"actor.html": `{{define "main"}}actor{{end}}`,
		"home.html":  `{{range .Doc.Front.Aliases}}{{.}}{{end}}{{printf "%.1f" 1.5}}`,
		"wide.html":  `compiled`,
	}, nil)
	const slow = "this layout takes several times as long as others: "
	style := diag.Notef(diag.Position{File: "base.html", Line: 2, Column: 20}, slow+"_html_template_cssvaluefilter is not known")
	number := diag.Notef(diag.Position{File: "home.html", Line: 1, Column: 43}, slow+"1.5 is not known")
	for url, want := range map[string]struct {
		page string
		note diag.Diagnostic
	}{
		"docs/a/":   {"a\n<p style=\"color: a\">page", style},
		"actors/c/": {"a\n<p style=\"color: c\">actor", style},
		"":          {"1.5", number},
		"docs/b/":   {"compiled", diag.Diagnostic{}},
	} {
		if pages[url] == nil {
			t.Fatalf("no page %q", url)
		}
		page, found, fromContent := set.Render(budget(), nil, pages[url], nil)
		found.Hint = ""
		if string(page) != want.page || found != want.note || fromContent {
			t.Errorf("%q becomes %q with %v, want %q with %v", url, page, found, want.page, want.note)
		}
	}
}

// An author's mistake is an error and no note.
func TestMistakesAreErrors(t *testing.T) {
	set := load(t, map[string]string{"page.html": "{{.Nosuch}}"}, nil)
	if page, found, _ := set.Render(budget(), nil, pagesOf(t, variety)["docs/a/"], nil); found.Severity != diag.Error || page != nil {
		t.Errorf("found %v", found)
	}
}
