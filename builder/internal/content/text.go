package content

import (
	"bytes"
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	"analysis/builder/internal/diag"
)

var dashes = strings.NewReplacer("---", "—", "--", "–", "...", "…")

// Typographic gives plain text the quotes, apostrophes and dashes that
// Markdown bodies get.
func Typographic(s string) string {
	if strings.Contains(s, "--") || strings.Contains(s, "...") {
		s = dashes.Replace(s)
	}
	if !strings.ContainsAny(s, `'"`) {
		return s
	}
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
	n := 0
	for len(src) > 0 {
		text, rest := src, []byte(nil)
		if open := bytes.IndexByte(src, '<'); open >= 0 {
			text, rest = src[:open], src[open:]
		}
		inWord := false
		for _, c := range text {
			gap := c == ' ' || c == '\n' || c == '\t'
			if !gap && !inWord {
				n++
			}
			inWord = !gap
		}
		shut := bytes.IndexByte(rest, '>')
		if shut < 0 {
			break
		}
		src = rest[shut+1:]
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
