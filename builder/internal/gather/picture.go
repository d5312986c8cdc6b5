package gather

import (
	"analysis/builder/internal/drawing"
	"analysis/builder/internal/site"
)

// Picture is the drawing of a page's Arrows. It has a lifeline for each of Pages and
// a message for each arrow, in the same order.
type Picture struct {
	drawing.Sequence
	Pages []*site.Ref
}

// DrawPicture draws the arrows of a page. It returns nil if the page has none.
func DrawPicture(p *site.Page) *Picture {
	if len(p.Arrows) == 0 {
		return nil
	}
	pic := &Picture{}
	var titles []string
	at := map[*site.Ref]int{}
	index := func(r *site.Ref) int {
		if _, found := at[r]; !found {
			at[r] = len(pic.Pages)
			pic.Pages, titles = append(pic.Pages, r), append(titles, r.Title)
		}
		return at[r]
	}
	var arrows []drawing.LabelledArrow
	for _, a := range p.Arrows {
		arrows = append(arrows, drawing.LabelledArrow{Arrow: drawing.Arrow{From: index(a.From), To: index(a.To)}, Label: a.Says})
	}
	pic.Sequence = drawing.NewSequence(titles, arrows)
	return pic
}
