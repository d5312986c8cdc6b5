package content

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	xast "github.com/yuin/goldmark/extension/ast"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/kind"
	"analysis/builder/internal/text"
)

// ClaimKind says what kind of statement a claim is.
type ClaimKind string

const (
	Reported       ClaimKind = "reported"       // that something is or was so
	Assessment     ClaimKind = "assessment"     // a reading or a judgement
	Forecast       ClaimKind = "forecast"       // what will, could or may come
	Recommendation ClaimKind = "recommendation" // what somebody should do
)

// ClaimKinds are all kinds, in the order in which lists show them.
var ClaimKinds = [...]ClaimKind{Reported, Assessment, Forecast, Recommendation}

// Claim is a statement of weight: what kind it is, who holds it, where a source
// makes it, and what else bears on it.
type Claim struct {
	Kind             ClaimKind
	ID, Title        string
	At               diag.Position // of its first word, the kind
	Start, End       int           // of its text in the Document's HTML
	Wording, Horizon Phrase
	Lines            []Line    // of its record, those that name pages
	Link             int       // index of its text's first link among the Document's
	Body             *Document // its text alone, for its own page; it has no positions
}

// Phrase is a value of a claim's record that names no page.
type Phrase struct {
	Text string
	At   diag.Position
}

// Line is a line of a claim's record: a key, the pages it names, and a note.
//
//   - source: [[column]] ¶3
//   - checked: disputed by [[dawn]] — one soldier killed
type Line struct {
	Key   string
	Word  string // "disputed by": what a check or an outcome came to
	Names []Name
	Note  string // plain text behind the dash
	At    diag.Position
}

// Name is a page or claim that a Line names, and the paragraphs cited of it.
type Name struct {
	Link
	Passages []int // ascending as written; empty for the whole
}

// isClaim reports whether a callout's word makes it a claim.
func isClaim(word string) bool {
	return slices.Contains(ClaimKinds[:], ClaimKind(word))
}

// withArticle is the kind with "a" or "an", for messages.
func (k ClaimKind) withArticle() string {
	switch k {
	case Assessment:
		return "an assessment"
	case Reported:
		return "a reported claim"
	}
	return "a " + string(k)
}

// identifyClaim checks the id of a claim.
func (w *writer) identifyClaim(n *callout) {
	title := n.FirstChild()
	switch id := n.id; {
	case id == "":
		hint := text.Slug(plain(title, w.src))
		if words := strings.SplitN(hint, "-", 5); len(words) == 5 {
			hint = strings.Join(words[:4], "-")
		}
		if hint == "" {
			hint = "a-few-words"
		}
		w.errorf(title, fmt.Sprintf("write one behind its title, and keep it for good: {#%s}", hint), "this claim has no id")
	case text.Slug(id) != strings.ToLower(id):
		w.errorf(title, fmt.Sprintf("write {#%s}", text.Slug(id)), "%q cannot be the id of a claim", id)
	case w.used[id]:
		w.errorf(title, "give each claim and heading an id of its own", "the id %q stands on this page twice", id)
	}
	w.used[n.id] = true
}

// openClaim takes title and record out of a claim, and writes what is before its
// text, with a hole for its label.
func (w *writer) openClaim(n *callout) {
	c := Claim{Kind: ClaimKind(n.kind()), ID: n.id, At: w.positionOf(n.FirstChild())}
	title := n.FirstChild()
	if c.Title = strings.TrimSpace(text.Typographic(plain(title, w.src))); c.Title == "" {
		w.errorf(title, "say in one sentence what is claimed", "this claim has no title")
	}
	w.checkTitle(title)
	w.dropAnchors(title)
	n.RemoveChild(n, title)
	if list, ok := n.LastChild().(*ast.List); ok {
		w.checkClaimText(list)
		w.readRecord(&c, list)
		w.dropAnchors(list)
		n.RemoveChild(n, list)
	} else {
		w.errorAt(c.At, "end it with a list: `- source: [[id]] ¶1`, `- held by: [[id]]`", "this claim has no record")
	}
	if !n.HasChildren() {
		w.errorAt(c.At, "say between its title and its record who claims what", "this claim has no text")
	}
	w.checkClaimText(n)
	if c.ID != "" {
		w.doc.Anchors = append(w.doc.Anchors, c.ID)
	}
	w.print(`<div class="claim claim-`, string(c.Kind), `"`)
	if c.ID != "" {
		w.printAttribute("id", c.ID)
	}
	w.print(">\n")
	c.Start = len(w.html)
	w.doc.Holes = append(w.doc.Holes, Hole{At: len(w.html), Link: len(w.doc.Claims), Kind: HoleClaim})
	c.Link = len(w.doc.Links)
	w.claims = append(w.claims, counts{len(w.html), len(w.doc.Links), len(w.doc.Holes), len(w.doc.Runs), len(w.doc.Claims)})
	w.doc.Claims = append(w.doc.Claims, c)
}

// dropAnchors takes the marks of footnotes in a part that is not written out of
// the anchors.
func (w *writer) dropAnchors(part ast.Node) {
	gone := footnoteAnchors(part)
	w.doc.Anchors = slices.DeleteFunc(w.doc.Anchors, func(id string) bool { return slices.Contains(gone, id) })
}

// counts are how much of a Document there is at some point.
type counts struct {
	html, links, holes, runs, claims int
}

// closeClaim copies the claim's text into a Document of its own.
func (w *writer) closeClaim() {
	d, from := w.doc, w.claims[len(w.claims)-1]
	w.claims = w.claims[:len(w.claims)-1]
	c := &d.Claims[from.claims]
	c.End = len(w.html)
	c.Body = &Document{
		Path: d.Path, Kind: kind.Claim, Body: w.since(from),
		Front: frontmatter.Front{Title: c.Title, Updated: d.Front.Updated, Language: d.Front.Language},
	}
	w.print("</div>\n")
}

// since is the part of the body behind a point, its offsets counted from there.
// It has no positions in the file.
func (w *writer) since(from counts) Body {
	b := Body{
		HTML: bytes.Clone(w.html[from.html:]), Links: slices.Clone(w.doc.Links[from.links:]),
		Holes: slices.Clone(w.doc.Holes[from.holes:]), Runs: slices.Clone(w.doc.Runs[from.runs:]),
	}
	b.Words = text.CountWords(b.HTML)
	for i := range b.Links {
		l := &b.Links[i]
		l.At, l.Line, l.Column = max(0, l.At-from.html), 0, 0
	}
	b.Holes = slices.DeleteFunc(b.Holes, func(h Hole) bool { return h.Kind == HoleClaim }) // of a claim inside: a mistake
	for i := range b.Holes {
		b.Holes[i].At -= from.html
		b.Holes[i].Link -= from.links
	}
	for i := range b.Runs {
		b.Runs[i] = Run{Start: b.Runs[i].Start - from.html, End: b.Runs[i].End - from.html}
	}
	return b
}

// checkClaimText reports what a claim's text cannot hold, because it is shown on
// a page of its own as well.
func (w *writer) checkClaimText(n ast.Node) {
	below(n, func(inner ast.Node) bool {
		switch inner.(type) {
		case *ast.Heading:
			w.errorf(inner, "put the heading before or behind the claim", "a claim cannot hold a heading")
		case *callout:
			w.errorf(inner.FirstChild(), "end the first with an empty line that has no >", "a claim cannot hold another callout")
		case *xast.FootnoteLink:
			w.errorf(inner, "put the footnote behind the claim, or name the source in the record", "a claim cannot hold a footnote")
		}
		return true
	})
}
