package site

import (
	"cmp"
	"html"
	"regexp"
	"slices"
	"strings"

	"analysis/builder/internal/content"
	"analysis/builder/internal/diag"
	"analysis/builder/internal/kind"
)

// Whole is the analysis on one page, with its sections as parts, in order. The id of
// a part is the section's id. Ids of headings and footnotes have the section's id
// before them: "border--the-posts". Claims keep their ids.
type Whole struct {
	Parts   []*Part
	anchors map[target]string // ids on the page, by the targets of links
}

// Part is a section on the page that shows the whole.
type Part struct {
	*Ref
	Headings []content.Heading // one level lower than in the section, at most level 6
	text     body
	anchors  map[target]string // Whole.anchors
}

// Outline returns the part's headings down to level 3.
func (p *Part) Outline() []content.Heading {
	return slices.DeleteFunc(slices.Clone(p.Headings), func(h content.Heading) bool { return h.Level > 3 })
}

// Anchor returns the id that an anchor of the page r has on the page of the whole.
// An empty fragment stands for r itself. ok is false if the anchor is not there.
func (w *Whole) Anchor(r *Ref, fragment string) (id string, ok bool) {
	id, ok = w.anchors[target{Ref: r, Fragment: fragment}]
	return id, ok
}

// makeWhole makes the Whole. It returns nil if neither a page nor the single-file
// edition needs it.
func (w *placing) makeWhole() *Whole {
	if !w.in.Single && !slices.ContainsFunc(w.entries, showsWhole) {
		return nil
	}
	o := &Whole{anchors: map[target]string{}}
	taken := map[string]string{} // paths of files, by the ids they have on the page
	for _, e := range w.sectionsInOrder() {
		o.Parts = append(o.Parts, w.makePart(o, e, taken))
	}
	for _, e := range w.entries {
		if strings.HasPrefix(e.ref.ID, "site-") && (e.doc.Kind == kind.Section || w.in.Single) {
			w.report(diag.Errorf(diag.Position{File: e.doc.Path}, "on the page of the whole, the id %q of this page is one of those that layouts use", e.ref.ID).
				WithHint("give the file a name that does not begin with site-"))
		}
		if !showsWhole(e) {
			continue
		}
		for _, id := range e.doc.Anchors {
			w.checkID(taken, id, e) // not reserved: another page that shows the whole may use it
		}
	}
	return o
}

// makePart makes the Part of a section and adds its ids to o.anchors.
func (w *placing) makePart(o *Whole, e *entry, taken map[string]string) *Part {
	anchor := func(fragment, id string) string {
		o.anchors[target{Ref: e.ref, Fragment: fragment}] = id
		return id
	}
	reserve := func(id string) {
		w.checkID(taken, id, e)
		taken[id] = e.doc.Path
	}
	reserve(anchor("", e.ref.ID))
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
		reserve(at)
	}
	for _, h := range e.doc.Headings {
		p.Headings = append(p.Headings, content.Heading{
			Level: lowerLevel(h.Level), ID: o.anchors[target{Ref: e.ref, Fragment: h.ID}], Text: h.Text,
		})
	}
	return p
}

func showsWhole(e *entry) bool { return e.doc.Front.Shows == "whole" }

// sectionsInOrder returns the sections of the analysis.
func (w *placing) sectionsInOrder() []*entry {
	sections := slices.DeleteFunc(slices.Clone(w.entries), func(e *entry) bool { return e.doc.Kind != kind.Section })
	slices.SortStableFunc(sections, func(a, b *entry) int { return InOrder(a.ref, b.ref) })
	return sections
}

// checkID reports an id that is taken on the page of the whole.
func (w *placing) checkID(taken map[string]string, id string, e *entry) {
	if other, ok := taken[id]; ok {
		w.report(diag.Errorf(diag.Position{File: e.doc.Path, Line: 1, Column: 1}, "on the page of the whole, the id %q of this page is also one of %s", id, other).
			WithHint("give the heading another id: ## Title {#another}"))
	}
}

func lowerLevel(level int) int { return min(level+1, 6) }

// partTags matches the parts of tags in a Document's HTML that differ on the page of
// the whole. Text between tags has no "<" and no quote, because both are escaped.
var partTags = regexp.MustCompile(`<(/?)h([1-6])\b|( id="| href="#)([^"]*)"`)

// AppendPart appends the HTML of a part to the page that shows the whole. Headings
// become one level lower and ids unique. A link to a page that is part of the whole
// becomes a link to an anchor on this page.
func (p *Page) AppendPart(b []byte, part *Part, l labelFunc) []byte {
	href := func(t target) string {
		if id, ok := part.anchors[t]; ok {
			return t.attribute("", id)
		}
		return p.href(t)
	}
	piece := func(b, src []byte) []byte {
		at := 0
		for _, m := range partTags.FindAllSubmatchIndex(src, -1) {
			b = append(b, src[at:m[0]]...)
			at = m[1]
			if m[4] >= 0 {
				b = append(b, '<')
				b = append(b, src[m[2]:m[3]]...)
				b = append(b, 'h', byte('0'+lowerLevel(int(src[m[4]]-'0'))))
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

// singlePage makes the frame of the single-file edition. It has the title and summary
// of the home page, which it replaces.
func (w *placing) singlePage() *Page {
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
