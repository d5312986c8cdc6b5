package content

import (
	"bytes"
	"fmt"

	"github.com/yuin/goldmark/util"
)

// Limits of a body, far beyond what a text needs. The time of goldmark grows with the
// square of what they bound.
const (
	maxDepth       = 100     // quotations and lists in one another
	maxBackticks   = 100     // backticks in a row
	maxDelimiters  = 10_000  // signs of emphasis and quotation marks in a paragraph
	maxDefinitions = 5_000   // addresses of links in a paragraph
	maxFootnotes   = 2_000   // footnotes in a file
	maxMissing     = 10_000  // cells that the rows of a table lack
	maxAddresses   = 100_000 // bytes in which the ends of addresses are looked for, and
	maxOverlap     = 20      // so many times as long as the text
)

// delimiters are the signs among which goldmark looks for pairs.
var delimiters = []byte("*_~'\"")

// limits checks a body before goldmark parses it. Where it goes beyond a limit, found
// says so at an offset; "" if it goes beyond none.
type limits struct {
	src        []byte
	at         int // of a finding
	found      string
	hint       string
	previous   []byte // the text of the line before in the paragraph
	columns    int    // of the table around the line, 0 outside of tables
	missing    int    // cells that the rows of tables lack
	delimiters int    // in the paragraph, -1 if the body is too short to have too many
	defined    int    // addresses that the paragraph defines
	footnotes  int
	code       bool // the line is in a block of code
}

func checkLimits(src []byte) *limits {
	l := &limits{src: src, delimiters: -1}
	if len(src) > maxDelimiters {
		l.delimiters = 0
	}
	if i := bytes.Index(src, bytes.Repeat([]byte("`"), maxBackticks+1)); i >= 0 {
		l.report(i, "write fewer", "more than %d backticks in a row", maxBackticks)
	}
	l.checkAddresses()
	for at := 0; at < len(src) && l.found == ""; {
		line := src[at:]
		if i := bytes.IndexByte(line, '\n'); i >= 0 {
			line = line[:i+1]
		}
		l.checkLine(at, line)
		at += len(line)
	}
	return l
}

func (l *limits) report(at int, hint, format string, args ...any) {
	if l.found == "" {
		l.at, l.hint, l.found = at, hint, fmt.Sprintf(format, args...)
	}
}

// checkAddresses checks how far goldmark looks for the ends of the addresses of links. It
// looks at a text again for each bracket whose address does not end before the next.
func (l *limits) checkAddresses() {
	for at, work := 0, 0; ; {
		i := bytes.Index(l.src[at:], []byte("]("))
		if i < 0 {
			return
		}
		at += i + 2
		if work += addressLength(l.src[at:]); work > maxOverlap*len(l.src)+maxAddresses {
			l.report(at-1, `close it, or write \[ for a bracket that is only text`, "this and many brackets before it open a link that does not end")
			return
		}
	}
}

// addressLength returns the length of the text in which goldmark looks for the end of an
// address.
func addressLength(src []byte) int {
	angle, depth := len(src) > 0 && src[0] == '<', 0
	for i, c := range src {
		switch {
		case c == '\n', angle && c == '>', !angle && util.IsSpace(c):
			return i
		case c == '(':
			depth++
		case c == ')':
			if depth--; depth < 0 && !angle {
				return i
			}
		}
	}
	return len(src)
}

func (l *limits) checkLine(at int, line []byte) {
	text, depth, item := containers(line)
	if depth > maxDepth {
		l.report(at, "write them less deep", "more than %d quotations and lists in one another", maxDepth)
	}
	if len(text) == 0 {
		l.columns, l.defined, l.delimiters, l.previous = 0, 0, min(l.delimiters, 0), nil
		return
	}
	switch n := 0; {
	case l.columns > 0:
		if l.missing += max(0, l.columns-cells(text)); l.missing > maxMissing {
			l.report(at, "fill them, or take columns away", "the rows of this table and those before lack more than %d cells", maxMissing)
		}
	case text[0] == '[':
		l.checkDefinition(at, text)
	case (text[0] == '|' || text[0] == '-' || text[0] == ':') && len(bytes.Trim(text, "-:| \t")) == 0:
		if n = cells(text); bytes.IndexByte(text, '|') >= 0 && cells(l.previous) == n {
			l.columns = n
		}
	case bytes.HasPrefix(text, []byte("```")), bytes.HasPrefix(text, []byte("~~~")):
		l.code = !l.code
	}
	if l.delimiters >= 0 {
		l.countDelimiters(at, text, item || l.code || l.columns > 0 || bytes.HasPrefix(line, []byte("    ")))
	}
	l.previous = text
}

func (l *limits) checkDefinition(at int, text []byte) {
	switch {
	case !bytes.Contains(text, []byte("]:")):
	case text[1] == '^':
		if l.footnotes++; l.footnotes > maxFootnotes {
			l.report(at, "divide the page", "more than %d footnotes in one file", maxFootnotes)
		}
	default:
		if l.defined++; l.defined > maxDefinitions {
			l.report(at, "divide them by empty lines", "more than %d addresses of links in one paragraph", maxDefinitions)
		}
	}
}

// countDelimiters counts delimiters in the paragraph, of which a line may be the first.
func (l *limits) countDelimiters(at int, text []byte, first bool) {
	if first {
		l.delimiters = 0
	}
	for _, c := range delimiters {
		l.delimiters += bytes.Count(text, []byte{c})
	}
	if l.delimiters > maxDelimiters {
		l.report(at, "divide it by empty lines", "more than %d signs of emphasis and quotation marks in one paragraph", maxDelimiters)
	}
}

// containers returns a line without the signs of quotations and lists before its text,
// and without outer spaces. depth is the number of these signs, and item is true if one
// of them is that of a list.
func containers(line []byte) (text []byte, depth int, item bool) {
	text = bytes.TrimSpace(line)
	for len(line) > 0 && line[0] <= '>' && len(text) > 0 { // a letter at the beginning is no sign
		digits := 0
		for digits < min(9, len(text)-1) && '0' <= text[digits] && text[digits] <= '9' {
			digits++
		}
		sign, end := text[digits], digits+1
		list := end < len(text) && util.IsSpace(text[end]) &&
			(digits == 0 && (sign == '-' || sign == '+' || sign == '*') || digits > 0 && (sign == '.' || sign == ')'))
		if !list && (sign != '>' || digits > 0) {
			break
		}
		text, item = bytes.TrimLeft(text[end:], " \t"), item || list
		depth++
	}
	return text, depth, item
}

func cells(row []byte) int {
	row = bytes.TrimSuffix(bytes.TrimPrefix(row, []byte("|")), []byte("|"))
	return bytes.Count(row, []byte("|")) - bytes.Count(row, []byte(`\|`)) + 1
}
