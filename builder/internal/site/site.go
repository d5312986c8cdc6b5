// Package site puts Documents in their place: it gives each an address, a
// section, neighbours, resolved links and backlinks, and so makes Pages.
//
// It is the third stop of a build. In come all Documents and the site's
// configuration; out go Pages, and diagnostics for whatever does not hold
// between files: broken links and anchors, ids and names used twice.
//
// Invariant: a Page holds everything that its layout may read, as values and
// as pointers to interned, immutable parts. If a new Page equals the old one
// and the layouts are the same, so are the bytes; a change elsewhere reaches
// exactly the Pages that show it. No rule of invalidation is written anywhere.
//
// Invariant: Place is a function of its Input. What a Placer remembers only
// lets equal parts be the same pointer.
//
// Deliberately absent: goldmark, templates, the file system, and pointers from
// one Page to another (a Ref stands for a page wherever it is shown).
package site

import (
	"cmp"
	"path"
	"reflect"
	"slices"
	"strings"

	"analysis/builder/internal/content"
	"analysis/builder/internal/diag"
)

// Input is what a site is made of.
type Input struct {
	Config content.Config
	Docs   []*content.Document // sorted by path
	Files  []string            // the other files below the content folder
	Drafts bool                // publish drafts as well

	Portable bool // addresses of folders end in index.html, as a site opened from disk needs
	Single   bool // make the frame of the single-file edition too
}

// Site is the result: every page in the order of their paths, one for each
// claim, those for old addresses, and the one for addresses that do not exist.
type Site struct {
	Config      *content.Config
	Pages       []*Page
	Claims      []PlacedClaim // in the order of the analysis
	Single      *Page         // the frame of the single-file edition, nil unless asked for; not among Pages
	Diagnostics []diag.Diagnostic
}

// Ref is a page as other pages show it: in a list, a link, a breadcrumb.
type Ref struct {
	ID      string
	URL     string // below the site's root: "actors/ttp/", "" for the home page; see address
	Title   string
	Kind    content.Kind
	Summary string
	Type    string       // of an actor, place, concept or source
	Date    content.Date // of an event, or on which a source was published
	Later   bool         // its Date is after Config.AsOf
	Weight  int

	Lang, Dir string // only where they are not those of the site, else ""
}

// Section is a folder's own page and the pages listed in it, in order.
type Section struct {
	Index *Ref // nil if the folder has no index.md
	Pages []*Ref
}

// Menu is the top of the site: its home page and what stands next below.
type Menu struct {
	Home  *Ref // nil if there is none
	Items []*Ref
	Foot  []*Ref // linked from the foot of every page
}

// Placer places Documents. The zero value is ready; it remembers the parts of
// the last site so that equal ones stay the same pointers.
type Placer struct {
	config   *content.Config
	refs     map[Ref]*Ref
	sections map[string]*Section
	menu     *Menu

	statements map[string]*Statement // by the claim's id
	last       *kept
}

// entry is a Document on its way to becoming a Page.
type entry struct {
	doc     *content.Document
	ref     *Ref
	links   []target
	names   []name
	section *Section
	claims  []*claimEntry // that stand in the text
}

// placing is the work of one call of Place.
type placing struct {
	in          Input
	config      *content.Config
	entries     []*entry      // sorted by path
	claims      []*claimEntry // in the order of the analysis
	claimOf     map[*entry]*claimEntry
	byPath      map[string]*entry
	byID        map[string]*entry
	byName      map[string]*entry // titles and aliases, in lower case
	drafts      map[string]bool   // paths and ids of pages left out
	draftClaims map[string]string // where the claims on those pages stand, by id
	files       map[string]bool
	onePage     *Whole // once it is made
	found       []diag.Diagnostic
}

// Place makes the site.
func (p *Placer) Place(in Input) *Site {
	if s, ok := p.again(in); ok {
		return s
	}
	w := &placing{
		in: in, byPath: map[string]*entry{}, byID: map[string]*entry{}, byName: map[string]*entry{},
		drafts: map[string]bool{}, files: map[string]bool{}, claimOf: map[*entry]*claimEntry{}, draftClaims: map[string]string{},
	}
	if p.config == nil || *p.config != in.Config {
		p.config = &in.Config
	}
	w.config = p.config
	refs := map[Ref]*Ref{}
	intern := func(r Ref) *Ref {
		if refs[r] = p.refs[r]; refs[r] == nil {
			refs[r] = &r
		}
		return refs[r]
	}
	for _, d := range in.Docs {
		w.enter(d, intern)
	}
	w.enterClaims(intern)
	p.refs = refs
	for _, f := range in.Files {
		w.files[f] = true
	}

	p.sections = w.sections(p.sections)
	p.menu = same(p.menu, w.menu())
	w.nameAll()
	for _, e := range w.entries {
		w.resolve(e)
	}
	w.settle(p)
	names := newNames(w.entries, nil)
	for _, e := range w.entries {
		e.names = names.find(e)
	}
	for _, c := range w.claims {
		c.names = names.find(&c.entry)
	}
	s := &Site{Config: p.config, Pages: w.pages(p.menu)}
	for _, c := range w.claims {
		s.Claims = append(s.Claims, PlacedClaim{c.claim, c.made, c.on.doc})
	}
	s.Pages = append(s.Pages, w.extra(p.menu)...)
	if in.Single {
		s.Single = w.single(p.menu)
	}
	s.Diagnostics = w.found
	p.last = &kept{in, w, names, s}
	return s
}

