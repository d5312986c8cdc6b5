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
// lets equal parts be the same pointer, up to whole Pages: a Page that equals the
// one of the last site is that Page. It remembers one site and no more.
//
// What a text says is found in parallel, Document by Document, into each one's
// own place; nothing depends on which comes first. It is found anew only if the
// Document, its links or the names of the site are others.
//
// Deliberately absent: goldmark, templates, the file system, and pointers from
// one Page to another (a Ref stands for a page wherever it is shown).
package site

import (
	"analysis/builder/internal/content"
	"analysis/builder/internal/diag"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/kind"
)

// Input is what a site is made of.
type Input struct {
	Config frontmatter.Config
	Docs   []*content.Document // sorted by path
	Files  []string            // the other files below the content folder
	Drafts bool                // publish drafts as well

	Portable bool // addresses of folders end in index.html, as a site opened from disk needs
	Single   bool // make the frame of the single-file edition too
}

// Site is the result: every page in the order of their paths, one for each
// claim, those for old addresses, and the one for addresses that do not exist.
type Site struct {
	Config      *frontmatter.Config
	Pages       []*Page
	Claims      []PlacedClaim // in the order of the analysis
	Whole       *Whole        // nil if no page shows it and no single file is asked for
	Single      *Page         // the frame of the single-file edition, nil unless asked for; not among Pages
	Diagnostics []diag.Diagnostic
}

// Ref is a page as other pages show it: in a list, a link, a breadcrumb.
type Ref struct {
	ID      string
	URL     string // below the site's root: "actors/ttp/", "" for the home page; see address
	Title   string
	Kind    kind.Kind
	Summary string
	Type    string           // of an actor, place, concept or source
	Date    frontmatter.Date // of an event, or on which a source was published
	Later   bool             // its Date is after Config.AsOf
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

// Placer places Documents. The zero value is ready; it remembers the last site,
// so that equal parts stay the same pointers, up to whole Pages. It is not for
// concurrent use.
type Placer struct {
	Each func(n int, f func(i int)) // calls f for 0 to n-1, perhaps in parallel; nil for one after the other

	config   *frontmatter.Config
	sections map[string]*Section
	menu     *Menu
	last     *kept
}

// entry is a Document on its way to becoming a Page.
type entry struct {
	doc      *content.Document
	ref      *Ref
	folder   string // that it stands in, "." for the top
	links    []target
	names    []name
	mentions []mention
	section  *Section
	claims   []*claimEntry // that stand in the text
	page     *Page         // once it is made
	was      *entry        // what stood at the same path in the last site, nil for none; only during Place
}

// same reports whether the entry is of the Document of the last time, shown by
// the same Ref.
func (e *entry) same() bool { return e.was != nil && e.was.doc == e.doc && e.was.ref == e.ref }

// placing is the work of one call of Place.
type placing struct {
	in          Input
	each        func(n int, f func(from, to int)) // calls f for the parts of a list of n
	config      *frontmatter.Config
	last        *kept         // nil at first
	steady      bool          // the same Document has the same Ref as the last time
	entries     []*entry      // sorted by path
	claims      []*claimEntry // in the order of the analysis
	claimOf     map[*entry]*claimEntry
	gone        map[*Ref]bool // those of the last site that stand for no page of this one
	byPath      map[string]*entry
	byID        map[string]*entry
	byName      map[string]*entry // titles and aliases, in lower case
	drafts      map[string]bool   // paths and ids of pages left out
	draftClaims map[string]string // where the claims on those pages stand, by id
	files       map[string]bool
	folders     map[string]*Section
	menu        *Menu
	names       *names
	found       []diag.Diagnostic
}

// Place makes the site.
func (p *Placer) Place(in Input) *Site {
	if s, ok := p.again(in); ok {
		return s
	}
	w := p.newPlacing(in)
	w.enterAll()
	w.enterClaims()
	w.folders = w.sections(p.sections)
	if w.menu = w.newMenu(); p.menu.same(w.menu) {
		w.menu = p.menu
	}
	w.nameAll()
	w.resolveAll()
	w.settle()
	w.read()
	s := &Site{Config: w.config, Pages: w.makePages(), Whole: w.whole()}
	for _, c := range w.claims {
		s.Claims = append(s.Claims, PlacedClaim{c.claim, c.made, c.on.doc})
	}
	s.Pages = append(s.Pages, w.extra()...)
	if in.Single {
		s.Single = w.single()
	}
	s.Diagnostics = w.found
	w.forget()
	p.config, p.sections, p.menu, p.last = w.config, w.folders, w.menu, &kept{in, w, s}
	return s
}

func (p *Placer) newPlacing(in Input) *placing {
	n := len(in.Docs)
	w := &placing{
		in: in, each: p.each, config: p.config, last: p.last, entries: make([]*entry, 0, n),
		byPath: make(map[string]*entry, n), byID: make(map[string]*entry, n), byName: make(map[string]*entry, n),
		drafts: map[string]bool{}, files: make(map[string]bool, len(in.Files)), claimOf: map[*entry]*claimEntry{}, draftClaims: map[string]string{},
	}
	if p.config == nil || *p.config != in.Config {
		config := in.Config // apart from in, which would be kept with it
		w.config = &config
	}
	w.steady = p.last != nil && w.config == p.config && in.Portable == p.last.in.Portable
	for _, f := range in.Files {
		w.files[f] = true
	}
	return w
}

// forget lets go of the last site.
func (w *placing) forget() {
	w.last = nil
	for _, e := range w.entries {
		e.was = nil
	}
	for _, c := range w.claims {
		c.was, c.before = nil, nil
	}
}

// batch is how many Documents are taken at a time: enough that those who work in
// parallel seldom meet.
const batch = 64

func (p *Placer) each(n int, f func(from, to int)) {
	each := p.Each
	if each == nil {
		each = func(n int, f func(int)) {
			for i := range n {
				f(i)
			}
		}
	}
	each((n+batch-1)/batch, func(i int) { f(i*batch, min(n, (i+1)*batch)) })
}

func (w *placing) report(d diag.Diagnostic) { w.found = append(w.found, d) }
