package site

import (
	"slices"
	"strings"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/drawing"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/kind"
)

// Picture is what a page's front matter draws: arrows from page to page, each
// standing for a claim.
type Picture struct {
	drawing.Ladder
	Posts  []PicturePost // in the order of the drawing
	Arrows []PictureArrow
}

// PicturePost is a page in the picture.
type PicturePost struct {
	*Ref
	drawing.Post
}

// PictureArrow is a claim in the picture.
type PictureArrow struct {
	From, To *Ref
	Claim    *Statement
	Says     string
	drawing.Rung
}

// picture draws what a page's front matter asks for, and nil if that is nothing.
// Arrows that name something wrongly are reported and left out.
func (w *placing) picture(e *entry) *Picture {
	pic := &Picture{}
	for _, a := range e.doc.Front.Picture {
		from, to, claim := w.pictured(a.From), w.pictured(a.To), w.picturedClaim(a.Claim)
		switch {
		case from == nil || to == nil || claim == nil:
		case from == to:
			w.report(diag.Errorf(a.To.At, "this arrow leads from %q to itself", a.To.ID).WithHint("name two different pages"))
		default:
			pic.Arrows = append(pic.Arrows, PictureArrow{From: from, To: to, Claim: claim, Says: a.Says})
		}
	}
	if len(pic.Arrows) == 0 {
		return nil
	}
	pic.draw()
	return pic
}

// draw places the pages in the order in which the arrows name them.
func (pic *Picture) draw() {
	var pages []*Ref
	var titles []string
	number := func(r *Ref) int {
		i := slices.Index(pages, r)
		if i < 0 {
			i = len(pages)
			pages, titles = append(pages, r), append(titles, r.Title)
		}
		return i
	}
	var arrows []drawing.Labelled
	for _, a := range pic.Arrows {
		arrows = append(arrows, drawing.Labelled{Arrow: drawing.Arrow{From: number(a.From), To: number(a.To)}, Label: a.Says})
	}
	pic.Ladder = drawing.NewLadder(titles, arrows)
	for _, p := range pic.Ladder.Posts {
		pic.Posts = append(pic.Posts, PicturePost{pages[p.Node], p})
	}
	for i, r := range pic.Ladder.Rungs {
		pic.Arrows[i].Rung = r
	}
}

// pictured is the page at an end of an arrow; a claim is none.
func (w *placing) pictured(r frontmatter.Ref) *Ref {
	e := w.byID[strings.ToLower(r.ID)]
	switch {
	case r.ID == "":
		return nil // reported when it was parsed
	case e == nil:
		w.reportAt(r.At, w.noPage(r.ID))
		return nil
	case w.claimOf[e] != nil:
		w.report(diag.Errorf(r.At, "%q is a claim, and an arrow leads from page to page", r.ID).
			WithHint("name the page of an actor; the claim stands under the key claim"))
		return nil
	}
	return e.ref
}

// picturedClaim is the claim that an arrow stands for.
func (w *placing) picturedClaim(r frontmatter.Ref) *Statement {
	e := w.byID[strings.ToLower(r.ID)]
	switch {
	case r.ID == "":
		return nil
	case e == nil:
		found := w.noPage(r.ID)
		if hint := diag.DidYouMean(r.ID, w.ids(kind.Claim)); hint != "" && !w.drafts[r.ID] && w.draftClaims[r.ID] == "" {
			found.Hint = hint
		}
		w.reportAt(r.At, found)
		return nil
	case w.claimOf[e] == nil:
		w.report(diag.Errorf(r.At, "%q is no claim but a page of kind %s", r.ID, e.doc.Kind).
			WithHint("name a claim by its id: the word after the # in its first line"))
		return nil
	}
	return w.claimOf[e].claim.Statement
}

// reportAt reports an error at its place.
func (w *placing) reportAt(at diag.Position, found diag.Diagnostic) {
	found.Severity, found.Position = diag.Error, at
	w.report(found)
}
