package website

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

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

// Every claim stands in the fingerprint once, as a sign that leads to it and names it, and
// every paragraph of the source has a row.
func TestFingerprintHoldsEveryClaim(t *testing.T) {
	Each(t, func(t *testing.T, o pipeline.Options) {
		s := Build(t, o)
		for _, p := range s.Site.Pages {
			if p.Kind != kind.Home && p.Doc.Front.Shows != "claims" {
				continue
			}
			page := readPage(t, s, p)
			if page.Overview == nil || page.Overview.Fingerprint == nil {
				t.Skip("no claim cites a paragraph")
			}
			drawn := within(page.html, "site-fingerprint")
			leads := map[string]int{}
			for _, mark := range all(drawn, func(n *html.Node) bool { return n.Data == "li" && strings.Contains(attr(n, "class"), " is-") }) {
				link := all(mark, func(n *html.Node) bool { return n.Data == "a" })[0]
				leads[page.leads(link)]++
				if textOf(link) == "" {
					t.Errorf("%s: a sign has no name", p.URL)
				}
			}
			for _, c := range s.Site.Claims {
				if leads[c.URL+"#"] != 1 {
					t.Errorf("%s: %d signs lead to %s", p.URL, leads[c.URL+"#"], c.URL)
				}
			}
			if rows := all(drawn, having("number")); len(rows) < len(page.Overview.Fingerprint.Rows) {
				t.Errorf("%s: %d rows for %d paragraphs", p.URL, len(rows), len(page.Overview.Fingerprint.Rows))
			}
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
