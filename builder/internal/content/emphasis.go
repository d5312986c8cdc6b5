package content

import (
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	gtext "github.com/yuin/goldmark/text"

	"analysis/builder/internal/text"
)

// emphasisParser lets emphasis begin and end beside punctuation in scripts without
// spaces: 这是**重要。**继续。 CommonMark asks for a space or another sign there.
type emphasisParser struct {
	parser.InlineParser
}

func (p emphasisParser) Parse(parent ast.Node, block gtext.Reader, pc parser.Context) ast.Node {
	before := block.PrecendingCharacter()
	line, _ := block.PeekLine()
	n := p.InlineParser.Parse(parent, block, pc)
	d, ok := n.(*parser.Delimiter)
	if !ok || d.Char == '_' {
		return n
	}
	after, size := utf8.DecodeRune(line[d.OriginalLength:])
	if size == 0 {
		after = ' '
	}
	if wideBefore, wideAfter := text.IsUnspaced(before), text.IsUnspaced(after); wideBefore || wideAfter {
		d.CanOpen = d.CanOpen || !unicode.IsSpace(after)
		d.CanClose = d.CanClose || !unicode.IsSpace(before)
	}
	return n
}
