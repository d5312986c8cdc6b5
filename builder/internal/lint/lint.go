// Package lint is the editor's second pair of eyes: it reads a placed Site and
// warns of what is allowed but seldom meant.
//
// It stands beside the stops of a build, behind site. In comes a Site, out go
// warnings, each of which `check -strict` counts as an error: a forecast
// without a horizon, a hedge that a record does not own up to, a fact that
// rests on an opinion alone, an effect older than its cause, an actor nobody
// mentions, a misspelt name, a paragraph of a source that no claim covers.
//
// Invariant: warnings only. What must not be published is an error of the room
// that finds it.
//
// Deliberately absent: anything that reads files, and any change to a Site.
package lint

import (
	"fmt"
	"slices"
	"strings"

	"analysis/builder/internal/content"
	"analysis/builder/internal/diag"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/kind"
	"analysis/builder/internal/site"
)

// Checker checks a site again and again, and remembers what it found in what
// stayed the same: claims by their pointers, texts as long as the names do. The
// zero value is ready. It is not for concurrent use.
type Checker struct {
	Each func(n int, f func(i int)) // calls f for 0 to n-1, perhaps in parallel; nil for one after the other

	claims claims
	proofs proofs
}

// Check returns the warnings about a site, unsorted.
func Check(s *site.Site) []diag.Diagnostic { return new(Checker).Check(s) }

// Check returns the warnings about a site, unsorted.
func (k *Checker) Check(s *site.Site) []diag.Diagnostic {
	each := k.Each
	if each == nil {
		each = inTurn
	}
	found := slices.Clone(k.claims.check(s, each))
	for _, p := range s.Pages {
		found = append(found, unmentioned(p)...)
		found = append(found, uncovered(p)...)
	}
	return append(found, k.proofs.misspelt(s, each)...)
}

func inTurn(n int, f func(i int)) {
	for i := range n {
		f(i)
	}
}

// claims remembers what was found in the claims of a site.
type claims struct {
	config *frontmatter.Config
	checks []claimCheck
	found  []diag.Diagnostic
}

// claimCheck is what was found in one claim.
type claimCheck struct {
	claim site.PlacedClaim
	found []diag.Diagnostic
}

// check returns the warnings about claims.
func (k *claims) check(s *site.Site, each func(n int, f func(i int))) []diag.Diagnostic {
	same := func(old claimCheck, c site.PlacedClaim) bool { return old.claim == c }
	if k.config == s.Config && slices.EqualFunc(k.checks, s.Claims, same) {
		return k.found
	}
	old := map[site.PlacedClaim][]diag.Diagnostic{}
	if k.config == s.Config {
		for _, c := range k.checks {
			old[c.claim] = c.found
		}
	}
	hedges := newHedges(s.Config)
	checks := make([]claimCheck, len(s.Claims))
	each(len(checks), func(i int) {
		c := s.Claims[i]
		list, known := old[c]
		if !known {
			list = slices.Concat(horizon(c), hedges.check(c), opinionAlone(c))
		}
		checks[i] = claimCheck{c, list}
	})
	*k = claims{config: s.Config, checks: checks}
	for _, c := range checks {
		k.found = append(k.found, c.found...)
	}
	k.found = append(k.found, causes(s)...)
	return k.found
}

func horizon(c site.PlacedClaim) []diag.Diagnostic {
	if c.Made.Kind != content.Forecast || c.Horizon != "" {
		return nil
	}
	return []diag.Diagnostic{diag.Warningf(c.Made.At, "the forecast %q has no horizon", c.ID).
		WithHint("add `- horizon: 2025` to its record, or `- horizon: none given`")}
}

// opinion are words in the type of a source that argues and does not report.
var opinion = []string{"opinion", "column", "editorial", "op-ed", "commentary", "essay", "blog"}

