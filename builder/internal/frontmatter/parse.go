package frontmatter

import (
	"sync"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/kind"
)

// Parser parses front matter. It may be used by several goroutines at once.
type Parser struct {
	pools map[kind.Kind]*sync.Pool
}

// NewParser makes the schemas of all kinds.
func NewParser() *Parser {
	p := &Parser{map[kind.Kind]*sync.Pool{}}
	for _, k := range kind.OfFiles {
		p.pools[k] = &sync.Pool{New: func() any { return newFrontParser(k) }}
	}
	return p
}

// Parse reads the front matter of a file and returns the offset at which its body
// begins.
func (p *Parser) Parse(file string, k kind.Kind, src []byte) (front Front, body int, found []diag.Diagnostic) {
	text, body, closed := Split(src)
	if !closed {
		return front, body, []diag.Diagnostic{diag.Errorf(diag.Position{File: file, Line: 1, Column: 1}, "the front matter has no end").
			WithHint("put a line with three hyphens after its last key")}
	}
	pool := p.pools[k]
	f := pool.Get().(*frontParser)
	defer pool.Put(f)
	m := &matter{file: file, what: "the front matter", schema: f.schema}
	if body > 0 {
		m.line = 1
	}
	if body > 0 || f.own {
		m.decode(text)
	}
	front, f.front = f.front, Front{}
	if k == kind.Event && front.Precision != "" && front.Precision != front.Date.Precision() && len(m.found) == 0 {
		m.found = append(m.found, diag.Errorf(front.PrecisionAt,
			"the date %q does not have the precision %q", front.Date, front.Precision).
			WithHint("2024-12-24 is a day, 2024-12 a month, 2024 a year; unknown has no date"))
	}
	front.Dir = Directed(front.Lang, front.Dir)
	return front, body, m.found
}
