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

// place finds the position in the message of a template error, which the
// standard library gives in no other way.
var place = regexp.MustCompile(`^(?:html/)?template: ?([^:\s]+):(\d+)(?::(\d+))?: (?s:(.*))$`)

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
	d := diag.Errorf(diag.Position{File: layout}, "%s", err)
	var escape *template.Error
	if errors.As(err, &escape) {
		d.Position = diag.Position{File: escape.Name, Line: escape.Line}
		d.Message = escape.Description
		if escape.Node != nil { // knows the file, where Name is that of the layout it was put into
			where, _ := (*parse.Tree)(nil).ErrorContext(escape.Node)
			if m := place.FindStringSubmatch("template: " + where + ": "); m != nil {
				d.File = m[1]
				d.Line, _ = strconv.Atoi(m[2])
				if column, err := strconv.Atoi(m[3]); err == nil {
					d.Column = column + 1
				}
			}
		}
	} else if m := place.FindStringSubmatch(err.Error()); m != nil {
		d.File, d.Message = m[1], m[4]
		d.Line, _ = strconv.Atoi(m[2])
		if column, err := strconv.Atoi(m[3]); err == nil {
			d.Column = column + 1
		}
	}
	if page != "" {
		d.Hint = "seen while rendering " + page
	}
	return d
}

// inCharacters counts a column in characters, which the standard library counts
// in bytes.
func (s *Set) inCharacters(d diag.Diagnostic) diag.Diagnostic {
	lines := bytes.Split(s.sources[d.File], []byte{'\n'})
	if d.Column > 1 && d.Line > 0 && d.Line <= len(lines) && d.Column-1 <= len(lines[d.Line-1]) {
		d.Column = 1 + utf8.RuneCount(lines[d.Line-1][:d.Column-1])
	}
	return d
}
