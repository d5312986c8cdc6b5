package site

import (
	"cmp"
	"html"
	"regexp"
	"slices"

	"analysis/builder/internal/content"
	"analysis/builder/internal/diag"
	"analysis/builder/internal/kind"
)

// Whole is the analysis on one page: its sections as parts of that page, in
// order. The part of a section has the section's id; a heading in it and a
// footnote have theirs behind that id, "border--the-posts"; a claim keeps its own.
type Whole struct {
	Parts   []*Part
	anchors map[target]string // of what is on the page, by what a link says
}

// Part is a section as it is on the page that shows the whole.
type Part struct {
	*Ref
	Headings []content.Heading // one level lower than in the section; the last stay at 6
	text     body
	anchors  map[target]string // of the whole
}

// Outline is the upper level of its headings.
func (p *Part) Outline() []content.Heading {
	return slices.DeleteFunc(slices.Clone(p.Headings), func(h content.Heading) bool { return h.Level > 3 })
}

// Anchor is the id on the page of the whole that has what r has at a fragment,
// "" for r itself. It is false for what is not there.
func (w *Whole) Anchor(r *Ref, fragment string) (id string, ok bool) {
	id, ok = w.anchors[target{Ref: r, Fragment: fragment}]
	return id, ok
}

// whole puts the sections of the analysis together. It returns nil if nothing
// asks for them: neither a page nor the single-file edition.
func (w *placing) whole() *Whole {
	if !w.in.Single && !slices.ContainsFunc(w.entries, showsWhole) {
		return nil
	}
	o := &Whole{anchors: map[target]string{}}
	taken := map[string]string{} // where the ids of the page are, by id
	for _, e := range w.sectionsInOrder() {
		o.Parts = append(o.Parts, w.part(o, e, taken))
	}
	for _, e := range w.entries {
		if !showsWhole(e) {
			continue
		}
		for _, id := range e.doc.Anchors {
			w.takeID(taken, id, e)
			delete(taken, id) // on another page of the whole it may be again
		}
	}
	return o
}

// part makes the part of a section, and enters what is on it among the anchors
// of the whole.
func (w *placing) part(o *Whole, e *entry, taken map[string]string) *Part {
	anchor := func(fragment, id string) string {
		o.anchors[target{Ref: e.ref, Fragment: fragment}] = id
		return id
	}
	w.takeID(taken, anchor("", e.ref.ID), e)
	p := &Part{Ref: e.ref, anchors: o.anchors, text: body{doc: e.doc, links: e.links.targets, names: e.reading.names}}
	for _, c := range e.claims {
		o.anchors[target{Ref: c.ref}] = anchor(c.written.ID, c.written.ID)
		p.text.labels = append(p.text.labels, c.claim.Statement)
	}
	for _, id := range e.doc.Anchors {
		at, claim := o.anchors[target{Ref: e.ref, Fragment: id}]
		if !claim {
			at = anchor(id, e.ref.ID+"--"+id)
		}
		w.takeID(taken, at, e)
	}
	for _, h := range e.doc.Headings {
		p.Headings = append(p.Headings, content.Heading{
			Level: lower(h.Level), ID: o.anchors[target{Ref: e.ref, Fragment: h.ID}], Text: h.Text,
		})
	}
	return p
}

func showsWhole(e *entry) bool { return e.doc.Front.Shows == "whole" }

// sectionsInOrder are the sections of the analysis.
func (w *placing) sectionsInOrder() []*entry {
	sections := slices.DeleteFunc(slices.Clone(w.entries), func(e *entry) bool { return e.doc.Kind != kind.Section })
	slices.SortStableFunc(sections, func(a, b *entry) int { return InOrder(a.ref, b.ref) })
	return sections
}

// takeID reports an id that would be on the page of the whole twice.
func (w *placing) takeID(taken map[string]string, id string, e *entry) {
	if other, ok := taken[id]; ok {
		w.report(diag.Errorf(diag.Position{File: e.doc.Path, Line: 1, Column: 1}, "on the page of the whole, the id %q of this page is also one of %s", id, other).
			WithHint("give the heading another id: ## Title {#another}"))
	}
	taken[id] = e.doc.Path
}

func lower(level int) int { return min(level+1, 6) }

// inPart finds the tags of a Document's HTML that differ on the page of the
// whole. What an author wrote between them has neither "<" nor a quote.
var inPart = regexp.MustCompile(`<(/?)h([1-6])\b|( id="| href="#)([^"]*)"`)

// AppendPart appends the HTML of a part of the whole, on the page that shows it:
// its headings one level lower, its ids made unique, and links to what is on
// the same page made anchors of it.
func (p *Page) AppendPart(b []byte, part *Part, l label) []byte {
	href := func(t target) string {
		if id, ok := part.anchors[t]; ok {
			return t.attribute("", id)
		}
		return p.href(t)
	}
	piece := func(b, src []byte) []byte {
		at := 0
		for _, m := range inPart.FindAllSubmatchIndex(src, -1) {
			b = append(b, src[at:m[0]]...)
			at = m[1]
			if m[4] >= 0 {
				b = append(b, '<')
				b = append(b, src[m[2]:m[3]]...)
				b = append(b, 'h', byte('0'+lower(int(src[m[4]]-'0'))))
				continue
			}
			id := html.UnescapeString(string(src[m[8]:m[9]]))
			id = cmp.Or(part.anchors[target{Ref: part.Ref, Fragment: id}], part.ID+"--"+id)
			b = append(b, src[m[6]:m[7]]...)
			b = append(b, html.EscapeString(id)...)
			b = append(b, '"')
		}
		return append(b, src[at:]...)
	}
	return part.text.append(b, l, href, piece)
}

// single makes the frame of the single-file edition. It has the title of the home
// page, whose place it takes.
func (w *placing) single() *Page {
	if !slices.ContainsFunc(w.entries, showsWhole) {
		w.report(diag.Errorf(diag.Position{File: "whole.md"}, "no page shows the whole analysis, so there is no single-file edition of it").
			WithHint("create this file with the lines `title: On one page` and `shows: whole` in its front matter"))
	}
	ref := Ref{ID: "single", URL: "single.html", Title: w.config.Title, Kind: KindSingle, Summary: w.config.Description}
	if home := w.menu.Home; home != nil {
		ref.Title, ref.Summary = home.Title, home.Summary
	}
	return &Page{Ref: &ref}
}
