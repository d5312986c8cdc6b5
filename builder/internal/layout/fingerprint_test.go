package layout

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"analysis/builder/internal/site"
)

// Which layouts have another fingerprint when a file changes. Pages and their
// layouts: page.html has what it shares with actor.html from the base.
func TestFingerprint(t *testing.T) {
	pages := pagesOf(t, variety)
	of := map[string]*site.Page{"home": pages[""], "page": pages["docs/a/"], "actor": pages["actors/c/"], "wide": pages["docs/b/"]}
	files := map[string]string{
		"base.html":              "{{ template `partials/head.html` .}}{{template \"main\" .}}{{block \"foot\" .}}{{end}}",
		"partials/head.html":     `{{template "shared" .}}`,
		"partials/shared.html":   `{{define "shared"}}{{end}}`,
		"partials/nav.html":      `nav`,
		"partials/masthead.html": `masthead`,
		"partials/claim.html":    `{{template "partials/deep.html"}}`,
		"partials/deep.html":     `deep`,
		"partials/entry.html":    `entry`,
		"partials/none.html":     `none`,
		"home.html":              `{{.Part (print "entry" ".html") .Config ""}}`,
		"page.html":              `{{define "main"}}{{.Nav}}{{with $}}{{.Body}}{{end}}{{end}}`,
		"actor.html":             `{{define "main"}}{{(.Part "entry.html" .Config "") | print}}{{end}}`,
		"wide.html":              `{{$v := .}}{{$v.Masthead}}`,
	}
	for file, want := range map[string]string{
		"base.html":              "actor home page", // home may render a part of any name
		"partials/head.html":     "actor home page",
		"partials/shared.html":   "actor home page",
		"partials/nav.html":      "home page",
		"partials/masthead.html": "home wide",
		"partials/claim.html":    "home page",
		"partials/deep.html":     "home page",
		"partials/entry.html":    "actor home",
		"partials/none.html":     "home",
		"page.html":              "page",
		"wide.html":              "wide",
		"actor.html":             "actor",
		"home.html":              "home",
	} {
		before := load(t, files, nil)
		changed := maps.Clone(files)
		changed[file] += "{{/* changed */}}"
		after := load(t, changed, nil)
		var got []string
		for _, name := range slices.Sorted(maps.Keys(of)) {
			if before.Fingerprint(of[name]) != after.Fingerprint(of[name]) {
				got = append(got, name)
			}
		}
		if got := strings.Join(got, " "); got != want {
			t.Errorf("%s changes %q, want %q", file, got, want)
		}
	}
}
