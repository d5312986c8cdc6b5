// Package lint warns of what is allowed but rarely intended: a forecast without a
// horizon, a hedge that is missing from the record, a claim whose text needs its title to
// be understood, a fact that only an opinion piece supports, an effect older than its
// cause, an actor that no page mentions, a misspelt name, and what is still to be written
// about a source (see Todo): a gist, a claim, a paragraph or sentence that no claim covers.
// Due warns of forecasts whose horizon is past.
//
// It runs while the pages are rendered, on a Site without errors. `check -strict` counts
// its warnings as errors. What needs a copy of a source is checked by package audit.
//
// Invariant: Check returns only warnings. What must not be published is an error of
// the package that finds it.
//
// Invariant: the time grows with the length of the texts, not with the number of names.
//
// Deliberately absent: anything that reads files, and any change to a Site.
package lint

import (
	"slices"
	"strings"

	"analysis/builder/internal/content"
	"analysis/builder/internal/diag"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/kind"
	"analysis/builder/internal/memo"
	"analysis/builder/internal/site"
)

// Checker checks a site and remembers what it found. The zero value is ready. It
// is not for concurrent use.
type Checker struct {
	claims   memo.Table[site.PlacedClaim, *frontmatter.Config, []diag.Diagnostic]
	names    memo.Table[struct{}, []string, *nameIndex]
	suspects memo.Table[*content.Document, *nameIndex, []suspect]
}

// Check returns the warnings about a site, unsorted.
func (k *Checker) Check(s *site.Site) []diag.Diagnostic {
	k.claims.SameIn = memo.Equal
	hedges := NewHedges(s.Config)
	claims, _ := k.claims.Map(len(s.Claims),
		func(i int) (site.PlacedClaim, *frontmatter.Config) { return s.Claims[i], s.Config },
		func(i int, _ *frontmatter.Config) []diag.Diagnostic {
			c := s.Claims[i]
			return slices.Concat(horizon(c), hedges.check(c), opening(c, s.Config), opinionAlone(c), wholeParagraph(c))
		})
	found := append(slices.Concat(claims...), causes(s)...)
	for _, p := range s.Pages {
		found = append(found, unmentioned(p)...)
	}
	for _, t := range Todo(s) {
		if t.Severity == diag.Warning {
			found = append(found, t.Diagnostic)
		}
	}
	return append(found, k.misspelt(s)...)
}

func horizon(c site.PlacedClaim) []diag.Diagnostic {
	if c.Written.Kind != content.Forecast || c.Horizon != "" {
		return nil
	}
	return []diag.Diagnostic{diag.Warningf(c.Written.At, "the forecast %q has no horizon", c.ID).
		WithHint("add `- horizon: 2025` to its record, or `- horizon: none given`")}
}

// Due warns of open forecasts whose horizon is past on a day. A horizon in words is past when
// the latest date or year in it is.
func Due(s *site.Site, today frontmatter.Date) (found []diag.Diagnostic) {
	for _, c := range s.Claims {
		if until := content.Until(c.Horizon); c.Outcome.Word == "open" && until != "" && today.After(until) {
			found = append(found, diag.Warningf(c.Written.Horizon.At, "the forecast %q is open, and its horizon %q is past on %s", c.ID, c.Horizon, today).
				WithHint("say what happened: `- outcome: came [[id]] — note`, `came in part`, `did not come`, or `cannot be told — note`"))
		}
	}
	return found
}

// opinion lists words in the type of a source that is an opinion piece.
var opinion = []string{"opinion", "column", "editorial", "op-ed", "commentary", "essay", "blog"}

// opinionAlone warns of a statement of fact that only opinion pieces support and that
// has not been compared with another source.
func opinionAlone(c site.PlacedClaim) []diag.Diagnostic {
	if c.Written.Kind != content.Reported || len(c.Checks) > 0 || len(c.Cites) == 0 {
		return nil
	}
	for _, cite := range c.Cites {
		kind := strings.ToLower(cite.Source.Type)
		if !slices.ContainsFunc(opinion, func(word string) bool { return strings.Contains(kind, word) }) {
			return nil
		}
	}
	return []diag.Diagnostic{diag.Warningf(c.Written.At, "the reported claim %q rests on an opinion piece alone, and nobody checked it", c.ID).
		WithHint("add `- checked: agrees with [[id]]`, `disputed by [[id]]` or `no evidence found` to its record")}
}

// causes warns of a claim that leads to another although all its events are later
// than all of the other's.
func causes(s *site.Site) (found []diag.Diagnostic) {
	events := map[*site.Ref][]*site.Ref{} // events with a date, by the claim that is about them
	for _, c := range s.Claims {
		events[c.Ref] = slices.DeleteFunc(slices.Clone(c.About), func(r *site.Ref) bool { return r.Kind != kind.Event || r.Date == "" })
	}
	byDate := func(a, b *site.Ref) int { return a.Date.Compare(b.Date) }
	for _, c := range s.Claims {
		for _, r := range c.Relations {
			own, others := events[c.Ref], events[r.Claim.Ref]
			if r.Key != "leads to" || r.Inverse || len(own) == 0 || len(others) == 0 {
				continue
			}
			first, last := slices.MinFunc(own, byDate), slices.MaxFunc(others, byDate)
			if first.Date.After(last.Date) {
				found = append(found, diag.Warningf(c.Written.Line(r.Key).At,
					"the claim %q leads to %q, but its event %q (%s) is later than %q (%s)",
					c.ID, r.Claim.ID, first.ID, first.Date, last.ID, last.Date).
					WithHint("turn the relation round, or correct a date"))
			}
		}
	}
	return found
}

func unmentioned(p *site.Page) []diag.Diagnostic {
	inverse := func(r site.Relation) bool { return r.Inverse }
	if p.Kind != kind.Actor || len(p.Backlinks)+len(p.Roles) > 0 || slices.ContainsFunc(p.Relations, inverse) {
		return nil
	}
	return []diag.Diagnostic{diag.Warningf(diag.Position{File: p.Doc.Path, Line: 1, Column: 1}, "no page mentions the actor %q", p.ID).
		WithHint("mention it where it acts, or take the page away")}
}

// NoReport notes that readers are not told where to question a claim. That is for `check`
// alone: a site can do without.
func NoReport(s *site.Site) []diag.Diagnostic {
	if s.Config.Report != "" || len(s.Claims) == 0 {
		return nil
	}
	return []diag.Diagnostic{diag.Notef(diag.Position{File: frontmatter.ConfigFile}, "no page says where to question a claim or report an error").
		WithHint("write an address: `report: mailto:editor@example.org?subject={title}`, or that of a form or an issue tracker")}
}

// wholeParagraph warns of a claim that cites a paragraph of several sentences as a whole.
func wholeParagraph(c site.PlacedClaim) (found []diag.Diagnostic) {
	for _, p := range c.Passages {
		if p.From == 0 && p.Of > 1 {
			found = append(found, diag.Warningf(c.Written.At, "the claim %q cites ¶%d of %q, which has %d sentences", c.ID, p.N, p.Source.ID, p.Of).
				WithHint("say which of them carry it: ¶%d.1, or ¶%d.1–%d for all", p.N, p.N, p.Of))
		}
	}
	return found
}
