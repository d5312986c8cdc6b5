package text

import "unicode"

// signsOfEastAsia are the punctuation of Chinese and Japanese, and the full-width forms.
var signsOfEastAsia = &unicode.RangeTable{R16: []unicode.Range16{{0x3001, 0x303f, 1}, {0xfe30, 0xfe4f, 1}, {0xff01, 0xff60, 1}, {0xffe0, 0xffe6, 1}}}

// IsEastAsian reports whether r is a character of Chinese or Japanese. A line break
// between two of them is no space.
func IsEastAsian(r rune) bool {
	return r >= 0x2e80 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Bopomofo, signsOfEastAsia)
}

// IsUnspaced reports whether r belongs to a script in which words need not stand between
// spaces, so that quotes and emphasis begin and end inside a run of letters. In Korean
// these are particles after a word.
func IsUnspaced(r rune) bool {
	return r >= 0x0e00 && (IsEastAsian(r) || unicode.In(r, unicode.Hangul, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar))
}

// Break returns what a line break between two characters stands for: a space, or nothing.
func Break(before, after rune) string {
	if IsEastAsian(before) && IsEastAsian(after) {
		return ""
	}
	return " "
}
