package site

import (
	"analysis/builder/internal/content"
	"analysis/builder/internal/text"
)

// Resolve finds what a link in a file leads to: the path of the file, "" if the link
// is broken, and the page or claim in it, nil if the file is published unchanged. hint is what
// to do about a broken link.
type Resolve func(from string, l *content.Link) (file string, to *Ref, hint string)

// Resolver returns a Resolve for a site.
func Resolver(in Input) Resolve {
	w := NewPlacer().begin(in)
	w.registerFiles()
	w.registerPages()
	w.registerClaims()
	w.registerNames()
	return func(from string, l *content.Link) (string, *Ref, string) {
		to, t, found := w.resolveLink(w.byPath[text.Spelling(from)], l, "")
		if to != nil {
			return to.doc.Path, to.ref, ""
		}
		return t.File, nil, w.withHint(found).Hint
	}
}
