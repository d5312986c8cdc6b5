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

// minLetters is the least number of letters of a name that is checked. Shorter names are
// near too many common words.
const minLetters = 5

// maxNames is the number of names with one first word that are compared with a text.
const maxNames = 50

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

// nameIndex finds names that differ from a text by one letter. If two words differ by one
// letter, they become equal by removing at most one letter from each. So the first word
// of each name is indexed by all such keys, and a word is looked up by all its keys. The
// time does not depend on the number of names.
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

// keys yields a word, and then the word without each of its letters. A key is valid only
// until the next one.
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

// find returns the names that are one letter away from the beginning of src, in the
// order of their first words.
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
		names := x.byFirst[first]
		for _, name := range names[:min(len(names), maxNames)] {
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
