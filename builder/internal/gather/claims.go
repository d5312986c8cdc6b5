package gather

import (
	"cmp"
	"slices"

	"analysis/builder/internal/kind"
	"analysis/builder/internal/site"
)

// statements returns all claims.
func statements(s *site.Site) (list site.Statements) {
	for _, c := range s.Claims {
		list = append(list, c.Statement)
	}
	return list
}

// Tensions are the contradictions between claims of the same holder (Within) and
// those between claims of different holders (Between).
type Tensions struct{ Within, Between []Tension }

// Tension is a pair of claims that contradict each other.
type Tension struct {
	A, B *site.Statement
	Note string
}

// tensions lists each contradiction once, under the claim that comes first.
func tensions(s *site.Site) (all Tensions) {
	at := indexes(s.Claims)
	for i, c := range s.Claims {
		for _, r := range c.Relations {
			other := at[r.Claim.Ref]
			if r.Key != "contradicts" || other < i {
				continue
			}
			t := Tension{c.Statement, s.Claims[other].Statement, r.Note}
			if t.A.SharesHolder(t.B) {
				all.Within = append(all.Within, t)
			} else {
				all.Between = append(all.Between, t)
			}
		}
	}
	return all
}

// EventEvidence lists the figures of an event and the checks of claims about it. If
// Event is nil, the claims are about no event.
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

// evidence groups figures and checks by event, in the order of site.InOrder. Checks of
// claims about no event come last.
func evidence(s *site.Site) []EventEvidence {
	var events table[*site.Ref, EventEvidence]
	for _, p := range pagesOfKind(s, kind.Event) {
		events.row(p.Ref, EventEvidence{Event: p.Ref, Figures: p.Figures})
	}
	rest := EventEvidence{}
	for _, c := range s.Claims {
		if len(c.Checks) == 0 {
			continue
		}
		checks, about := ClaimChecks{c.Statement, c.Checks}, OfKind(kind.Event, c.About)
		for _, r := range about {
			e := events.row(r, EventEvidence{Event: r})
			e.Checks = append(e.Checks, checks)
		}
		if len(about) == 0 {
			rest.Checks = append(rest.Checks, checks)
		}
	}
	return slices.DeleteFunc(append(events.rows, rest), func(e EventEvidence) bool { return len(e.Figures)+len(e.Checks) == 0 })
}

// Holder is an actor and the claims that the actor holds.
type Holder struct {
	*site.Ref
	Claims site.Statements
}

// holders returns those who hold some claims, those with most first.
func holders(claims site.Statements) []Holder {
	var list table[*site.Ref, Holder]
	for _, st := range claims {
		for _, r := range st.HeldBy {
			h := list.row(r, Holder{Ref: r})
			h.Claims = append(h.Claims, st)
		}
	}
	slices.SortFunc(list.rows, func(a, b Holder) int {
		return cmp.Or(cmp.Compare(len(b.Claims), len(a.Claims)), site.InOrder(a.Ref, b.Ref))
	})
	return list.rows
}
