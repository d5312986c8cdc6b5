// Package text reads and changes running text: it finds names, words and sentences
// in the HTML of a Document, and makes punctuation typographic.
//
// Packages content, site and lint use it. Its functions take and return bytes or
// strings; it knows nothing of pages.
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

// Typographic replaces straight quotes, apostrophes, hyphens for dashes and three
// dots by the characters that Markdown bodies get.
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

// PlainText returns the text of Stripped without the space at its ends.
func PlainText(src []byte) string { return string(AppendPlain(nil, src)) }

// AppendPlain appends the PlainText of HTML.
func AppendPlain(b, src []byte) []byte {
	from := len(b)
	b = appendStripped(b, src)
	return append(b[:from], bytes.TrimSpace(b[from:])...)
}

// Stripped removes the tags from HTML, resolves its entities, and replaces every run
// of white space by one space.
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

// texts yields the texts between the tags of HTML.
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

// appendFolded appends a text with every run of white space replaced by one space.
// White space at the end of b[from:] counts as part of the run that follows.
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

// CountWords counts the words of HTML outside tags.
func CountWords(src []byte) (n int) {
	for text := range texts(src) {
		n += len(bytes.Fields(text))
	}
	return n
}

var apostrophes = strings.NewReplacer("'", "", "’", "")

// Slug makes an id from a heading: its words in lower case, joined by hyphens.
// Letters, digits, marks and underscores make words; apostrophes are dropped.
func Slug(s string) string {
	words := strings.FieldsFunc(apostrophes.Replace(s), func(r rune) bool { return !IsWord(r) && r != '_' })
	return strings.ToLower(strings.Join(words, "-"))
}
