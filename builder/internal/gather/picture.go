package gather

import (
	"analysis/builder/internal/drawing"
	"analysis/builder/internal/site"
)

// Picture is what a page's front matter draws: arrows from page to page, each
// for a claim.
type Picture struct {
	drawing.Sequence
	Lifelines []PictureLifeline // in the order of the drawing
	Arrows    []PictureArrow
}

// PictureLifeline is a page in the picture.
type PictureLifeline struct {
	*site.Ref
	*drawing.Lifeline
}

// PictureArrow is a claim in the picture.
type PictureArrow struct {
	site.Arrow
	drawing.Message
}

// DrawPicture draws the arrows of a page. It returns nil if the page has none.
func DrawPicture(p *site.Page) *Picture {
	if len(p.Arrows) == 0 {
		return nil
	}
	var pages []*site.Ref
	var titles []string
	at := index[*site.Ref]{}
	number := func(r *site.Ref) int {
		i, fresh := at.of(r)
		if fresh {
			pages, titles = append(pages, r), append(titles, r.Title)
		}
		return i
	}
	var arrows []drawing.LabelledArrow
	for _, a := range p.Arrows {
		arrows = append(arrows, drawing.LabelledArrow{Arrow: drawing.Arrow{From: number(a.From), To: number(a.To)}, Label: a.Says})
	}
	pic := &Picture{Sequence: drawing.NewSequence(titles, arrows)}
	for _, l := range pic.Sequence.Lifelines {
		pic.Lifelines = append(pic.Lifelines, PictureLifeline{pages[l.Node], l})
	}
	for i, m := range pic.Messages {
		pic.Arrows = append(pic.Arrows, PictureArrow{p.Arrows[i], m})
	}
	return pic
}
