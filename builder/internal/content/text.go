package content

import (
	"bytes"
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	"analysis/builder/internal/diag"
)

// Typographic gives plain text the quotes, apostrophes and dashes that
// Markdown bodies get.
func Typographic(s string) string {
	if !strings.ContainsAny(s, `'"-.`) {
		return s
	}
	s = strings.NewReplacer("---", "—", "--", "–", "...", "…").Replace(s)
	var b strings.Builder
	before := ' '
	for _, r := range s {
		opens := unicode.IsSpace(before) || strings.ContainsRune("([{–—“‘", before)
		switch {
		case r == '"' && opens:
			r = '“'
		case r == '"':
			r = '”'
		case r == '\'' && opens:
			r = '‘'
		case r == '\'':
			r = '’'
		}
		b.WriteRune(r)
		before = r
	}
	return b.String()
}

// PlainText is Stripped without the white space at its ends.
func PlainText(src []byte) string { return strings.TrimSpace(Stripped(src)) }

// Stripped takes the tags from a piece of a Document's HTML, resolves its
// entities, and makes every run of white space one space.
func Stripped(src []byte) string {
	var b strings.Builder
	b.Grow(len(src))
	for len(src) > 0 {
		open := bytes.IndexByte(src, '<')
		if open < 0 {
			b.Write(src)
			break
		}
		b.Write(src[:open])
		shut := bytes.IndexByte(src[open:], '>')
		if shut < 0 {
			break
		}
		src = src[open+shut+1:]
	}
	return folded(html.UnescapeString(b.String()))
}

// folded makes every run of white space one space.
func folded(s string) string {
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if c == ' ' || '\t' <= c && c <= '\r' {
				c = ' '
				if n := len(b); n > 0 && b[n-1] == ' ' {
					i++
					continue
				}
			}
			b = append(b, c)
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		switch n := len(b); {
		case !unicode.IsSpace(r):
			b = append(b, s[i:i+size]...)
		case n == 0 || b[n-1] != ' ':
			b = append(b, ' ')
		}
		i += size
	}
	return string(b)
}

// countWords counts the words of HTML outside its tags.
func countWords(src []byte) int {
	n, inTag, inWord := 0, false, false
	for _, c := range src {
		switch {
		case c == '<':
			inTag, inWord = true, false
		case c == '>':
			inTag = false
		case inTag:
		case c == ' ' || c == '\n' || c == '\t':
			inWord = false
		case !inWord:
			inWord = true
			n++
		}
	}
	return n
}

// slug makes an id of a heading: letters and digits of every script in lower
// case, everything between them one hyphen.
func slug(s string) string {
	var b strings.Builder
	gap := false
	for _, r := range s {
		switch {
		case r == '’' || r == '\'':
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '_':
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(unicode.ToLower(r))
		default:
			gap = true
		}
	}
	return b.String()
}

// lines finds the line and column of a byte offset in a file.
type lines struct {
	file   string
	src    []byte
	starts []int // offset at which each line begins
}

func newLines(file string, src []byte) *lines {
	starts := make([]int, 1, 1+bytes.Count(src, []byte{'\n'}))
	for i, c := range src {
		if c == '\n' {
			starts = append(starts, i+1)
		}
	}
	return &lines{file, src, starts}
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
	column := utf8.RuneCount(l.src[l.starts[low]:offset]) + 1
	return diag.Position{File: l.file, Line: low + 1, Column: column}
}
