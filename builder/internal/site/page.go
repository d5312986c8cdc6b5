package site

import (
	"cmp"
	"slices"
	"strings"

	"analysis/builder/internal/content"
	"analysis/builder/internal/diag"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/kind"
	"analysis/builder/internal/text"
)

// KindRedirect, KindNotFound, KindSingle and KindCard are the kinds of pages without a
// source file. KindSingle is the frame of the single-file edition, KindCard the small page
// of a claim that other sites may frame.
const (
	KindRedirect kind.Kind = "redirect"
	KindNotFound kind.Kind = "404"
	KindSingle   kind.Kind = "single"
	KindCard     kind.Kind = "card"
)

// Page is a Document together with everything else that its layout may read. It is
// immutable once Place has returned.
type Page struct {
	*Ref
	Config     *frontmatter.Config
	Doc        *content.Document // empty for pages without a source file
	Menu       *Menu
	Section    *Section // the section that lists the page; for an index, its own section
	Crumbs     []*Ref   // from the home page to the page above this one
	Prev, Next *Ref     // neighbours in Section, nil at its ends
	Relations  []Relation
	Figures    []Figure
	Backlinks  []Backlink
	Mentions   []*Ref     // the pages that the text links to, in the order of the text
	Citations  []Citation // sorted by Anchor
	Target     *Ref       // where a redirect leads
	Fragment   string     // of a redirect: the id on Target, or ""

	Claim     *Claim          // for a claim's page and its card
	Labels    []*Statement    // the claims in the text, by content.Hole.Link
	Roles     []Role          // the claims whose records name this page, sorted by key
	ByPassage []PassageClaims // for a source: the claims that cite each paragraph, by its number
	Checks    []Check         // for a source: the claims that were compared with it
	Arrows    []Arrow         // the arrows of the picture in the front matter

	links []target      // by content.Hole.Link
	names []name        // sorted by position
	moved diag.Position // of a redirect: where the former address is written
}

// MovedFrom returns where the former address of a redirect is written.
func MovedFrom(p *Page) diag.Position { return p.moved }

// Relation lists the pages that a page's front matter names under a key. If Inverse
// is set, it lists the pages whose front matter names this page under the key.
type Relation struct {
	Key     string // "part_of", "places", "actors", "origin", "figures"
	Inverse bool
	Pages   []*Ref
}

// Figure is a claimed number with its source.
type Figure struct {
	frontmatter.Figure
	Source *Ref
}

// Backlink is a link to this page with the sentence that contains it.
type Backlink struct {
	From                 *Ref
	Fragment             string // id of the claim around the link or the heading above it, or ""
	Before, Match, After string // plain text
}

// Citation lists the pages that link to one anchor of a page.
type Citation struct {
	Anchor string
	Pages  []*Ref
}

// Cited returns the pages that link to an anchor of this page, "p3", or to a sentence of
// that passage, "p3.2".
func (p *Page) Cited(anchor string) (pages []*Ref) {
	i, _ := slices.BinarySearchFunc(p.Citations, anchor, func(c Citation, anchor string) int { return cmp.Compare(c.Anchor, anchor) })
	seen := map[*Ref]bool{}
	for _, c := range p.Citations[i:] {
		switch rest, found := strings.CutPrefix(c.Anchor, anchor); {
		case !found:
			return pages
		case rest != "" && rest[0] != '.':
			continue
		}
		for _, r := range c.Pages {
			if !seen[r] {
				seen[r], pages = true, append(pages, r)
			}
		}
	}
	return pages
}

// Within reports whether the page is below an index page other than the home page.
func (p *Page) Within(index *Ref) bool {
	return slices.Contains(p.Crumbs, index) && index.Kind != kind.Home
}

// Relation returns the pages related by a key, or nil if there are none.
func (p *Page) Relation(key string, inverse bool) []*Ref {
	for _, r := range p.Relations {
		if r.Key == key && r.Inverse == inverse {
			return r.Pages
		}
	}
	return nil
}

// Minutes returns the reading time at 220 words a minute, at least 1.
func (p *Page) Minutes() int { return max(1, (text.CountWords(p.Doc.HTML)+110)/220) }

// Unlisted returns the backlinks from pages that cite no passage of this page. The
// other backlinks are listed at the passages, see Cited.
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
