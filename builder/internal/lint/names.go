package lint

import (
	"iter"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/kind"
	"analysis/builder/internal/site"
	"analysis/builder/internal/text"
)

// minLetters is the number of letters of the shortest name that is looked for.
// Shorter ones are near too many common words.
const minLetters = 5

// namesOf returns the proper names of a site: titles of actors and places, and
// aliases, that begin with a capital letter.
func namesOf(s *site.Site) []string {
	var names []string
	add := func(name string) {
		if r, _ := utf8.DecodeRuneInString(name); unicode.IsUpper(r) && utf8.RuneCountInString(name) >= minLetters {
			names = append(names, name)
		}
	}
	for _, p := range s.Pages {
		if p.Kind == kind.Actor || p.Kind == kind.Place {
			add(p.Title)
		}
		for _, a := range p.Doc.Front.Aliases {
			add(a.Name)
		}
	}
	return names
}

// nameIndex finds names that differ from a text by one letter. If two words do,
// then taking one letter or none out of each makes them equal. So the first word
// of each name is entered under all the keys that this gives, and a word is looked
// up under all of its own. That takes the same time however many names there are.
type nameIndex struct {
	byFirst map[string][]string // names by their first word
	byKey   map[string][]string // first words by key
	longest int                 // bytes of the longest first word
}

func newNameIndex(names []string) *nameIndex {
	x := &nameIndex{byFirst: map[string][]string{}, byKey: map[string][]string{}}
	for _, name := range names {
		first := name[:text.WordEnd(name, 0)]
		if x.byFirst[first] == nil {
			for key := range keys(first) {
				x.byKey[string(key)] = append(x.byKey[string(key)], first)
			}
			x.longest = max(x.longest, len(first))
		}
		x.byFirst[first] = append(x.byFirst[first], name)
	}
	return x
}

// keys yields a word, and then what is left of it when one letter is taken out. A
// key holds until the next is asked for.
func keys(word string) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		if !yield([]byte(word)) {
			return
		}
		key := make([]byte, 0, len(word))
		for i, size := 0, 0; i < len(word); i += size {
			_, size = utf8.DecodeRuneInString(word[i:])
			if key = append(append(key[:0], word[:i]...), word[i+size:]...); !yield(key) {
				return
			}
		}
	}
}

// misspelling is a word of a text, or several, that is one letter away from a name.
type misspelling struct{ written, name string }

// find returns the names from which the beginning of src is one letter away, in
// the order of their first words.
func (x *nameIndex) find(src string) (found []misspelling) {
	end := text.WordEnd(src, 0)
	if end > x.longest+utf8.UTFMax {
		return nil
	}
	var near []string
	for key := range keys(src[:end]) {
		near = append(near, x.byKey[string(key)]...)
	}
	slices.Sort(near)
	for _, first := range slices.Compact(near) {
		for _, name := range x.byFirst[first] {
			written := leadingWords(src, 1+strings.Count(name, " "))
			if diag.Distance(written, name) == 1 {
				found = append(found, misspelling{written, name})
			}
		}
	}
	return found
}

// leadingWords returns the first n words of a text, or fewer if more than white
// space separates them, joined by single spaces.
func leadingWords(src string, n int) string {
	end := text.WordEnd(src, 0)
	words := src[:end]
	for ; n > 1; n-- {
		next := len(src) - len(strings.TrimLeftFunc(src[end:], unicode.IsSpace))
		stop := text.WordEnd(src, next)
		if next == end || stop == next {
			break
		}
		words += " " + src[next:stop]
		end = stop
	}
	return words
}
