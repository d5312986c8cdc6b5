package site

import (
	"path"
	"strings"

	"analysis/builder/internal/content"
	"analysis/builder/internal/diag"
	"analysis/builder/internal/kind"
)

// enterAll enters the Documents, each beside what stood at its path in the last
// site. Both are sorted by path.
func (w *placing) enterAll() {
	var old []*entry
	if w.last != nil {
		old = w.last.work.entries
	}
	w.gone = map[*Ref]bool{}
	for _, d := range w.in.Docs {
		for ; len(old) > 0 && old[0].doc.Path < d.Path; old = old[1:] {
			w.gone[old[0].ref] = true
		}
		var was *entry
		if len(old) > 0 && old[0].doc.Path == d.Path {
			was, old = old[0], old[1:]
		}
		if e := w.enter(d, was); was != nil && (e == nil || e.ref != was.ref) {
			w.gone[was.ref] = true
		}
	}
	for _, e := range old {
		w.gone[e.ref] = true
	}
}

// enter gives a Document its Ref and files it under its names. It returns nil for
// a draft that is left out.
func (w *placing) enter(d *content.Document, was *entry) *entry {
	id := kind.ID(d.Path)
	if d.Front.Draft && !w.in.Drafts {
		w.drafts[d.Path], w.drafts[id] = true, true
		for _, c := range d.Claims {
			w.draftClaims[c.ID] = d.Path
		}
		return nil
	}
	for name := range strings.SplitSeq(strings.TrimSuffix(d.Path, ".md"), "/") {
		if !validName(name) {
			w.report(diag.Errorf(diag.Position{File: d.Path}, "the name %q makes no good address", name).
				WithHint("name files and folders with letters, digits, hyphens, dots and underscores only"))
		}
	}
	e := &entry{doc: d, was: was, folder: folderOf(d.Path)}
	if w.steady && was != nil && was.doc == d {
		e.ref = was.ref
	} else if e.ref = w.refTo(d, id); was != nil && *was.ref == *e.ref {
		e.ref = was.ref
	}
	key := strings.ToLower(id)
	if other := w.byID[key]; other != nil {
		w.report(diag.Errorf(diag.Position{File: d.Path, Line: 1, Column: 1}, "the id %q is taken by %s", id, other.doc.Path).
			WithHint("rename one of the two files; the file's name is its id"))
	} else {
		w.byID[key] = e
	}
	w.byPath[d.Path] = e
	w.entries = append(w.entries, e)
	return e
}

// refTo is how other pages show a Document.
func (w *placing) refTo(d *content.Document, id string) *Ref {
	date := d.Front.Date
	if d.Kind == kind.Source {
		date = d.Front.Published
	}
	lang, dir := w.tongue(d)
	return &Ref{
		ID: id, URL: w.address(urlOf(d.Path)), Title: d.Front.Title, Kind: d.Kind, Summary: d.Front.Summary,
		Type: d.Front.Type, Date: date, Later: date.After(w.config.AsOf), Weight: d.Front.Weight,
		Lang: lang, Dir: dir,
	}
}

// tongue is the language and direction of a Document where they are not those
// of the site.
func (w *placing) tongue(d *content.Document) (lang, dir string) {
	if !strings.EqualFold(d.Front.Lang, w.config.Language) {
		lang = d.Front.Lang
	}
	if d.Front.Dir != "" && d.Front.Dir != w.config.Dir() {
		dir = d.Front.Dir
	}
	return lang, dir
}

func validName(s string) bool {
	for _, r := range s {
		if !isWord(r) && r != '-' && r != '_' && r != '.' {
			return false
		}
	}
	return s != "" && s[0] != '.'
}

// urlOf is the address of a file's page: "actors/ttp/" for "actors/ttp.md".
func urlOf(file string) string {
	dir, base := path.Split(file)
	if base == "index.md" {
		return dir
	}
	return dir + strings.TrimSuffix(base, ".md") + "/"
}

// address is what links to the page of a folder are written from: the one place
// that knows of portable sites.
func (w *placing) address(folder string) string {
	if w.in.Portable && (folder == "" || strings.HasSuffix(folder, "/")) {
		return folder + "index.html"
	}
	return folder
}

// folderOf is the folder of a file, "." for the top.
func folderOf(file string) string {
	if i := strings.LastIndexByte(file, '/'); i >= 0 {
		return file[:i]
	}
	return "."
}
