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

	"analysis/builder/internal/diag"
)

// place matches a position before a message of the standard library, which gives
// it in no other way.
var place = regexp.MustCompile(`^(?:html/)?template: ?([^:\s]+):(\d+)(?::(\d+))?: (?s:(.*))$`)

// position splits a message from the position before it, or, if there is none,
// returns the one that is given. Columns in the message begin at 0.
func position(text string, otherwise diag.Position) (diag.Position, string) {
	m := place.FindStringSubmatch(text)
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

// located turns a template error into a Diagnostic. page names the file whose
// page was being rendered, if any.
func located(err error, page, layout string) diag.Diagnostic {
	for {
		var outer, inner texttemplate.ExecError
		if !errors.As(err, &outer) || !errors.As(outer.Err, &inner) {
			break
		}
		err = inner // of a partial that a method rendered
	}
	d := diag.Errorf(diag.Position{}, "")
	var escape *template.Error
	if errors.As(err, &escape) {
		d.Position, d.Message = diag.Position{File: escape.Name, Line: escape.Line}, escape.Description
		if escape.Node != nil { // knows the file, where Name is that of the layout it was put into
			where, _ := (*parse.Tree)(nil).ErrorContext(escape.Node)
			d.Position, _ = position("template: "+where+": ", d.Position)
		}
	} else {
		d.Position, d.Message = position(err.Error(), diag.Position{File: layout})
	}
	if page != "" {
		d.Hint = "seen while rendering " + page
	}
	return d
}

// inCharacters counts a column in characters, which the standard library counts
// in bytes.
func (s *Set) inCharacters(d diag.Diagnostic) diag.Diagnostic {
	lines := bytes.Split(s.files[d.File], []byte{'\n'})
	if d.Column > 1 && d.Line > 0 && d.Line <= len(lines) && d.Column-1 <= len(lines[d.Line-1]) {
		d.Column = 1 + utf8.RuneCount(lines[d.Line-1][:d.Column-1])
	}
	return d
}
