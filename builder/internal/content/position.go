package content

import (
	"bytes"
	"unicode/utf8"

	"analysis/builder/internal/diag"
)

// position is the line and column of a byte offset in a file, both counted from
// 1, the column in characters.
func position(file string, src []byte, offset int) diag.Position {
	before := src[:max(0, min(offset, len(src)))]
	line := bytes.LastIndexByte(before, '\n') + 1
	return diag.Position{File: file, Line: bytes.Count(before, []byte{'\n'}) + 1, Column: utf8.RuneCount(before[line:]) + 1}
}
