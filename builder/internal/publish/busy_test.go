package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"analysis/builder/internal/diag"
)

// Windows refuses to replace or delete a file that another program has open. These tests simulate it.

var errOpen = errors.New("used by another process")

// openFolder opens a folder on a system that refuses as said, and counts how long a build waits.
func openFolder(t *testing.T, out string, step func() error, held func(string) error) (f *Folder, waited *time.Duration) {
	t.Helper()
	f, err := Open(out)
	must(t, err)
	t.Cleanup(func() { f.Close() })
	waited = new(time.Duration)
	f.step, f.held = step, held
	f.patience = patience{func(err error) bool { return errors.Is(err, errOpen) }, func(d time.Duration) { *waited += d }}
	return f, waited
}

func never() error { return nil }

func TestHeldFileLeavesTheSiteWhole(t *testing.T) {
	before := map[string]string{"index.html": "old", "gone.html": "gone", "same.css": "same"}
	after := map[string]string{"index.html": "new", "new.html": "new", "same.css": "same"}
	for _, name := range []string{"index.html", "gone.html"} {
		out := t.TempDir()
		publish(t, out, before)
		f, waited := openFolder(t, out, never, func(file string) error {
			if file == filepath.Join(out, name) {
				return fmt.Errorf("%q cannot be replaced: %w", file, errOpen)
			}
			return nil
		})
		err := f.Publish(filesOf(after))
		if err == nil || !strings.HasSuffix(diag.Describe(err), fmt.Sprintf("%q cannot be replaced: used by another process\n  hint: close the program that has the file open, and build again", filepath.Join(out, name))) {
			t.Errorf("%s: %v", name, err)
		}
		if *waited < time.Second || *waited > 3*time.Second {
			t.Errorf("%s: waited %s", name, waited)
		}
		must(t, f.Close())
		wantTree(t, out, before)
		publish(t, out, after)
		wantTree(t, out, after)
	}
}

// A file that stays as it is may be open.
func TestHeldFileThatStays(t *testing.T) {
	out := t.TempDir()
	publish(t, out, map[string]string{"index.html": "old", "same.css": "same"})
	f, _ := openFolder(t, out, never, func(file string) error {
		if filepath.Base(file) == "same.css" {
			return errOpen
		}
		return nil
	})
	after := map[string]string{"index.html": "new", "same.css": "same"}
	must(t, f.Publish(filesOf(after)))
	wantTree(t, out, after)
}

// What is refused for a moment is tried again, whichever change it is.
func TestRefusedForAMoment(t *testing.T) {
	out := t.TempDir()
	publish(t, out, map[string]string{"index.html": "old", "gone.html": "gone"})
	refuse := false
	f, waited := openFolder(t, out, func() error {
		if refuse = !refuse; refuse {
			return errOpen
		}
		return nil
	}, func(string) error { return nil })
	after := map[string]string{"index.html": "new"}
	must(t, f.Publish(filesOf(after)))
	wantTree(t, out, after)
	if *waited == 0 {
		t.Error("nothing was refused")
	}
}

// A file that is opened between the question and the change ends the build with an error. No
// page is half of one, and the next build completes the work.
func TestRefusedForGood(t *testing.T) {
	before := map[string]string{"index.html": "old", "a.html": "old", "gone.html": "gone"}
	after := map[string]string{"index.html": "new", "a.html": "new"}
	for changes := 0; ; changes++ {
		out, left := t.TempDir(), changes
		publish(t, out, before)
		f, _ := openFolder(t, out, func() error {
			if left--; left < 0 {
				return &fs.PathError{Op: "rename", Path: "index.html", Err: errOpen}
			}
			return nil
		}, func(string) error { return nil })
		f.Put("index.html", []byte("new"))
		err := f.Publish(filesOf(after))
		f.step = never
		must(t, f.Close())
		if err == nil {
			wantTree(t, out, after)
			return
		}
		if !strings.Contains(diag.Describe(err), "hint: close the program") {
			t.Errorf("%v", err)
		}
		for name, text := range tree(t, out) {
			if text != before[name] && text != after[name] {
				t.Errorf("%s is %q", name, text)
			}
		}
		publish(t, out, after)
		wantTree(t, out, after)
	}
}
