package text

import (
	"bytes"
	"html"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
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
func PlainText(src []byte) string { return string(AppendPlain(nil, src)) }

// AppendPlain appends the PlainText of a piece of HTML.
func AppendPlain(b, src []byte) []byte {
	from := len(b)
	b = appendStripped(b, src)
	end := len(b)
	if end > from && b[end-1] == ' ' {
		end--
	}
	if end > from && b[from] == ' ' {
		end = from + copy(b[from:], b[from+1:end])
	}
	return b[:end]
}

// Stripped takes the tags from a piece of a Document's HTML, resolves its
// entities, and makes every run of white space one space.
func Stripped(src []byte) string { return string(appendStripped(nil, src)) }

func appendStripped(b, src []byte) []byte {
	from := len(b)
	b = slices.Grow(b, len(src))
	eachText(src, func(text []byte) {
		if bytes.IndexByte(text, '&') >= 0 {
			text = []byte(html.UnescapeString(string(text)))
		}
		b = appendFolded(b, text, from)
	})
	return b
}

// eachText calls f for the stretches of text between the tags of HTML.
func eachText(src []byte, f func(text []byte)) {
	for len(src) > 0 {
		open := bytes.IndexByte(src, '<')
		if open < 0 {
			f(src)
			return
		}
		f(src[:open])
		shut := bytes.IndexByte(src[open:], '>')
		if shut < 0 {
			return
		}
		src = src[open+shut+1:]
	}
}

// appendFolded appends a text, every run of white space made one space, also with
// the white space before it from an offset on.
func appendFolded(b, text []byte, from int) []byte {
	for i := 0; i < len(text); {
		start := i
		for i < len(text) && text[i] > ' ' && text[i] < utf8.RuneSelf {
			i++
		}
		b = append(b, text[start:i]...)
		r, size := utf8.DecodeRune(text[i:])
		switch {
		case !unicode.IsSpace(r):
			b = append(b, text[i:i+size]...)
		case len(b) == from || b[len(b)-1] != ' ':
			b = append(b, ' ')
		}
		i += size
	}
	return b
}

// CountWords counts the words of HTML outside its tags.
func CountWords(src []byte) int {
	n := 0
	eachText(src, func(text []byte) {
		inWord := false
		for _, c := range text {
			space := c == ' ' || c == '\n' || c == '\t'
			if !space && !inWord {
				n++
			}
			inWord = !space
		}
	})
	return n
}

// Slug makes an id of a heading: letters and digits of every script in lower
// case, everything between them one hyphen.
func Slug(s string) string {
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
