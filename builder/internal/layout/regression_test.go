package layout

import "testing"

// A base with a default for "main" does not swallow the layouts that stand
// alone.
func TestBugBlockInBase(t *testing.T) {
	pages := pagesOf(t, variety)
	r := load(t, map[string]string{
		"base.html": `base {{block "main" .}}nothing{{end}}`, "page.html": `{{define "main"}}page{{end}}`, "redirect.html": `alone`,
	}, nil).NewRun()
	if got := render(t, r, pages["docs/a/"]); got != "base page" {
		t.Errorf("the page became %q", got)
	}
	if got := render(t, r, pages["old/"]); got != "alone" {
		t.Errorf("the redirect became %q", got)
	}
}

// A mistake in the navigation's partial is there and not where it is used.
func TestBugPositionInNav(t *testing.T) {
	p := pagesOf(t, map[string]string{"docs/a.md": ""})["docs/a/"]
	_, found, _ := load(t, map[string]string{"page.html": "{{.Nav}}", "partials/nav.html": "\n{{.Nosuch}}"}, nil).NewRun().Render(nil, p, nil)
	if found.Position.String() != "partials/nav.html:2:3" {
		t.Error(found)
	}
}
