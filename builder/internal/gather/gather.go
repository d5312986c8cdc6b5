// Package gather collects what one page shows of the whole site: a timeline, a
// map, a matrix, arguments, a glossary, lists of claims and of sources.
//
// It stands between placing and rendering. In come a finished Site and one of
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

import "analysis/builder/internal/site"

// Overview is what a page gathers from the whole site. Only the part that the
// page's front matter asks for is filled.
type Overview struct {
	Claims    site.Statements // shows: claims; in the order of the analysis
	Tensions  []Tension       // shows: tensions
	Forecasts []Forecast      // shows: forecasts
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

// Collect gathers what a page asks for. It returns nil if the page asks for
// nothing.
func Collect(s *site.Site, p *site.Page) *Overview {
	if p.Kind == site.KindSingle {
		return &Overview{Whole: s.Whole}
	}
	switch p.Doc.Front.Shows {
	case "claims":
		return &Overview{Claims: statements(s)}
	case "tensions":
		return &Overview{Tensions: tensions(s)}
	case "forecasts":
		return &Overview{Forecasts: forecasts(s)}
	case "evidence":
		return &Overview{Evidence: evidence(s)}
	case "holders":
		return &Overview{Holders: holders(s)}
	case "sources":
		return &Overview{Sources: sources(s)}
	case "glossary":
		return &Overview{Glossary: glossary(s)}
	case "whole":
		return &Overview{Whole: s.Whole}
	case "timeline":
		return &Overview{Timeline: timeline(s)}
	case "map":
		return &Overview{Map: relationMap(s)}
	case "matrix":
		return &Overview{Matrix: matrix(s)}
	case "chain":
		return &Overview{Chain: chain(s)}
	}
	return nil
}

// index numbers keys in the order in which they are first asked for.
type index[K comparable] map[K]int

// of returns the number of a key, and whether it is a new one.
func (x index[K]) of(key K) (n int, fresh bool) {
	n, known := x[key]
	if !known {
		n = len(x)
		x[key] = n
	}
	return n, !known
}

// statements are all claims, in the order of the analysis.
func statements(s *site.Site) site.Statements {
	var list site.Statements
	for _, c := range s.Claims {
		list = append(list, c.Statement)
	}
	return list
}

// numbers are the places of claims in a list.
func numbers(claims []site.PlacedClaim) index[*site.Ref] {
	at := index[*site.Ref]{}
	for _, c := range claims {
		at.of(c.Ref)
	}
	return at
}
