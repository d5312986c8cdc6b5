package site

import (
	"fmt"
	"maps"
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
	Query    string // with "?"
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
	config      *frontmatter.Config
	pages       []targetPage
	claims      []*Ref
	drafts      map[string]bool
	files       map[string]string
	draftClaims map[string]string
	former      map[string]string
}

// targetPage is a page with its names and anchors, as far as links use them.
type targetPage struct {
	ref      *Ref
	path     string
	aliases  []frontmatter.Alias
	anchors  []string
	unread   bool
	headings []content.Heading
	title    string // Document.TitleHostID
}

func (s linkTargets) same(o linkTargets) bool {
	return s.config == o.config && slices.EqualFunc(s.pages, o.pages, targetPage.same) && slices.Equal(s.claims, o.claims) &&
		maps.Equal(s.files, o.files) && maps.Equal(s.drafts, o.drafts) && maps.Equal(s.draftClaims, o.draftClaims) && maps.Equal(s.former, o.former)
}

func (p targetPage) same(o targetPage) bool {
	named := func(a, b frontmatter.Alias) bool { return a.Name == b.Name }
	head := func(a, b content.Heading) bool { return a.ID == b.ID && a.HostID == b.HostID && a.Text == b.Text }
	return p.ref == o.ref && p.path == o.path && p.title == o.title && p.unread == o.unread && same(p.anchors, o.anchors) &&
		slices.EqualFunc(p.headings, o.headings, head) && slices.EqualFunc(p.aliases, o.aliases, named)
}

// resolveAllLinks finds the targets of the links of all Documents.
func (w *placing) resolveAllLinks() {
	now := linkTargets{config: w.config, pages: make([]targetPage, len(w.entries)), files: w.files, drafts: w.drafts, draftClaims: w.draftClaims, former: w.former}
	for i, e := range w.entries {
		now.pages[i] = targetPage{e.ref, e.doc.Path, e.doc.Front.Aliases, e.doc.Anchors, e.doc.Unread, e.doc.Headings, e.doc.TitleHostID}
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
		_, t, found := w.resolveLink(e, &e.doc.Links[i], "")
		if found.Message != "" {
			found.Severity, found.Position = diag.Error, e.doc.Position(i)
			list.found = append(list.found, found)
		}
		list.targets[i] = t
	}
	return list
}

// resolveLink finds the target of one link, and its page if it is one. If the link is
// broken, found has a message, and its hint prefers pages of the wanted kind ("" for any
// kind).
func (w *placing) resolveLink(e *entry, l *content.Link, of kind.Kind) (to *entry, t target, found broken) {
	switch {
	case l.Target == "":
		to = e
	case l.Form == content.Wiki:
		to, found = w.findPage(l.Target, of)
	default:
		to, t.File, found = w.findFile(e, l)
	}
	if found.Message == "" {
		t.Query, t.Fragment = l.Query, l.Fragment
	}
	if to != nil {
		t.Ref = to.ref
		if l.Fragment != "" {
			if t.Fragment, found = to.anchor(l.Fragment); to.doc.Unread {
				found = broken{}
			}
		}
	}
	return to, t, found
}

// findPage finds a page or claim by id or path, or else a page by title or alias. If
// several have the name, it prefers those of the wanted kind ("" for any kind).
func (w *placing) findPage(name string, of kind.Kind) (*entry, broken) {
	return w.oneOf(w.named(name), name, of)
}

// named returns the pages and claims with an id or path, or else with a title or alias.
func (w *placing) named(name string) []*entry {
	if list := w.withID(name); list != nil {
		return list
	}
	return w.byName[text.Fold(text.Typographic(name))]
}

// findID is like findPage, but does not look for titles and aliases.
func (w *placing) findID(id string, of kind.Kind) (*entry, broken) {
	return w.oneOf(w.withID(id), id, of)
}

// withID returns the pages and claims with an id. It may have folders before it, up to
// the top one, and then a slash.
func (w *placing) withID(id string) (list []*entry) {
	id = text.Fold(id)
	last := id[strings.LastIndexByte(id, '/')+1:]
	if list = w.byID[id]; list != nil || last == id {
		return list
	}
	for _, e := range slices.Concat(w.byID[last], w.byID[id[1:]]) { // the second with a slash before it
		if e.pathID != "" && !slices.Contains(list, e) && strings.HasSuffix("/"+e.pathID, "/"+strings.TrimPrefix(id, "/")) && (id[0] != '/' || e.pathID == id[1:]) {
			list = append(list, e)
		}
	}
	return list
}

// oneOf returns the entry that a name means, out of all that have it. It returns nil and
// an error if there is none, or more than one.
func (w *placing) oneOf(list []*entry, name string, of kind.Kind) (_ *entry, b broken) {
	if len(list) > 1 && of != "" {
		list = slices.DeleteFunc(slices.Clone(list), func(e *entry) bool { return e.ref.Kind != of })
	}
	switch len(list) {
	case 0:
		return nil, w.noPage(name, of)
	case 1:
		return list[0], b
	}
	var files, ids []string
	for _, e := range list[:min(len(list), 3)] {
		id := e.ref.ID
		if len(w.byID[text.Fold(id)]) > 1 { // at the top
			id = "/" + id
		}
		files, ids = append(files, e.doc.Path), append(ids, id)
	}
	b.Message = fmt.Sprintf("%s may mean %s", quote(name), strings.Join(files, " or "))
	b.Hint = "write which: " + strings.Join(ids, " or ")
	return nil, b
}

// noPage returns the error for an unknown id. Its hint prefers ids of the wanted
// kind.
func (w *placing) noPage(id string, of kind.Kind) (b broken) {
	if w.drafts[text.Fold(id)] {
		b.Message, b.Hint = "the page "+quote(id)+" is a draft", "publish it, or build with -drafts"
		return b
	}
	if file := w.draftClaims[text.Fold(id)]; file != "" {
		b.Message, b.Hint = "the claim "+quote(id)+" stands on a draft, "+file, "publish that page, or build with -drafts"
		return b
	}
	if now := w.former[text.Fold(id)]; now != "" {
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

// resolveRef finds the page that front matter names. It reports an error and returns nil
// if there is none or if it is not of the wanted kind.
func (w *placing) resolveRef(r frontmatter.Ref, of kind.Kind) *Ref {
	switch e, found := w.findID(r.ID, of); {
	case r.ID == "": // reported when it was parsed
	case e == nil:
		if r.Key == "origin" {
			found.Message += ", and words have a space or a capital letter"
		}
		w.reportAt(r.At, found)
	case e.ref.Kind != of:
		w.reportAt(r.At, wrongKind(r.ID, e, of))
	default:
		return e.ref
	}
	return nil
}

func quote(s string) string { return `"` + s + `"` }
