package pipeline

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/scan"
)

// film makes a file of 64 MiB, with one byte at its end.
func film(t *testing.T, name string, last byte) {
	t.Helper()
	must(t, os.MkdirAll(filepath.Dir(name), 0o755))
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE, 0o644)
	must(t, err)
	_, err = f.WriteAt([]byte{last}, 64<<20-1)
	must(t, err)
	must(t, f.Close())
}

// A large file takes no memory: neither when it is published first, nor when it is
// compared, replaced or deleted.
func TestLargeFiles(t *testing.T) {
	w := newTestSite(t, map[string]string{"content/index.md": "# Home\n\n[Film](film.mp4)\n", "static/robots.txt": "x"})
	in, asset, out := w.path("content/film.mp4"), w.path("static/films/a.mp4"), w.path("public")
	film(t, in, 1)
	film(t, asset, 1)
	b := New(w.options())
	for _, c := range []struct {
		name   string
		change func()
		last   byte
	}{
		{"first", func() {}, 1},
		{"again", func() {}, 1},
		{"changed", func() { film(t, in, 2); film(t, asset, 2) }, 2},
		{"by a new process", func() { b = New(w.options()) }, 2},
	} {
		c.change()
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		s := w.good(b)
		must(t, publishInto(out, s.Files))
		if runtime.ReadMemStats(&after); after.TotalAlloc-before.TotalAlloc > 16<<20 {
			t.Errorf("%s: %d MiB allocated", c.name, (after.TotalAlloc-before.TotalAlloc)>>20)
		}
		list, _ := filepath.Glob(filepath.Join(out, "films", "a.*.mp4"))
		for _, name := range append(list, filepath.Join(out, "film.mp4")) {
			f, err := os.Open(name)
			must(t, err)
			last := []byte{0}
			_, err = f.ReadAt(last, 64<<20-1)
			must(t, err)
			must(t, f.Close())
			rel, err := filepath.Rel(out, name)
			must(t, err)
			if info, err := os.Stat(name); err != nil || info.Size() != 64<<20 || s.Files[filepath.ToSlash(rel)].Size != 64<<20 || last[0] != c.last {
				t.Errorf("%s: %s ends in %d: %v", c.name, name, last[0], err)
			}
		}
		if len(list) != 1 {
			t.Errorf("%s: published %q", c.name, list)
		}
	}
	must(t, os.Remove(in))
	w.write("content/index.md", "# Home\n")
	must(t, publishInto(out, w.good(b).Files))
	if _, err := os.Stat(filepath.Join(out, "film.mp4")); err == nil {
		t.Error("the film is still there")
	}
}

// An edition is read however large it is.
func TestLargeEdition(t *testing.T) {
	w := newTestSite(t, map[string]string{"content/index.md": "# Home\n", "content/editions/2026-01-01.json": `{"date": "2026-01-01", "claims": [` + strings.Repeat(" ", scan.Large) + "]}"})
	if s := w.good(New(w.options())); s.History == nil || s.History.Latest != "2026-01-01" {
		t.Errorf("%+v", s.History)
	}
}

// A large file that changes after it was read is noticed before anything is published.
func TestLargeFileChanges(t *testing.T) {
	for name, change := range map[string]func(w *testSite){
		"other bytes":   func(w *testSite) { film(w.t.(*testing.T), w.path("content/film.mp4"), 2) },
		"another size":  func(w *testSite) { must(w.t, os.Truncate(w.path("content/film.mp4"), 5)) },
		"it is deleted": func(w *testSite) { w.remove("content/film.mp4") },
	} {
		w := newTestSite(t, map[string]string{"content/index.md": "# Home\n"})
		film(t, w.path("content/film.mp4"), 1)
		s := w.good(nil)
		change(w)
		err := publishInto(w.path("public"), s.Files)
		if err == nil || !strings.Contains(diag.Describe(err), "film.mp4") {
			t.Errorf("%s: got %v", name, err)
		}
		if got := tree(t, w.dir)["public/index.html"]; got != "" {
			t.Errorf("%s: there is a site", name)
		}
	}
}
