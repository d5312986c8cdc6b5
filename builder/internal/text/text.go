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
	"unicode"
	"unicode/utf8"
)

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

// CountWords counts the words of HTML outside tags, for the time to read them. Of a
// script without spaces, nine characters count as four words, or as two if they are
// those of an alphabet.
func CountWords(src []byte) int {
	words, syllables, letters := 0, 0, 0
	for text := range texts(src) {
		inWord := false
		for _, r := range string(text) {
			switch s := scriptOf(r); {
			case unicode.IsSpace(r):
				inWord = false
				continue
			case s == unspaced:
				if !unicode.IsMark(r) {
					letters++
				}
			case s != spaced:
				syllables++
			case !inWord:
				words++
			}
			inWord = true
		}
	}
	return words + (4*syllables+2*letters)/9
}
