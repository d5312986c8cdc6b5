package content

import (
	"cmp"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	gtext "github.com/yuin/goldmark/text"

	"analysis/builder/internal/text"
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

var wikilinkForm = regexp.MustCompile(`^\[\[([^\[\]\n]*)\]\]`)

func (wikilinkParser) Trigger() []byte { return []byte{'['} }

func (wikilinkParser) Parse(_ ast.Node, block gtext.Reader, _ parser.Context) ast.Node {
	line, _ := block.PeekLine()
	m := wikilinkForm.FindSubmatch(line)
	if m == nil {
		return nil
	}
	dest, label, _ := strings.Cut(strings.ReplaceAll(string(m[1]), `\|`, "|"), "|") // a table needs \|
	block.Advance(len(m[0]))
	return &wikilink{dest: strings.TrimSpace(dest), label: text.Typographic(strings.TrimSpace(label))}
}

func renderWikilink(w *writer, node ast.Node) {
	n := node.(*wikilink)
	w.print(`<a href="`)
	inside := w.printAddress(n, Wiki, n.dest, "")
	w.print(`">`)
	w.beginLabel(inside)
	if n.label == "" && inside && !w.inHeading {
		w.addHole(HoleTitle)
	} else {
		w.escape(cmp.Or(n.label, n.dest))
	}
	w.print("</a>")
}
