package content

import (
	"bytes"
	"html"
	"strings"

	"github.com/yuin/goldmark/ast"
	xast "github.com/yuin/goldmark/extension/ast"
	ghtml "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/text"
)

// ours are the functions for those nodes that differ from goldmark's own way:
// links with holes, text that is noted, raw HTML as text, nothing that needs a
// style attribute.
func (s *writing) ours() {
	s.on(ast.KindString, renderString)
	s.on(ast.KindHeading, renderHeading)
	s.on(ast.KindBlockquote, renderBlockquote)
	s.on(ast.KindParagraph, renderParagraph)
	s.on(ast.KindLink, renderLink)
	s.on(ast.KindAutoLink, renderAutoLink)
	s.on(ast.KindImage, renderImage)
	s.on(ast.KindRawHTML, renderRawHTML)
	s.on(ast.KindHTMLBlock, renderHTMLBlock)
	s.on(ast.KindCodeBlock, renderCodeBlock)
	s.on(ast.KindFencedCodeBlock, renderCodeBlock)
	s.on(xast.KindTable, renderTable)
	s.on(xast.KindTableCell, renderTableCell)
	s.on(xast.KindTaskCheckBox, renderTaskCheckBox)
	s.on(xast.KindDefinitionTerm, renderDefinitionTerm)
	s.on(kindWikilink, renderWikilink)
	s.on(kindSpan, renderSpan)
	s.on(kindCallout, renderCallout)
	s.on(kindCalloutTitle, renderCalloutTitle)
}

// write writes a node and all that stands in it.
func (w *writer) write(n ast.Node) {
	if text, ok := n.(*ast.Text); ok {
		w.text(text)
		return
	}
	f := w.writes[n.Kind()]
	if f(w, n, true) != ast.WalkSkipChildren {
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			w.write(c)
		}
	}
	f(w, n, false)
}

// escape writes text so that it can stand in HTML, between quotes too.
func (w *writer) escape(s string) { w.buf = append(w.buf, html.EscapeString(s)...) }

// hush brackets a node in which no names are linked.
func (w *writer) hush(entering bool) {
	if entering {
		w.quiet++
	} else {
		w.quiet--
	}
}

// text writes a stretch of running text.
func (w *writer) text(n *ast.Text) {
	start := len(w.buf)
	value := n.Segment.Value(w.src)
	clean := 0 // how many bytes of it stand in HTML as they are
	for clean < len(value) && !special[value[clean]] {
		clean++
	}
	w.buf = append(w.buf, value[:clean]...)
	switch value = value[clean:]; {
	case len(value) == 0:
	case n.IsRaw():
		ghtml.DefaultWriter.RawWrite(w, value)
	default:
		ghtml.DefaultWriter.Write(w, value)
	}
	if n.SoftLineBreak() {
		w.buf = append(w.buf, '\n')
	}
	w.wrote(start, n.Segment.Start)
	if n.HardLineBreak() {
		w.buf = append(w.buf, "<br>\n"...)
	}
}

// special are the bytes of a text that mean something to Markdown or to HTML.
var special = [256]bool{0: true, '\\': true, '&': true, '<': true, '>': true, '"': true}

func renderString(w *writer, node ast.Node, entering bool) ast.WalkStatus {
	n := node.(*ast.String)
	if entering {
		start := len(w.buf)
		w.escape(string(n.Value))
		w.wrote(start, max(0, n.Pos()))
	}
	return ast.WalkContinue
}

func renderLink(w *writer, node ast.Node, entering bool) ast.WalkStatus {
	n := node.(*ast.Link)
	w.hush(entering)
	if entering {
		w.alone(n)
	}
	if !entering {
		w.buf = append(w.buf, "</a>"...)
		return ast.WalkContinue
	}
	w.buf = append(w.buf, `<a href="`...)
	before := len(w.doc.Links)
	inside := w.link(n, Relative, destination(n.Destination))
	if len(w.doc.Links) > before {
		w.hole(HoleHref)
	} else if !inside {
		w.escape(string(util.URLEscape(n.Destination, true)))
	}
	w.buf = append(w.buf, '"')
	if len(n.Title) > 0 {
		w.buf = append(w.buf, ` title="`...)
		ghtml.DefaultWriter.Write(w, n.Title)
		w.buf = append(w.buf, '"')
	}
	w.buf = append(w.buf, '>')
	if len(w.doc.Links) > before {
		w.doc.Links[before].At = len(w.buf)
	}
	return ast.WalkContinue
}

