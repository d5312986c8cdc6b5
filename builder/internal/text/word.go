package text

import (
	"bytes"
	"unicode"
	"unicode/utf8"
)

// IsWord reports whether r is part of a word: a letter, a digit or a mark.
func IsWord(r rune) bool {
	if r < utf8.RuneSelf {
		return isWordByte(byte(r))
	}
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r))
}

// isWordByte is IsWord for ASCII.
func isWordByte(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9' }

// WordEnd returns the offset at which the word that begins at s[i:] ends; i if
// none begins there.
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

// NextWord returns the first word s[start:end] that begins at or behind an offset
// of escaped HTML; both are its length if there is none. No word begins inside
// an entity.
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
