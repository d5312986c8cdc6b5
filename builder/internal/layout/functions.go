package layout

import (
	"fmt"
	"html/template"
	"maps"
	"slices"

	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/gather"
	"analysis/builder/internal/kind"
	"analysis/builder/internal/site"
	"analysis/builder/internal/words"
)

// functions returns the functions that a template may call.
func functions(w *words.Set) template.FuncMap {
	f := template.FuncMap{
		"date":   func(d frontmatter.Date) string { return d.Format(w) },
		"dict":   dict,
		"byType": byType,
		"byKind": byKind,
		"except": except,
		"where":  gather.OfKind,

		"print":   limited(fmt.Sprint), // as in text/template, but with a limit
		"println": limited(fmt.Sprintln),
		"printf":  printf,
		"js":      limited(template.JSEscaper),
	}
	maps.Copy(f, wordFunctions(w))
	return f
}

// dict makes a map from its arguments, to pass several values to a partial.
func dict(pairs ...any) (map[string]any, error) {
	m, size := map[string]any{}, 0
	for pair := range slices.Chunk(pairs, 2) {
		key, ok := pair[0].(string)
		if !ok || len(pair) == 1 {
			return nil, fmt.Errorf("dict takes names and values in turn")
		}
		if _, nested := pair[1].(map[string]any); nested {
			size += sizeOf(pair[1:])
		}
		m[key] = pair[1]
	}
	return m, checkText(size)
}

// group is a list of pages under a heading.
type group struct {
	Name  string
	Pages []*site.Ref
}

// byType groups pages by their Type, in the order in which the types first
// appear.
func byType(pages []*site.Ref) []group {
	var groups []group
	at := map[string]int{}
	for _, p := range pages {
		i, found := at[p.Type]
		if !found {
			i = len(groups)
			at[p.Type], groups = i, append(groups, group{Name: p.Type})
		}
		groups[i].Pages = append(groups[i].Pages, p)
	}
	return groups
}

// kindGroup is the backlinks from pages of one kind.
type kindGroup struct {
	Kind  kind.Kind
	Links []site.Backlink
}

// byKind groups backlinks by the kind of page they come from, sections first.
func byKind(links []site.Backlink) []kindGroup {
	order := []kind.Kind{kind.Section, kind.Event, kind.Actor, kind.Place, kind.Concept, kind.Source, kind.Page}
	groups := make([]kindGroup, len(order))
	for _, l := range links {
		i := slices.Index(order, l.From.Kind)
		if i < 0 {
			i = len(order) - 1
		}
		groups[i].Kind = order[i]
		groups[i].Links = append(groups[i].Links, l)
	}
	return slices.DeleteFunc(groups, func(g kindGroup) bool { return len(g.Links) == 0 })
}

// except returns the pages of all other kinds.
func except(kind kind.Kind, pages []*site.Ref) []*site.Ref {
	return slices.DeleteFunc(slices.Clone(pages), func(p *site.Ref) bool { return p.Kind == kind })
}
