package content

import (
	"html"
	"iter"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	xast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	ghtml "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"

	"analysis/builder/internal/diag"
)

// writer receives the HTML of one body and notes in the Document what is where
// in it. It is the util.BufWriter that goldmark renders to.
type writer struct {
	doc       *Document
	src       []byte // the body
	from      int    // offset of the body in the file
	html      []byte
	claims    []counts        // taken where each claim that is open began, the outer one first
	quiet     int             // number of open elements in which no names are linked
	level     int             // of the last heading
	inHeading bool            // so that no title is shown whose text is not known yet
	used      map[string]bool // the ids that are taken
}

func (w *writer) Write(p []byte) (int, error) { w.html = append(w.html, p...); return len(p), nil }
func (w *writer) WriteString(s string) (int, error) {
	w.html = append(w.html, s...)
	return len(s), nil
}
func (w *writer) WriteByte(c byte) error { w.html = append(w.html, c); return nil }
func (w *writer) WriteRune(r rune) (int, error) {
	w.html = utf8.AppendRune(w.html, r)
	return utf8.RuneLen(r), nil
}
func (w *writer) Available() int { return 0 }
func (w *writer) Buffered() int  { return len(w.html) }
func (w *writer) Flush() error   { return nil }

// print appends HTML.
func (w *writer) print(html ...string) {
	for _, s := range html {
		w.html = append(w.html, s...)
	}
}

// escape appends text as HTML, safe between quotes too.
func (w *writer) escape(s string) { w.print(html.EscapeString(s)) }

// printAttribute writes an attribute of the tag that is open.
func (w *writer) printAttribute(name, value string) {
	w.print(" ", name, `="`)
	w.escape(value)
	w.print(`"`)
}

// quieten brackets a node in which no names are linked.
func (w *writer) quieten(entering bool) {
	if entering {
		w.quiet++
	} else {
		w.quiet--
	}
}

// position is that of an offset in the body, positionOf that of a node.
func (w *writer) position(at int) diag.Position { return position(w.doc.Path, w.doc.src, w.from+at) }

func (w *writer) positionOf(n ast.Node) diag.Position { return w.position(max(n.Pos(), 0)) }

// errorf reports a mistake at a node, errorAt one at a position.
func (w *writer) errorf(n ast.Node, hint, format string, args ...any) {
	w.errorAt(w.positionOf(n), hint, format, args...)
}

func (w *writer) errorAt(pos diag.Position, hint, format string, args ...any) {
	w.doc.report(diag.Errorf(pos, format, args...).WithHint("%s", hint))
}

// renderFunc writes a node, once before its children and once behind them.
type renderFunc func(w *writer, n ast.Node, entering bool) ast.WalkStatus

// rendering is how nodes are written that are ours, or that differ from
// goldmark's own way: links with holes, text that is noted, raw HTML as text,
// nothing that needs a style attribute.
type rendering struct{}

// RegisterFuncs makes rendering a renderer.NodeRenderer.
func (rendering) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	for kind, render := range map[ast.NodeKind]renderFunc{
		ast.KindText:            renderText,
		ast.KindString:          renderString,
		ast.KindHeading:         renderHeading,
		ast.KindBlockquote:      renderBlockquote,
		ast.KindParagraph:       renderParagraph,
		ast.KindLink:            renderLink,
		ast.KindAutoLink:        renderAutoLink,
		ast.KindImage:           renderImage,
		ast.KindRawHTML:         renderRawHTML,
		ast.KindHTMLBlock:       renderHTMLBlock,
		ast.KindCodeBlock:       renderCodeBlock,
		ast.KindFencedCodeBlock: renderCodeBlock,
		xast.KindTable:          renderTable,
		xast.KindTableCell:      renderTableCell,
		xast.KindTaskCheckBox:   renderTaskCheckBox,
		xast.KindDefinitionTerm: renderDefinitionTerm,
		kindWikilink:            renderWikilink,
		kindSpan:                renderSpan,
		kindCallout:             renderCallout,
		kindCalloutTitle:        renderCalloutTitle,
	} {
		r.Register(kind, func(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
			return render(w.(*writer), n, entering), nil
		})
	}
}

// renderText writes a stretch of running text.
func renderText(w *writer, node ast.Node, entering bool) ast.WalkStatus {
	if !entering {
		return ast.WalkContinue
	}
	n, start := node.(*ast.Text), len(w.html)
	if n.IsRaw() {
		ghtml.DefaultWriter.RawWrite(w, n.Segment.Value(w.src))
	} else {
		ghtml.DefaultWriter.Write(w, n.Segment.Value(w.src))
	}
	if n.SoftLineBreak() {
		w.print("\n")
	}
	w.addRun(start, n.Segment.Start)
	if n.HardLineBreak() {
		w.print("<br>\n")
	}
	return ast.WalkContinue
}

func renderString(w *writer, node ast.Node, entering bool) ast.WalkStatus {
	if entering {
		start := len(w.html)
		w.escape(string(node.(*ast.String).Value))
		w.addRun(start, max(0, node.Pos()))
	}
	return ast.WalkContinue
}

// addRun notes that the HTML from start on is text in which names may be linked,
// unless an open element forbids it; from is the offset of that text in the body.
// A Run that ends there is made longer instead.
func (w *writer) addRun(start, from int) {
	if w.quiet > 0 || len(w.html) == start {
		return
	}
	if i := len(w.doc.Runs) - 1; i >= 0 && w.doc.Runs[i].End == start {
		w.doc.Runs[i].End = len(w.html)
		return
	}
	w.doc.Runs = append(w.doc.Runs, Run{start, len(w.html), w.from + from})
}

// didYouMean is a hint with the word nearest to one that is unknown, or else the
// hint given.
func didYouMean(word string, words iter.Seq[string], otherwise string) string {
	if hint := diag.DidYouMean(word, words); hint != "" {
		return hint
	}
	return otherwise
}

// below calls visit for all nodes below one, in order, until it returns false.
func below(parent ast.Node, visit func(ast.Node) bool) bool {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		if !visit(n) || !below(n, visit) {
			return false
		}
	}
	return true
}

// plain is the text of a node without its markup.
func plain(n ast.Node, src []byte) string {
	var b strings.Builder
	add := func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Text:
			b.Write(n.Value(src))
			if n.SoftLineBreak() || n.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.AutoLink:
			b.Write(n.Label(src))
		case *ast.RawHTML:
			b.Write(n.Segments.Value(src))
		case *ast.String:
			b.Write(n.Value)
		case *wikilink:
			b.WriteString(n.shown())
		}
		return true
	}
	add(n)
	below(n, add)
	return b.String()
}
