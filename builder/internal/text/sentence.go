package text

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"analysis/builder/internal/passage"
)

// maxReach is the maximum number of bytes of HTML on either side of a phrase in which
// its sentence is looked for.
const maxReach = 2000

// Block returns the range of the block of HTML around src[at:end], or of what is within
// reach of it, perhaps with a part of a character: the content of a paragraph, a table cell
// or a list item. Sentences never continue beyond a block.
func Block(src []byte, at, end int) (start, stop int) {
	first, last := max(0, at-maxReach), min(len(src), end+maxReach)
	start = first
	if i := bytes.IndexAny(src[first:at], "<>"); i >= 0 && src[first+i] == '>' { // of a tag that begins before
		start += i + 1
	}
	for i := bytes.LastIndexByte(src[first:at], '<'); i >= 0; i = bytes.LastIndexByte(src[first:first+i], '<') {
		if !isInline(src[first+i:]) {
			start = first + i + bytes.IndexByte(src[first+i:], '>') + 1
			break
		}
	}
	for stop = end; ; stop++ {
		i := bytes.IndexByte(src[stop:last], '<')
		if i < 0 {
			return start, last
		}
		if stop += i; !isInline(src[stop:]) {
			return start, stop
		}
	}
}

// isInline reports whether a tag belongs to an element that can be inside a sentence.
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

// noteMark is the beginning of a footnote mark in a Document's HTML.
const noteMark = `<sup id="fnref`

// WithoutNotes returns HTML without footnote marks.
func WithoutNotes(src []byte) []byte {
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

// Sentence shortens the texts before and after a phrase to the sentence that contains
// the phrase, and to about 140 bytes each. The arguments are plain text with single
// spaces. The results share one string, to save memory.
func Sentence(before, phrase, after string) (left, middle, right string) {
	s := before + phrase + after
	at, end := len(before), len(before)+len(phrase)
	from, to := lastEnd(s, at), firstEnd(s, end)
	left = clipLeft(strings.TrimLeft(s[from:at], " "))
	middle = strings.TrimSpace(phrase)
	whole := left + middle + clipRight(strings.TrimRight(s[end:to], " "))
	return whole[:len(left)], whole[len(left) : len(left)+len(middle)], whole[len(left)+len(middle):]
}

// lastEnd returns the offset of the last end of a sentence in s[:at], or 0. The end
// is after the full stop and closing quotes. firstEnd returns the first end at at or
// after it, or len(s).
func lastEnd(s string, at int) int {
	for i := at - 1; i >= 0; i-- {
		if !utf8.RuneStart(s[i]) {
			continue
		}
		if end := passage.End(s, i); 0 <= end && end <= at {
			return end
		}
	}
	return 0
}

func firstEnd(s string, at int) int {
	// The full stop may be before at, if only closing quotes are between them.
	start := strings.LastIndexFunc(s[:at], func(r rune) bool { return !passage.Closes(r) })
	for i := range s[max(0, start):] {
		if end := passage.End(s, max(0, start)+i); end >= at {
			return end
		}
	}
	return len(s)
}

// maxContext is the maximum number of bytes shown on either side of a phrase.
const maxContext = 140

func clipLeft(s string) string {
	if len(s) <= maxContext {
		return s
	}
	s = strings.ToValidUTF8(s[len(s)-maxContext:], "")
	return "…" + s[max(0, strings.IndexByte(s, ' ')):]
}

func clipRight(s string) string {
	if len(s) <= maxContext {
		return s
	}
	s = s[:maxContext]
	if i := strings.LastIndexByte(s, ' '); i > 0 {
		s = s[:i]
	}
	return strings.ToValidUTF8(s, "") + " …"
}
