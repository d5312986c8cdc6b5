// Package frontmatter reads the YAML at the head of a page, and the site's own
// file, site.yaml.
//
// It is the first half of the second stop of a build, parse: package content calls
// it for every file and then parses the body. It takes the file's path, kind and
// bytes. It returns a Front, the offset of the body, and diagnostics. A table for
// each kind of page (schema.go) lists the allowed keys, the form of their values,
// and the fields they set.
//
// Invariant: parsing never fails and drops nothing silently. An unknown key, a wrong
// type or a missing key results in a diagnostic with position and hint. All other
// keys are still read.
//
// Invariant: a Front is plain immutable data. It depends only on kind, path and bytes.
//
// Deliberately absent: anchors, aliases and tags of YAML; other files; the JSON
// Schema for editors in builder/schema, which tests generate from the same tables.
package frontmatter

import (
	"bytes"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/kind"
)

// Front is the front matter of a page. The kind of the page decides which keys it may
// have; fields for other kinds are empty. Straight quotes and apostrophes in texts
// have been replaced by curly ones.
type Front struct {
	Title   string
	Summary string // one plain sentence of at most 300 characters
	Aliases []Alias
	Also    []string // words by which the search finds the page
	Language
	Placement
	Revision

	Shown   // for a home page, an index or a plain page
	Type    string
	Refs    []Ref // part_of, places, actors and origin, in the order of the file
	Unknown []Unknown
	Event
	Source
}

// Language is the language and direction of a text. Dir is LeftToRight, RightToLeft
// or "". If both fields are "", they are the same as in the text around it.
type Language struct {
	Lang, Dir string
}

// Placement says where on the site a page is and how it is shown there.
type Placement struct {
	Weight       int // order in its section, 0 for none
	Draft        bool
	RedirectFrom []Redirect
	Layout       string // name of a layout, "" for the layout of the kind
	LayoutAt     diag.Position
	NoAutolink   bool
	Image        string // the path of the picture for link previews, as Config.Image, or ""
	ImageAt      diag.Position
	Menu         string // for a top-level page: "foot" for the foot of every page, "none" for neither, else the masthead
}

// Revision says when a page was revised, and what was wrong on it.
type Revision struct {
	Updated     Date
	UpdatedAt   diag.Position
	Corrections []Correction // the newest first
}

// Shown says what a page shows in addition to its text.
type Shown struct {
	Shows   string // one of Overviews, "" for none
	Picture []Arrow
}

// Event has the fields for events.
type Event struct {
	Date        Date
	Precision   string // day, month, year or unknown
	PrecisionAt diag.Position
	Figures     []Figure
}

// Source has the fields for sources.
type Source struct {
	Author, Publisher, URL   string
	Published, Accessed      Date
	Archived                 string // address of a copy in an archive
	URLAt, ArchivedAt        diag.Position
	Origin                   string // whose account it carries, "" if Refs names a page for it, or if it is its own
	Perspective, Reliability string
	Passages                 []Passage
}

// Overviews are the values of the key shows. Each is also the name of the layout that
// shows the overview.
var Overviews = [...]string{"claims", "tensions", "forecasts", "evidence", "holders", "timeline", "map", "matrix", "chain", "glossary", "sources", "whole", "search", "audit", "changes", "corrections", "data"}

// Alias is another name of a page.
type Alias struct {
	Name       string
	NoAutolink bool // links and search find the name, but a text does not link it
	Language
	At diag.Position
}

// Redirect is a former address of the page, or of something on it.
type Redirect struct {
	Path string // "old/name/"
	To   Ref    // the heading or claim on the page that it leads to, "#id"; its ID is "" for the page
	At   diag.Position
}

// Correction is a mistake that was corrected on the page.
type Correction struct {
	Date     Date // a day
	Was, Now string
	By       string // who pointed it out, "" if nobody is named
}

