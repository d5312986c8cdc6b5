// Package memo remembers the results of pure functions from one build to the
// next. It is the only memory of the builder: a stop of a build is a plain
// function, and what makes the second build fast is that most calls of it have
// the inputs of the first.
//
// Invariant: a result depends on its input alone. So it is the same whether it
// was kept or computed, and forgetting a Table changes nothing but time.
//
// This works only if inputs and results are never changed once they are made,
// and if the functions SameIn and SameOut compare all that the computation reads
// and all that its readers see. Most inputs are structs of pointers to immutable
// values: they are compared by ==, which is fast.
//
// The model is internal/cache of esbuild (https://github.com/evanw/esbuild).
package memo

import "analysis/builder/internal/parallel"

// Table keeps the results of one function, by key, for the items of one build.
// The zero value is empty, but SameIn must be set. It is not for concurrent use.
type Table[Key comparable, In, Out any] struct {
	// SameIn reports whether the function gives the same for two inputs.
	SameIn func(a, b In) bool
	// SameOut reports whether two results are the same to all who read them. If it
	// is not nil, a new result that is the same as the one it replaces gives way to
	// it: who takes the result as input sees by its pointer that nothing changed.
	SameOut func(a, b Out) bool

	kept []entry[Key, In, Out]
}

type entry[Key comparable, In, Out any] struct {
	key Key
	in  In
	out Out
}

// Map returns f(i, input) for 0 to n-1, in order; item gives the key and the input
// of each. A result that was kept under the same key for the same input is
// returned as it is; the others are computed, in parallel, and fresh lists which
// they are, ascending. What the call before kept and this one did not ask for is
// forgotten. Two items should not have the same key; if they do, either may be
// computed anew.
func (t *Table[Key, In, Out]) Map(n int, item func(i int) (Key, In), f func(i int, in In) Out) (out []Out, fresh []int) {
	old := finder[Key, In, Out]{kept: t.kept}
	now, before := make([]entry[Key, In, Out], n), make([]int, 0, 16)
	for i := range n {
		now[i].key, now[i].in = item(i)
		at := old.find(i, now[i].key)
		if at >= 0 && t.SameIn(t.kept[at].in, now[i].in) {
			now[i] = t.kept[at]
			continue
		}
		fresh, before = append(fresh, i), append(before, at)
	}
	parallel.For(len(fresh), func(k int) {
		e := &now[fresh[k]]
		e.out = f(fresh[k], e.in)
		if at := before[k]; at >= 0 && t.SameOut != nil && t.SameOut(t.kept[at].out, e.out) {
			e.out = t.kept[at].out
		}
	})
	t.kept = now
	out = make([]Out, n)
	for i := range now {
		out[i] = now[i].out
	}
	return out, fresh
}

// One is Map for a table of one item.
func (t *Table[Key, In, Out]) One(in In, f func(in In) Out) Out {
	out, _ := t.Map(1, func(int) (key Key, _ In) { return key, in }, func(_ int, in In) Out { return f(in) })
	return out[0]
}

// finder finds entries by key. Most are at the same place as in the build
// before, so the index is made only when one does not.
type finder[Key comparable, In, Out any] struct {
	kept  []entry[Key, In, Out]
	index map[Key]int
}

// find returns the place of a key, first looked for at i, or -1.
func (f *finder[Key, In, Out]) find(i int, key Key) int {
	if i < len(f.kept) && f.kept[i].key == key {
		return i
	}
	if f.index == nil {
		f.index = make(map[Key]int, len(f.kept))
		for i := range f.kept {
			f.index[f.kept[i].key] = i
		}
	}
	if at, ok := f.index[key]; ok {
		return at
	}
	return -1
}

// Equal is a SameIn or SameOut for values that == compares.
func Equal[T comparable](a, b T) bool { return a == b }
