package content

import (
	"bytes"
	"html"
	"regexp"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	gtext "github.com/yuin/goldmark/text"
)

// htmlParser lets text follow a comment on the line of its end.
type htmlParser struct {
	parser.BlockParser
}

// Open leaves a line with a whole comment and text to be a paragraph.
func (p htmlParser) Open(parent ast.Node, reader gtext.Reader, pc parser.Context) (ast.Node, parser.State) {
	if line, _ := reader.PeekLine(); bytes.HasPrefix(bytes.TrimLeft(line, " "), []byte("<!--")) && len(bytes.TrimSpace(comment.ReplaceAll(line, nil))) > 0 {
		return nil, parser.NoChildren
	}
	return p.BlockParser.Open(parent, reader, pc)
}

// Continue ends a comment at its last sign, so that the text behind it is read.
func (p htmlParser) Continue(n ast.Node, reader gtext.Reader, pc parser.Context) parser.State {
	b := n.(*ast.HTMLBlock)
	line, segment := reader.PeekLine()
	_, text, ends := bytes.Cut(line, []byte("-->"))
	if b.HTMLBlockType != ast.HTMLBlockType2 || !ends || len(bytes.TrimSpace(text)) == 0 || bytes.Contains(b.Lines().Value(reader.Source()), []byte("-->")) {
		return p.BlockParser.Continue(n, reader, pc)
	}
	b.ClosureLine = segment.WithStop(segment.Stop - len(text))
	reader.Advance(len(line) - len(text))
	return parser.Close
}

// comment matches a comment in HTML. Comments are never published.
var comment = regexp.MustCompile(`(?s)<!--(?:-?>|.*?(?:-->|$))`)

// htmlOf returns the HTML of a node, nil if it is none.
func htmlOf(n ast.Node, src []byte) []byte {
	switch n := n.(type) {
	case *ast.RawHTML:
		return n.Segments.Value(src)
	case *ast.HTMLBlock:
		code := n.Lines().Value(src)
		if n.HasClosure() {
			code = append(code, n.ClosureLine.Value(src)...)
		}
		return code
	}
	return nil
}

// anchorNode is <a id="x"></a>: a place that links may lead to. It is the only HTML that is
// not shown as text, since Markdown for other programs often has it to keep the
// addresses of renamed headings.
type anchorNode struct {
	ast.BaseInline
	id string
}

var kindAnchor = ast.NewNodeKind("Anchor")

func (n *anchorNode) Kind() ast.NodeKind         { return kindAnchor }
func (n *anchorNode) Dump(src []byte, level int) { ast.DumpHelper(n, src, level, nil, nil) }

var anchorForm = regexp.MustCompile(`^<a (?:id|name)="([^"\s<>&]+)" ?></a>`)

type anchorParser struct{}

func (anchorParser) Trigger() []byte { return []byte("<") }

func (anchorParser) Parse(_ ast.Node, block gtext.Reader, _ parser.Context) ast.Node {
	line, segment := block.PeekLine()
	m := anchorForm.FindSubmatch(line)
	if m == nil {
		return nil
	}
	n := &anchorNode{id: string(m[1])}
	n.SetPos(segment.Start)
	block.Advance(len(m[0]))
	return n
}

func renderAnchor(w *writer, node ast.Node) {
	w.print(`<span id="`, html.EscapeString(node.(*anchorNode).id), `"></span>`)
}
