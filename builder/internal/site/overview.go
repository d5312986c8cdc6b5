package site

import (
	"cmp"
	"slices"
	"strings"

	"analysis/builder/internal/content"
	"analysis/builder/internal/kind"
)

// Statements is a list of claims in the order of the analysis.
type Statements []*Statement

// KindStatements are claims of one kind.
type KindStatements struct {
	Kind   string
	Claims Statements
}

// SectionStatements are claims told on one page.
type SectionStatements struct {
	On     *Ref
	Claims Statements
}

// Of returns the claims of a kind.
func (s Statements) Of(kind string) Statements {
	var list Statements
	for _, st := range s {
		if st.Type == kind {
			list = append(list, st)
		}
	}
	return list
}

// ByKind groups the claims by kind, in the order of content.ClaimKinds.
func (s Statements) ByKind() []KindStatements {
	var groups []KindStatements
	for _, k := range content.ClaimKinds {
		if list := s.Of(string(k)); len(list) > 0 {
			groups = append(groups, KindStatements{string(k), list})
		}
	}
	return groups
}

// BySection groups the claims by the page they are told on.
func (s Statements) BySection() []SectionStatements {
	var groups []SectionStatements
	for _, st := range s {
		if n := len(groups); n == 0 || groups[n-1].On != st.On {
			groups = append(groups, SectionStatements{On: st.On})
		}
		last := &groups[len(groups)-1]
		last.Claims = append(last.Claims, st)
	}
	return groups
}

// Overview is what a page gathers from the whole site. Only the part that the
// page's front matter asks for is filled.
type Overview struct {
	Claims    Statements      // shows: claims; in the order of the analysis
	Tensions  []Tension       // shows: tensions
	Forecasts []Forecast      // shows: forecasts
	Evidence  []EventEvidence // shows: evidence
	Holders   []Holder        // shows: holders; who holds most comes first
	Sources   []Use           // shows: sources; what each is used for
	Glossary  []Letter        // shows: glossary; actors, places and concepts by first letter
	Whole     *Whole          // shows: whole
	Timeline  *Timeline       // shows: timeline
	Map       *Map            // shows: map
	Matrix    *Matrix         // shows: matrix
	Chain     *Chain          // shows: chain
}

// Tension is a pair of claims that contradict each other.
type Tension struct {
	A, B   *Statement
	Note   string
	Within bool // somebody holds both
}

// Within are the contradictions of one holder with themselves.
func (o *Overview) Within() []Tension {
	return slices.DeleteFunc(slices.Clone(o.Tensions), func(t Tension) bool { return !t.Within })
}

// Between are the contradictions of one holder with another.
func (o *Overview) Between() []Tension {
	return slices.DeleteFunc(slices.Clone(o.Tensions), func(t Tension) bool { return t.Within })
}

// Forecast is a claim about what will come, and what came.
type Forecast struct {
	*Statement
	Horizon string
	Outcome Verdict
}

// OutcomeForecasts is the forecasts that came to the same.
type OutcomeForecasts struct {
	Word      string
	Forecasts []Forecast
}

// ByOutcome groups the forecasts by what came of them, the open ones last.
func (o *Overview) ByOutcome() []OutcomeForecasts {
	var groups []OutcomeForecasts
	for _, word := range []string{"borne out", "partly", "not borne out", "open"} {
		g := OutcomeForecasts{Word: word}
		for _, f := range o.Forecasts {
			if f.Outcome.Word == word {
				g.Forecasts = append(g.Forecasts, f)
			}
		}
		if len(g.Forecasts) > 0 {
			groups = append(groups, g)
		}
	}
	return groups
}

// EventEvidence is what is claimed and reported about one event; about none of
// them in particular if Event is nil.
type EventEvidence struct {
	Event   *Ref
	Figures []Figure
	Checks  []ClaimChecks
}

// ClaimChecks are all checks of one claim.
type ClaimChecks struct {
	Claim    *Statement
	Verdicts []Verdict
}

// Check is what a look at other sources came to for one claim.
type Check struct {
	Claim *Statement
	Verdict
}

// Holder is an actor and the claims that they hold.
type Holder struct {
	*Ref
	Claims Statements
}

// Role lists the claims that name a page under a key: "about", "held by",
// "addressee", "source", "outcome".
type Role struct {
	Key    string
	Claims Statements
}

// Carried lists the claims that cite one paragraph of a source.
type Carried struct {
	N      int
	Claims Statements
}

// Role returns the claims under a key, and nil if there are none.
func (p *Page) Role(key string) Statements {
	for _, r := range p.Roles {
		if r.Key == key {
			return r.Claims
		}
	}
	return nil
}

// Carries returns the claims that cite a paragraph of this source.
func (p *Page) Carries(n int) Statements {
	for _, c := range p.Carried {
		if c.N == n {
			return c.Claims
		}
	}
	return nil
}

// bear enters every claim on the pages that its record names.
func (m *making) bear() {
	for _, c := range m.claims {
		st := c.claim.Statement
		m.bearAll("about", c.claim.About, st)
		m.bearAll("held by", c.claim.HeldBy, st)
		m.bearAll("addressee", c.claim.Addressees, st)
		m.bearAll("outcome", c.claim.Outcome.Sources, st)
		for _, cite := range c.claim.Cites {
			to := m.of(cite.Source)
			for _, n := range cite.Passages {
				to.carry(n, st)
			}
			if len(cite.Passages) == 0 {
				to.bear("source", st)
			}
		}
		for _, v := range c.claim.Checks {
			for _, r := range v.Sources {
				to := m.of(r)
				to.Checks = append(to.Checks, Check{st, v})
			}
		}
	}
}

