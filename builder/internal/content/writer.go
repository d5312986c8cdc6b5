package content

import (
	"bytes"
	"cmp"
	"html"
	"iter"
	"slices"
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
	bytes.Buffer // the HTML
	doc          *Document
	src          []byte          // the body
	from         int             // offset of the body in the file
	open         []int           // the claims that are open, the outer one first
	quiet        int             // number of open elements in which no names are linked
	level        int             // of the last heading
	inHeading    bool            // so that no title is shown whose text is not known yet
	used         map[string]bool // the ids that are taken
}

func (w *writer) Buffered() int { return w.Len() }
func (w *writer) Flush() error  { return nil }

// print appends HTML.
func (w *writer) print(html ...string) {
	for _, s := range html {
		w.WriteString(s)
	}
}

// escape appends text as HTML, safe between quotes too.
func (w *writer) escape(s string) { w.print(html.EscapeString(s)) }

// printAttribute writes an attribute of the tag that is open, if it has a value.
func (w *writer) printAttribute(name, value string) {
	if value != "" {
		w.print(" ", name, `="`, html.EscapeString(value), `"`)
	}
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

// rendering is how nodes are written that are ours, or that differ from
// goldmark's own way: links with holes, text that is noted, raw HTML as text,
// nothing that needs a style attribute.
type rendering struct{}

// RegisterFuncs makes rendering a renderer.NodeRenderer.
func (rendering) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	for kind, render := range map[ast.NodeKind]func(*writer, ast.Node){ // which write a node whole
		ast.KindText:            renderText,
		ast.KindString:          renderString,
		ast.KindAutoLink:        renderAutoLink,
		ast.KindImage:           renderImage,
		ast.KindRawHTML:         renderRawHTML,
		ast.KindHTMLBlock:       renderHTMLBlock,
		ast.KindCodeBlock:       renderCodeBlock,
		ast.KindFencedCodeBlock: renderCodeBlock,
		xast.KindTaskCheckBox:   renderTaskCheckBox,
		kindWikilink:            renderWikilink,
	} {
		r.Register(kind, func(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
			if entering {
				render(w.(*writer), n)
			}
			return ast.WalkSkipChildren, nil
		})
	}
	for kind, render := range map[ast.NodeKind]renderFunc{
		ast.KindHeading:         renderHeading,
		ast.KindBlockquote:      element("<blockquote>\n", "</blockquote>\n", true),
		ast.KindParagraph:       renderParagraph,
		ast.KindLink:            renderLink,
		xast.KindTable:          element("<div class=\"scroll\" tabindex=\"0\">\n<table>\n", "</table>\n</div>\n", false), // scrolls sideways by itself
		xast.KindTableCell:      renderTableCell,
		xast.KindDefinitionTerm: element("<dt>", "</dt>\n", true),
		kindSpan:                renderSpan,
		kindCallout:             renderCallout,
		kindCalloutTitle:        renderCalloutTitle,
	} {
		r.Register(kind, func(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
			render(w.(*writer), n, entering)
			return ast.WalkContinue, nil
		})
	}
}

// renderFunc writes what is before the children of a node, and then what is
// behind them.
type renderFunc func(w *writer, n ast.Node, entering bool)

// element writes a node whose tags are always the same. No names are linked in
// a quiet one.
func element(opening, closing string, quiet bool) renderFunc {
	return func(w *writer, _ ast.Node, entering bool) {
		if quiet {
			w.quieten(entering)
		}
		if entering {
			w.print(opening)
		} else {
			w.print(closing)
		}
	}
}

// renderText writes a stretch of running text.
func renderText(w *writer, node ast.Node) {
	n, start := node.(*ast.Text), w.Len()
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
}

func renderString(w *writer, node ast.Node) {
	start := w.Len()
	w.escape(string(node.(*ast.String).Value))
	w.addRun(start, max(0, node.Pos()))
}

// addRun notes that the HTML from start on is text in which names may be linked,
// unless an open element forbids it; from is the offset of that text in the body.
// A Run that ends there is made longer instead.
func (w *writer) addRun(start, from int) {
	if w.quiet > 0 || w.Len() == start {
		return
	}
	if i := len(w.doc.Runs) - 1; i >= 0 && w.doc.Runs[i].End == start {
		w.doc.Runs[i].End = w.Len()
		return
	}
	w.doc.Runs = append(w.doc.Runs, Run{start, w.Len(), w.from + from})
}

// all lists a node and what is below it, in order.
func all(root ast.Node) iter.Seq[ast.Node] {
	return func(yield func(ast.Node) bool) {
		_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) { // returns no error of its own
			if entering && !yield(n) {
				return ast.WalkStop, nil
			}
			return ast.WalkContinue, nil
		})
	}
}

// holds reports whether a node of one of some kinds is at or below another.
func holds(root ast.Node, kinds ...ast.NodeKind) bool {
	for n := range all(root) {
		if slices.Contains(kinds, n.Kind()) {
			return true
		}
	}
	return false
}

// plain is the text of a node without its markup.
func plain(root ast.Node, src []byte) string {
	var b strings.Builder
	for n := range all(root) {
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
			b.WriteString(cmp.Or(n.label, n.dest))
		}
	}
	return b.String()
}

// position is the line and column of a byte offset in a file, both counted from
// 1, the column in characters.
func position(file string, src []byte, offset int) diag.Position {
	before := src[:max(0, min(offset, len(src)))]
	line := bytes.LastIndexByte(before, '\n') + 1
	return diag.Position{File: file, Line: bytes.Count(before, []byte{'\n'}) + 1, Column: utf8.RuneCount(before[line:]) + 1}
}
