// Package parallel calls a function for many numbers on all processors.
//
// It is the one place of the builder, beside the preview's server, where
// goroutines are started.
//
// Deliberately absent: errors and cancelling. A stop of a build notes what went
// wrong in the results.
package parallel

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// For calls f for 0 to n-1 and returns when all calls have. The calls run in no
// order, some at the same time.
func For(n int, f func(i int)) {
	var next atomic.Int64
	var group sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		group.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				f(i)
			}
		})
	}
	group.Wait()
}

// Do calls functions that do not need each other, and returns when all have.
func Do(functions ...func()) { For(len(functions), func(i int) { functions[i]() }) }
