package site

import (
	"strings"

	"analysis/builder/internal/content"
	"analysis/builder/internal/diag"
	"analysis/builder/internal/kind"
)

// registerNames adds the titles and aliases of pages to the index. It reports names that
// two pages share.
func (w *placing) registerNames() {
	for _, e := range w.entries {
		key := strings.ToLower(e.ref.Title)
		if other := w.byName[key]; other == nil || !isReference(other.doc) {
			w.byName[key] = e
		} else if isReference(e.doc) {
			w.report(diag.Errorf(diag.Position{File: e.doc.Path, Line: 1, Column: 1},
				"the title %q is also that of %s", e.ref.Title, other.doc.Path).
				WithHint("give one of the two another title"))
		}
	}
	for _, e := range w.entries {
		for _, a := range e.doc.Front.Aliases {
			key := strings.ToLower(a.Name)
			other := w.byName[key]
			if other == nil {
				other = w.byID[key]
			}
			switch {
			case other == nil:
				w.byName[key] = e
			case other != e:
				w.report(diag.Errorf(a.At, "the alias %q already names %s", a.Name, other.doc.Path).
					WithHint("take it from one of the two pages"))
			case w.byName[key] == e:
				w.report(diag.Errorf(a.At, "the alias %q is already a name of this page", a.Name).
					WithHint("take this line away"))
			}
		}
	}
}

// isReference reports whether a page is about one thing, so that its title may be
// linked automatically.
func isReference(d *content.Document) bool {
	switch d.Kind {
	case kind.Actor, kind.Place, kind.Event, kind.Concept, kind.Source:
		return true
	}
	return false
}
