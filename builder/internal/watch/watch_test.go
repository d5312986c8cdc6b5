package watch

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/fsnotify/fsnotify"
)

func TestFoldersRenamed(t *testing.T) {
	for name, do := range map[string]func(*reader){
		"out and back": func(r *reader) {
			r.rename("content/a", "away")
			r.settles()
			r.write("away/deep/pa.md", "Written while away")
			r.rename("away", "content/a")
		},
		"out and back at once": func(r *reader) {
			r.rename("content/a", "away")
			r.rename("away", "content/a")
		},
		"renamed":             func(r *reader) { r.rename("content/a", "content/c") },
		"renamed and renewed": func(r *reader) { r.rename("content/b", "content/a0"); r.write("content/b/deep/pc.md", "C") },
		"a prepared one takes the name": func(r *reader) {
			r.write("away/deep/pc.md", "C")
			r.rename("content/b", "content/a0")
			r.rename("away", "content/b")
		},
		"changed places": func(r *reader) {
			r.rename("content/a", "content/t")
			r.rename("content/b", "content/a")
			r.rename("content/t", "content/b")
		},
		"changed places elsewhere": func(r *reader) {
			r.rename("content/a", "away")
			r.rename("content/b", "content/a")
			r.rename("away", "content/b")
		},
		"deleted and made again": func(r *reader) { r.remove("content/a"); r.write("content/a/deep/pa.md", "Again") },
		"hidden and shown": func(r *reader) {
			r.rename("content/a", "content/.a")
			r.settles()
			r.rename("content/.a", "content/a")
		},
		"made deep": func(r *reader) { r.write("content/x/y/z/pc.md", "C") },
		"into another": func(r *reader) {
			r.rename("content/a", "content/b/deep/a")
			r.settles()
			r.rename("content/b", "content/a")
		},
		"layouts gone and back": func(r *reader) { r.rename("layouts", "l"); r.rename("l", "layouts") },
	} {
		t.Run(name, func(t *testing.T) {
			r := start(t, Options{})
			do(r)
			r.settles()
			r.alive("first")
			r.alive("second")
			r.write("layouts/404.html", "Other")
			r.settles()
		})
	}
}

// A folder is found when it comes back, even if all the folders that it was in
// were gone as well.
func TestRootsGone(t *testing.T) {
	for _, gone := range []string{"content", "layouts", "static", "project", "project and more"} {
		t.Run(gone, func(t *testing.T) {
			parent := t.TempDir()
			r := startIn(t, filepath.Join(parent, "of/project"), Options{})
			name := r.path(gone)
			if strings.HasPrefix(gone, "project") {
				name = r.root
			}
			for range 2 {
				r.must(os.Rename(name, filepath.Join(parent, "away")))
				r.settles()
				if gone == "project and more" {
					r.must(os.Remove(filepath.Dir(name)))
					r.must(os.Mkdir(filepath.Dir(name), 0o755))
				}
				r.must(os.Rename(filepath.Join(parent, "away"), name))
				r.settles()
			}
			r.alive("afterwards")
			for _, file := range []string{"static/robots.txt", "layouts/404.html"} {
				r.put(file, "Other")
				r.settles()
			}
		})
	}
}

// Two folders change places while they are subscribed to.
func TestSwapDuringSubscribe(t *testing.T) {
	for _, at := range []string{"content", "content/a", "content/a/in", "content/b", "content/c"} {
		t.Run(at, func(t *testing.T) {
			root := t.TempDir()
			path := func(name string) string { return filepath.Join(root, name) }
			var swap, swapped atomic.Bool
			r := startIn(t, root, Options{newNotifier: func() (*notifier, error) {
				n, err := newSystemNotifier()
				if err != nil {
					return nil, err
				}
				add := n.add
				n.add = func(folder string) error {
					if folder == path(at) && swap.CompareAndSwap(true, false) {
						for _, r := range [][2]string{{"content/a", "t"}, {"content/b", "content/a"}, {"t", "content/b"}} {
							if err := os.Rename(path(r[0]), path(r[1])); err != nil {
								return err
							}
						}
						swapped.Store(true)
					}
					return add(folder)
				}
				return n, nil
			}})
			for _, name := range []string{"a", "b", "c"} {
				r.write("content/"+name+"/in/page.md", name)
			}
			r.settles()
			r.alive("before")
			swap.Store(true)
			r.write("content/notes/one.md", "Subscribe again.")
			r.await("the swap", swapped.Load)
			r.settles()
			r.alive("after")
			r.alive("later")
		})
	}
}

