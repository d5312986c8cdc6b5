package website

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"analysis/builder/internal/kind"
	"analysis/builder/internal/pipeline"
	analysis "analysis/builder/internal/site"
)

// Every figure of every event stands on the event's page with its claimant and a link to its source.
func TestFiguresOfEvents(t *testing.T) {
	Each(t, func(t *testing.T, o pipeline.Options) {
		s, shown := Build(t, o), 0
		for _, p := range s.Site.Pages {
			if p.Kind != kind.Event || len(p.Figures) == 0 {
				continue
			}
			page := readPage(t, s, p)
			text := textOf(within(page.html, "site-figures"))
			for _, f := range p.Figures {
				shown++
				for _, want := range []string{f.What, f.Claimant, f.Source.Title} {
					if !strings.Contains(text, want) {
						t.Errorf("%s does not say %q", p.URL, want)
					}
				}
				for word := range strings.FieldsFuncSeq(f.Value, func(r rune) bool { return strings.ContainsRune(" ,;:", r) }) {
					if !strings.Contains(text, word) {
						t.Errorf("%s does not say %q of %q", p.URL, word, f.Value)
					}
				}
			}
		}
		if shown == 0 {
			t.Skip("there are no figures")
		}
	})
}

// The filters are written out in the style sheets.
func TestFiltersAreStyled(t *testing.T) {
	drawn, errDrawn := os.ReadFile("../../static/css/drawn.css")
	site, errSite := os.ReadFile("../../static/css/site.css")
	if err := errors.Join(errDrawn, errSite); err != nil {
		t.Fatal(err)
	}
	words := append(slices.Clone(analysis.Results[:]), "reported", "assessment", "forecast", "recommendation")
	for _, word := range words {
		if !strings.Contains(string(drawn), ".show-"+word+":checked") || !strings.Contains(string(site), ".only-"+word+":target") {
			t.Errorf("nothing hides what is not %s", word)
		}
	}
}
