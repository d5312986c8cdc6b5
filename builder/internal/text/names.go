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
	byWord map[string]*nameGroup[T] // by first word
}

// nameGroup is the names that begin with one word, escaped, with single spaces. They are
// found by their text, so that the time does not grow with their number.
type nameGroup[T comparable] struct {
	byPlain map[string]T // the targets by plainStart
	lengths []int        // of the keys, longest first
}

// NewNames makes a Names. It adds each name with both cases of its first letter,
// so that "safe havens" is found at the start of a sentence and "Strategic depth"
// inside one. It leaves out names that do not begin with a letter or digit, and single
// characters of a script without spaces, which are parts of too many words.
func NewNames[T comparable](list []Name[T]) *Names[T] {
	var all []Name[T]
	for _, name := range list {
		s := strings.ReplaceAll(string(visible([]byte(strings.Join(strings.Fields(name.Text), " ")))), "'", "’")
		first, size := utf8.DecodeRuneInString(s)
		if !IsWord(first) || size == len(s) && scriptOf(first) != spaced {
			continue
		}
		for _, r := range [2]rune{unicode.ToUpper(first), unicode.ToLower(first)} {
			all = append(all, Name[T]{html.EscapeString(string(r) + s[size:]), name.To})
		}
	}
	slices.SortStableFunc(all, func(a, b Name[T]) int {
		return cmp.Or(cmp.Compare(len(b.Text), len(a.Text)), cmp.Compare(a.Text, b.Text))
	})
	n := &Names[T]{make(map[string]*nameGroup[T], 2*len(list))}
	for _, name := range all {
		word := name.Text[:WordEnd(name.Text, 0)]
		g := n.byWord[word]
		if g == nil {
			g = &nameGroup[T]{byPlain: map[string]T{}}
			n.byWord[word] = g
		}
		plain, _ := plainStart([]byte(name.Text), len(name.Text))
		if _, taken := g.byPlain[string(plain)]; !taken {
			g.byPlain[string(plain)] = name.To
		}
	}
	for _, g := range n.byWord {
		for plain := range g.byPlain {
			g.lengths = append(g.lengths, len(plain))
		}
		slices.SortFunc(g.lengths, func(a, b int) int { return b - a })
		g.lengths = slices.Compact(g.lengths)
	}
	return n
}

// plainStart returns at least the first n bytes of a text, if it has as many, in a form
// in which everything is equal that Find takes as equal. ends has the offset in src behind
// the character of each of these bytes.
func plainStart(src []byte, n int) (plain []byte, ends []int) {
	plain, ends = make([]byte, 0, n+utf8.UTFMax), make([]int, 0, n+utf8.UTFMax)
	space := false
	for i := 0; i < len(src) && len(plain) < n; {
		r, size := utf8.DecodeRune(src[i:])
		i += size
		before := space
		if space = unicode.IsSpace(r); space {
			r = ' '
		}
		if r = plainRune(r); r >= 0 && !(before && space) {
			plain = utf8.AppendRune(plain, r)
		}
		for len(ends) < len(plain) {
			ends = append(ends, i)
		}
	}
	return plain, ends
}

// Find returns the first name src[start:end] in src[from:to], a text without tags,
// and its target. ok is false if there is none. Only whole words match. A word may
// continue in the tags around src[from:to], see joined. Any white space matches a
// space in the name, and any apostrophe another.
func (n *Names[T]) Find(src []byte, from, to int) (start, end int, target T, ok bool) {
	for i, wordEnd := nextWord(src[:to], from); i < to; i, wordEnd = nextWord(src[:to], wordEnd) {
		g := n.byWord[string(visible(src[i:wordEnd]))]
		if g == nil {
			continue
		}
		plain, ends := plainStart(src[i:to], g.lengths[0])
		for _, length := range g.lengths {
			if length > len(plain) {
				continue
			}
			target, ok := g.byPlain[string(plain[:length])]
			if !ok || endsInsideWord(src[:to], i+ends[length-1]) {
				continue
			}
			if end := i + ends[length-1]; !endsInHyphen(src[from:i]) && !joined(src, i, end) {
				return i, end, target, true
			}
			break
		}
	}
	return to, to, target, false
}

// endsInHyphen reports whether src ends in a word and a hyphen, so that a word after
// src is the last part of a hyphenated word.
func endsInHyphen(src []byte) bool {
	before, hyphen := bytes.CutSuffix(src, []byte("-"))
	r, _ := utf8.DecodeLastRune(before)
	return hyphen && IsWord(r)
}

// endsInsideWord reports whether the word that ends at src[at] continues, perhaps behind
// a hyphen.
func endsInsideWord(src []byte, at int) bool {
	rest, hyphen := bytes.CutPrefix(src[at:], []byte("-"))
	r, _ := utf8.DecodeRune(rest)
	return hyphen && IsWord(r) || continues(src[:at], rest)
}

// continues reports whether the last word of before continues in after.
func continues(before, after []byte) bool {
	l, _ := utf8.DecodeLastRune(bytes.TrimRightFunc(before, isInvisible))
	r, _ := utf8.DecodeRune(bytes.TrimLeftFunc(after, isInvisible))
	return IsWord(l) && IsWord(r) && (unicode.IsMark(r) || scriptOf(l) == scriptOf(r) && scriptOf(l) <= katakana)
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
	return continues(before, src[start:end]) || continues(src[start:end], after)
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

func isWordByte(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9' }

// script says where words end in a text.
type script uint8

const (
	spaced   script = iota // at a character that is not part of a word
	katakana               // the same, or at a character of another script
	syllabic               // after each character, as far as can be told: Han, Hiragana
	unspaced               // the same, in an alphabet: Thai, Lao, Khmer, Burmese
)

func scriptOf(r rune) script {
	switch {
	case r < '\u0e00':
		return spaced
	case r == 'ー' || unicode.Is(unicode.Katakana, r):
		return katakana
	case unicode.In(r, unicode.Han, unicode.Hiragana):
		return syllabic
	case unicode.In(r, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar):
		return unspaced
	}
	return spaced
}

// WordEnd returns the offset of the end of the word that begins at s[i]. It returns
// i if no word begins there. Of a script without spaces, each character with its marks
// is a word.
func WordEnd[T string | []byte](s T, i int) int {
	last, start := spaced, i
	for i < len(s) {
		if c := s[i]; c < utf8.RuneSelf {
			if !isWordByte(c) || last != spaced {
				break
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(string(s[i:min(len(s), i+utf8.UTFMax)]))
		if i == start || !unicode.IsMark(r) && !isInvisible(r) {
			now := scriptOf(r)
			if !IsWord(r) || i > start && (now != last || now > katakana) {
				break
			}
			last = now
		}
		i += size
	}
	return i
}

// nextWord returns the first word s[start:end] in escaped HTML that begins at an
// offset or after it. It skips entities. Both results are len(s) if there is none.
func nextWord(s []byte, at int) (start, end int) {
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
