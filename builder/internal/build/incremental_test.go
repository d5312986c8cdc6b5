package build

import (
	"maps"
	"path/filepath"
	"strings"
	"testing"
)

// FuzzIncremental is the promise of the whole builder: whatever is done to a
// site, a Builder that has seen it all makes the same of it as one that sees it
// for the first time, and so does the folder into which every state was
// published.
func FuzzIncremental(f *testing.F) {
	f.Fuzz(func(t *testing.T, moves []byte) {
		d := &desk{workshop: &workshop{t, t.TempDir()}, moves: moves[:min(len(moves), 200)], files: map[string]string{}}
		for name, text := range plainLayouts {
			d.put(name, text)
		}
		for _, p := range places[:12] {
			d.put(p, pristine(p))
		}
		out := d.path("public")
		b := New(d.options())
		d.compare(b, out, true)
		for step := 1; len(d.moves) > 0; step++ {
			d.move()
			// To read a whole site and write it anew takes the most time.
			d.compare(b, out, step%4 == 0 || len(d.moves) == 0)
			if t.Failed() {
				t.Fatalf("after these moves:\n%s", strings.Join(d.done, "\n"))
			}
		}
	})
}

// compare builds with a Builder of long memory and with a new one. If both
// find no errors, and publishing is due, it compares what they publish.
func (d *desk) compare(b *Builder, out string, due bool) {
	t := d.t
	t.Helper()
	old, fresh := d.build(b), d.build(nil)
	for _, difference := range differences(old, fresh) {
		t.Errorf("incremental and clean build differ: %s", difference)
	}
	if d.wrong = !old.OK(); d.wrong {
		return
	}
	if again := d.build(b); again.Rendered != 0 || len(differences(again, old)) > 0 {
		t.Errorf("%d pages are rendered again though nothing changed: %v", again.Rendered, differences(again, old))
	}
	must(t, Publish(out, old))
	if !due {
		return
	}
	clean := filepath.Join(t.TempDir(), "clean")
	must(t, Publish(clean, fresh))
	if got, want := tree(t, out), tree(t, clean); !maps.Equal(got, want) {
		t.Errorf("published step by step:\n%v\nat once:\n%v", got, want)
	}
	if got, want := strings.Join(folders(t, out), " "), strings.Join(folders(t, clean), " "); got != want {
		t.Errorf("folders published step by step: %s; at once: %s", got, want)
	}
}
