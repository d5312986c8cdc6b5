package gather

import (
	"analysis/builder/internal/drawing"
	"analysis/builder/internal/site"
)

// Picture is what a page's front matter draws: arrows from page to page, each
// for a claim.
type Picture struct {
	drawing.Ladder
	Posts  []PicturePost // in the order of the drawing
	Arrows []PictureArrow
}

// PicturePost is a page in the picture.
type PicturePost struct {
	*site.Ref
	drawing.Post
}

// PictureArrow is a claim in the picture.
type PictureArrow struct {
	site.Arrow
	drawing.Rung
}

// DrawPicture draws the arrows of a page, its ends numbered in the order in which the
// arrows name them. It returns nil if the page has none.
func DrawPicture(p *site.Page) *Picture {
	if len(p.Arrows) == 0 {
		return nil
	}
	var pages []*site.Ref
	var titles []string
	at := map[*site.Ref]int{}
	number := func(r *site.Ref) int {
		i, ok := at[r]
		if !ok {
			i = len(pages)
			at[r] = i
			pages, titles = append(pages, r), append(titles, r.Title)
		}
		return i
	}
	var arrows []drawing.Labelled
	for _, a := range p.Arrows {
		arrows = append(arrows, drawing.Labelled{Arrow: drawing.Arrow{From: number(a.From), To: number(a.To)}, Label: a.Says})
	}
	pic := &Picture{Ladder: drawing.NewLadder(titles, arrows)}
	for _, p := range pic.Ladder.Posts {
		pic.Posts = append(pic.Posts, PicturePost{pages[p.Node], p})
	}
	for i, r := range pic.Ladder.Rungs {
		pic.Arrows = append(pic.Arrows, PictureArrow{p.Arrows[i], r})
	}
	return pic
}
