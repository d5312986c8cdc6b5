package site

import (
	"slices"

	"analysis/builder/internal/content"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/kind"
	"analysis/builder/internal/text"
)

// KindRedirect, KindNotFound and KindSingle are the kinds of pages that no file
// makes. KindSingle is the frame of the single-file edition.
const (
	KindRedirect kind.Kind = "redirect"
	KindNotFound kind.Kind = "404"
	KindSingle   kind.Kind = "single"
)

// Page is a Document in its place, and all that a layout may read. It is never
// changed once made.
type Page struct {
	*Ref
	Config     *frontmatter.Config
	Doc        *content.Document // an empty one for pages that no file makes
	Menu       *Menu
	Section    *Section // in which the page is listed; its own for an index
	Crumbs     []*Ref   // from the home page to the folder it is in
	Prev, Next *Ref     // neighbours in Section, nil at its ends
	Relations  []Relation
	Figures    []Figure
	Backlinks  []Backlink
	Mentions   []*Ref // the pages that the text links to, in its order
	Citations  []Citation
	Target     *Ref // where a redirect leads

	Claim     *Claim          // of a claim's page
	Labels    []*Statement    // of the claims in the text, by content.Hole.Link
	Roles     []Role          // the claims whose records name this page, by key
	ByPassage []PassageClaims // of a source: the claims by paragraph
	Checks    []Check         // of a source: the claims that it was held against
	Arrows    []Arrow         // of the picture that the front matter draws

	links []target // by content.Hole.Link
	names []name   // ascending
}

// Relation lists the pages that a page's front matter names under a key, or
// (Inverse) the pages that name it there.
type Relation struct {
	Key     string // "part_of", "places", "actors", "figures"
	Inverse bool
	Pages   []*Ref
}

// Figure is a claimed number with its source.
type Figure struct {
	frontmatter.Figure
	Source *Ref
}

// Backlink is a link that leads here, in its sentence.
type Backlink struct {
	From                 *Ref
	Fragment             string // of the heading above the link, or ""
	Before, Match, After string // plain text
}

// Citation lists the pages that link to one place on a page.
type Citation struct {
	Anchor string
	Pages  []*Ref
}

// Cited returns the pages that link to an anchor of this page.
func (p *Page) Cited(anchor string) []*Ref {
	for _, c := range p.Citations {
		if c.Anchor == anchor {
			return c.Pages
		}
	}
	return nil
}

// Within reports whether the page is below the page of an index.
func (p *Page) Within(index *Ref) bool {
	return slices.Contains(p.Crumbs, index) && index.Kind != kind.Home
}

// Relation returns the pages under a key, and nil if there are none.
func (p *Page) Relation(key string, inverse bool) []*Ref {
	for _, r := range p.Relations {
		if r.Key == key && r.Inverse == inverse {
			return r.Pages
		}
	}
	return nil
}

// Minutes is the reading time at 220 words a minute, at least 1.
func (p *Page) Minutes() int { return max(1, (text.CountWords(p.Doc.HTML)+110)/220) }

// Unlisted are the backlinks from pages that cite no passage of this one. Those
// that do are listed at the passage, see Cited.
func (p *Page) Unlisted() []Backlink {
	if len(p.Doc.Front.Passages) == 0 {
		return p.Backlinks
	}
	listed := map[*Ref]bool{}
	for _, passage := range p.Doc.Front.Passages {
		for _, r := range p.Cited(passage.Anchor()) {
			listed[r] = true
		}
	}
	var rest []Backlink
	for _, b := range p.Backlinks {
		if !listed[b.From] {
			rest = append(rest, b)
		}
	}
	return rest
}
