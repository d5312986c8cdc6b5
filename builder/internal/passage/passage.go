// Package passage splits the plain text of a source into paragraphs and sentences and
// makes their fingerprints, so that a copy held elsewhere can be compared with a record
// that does not republish it. The file static/js/copy.js does the same in a browser; both
// are tested with testdata/sentences.json.
//
// A paragraph is a line that is not empty. Its fingerprint is the SHA-256 of its text in
// the Unicode form NFC, with each run of white space folded to one space and none at the
// ends.
//
// The fingerprint of a sentence is the first 8 hex digits of the SHA-256 of its text after
// Fold: as above, and with quotation marks and apostrophes made straight, dashes made
// hyphens, and soft hyphens left out.
//
// A sentence ends behind a full stop, a question mark, an exclamation mark or an ellipsis,
// and behind the quotation marks and brackets that close with it, if white space or nothing
// follows and the next word does not go on: it begins with a lower-case letter, or a comma,
// semicolon or colon comes first. The signs of other scripts (Sentence_Terminal in Unicode,
// such as 。 । ۔ ؟) end a sentence with no white space behind them too. A full stop ends none
//   - behind an initial, that is a capital letter that stands alone: J. K. Rowling, U.S. Army;
//   - behind a title or an abbreviation of the list below: Lt. Gen., St., vs., e.g.;
//   - behind an abbreviation such as No., p. or Feb. before a number: No. 7, Feb. 29;
//   - behind a number of up to three digits that begins a sentence: 4. Enhanced stability.
//
// A full stop between a word and such a number ends a sentence: in "gain.4. Enhanced" the
// second one begins with "4.".
//
// Deliberately absent: headings within a paragraph, and rules of single languages.
package passage

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Paragraph is a paragraph of a plain text, and the number of its line.
type Paragraph struct {
	Line int
	Text string
}

// Paragraphs returns the lines of a plain text that are not empty.
func Paragraphs(text []byte) (list []Paragraph) {
	n := 0
	for line := range strings.Lines(strings.TrimPrefix(string(text), "\ufeff")) {
		n++
		if s := strings.TrimSpace(line); s != "" {
			list = append(list, Paragraph{n, s})
		}
	}
	return list
}

// Fingerprint returns the fingerprint of a paragraph, 64 lower-case hex digits.
func Fingerprint(paragraph string) string {
	sum := sha256.Sum256([]byte(strings.Join(strings.Fields(norm.NFC.String(paragraph)), " ")))
	return hex.EncodeToString(sum[:])
}

// Print returns the fingerprint of a sentence, 8 lower-case hex digits.
func Print(sentence string) string {
	sum := sha256.Sum256([]byte(Fold(sentence)))
	return hex.EncodeToString(sum[:4])
}

// Proof returns the lines of YAML with which the page of a source states the fingerprints
// of a paragraph and of its sentences.
func Proof(paragraph string, sentences []string) string {
	return fmt.Sprintf("    sha256: %s\n    sentences: [%s]\n", paragraph, strings.Join(sentences, ", "))
}

// Prints returns the fingerprints of the sentences of a paragraph.
func Prints(paragraph string) (list []string) {
	for _, s := range Sentences(paragraph) {
		list = append(list, Print(s))
	}
	return list
}

var signs = func() *strings.Replacer {
	list := []string{"\u00ad", ""}
	for _, to := range []struct{ from, to string }{{"“”„‟«»″", `"`}, {"‘’‚‛‹›′", "'"}, {"‐‑‒–—―−", "-"}} {
		for _, from := range to.from {
			list = append(list, string(from), to.to)
		}
	}
	return strings.NewReplacer(list...)
}()

// Fold returns a text without the differences of typesetting: in NFC, with single spaces,
// straight quotation marks and apostrophes, hyphens for dashes, and no soft hyphens.
func Fold(text string) string {
	return strings.Join(strings.Fields(signs.Replace(norm.NFC.String(text))), " ")
}

// Sentences returns the sentences of a paragraph after Fold.
func Sentences(paragraph string) (list []string) {
	s, from := Fold(paragraph), 0
	for i := range s {
		if end := end(s, i, from); end > from {
			list = append(list, strings.TrimSpace(s[from:end]))
			from = end
		}
	}
	if rest := strings.TrimSpace(s[from:]); rest != "" {
		list = append(list, rest)
	}
	return list
}

// End returns the offset of the end of the sentence that the character at s[i] closes, or
// -1 if it closes none. s has single spaces. The time may grow with i.
func End(s string, i int) int { return end(s, i, -1) }

