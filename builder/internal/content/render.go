package content

import (
	"html"
	"strings"

	"github.com/yuin/goldmark/ast"
	xast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	ghtml "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"

	"analysis/builder/internal/diag"
)

// nodes writes those nodes that differ from goldmark's own way: links with
// holes, text that is noted, raw HTML as text, nothing that needs a style
// attribute. The rest is goldmark's.
type nodes struct{}

func (nodes) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	on := func(kind ast.NodeKind, f func(w *writer, n ast.Node, entering bool) ast.WalkStatus) {
		r.Register(kind, func(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
			return f(w.(*writer), n, entering), nil
		})
	}
	on(ast.KindText, renderText)
	on(ast.KindString, renderString)
	on(ast.KindHeading, renderHeading)
	on(ast.KindBlockquote, renderBlockquote)
	on(ast.KindParagraph, renderParagraph)
	on(ast.KindLink, renderLink)
	on(ast.KindAutoLink, renderAutoLink)
	on(ast.KindImage, renderImage)
	on(ast.KindRawHTML, renderRawHTML)
	on(ast.KindHTMLBlock, renderHTMLBlock)
	on(ast.KindCodeBlock, renderCodeBlock)
	on(ast.KindFencedCodeBlock, renderCodeBlock)
	on(xast.KindTable, renderTable)
	on(xast.KindTableCell, renderTableCell)
	on(xast.KindTaskCheckBox, renderTaskCheckBox)
	on(xast.KindDefinitionTerm, renderDefinitionTerm)
	on(kindWikilink, renderWikilink)
	on(kindSpan, renderSpan)
	on(kindCallout, renderCallout)
	on(kindCalloutTitle, renderCalloutTitle)
}

func (w *writer) escape(s string) { w.buf = append(w.buf, html.EscapeString(s)...) }

// hush brackets a node in which no names are linked.
func (w *writer) hush(entering bool) {
	if entering {
		w.quiet++
	} else {
		w.quiet--
	}
}

func renderText(w *writer, node ast.Node, entering bool) ast.WalkStatus {
	n := node.(*ast.Text)
	if !entering {
		return ast.WalkContinue
	}
	w.text(n.Segment.Start, func() {
		if n.IsRaw() {
			ghtml.DefaultWriter.RawWrite(w, n.Value(w.src))
		} else {
			ghtml.DefaultWriter.Write(w, n.Value(w.src))
		}
		if n.SoftLineBreak() {
			w.buf = append(w.buf, '\n')
		}
	})
	if n.HardLineBreak() {
		w.buf = append(w.buf, "<br>\n"...)
	}
	return ast.WalkContinue
}

func renderString(w *writer, node ast.Node, entering bool) ast.WalkStatus {
	n := node.(*ast.String)
	if entering {
		w.text(max(0, n.Pos()), func() { w.escape(string(n.Value)) })
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
	_ = ast.Walk(n, func(inner ast.Node, entering bool) (ast.WalkStatus, error) {
		switch inner.(type) {
		case *wikilink, *ast.AutoLink, *xast.FootnoteLink:
			if entering {
				w.errorf(n, "put the inner link or footnote behind the outer link", "this link has another inside it")
				return ast.WalkStop, nil
			}
		}
		return ast.WalkContinue, nil
	})
}

// destination resolves the escapes and entities of a link's address, so that
// what is checked is what a browser would see.
func destination(raw []byte) string {
	return strings.TrimSpace(string(util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(raw)))))
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
	alt := Typographic(plain(n, w.src))
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
