package gather

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"analysis/builder/internal/kind"
	"analysis/builder/internal/site"
)

// Letter is a heading of the glossary and what stands under it.
type Letter struct {
	Letter  string
	Entries []Term
}

// Term is an entry of the glossary: a page under its title, or under another of
// its names.
type Term struct {
	Name string
	Ref  *site.Ref
}

// glossary lists actors, places and concepts by the first letter of each of
// their names. It leaves out names of another language, and names that begin as
// the title does, since those would stand right beside it.
func glossary(s *site.Site) []Letter {
	var terms []Term
	for _, p := range s.Pages {
		switch p.Kind {
		case kind.Actor, kind.Place, kind.Concept:
			terms = append(terms, Term{p.Title, p.Ref})
			for _, a := range p.Doc.Front.Aliases {
				if a.Lang == "" && beginning(a.Name) != "" && beginning(a.Name) != beginning(p.Title) {
					terms = append(terms, Term{a.Name, p.Ref})
				}
			}
		}
	}
	slices.SortStableFunc(terms, func(a, b Term) int { return strings.Compare(sortKey(a.Name), sortKey(b.Name)) })
	var letters table[string, Letter]
	for _, t := range terms {
		first, _ := utf8.DecodeRuneInString(sortKey(t.Name))
		letter := string(unicode.ToUpper(first))
		l := letters.row(letter, Letter{Letter: letter})
		l.Entries = append(l.Entries, t)
	}
	return letters.rows
}

// sortKey is a name as it is sorted.
func sortKey(name string) string { return strings.TrimPrefix(strings.ToLower(name), "the ") }

// beginning is the first three letters of a name as it is sorted.
func beginning(name string) string {
	letters := []rune(sortKey(name))
	return string(letters[:min(3, len(letters))])
}
