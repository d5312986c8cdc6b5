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

// links are where the links of a Document lead, and what is wrong with them.
type links struct {
	targets []target // by content.Hole.Link
	found   []diag.Diagnostic
}

func (l *links) same(o *links) bool { return same(l.targets, o.targets) && same(l.found, o.found) }

// linksInput is what the links of a Document depend on.
type linksInput struct {
	doc   *content.Document
	shown *shown
}

// shown is all that Documents show to the links of others. It is large, and the
// same from build to build as long as only texts change.
type shown struct {
	pages         []shownPage
	claims        []*Ref
	files, drafts map[string]bool
	draftClaims   map[string]string
}

// shownPage is a page as links name it, and the places on it to which they lead.
type shownPage struct {
	ref      *Ref
	path     string
	aliases  []frontmatter.Alias
	anchors  []string
	headings []content.Heading
}

func (s shown) same(o shown) bool {
	return slices.EqualFunc(s.pages, o.pages, shownPage.same) && slices.Equal(s.claims, o.claims) &&
		maps.Equal(s.files, o.files) && maps.Equal(s.drafts, o.drafts) && maps.Equal(s.draftClaims, o.draftClaims)
}

func (p shownPage) same(o shownPage) bool {
	named := func(a, b frontmatter.Alias) bool { return a.Name == b.Name }
	head := func(a, b content.Heading) bool { return a.ID == b.ID }
	return p.ref == o.ref && p.path == o.path && same(p.anchors, o.anchors) &&
		slices.EqualFunc(p.headings, o.headings, head) && slices.EqualFunc(p.aliases, o.aliases, named)
}

// resolveAll finds the targets of all links.
func (w *placing) resolveAll() {
	now := shown{pages: make([]shownPage, len(w.entries)), files: w.files, drafts: w.drafts, draftClaims: w.draftClaims}
	for i, e := range w.entries {
		now.pages[i] = shownPage{e.ref, e.doc.Path, e.doc.Front.Aliases, e.doc.Anchors, e.doc.Headings}
	}
	for _, c := range w.claims {
		now.claims = append(now.claims, c.ref)
	}
	all := w.shown.One(now, func(s shown) *shown { return &s })
	resolved, _ := w.links.Map(len(w.entries), func(i int) (string, linksInput) {
		return w.entries[i].doc.Path, linksInput{w.entries[i].doc, all}
	}, func(i int, _ linksInput) *links { return w.resolve(w.entries[i]) })
	for i, e := range w.entries {
		e.links = resolved[i]
		w.found = append(w.found, e.links.found...)
	}
}

// resolve finds the targets of a Document's links.
func (w *placing) resolve(e *entry) *links {
	list := &links{targets: make([]target, len(e.doc.Links))}
	for i := range e.doc.Links {
		t, found := w.target(e, &e.doc.Links[i], "")
		if found.Message != "" {
			found.Severity, found.Position = diag.Error, e.doc.Position(i)
			list.found = append(list.found, found)
		}
		list.targets[i] = t
	}
	return list
}

// target resolves one link, which should lead to a page of a kind, or of any kind.
// A finding without a message means that it holds.
func (w *placing) target(e *entry, l *content.Link, of kind.Kind) (t target, found diag.Diagnostic) {
	to := e
	switch {
	case l.Target == "":
	case l.Form == content.Wiki:
		if to = w.named(l.Target); to == nil {
			return t, w.noPage(l.Target, of)
		}
	default:
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

// noPage says that there is no page or claim of an id. Its hint names those of a
// kind first.
func (w *placing) noPage(id string, of kind.Kind) diag.Diagnostic {
	if w.drafts[id] {
		return diag.Diagnostic{Message: "the page " + quote(id) + " is a draft", Hint: "publish it, or build with -drafts"}
	}
	if file := w.draftClaims[id]; file != "" {
		return diag.Diagnostic{Message: "the claim " + quote(id) + " stands on a draft, " + file, Hint: "publish that page, or build with -drafts"}
	}
	hint := diag.DidYouMean(id, w.ids(of))
	if hint == "" && of != "" {
		hint = diag.DidYouMean(id, w.ids(""))
	}
	return diag.Diagnostic{Message: "no page or claim " + quote(id), Hint: hint}
}

// wrongKind says that a page is not of the kind that is wanted.
func wrongKind(id string, e *entry, of kind.Kind) diag.Diagnostic {
	return diag.Diagnostic{
		Message: quote(id) + " is no " + string(of) + " but a page of kind " + string(e.ref.Kind),
		Hint:    "name a page of the folder " + kind.Folder(of) + "/",
	}
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
