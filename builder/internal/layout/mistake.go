package layout

import (
	"bytes"
	"errors"
	"html/template"
	"regexp"
	"strconv"
	texttemplate "text/template"
	"text/template/parse"
	"unicode/utf8"

	"analysis/builder/internal/compiled"
	"analysis/builder/internal/diag"
)

// positioned matches a message of the standard library with a position before it. There
// is no other way to get the position.
var positioned = regexp.MustCompile(`^(?:html/)?template: ?([^:\s]+):(\d+)(?::(\d+))?: (?s:(.*))$`)

// position splits a text into a position and a message. If the text has no position, it
// returns otherwise. Columns in the text begin at 0.
func position(text string, otherwise diag.Position) (diag.Position, string) {
	m := positioned.FindStringSubmatch(text)
	if m == nil {
		return otherwise, text
	}
	at := diag.Position{File: m[1]}
	at.Line, _ = strconv.Atoi(m[2])
	if column, err := strconv.Atoi(m[3]); err == nil {
		at.Column = column + 1
	}
	return at, m[4]
}

// diagnosticOf turns a template error into a Diagnostic. page is the file of the page
// that was rendered, "" for none.
func (s *Set) diagnosticOf(err error, page, layout string) diag.Diagnostic {
	for {
		var outer, inner texttemplate.ExecError
		if !errors.As(err, &outer) || !errors.As(outer.Err, &inner) {
			break
		}
		err = inner // from a partial that a method rendered
	}
	d := diag.Errorf(diag.Position{}, "")
	var escape *template.Error
	var overrun *compiled.Overrun
	switch {
	case errors.As(err, &overrun):
		d.Position, d.Message = s.at(overrun.File, overrun.Offset), overrun.Err.Error()
	case errors.As(err, &escape):
		d.Position, d.Message = diag.Position{File: escape.Name, Line: escape.Line}, escape.Description
		if escape.Node != nil { // has the file; Name is the layout it was put into
			where, _ := (*parse.Tree)(nil).ErrorContext(escape.Node)
			d.Position, _ = position("template: "+where+": ", d.Position)
		}
	default:
		d.Position, d.Message = position(err.Error(), diag.Position{File: layout})
	}
	if page != "" {
		d.Hint = "seen while rendering " + page
	}
	return s.inCharacters(d)
}

// at returns the position of a byte of a file, with its column in bytes.
func (s *Set) at(file string, offset int) diag.Position {
	before := s.files[file][:offset]
	return diag.Position{File: file, Line: 1 + bytes.Count(before, []byte{'\n'}), Column: offset - bytes.LastIndexByte(before, '\n')}
}

// inCharacters converts a column from bytes, as in the standard library, to characters.
func (s *Set) inCharacters(d diag.Diagnostic) diag.Diagnostic {
	lines := bytes.Split(s.files[d.File], []byte{'\n'})
	if d.Column > 1 && d.Line > 0 && d.Line <= len(lines) && d.Column-1 <= len(lines[d.Line-1]) {
		d.Column = 1 + utf8.RuneCount(lines[d.Line-1][:d.Column-1])
	}
	return d
}
