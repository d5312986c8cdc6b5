// Package diag holds the messages of the builder for authors: what is wrong, where, and
// what to do about it.
//
// It imports no other package of the builder. Most stops of a build return diagnostics,
// and none prints them. The command and the preview print all diagnostics of a build
// together, sorted.
//
// Invariant: a mistake of the author is a Diagnostic. A failure of the environment (a
// full disk, a missing folder) is an error, which may also have a hint: see WithHint.
package diag

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Position is a place in a file. Line and Column count from 1; Column counts
// characters, not bytes. Line 0 means the file as a whole.
type Position struct {
	File   string `json:"file"`
	Line   int    `json:"line,omitempty"`
	Column int    `json:"column,omitempty"`
}

// String returns "file:line:column", or the part of it that is known.
func (p Position) String() string {
	file := Printable(p.File)
	switch {
	case p.Line == 0:
		return file
	case p.Column == 0:
		return fmt.Sprintf("%s:%d", file, p.Line)
	}
	return fmt.Sprintf("%s:%d:%d", file, p.Line, p.Column)
}

// Severity says whether a site may be published despite a Diagnostic.
type Severity string

const (
	Error   Severity = "error"   // nothing is published
	Warning Severity = "warning" // published, unless the check is strict
	Note    Severity = "note"    // published; worth knowing, but need not be corrected
)

// Diagnostic is one finding. Message is lower case without a full stop; Hint
// says what to do and may be empty.
type Diagnostic struct {
	Position
	Severity Severity `json:"severity"`
	Message  string   `json:"message"`
	Hint     string   `json:"hint,omitempty"`
}

// Errorf makes an error without a hint.
func Errorf(pos Position, format string, args ...any) Diagnostic {
	return Diagnostic{Position: pos, Severity: Error, Message: fmt.Sprintf(format, args...)}
}

// Warningf makes a warning without a hint.
func Warningf(pos Position, format string, args ...any) Diagnostic {
	return Diagnostic{Position: pos, Severity: Warning, Message: fmt.Sprintf(format, args...)}
}

// Notef makes a note without a hint.
func Notef(pos Position, format string, args ...any) Diagnostic {
	return Diagnostic{Position: pos, Severity: Note, Message: fmt.Sprintf(format, args...)}
}

// WithHint returns d with the hint set.
func (d Diagnostic) WithHint(format string, args ...any) Diagnostic {
	d.Hint = fmt.Sprintf(format, args...)
	return d
}

// String returns one line, and a second, indented line for the hint.
func (d Diagnostic) String() string {
	return withHint(fmt.Sprintf("%s: %s: %s", d.Position, d.Severity, Printable(d.Message)), d.Hint)
}

// Annotation returns d as a command of a GitHub workflow, which shows it beside the line of the file;
// file is its path from the top of the repository. The text is that of String, for the log.
func (d Diagnostic) Annotation(file string) string {
	level, escape := string(d.Severity), strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	if d.Severity == Note {
		level = "notice"
	}
	at := "file=" + strings.NewReplacer(":", "%3A", ",", "%2C").Replace(escape.Replace(file))
	if d.Line > 0 {
		at += fmt.Sprintf(",line=%d", d.Line)
	}
	if d.Column > 0 {
		at += fmt.Sprintf(",col=%d", d.Column)
	}
	return "::" + level + " " + at + "::" + escape.Replace(d.String())
}

// Printable returns a text in which control characters, line breaks, marks that change
// the direction of a line and bytes that are not UTF-8 are written as in Go: "\x1b". So no
// text of others can move the cursor of a terminal, or begin a line that looks like ours.
func Printable(s string) string {
	bad := func(r rune) bool {
		return unicode.IsControl(r) || r == utf8.RuneError || r >= 0x200e && unicode.In(r, unicode.Zl, unicode.Zp, unicode.Bidi_Control)
	}
	if strings.IndexFunc(s, bad) < 0 {
		return s
	}
	var b strings.Builder
	for len(s) > 0 {
		r, size := utf8.DecodeRuneInString(s)
		if text := s[:size]; bad(r) && text != "\ufffd" {
			quoted := strconv.QuoteToASCII(text)
			b.WriteString(quoted[1 : len(quoted)-1])
		} else {
			b.WriteString(text)
		}
		s = s[size:]
	}
	return b.String()
}

// printableLines is Printable for a text of several lines.
func printableLines(s string) string {
	lines := strings.Split(s, "\n")
	for i := range lines {
		lines[i] = Printable(lines[i])
	}
	return strings.Join(lines, "\n")
}

// Sort sorts a list by file, line, column and message.
func Sort(list []Diagnostic) {
	slices.SortFunc(list, func(a, b Diagnostic) int {
		return cmp.Or(
			cmp.Compare(a.File, b.File),
			cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Column, b.Column),
			cmp.Compare(a.Message, b.Message),
		)
	})
}

// Count returns the number of errors and warnings in the list.
func Count(list []Diagnostic) (errors, warnings int) {
	for _, d := range list {
		switch d.Severity {
		case Error:
			errors++
		case Warning:
			warnings++
		}
	}
	return errors, warnings
}

// Number formats a number with its noun: "1 page", "2 pages".
func Number(n int, noun string) string { return Plural(n, noun, noun+"s") }

// Plural is Number for a noun with an irregular plural.
func Plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// In returns a copy of the list with folder put before every file name.
func In(folder string, list []Diagnostic) []Diagnostic {
	out := slices.Clone(list)
	for i := range out {
		out[i].File = strings.TrimSuffix(folder+"/"+out[i].File, "/") // "" is the folder itself
	}
	return out
}

// hinted is an error with a hint.
type hinted struct {
	error
	hint string
}

func (h hinted) Unwrap() error { return h.error }

// WithHint returns err with a hint, which says what to do about it.
func WithHint(err error, hint string) error { return hinted{err, hint} }

// Describe returns the message of an error, and a second, indented line for the hint of
// the error or of one that it wraps.
func Describe(err error) string {
	var h hinted
	errors.As(err, &h)
	return withHint(printableLines(err.Error()), h.hint)
}

func withHint(message, hint string) string {
	if hint == "" {
		return message
	}
	return message + "\n  hint: " + printableLines(hint)
}
