package content

import (
	"bytes"
	"cmp"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	gtext "github.com/yuin/goldmark/text"

	"analysis/builder/internal/text"
)

// wikilink is [[target]], [[target#fragment]] or [[target|label]]. It may continue on the
// next lines. The label is text without markup; it may contain brackets.
type wikilink struct {
	ast.BaseInline
	dest  string // target and fragment
	label string // typographic, "" to show the page's title
}

var kindWikilink = ast.NewNodeKind("Wikilink")

func (n *wikilink) Kind() ast.NodeKind         { return kindWikilink }
func (n *wikilink) Dump(src []byte, level int) { ast.DumpHelper(n, src, level, nil, nil) }

type wikilinkParser struct{}

var wikilinkForm = regexp.MustCompile(`^\[\[([^\[\]|]*)(?:\|((?:[^\[\]]|\[[^\[\]]*\])*))?\]\]`)

func (wikilinkParser) Trigger() []byte { return []byte{'['} }

func (wikilinkParser) Parse(_ ast.Node, block gtext.Reader, pc parser.Context) ast.Node {
	line, segment := block.PeekLine()
	if !bytes.HasPrefix(line, []byte("[[")) {
		return nil
	}
	m := wikilinkForm.FindSubmatch(line)
	if m != nil {
		block.Advance(len(m[0]))
	} else if m = block.FindSubMatch(wikilinkForm); m == nil { // over several lines
		return nil
	}
	w := pc.Get(writerKey).(*writer)
	dest := strings.TrimSpace(strings.TrimSuffix(joinLines(string(m[1])), `\`)) // a bar in a table may be written \|
	return &wikilink{dest: dest, label: w.unmarked(segment.Start, m[2])}
}

func joinLines(s string) string {
	s, rest, more := strings.Cut(strings.TrimSpace(s), "\n")
	for more {
		var line string
		line, rest, more = strings.Cut(rest, "\n")
		s, line = strings.TrimSpace(s), strings.TrimSpace(line)
		before, _ := utf8.DecodeLastRuneInString(s)
		after, _ := utf8.DecodeRuneInString(line)
		s += text.Break(before, after) + line
	}
	return s
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
