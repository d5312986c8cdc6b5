package gather

import (
	"cmp"
	"slices"

	"analysis/builder/internal/content"
	"analysis/builder/internal/kind"
	"analysis/builder/internal/site"
)

// Tension is a pair of claims that contradict each other.
type Tension struct {
	A, B   *site.Statement
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

// tensions lists each contradiction once, under the claim that comes first.
func tensions(s *site.Site) []Tension {
	var list []Tension
	at := numbers(s.Claims)
	seen := map[[2]*site.Ref]bool{}
	for _, c := range s.Claims {
		for _, r := range c.Relations {
			if r.Key != "contradicts" || seen[[2]*site.Ref{r.Claim, c.Ref}] {
				continue
			}
			seen[[2]*site.Ref{c.Ref, r.Claim}] = true
			a, b := c.Statement, s.Claims[at[r.Claim]].Statement
			within := slices.ContainsFunc(a.HeldBy, func(h *site.Ref) bool { return slices.Contains(b.HeldBy, h) })
			list = append(list, Tension{a, b, r.Note, within})
		}
	}
	return list
}

// Forecast is a claim about what will come, and what came.
type Forecast struct {
	*site.Statement
	Horizon string
	Outcome site.Verdict
}

// forecasts are in the order of the analysis.
func forecasts(s *site.Site) []Forecast {
	var list []Forecast
	for _, c := range s.Claims {
		if c.Type == string(content.Forecast) {
			list = append(list, Forecast{c.Statement, c.Horizon, c.Outcome})
		}
	}
	return list
}

// OutcomeForecasts are the forecasts with one outcome.
type OutcomeForecasts struct {
	Word      string
	Forecasts []Forecast
}

// ByOutcome groups the forecasts by their outcome, the open ones last.
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
	Event   *site.Ref
	Figures []site.Figure
	Checks  []ClaimChecks
}

// ClaimChecks are all checks of one claim.
type ClaimChecks struct {
	Claim    *site.Statement
	Verdicts []site.Verdict
}

// evidence gathers figures and checks by event, the events by date and last
// what is about no event.
func evidence(s *site.Site) []EventEvidence {
	var list []EventEvidence
	at := map[*site.Ref]int{}
	for _, p := range s.Pages {
		if p.Kind == kind.Event {
			at[p.Ref] = len(list)
			list = append(list, EventEvidence{Event: p.Ref, Figures: p.Figures})
		}
	}
	rest := EventEvidence{}
	for _, c := range s.Claims {
		if len(c.Checks) == 0 {
			continue
		}
		checks, about := ClaimChecks{c.Statement, c.Checks}, false
		for _, r := range c.About {
			if i, ok := at[r]; ok {
				about = true
				list[i].Checks = append(list[i].Checks, checks)
			}
		}
		if !about {
			rest.Checks = append(rest.Checks, checks)
		}
	}
	slices.SortStableFunc(list, func(a, b EventEvidence) int { return site.InOrder(a.Event, b.Event) })
	list = slices.DeleteFunc(list, func(e EventEvidence) bool { return len(e.Figures)+len(e.Checks) == 0 })
	if len(rest.Checks) > 0 {
		list = append(list, rest)
	}
	return list
}

// Holder is an actor and the claims that they hold.
type Holder struct {
	*site.Ref
	Claims site.Statements
}

// holders are sorted by how many claims they hold, the most first.
func holders(s *site.Site) []Holder {
	var list []Holder
	at := index[*site.Ref]{}
	for _, c := range s.Claims {
		for _, r := range c.HeldBy {
			i, fresh := at.of(r)
			if fresh {
				list = append(list, Holder{Ref: r})
			}
			list[i].Claims = append(list[i].Claims, c.Statement)
		}
	}
	slices.SortStableFunc(list, func(a, b Holder) int {
		return cmp.Or(cmp.Compare(len(b.Claims), len(a.Claims)), site.InOrder(a.Ref, b.Ref))
	})
	return list
}
