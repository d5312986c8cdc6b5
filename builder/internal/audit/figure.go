package audit

import (
	"regexp"
	"strconv"
	"strings"

	"analysis/builder/internal/passage"
	"analysis/builder/internal/site"
	"analysis/builder/internal/text"
)

// linked marks a link to another source. No text has it: Unicode leaves it to programs.
const linked = "\uf8ff"

// figures checks the numbers and dates of a claim, and the probability in its record.
func (a *auditor) figures(c site.PlacedClaim, cited cited) {
	stand, elsewhere := map[string]bool{}, map[string]bool{}
	add := func(to map[string]bool, s string) {
		for _, f := range figuresIn(s, a.english) {
			to[f.value] = true
		}
	}
	add(stand, cited.sentences)
	said := []string{c.Title, c.Likely}
	for _, b := range blocks(c.Written.Body.Body, nil) {
		var marked []byte
		from := 0
		for _, l := range b.links {
			if to := a.sources[nameIn(l)]; to != nil && to != a.Copy.Page {
				marked = append(append(marked, b.html[from:l.At-b.from]...), linked...)
				from = l.At - b.from
			}
		}
		for _, s := range passage.Sentences(text.PlainText(append(marked, b.html[from:]...))) {
			if strings.Contains(s, linked) {
				add(elsewhere, s)
			} else {
				said = append(said, s)
			}
		}
	}
	done := map[string]bool{}
	for _, f := range figuresIn(strings.Join(said, " | "), a.english) {
		if done[f.value] || strings.EqualFold(f.shown, "both") || elsewhere[f.value] && !stand[f.value] {
			continue
		}
		done[f.value] = true
		if a.Figures.add(stand[f.value]); !stand[f.value] {
			a.errorf(c.Doc.Locate(c.Written.At, f.shown), "correct it, cite the sentence that has it, or link to the source that it is from in the same sentence",
				"the claim %q says %q, which does not stand in %s", c.ID, f.shown, cited.places)
		}
	}
}

// figure is a number or a month as it is compared, and as it is written.
type figure struct{ value, shown string }

var (
	mark = regexp.MustCompile(`¶\s*[\d.]+(?:[–-]\d+)?`)
	// token matches a word or a number.
	token  = regexp.MustCompile(`\pL[\pL\pN]*|\p{Nd}+(?:[.,]\p{Nd}+)*(?:st|nd|rd|th|s)?|-`)
	months = regexp.MustCompile(`^(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)$`)
)

// numbers are English words for numbers. "One" is missing, since it is a pronoun too.
var numbers = map[string]float64{
	"zero": 0, "two": 2, "both": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
	"thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30,
	"forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}

var multiples = map[string]float64{"dozen": 12, "hundred": 100, "thousand": 1000, "million": 1e6, "billion": 1e9}

// figuresIn returns the numbers in a text, and the months beside them: "19", "nineteen",
// "29 February". Numbers spelt out are read in English alone.
func figuresIn(s string, english bool) (list []figure) {
	tokens := token.FindAllString(mark.ReplaceAllString(passage.Fold(s), ""), -1)
	last := -9 // the token with the end of the last number
	for i, t := range tokens {
		n, digits := number(t)
		small, spelt := numbers[strings.ToLower(t)]
		times, many := multiples[strings.ToLower(t)]
		unit := last == i-2 && i > 1 && tokens[i-1] == "-" // of "twenty-one"
		if unit && t == "one" {
			small, spelt = 1, true
		}
		switch {
		case digits:
			list, last = append(list, figure{n, t}), i
		case !english:
		case months.MatchString(t) && (i > 0 && isNumber(tokens[i-1]) || i+1 < len(tokens) && isNumber(tokens[i+1])):
			list = append(list, figure{t[:3], t})
		case many && last == i-1 || spelt && small < 10 && unit:
			before := &list[len(list)-1]
			value, _ := strconv.ParseFloat(before.value, 64)
			if many {
				value *= times
			} else {
				value += small
			}
			*before, last = figure{format(value), before.shown}, i
		case spelt, many: // "a dozen"
			small = max(small, times)
			list, last = append(list, figure{format(small), t}), i
		}
	}
	return list
}

// number returns the value of a token of digits, without commas: "1,137" is "1137".
func number(t string) (value string, ok bool) {
	value = text.Digits(strings.ReplaceAll(strings.TrimRight(t, "stndrh"), ",", ""))
	return value, value != "" && '0' <= value[0] && value[0] <= '9'
}

func isNumber(t string) bool { _, ok := number(t); return ok }

func format(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
