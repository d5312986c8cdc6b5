package site

import (
	"slices"

	"analysis/builder/internal/kind"
)

// Use is what a source is used for on the site.
type Use struct {
	*Ref
	Publisher string
	Carries   int    // how many claims cite it
	Checks    int    // how many claims were held against it
	Outcomes  int    // how many forecasts have their outcome from it
	Figures   []*Ref // the events whose figures are taken from it
}

// sources gathers what each source is used for, by date, the undated first.
func (w *placing) sources() *Overview {
	uses := map[*Ref]*Use{}
	o := &Overview{}
	for _, e := range w.entries {
		if e.doc.Kind == kind.Source {
			uses[e.ref] = &Use{Ref: e.ref, Publisher: e.doc.Front.Publisher}
		}
	}
	for _, c := range w.claims {
		for _, cite := range c.claim.Cites {
			uses[cite.Source].Carries++
		}
		checked := map[*Ref]bool{}
		for _, v := range c.claim.Checks {
			for _, r := range v.Sources {
				checked[r] = true
			}
		}
		for r := range checked {
			uses[r].Checks++
		}
		for _, r := range c.claim.Outcome.Sources {
			uses[r].Outcomes++
		}
	}
	for _, e := range w.entries {
		for _, f := range w.figures(e) {
			if u := uses[f.Source]; u != nil && !slices.Contains(u.Figures, e.ref) {
				u.Figures = append(u.Figures, e.ref)
			}
		}
	}
	for _, e := range w.entries {
		if u := uses[e.ref]; u != nil {
			o.Sources = append(o.Sources, *u)
		}
	}
	slices.SortStableFunc(o.Sources, func(a, b Use) int { return InOrder(a.Ref, b.Ref) })
	return o
}
