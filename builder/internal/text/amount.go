package text

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// Amount is what a figure such as "at least 20 militants" says as a number.
type Amount struct {
	Low, High float64 // equal if it is no range
	Bound     string  // ">" (at least, over), "<" (at most), "~" (about) or ""
	Said      string  // the figure as it is written, up to its unit: "at least 20"
	Rest      string  // what is behind: "militants"
}

// AmountWords are the words of figures, one per line, each with " = " and what it means:
// ">" at least, "<" at most, "~" about, "-" between the two numbers of a range, or a
// number. A word with "+" stands behind the number and means at least.
const AmountWords = "at least = >\nover = >\nmore than = >\nabove = >\nat most = <\nup to = <\nfewer than = <\nless than = <\nunder = <\n" +
	"about = ~\naround = ~\nnearly = ~\nalmost = ~\nsome = ~\nroughly = ~\nor more = +\nto = -\nand = -\nor = -\nnone = 0\nnobody = 0\nzero = 0\none = 1\ntwo = 2\n" +
	"three = 3\nfour = 4\nfive = 5\nsix = 6\nseven = 7\neight = 8\nnine = 9\nten = 10\neleven = 11\ntwelve = 12\nthirteen = 13\nfourteen = 14\n" +
	"fifteen = 15\nsixteen = 16\nseventeen = 17\neighteen = 18\nnineteen = 19\ntwenty = 20\nthirty = 30\nforty = 40\nfifty = 50\na hundred = 100\na thousand = 1000"

// ValidAmountWord reports whether a line has the form of those of AmountWords.
func ValidAmountWord(line string) bool { return amountWord.MatchString(line) }

var (
	amountWord = regexp.MustCompile(`^\S.* = ([<>~+-]|\d{1,15})$`)
	// Digits with separators of thousands and a decimal point or comma. "1.000" is left
	// out, since languages read it in two ways.
	number = regexp.MustCompile(`^(\d{1,3}(?:[,\x{a0}\x{202f}\x{2009} '’]\d{3})+|\d{1,3}(?:\.\d{3}){2,}|\d{1,15}(?:\.(?:\d{1,2}|\d{4,6})|,\d{1,2})?)`)
)

// ReadAmount reads a figure with some words. It returns false for one that does not
// begin with a number, after such words.
func ReadAmount(figure, words string) (a Amount, ok bool) {
	r := amountReader{rest: Digits(figure), words: strings.Split(words, "\n")}
	// A longer word counts before its beginning: "more than" before "more".
	slices.SortStableFunc(r.words, func(x, y string) int { return len(y) - len(x) })
	a.Bound = r.sign("<", ">", "~")
	if a.Low, ok = r.number(); !ok {
		return a, false
	}
	a.High = a.Low
	before := r.rest
	r.rest = strings.TrimLeft(before, " ")
	high := strings.TrimLeft(r.rest, "-–—")
	if isRange := len(high) < len(r.rest); isRange || r.sign("-") != "" {
		if isRange {
			r.rest = strings.TrimLeft(high, " ")
		}
		if n, ok := r.number(); ok && n > a.Low {
			a.High, before = n, r.rest
		}
	}
	if r.rest = strings.TrimLeft(before, " "); r.sign("+") != "" {
		a.Bound, before = ">", r.rest
		if before != "" && !strings.ContainsRune(afterWord, rune(before[0])) {
			before = " " + before
		}
	}
	if next, _, _ := strings.Cut(before, " "); len(next) > 0 && (unicode.IsDigit(rune(next[0])) || next[0] == '.' || next[0] == '-' && len(next) > 1) {
		return a, false // a date, or a number of another form
	}
	if unit := strings.IndexAny(before+" ", " ,;:("); unit > 0 { // as in 94%
		before = before[min(unit, len(before)):]
	}
	at := len(Digits(figure)) - len(before)
	a.Said, a.Rest = strings.TrimSpace(Digits(figure)[:at]), strings.TrimLeft(before, " ,;:")
	return a, true
}

// amountReader reads a figure from its beginning.
type amountReader struct {
	rest  string
	words []string
}

// afterWord are the signs that may follow a word without a space.
const afterWord = ",;:("

// word cuts a word off whose meaning fits, and returns the meaning.
func (r *amountReader) word(fits func(meaning string) bool) string {
	for _, line := range r.words {
		word, meaning, found := strings.Cut(line, " = ")
		if !found || !fits(meaning) || len(r.rest) < len(word) || !strings.EqualFold(r.rest[:len(word)], word) {
			continue
		}
		if after := strings.TrimLeft(r.rest[len(word):], " "); after == "" || len(after) < len(r.rest)-len(word) || strings.ContainsRune(afterWord, rune(after[0])) {
			r.rest = after
			return meaning
		}
	}
	return ""
}

func (r *amountReader) sign(signs ...string) string {
	return r.word(func(meaning string) bool { return slices.Contains(signs, meaning) })
}

func (r *amountReader) number() (float64, bool) {
	written := number.FindString(r.rest)
	if written == "" {
		written = r.word(func(meaning string) bool { return meaning[0] >= '0' && meaning[0] <= '9' })
		n, err := strconv.ParseFloat(written, 64)
		return n, err == nil
	}
	r.rest = r.rest[len(written):]
	plain := strings.NewReplacer("\u00a0", "", "\u202f", "", "\u2009", "", " ", "", "'", "", "’", "").Replace(written)
	if strings.Count(plain, ".") > 1 {
		plain = strings.ReplaceAll(plain, ".", "")
	}
	if i := strings.LastIndexByte(plain, ','); i >= 0 && len(plain)-i == 4 {
		plain = strings.ReplaceAll(plain, ",", "")
	}
	n, err := strconv.ParseFloat(strings.Replace(plain, ",", ".", 1), 64)
	return n, err == nil && !math.IsInf(n, 0)
}

// Digits replaces the digits of all scripts by those of ASCII.
func Digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < unicode.MaxASCII || !unicode.IsDigit(r) {
			return r
		}
		value := '0'
		for ; value < '9' && unicode.IsDigit(r-1); r-- {
			value++
		}
		return value
	}, s)
}
