// Package text reads and shapes running text: names, words and sentences in the
// HTML of a Document, and the marks of typography.
//
// Packages content, site and lint use it. In come bytes or strings, out go
// others; it knows no pages.
package text

import (
	"bytes"
	"html"
	"iter"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

var dashes = strings.NewReplacer("---", "—", "--", "–", "...", "…")

var quotes = map[rune]struct{ opening, closing rune }{'"': {'“', '”'}, '\'': {'‘', '’'}}

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
		if curly, ok := quotes[r]; ok {
			r = curly.closing
			if unicode.IsSpace(before) || strings.ContainsRune("([{–—“‘", before) {
				r = curly.opening
			}
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
	return append(b[:from], bytes.TrimSpace(b[from:])...)
}

// Stripped takes the tags from a piece of a Document's HTML, resolves its
// entities, and makes every run of white space one space.
func Stripped(src []byte) string { return string(appendStripped(nil, src)) }

func appendStripped(b, src []byte) []byte {
	from := len(b)
	b = slices.Grow(b, len(src))
	for text := range texts(src) {
		if bytes.IndexByte(text, '&') >= 0 {
			text = []byte(html.UnescapeString(string(text)))
		}
		b = appendFolded(b, text, from)
	}
	return b
}

// texts lists the stretches of text between the tags of HTML.
func texts(src []byte) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		for len(src) > 0 {
			text, rest, _ := bytes.Cut(src, []byte("<"))
			if !yield(text) {
				return
			}
			_, src, _ = bytes.Cut(rest, []byte(">"))
		}
	}
}

// appendFolded appends a text, every run of white space made one space, also with
// the white space before it from an offset on.
func appendFolded(b, text []byte, from int) []byte {
	for i := 0; i < len(text); {
		start := i
		for i < len(text) && text[i] < utf8.RuneSelf && (text[i] > ' ' || i > start && text[i] == ' ' && text[i-1] != ' ') {
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
func CountWords(src []byte) (n int) {
	for text := range texts(src) {
		n += len(bytes.Fields(text))
	}
	return n
}

var apostrophes = strings.NewReplacer("'", "", "’", "")

// Slug makes an id of a heading: letters and digits of every script in lower
// case, everything between them one hyphen.
func Slug(s string) string {
	words := strings.FieldsFunc(apostrophes.Replace(s), func(r rune) bool { return !IsWord(r) && r != '_' })
	return strings.ToLower(strings.Join(words, "-"))
}
