package content

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	xast "github.com/yuin/goldmark/extension/ast"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/kind"
	"analysis/builder/internal/paths"
	"analysis/builder/internal/text"
)

// ClaimKind is the kind of statement that a claim makes.
type ClaimKind string

const (
	Reported       ClaimKind = "reported"       // that something is or was the case
	Assessment     ClaimKind = "assessment"     // an interpretation or a judgement
	Forecast       ClaimKind = "forecast"       // what will, could or may happen
	Recommendation ClaimKind = "recommendation" // what somebody should do
)

// ClaimKinds are all kinds, in the order in which lists show them.
var ClaimKinds = [...]ClaimKind{Reported, Assessment, Forecast, Recommendation}

// Claim is an important statement with its record: who holds it, where a source
// makes it, and how it relates to other claims and sources.
type Claim struct {
	Kind             ClaimKind
	ID, Title        string
	At               diag.Position // position of its first word, the kind
	Start, End       int           // range of its text in the Document's HTML
	Wording, Horizon Phrase
	WordingNote      string    // why the record names no hedge although the source has one
	Probability      Phrase    // of a forecast: the number that the source prints
	Was              Phrase    // its former ids, with commas between them
	Answer           Phrase    // what other reports say instead, in a few words
	Withdrawn        Phrase    // the day on which it was withdrawn, and the reason
	Lines            []Line    // the lines of its record that name pages
	Link             int       // index of its first link in the Document's Links
	Body             *Document // only its text, for its own page; links have no position
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
	Word  string // "disputed by": the result of a check, an outcome, or what is known of its cause
	Names []Name
	Note  string // plain text after the dash
	At    diag.Position
}

// Name is a page or claim that a Line names, with the cited paragraphs and sentences.
type Name struct {
	Link
	Places []Place // in the order written; empty if the whole source is cited
}

// Place is where a claim stands in a source: a paragraph, or some of its sentences.
type Place struct{ N, From, To int } // From and To are 0 for the whole paragraph

// String returns the place without its sign: "3", "3.2" or "3.2–4".
func (p Place) String() string {
	switch {
	case p.From == 0:
		return strconv.Itoa(p.N)
	case p.From == p.To:
		return fmt.Sprintf("%d.%d", p.N, p.From)
	}
	return fmt.Sprintf("%d.%d–%d", p.N, p.From, p.To)
}

// Anchor returns its id on the source's page: "p3" or, of the first sentence, "p3.2".
func (p Place) Anchor() string { return "p" + Place{p.N, p.From, p.From}.String() }

// Has reports whether a sentence of the paragraph, counted from 1, belongs to it.
func (p Place) Has(sentence int) bool {
	return p.From == 0 || p.From <= sentence && sentence <= p.To
}

// Formerly returns the ids that the claim had before.
func (c *Claim) Formerly() []string {
	return strings.FieldsFunc(c.Was.Text, func(r rune) bool { return r == ',' || r == ' ' })
}

// WithdrawnOn returns the day on which the claim was withdrawn and the reason. ok is false
// if its record does not say both.
func (c *Claim) WithdrawnOn() (day frontmatter.Date, reason string, ok bool) {
	at := dash.FindStringIndex(c.Withdrawn.Text)
	if at == nil {
		return "", "", false
	}
	day, ok = frontmatter.ParseDay(c.Withdrawn.Text[:at[0]])
	reason = c.Withdrawn.Text[at[1]:]
	return day, reason, ok && reason != ""
}

// Gone reports whether the claim is withdrawn or replaced: it keeps its page, and no list
// has it.
func (c *Claim) Gone() bool {
	return c.Withdrawn.Text != "" || c.Line(Replaced) != nil
}

// Line returns the first line of the record with a key, or nil.
func (c *Claim) Line(key string) *Line {
	i := slices.IndexFunc(c.Lines, func(l Line) bool { return l.Key == key })
	if i < 0 {
		return nil
	}
	return &c.Lines[i]
}

// ValidClaimID reports whether a claim may have the id.
func ValidClaimID(id string) bool {
	return text.Slug(id) == strings.ToLower(id) && !paths.TooLong(id) && paths.Refused(id) == ""
}

// isClaim reports whether a callout with this word is a claim.
func isClaim(word string) bool {
	return slices.Contains(ClaimKinds[:], ClaimKind(word))
}

// withArticle maps each kind to its name in messages.
var withArticle = map[ClaimKind]string{
	Reported: "a reported claim", Assessment: "an assessment", Forecast: "a forecast", Recommendation: "a recommendation",
}

