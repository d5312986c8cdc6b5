package site

import (
	"maps"
	"path"
	"slices"
	"strings"

	"analysis/builder/internal/content"
	"analysis/builder/internal/diag"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/kind"
	"analysis/builder/internal/text"
)

// target is what a link leads to: a page, or a file that is published unchanged.
type target struct {
	Ref      *Ref // nil for a file
	File     string
	Fragment string
}

// links holds the targets of a Document's links and the errors in them.
type links struct {
	targets []target // by content.Hole.Link
	found   []broken
}

func (l *links) same(o *links) bool { return same(l.targets, o.targets) && same(l.found, o.found) }

// linksInput is everything that the links of a Document depend on.
type linksInput struct {
	doc     *content.Document
	targets *linkTargets
}

// linkTargets is everything on the site that a link can lead to. It is large, but
// stays the same from build to build as long as only texts change.
type linkTargets struct {
	pages         []targetPage
	claims        []*Ref
	files, drafts map[string]bool
	draftClaims   map[string]string
	former        map[string]string
}

// targetPage is a page with its names and anchors, as far as links use them.
type targetPage struct {
	ref      *Ref
	path     string
	aliases  []frontmatter.Alias
	anchors  []string
	headings []content.Heading
}

func (s linkTargets) same(o linkTargets) bool {
	return slices.EqualFunc(s.pages, o.pages, targetPage.same) && slices.Equal(s.claims, o.claims) &&
		maps.Equal(s.files, o.files) && maps.Equal(s.drafts, o.drafts) && maps.Equal(s.draftClaims, o.draftClaims) && maps.Equal(s.former, o.former)
}

func (p targetPage) same(o targetPage) bool {
	named := func(a, b frontmatter.Alias) bool { return a.Name == b.Name }
	head := func(a, b content.Heading) bool { return a.ID == b.ID }
	return p.ref == o.ref && p.path == o.path && same(p.anchors, o.anchors) &&
		slices.EqualFunc(p.headings, o.headings, head) && slices.EqualFunc(p.aliases, o.aliases, named)
}

// resolveAllLinks finds the targets of the links of all Documents.
func (w *placing) resolveAllLinks() {
	now := linkTargets{pages: make([]targetPage, len(w.entries)), files: w.files, drafts: w.drafts, draftClaims: w.draftClaims, former: w.former}
	for i, e := range w.entries {
		now.pages[i] = targetPage{e.ref, e.doc.Path, e.doc.Front.Aliases, e.doc.Anchors, e.doc.Headings}
	}
	for _, c := range w.claims {
		now.claims = append(now.claims, c.ref)
	}
	all := w.targets.One(now, func(s linkTargets) *linkTargets { return &s })
	resolved, _ := w.links.Map(len(w.entries), func(i int) (string, linksInput) {
		return w.entries[i].doc.Path, linksInput{w.entries[i].doc, all}
	}, func(i int, _ linksInput) *links { return w.resolveLinks(w.entries[i]) })
	for i, e := range w.entries {
		e.links = resolved[i]
		for _, found := range e.links.found {
			w.report(w.withHint(found))
		}
	}
}

// resolveLinks finds the targets of a Document's links.
func (w *placing) resolveLinks(e *entry) *links {
	list := &links{targets: make([]target, len(e.doc.Links))}
	for i := range e.doc.Links {
		t, found := w.resolveLink(e, &e.doc.Links[i], "")
		if found.Message != "" {
			found.Severity, found.Position = diag.Error, e.doc.Position(i)
			list.found = append(list.found, found)
		}
		list.targets[i] = t
	}
	return list
}

