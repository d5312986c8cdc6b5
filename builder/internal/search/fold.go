package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"analysis/builder/internal/text"
)

// Fold returns the form in which the search compares words: that of text.Fold, without
// apostrophes and diacritics, and with one form of each Arabic letter and digit. It is
// what static/js/search.js does in the browser; package browser compares them.
func Fold(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return r == '\'' || r >= utf8.RuneSelf }) {
		return strings.ToLower(s)
	}
	drop := func(r rune) rune {
		if r == '\'' || unicode.Is(dropped, r) {
			return -1
		}
		return unicode.ToLower(r)
	}
	return norm.NFC.String(letters.Replace(strings.Map(drop, norm.NFKD.String(text.Spelling(s)))))
}

// dropped are the diacritics of Latin, Greek and Cyrillic, Hebrew and Arabic, and the
// tatweel. Vowel signs of other scripts stay: they are not left out in writing.
var dropped = &unicode.RangeTable{R16: []unicode.Range16{
	{Lo: 0x0300, Hi: 0x036f, Stride: 1}, {Lo: 0x0591, Hi: 0x05c7, Stride: 1}, {Lo: 0x0610, Hi: 0x061a, Stride: 1},
	{Lo: 0x0640, Hi: 0x0640, Stride: 1}, {Lo: 0x064b, Hi: 0x065f, Stride: 1}, {Lo: 0x0670, Hi: 0x0670, Stride: 1}, {Lo: 0x06d6, Hi: 0x06ed, Stride: 1},
}}

// letters are those that have no decomposition in Unicode. Persian and Urdu have other
// characters for some Arabic letters; keyboards and copied texts mix them.
var letters = strings.NewReplacer("ß", "ss", "æ", "ae", "œ", "oe", "ø", "o", "ł", "l", "đ", "d", "ð", "d", "þ", "th", "ı", "i", "ς", "σ",
	"ٱ", "ا", "ك", "ک", "ي", "ی", "ى", "ی", "ه", "ہ", "ة", "ہ", "ۃ", "ہ",
	"٠", "0", "١", "1", "٢", "2", "٣", "3", "٤", "4", "٥", "5", "٦", "6", "٧", "7", "٨", "8", "٩", "9",
	"۰", "0", "۱", "1", "۲", "2", "۳", "3", "۴", "4", "۵", "5", "۶", "6", "۷", "7", "۸", "8", "۹", "9")
