package layout

import (
	"bytes"
	"errors"
	"html/template"
	"regexp"
	"sort"
	"strconv"
	"strings"
	texttemplate "text/template"
	"text/template/parse"
	"unicode/utf8"

	"analysis/builder/internal/compiled"
	"analysis/builder/internal/diag"
	"analysis/builder/internal/words"
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
		d.Position, d.Message = s.at(overrun.File, overrun.Offset), overrun.Unwrap().Error()
	case errors.As(err, &escape):
		d.Position = diag.Position{File: escape.Name, Line: escape.Line}
		d.Message, _, _ = strings.Cut(escape.Description, ": {state") // names that only html/template knows
		if escape.Node != nil {                                       // has the file; Name is the layout it was put into
			where, _ := (*parse.Tree)(nil).ErrorContext(escape.Node)
			d.Position, _ = position("template: "+where+": ", d.Position)
		}
	default:
		d.Position, d.Message = position(err.Error(), diag.Position{File: layout})
	}
	if page != "" {
		d.Hint = "seen while rendering " + page
	}
	if text, ok := s.files[d.File]; ok && d.Line == 0 {
		d.Line = 1 + bytes.Count(bytes.TrimSpace(text), []byte{'\n'}) // a mistake at the end of the file
	}
	d.Column = max(d.Column, 1)
	return s.inCharacters(d)
}

// quoted matches a token in a message of the parser.
var quoted = regexp.MustCompile(`"([^"]+)"|<([^>]+)>`)

// columnOf returns the column of a syntax error, in bytes. The error has only a line, but
// the parser stops at the first error, so the token that causes it is at the end of the
// shortest beginning of the file that has the same error.
func columnOf(err error, name string, text []byte, w *words.Set) int {
	end := sort.Search(len(text), func(n int) bool {
		_, e := parseFile(name, text[:n], w)
		return e != nil && e.Error() == err.Error()
	})
	before, start := text[:end], max(end-1, 0)
	switch {
	case bytes.HasSuffix(before, []byte("{{")), bytes.HasSuffix(before, []byte("}}")):
		start = max(bytes.LastIndex(before, []byte("{{")), 0)
	case bytes.HasSuffix(before, []byte("\n")):
		return 1
	}
	for _, m := range quoted.FindAllStringSubmatch(err.Error(), -1) {
		if i := bytes.LastIndex(before, []byte(m[1]+m[2])); i >= start || i+len(m[1]+m[2]) == end && i >= 0 {
			start = i
		}
	}
	return start - bytes.LastIndexByte(text[:start], '\n')
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
