// Package site turns Documents into Pages: it gives each an address, a section,
// neighbours, resolved links and backlinks.
//
// It is the third stop of a build. It takes all Documents and the site's
// configuration. It returns Pages, and diagnostics for errors that involve
// several files: broken links and anchors, duplicate ids and names.
//
// Invariant: a Page holds everything that its layout may read, as values and as
// pointers to immutable parts. If a new Page equals the old one and the layouts
// are the same, the output bytes are the same too. A change to one file changes
// only the Pages that show it.
//
// Invariant: Place is a function of its Input. A Placer remembers only results of
// pure functions (see package memo). A part that equals the one of the previous
// build, up to a whole Page, is the same pointer again:
//
//	Ref          from (Document, configuration)
//	links        from (Document, linkTargets: all that links can lead to)
//	reading      from (Document, its links, the names of the site)
//	backlinks    from (the readings of all Documents)
//	Page         from its parts
//
// Deliberately absent: goldmark, templates, the file system, drawings, and lists
// gathered from the whole site (package gather). A Page has no pointer to another
// Page; it refers to other pages by Ref.
package site

import (
	"path"

	"analysis/builder/internal/content"
	"analysis/builder/internal/diag"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/kind"
	"analysis/builder/internal/memo"
	"analysis/builder/internal/text"
)

// Input is what Place builds a site from.
type Input struct {
	Config frontmatter.Config
	Docs   []*content.Document // sorted by path
	Files  []string            // the other files below the content folder
	Drafts bool                // publish drafts as well

	Portable bool // addresses of folders end in index.html, so that the site works from disk
	Single   bool // also make the frame of the single-file edition
	Cards    bool // also make a card for each claim
}

// Site is the result of Place. Its pages are those of all files, sorted by path,
// then one for each claim, the redirects from old addresses, the cards of the claims, and
// the 404 page.
type Site struct {
	Config      *frontmatter.Config
	Pages       []*Page
	Claims      []PlacedClaim // in the order of the analysis
	Gone        []PlacedClaim // claims that were withdrawn or replaced, in the same order
	Whole       *Whole        // nil if no page shows it and Input.Single is false
	Single      *Page         // the frame of the single-file edition, nil without it; not in Pages
	LeftOut     []string      // those of Input.Files that only drafts show
	Diagnostics []diag.Diagnostic
}

// Ref is a page as other pages show it: in a list, a link, a breadcrumb.
type Ref struct {
	ID      string
	URL     string // relative to the site's root: "actors/board/", "" for the home page; see address
	Title   string
	Kind    kind.Kind
	Summary string
	Type    string           // of an actor, place, concept or source
	Date    frontmatter.Date // the date of an event, or the publication date of a source
	Later   bool             // its Date is after Config.AsOf
	Weight  int
	order   string // of its title, see text.Collation

	Lang, Dir string // "" if the same as the site's
}

// Section is a folder's own page and the pages listed in it, in order.
type Section struct {
	Index *Ref // nil if the folder has no index.md
	Pages []*Ref
}

// Menu lists the home page and the pages and folders directly below it.
type Menu struct {
	Home  *Ref // nil if the site has none
	Items []*Ref
	Foot  []*Ref // linked from the foot of every page

	Editions bool // whether the site has editions, and so a feed of changes
	Cards    bool // whether each claim has a card
}

// EditionFolder holds the editions, below the content folder; see package edition.
const EditionFolder = "editions"

// IsEdition reports whether a file of the content folder is an edition.
func IsEdition(name string) bool { return path.Dir(name) == EditionFolder && path.Ext(name) == ".json" }

// Placer makes Sites. It remembers the results of the previous build only. It is
// not safe for concurrent use.
type Placer struct {
	config    memo.Table[struct{}, frontmatter.Config, *frontmatter.Config]
	refs      memo.Table[string, refInput, *Ref] // by path
	sections  memo.Table[string, *Section, *Section]
	menu      memo.Table[struct{}, *Menu, *Menu]
	targets   memo.Table[struct{}, linkTargets, *linkTargets]
	links     memo.Table[string, linksInput, *links] // by path
	names     memo.Table[struct{}, []text.Name[*Ref], *text.Names[*Ref]]
	readings  memo.Table[string, readingInput, *reading] // by path
	claims    claimTables
	backlinks memo.Table[struct{}, backlinksInput, [][]Backlink]
	extraRefs memo.Table[string, *Ref, *Ref]   // of pages without a source file, by address
	pages     memo.Table[string, *Page, *Page] // by address
	noSection Section                          // the empty Section of pages without a source file
}

// NewPlacer returns a Placer that remembers nothing yet.
func NewPlacer() *Placer {
	p := &Placer{}
	p.config.SameIn = memo.Equal
	p.refs.SameIn, p.refs.SameOut = memo.Equal, sameValue
	p.sections.SameIn, p.menu.SameIn = (*Section).same, (*Menu).same
	p.targets.SameIn = linkTargets.same
	p.links.SameIn, p.links.SameOut = memo.Equal, (*links).same
	p.names.SameIn = same
	p.readings.SameIn, p.readings.SameOut = memo.Equal, (*reading).same
	p.claims.setComparisons()
	p.backlinks.SameIn = backlinksInput.same
	p.extraRefs.SameIn, p.pages.SameIn = sameValue, (*Page).same
	return p
}

// placing is the state of one call of Place.
type placing struct {
	*Placer
	in      Input
	config  *frontmatter.Config
	entries []*entry      // sorted by path
	claims  []*claimEntry // in the order of the analysis
	index
	suggestions
	folders map[string]*Section
	menu    *Menu
	found   []diag.Diagnostic
}

// entry is a Document on its way to becoming a Page.
type entry struct {
	doc     *content.Document
	ref     *Ref
	folder  string // the folder of its file, "." for the top
	pathID  string // folded, see pathID
	section *Section
	links   *links
	reading *reading
	claims  []*claimEntry // the claims in its text

	anchors anchors
}
