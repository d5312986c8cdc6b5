package watch

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/paths"
)

// reader reads three folders whenever a Watcher notifies, as the preview does.
type reader struct {
	*testing.T
	root   string
	seen   atomic.Pointer[string] // what it read
	reads  atomic.Int64
	errors logBuffer
	stop   func()
}

// logBuffer is written to and read at the same time.
type logBuffer struct {
	mutex sync.Mutex
	text  bytes.Buffer
}

func (b *logBuffer) Write(p []byte) (int, error) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return b.text.Write(p)
}

func (b *logBuffer) String() string {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return b.text.String()
}

var files = []string{
	"content/index.md", "content/notes/one.md", "content/a/deep/pa.md", "content/b/deep/pb.md", "layouts/404.html", "static/robots.txt",
}

func ignored(name string) bool { return strings.HasPrefix(name, ".") || strings.HasSuffix(name, "~") }

func start(t *testing.T, o Options) *reader { t.Helper(); return startIn(t, t.TempDir(), o) }

// startIn writes some files below root and reads them until the test ends or
// stop is called.
func startIn(t *testing.T, root string, o Options) *reader {
	t.Helper()
	r := &reader{T: t, root: root}
	for _, name := range files {
		r.write(name, name)
	}
	o.Ignored, o.Report = ignored, func(err error) { fmt.Fprintln(&r.errors, diag.Describe(err)) }
	w := New(r.folders(), o)
	read := func() {
		text := r.listing()
		r.seen.Store(&text)
	}
	read()
	done, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		for {
			select {
			case <-done:
				return
			case <-w.Changes():
				w.Subscribe()
				read()
				r.reads.Add(1)
			}
		}
	}()
	r.stop = sync.OnceFunc(func() { close(done); <-ended; w.Close() })
	t.Cleanup(r.stop)
	return r
}

func (r *reader) folders() []string {
	return []string{r.path("content"), r.path("layouts"), r.path("static")}
}

// listing is what the folders hold now: each file and its text, or the error.
func (r *reader) listing() string {
	var b strings.Builder
	for _, folder := range r.folders() {
		real, _ := filepath.EvalSymlinks(folder)
		list(&b, folder, real, 0)
	}
	return b.String()
}

func list(b *strings.Builder, name, root string, depth int) {
	say := func(text string) { fmt.Fprintf(b, "%s: %s\n", name, text) }
	info, err := os.Lstat(name)
	if err == nil && depth > 0 && info.Mode()&fs.ModeSymlink != 0 {
		if to, err := filepath.EvalSymlinks(name); err != nil || !paths.Inside(root, to) || depth > 8 {
			say("is not followed")
			return
		}
	}
	if info, err = os.Stat(name); err == nil && !info.IsDir() {
		var text []byte
		if text, err = os.ReadFile(name); err == nil {
			say(string(text))
		}
	} else if err == nil {
		var entries []fs.DirEntry
		entries, err = os.ReadDir(name)
		for _, entry := range entries {
			if !ignored(entry.Name()) {
				list(b, filepath.Join(name, entry.Name()), root, depth+1)
			}
		}
	}
	if err != nil {
		say(err.Error())
	}
}

// settles waits until the reader has read what the folders hold.
func (r *reader) settles() {
	r.Helper()
	want := r.listing()
	r.await("what the folders hold", func() bool { return *r.seen.Load() == want })
}

// alive writes into every folder of the content, one after another, and waits
// each time until it is read: nothing else notifies of that folder.
func (r *reader) alive(mark string) {
	r.Helper()
	r.must(filepath.WalkDir(r.path("content"), func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(name) != ".md" {
			return err
		}
		if err := os.WriteFile(name, []byte(mark+" in "+name), 0o644); err != nil {
			return err
		}
		r.settles()
		return nil
	}))
}

func (r *reader) await(what string, f func() bool) {
	r.Helper()
	for end := time.Now().Add(20 * time.Second); !f(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			r.Fatalf("waited in vain for %s\n%s", what, r.errors.String())
		}
	}
}

func (r *reader) must(err error) {
	r.Helper()
	if err != nil {
		r.Fatal(err)
	}
}

func (r *reader) path(name string) string  { return filepath.Join(r.root, name) }
func (r *reader) rename(from, to string)   { r.Helper(); r.must(os.Rename(r.path(from), r.path(to))) }
func (r *reader) remove(name string)       { r.Helper(); r.must(os.RemoveAll(r.path(name))) }
func (r *reader) link(target, name string) { r.Helper(); r.must(os.Symlink(target, r.path(name))) }
func (r *reader) write(name, text string) {
	r.Helper()
	r.must(os.MkdirAll(filepath.Dir(r.path(name)), 0o755))
	r.must(os.WriteFile(r.path(name), []byte(text), 0o644))
}

// put replaces a file at once.
func (r *reader) put(name, text string) {
	r.Helper()
	r.write("aside", text)
	r.rename("aside", name)
}

// goroutines are those of this package's Watchers that run.
func goroutines() []string {
	stacks := make([]byte, 1<<22)
	stacks = stacks[:runtime.Stack(stacks, true)]
	return slices.DeleteFunc(strings.Split(string(stacks), "\n\n"), func(stack string) bool {
		return !strings.Contains(stack, "watch.(*Watcher)") && !strings.Contains(stack, "fsnotify.")
	})
}

// asNobody runs the test again as a user who may not read everything.
func asNobody(t *testing.T) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	binary, err := os.ReadFile(self)
	if err != nil {
		t.Fatal(err)
	}
	folder, err := os.MkdirTemp("", "nobody-")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(folder)
	copied := filepath.Join(folder, "test")
	if err := errors.Join(os.WriteFile(copied, binary, 0o755), os.Chmod(folder, 0o777)); err != nil {
		t.Fatal(err)
	}
	again := exec.CommandContext(t.Context(), copied, "-test.run=^"+t.Name()+"$", "-test.v")
	again.Dir, again.Env = folder, append(os.Environ(), "TMPDIR="+folder)
	again.SysProcAttr = nobody
	out, err := again.CombinedOutput()
	if err != nil || strings.Count(string(out), "--- PASS") != 3 {
		t.Errorf("as another user: %v\n%s", err, out)
	}
}
