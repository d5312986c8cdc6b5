package site

import (
	"cmp"

	"analysis/builder/internal/content"
	"analysis/builder/internal/diag"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/kind"
	"analysis/builder/internal/text"
)

// registerNames adds the titles and aliases of pages to the index. It reports names that
// two pages share, except titles of pages that are not linked automatically: those must
// only not be used in a link.
func (w *placing) registerNames() {
	for _, e := range w.entries {
		key := text.Fold(e.ref.Title)
		switch other := first(w.byName[key]); {
		case other == nil || isReference(e.doc) && !isReference(other.doc):
			w.byName[key] = []*entry{e}
		case !isReference(other.doc):
			w.byName[key] = append(w.byName[key], e)
		case isReference(e.doc):
			w.report(diag.Errorf(diag.Position{File: e.doc.Path, Line: 1, Column: 1},
				"the title %q is also that of %s", e.ref.Title, other.doc.Path).
				WithHint("give one of the two another title"))
		}
	}
	for _, e := range w.entries {
		for _, a := range e.doc.Front.Aliases {
			w.registerAlias(e, a)
		}
	}
}

func (w *placing) registerAlias(e *entry, a frontmatter.Alias) {
	key := text.Fold(a.Name)
	other := cmp.Or(first(w.byName[key]), first(w.byID[key]))
	switch {
	case other == nil:
		w.byName[key] = []*entry{e}
	case other != e:
		w.report(diag.Errorf(a.At, "the alias %q already names %s", a.Name, other.doc.Path).
			WithHint("take it from one of the two pages"))
	case first(w.byName[key]) == e:
		w.report(diag.Errorf(a.At, "the alias %q is already a name of this page", a.Name).
			WithHint("take this line away"))
	}
}

// first returns the first of several entries, or nil.
func first(list []*entry) *entry {
	if len(list) == 0 {
		return nil
	}
	return list[0]
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
