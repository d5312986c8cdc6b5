package main

import (
	"math"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// roomy lets the garbage collector wait until this process holds so many bytes: a
// build is short, and most sites are built before it would have anything to do.
// Beyond that it keeps to twice what is in use, as it does by itself. GOGC and
// GOMEMLIMIT in the environment win.
func roomy(bytes int64, environ func(string) string) {
	if environ("GOGC") != "" || environ("GOMEMLIMIT") != "" {
		return
	}
	debug.SetGCPercent(-1)
	debug.SetMemoryLimit(bytes)
	afterCollection(func() {
		live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
		metrics.Read(live)
		inUse := min(live[0].Value.Uint64(), math.MaxInt64/2)
		debug.SetMemoryLimit(max(bytes, 2*int64(inUse)))
	})
}

// afterCollection calls f each time the collector is done.
func afterCollection(f func()) {
	type mark struct{ _ [16]byte }
	var again func(*mark)
	again = func(m *mark) {
		f()
		runtime.SetFinalizer(m, again)
	}
	runtime.SetFinalizer(&mark{}, again)
}