// Folders come and go, whole, while they are read.
func TestFoldersDuringReads(t *testing.T) {
	r := start(t, Options{})
	for i := range 150 {
		r.write(fmt.Sprintf("content/n%d/in/p%d.md", i, i), "At once.")
		if i%3 == 0 {
			r.remove(fmt.Sprintf("content/n%d", i/2))
		}
	}
	r.settles()
	r.alive("afterwards")
}

// Whatever is done to folders, in whatever order, every folder is watched in
// the end.
func TestRandomChanges(t *testing.T) {
	r := start(t, Options{})
	random := rand.New(rand.NewPCG(1, 2))
	names := []string{"content/a", "content/b", "content/c", "content/a/deep", "content/b/deep", "content/c/deep", "away"}
	for round := range 40 {
		for range 1 + random.IntN(12) {
			from, to := r.path(names[random.IntN(len(names))]), r.path(names[random.IntN(len(names))])
			switch random.IntN(5) {
			case 0:
				_ = os.RemoveAll(from)
			case 1:
				_ = os.MkdirAll(from, 0o755)
			case 2: // two change places
				_ = os.Rename(from, r.path("t"))
				_ = os.Rename(to, from)
				_ = os.Rename(r.path("t"), to)
			default:
				_ = os.Rename(from, to)
			}
			if random.IntN(3) == 0 {
				name := names[random.IntN(len(names)-1)] + fmt.Sprintf("/p%d.md", random.IntN(1000))
				if os.MkdirAll(filepath.Dir(r.path(name)), 0o755) == nil {
					r.write(name, "Random.")
				}
			}
		}
		r.settles()
		r.alive(fmt.Sprint("round ", round))
	}
}

func TestLinks(t *testing.T) {
	t.Run("loops", func(t *testing.T) {
		r := &reader{T: t, root: t.TempDir()}
		r.write("content/notes/one.md", "One")
		for name, target := range map[string]string{"up": "..", "self": "self", "here": ".", "out": "/"} {
			r.link(target, "content/notes/"+name)
		}
		w := New([]string{r.path("content")}, Options{Ignored: ignored, Report: func(err error) { t.Error(err) }})
		defer w.Close()
		w.Subscribe()
		for name := range w.walked {
			if !strings.HasPrefix(name, r.root) {
				t.Errorf("%s is watched", name)
			}
		}
	})
	t.Run("file", func(t *testing.T) {
		r := start(t, Options{})
		r.write("content/.store/real.md", "First.")
		r.link(".store/real.md", "content/two.md")
		r.settles()
		r.write("content/.store/real.md", "Second.")
		r.settles()
		r.put("content/.store/real.md", "Third.")
		r.settles()
	})
	t.Run("folder", func(t *testing.T) {
		r := start(t, Options{})
		r.write("content/.store/sub/real.csv", "1")
		r.link(".store", "content/shared")
		r.settles()
		r.write("content/.store/sub/real.csv", "2")
		r.settles()
	})
	t.Run("the content leads elsewhere now", func(t *testing.T) {
		r := start(t, Options{})
		r.rename("content", "x")
		r.must(os.CopyFS(r.path("of/y"), os.DirFS(r.path("x"))))
		r.write("of/y/index.md", "The other.")
		r.link("x", "content")
		r.settles()
		r.link("of/y", "new")
		r.rename("new", "content")
		r.settles()
		r.write("of/y/notes/one.md", "Behind the new link.")
		r.settles()
		r.rename("of/y", "z")
		r.settles()
		r.rename("z", "of/y")
		r.settles()
		r.write("of/y/notes/one.md", "Once more.")
		r.settles()
	})
}

// fails makes the system's notifiers until they fail: when one is made after the
// first made ones, or when a folder is watched after the first added ones.
func fails(made, added int, err error) func() (*notifier, error) {
	return func() (*notifier, error) {
		if made--; made < 0 {
			return nil, err
		}
		n, e := newSystemNotifier()
		if e != nil {
			return nil, e
		}
		add := n.add
		n.add = func(folder string) error {
			if added--; added < 0 {
				return err
			}
			return add(folder)
		}
		return n, nil
	}
}

