package content

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	gtext "github.com/yuin/goldmark/text"

	"analysis/builder/internal/text"
)

// typographer makes punctuation typographic, by the rules of text.Typographic.
type typographer struct{}

// quotesKey is that of the block's text.Quotes.
var quotesKey = parser.NewContextKey()

func (typographer) Trigger() []byte { return []byte(`'"-.<>`) }

func (typographer) Parse(_ ast.Node, block gtext.Reader, pc parser.Context) ast.Node {
	line, _ := block.PeekLine()
	if c := line[0]; c == '\'' || c == '"' {
		quotes := pc.ComputeIfAbsent(quotesKey, func() any { return new(text.Quotes) }).(*text.Quotes)
		curly := quotes.Curl(rune(c), block.PrecendingCharacter(), string(line[1:min(len(line), 16)]))
		if curly == rune(c) {
			return nil
		}
		block.Advance(1)
		return ast.NewString([]byte(string(curly)))
	}
	for i := 0; i < len(text.Signs); i += 2 {
		if bytes.HasPrefix(line, []byte(text.Signs[i])) {
			block.Advance(len(text.Signs[i]))
			return ast.NewString([]byte(text.Signs[i+1]))
		}
	}
	return nil
}

// CloseBlock implements parser.CloseBlocker.
func (typographer) CloseBlock(_ ast.Node, _ gtext.Reader, pc parser.Context) { pc.Set(quotesKey, nil) }
