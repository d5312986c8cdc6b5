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
		from, to, claim := w.pictured(a.From), w.pictured(a.To), w.picturedClaim(a.Claim)
		switch {
		case from == nil || to == nil || claim == nil:
		case from == to:
			w.report(diag.Errorf(a.To.At, "this arrow leads from %q to itself", a.To.ID).WithHint("name two different pages"))
		default:
			list = append(list, Arrow{from, to, claim, a.Says})
		}
	}
	return list
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

// picturedClaim is the claim of an arrow.
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
