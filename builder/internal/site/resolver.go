package site

import "analysis/builder/internal/content"

// Resolver returns a function that finds what a link in one of the Documents leads to:
// the path of the file, "" if the link is broken, and the page or claim in it, nil if
// the file is published unchanged.
func Resolver(in Input) func(d *content.Document, l *content.Link) (path string, to *Ref) {
	w := &placing{Placer: NewPlacer(), in: in, index: newIndex(in), config: &in.Config}
	w.registerPages()
	w.registerClaims()
	w.registerNames()
	return func(d *content.Document, l *content.Link) (string, *Ref) {
		t, _ := w.resolveLink(w.byPath[d.Path], l, "")
		if to := w.entryOf(t); to != nil {
			return to.doc.Path, to.ref
		}
		return t.File, nil
	}
}
