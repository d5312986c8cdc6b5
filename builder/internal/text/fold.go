package text

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Fold returns the form of a name, an id or a fragment by which it is found. It is the
// same for spellings that readers take for the same: in any case, with any form of
// apostrophes, quotes, hyphens and spaces, composed or decomposed, with or without
// invisible characters. The search folds in the same way, and also drops diacritics (see
// search.Fold); testdata/fold.json holds examples for both.
func Fold(s string) string {
	if !isASCII(s) {
		s = norm.NFC.String(cases.Fold().String(Spelling(s)))
	}
	return strings.Join(strings.Fields(strings.ToLower(s)), " ")
}

// Spelling is like Fold, but keeps the case and the number of spaces. Paths of files
// are found by it.
func Spelling(s string) string {
	return norm.NFC.String(strings.Map(plainRune, s))
}

func isASCII[T string | []byte](s T) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// plainRune returns the plain form of an apostrophe, a quote, a hyphen or a space, and
// -1 for an invisible character.
func plainRune(r rune) rune {
	if r < utf8.RuneSelf {
		return r
	}
	switch r {
	case '‘', '’', '‛', '´', 'ʻ', 'ʼ', 'ʽ', 'ʾ', 'ʿ', '＇':
		return '\''
	case '“', '”', '„', '‟', '«', '»', '＂':
		return '"'
	case '\u2010', '\u2011': // hyphens, the second without a break
		return '-'
	}
	switch {
	case isInvisible(r):
		return -1
	case unicode.IsSpace(r):
		return ' '
	}
	return r
}

// invisible are characters that are not seen: soft hyphens, joiners, marks of
// direction, and selectors of variants.
var invisible = []*unicode.RangeTable{unicode.Cf, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector}

func isInvisible(r rune) bool {
	return r == '\u00ad' || r >= '\u034f' && unicode.In(r, invisible...) && !unicode.Is(unicode.Prepended_Concatenation_Mark, r)
}

// visible returns a word without invisible characters.
func visible(word []byte) []byte {
	if isASCII(word) {
		return word
	}
	return bytes.Map(func(r rune) rune {
		if isInvisible(r) {
			return -1
		}
		return r
	}, word)
}

// Slug makes an id from a heading: its words in lower case, joined by hyphens.
// Letters, digits, marks and underscores make words; apostrophes are dropped.
func Slug(s string) string {
	var b strings.Builder
	inWord := false
	for _, r := range Spelling(s) {
		switch {
		case r == '\'':
		case r == '_' || IsWord(r) && (inWord || !unicode.IsMark(r)):
			if !inWord && b.Len() > 0 {
				b.WriteByte('-')
			}
			b.WriteRune(unicode.ToLower(r))
			inWord = true
		default:
			inWord = false
		}
	}
	return b.String()
}

// HostSlug returns the id that Git hosts give a heading: in lower case, a hyphen for
// each space, and without punctuation other than hyphens and underscores.
func HostSlug(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case r == '-' || IsWord(r) || unicode.Is(unicode.Pc, r):
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}