// alone reports a link that has another inside it, which HTML does not allow.
func (w *writer) alone(n *ast.Link) {
	below(n, func(inner ast.Node) bool {
		switch inner.(type) {
		case *wikilink, *ast.AutoLink, *xast.FootnoteLink:
			w.errorf(n, "put the inner link or footnote behind the outer link", "this link has another inside it")
			return false
		}
		return true
	})
}

// destination resolves the escapes and entities of a link's address, so that
// what is checked is what a browser would see.
func destination(raw []byte) string {
	if bytes.IndexByte(raw, '\\') >= 0 || bytes.IndexByte(raw, '&') >= 0 {
		raw = util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(raw)))
	}
	return strings.TrimSpace(string(raw))
}

func renderAutoLink(w *writer, node ast.Node, entering bool) ast.WalkStatus {
	n := node.(*ast.AutoLink)
	if !entering {
		return ast.WalkContinue
	}
	dest := string(n.URL(w.src))
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(dest), "mailto:") {
		dest = "mailto:" + dest
	}
	w.buf = append(w.buf, `<a href="`...)
	before := len(w.doc.Links)
	if !w.link(n, Relative, dest) {
		w.escape(string(util.URLEscape([]byte(dest), false)))
	} else if len(w.doc.Links) > before {
		w.hole(HoleHref)
	}
	w.buf = append(w.buf, `">`...)
	if len(w.doc.Links) > before {
		w.doc.Links[before].At = len(w.buf)
	}
	w.escape(string(n.Label(w.src)))
	w.buf = append(w.buf, "</a>"...)
	return ast.WalkSkipChildren
}

func renderImage(w *writer, node ast.Node, entering bool) ast.WalkStatus {
	n := node.(*ast.Image)
	if !entering {
		return ast.WalkContinue
	}
	w.buf = append(w.buf, `<img src="`...)
	before := len(w.doc.Links)
	w.link(n, Image, destination(n.Destination))
	if len(w.doc.Links) > before {
		w.hole(HoleHref)
		w.doc.Links[before].At = len(w.buf)
	}
	alt := text.Typographic(plain(n, w.src))
	if alt == "" {
		w.doc.report(diag.Warningf(w.at(n), "this picture has no description").
			WithHint("say in the brackets what it shows: ![a map of the frontier](map.png)"))
	}
	w.buf = append(w.buf, `" alt="`...)
	w.escape(alt)
	w.buf = append(w.buf, `" loading="lazy">`...)
	return ast.WalkSkipChildren
}

func renderWikilink(w *writer, node ast.Node, entering bool) ast.WalkStatus {
	n := node.(*wikilink)
	if !entering {
		return ast.WalkContinue
	}
	before := len(w.doc.Links)
	w.buf = append(w.buf, `<a href="`...)
	w.link(n, Wiki, n.dest)
	noted := len(w.doc.Links) > before
	if noted {
		w.hole(HoleHref)
	}
	w.buf = append(w.buf, `">`...)
	if noted {
		w.doc.Links[before].At = len(w.buf)
	}
	if n.label == "" && noted && !w.heading {
		w.hole(HoleTitle)
	} else {
		w.escape(n.shown())
	}
	w.buf = append(w.buf, "</a>"...)
	return ast.WalkSkipChildren
}

func renderRawHTML(w *writer, node ast.Node, entering bool) ast.WalkStatus {
	n := node.(*ast.RawHTML)
	if entering {
		for i := range n.Segments.Len() {
			segment := n.Segments.At(i)
			w.escape(string(segment.Value(w.src)))
		}
	}
	return ast.WalkSkipChildren
}
