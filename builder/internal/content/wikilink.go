package content

import (
	"bytes"
	"cmp"
	"strings"

	"analysis/builder/internal/text"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	gtext "github.com/yuin/goldmark/text"
)

// wikilink is [[target]], [[target#fragment]] or [[target|label]].
type wikilink struct {
	ast.BaseInline
	dest  string // target and fragment
	label string // typographic, "" to show the page's title
}

var kindWikilink = ast.NewNodeKind("Wikilink")

func (n *wikilink) Kind() ast.NodeKind         { return kindWikilink }
func (n *wikilink) Dump(src []byte, level int) { ast.DumpHelper(n, src, level, nil, nil) }

type wikilinkParser struct{}

func (wikilinkParser) Trigger() []byte { return []byte{'['} }

func (wikilinkParser) Parse(_ ast.Node, block gtext.Reader, _ parser.Context) ast.Node {
	line, _ := block.PeekLine()
	end := wikilinkEnd(line)
	if end < 0 {
		return nil
	}
	dest, label, _ := strings.Cut(strings.ReplaceAll(string(line[2:end-2]), `\|`, "|"), "|") // a table needs \|
	block.Advance(end)
	return &wikilink{dest: strings.TrimSpace(dest), label: text.Typographic(strings.TrimSpace(label))}
}

// wikilinkEnd is the offset behind a wikilink with which a line begins, or -1.
func wikilinkEnd(line []byte) int {
	if !bytes.HasPrefix(line, []byte("[[")) {
		return -1
	}
	end := bytes.Index(line, []byte("]]"))
	if end < 0 || bytes.ContainsAny(line[2:end], "[]\n") {
		return -1
	}
	return end + 2
}

func renderWikilink(w *writer, node ast.Node) {
	n := node.(*wikilink)
	w.print(`<a href="`)
	noted := w.printAddress(n, Wiki, n.dest, "")
	w.print(`">`)
	w.beginLabel(noted)
	if n.label == "" && noted && !w.inHeading {
		w.hole(HoleTitle)
	} else {
		w.escape(cmp.Or(n.label, n.dest))
	}
	w.print("</a>")
}