// Ref is a page named in front matter.
type Ref struct {
	Key string // the key that names it: "part_of", "places", "actors", "origin"
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

// Passage describes one paragraph of a source. It has a summary and fingerprints, see
// package passage, but not the text.
type Passage struct {
	N         int
	Gist      string // our own summary in one line, "" until it is written
	NoClaim   string // why no claim cites it, "" if a claim should
	SHA256    string // its fingerprint, "" if not given
	Sentences []Sentence
	At        diag.Position

	excuses map[string]*yaml.Node // reasons by the number of a sentence, while the passage is read
}

// Sentence is a sentence of a passage.
type Sentence struct {
	N       int    // counted from 1
	Print   string // its fingerprint
	NoClaim string // why no claim cites it, "" if a claim should
	At      diag.Position
}

// Anchor returns the id of the passage on its source's page: "p7".
func (p Passage) Anchor() string { return "p" + strconv.Itoa(p.N) }

// draftLine finds the key that leaves a page out in YAML that cannot be read.
var draftLine = regexp.MustCompile(`(?mi)^draft:[ \t]+true[ \t]*(#.*)?$`)

// Parse reads the front matter of a file. It also returns the offset of the body.
func Parse(file string, k kind.Kind, src []byte) (front Front, body int, found []diag.Diagnostic) {
	text, body, closed := Split(src)
	first := diag.Position{File: file, Line: 1, Column: 1}
	if !closed {
		front.Draft = draftLine.Match(text)
		return front, body, []diag.Diagnostic{diag.Errorf(first, "the front matter has no end").
			WithHint("put a line with three hyphens after its last key")}
	}
	if len(bytes.TrimSpace(text)) == 0 {
		if message, hint := lacking(k, src[body:]); message != "" {
			found = []diag.Diagnostic{diag.Errorf(first, "%s", message).WithHint("%s", hint)}
		}
		return front, body, found
	}
	d := &decoder{file: file, linesBefore: 1, passages: map[int]bool{}} // 1 for the first line of hyphens
	decode(d, text, "the front matter", schemas[k], &front)
	front.Draft = front.Draft || len(d.found) > 0 && draftLine.Match(text)
	errors, _ := diag.Count(d.found)
	if k == kind.Event && front.Precision != "" && front.Precision != front.Date.Precision() && errors == 0 {
		d.found = append(d.found, diag.Errorf(front.PrecisionAt,
			"the date %q does not have the precision %q", front.Date, front.Precision).
			WithHint("2024-12-24 is a day, 2024-12 a month, 2024 a year; unknown has no date"))
	}
	slices.SortStableFunc(front.Corrections, func(a, b Correction) int { return b.Date.Compare(a.Date) })
	front.Dir, front.Unknown = front.Language.Direction(), d.unknown
	return front, body, d.found
}

// almostFront matches a beginning that looks like front matter: a first key, perhaps
// below empty lines, a comment or a line of other dashes.
var almostFront = regexp.MustCompile(`^\s*(?:<!--.*-->\s*)?(?:[-–—]{2,}\w*[ \t]*\n\s*)?([a-z_]+):\s`)

// lacking says what is wrong with a file that does not begin with front matter. message
// is empty if it needs none.
func lacking(k kind.Kind, src []byte) (message, hint string) {
	hint = "write it as YAML between two lines of three hyphens: `---`, `title: …`, `---`"
	switch {
	case bytes.HasPrefix(src, []byte("+++\n")):
		return "the front matter is TOML, which is not read", hint
	case bytes.HasPrefix(src, []byte("{\n")):
		return "the front matter is JSON, which is not read", hint
	}
	if m := almostFront.FindSubmatch(src); m != nil && schemas[k][string(m[1])].set != nil {
		return "the front matter does not begin at the first line, with three hyphens", hint
	}
	lines := []string{"---"}
	if !bytes.HasPrefix(src, []byte("# ")) {
		lines = append(lines, "title: …")
	}
	required := false
	for _, key := range slices.Sorted(maps.Keys(schemas[k])) {
		if schemas[k][key].required {
			lines, required = append(lines, key+": …"), true
		}
	}
	if !required {
		return "", ""
	}
	return "the file has no front matter", "begin it with the lines `" + strings.Join(append(lines, "---"), "`, `") + "`"
}
