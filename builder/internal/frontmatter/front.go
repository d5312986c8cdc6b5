// Package frontmatter reads the YAML at the head of a page, and the site's own
// file, site.yaml.
//
// It is the first half of the second stop of a build, parse: package content
// calls it for every file and reads what follows. In comes the file's path, kind
// and bytes; out goes a Front, the offset at which the body begins, and findings.
// One table for each kind of page (schema.go) says which keys it may have, what
// their values look like, and where they go.
//
// Invariant: reading never fails and drops nothing silently. An unknown key, a
// wrong type or a missing key is a finding with position and hint, and what else
// could be read is returned with it.
//
// Invariant: a Front is plain immutable data, and depends on kind and bytes alone.
//
// Deliberately absent: anchors, aliases and tags of YAML; other files; the JSON
// Schema for editors in builder/schema, which tests make of the same tables.
package frontmatter

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/kind"
)

// Front is the front matter of a page. Which keys a page may have depends on
// its kind; the fields of other kinds stay empty. Text is typographic: straight
// quotes and apostrophes have become curly ones.
type Front struct {
	Title   string
	Summary string // one plain sentence of at most 300 characters
	Aliases []Alias
	Updated Date
	Language
	Placement

	Shown // of a home page, an index or a plain page
	Type  string
	Refs  []Ref // part_of, places and actors, in the order written
	Event
	Source
}

// Language says of what language a text is. Dir is "" or LeftToRight or
// RightToLeft; both are "" for those of the text around it.
type Language struct {
	Lang, Dir string
}

// Placement says where on the site a page is and how it is shown there.
type Placement struct {
	Weight       int // order in its section, 0 for none
	Draft        bool
	RedirectFrom []Redirect
	Layout       string // name of a layout, "" for the kind's own
	LayoutAt     diag.Position
	NoAutolink   bool
	Menu         string // of a page at the top: "foot" for the foot of every page, else the masthead
}

// Shown says what a page shows beside its text.
type Shown struct {
	Shows   string // one of Overviews, "" for none
	Picture []Arrow
}

// Event is what the front matter of an event says of it.
type Event struct {
	Date        Date
	Precision   string // day, month, year or unknown
	PrecisionAt diag.Position
	Figures     []Figure
}

// Source is what the front matter of a source says of it.
type Source struct {
	Author, Publisher, URL   string
	Published                Date
	Perspective, Reliability string
	Passages                 []Passage
}

// Overviews are what a page may gather from the whole site. Each is also the
// name of the layout that shows it.
var Overviews = [...]string{"claims", "tensions", "forecasts", "evidence", "holders", "timeline", "map", "matrix", "chain", "glossary", "sources", "whole", "search"}

// Alias is another name of a page.
type Alias struct {
	Name       string
	NoAutolink bool // found by links and search, but never linked by itself
	Language
	At diag.Position
}

// Redirect is an address that the page had before.
type Redirect struct {
	Path string // "old/name/"
	At   diag.Position
}

// Ref is a page named in front matter.
type Ref struct {
	Key string // under which it is named: "part_of", "places", "actors"
	ID  string
	At  diag.Position
}

// Figure is a number that somebody claims about an event.
type Figure struct {
	What, Value, Claimant string
	Source                Ref
	Date                  Date
}

// Arrow is one arrow of a picture: from one page to another, for a claim.
type Arrow struct {
	From, To, Claim Ref
	Says            string // at most 30 characters
}

// Passage is one paragraph of a source, described and fingerprinted but not
// reproduced.
type Passage struct {
	N       int
	Gist    string // our own précis, one line
	NoClaim string // why no claim rests on it, "" if one must
	SHA256  string // its Fingerprint, "" if none is given
	At      diag.Position
}

// Anchor is the id of the passage on its source's page: "p7".
func (p Passage) Anchor() string { return "p" + strconv.Itoa(p.N) }

// Parse reads the front matter of a file and returns the offset at which its body
// begins. A file without front matter lacks the keys that its kind requires.
func Parse(file string, k kind.Kind, src []byte) (front Front, body int, found []diag.Diagnostic) {
	text, body, closed := Split(src)
	if !closed {
		return front, body, []diag.Diagnostic{diag.Errorf(diag.Position{File: file, Line: 1, Column: 1}, "the front matter has no end").
			WithHint("put a line with three hyphens after its last key")}
	}
	d := &decoder{file: file, before: min(body, 1)} // the line of hyphens, if there is one
	decode(d, text, "the front matter", schemas[k], &front)
	if k == kind.Event && front.Precision != "" && front.Precision != front.Date.Precision() && len(d.found) == 0 {
		d.found = append(d.found, diag.Errorf(front.PrecisionAt,
			"the date %q does not have the precision %q", front.Date, front.Precision).
			WithHint("2024-12-24 is a day, 2024-12 a month, 2024 a year; unknown has no date"))
	}
	front.Dir = front.Language.Direction()
	return front, body, d.found
}

// Fingerprint is the SHA-256 of a paragraph, in lower-case hex: of its text in
// the Unicode form NFC, with every run of white space made one space, none at
// its ends, in UTF-8.
func Fingerprint(paragraph string) string {
	text := strings.Join(strings.Fields(norm.NFC.String(paragraph)), " ")
	return fmt.Sprintf("%x", sha256.Sum256([]byte(text)))
}

// Paragraphs are the lines of a plain text that are not empty.
func Paragraphs(text []byte) (list []string) {
	for line := range bytes.Lines(bytes.TrimPrefix(text, []byte("\ufeff"))) {
		if s := strings.TrimSpace(string(line)); s != "" {
			list = append(list, s)
		}
	}
	return list
}
