package site

import (
	"slices"

	"analysis/builder/internal/diag"
)

// addResults sets what other accounts make of each claim: its Reports, Opposed and
// Result. It reports an answer that no page would show.
func (w *placing) addResults() {
	w.addOpposed()
	for _, c := range w.claims {
		st, nothing, seen := c.claim.Statement, false, map[*Ref]bool{}
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
				seen[r] = true
			}
		}
		st.Reports.All, st.Outcomed = len(seen), c.claim.Outcome.Word
		fits := []bool{st.Reports.Dispute+st.Opposed > 0, st.Reports.Part > 0, st.Reports.Agree > 0, nothing, true}
		st.Result = Results[slices.Index(fits, true)]
		if st.Answer != "" && st.Reports.All+st.Opposed == 0 {
			w.report(diag.Errorf(c.written.Answer.At, "claim %q has an answer, but nothing that answers it", c.name()).
				WithHint("add what says so: `- checked: disputed by [[id]]`"))
		}
	}
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
