// Package parallel calls functions on all processors.
//
// A build starts goroutines only here. The preview also starts some in packages watch
// and devserver.
//
// Deliberately absent: errors and cancelling. The functions store errors in their
// results.
package parallel

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// For calls f(0) to f(n-1), in any order and in parallel, and returns when all calls
// have returned.
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

// Do calls independent functions in parallel, and returns when all have returned.
func Do(functions ...func()) { For(len(functions), func(i int) { functions[i]() }) }
