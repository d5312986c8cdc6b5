package text

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Signs are the replacements of other characters than quotes, in pairs, as for
// strings.NewReplacer.
var Signs = [...]string{"---", "—", "--", "–", "...", "…", "<<", "«", ">>", "»"}

var signs = strings.NewReplacer(Signs[:]...)

// Typographic replaces straight quotes, apostrophes, hyphens for dashes, three dots and
// double angles. Bodies get the same characters, by the same rules.
func Typographic(s string) string {
	s = signs.Replace(s)
	if !strings.ContainsAny(s, `'"`) {
		return s
	}
	var b strings.Builder
	var q Quotes
	before := ' '
	for i, r := range s {
		if r == '\'' || r == '"' {
			r = q.Curl(r, before, s[i+1:])
		}
		b.WriteRune(r)
		before = r
	}
	return b.String()
}

// Quotes makes the straight quotes of one block of text typographic, in order.
type Quotes struct {
	open int // double quotes that are not closed yet
}

// Curl returns the form of a quote or apostrophe between a character and the text that
// follows it: at the beginning of a word it opens, at the end it closes. It returns the
// quote itself if it may be another sign, such as that of inches.
func (q *Quotes) Curl(quote, before rune, rest string) rune {
	after := ' '
	if rest != "" {
		after, _ = utf8.DecodeRuneInString(rest)
	}
	gapBefore, gapAfter := unicode.IsSpace(before), unicode.IsSpace(after)
	signBefore, signAfter := isSign(before), isSign(after)
	opens := !gapAfter && (!signAfter || gapBefore || signBefore)
	closes := !gapBefore && (!signBefore || gapAfter || signAfter)
	if opens && closes { // inside a word, or between signs
		unspaced := IsUnspaced(before) || IsUnspaced(after)
		opens = isOpener(before) || signBefore && isOpener(after) || quote == '"' && unspaced && q.open == 0
		closes = !opens && (unspaced || signBefore && signAfter)
	}
	switch {
	case quote == '\'':
		return curlSingle(opens, closes, before, rest)
	case opens:
		q.open++
		return '“'
	case closes && q.open > 0 && !(unicode.IsDigit(before) && after == '"'): // “Monitor 21"”
		q.open--
		return '”'
	}
	return quote
}

func curlSingle(opens, closes bool, before rune, rest string) rune {
	switch after, _ := utf8.DecodeRuneInString(rest); {
	case opens && !isElision(rest):
		return '‘'
	case opens, closes, unicode.IsLetter(before), IsWord(before) && unicode.IsLetter(after):
		return '’'
	}
	return '\'' // 5'10
}

// elisions are what follows an apostrophe: words, and endings where markup divides the
// word, as in *Dawn*'s.
var elisions = strings.Fields("bout em gainst kay neath nuff til tis tisn twas twasn tween twere twill twixt twould s m t d ve ll re")

// isElision reports whether an apostrophe, not a quote, stands before rest: 'tis, '90s,
// 'n'. A word between two quotes is no elision.
func isElision(rest string) bool {
	end := WordEnd(rest, 0)
	word, rest := strings.ToLower(rest[:end]), rest[end:]
	if word == "n" {
		return strings.HasPrefix(rest, "' ") || strings.HasPrefix(rest, "’ ")
	}
	if after, quoted := strings.CutPrefix(rest, "'"); quoted && WordEnd(after, 0) == 0 {
		return false
	}
	year := strings.TrimSuffix(word, "s")
	return slices.Contains(elisions, word) || len(year) == 2 && unicode.IsDigit(rune(year[0])) && unicode.IsDigit(rune(year[1]))
}

func isSign(r rune) bool { return unicode.IsPunct(r) || unicode.IsSymbol(r) }

func isOpener(r rune) bool { return strings.ContainsRune("([{–—“‘«", r) }
