package diag

import (
	"cmp"
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
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
	folded, costs := fold(word), map[string]int{}
	letters := utf8.RuneCountInString(folded)
	limit := max(1, letters/3)
	for name := range candidates {
		f := fold(name)
		if cost := Distance(folded, f); cost <= limit {
			costs[name] = cost
		} else if letters >= 3 && strings.Contains(f, folded) {
			costs[name] = limit + 1
		}
	}
	names := slices.SortedFunc(maps.Keys(costs), func(a, b string) int {
		return cmp.Or(cmp.Compare(costs[a], costs[b]), cmp.Compare(a, b))
	})
	names = slices.DeleteFunc(names, func(name string) bool { return costs[name] > costs[names[0]]+1 })
	return names[:min(3, len(names))]
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

// Distance returns the restricted Damerau–Levenshtein distance: insertions, deletions,
// substitutions and swaps of neighbours each cost one.
func Distance(from, to string) int {
	a, b := []rune(from), []rune(to)
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
