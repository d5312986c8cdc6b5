package gather

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"analysis/builder/internal/kind"
	"analysis/builder/internal/site"
)

// Letter is a heading of the glossary and what is under it.
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
// the title does, since those would be right beside it.
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
func beginning(name string) string { return fmt.Sprintf("%.3s", sortKey(name)) }

// Use is what a source is used for on the site.
type Use struct {
	*site.Ref
	Publisher string
	Carries   int         // how many claims cite it
	Checks    int         // how many claims were held against it
	Outcomes  int         // how many forecasts have their outcome from it
	Figures   []*site.Ref // the events whose figures are taken from it
}

// sources gathers what each source is used for, by date, the undated first.
func sources(s *site.Site) []Use {
	var list table[*site.Ref, Use]
	use := func(r *site.Ref) *Use { return list.row(r, Use{Ref: r}) }
	for _, p := range pagesOfKind(s, kind.Source) {
		use(p.Ref).Publisher = p.Doc.Front.Publisher
	}
	for _, p := range s.Pages {
		for _, f := range p.Figures {
			if u := use(f.Source); len(u.Figures) == 0 || u.Figures[len(u.Figures)-1] != p.Ref {
				u.Figures = append(u.Figures, p.Ref)
			}
		}
	}
	for _, c := range s.Claims {
		for _, cite := range c.Cites {
			use(cite.Source).Carries++
		}
		var checked []*site.Ref
		for _, v := range c.Checks {
			checked = append(checked, v.Sources...)
		}
		slices.SortFunc(checked, site.InOrder)
		for _, r := range slices.Compact(checked) {
			use(r).Checks++
		}
		for _, r := range c.Outcome.Sources {
			use(r).Outcomes++
		}
	}
	return list.rows
}
