package gather

import (
	"slices"

	"analysis/builder/internal/drawing"
	"analysis/builder/internal/site"
)

// Picture is the drawing of a page's Arrows. It has a lifeline for each of Pages and
// a message for each arrow, in the same order.
type Picture struct {
	drawing.Sequence
	Pages  []*site.Ref
	Holder *site.Ref // of most of the arrows
}

// DrawPicture draws the arrows of a page. It returns nil if the page has none. An arrow
// names its holder, unless that is the holder of most.
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
	var claims site.Statements
	for _, a := range p.Arrows {
		claims = append(claims, a.Claim)
	}
	pic.Holder = holders(claims)[0].Ref
	var arrows []drawing.LabelledArrow
	for _, a := range p.Arrows {
		label := a.Says
		if !slices.Contains(a.Claim.HeldBy, pic.Holder) {
			label += " (" + a.Claim.HeldBy[0].Title + ")"
		}
		arrows = append(arrows, drawing.LabelledArrow{Arrow: drawing.Arrow{From: index(a.From), To: index(a.To)}, Label: label})
	}
	pic.Sequence = drawing.NewSequence(titles, arrows)
	return pic
}
