package site

import (
	"iter"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"analysis/builder/internal/content"
	"analysis/builder/internal/diag"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/kind"
	"analysis/builder/internal/text"
)

// target is where a link leads: to a page, or to a file published as it is.
type target struct {
	Ref      *Ref // nil for a file
	File     string
	Fragment string
}

// resolveAll finds the targets of all links.
func (w *placing) resolveAll() {
	found := make([][]diag.Diagnostic, len(w.entries)/batch+1)
	w.each(len(w.entries), func(from, to int) {
		for _, e := range w.entries[from:to] {
			found[from/batch] = append(found[from/batch], w.resolve(e)...)
		}
	})
	w.found = append(w.found, slices.Concat(found...)...)
}

// resolve finds the targets of a Document's links. If they are those of the last
// time, so is the list.
func (w *placing) resolve(e *entry) (list []diag.Diagnostic) {
	if e.was != nil && e.was.doc == e.doc {
		e.links = e.was.links
	}
	own := e.links == nil
	if own {
		e.links = make([]target, len(e.doc.Links))
	}
	for i := range e.doc.Links {
		l := &e.doc.Links[i]
		if !own && l.Form == content.Relative && l.Fragment == "" && e.links[i].Ref != nil && !w.gone[e.links[i].Ref] {
			continue // the path of a page that is there leads to it
		}
		t, found := w.target(e, l)
		if found.Message != "" {
			found.Severity, found.Position = diag.Error, e.doc.Position(i)
			list = append(list, found)
		}
		if t == e.links[i] {
			continue
		}
		if !own {
			own, e.links = true, slices.Clone(e.links)
		}
		e.links[i] = t
	}
	return list
}

// target resolves one link; a finding without a message means that it holds.
func (w *placing) target(e *entry, l *content.Link) (t target, found diag.Diagnostic) {
	to := e
	switch {
	case l.Target == "":
	case l.Form == content.Wiki:
		if to = w.named(l.Target); to == nil {
			return t, w.noPage(l.Target)
		}
	default:
		if to = w.beside(e, l); to != nil {
			break
		}
		file := path.Join(e.folder, l.Target)
		if strings.HasSuffix(l.Target, "/") {
			file = path.Join(file, "index.md")
		}
		if l.Form == content.Image || path.Ext(file) != ".md" {
			return w.file(e, l, file)
		}
		if to = w.byPath[file]; to == nil {
			return t, w.noFile(e, l.Target, file, maps.Keys(w.byPath))
		}
	}
	t = target{Ref: to.ref, Fragment: l.Fragment}
	if l.Fragment != "" && !slices.Contains(to.doc.Anchors, l.Fragment) {
		found.Message = "no heading or anchor " + quote(l.Fragment) + " on " + to.doc.Path
		found.Hint = diag.DidYouMean(l.Fragment, slices.Values(to.doc.Anchors))
		if found.Hint == "" && len(to.doc.Headings) > 0 {
			found.Hint = "its first heading is " + quote(to.doc.Headings[0].ID)
		}
	}
	return t, found
}

// beside finds the page of a link that is written in the plain way of nearly
// all, "../actors/ttp.md", without making a string of its path. It is nil for
// others, and for none.
func (w *placing) beside(e *entry, l *content.Link) *entry {
	up, rest := e.folder, l.Target
	for strings.HasPrefix(rest, "../") && up != "." {
		up, rest = folderOf(up), rest[len("../"):]
	}
	if l.Form == content.Image || !strings.HasSuffix(rest, ".md") || rest[0] == '.' || rest[0] == '/' ||
		strings.Contains(rest, "/.") || strings.Contains(rest, "//") {
		return nil
	}
	if up == "." {
		return w.byPath[rest]
	}
	var buf [128]byte
	file := append(append(append(buf[:0], up...), '/'), rest...)
	return w.byPath[string(file)]
}

func (w *placing) file(e *entry, l *content.Link, file string) (t target, found diag.Diagnostic) {
	if w.files[file] {
		return target{File: file, Fragment: l.Fragment}, found
	}
	if w.byPath[file+".md"] != nil {
		found.Message = "no file " + quote(l.Target)
		found.Hint = "write the ending too: " + l.Target + ".md"
		return t, found
	}
	return t, w.noFile(e, l.Target, file, maps.Keys(w.files))
}

// named finds a page by id, or else by title or alias.
func (w *placing) named(s string) *entry {
	key := strings.ToLower(text.Typographic(s))
	if e := w.byID[strings.ToLower(s)]; e != nil {
		return e
	}
	return w.byName[key]
}

func (w *placing) noPage(id string) diag.Diagnostic {
	if w.drafts[id] {
		return diag.Diagnostic{Message: "the page " + quote(id) + " is a draft", Hint: "publish it, or build with -drafts"}
	}
	if file := w.draftClaims[id]; file != "" {
		return diag.Diagnostic{Message: "the claim " + quote(id) + " stands on a draft, " + file, Hint: "publish that page, or build with -drafts"}
	}
	return diag.Diagnostic{Message: "no page or claim " + quote(id), Hint: diag.DidYouMean(id, w.ids(""))}
}

func (w *placing) noFile(e *entry, written, file string, all iter.Seq[string]) diag.Diagnostic {
	switch {
	case w.drafts[file]:
		return diag.Diagnostic{Message: "the page " + quote(written) + " is a draft", Hint: "publish it, or build with -drafts"}
	case strings.HasPrefix(file, "../"):
		return diag.Diagnostic{Message: "the link " + quote(written) + " leads out of the content folder", Hint: "link to a file inside it"}
	}
	return diag.Diagnostic{Message: "no file " + quote(written), Hint: diag.DidYouMean(written, seenFrom(e.folder, all))}
}

// seenFrom gives each path as a link in a file of that folder would have it.
func seenFrom(dir string, all iter.Seq[string]) iter.Seq[string] {
	return func(yield func(string) bool) {
		for name := range all {
			if rel, err := filepath.Rel(dir, name); err == nil && !yield(filepath.ToSlash(rel)) {
				return
			}
		}
	}
}

// ids are those of all pages of a kind, or of any kind.
func (w *placing) ids(of kind.Kind) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, e := range w.entries {
			if (of == "" || e.doc.Kind == of) && !yield(e.ref.ID) {
				return
			}
		}
		for _, c := range w.claims {
			if (of == "" || of == kind.Claim) && c.ref.ID != "" && !yield(c.ref.ID) {
				return
			}
		}
	}
}

// ref resolves a page named in front matter, which must be of a kind.
func (w *placing) ref(r frontmatter.Ref, of kind.Kind) *Ref {
	e := w.byID[strings.ToLower(r.ID)]
	switch {
	case r.ID == "":
		return nil // reported when it was parsed
	case e == nil || e.doc.Kind != of:
		found := w.noPage(r.ID)
		if e != nil {
			found = diag.Diagnostic{Message: quote(r.ID) + " is no " + string(of) + " but a page of kind " + string(e.doc.Kind)}
		}
		if hint := diag.DidYouMean(r.ID, w.ids(of)); hint != "" && e == nil && !w.drafts[r.ID] {
			found.Hint = hint
		} else if e != nil {
			found.Hint = "name a page of the folder " + kind.Folder(of) + "/"
		}
		found.Severity, found.Position = diag.Error, r.At
		w.report(found)
		return nil
	}
	return e.ref
}

func quote(s string) string { return `"` + s + `"` }
