// Package site puts Documents in their place: it gives each an address, a
// section, neighbours, resolved links and backlinks, and so makes Pages.
//
// It is the third stop of a build. In come all Documents and the site's
// configuration; out go Pages, and diagnostics for whatever does not hold
// between files: broken links and anchors, ids and names used twice.
//
// Invariant: a Page holds everything that its layout may read of the Document
// and of its place, as values and as pointers to immutable parts. If a new Page
// equals the old one and the layouts are the same, so are the bytes; a change
// elsewhere reaches exactly the Pages that show it.
//
// Invariant: Place is a function of its Input. A Placer remembers results of
// pure functions only (see package memo), so that a part that came out equal is
// the same pointer again, up to whole Pages:
//
//	Ref          of (Document, configuration)
//	links        of (Document, all that Documents show to links)
//	reading      of (Document, its links, the names of the site)
//	backlinks    of (the readings of all Documents)
//	Page         of its parts
//
// Deliberately absent: goldmark, templates, the file system, drawings and lists
// gathered from the whole site (package gather), and pointers from one Page to
// another: wherever a page is shown elsewhere, a Ref is.
package site

import (
	"analysis/builder/internal/content"
	"analysis/builder/internal/diag"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/kind"
	"analysis/builder/internal/memo"
	"analysis/builder/internal/text"
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

// Menu is the top of the site: its home page and what is next below.
type Menu struct {
	Home  *Ref // nil if there is none
	Items []*Ref
	Foot  []*Ref // linked from the foot of every page
}

// Placer places Documents. It remembers the previous site and no more. It is not
// for concurrent use.
type Placer struct {
	config    memo.Table[struct{}, frontmatter.Config, *frontmatter.Config]
	refs      memo.Table[string, refInput, *Ref] // by path
	sections  memo.Table[string, *Section, *Section]
	menu      memo.Table[struct{}, *Menu, *Menu]
	shown     memo.Table[struct{}, shown, *shown]
	links     memo.Table[string, linksInput, *links] // by path
	names     memo.Table[struct{}, []text.Name[*Ref], *text.Names[*Ref]]
	readings  memo.Table[string, readingInput, *reading] // by path
	claims    claimTables
	backlinks memo.Table[struct{}, backlinksInput, [][]Backlink]
	extraRefs memo.Table[string, *Ref, *Ref]   // of pages that no file makes, by address
	pages     memo.Table[string, *Page, *Page] // by address
	none      Section                          // of pages that no file makes
}

// NewPlacer makes a Placer that remembers nothing yet.
func NewPlacer() *Placer {
	p := &Placer{}
	p.config.SameIn = memo.Equal
	p.refs.SameIn, p.refs.SameOut = memo.Equal, sameValue
	p.sections.SameIn, p.menu.SameIn = (*Section).same, (*Menu).same
	p.shown.SameIn = shown.same
	p.links.SameIn, p.links.SameOut = memo.Equal, (*links).same
	p.names.SameIn = same
	p.readings.SameIn, p.readings.SameOut = memo.Equal, (*reading).same
	p.claims.set()
	p.backlinks.SameIn = backlinksInput.same
	p.extraRefs.SameIn, p.pages.SameIn = sameValue, (*Page).same
	return p
}

// placing is the work of one call of Place.
type placing struct {
	*Placer
	in      Input
	config  *frontmatter.Config
	entries []*entry      // sorted by path
	claims  []*claimEntry // in the order of the analysis
	index
	folders map[string]*Section
	menu    *Menu
	found   []diag.Diagnostic
}

// entry is a Document on its way to becoming a Page.
type entry struct {
	doc     *content.Document
	ref     *Ref
	folder  string // that it is in, "." for the top
	section *Section
	links   *links
	reading *reading
	claims  []*claimEntry // that are in the text
}
