package content

import (
	"bytes"
	"unicode/utf8"

	"analysis/builder/internal/diag"
)

// lines finds the line and column of a byte offset in a file.
type lines struct {
	file   string
	src    []byte
	starts []int // offset at which each line begins
}

// find fills starts.
func (l *lines) find() {
	l.starts = append(l.starts[:0], 0)
	for at := 0; ; {
		end := bytes.IndexByte(l.src[at:], '\n')
		if end < 0 {
			return
		}
		at += end + 1
		l.starts = append(l.starts, at)
	}
}

func (l *lines) at(offset int) diag.Position {
	offset = max(0, min(offset, len(l.src)))
	low, high := 0, len(l.starts)
	for high-low > 1 {
		if mid := (low + high) / 2; l.starts[mid] <= offset {
			low = mid
		} else {
			high = mid
		}
	}
	return diag.Position{File: l.file, Line: low + 1, Column: column(l.src[l.starts[low]:offset])}
}

// place is what lines.at gives, for a file of which one place is wanted.
func place(file string, src []byte, offset int) diag.Position {
	before := src[:max(0, min(offset, len(src)))]
	line := bytes.LastIndexByte(before, '\n') + 1
	return diag.Position{File: file, Line: bytes.Count(before, []byte{'\n'}) + 1, Column: column(before[line:])}
}

// column counts from 1, in characters, what stands before it on its line.
func column(before []byte) int { return utf8.RuneCount(before) + 1 }
