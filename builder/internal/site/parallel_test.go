package site

import (
	"fmt"
	"reflect"
	"sync"
	"testing"
)

// Who works in parallel finds the same, in the same order.
func TestPlacingInParallel(t *testing.T) {
	f := files{"index.md": "", "docs/index.md": "", "places/index.md": "", "places/kabul.md": about("Kabul", "city", "")}
	for i := range 5 * batch {
		f[fmt.Sprintf("docs/p%d.md", i)] = fmt.Sprintf("Kabul, [it](p%d.md) and [[p%d]]. And [[nosuch%d]], [[p1#nosuch]].", i/2, i/3, i)
	}
	parallel := Placer{Each: func(n int, f func(i int)) {
		var group sync.WaitGroup
		for i := range n {
			group.Go(func() { f(i) })
		}
		group.Wait()
	}}
	for _, title := range []string{"Kabul", "Kabul city", "Kabul"} {
		f["places/kabul.md"] = about(title, "city", "")
		in := input(f)
		if got, want := parallel.Place(in), new(Placer).Place(in); !reflect.DeepEqual(got, want) || len(want.Diagnostics) < 10*batch {
			t.Errorf("with the title %q, working in parallel makes another site", title)
		}
	}
}
