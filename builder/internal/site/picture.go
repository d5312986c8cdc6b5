package site

import (
	"strings"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/kind"
)

// Arrow is a line of a page's picture: from one page to another, for a claim.
type Arrow struct {
	From, To *Ref
	Claim    *Statement
	Says     string // in a few words, what the claim says
}

// arrows resolves the picture of a page's front matter. Arrows that name
// something wrongly are reported and left out.
func (w *placing) arrows(e *entry) (list []Arrow) {
	for _, a := range e.doc.Front.Picture {
		from, to, claim := w.arrowName(a.From, ""), w.arrowName(a.To, ""), w.arrowName(a.Claim, kind.Claim)
		switch {
		case from == nil || to == nil || claim == nil:
		case from == to:
			w.report(diag.Errorf(a.To.At, "this arrow leads from %q to itself", a.To.ID).WithHint("name two different pages"))
		default:
			list = append(list, Arrow{from.ref, to.ref, w.claimOf[claim].claim.Statement, a.Says})
		}
	}
	return list
}

// arrowName finds what an arrow names: the page at one of its ends, or its claim.
// It reports what cannot be there, and returns nil.
func (w *placing) arrowName(r frontmatter.Ref, of kind.Kind) *entry {
	e := w.byID[strings.ToLower(r.ID)]
	switch isClaim := w.claimOf[e] != nil; {
	case r.ID == "": // reported when it was parsed
	case e == nil:
		w.reportAt(r.At, w.noPage(r.ID, of))
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
