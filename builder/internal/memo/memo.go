// Package memo remembers the results of pure functions from one build to the next. The
// second build is fast because most functions are called with the inputs of the first.
// Only package scan has a memory of its own, of the files that it read.
//
// Invariant: a result depends only on its input. So it is the same whether it was kept
// or computed, and a Table that forgets its results changes nothing but the time.
//
// Inputs and results must be immutable. SameIn must compare everything that the function
// reads, and SameOut everything that the users of the result read. Most inputs are
// pointers to immutable values, or structs of them, and compared by ==, which is fast.
//
// The model is internal/cache of esbuild (https://github.com/evanw/esbuild).
package memo

import (
	"sync/atomic"

	"analysis/builder/internal/parallel"
)

// Table keeps the results of one function, by key, for the items of one build.
// The zero value is empty, but SameIn must be set. It is not for concurrent use.
type Table[Key comparable, In, Out any] struct {
	// SameIn reports whether the function has the same result for two inputs.
	SameIn func(a, b In) bool
	// SameOut, if not nil, reports whether two results are the same for all who use
	// them. Then Map returns the old result instead of the new one. If it is the
	// input of another function, its pointer shows that nothing changed.
	SameOut func(a, b Out) bool
	// Stopped, if not nil, reports whether the build has been given up. Then Map calls f
	// for no more items, and keeps the results of the previous call.
	Stopped func() bool
	// Progress, if not nil, is called after each call of f, by several goroutines, with the
	// number of those that have returned and of all.
	Progress func(done, all int)

	kept []entry[Key, In, Out]
}

type entry[Key comparable, In, Out any] struct {
	key Key
	in  In
	out Out
}

// Map returns f(i, input) for i from 0 to n-1, in order. item returns the key and the
// input of each. If a result for the same key and input was kept, Map returns it. It
// computes the others in parallel; fresh lists their numbers, ascending. Results of the
// previous call that this one does not use are dropped. Two items should not have the
// same key. If they do, either may be computed again.
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
	stopped := func() bool { return t.Stopped != nil && t.Stopped() }
	var done atomic.Int64
	parallel.For(len(fresh), func(k int) {
		if stopped() {
			return
		}
		e := &now[fresh[k]]
		e.out = f(fresh[k], e.in)
		if at := before[k]; at >= 0 && t.SameOut != nil && t.SameOut(t.kept[at].out, e.out) {
			e.out = t.kept[at].out
		}
		if t.Progress != nil {
			t.Progress(int(done.Add(1)), len(fresh))
		}
	})
	if !stopped() {
		t.kept = now
	}
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

// finder finds entries by key. Most have the same number as in the previous build, so
// finder makes its index only when one has not.
type finder[Key comparable, In, Out any] struct {
	kept  []entry[Key, In, Out]
	index map[Key]int
}

// find returns the number of the entry with a key, or -1. It looks at i first.
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
