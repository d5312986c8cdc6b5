package content

import (
	"bytes"
	"sync"

	"analysis/builder/internal/frontmatter"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	ghtml "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
)

// Parser parses Markdown files. It may be used by several goroutines at once.
type Parser struct {
	full    parser.Parser
	lean    parser.Parser // of texts without a bare address, which is sought at every space
	writes  []writeFunc   // by kind of node
	writers sync.Pool     // of *writer
	fronts  *frontmatter.Parser
}

// NewParser sets up the one dialect that the site is written in.
func NewParser() *Parser {
	p := &Parser{full: dialect(extension.Linkify), lean: dialect(), writes: writeFuncs(), fronts: frontmatter.NewParser()}
	p.writers.New = func() any { return &writer{writes: p.writes, used: map[string]bool{}} }
	return p
}

func dialect(more ...goldmark.Extender) parser.Parser {
	quotes := map[extension.TypographicPunctuation]string{
		extension.LeftSingleQuote: "‘", extension.RightSingleQuote: "’",
		extension.LeftDoubleQuote: "“", extension.RightDoubleQuote: "”",
		extension.EnDash: "–", extension.EmDash: "—", extension.Ellipsis: "…",
		extension.LeftAngleQuote: "«", extension.RightAngleQuote: "»", extension.Apostrophe: "’",
	}
	typographer := parser.InlineParser(extension.NewTypographerParser(extension.WithTypographicSubstitutions(quotes)))
	return goldmark.New(
		goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.TaskList, extension.Footnote, extension.DefinitionList),
		goldmark.WithExtensions(more...),
		goldmark.WithParserOptions(
			parser.WithBlockParsers(
				util.Prioritized(headingParser{parser.NewSetextHeadingParser(parser.WithHeadingAttribute())}, 90),
				util.Prioritized(headingParser{parser.NewATXHeadingParser(parser.WithHeadingAttribute())}, 590),
				util.Prioritized(calloutParser{parser.NewBlockquoteParser()}, 790),
			),
			parser.WithInlineParsers(
				util.Prioritized(wikilinkParser{}, 150), util.Prioritized(spanParser{}, 160),
				util.Prioritized(punctuationParser{typographer}, 9999),
			),
		),
	).Parser()
}

// punctuationParser is goldmark's typographer, called at those characters alone
// of which it makes others.
type punctuationParser struct {
	parser.InlineParser
}

func (punctuationParser) Trigger() []byte { return []byte(`'"-.<>`) }

// dialectFor returns the cheapest parser that makes of a body what the full one
// does. That one cuts a text at every space, to seek an address there, and so
// leaves all white space but the last at the end of a line.
func (p *Parser) dialectFor(body []byte) parser.Parser {
	for _, sign := range []string{"://", "www.", "@"} {
		if bytes.Contains(body, []byte(sign)) {
			return p.full
		}
	}
	for rest := body; len(rest) > 0; {
		end := bytes.IndexByte(rest, '\n')
		if end < 0 {
			end = len(rest)
		}
		if end > 1 && util.IsSpace(rest[end-1]) && util.IsSpace(rest[end-2]) {
			return p.full
		}
		rest = rest[min(end+1, len(rest)):]
	}
	return p.lean
}

// writeFunc writes a node, once before what stands in it and once behind.
type writeFunc func(w *writer, n ast.Node, entering bool) ast.WalkStatus

// writing collects the functions that write each kind of node. goldmark's own
// are called where ours are missing.
type writing []writeFunc

func (s *writing) on(kind ast.NodeKind, f writeFunc) {
	for int(kind) >= len(*s) {
		*s = append(*s, func(*writer, ast.Node, bool) ast.WalkStatus { return ast.WalkContinue })
	}
	(*s)[kind] = f
}

// Register takes a function of goldmark's. It fails only if its writer does, and
// ours does not.
func (s *writing) Register(kind ast.NodeKind, f renderer.NodeRendererFunc) {
	s.on(kind, func(w *writer, n ast.Node, entering bool) ast.WalkStatus {
		status, _ := f(w, w.src, n, entering)
		return status
	})
}

func writeFuncs() []writeFunc {
	var s writing
	for _, theirs := range []renderer.NodeRenderer{
		ghtml.NewRenderer(), extension.NewTableHTMLRenderer(), extension.NewStrikethroughHTMLRenderer(),
		extension.NewFootnoteHTMLRenderer(), extension.NewDefinitionListHTMLRenderer(),
	} {
		theirs.RegisterFuncs(&s)
	}
	s.ours()
	return s
}