func (m *making) bearAll(key string, on []*Ref, st *Statement) {
	for _, r := range on {
		m.of(r).bear(key, st)
	}
}

// bear enters a claim under a key, unless it is there. Claims come one after
// the other, so it would be the last one.
func (p *Page) bear(key string, st *Statement) {
	i, found := slices.BinarySearchFunc(p.Roles, key, func(r Role, key string) int { return cmp.Compare(r.Key, key) })
	if !found {
		p.Roles = slices.Insert(p.Roles, i, Role{Key: key})
	}
	p.Roles[i].Claims = p.Roles[i].Claims.with(st)
}

func (p *Page) carry(n int, st *Statement) {
	i := slices.IndexFunc(p.Carried, func(c Carried) bool { return c.N == n })
	if i < 0 {
		i = len(p.Carried)
		p.Carried = append(p.Carried, Carried{N: n})
	}
	p.Carried[i].Claims = p.Carried[i].Claims.with(st)
}

// with is the list with a claim at its end.
func (s Statements) with(st *Statement) Statements {
	if n := len(s); n > 0 && s[n-1] == st {
		return s
	}
	return append(s, st)
}

// overview gathers what a page asks for, and nil if it asks for nothing.
func (w *placing) overview(shows string) *Overview {
	switch shows {
	case "claims":
		o := &Overview{}
		for _, c := range w.claims {
			o.Claims = append(o.Claims, c.claim.Statement)
		}
		return o
	case "tensions":
		return &Overview{Tensions: w.tensions()}
	case "forecasts":
		o := &Overview{}
		for _, c := range w.claims {
			if c.made.Kind == content.Forecast {
				o.Forecasts = append(o.Forecasts, Forecast{c.claim.Statement, c.claim.Horizon, c.claim.Outcome})
			}
		}
		return o
	case "evidence":
		return &Overview{Evidence: w.evidence()}
	case "holders":
		return &Overview{Holders: w.holders()}
	case "timeline", "map", "matrix", "chain":
		return w.drawn(shows)
	case "whole":
		return w.whole()
	case "glossary":
		return w.glossary()
	case "sources":
		return w.sources()
	}
	return nil
}

func (w *placing) tensions() []Tension {
	var list []Tension
	seen := map[[2]*Ref]bool{}
	for _, c := range w.claims {
		for _, r := range c.claim.Relations {
			if r.Key != "contradicts" || seen[[2]*Ref{r.Claim, c.ref}] {
				continue
			}
			seen[[2]*Ref{c.ref, r.Claim}] = true
			a, b := c.claim.Statement, w.statementOf(r.Claim)
			within := slices.ContainsFunc(a.HeldBy, func(h *Ref) bool { return slices.Contains(b.HeldBy, h) })
			list = append(list, Tension{a, b, r.Note, within})
		}
	}
	return list
}

func (w *placing) statementOf(r *Ref) *Statement {
	i := slices.IndexFunc(w.claims, func(c *claimEntry) bool { return c.ref == r }) // not by its id, which may be missing or taken
	return w.claims[i].claim.Statement
}

// evidence gathers figures and checks by event, the events by date and last
// what is about no event.
func (w *placing) evidence() []EventEvidence {
	var list []EventEvidence
	at := map[*Ref]int{}
	for _, e := range w.entries {
		if e.doc.Kind == kind.Event {
			at[e.ref] = len(list)
			list = append(list, EventEvidence{Event: e.ref, Figures: w.figures(e)})
		}
	}
	rest := EventEvidence{}
	for _, c := range w.claims {
		if len(c.claim.Checks) == 0 {
			continue
		}
		checks, about := ClaimChecks{c.claim.Statement, c.claim.Checks}, false
		for _, r := range c.claim.About {
			if i, ok := at[r]; ok {
				about = true
				list[i].Checks = append(list[i].Checks, checks)
			}
		}
		if !about {
			rest.Checks = append(rest.Checks, checks)
		}
	}
	slices.SortStableFunc(list, func(a, b EventEvidence) int { return InOrder(a.Event, b.Event) })
	list = slices.DeleteFunc(list, func(e EventEvidence) bool { return len(e.Figures)+len(e.Checks) == 0 })
	if len(rest.Checks) > 0 {
		list = append(list, rest)
	}
	return list
}

func (w *placing) figures(e *entry) []Figure {
	var list []Figure
	for _, f := range e.doc.Front.Figures {
		if to := w.byID[strings.ToLower(f.Source.ID)]; to != nil {
			list = append(list, Figure{f, to.ref})
		}
	}
	return list
}

func (w *placing) holders() []Holder {
	var list []Holder
	for _, c := range w.claims {
		for _, r := range c.claim.HeldBy {
			i := slices.IndexFunc(list, func(h Holder) bool { return h.Ref == r })
			if i < 0 {
				i = len(list)
				list = append(list, Holder{Ref: r})
			}
			list[i].Claims = append(list[i].Claims, c.claim.Statement)
		}
	}
	slices.SortStableFunc(list, func(a, b Holder) int {
		return cmp.Or(cmp.Compare(len(b.Claims), len(a.Claims)), InOrder(a.Ref, b.Ref))
	})
	return list
}
