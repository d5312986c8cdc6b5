package gather

import (
	"slices"

	"analysis/builder/internal/drawing"
	"analysis/builder/internal/site"
)

// Picture is what a page's front matter draws: a lifeline for each of Pages, by
// number, and a message for each of the page's Arrows.
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
	number := func(r *site.Ref) int {
		if !slices.Contains(pic.Pages, r) {
			pic.Pages, titles = append(pic.Pages, r), append(titles, r.Title)
		}
		return slices.Index(pic.Pages, r)
	}
	var arrows []drawing.LabelledArrow
	for _, a := range p.Arrows {
		arrows = append(arrows, drawing.LabelledArrow{Arrow: drawing.Arrow{From: number(a.From), To: number(a.To)}, Label: a.Says})
	}
	pic.Sequence = drawing.NewSequence(titles, arrows)
	return pic
}
