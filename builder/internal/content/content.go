// Package content turns the bytes of one file into a Document.
//
// It is the second stop of a build, parse. In comes a path and its bytes; out
// goes front matter (read by package frontmatter), headings, claims, links with
// their positions, and HTML with holes for the addresses of other pages. Those
// are decided one stop later, in package site.
//
// goldmark reads and writes Markdown. Each construct that it does not know, or
// that is written in another way than its own, has a file with its node, parser,
// renderer and checks: wikilink.go, callout.go, span.go, heading.go and so on.
//
// Invariant: a Document is plain immutable data. It depends on one file's path
// and bytes and on nothing else, so it may be kept for as long as they stay the
// same. goldmark's tree never leaves Parse: two concurrent renderings of one
// tree race.
//
// Invariant: parsing never fails and drops nothing silently. Parse returns what
// it could make, with all its findings in Document.Diagnostics. They are reported
// again by every build that uses the Document again.
//
// Invariant: Holes and Runs ascend, do not overlap, and lie inside HTML.
//
// Invariant: every text is read in one way, with one exception that was measured.
// The full dialect seeks bare addresses at every space. A text that has no sign of
// one is read by the lean dialect, which gives the same Document (FuzzParse) and
// takes 8 to 12 % off a cold build.
//
// Deliberately absent: other pages, addresses, templates, the file system.
package content

import (
	"bytes"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/kind"
)

// Document is one parsed Markdown file.
type Document struct {
	Path  string // below the content folder, with slashes: "actors/ttp.md"
	Kind  kind.Kind
	Front frontmatter.Front
	Body
	Claims      []Claim   // in order
	Headings    []Heading // levels 2 to 6, in order
	Anchors     []string  // every id that HTML defines
	Diagnostics []diag.Diagnostic

	src []byte // the file, for Find
}

// Body is the text of a Document.
type Body struct {
	HTML  []byte // complete but for its holes
	Holes []Hole // ascending by At
	Runs  []Run  // stretches of HTML in which names may be linked
	Links []Link // in the order of the file
}

// HoleKind says what is to be put into a Hole.
type HoleKind uint8

const (
	HoleHref  HoleKind = iota // the link's address
	HoleTitle                 // the title of the page that the link leads to
	HoleClaim                 // a claim's label
)

// Hole is an offset into HTML at which something is missing that only the
// whole site knows.
type Hole struct {
	At   int
	Link int // index into Links, or into Claims
	Kind HoleKind
}

// Run is a stretch HTML[Start:End] of escaped text without tags, outside of
// headings, links, code, quotations and words of another language.
type Run struct {
	Start, End int
	From       int // offset in the file at which its text begins
}

// LinkForm is the way in which an author wrote a link.
type LinkForm uint8

const (
	Relative LinkForm = iota // [text](../actors/ttp.md) or [text](#history)
	Wiki                     // [[ttp]] or [[ttp|the group]]
	Image                    // ![a map](map.png)
)

// Link is a reference to something inside the site.
type Link struct {
	Form         LinkForm
	Target       string // a relative path, or an id; empty for the page itself
	Fragment     string // without "#"
	At           int    // offset of its label in HTML
	Line, Column int
}

// Heading is an entry of a page's outline.
type Heading struct {
	Level int
	ID    string
	Text  string // plain text, not escaped
	At    int    // offset in HTML
}

// Find returns the position in the file of the first occurrence of a word behind
// the beginning of a run. If the file spells it with escapes or entities, it is
// the beginning of the run.
func (d *Document) Find(r Run, word string) diag.Position {
	at := min(r.From, len(d.src))
	if i := bytes.Index(d.src[at:], []byte(word)); i >= 0 {
		at += i
	}
	return position(d.Path, d.src, at)
}

// Position is that of the i-th link in the file.
func (d *Document) Position(i int) diag.Position {
	return diag.Position{File: d.Path, Line: d.Links[i].Line, Column: d.Links[i].Column}
}

func (d *Document) report(found ...diag.Diagnostic) {
	d.Diagnostics = append(d.Diagnostics, found...)
}