// resolveLink finds the target of one link. If the link is broken, found has a message,
// and its hint prefers pages of the wanted kind ("" for any kind).
func (w *placing) resolveLink(e *entry, l *content.Link, of kind.Kind) (t target, found broken) {
	to := e
	switch {
	case l.Target == "":
	case l.Form == content.Wiki:
		if to = w.findPage(l.Target); to == nil {
			return t, w.noPage(l.Target, of)
		}
	default:
		file := path.Join(e.folder, l.Target)
		if strings.HasSuffix(l.Target, "/") {
			file = path.Join(file, "index.md")
		}
		if l.Form == content.Image || path.Ext(file) != ".md" {
			return w.resolveFile(e, l, file)
		}
		if to = w.byPath[file]; to == nil {
			return t, w.noFile(e, l.Target, file, amongPages)
		}
	}
	t = target{Ref: to.ref, Fragment: l.Fragment}
	if l.Fragment != "" && !to.doc.HasAnchor(l.Fragment) {
		found.Message = "no heading or anchor " + quote(l.Fragment) + " on " + to.doc.Path
		found.unknown = unknown{name: l.Fragment, among: "#" + to.doc.Path}
		if len(to.doc.Headings) > 0 {
			found.Hint = "its first heading is " + quote(to.doc.Headings[0].ID)
		}
	}
	return t, found
}

func (w *placing) resolveFile(e *entry, l *content.Link, file string) (t target, found broken) {
	if w.files[file] {
		return target{File: file, Fragment: l.Fragment}, found
	}
	if w.byPath[file+".md"] != nil {
		found.Message = "no file " + quote(l.Target)
		found.Hint = "write the ending too: " + l.Target + ".md"
		return t, found
	}
	return t, w.noFile(e, l.Target, file, amongFiles)
}

// findPage finds a page or claim by id, or else a page by title or alias.
func (w *placing) findPage(s string) *entry {
	key := strings.ToLower(text.Typographic(s))
	if e := w.byID[strings.ToLower(s)]; e != nil {
		return e
	}
	return w.byName[key]
}

// noPage returns the error for an unknown id. Its hint prefers ids of the wanted
// kind.
func (w *placing) noPage(id string, of kind.Kind) (b broken) {
	if w.drafts[id] {
		b.Message, b.Hint = "the page "+quote(id)+" is a draft", "publish it, or build with -drafts"
		return b
	}
	if file := w.draftClaims[id]; file != "" {
		b.Message, b.Hint = "the claim "+quote(id)+" stands on a draft, "+file, "publish that page, or build with -drafts"
		return b
	}
	if now := w.former[strings.ToLower(id)]; now != "" {
		b.Message, b.Hint = "no page or claim "+quote(id), "it is now "+quote(now)
		return b
	}
	b.Message, b.unknown = "no page or claim "+quote(id), unknown{name: id, among: string(of)}
	return b
}

// wrongKind returns the error for a page that is not of the wanted kind.
func wrongKind(id string, e *entry, of kind.Kind) (b broken) {
	b.Message = quote(id) + " is no " + string(of) + " but a page of kind " + string(e.ref.Kind)
	b.Hint = "name a page of the folder " + kind.Folder(of) + "/"
	return b
}

func (w *placing) noFile(e *entry, written, file, among string) (b broken) {
	switch {
	case w.drafts[file]:
		b.Message, b.Hint = "the page "+quote(written)+" is a draft", "publish it, or build with -drafts"
	case strings.HasPrefix(file, "../"):
		b.Message, b.Hint = "the link "+quote(written)+" leads out of the content folder", "link to a file inside it"
	default:
		b.Message, b.unknown = "no file "+quote(written), unknown{file, among, e.folder}
	}
	return b
}

// resolveRef finds the page that front matter names. It reports an error and returns nil
// if there is none or if it is not of the wanted kind.
func (w *placing) resolveRef(r frontmatter.Ref, of kind.Kind) *Ref {
	switch e := w.byID[strings.ToLower(r.ID)]; {
	case r.ID == "": // reported when it was parsed
	case e == nil:
		w.reportAt(r.At, w.noPage(r.ID, of))
	case e.ref.Kind != of:
		w.reportAt(r.At, wrongKind(r.ID, e, of))
	default:
		return e.ref
	}
	return nil
}

func quote(s string) string { return `"` + s + `"` }
