package site

import (
	"analysis/builder/internal/diag"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/kind"
)

// Arrow is an arrow in a page's picture: a claim as a line between two pages.
type Arrow struct {
	From, To *Ref
	Claim    *Statement
	Says     string // the claim in a few words
}

// arrows resolves the arrows in a page's front matter. It reports and leaves out
// invalid ones, and those whose claims are gone.
func (w *placing) arrows(e *entry) (list []Arrow) {
	for _, a := range e.doc.Front.Picture {
		from, to, claim := w.resolveArrow(a.From, ""), w.resolveArrow(a.To, ""), w.resolveArrow(a.Claim, kind.Claim)
		switch {
		case from == nil || to == nil || claim == nil:
		case from == to:
			w.report(diag.Errorf(a.To.At, "this arrow leads from %q to itself", a.To.ID).WithHint("name two different pages"))
		case w.claimOf[claim].written.Gone():
			w.report(diag.Warningf(a.Claim.At, "this arrow stands for %q, which is withdrawn or replaced, and is not drawn", a.Claim.ID).
				WithHint("name its successor, or take the arrow away"))
		default:
			list = append(list, Arrow{from.ref, to.ref, w.claimOf[claim].claim.Statement, a.Says})
		}
	}
	return list
}

// resolveArrow finds one name of an arrow: the page at one of its ends, or its claim.
// It reports an error and returns nil if the name is unknown or of the wrong kind.
func (w *placing) resolveArrow(r frontmatter.Ref, of kind.Kind) *entry {
	e, found := w.findID(r.ID, of)
	switch isClaim := w.claimOf[e] != nil; {
	case r.ID == "": // reported when it was parsed
	case e == nil:
		w.reportAt(r.At, found)
	case isClaim && of == "":
		w.report(diag.Errorf(r.At, "%q is a claim, and an arrow leads from page to page", r.ID).
			WithHint("name the page of an actor; the claim stands under the key claim"))
	case !isClaim && of == kind.Claim:
		w.report(diag.Errorf(r.At, "%q is no claim but a page of kind %s", r.ID, e.doc.Kind).
			WithHint("name a claim by its id: the word after the # in its first line"))
	default:
		return e
	}
	return nil
}
