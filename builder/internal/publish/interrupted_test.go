package publish

import (
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

var errKilled = errors.New("killed")

// interrupt publishes s but dies before the step of that number. It reports
// whether the publication came so far.
func interrupt(t *testing.T, folder string, s map[string]*File, step int) (died bool) {
	t.Helper()
	o, err := Open(folder)
	if err != nil {
		t.Fatal(err)
	}
	defer o.lock.Close() // as the system does; no Close, which would tidy up
	defer o.root.Close()
	var mutex sync.Mutex
	o.step = func() error {
		mutex.Lock()
		defer mutex.Unlock()
		if step--; step < 0 {
			return errKilled
		}
		return nil
	}
	err = o.Publish(s)
	if err != nil && !errors.Is(err, errKilled) {
		t.Fatal(err)
	}
	return err != nil
}

// A build may be killed before any of its steps. What is published is then,
// file by file, the old site or the new one; nothing that the old site linked
// to is gone before the new pages stand; and the next build completes it.
func TestInterruptedAnywhere(t *testing.T) {
	before := map[string]string{
		"index.html": "old home", "same.html": "same", "gone/index.html": "gone", "was-file": "file", "was-folder/a": "a", "was-folder/b": "b",
	}
	after := map[string]string{
		"index.html": "new home", "same.html": "same", "fresh/index.html": "fresh", "was-file/now/folder": "x", "was-folder": "now a file",
		"fresh/picture.png": "picture", "css/new.css": "new", "z.js": "new",
	}
	steps := 0
	for ; ; steps++ {
		folder := t.TempDir()
		if err := publishInto(folder, filesOf(before)); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, "mine.txt"), []byte("not the builder's"), 0o644); err != nil {
			t.Fatal(err)
		}
		died := interrupt(t, folder, filesOf(after), steps)
		now := tree(t, folder)
		for name, text := range now {
			if text != before[name] && text != after[name] && name != "mine.txt" {
				t.Errorf("killed before step %d, %s is %q", steps, name, text)
			}
		}
		if now["index.html"] == "old home" && now["gone/index.html"] == "" {
			t.Errorf("killed before step %d, the old home page stands but a page of its site is gone", steps)
		}
		if now["index.html"] == "new home" && now["fresh/index.html"] == "" {
			t.Errorf("killed before step %d, the new home page stands without a page of its site", steps)
		}
		for _, page := range []string{"index.html", "fresh/index.html"} {
			for _, asset := range []string{"fresh/picture.png", "css/new.css", "z.js"} {
				if now[page] == after[page] && now[asset] == "" {
					t.Errorf("killed before step %d, the new %s stands without %s", steps, page, asset)
				}
			}
		}
		if err := publishInto(folder, filesOf(after)); err != nil {
			t.Fatalf("killed before step %d, the next build says: %v", steps, err)
		}
		done := tree(t, folder)
		if done["mine.txt"] == "" {
			t.Errorf("killed before step %d, a file that is not the builder's is gone", steps)
		}
		delete(done, "mine.txt")
		if len(done) != len(after) {
			t.Errorf("killed before step %d, the next build leaves %v", steps, done)
		}
		for name, text := range after {
			if done[name] != text {
				t.Errorf("killed before step %d, the next build leaves %s as %q", steps, name, done[name])
			}
		}
		if !died {
			break
		}
	}
	if steps < 12 {
		t.Errorf("only %d steps were tried", steps)
	}
	t.Logf("killed before each of %d steps", steps)
}

// The very first publication may be killed too, when there is no manifest yet.
func TestInterruptedAtFirst(t *testing.T) {
	site := map[string]string{"index.html": "home", "a/index.html": "a"}
	for step := 0; ; step++ {
		folder := t.TempDir()
		died := interrupt(t, folder, filesOf(site), step)
		if err := publishInto(folder, filesOf(site)); err != nil {
			t.Fatalf("killed before step %d, the next build says: %v", step, err)
		}
		if done := tree(t, folder); len(done) != 2 || done["a/index.html"] != "a" {
			t.Errorf("killed before step %d, the next build leaves %v", step, done)
		}
		if !died {
			break
		}
	}
}