// opinionAlone warns of a statement of fact that rests on opinion pieces, and
// that nobody held against another source.
func opinionAlone(c site.PlacedClaim) []diag.Diagnostic {
	if c.Made.Kind != content.Reported || len(c.Checks) > 0 || len(c.Cites) == 0 {
		return nil
	}
	for _, cite := range c.Cites {
		kind := strings.ToLower(cite.Source.Type)
		if !slices.ContainsFunc(opinion, func(word string) bool { return strings.Contains(kind, word) }) {
			return nil
		}
	}
	return []diag.Diagnostic{diag.Warningf(c.Made.At, "the reported claim %q rests on an opinion piece alone, and nobody checked it", c.ID).
		WithHint("add `- checked: agrees with [[id]]`, `disputed by [[id]]` or `no evidence found` to its record")}
}

// causes warns of a claim that leads to another although all its events are
// later than all of the other's.
func causes(s *site.Site) []diag.Diagnostic {
	claims := map[*site.Ref]site.PlacedClaim{}
	for _, c := range s.Claims {
		claims[c.Ref] = c
	}
	var found []diag.Diagnostic
	for _, c := range s.Claims {
		cause := dated(c)
		for _, r := range c.Relations {
			effect := dated(claims[r.Claim])
			if r.Key != "leads to" || r.Inverse || len(cause) == 0 || len(effect) == 0 {
				continue
			}
			first := slices.MinFunc(cause, byDate)
			last := slices.MaxFunc(effect, byDate)
			if first.Date.After(last.Date) {
				found = append(found, diag.Warningf(leadsTo(c), "the claim %q leads to %q, but its event %q (%s) is later than %q (%s)",
					c.ID, r.Claim.ID, first.ID, first.Date, last.ID, last.Date).
					WithHint("turn the relation round, or correct a date"))
			}
		}
	}
	return found
}

// leadsTo is where a claim says to what it leads.
func leadsTo(c site.PlacedClaim) diag.Position {
	for _, l := range c.Made.Lines {
		if l.Key == "leads to" {
			return l.At
		}
	}
	return c.Made.At
}

// dated are the events with a date that a claim is about.
func dated(c site.PlacedClaim) []*site.Ref {
	if c.Claim == nil {
		return nil
	}
	var list []*site.Ref
	for _, r := range c.About {
		if r.Kind == kind.Event && r.Date != "" {
			list = append(list, r)
		}
	}
	return list
}

func byDate(a, b *site.Ref) int { return strings.Compare(string(a.Date), string(b.Date)) }

// unmentioned warns of an actor that no other page names.
func unmentioned(p *site.Page) []diag.Diagnostic {
	inverse := func(r site.Relation) bool { return r.Inverse }
	if p.Kind != kind.Actor || len(p.Backlinks)+len(p.Roles) > 0 || slices.ContainsFunc(p.Relations, inverse) {
		return nil
	}
	return []diag.Diagnostic{diag.Warningf(diag.Position{File: p.Doc.Path, Line: 1, Column: 1}, "no page mentions the actor %q", p.ID).
		WithHint("mention it where it acts, or take the page away")}
}

// uncovered warns of the paragraphs of a source that are forgotten, and of
// those that are called empty and are not.
func uncovered(p *site.Page) []diag.Diagnostic {
	var found []diag.Diagnostic
	for _, passage := range p.Doc.Front.Passages {
		claims := p.Carries(passage.N)
		switch {
		case len(claims) == 0 && passage.NoClaim == "":
			found = append(found, diag.Warningf(passage.At, "no claim covers ¶%d of %q", passage.N, p.ID).
				WithHint("cite it in a claim: `- source: [[%s]] ¶%d`, or say here why none does: `no_claim: reason`", p.ID, passage.N))
		case len(claims) > 0 && passage.NoClaim != "":
			found = append(found, diag.Warningf(passage.At, "¶%d of %q is marked no_claim, but %q cites it", passage.N, p.ID, claims[0].ID).
				WithHint("take the key no_claim away"))
		}
	}
	return found
}

// quoted joins words for a message.
func quoted(words []string) string {
	for i, w := range words {
		words[i] = fmt.Sprintf("%q", w)
	}
	return strings.Join(words, " or ")
}
