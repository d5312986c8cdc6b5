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
	"analysis/builder/internal/text"
	"analysis/builder/internal/words"
)

// writer collects the HTML of one body and records in the Document where headings,
// links, claims and runs are. goldmark renders to it as a util.BufWriter.
type writer struct {
	*bytes.Buffer // the HTML
	doc           *Document
	src           []byte         // the body
	from          int            // offset of the body in the file
	open          []int          // indexes of open claims, the outermost first
	checked       int            // offset in the body up to which markup that stayed text is reported
	leftovers     int            // number of those reported
	noAutolink    int            // number of open elements in which names are not linked
	level         int            // level of the last heading
	inHeading     bool           // a HoleTitle is not allowed there: Heading.Text would lack the title
	used          map[string]int // ids in use, with the highest number put behind them
	words         *words.Set
}

func (w *writer) Buffered() int { return w.Len() }
func (w *writer) Flush() error  { return nil }

func (w *writer) print(html ...string) {
	for _, s := range html {
		w.WriteString(s)
	}
}

// escape appends text as HTML. It also escapes quotes, for attributes.
func (w *writer) escape(s string) { w.print(html.EscapeString(s)) }

// printAttribute writes an attribute of the open tag, if value is not empty.
func (w *writer) printAttribute(name, value string) {
	if value != "" {
		w.print(" ", name, `="`, html.EscapeString(value), `"`)
	}
}

// suspendAutolink begins or ends an element in which names are not linked.
func (w *writer) suspendAutolink(entering bool) {
	if entering {
		w.noAutolink++
	} else {
		w.noAutolink--
	}
}

// position returns the position of an offset in the body, positionOf that of a node.
func (w *writer) position(at int) diag.Position { return w.doc.positions.at(w.from + at) }

func (w *writer) positionOf(n ast.Node) diag.Position { return w.position(max(n.Pos(), 0)) }

// errorf reports an error at a node, errorAt an error at a position.
func (w *writer) errorf(n ast.Node, hint, format string, args ...any) {
	w.errorAt(w.positionOf(n), hint, format, args...)
}

func (w *writer) errorAt(pos diag.Position, hint, format string, args ...any) {
	w.doc.report(diag.Errorf(pos, format, args...).WithHint("%s", hint))
}

// warn reports a warning at an offset in the body.
func (w *writer) warn(at int, hint, format string, args ...any) {
	w.doc.report(diag.Warningf(w.position(at), format, args...).WithHint("%s", hint))
}

// nodeRenderer renders our own nodes, and those that goldmark renders differently:
// links get holes, text is recorded as runs, raw HTML becomes text, and nothing has a
// style attribute.
type nodeRenderer struct{}

// RegisterFuncs implements renderer.NodeRenderer.
func (nodeRenderer) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	for kind, render := range map[ast.NodeKind]func(*writer, ast.Node){ // these render a node with its children
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
		kindAnchor:              renderAnchor,
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

// renderFunc writes the HTML before the children of a node if entering is set, and
// the HTML after them if not.
type renderFunc func(w *writer, n ast.Node, entering bool)

// element returns the renderFunc for a node with fixed tags. If noAutolink is set,
// names are not linked in it.
func element(opening, closing string, noAutolink bool) renderFunc {
	return func(w *writer, _ ast.Node, entering bool) {
		if noAutolink {
			w.suspendAutolink(entering)
		}
		if entering {
			w.print(opening)
		} else {
			w.print(closing)
		}
	}
}

func renderText(w *writer, node ast.Node) {
	n, start := node.(*ast.Text), w.Len()
	ghtml.DefaultWriter.Write(w, n.Segment.Value(w.src)) // raw text is in code, which goldmark renders
	if n.SoftLineBreak() {
		if next := after(n, w.src); !text.IsEastAsian(next) || !text.IsEastAsian(w.before()) {
			w.print("\n")
		}
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

// addRun records that names may be linked in the HTML from start on, unless an open
// element forbids it. from is the offset of its text in the body. If the last Run
// ends at start, it is extended.
func (w *writer) addRun(start, from int) {
	if w.noAutolink > 0 || w.Len() == start {
		return
	}
	if i := len(w.doc.Runs) - 1; i >= 0 && w.doc.Runs[i].End == start {
		w.doc.Runs[i].End = w.Len()
		return
	}
	w.doc.Runs = append(w.doc.Runs, Run{start, w.Len(), w.from + from})
}

// all yields a node and its descendants, in order.
func all(root ast.Node) iter.Seq[ast.Node] {
	return func(yield func(ast.Node) bool) {
		_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) { // never fails
			if entering && !yield(n) {
				return ast.WalkStop, nil
			}
			return ast.WalkContinue, nil
		})
	}
}

func contains(root ast.Node, kinds ...ast.NodeKind) bool {
	for n := range all(root) {
		if slices.Contains(kinds, n.Kind()) {
			return true
		}
	}
	return false
}

// plain returns the text of a node without markup.
func plain(root ast.Node, src []byte) string {
	var b strings.Builder
	for n := range all(root) {
		switch n := n.(type) {
		case *ast.Text:
			if value := n.Value(src); n.IsRaw() || !bytes.ContainsAny(value, `\&`) {
				b.Write(value)
			} else {
				b.Write(unescapeMarkdown(value))
			}
			if before, _ := utf8.DecodeLastRuneInString(b.String()); n.HardLineBreak() || n.SoftLineBreak() {
				b.WriteString(text.Break(before, after(n, src)))
			}
		case *ast.AutoLink:
			b.Write(n.Label(src))
		case *ast.RawHTML:
			b.Write(htmlOf(n, src))
		case *ast.String:
			b.Write(n.Value)
		case *wikilink:
			b.WriteString(cmp.Or(n.label, n.dest))
		}
	}
	return b.String()
}

// before returns the last character of the HTML outside tags.
func (w *writer) before() rune {
	b := w.Bytes()
	for bytes.HasSuffix(b, []byte(">")) {
		b = b[:bytes.LastIndexByte(b, '<')]
	}
	r, _ := utf8.DecodeLastRune(b)
	return r
}

// after returns the first character of the text in the same block after a node.
func after(n ast.Node, src []byte) rune {
	for n != nil && n.NextSibling() == nil && n.Parent().Type() == ast.TypeInline {
		n = n.Parent()
	}
	for n = n.NextSibling(); n != nil; n = n.FirstChild() {
		switch n := n.(type) {
		case *ast.Text:
			r, _ := utf8.DecodeRune(n.Segment.Value(src))
			return r
		case *wikilink:
			r, _ := utf8.DecodeRuneInString(cmp.Or(n.label, n.dest))
			return r
		}
	}
	return ' '
}
