package diag

import (
	"cmp"
	"iter"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// DidYouMean returns a hint with the candidates nearest to word, three at most. It is
// empty when none is near.
func DidYouMean(word string, candidates iter.Seq[string]) string {
	near := Nearest(word, candidates)
	for i, n := range near {
		near[i] = strconv.Quote(n)
	}
	switch last := len(near) - 1; last {
	case -1:
		return ""
	case 0:
		return "did you mean " + near[0] + "?"
	default:
		return "did you mean " + strings.Join(near[:last], ", ") + " or " + near[last] + "?"
	}
}

// Nearest returns up to three candidates that differ from word by few edits
// (about a third of its length) or that contain it, nearest first.
func Nearest(word string, candidates iter.Seq[string]) []string {
	type scored struct {
		name string
		cost int
	}
	var near []scored
	folded := []rune(fold(word))
	limit := max(1, len(folded)/3)
	for name := range candidates {
		f := fold(name)
		cost := distance(folded, []rune(f))
		if cost > limit {
			if len(folded) < 3 || !strings.Contains(f, string(folded)) {
				continue
			}
			cost = limit + 1
		}
		near = append(near, scored{name, cost})
	}
	slices.SortFunc(near, func(a, b scored) int {
		return cmp.Or(cmp.Compare(a.cost, b.cost), cmp.Compare(a.name, b.name))
	})
	var names []string
	for _, s := range near {
		if len(names) == 3 || s.cost > near[0].cost+1 {
			break
		}
		if !slices.Contains(names, s.name) {
			names = append(names, s.name)
		}
	}
	return names
}

// fold normalizes a name for comparison: lower case, and every separator a hyphen.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '_' || r == ' ' || r == '/' {
			return '-'
		}
		return unicode.ToLower(r)
	}, s)
}

// distance returns the restricted Damerau–Levenshtein distance: insertions, deletions,
// substitutions and swaps of neighbours each cost one.
func distance(a, b []rune) int {
	above, previous := make([]int, len(b)+1), make([]int, len(b)+1) // the rows for i-2 and i-1
	for j := range previous {
		previous[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row := make([]int, len(b)+1)
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(row[j-1]+1, previous[j]+1, previous[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], above[j-2]+1)
			}
		}
		above, previous = previous, row
	}
	return previous[len(b)]
}