// same returns the old part if the new one equals it.
func same[T any](old, now *T) *T {
	if old != nil && reflect.DeepEqual(old, now) {
		return old
	}
	return now
}

func (w *placing) report(d diag.Diagnostic) { w.found = append(w.found, d) }

// enter gives a Document its Ref and files it under its names.
func (w *placing) enter(d *content.Document, intern func(Ref) *Ref) {
	id := content.ID(d.Path)
	if d.Front.Draft && !w.in.Drafts {
		w.drafts[d.Path], w.drafts[id] = true, true
		for _, c := range d.Claims {
			w.draftClaims[c.ID] = d.Path
		}
		return
	}
	for name := range strings.SplitSeq(strings.TrimSuffix(d.Path, ".md"), "/") {
		if !validName(name) {
			w.report(diag.Errorf(diag.Position{File: d.Path}, "the name %q makes no good address", name).
				WithHint("name files and folders with letters, digits, hyphens, dots and underscores only"))
		}
	}
	date := d.Front.Date
	if d.Kind == content.KindSource {
		date = d.Front.Published
	}
	lang, dir := w.tongue(d)
	e := &entry{doc: d, ref: intern(Ref{
		ID: id, URL: w.address(urlOf(d.Path)), Title: d.Front.Title, Kind: d.Kind, Summary: d.Front.Summary,
		Type: d.Front.Type, Date: date, Later: date.After(w.config.AsOf), Weight: d.Front.Weight,
		Lang: lang, Dir: dir,
	})}
	if other := w.byID[strings.ToLower(id)]; other != nil {
		w.report(diag.Errorf(diag.Position{File: d.Path, Line: 1, Column: 1}, "the id %q is taken by %s", id, other.doc.Path).
			WithHint("rename one of the two files; the file's name is its id"))
	} else {
		w.byID[strings.ToLower(id)] = e
	}
	w.byPath[d.Path] = e
	w.entries = append(w.entries, e)
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

// sections gathers the pages of each folder. A folder's own page is listed in
// the folder above.
func (w *placing) sections(old map[string]*Section) map[string]*Section {
	all := map[string]*Section{}
	at := func(dir string) *Section {
		if all[dir] == nil {
			all[dir] = &Section{}
		}
		return all[dir]
	}
	for _, e := range w.entries {
		dir := path.Dir(e.doc.Path)
		for up := dir; all[up] == nil; up = path.Dir(up) {
			at(up)
		}
		switch e.doc.Kind {
		case content.KindHome:
			at(".").Index = e.ref
		case content.KindIndex:
			at(dir).Index = e.ref
			at(path.Dir(dir)).Pages = append(at(path.Dir(dir)).Pages, e.ref)
		default:
			at(dir).Pages = append(at(dir).Pages, e.ref)
		}
	}
	if len(w.claims) > 0 {
		at(claimFolder)
	}
	for dir, s := range all {
		if s.Index == nil {
			w.report(diag.Warningf(diag.Position{File: path.Join(dir, "index.md")}, "this folder has no page of its own").
				WithHint("create the file with a title, so that the pages in it can be reached"))
		}
		slices.SortStableFunc(s.Pages, inOrder)
		all[dir] = same(old[dir], s)
	}
	for _, e := range w.entries {
		if e.section = all[path.Dir(e.doc.Path)]; e.doc.Kind == content.KindHome {
			e.section = all["."]
		}
	}
	for _, c := range w.claims {
		c.section = all[claimFolder]
	}
	return all
}

// inOrder sorts by weight (none comes last), date, then title.
func inOrder(a, b *Ref) int {
	return cmp.Or(
		cmp.Compare(uint(a.Weight-1), uint(b.Weight-1)),
		cmp.Compare(a.Date, b.Date),
		cmp.Compare(strings.ToLower(a.Title), strings.ToLower(b.Title)),
		cmp.Compare(a.URL, b.URL),
	)
}

func (w *placing) menu() *Menu {
	m := &Menu{}
	for _, e := range w.entries {
		switch dir := path.Dir(e.doc.Path); {
		case e.doc.Kind == content.KindHome:
			m.Home = e.ref
		case dir == "." || e.doc.Kind == content.KindIndex && path.Dir(dir) == ".":
			if e.doc.Front.Menu == "foot" {
				m.Foot = append(m.Foot, e.ref)
			} else {
				m.Items = append(m.Items, e.ref)
			}
		}
	}
	slices.SortStableFunc(m.Items, inOrder)
	slices.SortStableFunc(m.Foot, inOrder)
	return m
}

// nameAll files the pages under their titles and aliases, and reports names
// that would mean two pages.
func (w *placing) nameAll() {
	for _, e := range w.entries {
		if key := strings.ToLower(e.ref.Title); w.byName[key] == nil || !isReference(w.byName[key].doc) {
			w.byName[key] = e
		} else if isReference(e.doc) {
			w.report(diag.Errorf(diag.Position{File: e.doc.Path, Line: 1, Column: 1},
				"the title %q is also that of %s", e.ref.Title, w.byName[key].doc.Path).
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

// isReference reports whether a page is about a thing whose name may be linked
// wherever it stands in a text.
func isReference(d *content.Document) bool {
	switch d.Kind {
	case content.KindActor, content.KindPlace, content.KindEvent, content.KindConcept, content.KindSource:
		return true
	}
	return false
}
