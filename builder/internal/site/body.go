package site

import (
	"html"

	"analysis/builder/internal/content"
	"analysis/builder/internal/text"
)

// body is a Document's body with the values for its holes.
type body struct {
	doc    *content.Document
	links  []target     // by content.Hole.Link
	labels []*Statement // its claims, by content.Hole.Link
	names  []name       // ascending
}

// labelFunc appends the label of a claim that is in a text.
type labelFunc = func(b []byte, st *Statement) []byte

// AppendBody appends the page's HTML with its holes filled and its names linked.
func (p *Page) AppendBody(b []byte, l labelFunc) []byte {
	return body{p.Doc, p.links, p.Labels, p.names}.append(b, l, p.href, func(b, src []byte) []byte { return append(b, src...) })
}

// append appends the HTML. The function href returns the value of a link's href,
// and piece appends the HTML between two holes.
func (t body) append(b []byte, l labelFunc, href func(target) string, piece func(b, src []byte) []byte) []byte {
	src, at, n := t.doc.HTML, 0, 0
	upTo := func(end int) {
		for ; n < len(t.names) && t.names[n].Start < end; n++ {
			m := t.names[n]
			b = piece(b, src[at:m.Start])
			b = append(b, `<a href="`...)
			b = append(b, href(target{Ref: m.Ref})...)
			b = append(b, `">`...)
			b = append(b, src[m.Start:m.End]...)
			b = append(b, "</a>"...)
			at = m.End
		}
		b = piece(b, src[at:end])
		at = end
	}
	for _, h := range t.doc.Holes {
		upTo(h.At)
		switch h.Kind {
		case content.HoleHref:
			b = append(b, href(t.links[h.Link])...)
		case content.HoleTitle:
			b = append(b, t.links[h.Link].title()...)
		case content.HoleClaim:
			b = l(b, t.labels[h.Link])
		}
	}
	upTo(len(src))
	return b
}

// title returns the HTML that a link without a label shows. It has lang and dir
// attributes where these differ from the site's.
func (t target) title() string {
	if t.Ref == nil {
		return html.EscapeString(t.File)
	}
	title, attributes := html.EscapeString(t.Ref.Title), ""
	if t.Ref.Lang != "" {
		attributes += ` lang="` + html.EscapeString(t.Ref.Lang) + `"`
	}
	if t.Ref.Dir != "" {
		attributes += ` dir="` + html.EscapeString(t.Ref.Dir) + `"`
	}
	if attributes == "" {
		return title
	}
	return "<bdi" + attributes + ">" + title + "</bdi>"
}

// AppendText appends the plain text of the page's body. Of the holes it fills only
// those for the title of another page.
func (p *Page) AppendText(b []byte) []byte { return body{doc: p.Doc, links: p.links}.appendText(b) }

func (t body) appendText(b []byte) []byte {
	return text.AppendPlain(b, t.titled(0, len(t.doc.HTML), true))
}
