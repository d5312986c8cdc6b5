package site

import (
	"path"
	"path/filepath"
	"strings"
	"sync"

	"analysis/builder/internal/content"
	"analysis/builder/internal/text"
)

// findFile finds the page, or else the other file, that a link names by its path. A path
// that begins with a slash begins at the content folder. The path of a folder means its
// index.md.
func (w *placing) findFile(e *entry, l *content.Link) (to *entry, file string, found broken) {
	name := text.Spelling(path.Join(e.folder, l.Target))
	if rest, absolute := strings.CutPrefix(l.Target, "/"); absolute {
		name = text.Spelling(path.Clean(rest))
	}
	if l.Form != content.Image {
		if !strings.HasSuffix(l.Target, "/") {
			to = w.byPath[name]
		}
		if to == nil {
			to = w.byPath[path.Join(name, "index.md")]
		}
	}
	if file = w.files[name]; to == nil && file == "" && w.config.AddressLinks && l.Form != content.Image {
		to = w.byAddress(e, l.Target, name)
	}
	if outside := isOutside(name); outside && w.config.OutsideLinks {
		file = name
	} else if to == nil && file == "" {
		found = w.noFile(e, l, name)
	}
	return to, file, found
}

// isOutside reports whether a path leads out of the content folder.
func isOutside(name string) bool { return name == ".." || strings.HasPrefix(name, "../") }

// noFile returns the error for a link to a file that does not exist.
func (w *placing) noFile(e *entry, l *content.Link, name string) (b broken) {
	written := quote(l.Target)
	b.Message = "no file " + written
	switch page := w.byAddress(e, l.Target, name); {
	case w.drafts[name]:
		b.Message, b.Hint = "the page "+written+" is a draft", "publish it, or build with -drafts"
	case isOutside(name):
		b.Message, b.Hint = "the link "+written+" leads out of the content folder", "link to a file inside it, or allow such links in site.yaml: `outside_links: true`"
	case page != nil && l.Form != content.Image:
		rel, _ := filepath.Rel(e.folder, page.doc.Path) // never fails: both are relative to the content folder
		b.Hint = "a link names the file of a page: " + filepath.ToSlash(rel) + "; or allow addresses in site.yaml: `address_links: true`"
	case w.folders[name] != nil:
		b.Message, b.Hint = "the folder "+written+" has no page of its own", "link to a page in it, or create its index.md"
	case strings.HasSuffix(l.Target, "/"):
		b.unknown = unknown{path.Join(name, "index.md"), amongPages, e.folder}
	case l.Form == content.Image || path.Ext(name) != ".md":
		b.unknown = unknown{name, amongFiles, e.folder}
	default:
		b.unknown = unknown{name, amongPages, e.folder}
	}
	return b
}

// byAddress returns the page whose address a link names instead of its file, as in "x",
// "x/", "x.html" or "x/index.html", or nil. Addresses may also be relative to that of e.
func (w *placing) byAddress(e *entry, target, name string) *entry {
	for _, name := range []string{name, path.Join(pathID(e.doc), target)} {
		stem := strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(name, ".html"), ".htm"), "/index")
		for _, file := range []string{stem + ".md", path.Join(stem, "index.md"), path.Join(stem, "README.md")} {
			if to := w.byPath[file]; to != nil {
				return to
			}
		}
	}
	return nil
}

// anchors finds the anchors of a page by fragments of links.
type anchors struct {
	once sync.Once
	ids  map[string]string // by themselves, and by all folded fragments that lead to them
}

// anchor returns the id to which a fragment leads: that of an anchor, in any spelling, or
// of the heading to which a Git host gives this id, or which has this text. Browsers take
// "top" for the beginning of a page.
func (e *entry) anchor(fragment string) (id string, found broken) {
	e.anchors.once.Do(e.findAnchors)
	for _, key := range []string{fragment, text.Fold(fragment)} {
		if id, ok := e.anchors.ids[key]; ok {
			return id, found
		}
	}
	found.Message = "no heading or anchor " + quote(fragment) + " on " + e.doc.Path
	found.unknown = unknown{name: fragment, among: "#" + e.doc.Path}
	if len(e.doc.Headings) > 0 {
		found.Hint = "its first heading is " + quote(e.doc.Headings[0].ID)
	}
	return fragment, found
}

// findAnchors sets e.anchors.ids. Of anchors with the same key, the first has it.
func (e *entry) findAnchors() {
	ids := make(map[string]string, 2*len(e.doc.Anchors))
	add := func(key, id string) {
		if _, taken := ids[key]; !taken && key != "" {
			ids[key] = id
		}
	}
	for _, id := range e.doc.Anchors {
		add(id, id)
	}
	for _, id := range e.doc.Anchors {
		add(text.Fold(id), id)
	}
	for _, h := range e.doc.Headings {
		add(text.Fold(h.HostID), h.ID)
	}
	for _, h := range e.doc.Headings {
		add(text.Fold(h.Text), h.ID)
	}
	add("top", "top")
	add(text.Fold(e.doc.TitleHostID), "top")
	e.anchors.ids = ids
}
