package content

import (
	"bytes"
	"cmp"
	"sort"
	"unicode/utf8"

	"analysis/builder/internal/diag"
)

// positions finds the line and column of offsets in a file. The time does not depend
// on the length of the file or of its lines.
type positions struct {
	file  string
	src   []byte
	marks []mark // one about every stride bytes
}

const stride = 1024

// mark is the position of an offset at which a character begins.
type mark struct{ at, line, column int }

func newPositions(file string, src []byte) positions {
	p := positions{file, src, make([]mark, 0, len(src)/stride+1)}
	for m := (mark{0, 1, 1}); ; {
		p.marks = append(p.marks, m)
		next := len(p.marks) * stride
		for next < len(src) && !utf8.RuneStart(src[next]) {
			next++
		}
		if next >= len(src) {
			return p
		}
		m = m.advance(src, next)
	}
}

// at returns the position of an offset. Line and column count from 1, columns in
// characters.
func (p positions) at(offset int) diag.Position {
	offset = max(0, min(offset, len(p.src)))
	i := min(offset/stride, len(p.marks)-1)
	if p.marks[i].at > offset {
		i--
	}
	m := p.marks[i].advance(p.src, offset)
	return diag.Position{File: p.file, Line: m.line, Column: m.column}
}

func (m mark) advance(src []byte, to int) mark {
	part := src[m.at:to]
	if last := bytes.LastIndexByte(part, '\n'); last >= 0 {
		m.line, m.column = m.line+bytes.Count(part, []byte{'\n'}), 1
		part = part[last+1:]
	}
	return mark{to, m.line, m.column + utf8.RuneCount(part)}
}

func (p positions) offset(pos diag.Position) int {
	i := sort.Search(len(p.marks), func(i int) bool {
		return cmp.Or(cmp.Compare(p.marks[i].line, pos.Line), cmp.Compare(p.marks[i].column, pos.Column)) > 0
	})
	m := p.marks[max(0, i-1)]
	for m.at < len(p.src) && (m.line < pos.Line || m.line == pos.Line && m.column < pos.Column) {
		_, size := utf8.DecodeRune(p.src[m.at:])
		m = m.advance(p.src, m.at+size)
	}
	return m.at
}
