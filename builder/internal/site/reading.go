package site

import (
	"bytes"
	"slices"
	"sort"
	"strings"

	"analysis/builder/internal/content"
	"analysis/builder/internal/text"
)

// reading is the result of reading a text: the names to link automatically, and
// the first link to each page, by name or by the author, with its sentence.
type reading struct {
	names    []name // sorted by position
	mentions []mention
	pages    []*Ref // the pages of mentions, in the same order
}

func (r *reading) same(o *reading) bool {
	return same(r.names, o.names) && same(r.mentions, o.mentions)
}

// name is a range of a Document's HTML that is linked automatically.
type name struct {
	Start, End int
	Ref        *Ref
}

// mention is the first link to a page. It becomes a Backlink of that page.
type mention struct {
	Backlink
	to *Ref
}

// readingInput is everything that the reading of a text depends on.
type readingInput struct {
	doc   *content.Document
	ref   *Ref
	links *links
	names *text.Names[*Ref]
}

// readAll reads all texts. In the texts of claims it finds only names: their
// mentions are already found in the text of the page that contains the claim.
func (w *placing) readAll() {
	names := w.names.One(w.linkableNames(), text.NewNames)
	readings, _ := w.readings.Map(len(w.entries), func(i int) (string, readingInput) {
		e := w.entries[i]
		return e.doc.Path, readingInput{e.doc, e.ref, e.links, names}
	}, func(_ int, in readingInput) *reading {
		found := findNames(in.names, body{doc: in.doc, links: in.links.targets}, in.ref)
		r := &reading{names: found, mentions: mentions(body{doc: in.doc, links: in.links.targets, names: found}, in.ref)}
		for i := range r.mentions {
			r.pages = append(r.pages, r.mentions[i].to)
		}
		return r
	})
	for i, e := range w.entries {
		e.reading = readings[i]
	}
	w.findClaimNames(names)
}

// linkableNames returns the names that may be linked: every alias, and the titles of
// pages about one thing (an actor, a place, an event, a concept, a source). Titles
// of other pages are headlines, which a text would contain only by accident.
func (w *placing) linkableNames() (list []text.Name[*Ref]) {
	for _, e := range w.entries {
		if e.doc.Front.NoAutolink {
			continue
		}
		if isReference(e.doc) {
			list = append(list, text.Name[*Ref]{Text: e.ref.Title, To: e.ref})
		}
		for _, a := range e.doc.Front.Aliases {
			if !a.NoAutolink {
				list = append(list, text.Name[*Ref]{Text: a.Name, To: e.ref})
			}
		}
	}
	return list
}

// findNames returns the first name of each page in a text. It leaves out the page
// itself, and pages that the author links to before that name.
func findNames(names *text.Names[*Ref], b body, self *Ref) (found []name) {
	seen := map[*Ref]bool{self: true}
	link := 0
	for _, run := range b.doc.Runs {
		for ; link < len(b.links) && b.doc.Links[link].At <= run.Start; link++ {
			seen[b.links[link].Ref] = true
		}
		for at := run.Start; ; {
			start, end, ref, ok := names.Find(b.doc.HTML, at, run.End)
			if !ok {
				break
			}
			if at = end; !seen[ref] {
				seen[ref] = true
				found = append(found, name{start, end, ref})
			}
		}
	}
	return slices.Clip(found)
}

// mentions returns the first link to each page that a text links to, with its
// sentence.
func mentions(b body, self *Ref) (list []mention) {
	seen := map[*Ref]bool{self: true}
	add := func(to *Ref, at, end int) {
		if !seen[to] {
			seen[to] = true
			list = append(list, mention{b.backlink(self, at, end), to})
		}
	}
	n := 0
	upTo := func(at int) {
		for ; n < len(b.names) && b.names[n].Start < at; n++ {
			add(b.names[n].Ref, b.names[n].Start, b.names[n].End)
		}
	}
	for i, l := range b.doc.Links {
		upTo(l.At)
		if to := b.links[i].Ref; to != nil {
			end := bytes.Index(b.doc.HTML[l.At:], []byte("</a>"))
			add(to, l.At, l.At+max(end, 0))
		}
	}
	upTo(len(b.doc.HTML) + 1)
	return slices.Clip(list)
}

// backlink returns the link HTML[at:end] in its sentence. Its Fragment is the id of
// the claim around it, or else of the heading above it.
func (b body) backlink(from *Ref, at, end int) Backlink {
	l := Backlink{From: from}
	if i := sort.Search(len(b.doc.Headings), func(i int) bool { return b.doc.Headings[i].At >= at }); i > 0 {
		l.Fragment = b.doc.Headings[i-1].ID
	}
	if i := sort.Search(len(b.doc.Claims), func(i int) bool { return b.doc.Claims[i].Start > at }); i > 0 && at < b.doc.Claims[i-1].End {
		l.Fragment = b.doc.Claims[i-1].ID
	}
	start, stop := text.Block(b.doc.HTML, at, end)
	l.Before, l.Match, l.After = text.Sentence(b.plain(start, at, false), b.plain(at, end, true), b.plain(end, stop, false))
	return l
}

// plain returns the text of HTML[start:end] without footnote marks. Outer spaces
// are kept. For whole see titled.
func (b body) plain(start, end int, whole bool) string {
	return strings.ToValidUTF8(text.Stripped(text.WithoutNotes(b.titled(start, end, whole))), "")
}

// titled returns HTML[start:end] with titles. A link without a label has an empty range;
// its title is inserted there. If it is at start or end, it is inserted only if whole is
// set, so that it does not appear in two neighbouring ranges.
func (b body) titled(start, end int, whole bool) []byte {
	first, _ := slices.BinarySearchFunc(b.doc.Holes, start, func(h content.Hole, at int) int { return h.At - at })
	var titled []byte
	at := start
	for _, h := range b.doc.Holes[first:] {
		if h.At > end {
			break
		}
		if h.Kind == content.HoleTitle && (whole || h.At > start && h.At < end) {
			titled = append(titled, b.doc.HTML[at:h.At]...)
			titled = append(titled, b.links[h.Link].title()...)
			at = h.At
		}
	}
	if titled == nil {
		return b.doc.HTML[at:end]
	}
	return append(titled, b.doc.HTML[at:end]...)
}
