package diag

import (
	"cmp"
	"iter"
	"maps"
	"math/bits"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// DidYouMean returns a hint with the candidates nearest to word, three at most. It is
// empty when none is near.
func DidYouMean(word string, candidates iter.Seq[string]) string {
	var all Names
	for name := range candidates {
		all.Add(name, name)
	}
	return Ask(all.Nearest(word))
}

// Ask returns the hint that asks whether one of the names is meant, or "" without names.
func Ask(names []string) string {
	quoted := make([]string, len(names))
	for i, n := range names {
		quoted[i] = strconv.Quote(n)
	}
	switch last := len(names) - 1; last {
	case -1:
		return ""
	case 0:
		return "did you mean " + quoted[0] + "?"
	default:
		return "did you mean " + strings.Join(quoted[:last], ", ") + " or " + quoted[last] + "?"
	}
}

// Names is a list of names among which those near to a word are sought. It is made once
// for many words.
type Names struct{ list []candidate }

// candidate is a name with what tells at a glance that it is far from a word.
type candidate struct {
	folded, shown string
	letters       int
	set           uint64 // a bit for each letter in it; some letters share one
}

// Add adds a name. shown is what a hint says for it.
func (n *Names) Add(name, shown string) { n.list = append(n.list, newCandidate(name, shown)) }

func newCandidate(name, shown string) candidate {
	c := candidate{folded: fold(name), shown: shown}
	for _, r := range c.folded {
		c.letters++
		c.set |= 1 << (r % 64)
	}
	return c
}

// Nearest returns up to three names that differ from word by few edits (about a third of
// its length) or that contain it, nearest first.
func (n *Names) Nearest(word string) []string {
	w, costs := newCandidate(word, ""), map[string]int{}
	limit := max(1, w.letters/3)
	for _, c := range n.list {
		cost := w.cost(c, limit)
		if old, found := costs[c.shown]; cost <= limit+1 && (!found || cost < old) {
			costs[c.shown] = cost
		}
	}
	names := slices.SortedFunc(maps.Keys(costs), func(a, b string) int {
		return cmp.Or(cmp.Compare(costs[a], costs[b]), cmp.Compare(a, b))
	})
	names = slices.DeleteFunc(names, func(name string) bool { return costs[name] > costs[names[0]]+1 })
	return names[:min(3, len(names))]
}

// cost returns the number of edits from one candidate to another if it is at most limit,
// limit + 1 if the other one contains it, or else limit + 2.
func (w candidate) cost(c candidate, limit int) int {
	if max(w.letters-c.letters, c.letters-w.letters, bits.OnesCount64(w.set&^c.set), bits.OnesCount64(c.set&^w.set)) <= limit {
		if edits := Distance(w.folded, c.folded); edits <= limit {
			return edits
		}
	}
	if w.letters >= 3 && w.set&^c.set == 0 && strings.Contains(c.folded, w.folded) {
		return limit + 1
	}
	return limit + 2
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
	above, previous, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1) // for i-2, i-1 and i
	for j := range previous {
		previous[j] = j
	}
	for i := 1; i <= len(a); i++ {
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
		above, previous, row = previous, row, above
	}
	return previous[len(b)]
}
