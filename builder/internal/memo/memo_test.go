package memo

import (
	"fmt"
	"slices"
	"sync/atomic"
	"testing"
)

// item is an input whose result is its value halved.
type item struct {
	key   string
	value int
}

// halves maps items with a Table and returns the results, which were computed, and
// how often the function was called.
func halves(t *Table[string, int, *int], items ...item) (out []*int, fresh []int, calls int) {
	var n atomic.Int64
	out, fresh = t.Map(len(items), func(i int) (string, int) { return items[i].key, items[i].value }, func(_ int, v int) *int {
		n.Add(1)
		half := v / 2
		return &half
	})
	return out, fresh, int(n.Load())
}

func TestMap(t *testing.T) {
	table := &Table[string, int, *int]{SameIn: Equal[int], SameOut: func(a, b *int) bool { return *a == *b }}
	first, fresh, calls := halves(table, item{"a", 2}, item{"b", 4}, item{"c", 6})
	if *first[0] != 1 || *first[1] != 2 || *first[2] != 3 || !slices.Equal(fresh, []int{0, 1, 2}) || calls != 3 {
		t.Fatalf("computed %v, %d calls", fresh, calls)
	}
	for _, c := range []struct {
		name  string
		items []item
		fresh []int
		same  string // for each item: the key of the first result that it is, "-" for a new one
	}{
		{"equal inputs", []item{{"a", 2}, {"b", 4}, {"c", 6}}, nil, "a b c"},
		{"another input", []item{{"a", 2}, {"b", 8}, {"c", 6}}, []int{1}, "a - c"},
		{"another input with the same result", []item{{"a", 3}, {"b", 4}, {"c", 6}}, []int{0}, "a b c"},
		{"another order", []item{{"c", 6}, {"a", 2}, {"b", 4}}, nil, "c a b"},
		{"one more, one less", []item{{"n", 6}, {"a", 2}, {"c", 6}}, []int{0}, "- a c"},
		{"an input under another key", []item{{"b", 2}}, []int{0}, "-"},
	} {
		table := &Table[string, int, *int]{SameIn: table.SameIn, SameOut: table.SameOut}
		first, _, _ := halves(table, item{"a", 2}, item{"b", 4}, item{"c", 6})
		out, fresh, calls := halves(table, c.items...)
		got := ""
		for i, p := range out {
			if *p != c.items[i].value/2 {
				t.Errorf("%s: %d is not the half of %d", c.name, *p, c.items[i].value)
			}
			key := "-"
			if at := slices.Index(first, p); at >= 0 {
				key = string("abc"[at])
			}
			got += " " + key
		}
		if got != " "+c.same || !slices.Equal(fresh, c.fresh) || calls != len(c.fresh) {
			t.Errorf("%s: results%s, computed %v in %d calls, want %s and %v", c.name, got, fresh, calls, c.same, c.fresh)
		}
	}
}

// What one call did not ask for is forgotten by the next.
func TestMapForgets(t *testing.T) {
	table := &Table[string, int, *int]{SameIn: Equal[int]}
	halves(table, item{"a", 2}, item{"b", 4})
	halves(table, item{"b", 4})
	if _, fresh, _ := halves(table, item{"a", 2}, item{"b", 4}); !slices.Equal(fresh, []int{0}) {
		t.Errorf("computed %v", fresh)
	}
}

func TestOne(t *testing.T) {
	var table Table[struct{}, []string, string]
	table.SameIn = slices.Equal
	calls := 0
	for i, in := range [][]string{{"a"}, {"a"}, {"a", "b"}, {"a"}} {
		got := table.One(in, func(in []string) string { calls++; return fmt.Sprint(in) })
		if got != fmt.Sprint(in) || calls != []int{1, 1, 2, 3}[i] {
			t.Errorf("%d: %s after %d calls", i, got, calls)
		}
	}
}

func TestProgress(t *testing.T) {
	var calls, last atomic.Int64
	table := &Table[string, int, *int]{SameIn: Equal[int], Progress: func(done, all int) {
		calls.Add(1)
		if all != 2 || done == all && last.Add(1) != 1 {
			t.Errorf("%d of %d", done, all)
		}
	}}
	halves(table, item{"a", 2}, item{"b", 4})
	halves(table, item{"a", 2}, item{"b", 4}) // both are kept
	if calls.Load() != 2 || last.Load() != 1 {
		t.Errorf("called %d times, %d at the end", calls.Load(), last.Load())
	}
}
