package site

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"analysis/builder/internal/kind"
)

// Letter is a heading of the glossary and what stands under it.
type Letter struct {
	Letter  string
	Entries []Term
}

// Term is an entry of the glossary: a page under its title, or under another of
// its names.
type Term struct {
	Name      string
	Lang, Dir string // of the name, where they are not the site's
	Ref       *Ref
}

// See reports whether the entry only leads to another.
func (t Term) See() bool { return t.Name != t.Ref.Title }

// glossary lists actors, places and concepts by the first letter of each of
// their names, but not by names of another language, nor by those that would
// stand right beside the title since they begin alike.
func (w *placing) glossary() *Overview {
	var terms []Term
	for _, e := range w.entries {
		switch e.doc.Kind {
		case kind.Actor, kind.Place, kind.Concept:
			terms = append(terms, Term{e.ref.Title, e.ref.Lang, e.ref.Dir, e.ref})
			for _, a := range e.doc.Front.Aliases {
				if a.Lang == "" && beginning(a.Name) != "" && beginning(a.Name) != beginning(e.ref.Title) {
					terms = append(terms, Term{a.Name, e.ref.Lang, e.ref.Dir, e.ref})
				}
			}
		}
	}
	slices.SortStableFunc(terms, func(a, b Term) int { return strings.Compare(sorted(a.Name), sorted(b.Name)) })
	o := &Overview{}
	for _, t := range terms {
		first, _ := utf8.DecodeRuneInString(sorted(t.Name))
		letter := string(unicode.ToUpper(first))
		if n := len(o.Glossary); n == 0 || o.Glossary[n-1].Letter != letter {
			o.Glossary = append(o.Glossary, Letter{Letter: letter})
		}
		last := &o.Glossary[len(o.Glossary)-1]
		last.Entries = append(last.Entries, t)
	}
	return o
}

// sorted is a name as it is filed.
func sorted(name string) string { return strings.TrimPrefix(strings.ToLower(name), "the ") }

// beginning is the first three letters of a name as it is filed.
func beginning(name string) string {
	letters := []rune(sorted(name))
	return string(letters[:min(3, len(letters))])
}
