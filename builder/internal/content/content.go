// Package content turns the bytes of one file into a Document.
//
// It is the second stop of a build. In comes a path and its bytes; out goes
// front matter, headings, claims, links with their positions, and HTML with
// holes where the addresses of other pages will stand. What those addresses are
// is decided one stop later, in package site.
//
// Invariant: a Document is plain immutable data. It depends on one file's path
// and bytes and on nothing else, so it may be kept for as long as they stay the
// same. goldmark's tree never leaves Parse: two concurrent renderings of one
// tree race.
//
// Invariant: parsing never fails. Parse returns what it could make, with all
// its findings in Document.Diagnostics; those are replayed while the Document
// is reused.
//
// Invariant: Holes and Runs ascend, do not overlap, and lie inside HTML.
//
// Invariant: a short way gives what the long way gives. What goldmark or the YAML
// library would do in vain is left out where a look at the bytes shows that it
// would (dialectFor, plainMapping); fuzzing compares the two.
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
	Path        string // below the content folder, with slashes: "actors/ttp.md"
	Kind        kind.Kind
	Front       frontmatter.Front
	HTML        []byte    // the body, complete but for its holes
	Holes       []Hole    // ascending by At
	Runs        []Run     // stretches of HTML in which names may be linked
	Links       []Link    // of the text, in the order they stand in the file
	Claims      []Claim   // in order
	Headings    []Heading // levels 2 to 6, in order
	Anchors     []string  // every id that HTML defines
	Words       int       // of running text, for the reading time
	Diagnostics []diag.Diagnostic

	src []byte // the file, for Find
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

// Run is a stretch HTML[Start:End] of escaped text without tags that stands in
// no heading, link, code or quotation, nor among words of another language.
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

// position places a finding about the link in its file.
func (l Link) position(file string) diag.Position {
	return diag.Position{File: file, Line: l.Line, Column: l.Column}
}

// Find returns where a word first stands in the file behind the beginning of a
// run, or where the run begins if the file spells it with escapes or entities.
func (d *Document) Find(r Run, word string) diag.Position {
	at := min(r.From, len(d.src))
	if i := bytes.Index(d.src[at:], []byte(word)); i >= 0 {
		at += i
	}
	return place(d.Path, d.src, at)
}

// Position is where the i-th link stands.
func (d *Document) Position(i int) diag.Position { return d.Links[i].position(d.Path) }
