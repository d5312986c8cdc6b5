package site

import (
	"cmp"
	"path/filepath"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/kind"
	"analysis/builder/internal/text"
)

// maxSuggestions is the number of unknown names for which a build seeks the nearest
// known ones, so that its time does not grow with their number times that of the pages.
const maxSuggestions = 100

// unknown is a name that nothing on the site has.
type unknown struct {
	name   string // "" if there is nothing to suggest
	among  string // the kind of page or claim, "" for any; amongPages; amongFiles; or "#" and a page's path for its anchors
	folder string // for files: the folder of the link
}

const amongPages, amongFiles = "*.md", "*"

// broken is a finding about a name. Its hint is for when no known name is near.
type broken struct {
	diag.Diagnostic
	unknown
}

// suggestions are the hints of one build, each of which is made once.
type suggestions struct {
	hints map[unknown]string
	lists map[string]*diag.Names // by unknown.among
}

// suggest returns the hint that names what is near to an unknown name. It is called in
// the order of the findings, since it answers the first ones only.
func (w *placing) suggest(u unknown) string {
	hint, made := w.hints[u]
	if made || u.name == "" || len(w.hints) >= maxSuggestions {
		return hint
	}
	near := w.namesAmong(u.among).Nearest(u.name)
	if u.among == amongPages || u.among == amongFiles {
		for i, file := range near {
			if rel, err := filepath.Rel(u.folder, file); err == nil {
				near[i] = filepath.ToSlash(rel)
			}
		}
	} else if len(near) == 0 && u.among != "" && u.among[0] != '#' && w.named(u.name) == nil {
		near = w.namesAmong("").Nearest(u.name)
	}
	w.hints[u] = diag.Ask(near)
	return w.hints[u]
}

// withHint returns the finding with its hint.
func (w *placing) withHint(b broken) diag.Diagnostic {
	b.Hint = cmp.Or(w.suggest(b.unknown), b.Hint)
	return b.Diagnostic
}

// namesAmong returns the names that unknown.among describes.
func (w *placing) namesAmong(among string) *diag.Names {
	if n := w.lists[among]; n != nil {
		return n
	}
	n := &diag.Names{}
	w.lists[among] = n
	switch {
	case among == amongFiles:
		for _, file := range w.files {
			n.Add(file, file)
		}
	case among == amongPages:
		for _, e := range w.entries {
			n.Add(e.doc.Path, e.doc.Path)
		}
	case among != "" && among[0] == '#':
		d := w.byPath[text.Spelling(among[1:])].doc
		for _, id := range d.Anchors {
			n.Add(id, id)
		}
		for i := range d.Headings {
			n.Add(d.Headings[i].HostID, d.Headings[i].HostID)
		}
	default:
		w.addNames(n, kind.Kind(among))
	}
	return n
}

// addNames adds the ids, titles and aliases of the pages and claims of a kind, "" for
// any. For each of them a hint says the id.
func (w *placing) addNames(n *diag.Names, of kind.Kind) {
	for _, e := range w.entries {
		if of != "" && e.doc.Kind != of {
			continue
		}
		n.Add(e.ref.ID, e.ref.ID)
		n.Add(e.ref.Title, e.ref.ID)
		for _, a := range e.doc.Front.Aliases {
			n.Add(a.Name, e.ref.ID)
		}
	}
	for _, c := range w.claims {
		if (of == "" || of == kind.Claim) && c.ref.ID != "" {
			n.Add(c.ref.ID, c.ref.ID)
		}
	}
}