func (w *writer) identifyClaim(n *callout) {
	title := n.FirstChild()
	switch id := n.id; {
	case id == "":
		words := strings.Split(text.Slug(plain(title, w.src)), "-")
		example := cmp.Or(strings.Join(words[:min(4, len(words))], "-"), "a-few-words")
		w.errorf(title, fmt.Sprintf("write one behind its title, and keep it for good: {#%s}", example), "this claim has no id")
	case paths.TooLong(id):
		w.errorf(title, "a few words of the title do", "the id of this claim has %d bytes, and the name of a file at most %d", len(id), paths.MaxName)
	case paths.Refused(text.Slug(id)) != "":
		w.errorf(title, fmt.Sprintf("write {#%s}", text.Slug("the "+id)), "the id of this claim is to be the name of a file, and Windows refuses the name %q", id)
	case !ValidClaimID(id):
		w.errorf(title, fmt.Sprintf("write {#%s}", text.Slug(id)), "%q cannot be the id of a claim", id)
	case isReserved(id):
		w.errorf(title, fmt.Sprintf("write {#%s}", unreserved(id)), "the id %q is one of those that layouts use", id)
	case w.used[id] > 0:
		w.errorf(title, "give each claim and heading an id of its own", "the id %q stands on this page twice", id)
	}
	w.used[n.id] = 1
}

// openClaim reads a claim's title and record and removes them from the tree. It
// writes the opening tag, with a hole for the label after it.
func (w *writer) openClaim(n *callout) {
	c := Claim{Kind: ClaimKind(n.kind()), ID: n.id, At: w.positionOf(n.FirstChild())}
	title := n.FirstChild()
	if c.Title = strings.TrimSpace(text.Typographic(plain(title, w.src))); c.Title == "" {
		w.errorf(title, "say in one sentence what is claimed", "this claim has no title")
	}
	w.checkTitle(title)
	n.RemoveChild(n, title)
	if list, ok := n.LastChild().(*ast.List); ok {
		w.checkClaimText(list)
		w.readRecord(&c, list)
		n.RemoveChild(n, list)
	} else {
		w.errorAt(c.At, "end it with a list: `- source: [[id]] ¶1`, `- held by: [[id]]`", "this claim has no record")
	}
	if !n.HasChildren() {
		w.errorAt(c.At, "say between its title and its record who claims what", "this claim has no text")
	}
	w.checkClaimText(n)
	for part := n.FirstChild(); part != nil; part = part.NextSibling() {
		w.checkRecordLines(part)
		for item := part.FirstChild(); item != nil && part.Kind() == ast.KindList; item = item.NextSibling() {
			w.checkRecordLines(item.FirstChild())
		}
	}
	if c.ID != "" {
		w.doc.Anchors = append(w.doc.Anchors, c.ID)
	}
	w.print(`<div class="claim claim-`, string(c.Kind), `"`)
	w.printAttribute("id", c.ID)
	w.print(">\n")
	c.Start, c.Link = w.Len(), len(w.doc.Links)
	w.doc.Holes = append(w.doc.Holes, Hole{At: c.Start, Link: len(w.doc.Claims), Kind: HoleClaim})
	w.open = append(w.open, len(w.doc.Claims))
	w.doc.Claims = append(w.doc.Claims, c)
}

// closeClaim copies the claim's text into a Document of its own, its offsets
// counted from its beginning. The copy has no positions in the file.
func (w *writer) closeClaim() {
	d, last := w.doc, len(w.open)-1
	c := &d.Claims[w.open[last]]
	w.open = w.open[:last]
	c.End = w.Len()
	b := Body{HTML: bytes.Clone(w.Bytes()[c.Start:]), Links: append([]Link(nil), d.Links[c.Link:]...)}
	for i := range b.Links {
		l := &b.Links[i]
		l.At, l.Line, l.Column = max(0, l.At-c.Start), 0, 0
	}
	for _, h := range d.Holes {
		if h.At >= c.Start && h.Kind != HoleClaim { // not the label, nor that of an inner claim
			b.Holes = append(b.Holes, Hole{h.At - c.Start, h.Link - c.Link, h.Kind})
		}
	}
	for _, r := range d.Runs {
		if r.Start >= c.Start {
			b.Runs = append(b.Runs, Run{Start: r.Start - c.Start, End: r.End - c.Start})
		}
	}
	c.Body = &Document{
		Path: d.Path, Kind: kind.Claim, Body: b,
		Front: frontmatter.Front{Title: c.Title, Revision: frontmatter.Revision{Updated: d.Front.Updated}, Language: d.Front.Language},
	}
	w.print("</div>\n")
}

// checkClaimText reports constructs that a claim cannot contain, because its text is
// also shown on its own page.
func (w *writer) checkClaimText(part ast.Node) {
	for n := range all(part) {
		switch n := n.(type) {
		case *ast.Heading:
			w.errorf(n, "put the heading before or behind the claim", "a claim cannot hold a heading")
		case *callout:
			if n != part {
				w.errorf(n.FirstChild(), "end the first with an empty line that has no >", "a claim cannot hold another callout")
			}
		case *xast.FootnoteLink:
			w.errorf(n, "put the footnote behind the claim, or name the source in the record", "a claim cannot hold a footnote")
		}
	}
}

// checkRecordLines reports lines of a paragraph that look like lines of a claim's record.
func (w *writer) checkRecordLines(n ast.Node) {
	if n == nil || n.Kind() != ast.KindParagraph && n.Kind() != ast.KindTextBlock {
		return
	}
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		words := string(bytes.TrimSpace(line.Value(w.src)))
		key, _, found := strings.Cut(words, ":")
		if _, known := recordKeys[strings.ToLower(key)]; found && known {
			w.warn(line.Start, "write it into the list at its end: - "+words, "%q is not in the record of this claim", words)
		}
	}
}
