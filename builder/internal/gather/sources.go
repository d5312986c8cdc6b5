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
	var list table[*site.Ref, Use]
	use := func(r *site.Ref) *Use { return list.row(r, Use{Ref: r}) }
	for _, p := range pagesOfKind(s, kind.Source) {
		use(p.Ref).Publisher = p.Doc.Front.Publisher
	}
	for _, p := range s.Pages {
		for _, f := range p.Figures {
			if u := use(f.Source); len(u.Figures) == 0 || u.Figures[len(u.Figures)-1] != p.Ref {
				u.Figures = append(u.Figures, p.Ref)
			}
		}
	}
	for _, c := range s.Claims {
		for _, cite := range c.Cites {
			use(cite.Source).Carries++
		}
		var checked []*site.Ref
		for _, v := range c.Checks {
			checked = append(checked, v.Sources...)
		}
		slices.SortFunc(checked, site.InOrder)
		for _, r := range slices.Compact(checked) {
			use(r).Checks++
		}
		for _, r := range c.Outcome.Sources {
			use(r).Outcomes++
		}
	}
	return list.rows
}
