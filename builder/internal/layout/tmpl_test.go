package layout

import (
	"testing"

	"analysis/builder/internal/diag"
)

// What package compiled does not know is rendered all the same, and listed with the
// reason: once, for whatever layouts share it, and not before it is rendered.
func TestInterpreted(t *testing.T) {
	pages := pagesOf(t, variety)
	set := load(t, map[string]string{
		"base.html":  "a\n<p style=\"color: {{.ID}}\">{{template \"main\" .}}",
		"page.html":  `{{define "main"}}page{{end}}`,
		"actor.html": `{{define "main"}}actor{{end}}`,
		"home.html":  `{{range .Doc.Front.Aliases}}{{.}}{{end}}{{printf "%.1f" 1.5}}`,
		"wide.html":  `{{with 1.5}}wide{{end}}`,
	}, nil)
	if got := set.Interpreted(); got != nil {
		t.Errorf("before anything is rendered: %v", got)
	}
	for url, want := range map[string]string{
		"docs/a/":   "a\n<p style=\"color: a\">page",
		"actors/c/": "a\n<p style=\"color: c\">actor",
		"":          "1.5",
	} {
		if got := render(t, set, pages[url]); got != want {
			t.Errorf("%q becomes %q, want %q", url, got, want)
		}
	}
	want := []Interpreted{
		{diag.Position{File: "base.html", Line: 2, Column: 20}, "_html_template_cssvaluefilter is not known"},
		{diag.Position{File: "home.html", Line: 1, Column: 43}, "1.5 is not known"},
	}
	got := set.Interpreted()
	if len(got) != len(want) {
		t.Fatalf("listed %v", got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("listed %v, want %v", got[i], want[i])
		}
	}
}

// An author's mistake is no reason: it is reported by itself.
func TestMistakesAreNotInterpreted(t *testing.T) {
	pages := pagesOf(t, variety)
	set := load(t, map[string]string{"page.html": "{{.Nosuch}}"}, nil)
	if _, found, _ := set.Render(nil, pages["docs/a/"], nil); found.Message == "" {
		t.Error("nothing is reported")
	}
	if got := set.Interpreted(); got != nil {
		t.Errorf("listed %v", got)
	}
}
