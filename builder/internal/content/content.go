// Package content turns the bytes of one file into a Document.
//
// It is the second stop of a build, parse. It takes the path and bytes of a file.
// It returns front matter (read by package frontmatter), headings, claims, links
// with their positions, and HTML with holes for the addresses of other pages.
// Package site finds these addresses in the next stop.
//
// goldmark parses and renders Markdown. Each construct that goldmark lacks, or that
// is rendered differently here, has a file with its node, parser, renderer and
// checks: wikilink.go, callout.go, span.go, heading.go and so on.
//
// Invariant: a Document is plain immutable data. It depends only on the path and
// bytes of one file, so it can be reused as long as these stay the same. goldmark's
// tree never leaves Parse, because rendering one tree twice at once is a data race.
//
// Invariant: parsing never fails and drops nothing silently. Parse returns what it
// could read, with all errors in Document.Diagnostics. Every build that reuses the
// Document reports them again. Text that looks like markup, and text that goldmark does
// not show, is a finding: check.go walks the tree once, and leftover.go lists the forms.
//
// Invariant: Holes and Runs are sorted, do not overlap, and lie inside HTML.
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
	"strings"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/kind"
)

// Document is one parsed Markdown file.
type Document struct {
	Path  string // below the content folder, with slashes: "actors/board.md"
	Kind  kind.Kind
	Front frontmatter.Front
	Body
	Outside     []Link    // those to other sites, with whole addresses, and to mailboxes
	Claims      []Claim   // in order
	Headings    []Heading // levels 2 to 6, in order
	Anchors     []string  // every id that HTML defines
	Unread      bool      // it goes beyond a limit, so that of its text there is nothing
	TitleHostID string    // the id that Git hosts give the title, if it is a heading
	Diagnostics []diag.Diagnostic

	positions positions // of the file
}

// Body is the text of a Document.
type Body struct {
	HTML  []byte // complete except for its holes
	Holes []Hole // sorted by At
	Runs  []Run  // ranges of HTML in which names may be linked
	Links []Link // in the order of the file
}

// HoleKind says what a Hole is filled with.
type HoleKind uint8

const (
	HoleHref  HoleKind = iota // the link's address
	HoleTitle                 // the title of the page that the link leads to
	HoleClaim                 // a claim's label
)

// Hole is an offset in HTML at which package site inserts something that depends on
// the whole site.
type Hole struct {
	At   int
	Link int // index in Links, or in Claims for HoleClaim
	Kind HoleKind
}

// Run is a range HTML[Start:End] of escaped text without tags. It is outside of
// headings, links, code, quotations and words in another language.
type Run struct {
	Start, End int
	From       int // offset of its text in the file
}

// LinkForm is the syntax of a link.
type LinkForm uint8

const (
	Relative LinkForm = iota // [text](../actors/board.md) or [text](#history)
	Wiki                     // [[board]] or [[board|the group]]
	Image                    // ![a map](map.png)
)

// Link is a reference to something inside the site, or in Document.Outside to something else.
type Link struct {
	Form         LinkForm
	Target       string // a path, or an id or name; empty for the page itself
	Query        string // with "?"
	Fragment     string // without "#"
	At           int    // offset of its label in HTML
	Line, Column int
}

// Heading is an entry of a page's outline.
type Heading struct {
	Level  int
	ID     string
	HostID string // the id that Git hosts give it
	Text   string // plain text, not escaped
	At     int    // offset in HTML
	Inside bool   // a quotation, a list or another block
}

// Find returns the position in the file of the first occurrence of a word in or after
// a run. If there is none, because the file has escapes or entities in the word, it
// returns the beginning of the run.
func (d *Document) Find(r Run, word string) diag.Position {
	src := d.positions.src
	at := min(r.From, len(src))
	if i := bytes.Index(src[at:], []byte(word)); i >= 0 {
		at += i
	}
	return d.positions.at(at)
}

// Locate returns the position of some words in the file, at or after a position: that of all
// of them as they are written, or else of the first one, or else the position itself.
func (d *Document) Locate(pos diag.Position, words string) diag.Position {
	at := d.positions.offset(pos)
	first, _, _ := strings.Cut(words, " ")
	for _, s := range []string{words, first} {
		if i := bytes.Index(d.positions.src[at:], []byte(s)); i >= 0 {
			return d.positions.at(at + i)
		}
	}
	return pos
}

// Position returns the position in the file of the i-th link.
func (d *Document) Position(i int) diag.Position {
	return diag.Position{File: d.Path, Line: d.Links[i].Line, Column: d.Links[i].Column}
}

func (d *Document) report(found ...diag.Diagnostic) {
	d.Diagnostics = append(d.Diagnostics, found...)
}
