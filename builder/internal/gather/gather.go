// Package gather collects what one page shows of the whole site: a timeline, a
// map, a matrix, arguments, a glossary, lists of claims and of sources.
//
// It runs between place and render. In come a finished Site and one of
// its Pages; out comes an Overview, which a layout receives beside the Page. An
// Overview is data. The geometry of what it draws is made by the methods Drawing,
// which a layout calls, and so only when the page is rendered.
//
// Invariant: an Overview depends on the Site and the Page alone, and a drawing on
// the Overview alone. So two Overviews that reflect.DeepEqual finds equal make the
// same bytes.
//
// Invariant: collecting takes time in proportion to the pages and claims of the
// site and to what the page shows of them. Only the arguments of a chain and the
// drawings may take longer.
//
// Deliberately absent: diagnostics, which site reports when it resolves what is
// gathered here, and markup.
package gather

import (
	"slices"

	"analysis/builder/internal/kind"
	"analysis/builder/internal/site"
)

// Overview is what a page gathers from the whole site. Only the part that the
// page's front matter asks for is filled.
type Overview struct {
	Claims    site.Statements // shows: claims; in the order of the analysis
	Tensions  Tensions        // shows: tensions
	Forecasts []Forecast      // shows: forecasts; in the order of the analysis
	Evidence  []EventEvidence // shows: evidence
	Holders   []Holder        // shows: holders; who holds most comes first
	Sources   []Use           // shows: sources; what each is used for
	Glossary  []Letter        // shows: glossary; actors, places and concepts by first letter
	Whole     *site.Whole     // shows: whole
	Timeline  *Timeline       // shows: timeline
	Map       *Map            // shows: map
	Matrix    *Matrix         // shows: matrix
	Chain     *Chain          // shows: chain
}

// collectors gather what a page asks for, by the word with which it asks.
var collectors = map[string]func(s *site.Site) *Overview{
	"claims":    func(s *site.Site) *Overview { return &Overview{Claims: statements(s)} },
	"tensions":  func(s *site.Site) *Overview { return &Overview{Tensions: tensions(s)} },
	"forecasts": func(s *site.Site) *Overview { return &Overview{Forecasts: forecasts(s)} },
	"evidence":  func(s *site.Site) *Overview { return &Overview{Evidence: evidence(s)} },
	"holders":   func(s *site.Site) *Overview { return &Overview{Holders: holders(s)} },
	"sources":   func(s *site.Site) *Overview { return &Overview{Sources: sources(s)} },
	"glossary":  func(s *site.Site) *Overview { return &Overview{Glossary: glossary(s)} },
	"whole":     func(s *site.Site) *Overview { return &Overview{Whole: s.Whole} },
	"timeline":  func(s *site.Site) *Overview { return &Overview{Timeline: timeline(s)} },
	"map":       func(s *site.Site) *Overview { return &Overview{Map: relationMap(s)} },
	"matrix":    func(s *site.Site) *Overview { return &Overview{Matrix: matrix(s)} },
	"chain":     func(s *site.Site) *Overview { return &Overview{Chain: chain(s)} },
}

// Collect gathers what a page asks for. It returns nil if the page asks for
// nothing.
func Collect(s *site.Site, p *site.Page) *Overview {
	if p.Kind == site.KindSingle {
		return collectors["whole"](s)
	}
	if collect := collectors[p.Doc.Front.Shows]; collect != nil {
		return collect(s)
	}
	return nil
}

// table is a list of rows, each with a key of its own.
type table[K comparable, R any] struct {
	rows []R
	at   map[K]int
}

// row returns the row of a key. If there is none yet, it is added as given.
func (t *table[K, R]) row(key K, added R) *R {
	if t.at == nil {
		t.at = map[K]int{}
	}
	i, known := t.at[key]
	if !known {
		i = len(t.rows)
		t.at[key], t.rows = i, append(t.rows, added)
	}
	return &t.rows[i]
}

// numbers are the places of claims in a list.
func numbers(claims []site.PlacedClaim) map[*site.Ref]int {
	at := map[*site.Ref]int{}
	for i, c := range claims {
		at[c.Ref] = i
	}
	return at
}

// OfKind returns the pages of a list that are of a kind.
func OfKind(kind kind.Kind, list []*site.Ref) []*site.Ref {
	return slices.DeleteFunc(slices.Clone(list), func(r *site.Ref) bool { return r.Kind != kind })
}

// pagesOfKind returns all pages of a kind, in order.
func pagesOfKind(s *site.Site, kind kind.Kind) []*site.Page {
	list := slices.DeleteFunc(slices.Clone(s.Pages), func(p *site.Page) bool { return p.Kind != kind })
	slices.SortFunc(list, func(a, b *site.Page) int { return site.InOrder(a.Ref, b.Ref) })
	return list
}