// end is End for a sentence that begins at s[from], or -1 if that is not known.
func end(s string, i, from int) int {
	sign, size := utf8.DecodeRuneInString(s[i:])
	latin := strings.ContainsRune(".?!…", sign)
	if !latin && !unicode.Is(unicode.STerm, sign) {
		return -1
	}
	before, rest := s[:i], s[i+size:]
	if next, _ := utf8.DecodeRuneInString(rest); next == '…' || unicode.Is(unicode.STerm, next) {
		return -1 // the last of several signs ends the sentence
	}
	if sign == '.' && endsInLetter(before) && isListNumber(rest) {
		return i + size
	}
	rest = withoutClosing(rest)
	end := len(s) - len(rest)
	switch {
	case rest == "":
		return end
	case latin && rest[0] != ' ', goesOn(rest), sign == '.' && (isAbbreviation(before, rest) || isListed(s, i, from)):
		return -1
	}
	return end
}

// withoutClosing returns a text without the quotation marks and brackets at its beginning
// that close. A mark before a letter or digit opens.
func withoutClosing(s string) string {
	for s != "" {
		r, size := utf8.DecodeRuneInString(s)
		if !Closes(r) || !unicode.In(r, unicode.Pe, unicode.Pf) && beginsWithWord(s[size:]) {
			return s
		}
		s = s[size:]
	}
	return s
}

// Closes reports whether a quotation mark or bracket may close with a sentence.
func Closes(r rune) bool {
	return unicode.In(r, unicode.Pe, unicode.Pf) || strings.ContainsRune(`"'“‘`, r)
}

// goesOn reports whether a text behind the sign of an end goes on with the sentence.
func goesOn(rest string) bool {
	rest = strings.TrimPrefix(rest, " ")
	if r, _ := utf8.DecodeRuneInString(rest); strings.ContainsRune(",;:，；：、،؛", r) {
		return true
	}
	rest = strings.TrimLeft(rest, ` "'“”‘’„‚«»‹›([-–—`)
	r, _ := utf8.DecodeRuneInString(rest)
	return unicode.IsLower(r)
}

// abbreviations are words before a full stop that ends no sentence. The value is true if
// that is so before a number alone.
var abbreviations = map[string]bool{
	"Mr": false, "Mrs": false, "Ms": false, "Dr": false, "Prof": false, "Gen": false, "Lt": false, "Col": false, "Maj": false,
	"Capt": false, "Cmdr": false, "Sgt": false, "Brig": false, "Adm": false, "Sen": false, "Rep": false, "Gov": false, "Pres": false,
	"Hon": false, "Rev": false, "St": false, "Mt": false, "Ft": false, "vs": false, "cf": false, "viz": false, "approx": false,
	"ca": false, "e.g": false, "i.e": false,
	"No": true, "Nos": true, "Nr": true, "Art": true, "Arts": true, "Fig": true, "Figs": true, "Vol": true, "Ch": true, "Sec": true,
	"p": true, "pp": true, "Jan": true, "Feb": true, "Mar": true, "Apr": true, "Jun": true, "Jul": true, "Aug": true, "Sep": true,
	"Sept": true, "Oct": true, "Nov": true, "Dec": true,
}

// isAbbreviation reports whether a text ends in an initial or an abbreviation, of which a
// full stop before rest is a part.
func isAbbreviation(before, rest string) bool {
	word := before[lastOf(before, func(r rune) bool { return !unicode.IsLetter(r) && r != '.' }):]
	if word == "" {
		return false
	}
	last := word[strings.LastIndexByte(word, '.')+1:]
	if r, size := utf8.DecodeRuneInString(last); size == len(last) && unicode.IsUpper(r) {
		return true
	}
	number, known := abbreviations[word]
	next, _ := utf8.DecodeRuneInString(strings.TrimPrefix(rest, " "))
	return known && (!number || unicode.IsDigit(next))
}

// isListed reports whether s[:i] ends in the number of a list, at the beginning of a
// sentence: at s[from], if that is known.
func isListed(s string, i, from int) bool {
	before := s[:i]
	at := lastOf(before, func(r rune) bool { return !unicode.IsDigit(r) })
	if at == len(before) || utf8.RuneCountInString(before[at:]) > 3 {
		return false
	}
	start := strings.TrimSuffix(before[:at], " ")
	if len(start) == at && strings.HasSuffix(start, ".") {
		return endsInLetter(start[:at-1]) // "gain.4"
	}
	if from >= 0 {
		return len(start) == from
	}
	sign := lastOf(start, func(r rune) bool { return !Closes(r) })
	_, size := utf8.DecodeLastRuneInString(start[:sign])
	return start == "" || sign > 0 && End(s, sign-size) == len(start)
}

// lastOf returns the offset behind the last character of s for which is holds, or 0.
func lastOf(s string, is func(rune) bool) int {
	i := strings.LastIndexFunc(s, is)
	if i < 0 {
		return 0
	}
	_, size := utf8.DecodeRuneInString(s[i:])
	return i + size
}

func endsInLetter(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return unicode.IsLetter(r)
}

func beginsWithWord(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

// isListNumber reports whether a text begins with the number of a list: "4. Enhanced".
func isListNumber(s string) bool {
	digits := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsDigit(r) })
	return digits > 0 && utf8.RuneCountInString(s[:digits]) <= 3 && (strings.HasPrefix(s[digits:], ". ") || strings.HasPrefix(s[digits:], ") "))
}
