package gather

import (
	"slices"

	"analysis/builder/internal/kind"
	"analysis/builder/internal/site"
)

// Use is what a source is used for on the site.
type Use struct {
	*site.Ref
	Publisher string
	Carries   int         // how many claims cite it
	Checks    int         // how many claims were held against it
	Outcomes  int         // how many forecasts have their outcome from it
	Figures   []*site.Ref // the events whose figures are taken from it
}

// sources gathers what each source is used for, by date, the undated first.
func sources(s *site.Site) []Use {
	var list []Use
	at := map[*site.Ref]int{}
	for _, p := range s.Pages {
		if p.Kind == kind.Source {
			at[p.Ref] = len(list)
			list = append(list, Use{Ref: p.Ref, Publisher: p.Doc.Front.Publisher})
		}
	}
	for _, c := range s.Claims {
		for _, cite := range c.Cites {
			list[at[cite.Source]].Carries++
		}
		checked := map[*site.Ref]bool{}
		for _, v := range c.Checks {
			for _, r := range v.Sources {
				if !checked[r] {
					checked[r] = true
					list[at[r]].Checks++
				}
			}
		}
		for _, r := range c.Outcome.Sources {
			list[at[r]].Outcomes++
		}
	}
	for _, p := range s.Pages {
		for _, f := range p.Figures {
			if u := &list[at[f.Source]]; len(u.Figures) == 0 || u.Figures[len(u.Figures)-1] != p.Ref {
				u.Figures = append(u.Figures, p.Ref)
			}
		}
	}
	slices.SortStableFunc(list, func(a, b Use) int { return site.InOrder(a.Ref, b.Ref) })
	return list
}
