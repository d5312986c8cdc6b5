package search

import (
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/kljensen/snowball/english"
	"github.com/kljensen/snowball/french"
	"github.com/kljensen/snowball/hungarian"
	"github.com/kljensen/snowball/norwegian"
	"github.com/kljensen/snowball/russian"
	"github.com/kljensen/snowball/spanish"
	"github.com/kljensen/snowball/swedish"

	"analysis/builder/internal/text"
)

// words is "words.js": what the search knows of the words that stand on the site.
type words struct {
	Stop []string   `json:"stop"` // words such as "the", which count little
	Same [][]string `json:"same"` // forms of a word, numerals and number words, synonyms
}

// stemmers are the languages whose words are brought to a stem, by the Snowball
// algorithms (https://snowballstem.org).
var stemmers = map[string]struct {
	stem   func(word string, stopWords bool) string
	isStop func(word string) bool
}{
	"en": {english.Stem, english.IsStopWord}, "es": {spanish.Stem, spanish.IsStopWord}, "fr": {french.Stem, french.IsStopWord},
	"hu": {hungarian.Stem, hungarian.IsStopWord}, "nb": {norwegian.Stem, norwegian.IsStopWord}, "no": {norwegian.Stem, norwegian.IsStopWord},
	"ru": {russian.Stem, russian.IsStopWord}, "sv": {swedish.Stem, swedish.IsStopWord},
}

// wordsInput is everything that words depends on.
type wordsInput struct {
	language, synonyms, numbers string     // as in frontmatter.Config
	found                       [][]string // words of the texts and entries, in parts
}

func (in wordsInput) same(o wordsInput) bool {
	return in.language == o.language && in.synonyms == o.synonyms && in.numbers == o.numbers && slices.EqualFunc(in.found, o.found, slices.Equal)
}

// wordsOf groups the words of a site. Words of other languages are only in groups that
// the publisher wrote.
func wordsOf(in wordsInput) words {
	all, folded := map[string]bool{}, map[string]bool{}
	for _, part := range in.found {
		for _, w := range part {
			all[w] = true
			if f := Fold(w); f != w {
				folded[f] = true
			}
		}
	}
	w, forms := words{Stop: []string{}, Same: [][]string{}}, map[string][]string{}
	synonyms := strings.FieldsFunc(text.Fold(strings.ReplaceAll(in.synonyms, "\n", ",")), func(r rune) bool { return r == ',' || r == ' ' })
	language, _, _ := strings.Cut(in.language, "-")
	if s, known := stemmers[strings.ToLower(language)]; known {
		for _, word := range slices.Sorted(maps.Keys(all)) {
			if s.isStop(word) && !slices.Contains(synonyms, word) {
				w.Stop = append(w.Stop, word)
			} else if len(word) > 2 && !unicode.IsDigit(rune(word[0])) {
				stem := s.stem(word, false)
				forms[stem] = append(forms[stem], word)
			}
		}
	}
	for _, stem := range slices.Sorted(maps.Keys(forms)) {
		w.add(forms[stem])
	}
	for line := range strings.SplitSeq(in.numbers, "\n") {
		word, number, _ := strings.Cut(line, " = ")
		found := func(w string) bool { return all[w] || folded[w] }
		if number != "" && unicode.IsDigit(rune(number[0])) && (found(Fold(word)) || found(number)) {
			w.add([]string{word, number})
		}
	}
	for line := range strings.SplitSeq(in.synonyms, "\n") {
		var group []string
		for word := range strings.SplitSeq(line, ",") {
			word = text.Fold(word)
			group = append(group, word)
			if s, known := stemmers[strings.ToLower(language)]; known {
				group = append(group, forms[s.stem(word, false)]...)
			}
		}
		slices.Sort(group)
		w.add(slices.Compact(group))
	}
	return w
}

func (w *words) add(group []string) {
	if len(group) > 1 {
		w.Same = append(w.Same, group)
	}
}

// vocabulary is the different words of some texts, in the order of their first places.
type vocabulary struct {
	list []string
	has  map[string]bool
}

// add adds the words of a text in lower case. Stemmers need their diacritics; the search
// drops them.
func (v *vocabulary) add(b []byte) {
	word := make([]byte, 0, 64)
	end := func() {
		if len(word) > 0 && !v.has[string(word)] {
			w := string(word)
			v.list, v.has[w] = append(v.list, w), true
		}
		word = word[:0]
	}
	for i := 0; i < len(b); i++ {
		switch c := b[i]; {
		case 'a' <= c && c <= 'z' || '0' <= c && c <= '9':
			word = append(word, c)
		case 'A' <= c && c <= 'Z':
			word = append(word, c+'a'-'A')
		case c == '\'': // part of a word, left out
		case c < utf8.RuneSelf:
			end()
		default:
			r, size := utf8.DecodeRune(b[i:])
			i += size - 1
			if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
				word = utf8.AppendRune(word, unicode.ToLower(r))
			} else if r != '’' && !unicode.Is(unicode.Cf, r) { // soft hyphens, joiners
				end()
			}
		}
	}
	end()
}
