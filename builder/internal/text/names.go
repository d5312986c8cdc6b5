package text

import (
	"bytes"
	"cmp"
	"html"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Name is a name to find in a text, and the target of its link.
type Name[T comparable] struct {
	Text string
	To   T
}

// Names finds names in escaped HTML without tags. It is immutable.
type Names[T comparable] struct {
	byWord map[string][]Name[T] // by first word, longest name first; escaped, with single spaces
}

// NewNames makes a Names. It adds each name with both cases of its first letter,
// so that "safe havens" is found at the start of a sentence and "Strategic depth"
// inside one. It leaves out names that do not begin with a letter or digit.
func NewNames[T comparable](list []Name[T]) *Names[T] {
	n := &Names[T]{make(map[string][]Name[T], 2*len(list))}
	for _, name := range list {
		s := strings.Join(strings.Fields(name.Text), " ")
		first, size := utf8.DecodeRuneInString(s)
		if !IsWord(first) {
			continue
		}
		for _, r := range [2]rune{unicode.ToUpper(first), unicode.ToLower(first)} {
			escaped := html.EscapeString(string(r) + s[size:])
			word, c := escaped[:WordEnd([]byte(escaped), 0)], Name[T]{escaped, name.To}
			if !slices.Contains(n.byWord[word], c) {
				n.byWord[word] = append(n.byWord[word], c)
			}
		}
	}
	for _, list := range n.byWord {
		slices.SortStableFunc(list, func(a, b Name[T]) int {
			return cmp.Or(cmp.Compare(len(b.Text), len(a.Text)), cmp.Compare(a.Text, b.Text))
		})
	}
	return n
}

// Find returns the first name src[start:end] in src[from:to], a text without tags,
// and its target. ok is false if there is none. Only whole words match. A word may
// continue in the tags around src[from:to], see joined. Any white space matches a
// space in the name.
func (n *Names[T]) Find(src []byte, from, to int) (start, end int, target T, ok bool) {
	for i, wordEnd := NextWord(src[:to], from); i < to; i, wordEnd = NextWord(src[:to], wordEnd) {
		for _, c := range n.byWord[string(src[i:wordEnd])] {
			length := matchLength(src[i:to], c.Text)
			if length == 0 || startsInsideWord(src[i+length:to]) {
				continue
			}
			if endsInHyphen(src[from:i]) || joined(src, i, i+length) {
				break
			}
			return i, i + length, c.To, true
		}
	}
	return to, to, target, false
}

// matchLength returns the length of the text at the start of src that matches want,
// where any white space matches a space. It returns 0 if src does not match.
func matchLength(src []byte, want string) int {
	i := 0
	for j := range len(want) {
		start := i
		switch {
		case want[j] != ' ' && i < len(src) && src[i] == want[j]:
			i++
		case want[j] == ' ':
			for i < len(src) && (src[i] == ' ' || src[i] == '\n' || src[i] == '\t') {
				i++
			}
		}
		if i == start {
			return 0
		}
	}
	return i
}

// endsInHyphen reports whether src ends in a word and a hyphen, so that a word after
// src is the last part of a hyphenated word.
func endsInHyphen(src []byte) bool {
	before, hyphen := bytes.CutSuffix(src, []byte("-"))
	r, _ := utf8.DecodeLastRune(before)
	return hyphen && IsWord(r)
}

// startsInsideWord reports whether src begins with the rest of a word.
func startsInsideWord(src []byte) bool {
	r, _ := utf8.DecodeRune(bytes.TrimPrefix(src, []byte("-")))
	return IsWord(r)
}

// joined reports whether src[start:end] is part of a longer word that continues
// before or after inline tags.
func joined(src []byte, start, end int) bool {
	before, after := src[:start], src[end:]
	for bytes.HasSuffix(before, []byte(">")) {
		open := bytes.LastIndexByte(before, '<')
		if open < 0 || !isInsideWord(before[open:]) {
			break
		}
		before = before[:open]
	}
	for bytes.HasPrefix(after, []byte("<")) && isInsideWord(after) {
		after = after[bytes.IndexByte(after, '>')+1:]
	}
	l, _ := utf8.DecodeLastRune(before)
	r, _ := utf8.DecodeRune(after)
	return IsWord(l) || IsWord(r)
}

// isInsideWord reports whether a tag can be inside a word.
func isInsideWord(tag []byte) bool {
	return string(tagName(tag)) != "sup" && isInline(tag)
}

// IsWord reports whether r is part of a word: a letter, a digit or a mark.
func IsWord(r rune) bool {
	if r < utf8.RuneSelf {
		return isWordByte(byte(r))
	}
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r))
}

// isWordByte is like IsWord, for ASCII.
func isWordByte(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9' }

// WordEnd returns the offset of the end of the word that begins at s[i]. It returns
// i if no word begins there.
func WordEnd[T string | []byte](s T, i int) int {
	for i < len(s) {
		if c := s[i]; c < utf8.RuneSelf {
			if !isWordByte(c) {
				break
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(string(s[i:min(len(s), i+utf8.UTFMax)]))
		if !IsWord(r) {
			break
		}
		i += size
	}
	return i
}

// NextWord returns the first word s[start:end] in escaped HTML that begins at an
// offset or after it. It skips entities. Both results are len(s) if there is none.
func NextWord(s []byte, at int) (start, end int) {
	for at < len(s) {
		switch c := s[at]; {
		case c == '&':
			at += max(bytes.IndexByte(s[at:], ';'), 0) + 1
		case c < utf8.RuneSelf && !isWordByte(c):
			at++
		default:
			if end = WordEnd(s, at); end > at {
				return at, end
			}
			_, size := utf8.DecodeRune(s[at:])
			at += size
		}
	}
	return len(s), len(s)
}
