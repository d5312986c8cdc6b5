// Package gather collects data from the whole site for one page: a timeline, a map,
// a matrix, arguments, a glossary, a list of claims, sources, corrections, changes or data
// files, or the fingerprint of a source, which is its paragraphs with their claims.
//
// It runs between place and render. It takes a finished Site, what packages audit, edition
// and export made of it, and one of its Pages. It returns an Overview, which a layout gets
// together with the Page. An Overview is plain data. Its Drawing methods compute the
// geometry of drawings. Layouts call them, so drawings are computed only when the page is
// rendered.
//
// Invariant: an Overview depends only on the fields of the Gatherer and the Page, and a
// drawing only on the Overview. So Overviews that are equal by reflect.DeepEqual result in the
// same output bytes.
//
// Invariant: the running time is linear in the pages and claims of the site and in
// what the page shows of them. Only the arguments of a chain and the drawings may
// take longer.
//
// Deliberately absent: markup, and diagnostics, because package site has already
// reported the errors in this data.
package gather

import (
	"reflect"
	"slices"

	"analysis/builder/internal/audit"
	"analysis/builder/internal/edition"
	"analysis/builder/internal/export"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/kind"
	"analysis/builder/internal/site"
)

// Overview is the data that a page shows of the whole site. Only the fields for the
// word after "shows:" in the page's front matter are set, and those for its kind.
type Overview struct {
	Claims      site.Statements   // shows: claims; in the order of the analysis
	Tensions    Tensions          // shows: tensions
	Forecasts   []Forecast        // shows: forecasts; in the order of the analysis
	Evidence    []EventEvidence   // shows: evidence
	Holders     []Holder          // shows: holders, or claims; those with most claims first
	Sources     []Use             // shows: sources; how each is used
	Glossary    []Letter          // shows: glossary; actors, places and concepts by first letter
	Whole       *site.Whole       // shows: whole
	Timeline    *Timeline         // shows: timeline
	Map         *Map              // shows: map
	Matrix      *Matrix           // shows: matrix
	Chain       *Chain            // shows: chain
	Audits      []audit.Record    // shows: audit; and of a source's page, its own
	Corrections []Correction      // shows: corrections; of all pages, the newest first
	Data        []export.Resource // shows: data
	Changes     []edition.Step    // shows: changes; the latest first

	Fingerprint *Fingerprint     // of the home page and with shows: claims; nil if there is none
	Strip       *Strip           // of sections and claims; nil if there is none
	History     []edition.Change // of a claim, the latest first
	Since       frontmatter.Date // of a claim: the edition in which its present version first stood, or ""
}

// collectors maps a word after "shows:" to the function that fills the Overview of a page with it.
var collectors = map[string]func(g *Gatherer, o *Overview){
	"claims": func(g *Gatherer, o *Overview) {
		o.Claims, o.Fingerprint = statements(g.site), g.fingerprint
		o.Holders = holders(o.Claims)
	},
	"tensions":    func(g *Gatherer, o *Overview) { o.Tensions = tensions(g.site) },
	"forecasts":   func(g *Gatherer, o *Overview) { o.Forecasts = forecasts(g.site) },
	"evidence":    func(g *Gatherer, o *Overview) { o.Evidence = evidence(g.site) },
	"holders":     func(g *Gatherer, o *Overview) { o.Holders = holders(statements(g.site)) },
	"sources":     func(g *Gatherer, o *Overview) { o.Sources = sources(g.site) },
	"glossary":    func(g *Gatherer, o *Overview) { o.Glossary = glossary(g.site) },
	"whole":       func(g *Gatherer, o *Overview) { o.Whole = g.site.Whole },
	"timeline":    func(g *Gatherer, o *Overview) { o.Timeline = timeline(g.site) },
	"map":         func(g *Gatherer, o *Overview) { o.Map = relationMap(g.site) },
	"matrix":      func(g *Gatherer, o *Overview) { o.Matrix = matrix(g.site) },
	"chain":       func(g *Gatherer, o *Overview) { o.Chain = chain(g.site) },
	"audit":       func(g *Gatherer, o *Overview) { o.Audits = g.Audits },
	"corrections": func(g *Gatherer, o *Overview) { o.Corrections = corrections(g.site) },
	"changes": func(g *Gatherer, o *Overview) {
		if g.History != nil {
			o.Changes = g.History.Steps
		}
	},
	"data": func(g *Gatherer, o *Overview) { _, o.Data = g.Data() },
}

// Gatherer makes the Overviews of the pages of a Site.
type Gatherer struct {
	site        *site.Site
	fingerprint *Fingerprint
	Audits      []audit.Record                                // of the site's sources
	History     *edition.History                              // nil without editions
	Data        func() (map[string][]byte, []export.Resource) // what is exported; only called if a page shows it
	Strip       *Strip                                        // that of the pages; may be replaced by an equal one
}

// New returns the Gatherer of a Site.
func New(s *site.Site) *Gatherer {
	f := fingerprint(s)
	return &Gatherer{site: s, fingerprint: f, Strip: newStrip(s, f)}
}

// Collect makes the Overview of a page. It returns nil if the page shows none.
func (g *Gatherer) Collect(p *site.Page) *Overview {
	o, collect := &Overview{}, collectors[p.Doc.Front.Shows]
	switch p.Kind {
	case site.KindSingle:
		collect = collectors["whole"]
	case kind.Home:
		o.Fingerprint = g.fingerprint
	case kind.Section:
		o.Strip = g.Strip
	case kind.Claim:
		o.Strip, o.History, o.Since = g.Strip, g.History.Of(p.ID), g.History.Since(p.ID)
	}
	for _, a := range g.Audits {
		if a.Source == p.Ref {
			o.Audits = append(o.Audits, a)
		}
	}
	if collect != nil {
		collect(g, o)
	} else if reflect.ValueOf(*o).IsZero() {
		return nil
	}
	return o
}

// table is a list of rows with unique keys.
type table[K comparable, R any] struct {
	rows []R
	at   map[K]int
}

// row returns the row of a key. If there is none, it first appends initial.
func (t *table[K, R]) row(key K, initial R) *R {
	if t.at == nil {
		t.at = map[K]int{}
	}
	i, known := t.at[key]
	if !known {
		i = len(t.rows)
		t.at[key], t.rows = i, append(t.rows, initial)
	}
	return &t.rows[i]
}

// indexes maps each claim of a list to its index.
func indexes(claims []site.PlacedClaim) map[*site.Ref]int {
	at := map[*site.Ref]int{}
	for i, c := range claims {
		at[c.Ref] = i
	}
	return at
}

// together returns the pages of several lists, each once, sorted by site.InOrder.
func together(lists ...[]*site.Ref) []*site.Ref {
	all := slices.Concat(lists...)
	slices.SortFunc(all, site.InOrder)
	return slices.Compact(all)
}

// OfKind returns the pages of a kind in a list.
func OfKind(kind kind.Kind, list []*site.Ref) []*site.Ref {
	return slices.DeleteFunc(slices.Clone(list), func(r *site.Ref) bool { return r.Kind != kind })
}

// pagesOfKind returns all pages of a kind, sorted by site.InOrder.
func pagesOfKind(s *site.Site, kind kind.Kind) []*site.Page {
	list := slices.DeleteFunc(slices.Clone(s.Pages), func(p *site.Page) bool { return p.Kind != kind })
	slices.SortFunc(list, func(a, b *site.Page) int { return site.InOrder(a.Ref, b.Ref) })
	return list
}
