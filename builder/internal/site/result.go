package site

import (
	"cmp"
	"slices"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/kind"
	"analysis/builder/internal/text"
)

// addResults sets what other accounts make of each claim: its Reports, Opposed and
// Result. It reports an answer that no page would show.
func (w *placing) addResults() {
	w.addOpposed()
	origins := w.origins()
	for _, c := range w.claims {
		st, nothing, seen, from := c.claim.Statement, false, map[*Ref]bool{}, map[string]bool{}
		for _, v := range c.claim.Checks {
			switch v.Word {
			case "agrees with":
				st.Reports.Agree += len(v.Sources)
			case "agrees in part with":
				st.Reports.Part += len(v.Sources)
			case "disputed by":
				st.Reports.Dispute += len(v.Sources)
			default:
				nothing = true
			}
			for _, r := range v.Sources {
				seen[r], from[origins[r]] = true, true
			}
		}
		st.Reports.All, st.Reports.Origins, st.Outcomed, st.Caused = len(seen), len(from), c.claim.Outcome.Word, c.claim.Cause.Word
		fits := []bool{st.Reports.Dispute+st.Opposed > 0, st.Reports.Part > 0, st.Reports.Agree > 0, nothing, true}
		st.Result = Results[slices.Index(fits, true)]
		if st.Answer != "" && st.Reports.All+st.Opposed == 0 {
			w.report(diag.Errorf(c.written.Answer.At, "claim %q has an answer, but nothing that answers it", c.name()).
				WithHint("add what says so: `- checked: disputed by [[id]]`"))
		}
	}
}

// origins returns what the sources with one origin share: words, or the address of a page.
func (w *placing) origins() map[*Ref]string {
	all := map[*Ref]string{}
	for _, e := range w.entries {
		if e.doc.Kind != kind.Source {
			continue
		}
		at := e
		for range 20 { // bounds the time
			if to := w.above(at); to != nil && at.doc.Kind == kind.Source {
				at = to
			}
		}
		all[e.ref] = cmp.Or(text.Fold(at.doc.Front.Origin), at.ref.URL)
	}
	return all
}

// addOpposed counts for each claim the claims of other holders that contradict it.
func (w *placing) addOpposed() {
	seen := map[[2]*claimEntry]bool{}
	for _, c := range w.claims {
		for _, e := range c.edges {
			if e.key != "contradicts" || seen[[2]*claimEntry{e.to, c}] || c.claim.SharesHolder(e.to.claim.Statement) {
				continue
			}
			seen[[2]*claimEntry{c, e.to}] = true
			c.claim.Opposed++
			e.to.claim.Opposed++
		}
	}
}

// SharesHolder reports whether somebody holds both claims.
func (s *Statement) SharesHolder(o *Statement) bool {
	return slices.ContainsFunc(s.HeldBy, func(h *Ref) bool { return slices.Contains(o.HeldBy, h) })
}
