package website

import (
	"regexp"
	"slices"
	"testing"

	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/kind"
	"analysis/builder/internal/site"
)

// TestSmallSite shows that the project's own layouts and style serve another
// subject as well: nothing to report, no link that leads nowhere, and no word of theirs that
// belongs to this project's analysis.
func TestSmallSite(t *testing.T) {
	for name, drafts := range map[string]bool{"published": false, "with drafts": true} {
		t.Run(name, func(t *testing.T) {
			o := Options(Small)
			o.Drafts = drafts
			s := Build(t, o)
			if len(s.Diagnostics) > 0 {
				t.Errorf("%d diagnostics", len(s.Diagnostics))
			}
			if draft := s.Files["docs/unfinished/index.html"] != nil; draft != drafts {
				t.Errorf("the draft is published: %t, want %t", draft, drafts)
			}
			broken, _ := crawl(s.Files, s.Site.Config.BaseURL)
			for _, problem := range broken {
				t.Error(problem)
			}
			for name, f := range s.Files {
				if word := subject.Find(f.Data); word != nil {
					t.Errorf("%s: contains %q", name, word)
				}
			}
		})
	}
}

// subject finds the words that only this project's content may contain.
var subject = regexp.MustCompile(`(?i)pakistan|afghan|taliban`)

// What a test skips for want of such a page, it does not skip on the small site.
func TestSmallSiteHasAll(t *testing.T) {
	pages := Build(t, Options(Small)).Site.Pages
	for _, k := range append(kind.OfFiles[:], kind.Claim) {
		if !slices.ContainsFunc(pages, func(p *site.Page) bool { return p.Kind == k }) {
			t.Errorf("no page is of the kind %s", k)
		}
	}
	for _, shows := range frontmatter.Overviews {
		if !slices.ContainsFunc(pages, func(p *site.Page) bool { return p.Doc.Front.Shows == shows }) {
			t.Errorf("no page shows %s", shows)
		}
	}
	if !slices.ContainsFunc(pages, func(p *site.Page) bool { return len(p.Arrows) > 0 }) {
		t.Error("no page has a picture")
	}
}