func TestPollsWhereWatchingFails(t *testing.T) {
	broken := make(chan error)
	for name, c := range map[string]struct {
		newNotifier func() (*notifier, error)
		cause       string
	}{
		"no notifier":     {fails(0, 0, fmt.Errorf("inotify: %w", syscall.EMFILE)), "fs.inotify.max_user_instances"},
		"no second":       {fails(1, 1e9, syscall.EMFILE), "fs.inotify.max_user_instances"},
		"no watch":        {fails(1, 0, syscall.ENOSPC), "fs.inotify.max_user_watches"},
		"few watches":     {fails(1, 5, &fs.PathError{Op: "add", Path: "x", Err: syscall.ENOSPC}), "fs.inotify.max_user_watches"},
		"no more watches": {fails(1, 40, syscall.ENOSPC), "fs.inotify.max_user_watches"},
		"not here":        {fails(0, 0, errors.ErrUnsupported), "unsupported operation"},
		"not readable":    {fails(1, 0, fs.ErrPermission), "none of them can be read"},
		"breaks": {func() (*notifier, error) {
			n, err := newSystemNotifier()
			if err == nil {
				n.errors = broken
			}
			return n, err
		}, "the disk is gone"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := start(t, Options{newNotifier: c.newNotifier})
			if name == "breaks" {
				broken <- errors.New("the disk is gone")
			}
			r.write("content/new/n.md", "New.")
			r.rename("content/a", "content/c")
			r.settles()
			r.write("content/c/deep/pa.md", "Edited under the new name.")
			r.settles()
			if text := r.errors.String(); strings.Count(text, "cannot be watched") != 1 || !strings.Contains(text, c.cause) || !strings.Contains(text, "every 500ms from now on") {
				t.Errorf("it says %q", text)
			}
		})
	}
}

func TestPolls(t *testing.T) {
	r := start(t, Options{Poll: 2 * time.Millisecond, newNotifier: func() (*notifier, error) {
		t.Error("something is watched")
		return nil, errors.ErrUnsupported
	}})
	for _, change := range []func(){
		func() { r.write("content/new/n.md", "New.") },
		func() { r.write("content/new/n.md", "Edited.") },
		func() { r.rename("content/a", "content/c") },
		func() { r.rename("content/new/n.md", "content/new/m.md") },
		func() { r.remove("content/b") },
		func() { r.write("content/c/deep/pa.md", "Edited under the new name.") },
		func() { r.rename("content", "away") },
		func() { r.rename("away", "content") },
	} {
		change()
		r.settles()
	}
}

// After an overflow the events are gone, and a scan finds what they meant.
func TestOverflow(t *testing.T) {
	t.Run("told", func(t *testing.T) {
		lost := make(chan error)
		r := start(t, Options{newNotifier: func() (*notifier, error) {
			n, err := newSystemNotifier()
			n.events, n.errors = make(chan fsnotify.Event), lost // it says nothing else
			return n, err
		}})
		for i := range 3 {
			r.write("content/a/deep/pa.md", fmt.Sprint("Not told ", i))
			r.write(fmt.Sprintf("content/x%d/p%d.md", i, i), "Not told.")
			r.remove("content/b")
			lost <- fsnotify.ErrEventOverflow
			r.settles()
		}
		if text := r.errors.String(); text != "" {
			t.Errorf("it says %q", text)
		}
	})
	t.Run("real", func(t *testing.T) {
		limit, err := os.ReadFile("/proc/sys/fs/inotify/max_queued_events")
		if n, _ := strconv.Atoi(strings.TrimSpace(string(limit))); err != nil || n > 20_000 {
			t.Skip("the queue is not that of Linux, or is very long")
		}
		gate, overflows := make(chan struct{}), atomic.Int64{}
		r := start(t, Options{newNotifier: func() (*notifier, error) {
			n, err := newSystemNotifier()
			if err != nil {
				return nil, err
			}
			from, to := n.errors, make(chan error)
			events, passed := n.events, make(chan fsnotify.Event)
			n.errors, n.events = to, passed
			go func() {
				defer close(passed)
				<-gate
				for {
					select {
					case e, open := <-events:
						if !open {
							return
						}
						passed <- e
					case err := <-from:
						if errors.Is(err, fsnotify.ErrEventOverflow) {
							overflows.Add(1)
						}
						to <- err
					}
				}
			}()
			return n, nil
		}})
		for i := range 9000 { // each is three events or more
			name := fmt.Sprintf("content/a/q%d.csv", i%50)
			r.write(name, fmt.Sprint(i))
			if i < 8900 {
				r.remove(name)
			}
		}
		r.write("content/z/late.md", "After the overflow.")
		close(gate)
		r.settles()
		r.alive("afterwards")
		r.await("an overflow", func() bool { return overflows.Load() > 0 })
	})
}

