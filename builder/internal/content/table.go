package content

import (
	"bytes"
	"regexp"

	"github.com/yuin/goldmark/ast"
	xast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	gtext "github.com/yuin/goldmark/text"
)

// tableParser makes tables in which the bar of a wikilink does not divide cells.
type tableParser struct {
	parser.ParagraphTransformer
}

// maskedKey is that of the source without the bars of wikilinks.
var maskedKey = parser.NewContextKey()

func (p tableParser) Transform(n *ast.Paragraph, reader gtext.Reader, pc parser.Context) {
	for i := 1; i < n.Lines().Len(); i++ {
		if line := n.Lines().At(i); bytes.IndexByte([]byte("|:-"), reader.Source()[line.Start]) >= 0 { // may divide head and body
			masked := pc.ComputeIfAbsent(maskedKey, func() any { return maskBars(reader.Source()) })
			reader = gtext.NewReader(masked.([]byte))
			break
		}
	}
	p.ParagraphTransformer.Transform(n, reader, pc)
}

var wikilinkBar = regexp.MustCompile(`\[\[[^\[\]|\n]*(\|)[^|\n]*?\]\]`)

// maskBars returns src with another sign for the bars of wikilinks.
func maskBars(src []byte) []byte {
	bars := wikilinkBar.FindAllSubmatchIndex(src, -1)
	if bars != nil {
		src = bytes.Clone(src)
	}
	for _, m := range bars {
		src[m[2]] = '+'
	}
	return src
}

// checkTable reports cells for which there is no column, and text that became a row.
func (w *writer) checkTable(table *xast.Table) {
	for row := table.FirstChild().NextSibling(); row != nil; row = row.NextSibling() {
		line, _, _ := bytes.Cut(w.src[row.Pos():], []byte("\n"))
		if len(table.Alignments) > 1 && bytes.IndexByte(line, '|') < 0 {
			w.warn(row.Pos(), "put an empty line between the table and the text", "this line became a row of the table above it")
			continue
		}
		if at := cellAfter(maskBars(line), len(table.Alignments)); at >= 0 {
			w.warn(row.Pos()+at, `give the table another column, or write \| for a bar that is text`, "this cell has no column, so it is not shown")
		}
	}
}

// cellAfter returns the offset of the first text in a row after some cells, -1 if there
// is none.
func cellAfter(line []byte, cells int) int {
	i := bytes.IndexFunc(line, func(r rune) bool { return r != ' ' && r != '\t' })
	if i >= 0 && line[i] == '|' {
		i++
	}
	for ; i >= 0 && i < len(line); i++ {
		switch c := line[i]; {
		case c == '|' && (i == 0 || line[i-1] != '\\'):
			cells--
		case cells <= 0 && c != ' ' && c != '\t':
			return i
		}
	}
	return -1
}
