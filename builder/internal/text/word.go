package text

import (
	"bytes"
	"unicode"
	"unicode/utf8"
)

// IsWord reports whether r is part of a word: a letter, a digit or a mark.
func IsWord(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r|0x20 && r|0x20 <= 'z' || '0' <= r && r <= '9'
	}
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r))
}

// WordEnd returns the offset at which the word that begins at s[i:] ends; i if
// none begins there.
func WordEnd[T string | []byte](s T, i int) int {
	for i < len(s) {
		r, size := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(string(s[i:min(len(s), i+utf8.UTFMax)]))
		}
		if !IsWord(r) {
			break
		}
		i += size
	}
	return i
}

// BeginsWord reports whether no word goes on at s[i:]: what stands there may be
// the beginning of one.
func BeginsWord(s []byte, i int) bool {
	r, _ := utf8.DecodeLastRune(s[:i])
	return !IsWord(r)
}

// NextWord returns the first word s[start:end] that begins at or behind an offset
// of escaped HTML; both are its length if there is none. No word begins inside
// an entity.
func NextWord(s []byte, at int) (start, end int) {
	for at < len(s) {
		if end = WordEnd(s, at); end > at {
			return at, end
		}
		if s[at] == '&' {
			at += max(bytes.IndexByte(s[at:], ';'), 0)
		}
		_, size := utf8.DecodeRune(s[at:])
		at += size
	}
	return len(s), len(s)
}
