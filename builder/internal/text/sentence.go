package text

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Block returns the stretch of HTML around src[at:end] in which no sentence ends
// by markup: that of a paragraph, a cell, an item of a list.
func Block(src []byte, at, end int) (start, stop int) {
	for i := bytes.LastIndexByte(src[:at], '<'); i >= 0; i = bytes.LastIndexByte(src[:i], '<') {
		if !isInline(src[i:]) {
			start = i + bytes.IndexByte(src[i:], '>') + 1
			break
		}
	}
	for stop = end; ; stop++ {
		i := bytes.IndexByte(src[stop:], '<')
		if i < 0 {
			return start, len(src)
		}
		if stop += i; !isInline(src[stop:]) {
			return start, stop
		}
	}
}

// isInline reports whether a tag is of an element that does not end a sentence.
func isInline(tag []byte) bool {
	switch string(tagName(tag)) {
	case "a", "em", "strong", "code", "del", "sup", "input", "img", "span":
		return true
	}
	return false
}

func tagName(tag []byte) []byte {
	tag = bytes.TrimPrefix(tag[1:], []byte("/"))
	if i := bytes.IndexAny(tag, " >"); i >= 0 {
		return tag[:i]
	}
	return tag
}

// noteMark begins the mark of a footnote in a Document's HTML.
const noteMark = `<sup id="fnref`

// WithoutNotes returns HTML without the marks of footnotes.
func WithoutNotes(src []byte) []byte {
	if !bytes.Contains(src, []byte(noteMark)) {
		return src
	}
	var b []byte
	for {
		before, rest, found := bytes.Cut(src, []byte(noteMark))
		if !found {
			return append(b, src...)
		}
		b = append(b, before...)
		_, src, _ = bytes.Cut(rest, []byte("</sup>"))
	}
}

// Sentence cuts what is before and after a phrase in its block down to the
// sentence that it is in, and to about 200 bytes on each side. All three
// are plain text in single spaces; the results share one string.
func Sentence(before, phrase, after string) (left, middle, right string) {
	s := before + phrase + after
	at, end := len(before), len(before)+len(phrase)
	from, to := lastEnd(s, at), firstEnd(s, end)
	left = clipLeft(strings.TrimLeft(s[from:at], " "))
	middle = strings.TrimSpace(phrase)
	whole := left + middle + clipRight(strings.TrimRight(s[end:to], " "))
	return whole[:len(left)], whole[len(left) : len(left)+len(middle)], whole[len(left)+len(middle):]
}

// lastEnd is the last end of a sentence in s that is not behind at, and firstEnd
// the first one that is not before it. The offset is behind the closing mark and
// its quotes. If there is none, it is the start or the end of s.
func lastEnd(s string, at int) int {
	for i := at - 1; i >= 0; i-- {
		if end := sentenceEnd(s, i); 0 <= end && end <= at {
			return end
		}
	}
	return 0
}

func firstEnd(s string, at int) int {
	// A mark before it has its end behind it if all between them closes.
	start := len(strings.TrimRightFunc(s[:at], isCloser))
	for i := max(0, start-1); i < len(s); i++ {
		if end := sentenceEnd(s, i); end >= at {
			return end
		}
	}
	return len(s)
}

// sentenceEnd is the end of the sentence that the mark s[i] closes, or -1 if it
// closes none.
func sentenceEnd(s string, i int) int {
	if s[i] != '.' && s[i] != '?' && s[i] != '!' {
		return -1
	}
	rest := strings.TrimLeftFunc(s[i+1:], isCloser)
	next, _ := utf8.DecodeRuneInString(strings.TrimLeft(rest, " "))
	if rest != "" && (rest[0] != ' ' || unicode.IsLower(next)) || isAbbreviation(s[:i]) {
		return -1
	}
	return len(s) - len(rest)
}

// isCloser reports whether a quote or bracket belongs to the sentence before it.
func isCloser(r rune) bool { return strings.ContainsRune(`'")]”’`, r) }

// isAbbreviation reports whether a full stop behind s would close an initial or
// a common title and not a sentence.
func isAbbreviation(s string) bool {
	switch word := s[strings.LastIndexAny(s, " .(")+1:]; word {
	case "Mr", "Mrs", "Ms", "Dr", "Gen", "Lt", "No", "St", "vs":
		return true
	default:
		return len(word) == 1 && unicode.IsUpper(rune(word[0]))
	}
}

// clipped is how many bytes are shown at most on either side of a phrase.
const clipped = 200

func clipLeft(s string) string {
	if len(s) <= clipped {
		return s
	}
	s = strings.ToValidUTF8(s[len(s)-clipped:], "")
	return "…" + s[max(0, strings.IndexByte(s, ' ')):]
}

func clipRight(s string) string {
	if len(s) <= clipped {
		return s
	}
	s = s[:clipped]
	if i := strings.LastIndexByte(s, ' '); i > 0 {
		s = s[:i]
	}
	return strings.ToValidUTF8(s, "") + " …"
}
