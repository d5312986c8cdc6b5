package gather

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/kind"
	"analysis/builder/internal/site"
	"analysis/builder/internal/text"
)

// Letter is a heading of the glossary and its entries.
type Letter struct {
	Letter  string
	Entries []Term
}

// Term is an entry of the glossary: a page with its title or an alias.
type Term struct {
	Name string
	Ref  *site.Ref
}

// glossary lists actors, places and concepts by the first letter of their titles
// and aliases. It leaves out aliases in another language, and aliases that begin
// like the title, because they would be next to it.
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
	collation, keys := text.NewCollation(s.Config.Language), map[string]string{}
	for _, t := range terms {
		keys[t.Name] = collation.Key(sortKey(t.Name))
	}
	slices.SortStableFunc(terms, func(a, b Term) int { return strings.Compare(keys[a.Name], keys[b.Name]) })
	var letters table[string, Letter]
	for _, t := range terms {
		letter := collation.Letter(sortKey(t.Name))
		l := letters.row(letter, Letter{Letter: letter})
		l.Entries = append(l.Entries, t)
	}
	return letters.rows
}

// sortKey returns a name in lower case without "the".
func sortKey(name string) string { return strings.TrimPrefix(strings.ToLower(name), "the ") }

// beginning returns the first three letters of a name's sortKey.
func beginning(name string) string { return fmt.Sprintf("%.3s", sortKey(name)) }

// Correction is a mistake that was corrected on a page.
type Correction struct {
	frontmatter.Correction
	Page *site.Ref
}

// corrections lists those of all pages, the newest first.
func corrections(s *site.Site) (list []Correction) {
	for _, p := range s.Pages {
		for _, c := range p.Doc.Front.Corrections {
			list = append(list, Correction{c, p.Ref})
		}
	}
	slices.SortStableFunc(list, func(a, b Correction) int { return b.Date.Compare(a.Date) })
	return list
}

// Use shows how a source is used on the site.
type Use struct {
	*site.Ref
	Publisher string
	Origin    string      // whose account it carries, "" if From has it, or if it is its own
	From      []*site.Ref // the page whose account it carries
	Carries   int         // number of claims that cite it
	Checks    int         // number of claims that were compared with it
	Outcomes  int         // number of forecasts whose outcome or cause cites it
	Figures   []*site.Ref // the events with figures from it
}

// sources lists the use of each source, in the order of site.InOrder within those of a
// type.
func sources(s *site.Site) []Use {
	var list table[*site.Ref, Use]
	use := func(r *site.Ref) *Use { return list.row(r, Use{Ref: r}) }
	for _, p := range pagesOfKind(s, kind.Source) {
		u := use(p.Ref)
		u.Publisher, u.Origin, u.From = p.Doc.Front.Publisher, p.Doc.Front.Origin, p.Relation("origin", false)
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
		for _, r := range together(checked) {
			use(r).Checks++
		}
		for _, r := range together(c.Outcome.Sources, c.Cause.Sources) {
			use(r).Outcomes++
		}
	}
	first := map[string]int{}
	for i, u := range slices.Backward(list.rows) {
		first[u.Type] = i
	}
	slices.SortStableFunc(list.rows, func(a, b Use) int { return cmp.Compare(first[a.Type], first[b.Type]) })
	return list.rows
}
