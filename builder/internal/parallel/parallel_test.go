package parallel

import (
	"sync/atomic"
	"testing"
)

func TestFor(t *testing.T) {
	for _, n := range []int{0, 1, 2, 1000} {
		calls := make([]atomic.Int64, n)
		For(n, func(i int) { calls[i].Add(1) })
		for i := range calls {
			if c := calls[i].Load(); c != 1 {
				t.Errorf("of %d: %d was called %d times", n, i, c)
			}
		}
	}
}

func TestDo(t *testing.T) {
	var a, b int
	Do(func() { a = 1 }, func() { b = 2 })
	if a != 1 || b != 2 {
		t.Errorf("a is %d, b is %d", a, b)
	}
}
