package content

import (
	"html"
	"regexp"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	gtext "github.com/yuin/goldmark/text"
)

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