// Attributes change without end on some systems. That is answered once in a
// while, for a file may have become readable.
func TestAttributesAreAnsweredSeldom(t *testing.T) {
	r := start(t, Options{})
	r.settles()
	before, begin := r.reads.Load(), time.Now()
	for i := 0; r.reads.Load() < before+2; i++ {
		r.must(os.Chmod(r.path("content/index.md"), 0o600+os.FileMode(i%2)*0o44))
		if time.Since(begin) > 20*time.Second {
			t.Fatal("attributes are not answered")
		}
	}
	if took := time.Since(begin); took < 2*attributeDelay {
		t.Errorf("answered twice within %v", took)
	}
}

func TestUnreadableFile(t *testing.T) {
	if os.Geteuid() == 0 {
		asNobody(t)
		return
	}
	for _, name := range []string{"content/notes/one.md", "content/notes"} {
		t.Run(name, func(t *testing.T) {
			r := start(t, Options{})
			info, err := os.Stat(r.path(name))
			r.must(err)
			r.must(os.Chmod(r.path(name), 0))
			defer os.Chmod(r.path(name), info.Mode())
			r.settles()
			if !strings.Contains(*r.seen.Load(), "permission denied") {
				t.Errorf("%s can be read", name)
			}
			r.must(os.Chmod(r.path(name), info.Mode()))
			r.settles()
			r.alive("afterwards")
		})
	}
}

// What is ignored, and what lies beside the folders, is not answered.
func TestIgnored(t *testing.T) {
	r := start(t, Options{})
	r.settles()
	before := r.reads.Load()
	for _, name := range []string{"content/notes/one.md~", "content/.one.md.swp", "content/.git/index.lock", "README.md", "public/index.html", "log.txt"} {
		r.write(name, "junk")
		r.must(os.Chmod(r.path(name), 0o600))
		r.rename(name, name+"~")
		r.remove(name + "~")
	}
	r.put("content/notes/one.md", "One change, whole at once, after all that.")
	r.settles()
	if n := r.reads.Load() - before; n != 1 {
		t.Errorf("answered %d times, want once", n)
	}
}

func TestCloseLeavesNothing(t *testing.T) {
	for name, o := range map[string]Options{
		"watching":     {},
		"polling":      {Poll: time.Millisecond},
		"falling back": {newNotifier: fails(1, 3, syscall.ENOSPC)},
	} {
		t.Run(name, func(t *testing.T) {
			before := len(goroutines())
			r := start(t, o)
			r.rename("content/a", "content/c") // makes another notifier
			r.settles()
			r.must(os.Chmod(r.path("content/index.md"), 0o600)) // an answer that waits
			r.stop()
			r.await("every goroutine's end", func() bool { return len(goroutines()) <= before })
		})
	}
}

func TestRootsOf(t *testing.T) {
	r := &reader{T: t, root: t.TempDir()}
	r.write("real/a.md", "A")
	r.link("real", "link")
	r.link("nowhere", "broken")
	for folder, want := range map[string][]string{
		"real": {"real"}, "link": {"link", "real"}, "broken": {"broken", "nowhere"}, "missing": {"missing"},
	} {
		var names []string
		for _, name := range want {
			names = append(names, r.path(name))
		}
		if got := rootsOf([]string{r.path(folder)}); !slices.Equal(got, names) {
			t.Errorf("%s: %q, want %q", folder, got, names)
		}
	}
}
