package devserver

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/fsnotify/fsnotify"

	"analysis/builder/internal/pipeline"
	"analysis/builder/internal/publish"
)

// notebook is written to and read at the same time.
type notebook struct {
	mutex sync.Mutex
	text  bytes.Buffer
}

func (n *notebook) Write(p []byte) (int, error) {
	n.mutex.Lock()
	defer n.mutex.Unlock()
	return n.text.Write(p)
}

func (n *notebook) String() string {
	n.mutex.Lock()
	defer n.mutex.Unlock()
	return n.text.String()
}

// garden is a site under a running preview whose every build is seen.
type garden struct {
	*preview
	root   string
	build  pipeline.Options
	server atomic.Pointer[server]
	builds atomic.Int64
	errors notebook

	mutex sync.Mutex
	names map[string]bool // of all files that were ever served
}

// plant starts a preview over a small site and more files.
func plant(t *testing.T, o Options, more map[string]string) *garden {
	t.Helper()
	root, b := newSite(t)
	for name, text := range more {
		write(t, root, name, text)
	}
	return tend(t, o, root, b)
}

// tend starts a preview over a site that exists.
func tend(t *testing.T, o Options, root string, b pipeline.Options) *garden {
	t.Helper()
	g := &garden{root: root, build: b, names: map[string]bool{}}
	o.Build, o.Stderr = b, &g.errors
	o.built = func(s *server, snapshot *pipeline.Snapshot) {
		g.mutex.Lock()
		defer g.mutex.Unlock()
		for name := range snapshot.Files {
			g.names[name] = true
		}
		g.server.Store(s)
		g.builds.Add(1)
	}
	g.preview = start(t, o)
	g.build.BaseURL = g.url + "/"
	return g
}

// served are the names of all files that were ever served.
func (g *garden) served() []string {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	return slices.Sorted(maps.Keys(g.names))
}

// page is the text of a file with a text of its own.
func page(text string) string { return "---\ntitle: T\n---\n\n" + text + "\n" }

func (g *garden) write(name, text string) { g.t.Helper(); write(g.t, g.root, name, text) }

func (g *garden) must(err error) {
	g.t.Helper()
	if err != nil {
		g.t.Fatal(err)
	}
}

func (g *garden) path(name string) string  { return filepath.Join(g.root, name) }
func (g *garden) rename(from, to string)   { g.t.Helper(); g.must(os.Rename(g.path(from), g.path(to))) }
func (g *garden) remove(name string)       { g.t.Helper(); g.must(os.RemoveAll(g.path(name))) }
func (g *garden) link(target, name string) { g.t.Helper(); g.must(os.Symlink(target, g.path(name))) }
func (g *garden) put(name, text string) {
	g.t.Helper()
	g.write("aside", text)
	g.rename("aside", name)
}
func (g *garden) number() int { return g.server.Load().now.Load().number }
func (g *garden) await(what string, f func() bool) {
	g.t.Helper()
	for end := time.Now().Add(20 * time.Second); !f(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			g.t.Fatalf("waited in vain: %s", what)
		}
	}
}

// turns waits until the newest build has errors, or has none.
func (g *garden) turns(failed bool) {
	g.t.Helper()
	g.await(fmt.Sprint("failed: ", failed), func() bool { return g.server.Load().now.Load().failed == failed })
}

// settles waits until the preview is what a build shows that sees the folders
// for the first time.
func (g *garden) settles() {
	g.t.Helper()
	clean, err := pipeline.New(g.build).Build(publish.Memory{})
	g.must(err)
	want := &state{site: clean, diagnostics: clean.Diagnostics, failed: !clean.OK()}
	difference := func() string {
		now := g.server.Load().now.Load()
		if now.failed != want.failed || !slices.Equal(now.diagnostics, want.diagnostics) {
			return fmt.Sprintf("diagnostics are\n%v\nand should be\n%v", now.diagnostics, want.diagnostics)
		}
		if want.failed {
			return ""
		}
		for name, f := range want.site.Files {
			if is := now.site.Files[name]; is == nil || is.Sum != f.Sum {
				return name + " differs"
			}
		}
		for name := range now.site.Files {
			if want.site.Files[name] == nil {
				return name + " should not be there"
			}
		}
		return ""
	}
	for end := time.Now().Add(20 * time.Second); difference() != ""; time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			g.t.Fatalf("the preview differs from a clean build: %s\n%s", difference(), g.errors.String())
		}
	}
}

// alive writes into every folder of the content, one after another, and waits
// each time until the preview shows it: nothing else rings for that folder.
func (g *garden) alive(mark string) {
	g.t.Helper()
	g.must(filepath.WalkDir(g.path("content"), func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(name) != ".md" {
			return err
		}
		if err := os.WriteFile(name, []byte(page(mark+" in "+name)), 0o644); err != nil {
			return err
		}
		g.settles()
		return nil
	}))
}

// deep are folders below folders.
var deep = map[string]string{
	"content/a/deep/pa.md": page("A"),
	"content/b/deep/pb.md": page("B"),
}

func TestWatchFolders(t *testing.T) {
	for name, do := range map[string]func(*garden){
		"out and back": func(g *garden) {
			g.rename("content/a", "away")
			g.settles()
			g.write("away/deep/pa.md", page("Written while away"))
			g.rename("away", "content/a")
		},
		"out and back at once": func(g *garden) {
			g.rename("content/a", "away")
			g.rename("away", "content/a")
		},
		"renamed":             func(g *garden) { g.rename("content/a", "content/c") },
		"renamed and renewed": func(g *garden) { g.rename("content/b", "content/a0"); g.write("content/b/deep/pc.md", page("C")) },
		"a prepared one takes the name": func(g *garden) {
			g.write("away/deep/pc.md", page("C"))
			g.rename("content/b", "content/a0")
			g.rename("away", "content/b")
		},
		"changed places": func(g *garden) {
			g.rename("content/a", "content/t")
			g.rename("content/b", "content/a")
			g.rename("content/t", "content/b")
		},
		"changed places elsewhere": func(g *garden) {
			g.rename("content/a", "away")
			g.rename("content/b", "content/a")
			g.rename("away", "content/b")
		},
		"deleted and made anew": func(g *garden) { g.remove("content/a"); g.write("content/a/deep/pa.md", page("Anew")) },
		"hidden and shown": func(g *garden) {
			g.rename("content/a", "content/.a")
			g.settles()
			g.rename("content/.a", "content/a")
		},
		"made deep": func(g *garden) { g.write("content/x/y/z/pc.md", page("C")) },
		"into another": func(g *garden) {
			g.rename("content/a", "content/b/deep/a")
			g.settles()
			g.rename("content/b", "content/a")
		},
		"layouts gone and back": func(g *garden) { g.rename("layouts", "l"); g.rename("l", "layouts") },
	} {
		t.Run(name, func(t *testing.T) {
			g := plant(t, Options{}, deep)
			do(g)
			g.settles()
			g.alive("first")
			g.alive("second")
			g.write("layouts/404.html", `{{define "main"}}<h1>Other</h1>{{end}}`)
			g.settles()
		})
	}
}

// While a folder of the site is gone, the last good site stays. It is found
// when it comes back, even if all the folders that it was in were gone as well.
func TestWatchAFolderOfTheSiteThatIsGone(t *testing.T) {
	for _, gone := range []string{"content", "layouts", "static", "project", "project and more"} {
		t.Run(gone, func(t *testing.T) {
			parent := t.TempDir()
			root := filepath.Join(parent, "of/project")
			for name, text := range files {
				write(t, root, name, text)
			}
			g := tend(t, Options{}, root, pipeline.Options{Content: root + "/content", Layouts: root + "/layouts", Static: root + "/static"})
			name := filepath.Join(root, gone)
			if strings.HasPrefix(gone, "project") {
				name = root
			}
			for range 2 {
				g.must(os.Rename(name, filepath.Join(parent, "away")))
				g.turns(true)
				if status, body := g.get("/notes/one/"); status != 200 || !strings.Contains(body, "Note one.") {
					t.Errorf("meanwhile the page is %d %q", status, body)
				}
				if gone == "project and more" {
					g.must(os.Remove(filepath.Dir(name)))
					g.must(os.Mkdir(filepath.Dir(name), 0o755))
				}
				g.must(os.Rename(filepath.Join(parent, "away"), name))
				g.turns(false)
				g.settles()
			}
			g.alive("afterwards")
			g.put("static/robots.txt", "User-agent: none\n")
			g.settles()
			g.put("layouts/404.html", `{{define "main"}}<h1>Other</h1>{{end}}`)
			g.settles()
		})
	}
}

// Folders come and go, whole, while builds run.
func TestWatchFoldersDuringBuilds(t *testing.T) {
	g := plant(t, Options{}, nil)
	for i := range 150 {
		g.write(fmt.Sprintf("content/n%d/in/p%d.md", i, i), page("At once."))
		if i%3 == 0 {
			g.remove(fmt.Sprintf("content/n%d", i/2))
		}
	}
	g.settles()
	g.alive("afterwards")
}

// Whatever is done to folders, in whatever order, every folder is watched in
// the end.
func TestWatchRandomChanges(t *testing.T) {
	g := plant(t, Options{}, deep)
	seed := time.Now().UnixNano()
	random := rand.New(rand.NewSource(seed))
	names := []string{"content/a", "content/b", "content/c", "content/a/deep", "content/b/deep", "content/c/deep", "away"}
	for round := range 15 {
		for range 1 + random.Intn(12) {
			from, to := g.path(names[random.Intn(len(names))]), g.path(names[random.Intn(len(names))])
			switch random.Intn(5) {
			case 0:
				_ = os.RemoveAll(from)
			case 1:
				_ = os.MkdirAll(from, 0o755)
			case 2: // two change places
				_ = os.Rename(from, g.path("t"))
				_ = os.Rename(to, from)
				_ = os.Rename(g.path("t"), to)
			default:
				_ = os.Rename(from, to)
			}
			if random.Intn(3) == 0 {
				name := names[random.Intn(len(names)-1)] + fmt.Sprintf("/p%d.md", random.Intn(1000))
				if os.MkdirAll(filepath.Dir(g.path(name)), 0o755) == nil {
					g.write(name, page("Random."))
				}
			}
		}
		t.Logf("seed %d, round %d", seed, round)
		g.settles()
		// Ids are the names of the files. They must differ, or nothing shows.
		n := 0
		g.must(filepath.WalkDir(g.path("content"), func(name string, entry fs.DirEntry, err error) error {
			if err == nil && filepath.Ext(name) == ".md" && filepath.Base(name) != "index.md" && !strings.Contains(name, "notes") {
				n++
				return os.Rename(name, filepath.Join(filepath.Dir(name), fmt.Sprintf("r%d-%d.md", round, n)))
			}
			return err
		}))
		g.settles()
		g.alive(fmt.Sprint("round ", round))
	}
}

func TestWatchLinks(t *testing.T) {
	t.Run("loops", func(t *testing.T) {
		root, o := newSite(t)
		for name, target := range map[string]string{"up": "..", "self": "self", "here": ".", "out": "/"} {
			if err := os.Symlink(target, filepath.Join(root, "content/notes", name)); err != nil {
				t.Fatal(err)
			}
		}
		b := newDoorbell(Options{Build: o}, func(err error) { t.Error(err) })
		defer b.close()
		b.subscribe()
		for name := range b.walked {
			if !within(root, name) {
				t.Errorf("%s is watched", name)
			}
		}
	})
	t.Run("file", func(t *testing.T) {
		g := plant(t, Options{}, map[string]string{"content/.store/real.md": page("First.")})
		g.link(".store/real.md", "content/two.md")
		g.shows("/two/", 200, "First.")
		g.write("content/.store/real.md", page("Second."))
		g.shows("/two/", 200, "Second.")
		g.put("content/.store/real.md", page("Third."))
		g.shows("/two/", 200, "Third.")
		g.settles()
	})
	t.Run("folder", func(t *testing.T) {
		g := plant(t, Options{}, map[string]string{"content/.store/sub/real.csv": "1"})
		g.link(".store", "content/shared")
		g.settles()
		before := g.builds.Load()
		g.write("content/.store/sub/real.csv", "2")
		g.await("a ring for a file behind a link", func() bool { return g.builds.Load() > before })
		g.settles()
	})
	t.Run("the content leads elsewhere now", func(t *testing.T) {
		g := plant(t, Options{}, nil)
		g.rename("content", "x")
		g.must(os.CopyFS(g.path("of/y"), os.DirFS(g.path("x"))))
		g.write("of/y/index.md", page("The other."))
		g.link("x", "content")
		g.settles()
		g.link("of/y", "new")
		g.rename("new", "content")
		g.settles()
		g.shows("/", 200, "The other.")
		g.write("of/y/notes/one.md", page("Behind the new link."))
		g.shows("/notes/one/", 200, "Behind the new link.")
		g.rename("of/y", "z")
		g.turns(true)
		g.rename("z", "of/y")
		g.turns(false)
		g.write("of/y/notes/one.md", page("Once more."))
		g.shows("/notes/one/", 200, "Once more.")
	})
}

// fails gives native watchers until they fail: when one is made for the time
// after made, or when a folder is watched for the time after added.
func fails(made, added int, err error) func() (*watcher, error) {
	return func() (*watcher, error) {
		if made--; made < 0 {
			return nil, err
		}
		w, e := native()
		if e != nil {
			return nil, e
		}
		add := w.add
		w.add = func(folder string) error {
			if added--; added < 0 {
				return err
			}
			return add(folder)
		}
		return w, nil
	}
}

func TestServePollsWhereWatchingFails(t *testing.T) {
	broken := make(chan error)
	for name, c := range map[string]struct {
		newWatcher func() (*watcher, error)
		cause      string
	}{
		"no watcher":      {fails(0, 0, fmt.Errorf("inotify: %w", syscall.EMFILE)), "fs.inotify.max_user_instances"},
		"no second":       {fails(1, 1e9, syscall.EMFILE), "fs.inotify.max_user_instances"},
		"no watch":        {fails(1, 0, syscall.ENOSPC), "fs.inotify.max_user_watches"},
		"few watches":     {fails(1, 5, &fs.PathError{Op: "add", Path: "x", Err: syscall.ENOSPC}), "fs.inotify.max_user_watches"},
		"no more watches": {fails(1, 40, syscall.ENOSPC), "fs.inotify.max_user_watches"},
		"not here":        {fails(0, 0, errors.ErrUnsupported), "unsupported operation"},
		"not readable":    {fails(1, 0, fs.ErrPermission), "none of them can be read"},
		"breaks": {func() (*watcher, error) {
			w, err := native()
			if err == nil {
				w.errors = broken
			}
			return w, err
		}, "the disk is gone"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := plant(t, Options{newWatcher: c.newWatcher}, deep)
			if name == "breaks" {
				broken <- errors.New("the disk is gone")
			}
			g.write("content/new/n.md", page("New."))
			g.rename("content/a", "content/c")
			g.settles()
			g.write("content/c/deep/pa.md", page("Edited under the new name."))
			g.settles()
			if text := g.errors.String(); strings.Count(text, "builder: ") != 1 || !strings.Contains(text, c.cause) || !strings.Contains(text, "every 500ms from now on") {
				t.Errorf("it says %q", text)
			}
			g.must(g.stop())
		})
	}
}

// follows checks that all kinds of changes are seen.
func (g *garden) follows() {
	g.t.Helper()
	g.write("content/new/n.md", page("New."))
	g.settles()
	g.write("content/new/n.md", page("Edited."))
	g.settles()
	g.rename("content/a", "content/c")
	g.settles()
	g.rename("content/new/n.md", "content/new/m.md")
	g.settles()
	g.remove("content/b")
	g.settles()
	g.write("content/c/deep/pa.md", page("Edited under the new name."))
	g.settles()
}

func TestServePollsEverything(t *testing.T) {
	g := plant(t, Options{Poll: 2 * time.Millisecond, newWatcher: func() (*watcher, error) {
		t.Error("something is watched")
		return nil, errors.ErrUnsupported
	}}, deep)
	g.follows()
	g.rename("content", "away")
	g.turns(true)
	g.rename("away", "content")
	g.turns(false)
	g.settles()
}

// After an overflow the events are gone, and a scan finds what they meant.
func TestServeSurvivesAnOverflow(t *testing.T) {
	t.Run("told", func(t *testing.T) {
		lost := make(chan error)
		g := plant(t, Options{newWatcher: func() (*watcher, error) {
			w, err := native()
			w.events, w.errors = make(chan fsnotify.Event), lost // it says nothing else
			return w, err
		}}, deep)
		for i := range 3 {
			g.write("content/a/deep/pa.md", page(fmt.Sprint("Unheard ", i)))
			g.write(fmt.Sprintf("content/x%d/p%d.md", i, i), page("Unheard."))
			g.remove("content/b")
			lost <- fsnotify.ErrEventOverflow
			g.settles()
		}
		if text := g.errors.String(); strings.Contains(text, "builder: ") {
			t.Errorf("it says %q", text)
		}
	})
	t.Run("real", func(t *testing.T) {
		limit, err := os.ReadFile("/proc/sys/fs/inotify/max_queued_events")
		if n, _ := strconv.Atoi(strings.TrimSpace(string(limit))); err != nil || n > 20_000 {
			t.Skip("the queue is not that of Linux, or is very long")
		}
		gate, overflows := make(chan struct{}), atomic.Int64{}
		g := plant(t, Options{newWatcher: func() (*watcher, error) {
			w, err := native()
			if err != nil {
				return nil, err
			}
			from, to := w.errors, make(chan error)
			events, passed := w.events, make(chan fsnotify.Event)
			w.errors, w.events = to, passed
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
			return w, nil
		}}, deep)
		for i := range 9000 { // each is three events or more
			name := fmt.Sprintf("content/a/q%d.csv", i%50)
			g.write(name, fmt.Sprint(i))
			if i < 8900 {
				g.remove(name)
			}
		}
		g.write("content/z/late.md", page("After the overflow."))
		close(gate)
		g.settles()
		g.alive("afterwards")
		g.await("an overflow", func() bool { return overflows.Load() > 0 })
	})
}

// A storm of changes ends in what they come to, after few builds.
func TestServeSurvivesAStorm(t *testing.T) {
	g := plant(t, Options{}, deep)
	for i := range 10_000 {
		switch name := fmt.Sprintf("content/notes/s%d.md", i%60); {
		case i%7 == 3:
			g.remove(name)
		default:
			g.write(name, page(fmt.Sprint("Storm ", i)))
		}
	}
	g.settles()
	if n := g.builds.Load(); n > 1000 {
		t.Errorf("%d builds", n)
	} else {
		t.Logf("%d builds, of which %d were another", n, g.number())
	}
}

// Attributes change without end on some systems. That rings once in a while,
// for a file may have become readable.
func TestServeRingsSeldomForAttributes(t *testing.T) {
	g := plant(t, Options{}, nil)
	g.settles()
	before, begin := g.builds.Load(), time.Now()
	for i := 0; g.builds.Load() < before+2; i++ {
		g.must(os.Chmod(g.path("content/index.md"), 0o600+os.FileMode(i%2)*0o44))
		if time.Since(begin) > 20*time.Second {
			t.Fatal("attributes do not ring")
		}
	}
	if took := time.Since(begin); took < 2*rest {
		t.Errorf("two rings within %v", took)
	}
}

func TestServeRecoversFromAnUnreadableFile(t *testing.T) {
	if os.Geteuid() == 0 {
		asNobody(t)
		return
	}
	for _, name := range []string{"content/notes/one.md", "content/notes"} {
		t.Run(name, func(t *testing.T) {
			g := plant(t, Options{}, nil)
			info, err := os.Stat(g.path(name))
			g.must(err)
			g.must(os.Chmod(g.path(name), 0))
			defer os.Chmod(g.path(name), info.Mode())
			g.turns(true)
			n := g.server.Load().now.Load()
			if !strings.Contains(n.diagnostics[0].Message, "cannot be read") {
				t.Errorf("diagnostics: %v", n.diagnostics)
			}
			g.must(os.Chmod(g.path(name), info.Mode()))
			g.turns(false)
			g.settles()
			g.alive("afterwards")
		})
	}
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
	room, err := os.MkdirTemp("", "nobody-")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(room)
	copied := filepath.Join(room, "test")
	if err := errors.Join(os.WriteFile(copied, binary, 0o755), os.Chmod(room, 0o777)); err != nil {
		t.Fatal(err)
	}
	again := exec.CommandContext(t.Context(), copied, "-test.run=^"+t.Name()+"$", "-test.v")
	again.Dir, again.Env = room, append(os.Environ(), "TMPDIR="+room)
	again.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	out, err := again.CombinedOutput()
	if err != nil || strings.Count(string(out), "--- PASS") != 3 {
		t.Errorf("as another user: %v\n%s", err, out)
	}
}

// What the watcher says of a file is followed at once, and everything is looked at
// soon after: a hint that was wrong, or never came, harms nothing.
func TestServeFollowsHints(t *testing.T) {
	events := make(chan fsnotify.Event)
	g := plant(t, Options{newWatcher: func() (*watcher, error) {
		return &watcher{events: events, errors: make(chan error), add: func(string) error { return nil }, close: func() error { return nil }}, nil
	}}, deep)
	told := func(name string) { events <- fsnotify.Event{Name: g.path(name), Op: fsnotify.Write} }
	// The other file is found by the second look.
	g.write("content/a/deep/pa.md", page("Told."))
	g.write("content/b/deep/pb.md", page("Not told."))
	told("content/a/deep/pa.md")
	g.shows("/a/deep/pa/", 200, "Told.")
	g.settles()
	for _, name := range []string{"content/nosuch.md", "content/nosuch/at/all.md", "content", "layouts/nosuch", "content/notes"} {
		g.write("content/notes/one.md", page("Behind a wrong hint: "+name))
		told(name)
		g.settles()
	}
	g.remove("content/notes/one.md")
	told("content/notes/one.md")
	g.shows("/notes/one/", 404, "Nothing here")
	g.settles()
}

// With -explain it says after each build what was rendered and why.
func TestServeExplains(t *testing.T) {
	var said notebook
	g := plant(t, Options{Explain: true, heard: &said}, nil)
	g.write("content/notes/one.md", "---\ntitle: One\n---\n\nOther words.\n")
	g.await("the reason", func() bool {
		return strings.Contains(said.String(), "one.md changed\n  rendered /notes/one/: its text\n")
	})
	g.write("static/css/a.css", "h1 { color: blue }\n")
	g.await("the hashes", func() bool { return strings.Contains(said.String(), "pages name an asset by another hash\n") })
	n := g.until(func(n news) bool { return strings.Contains(n.Explain, "a.css changed") })
	if n.Failed {
		t.Error("a build failed")
	}
}

// leftovers are the goroutines of a preview that run.
func leftovers() (left []string) {
	stacks := make([]byte, 1<<22)
	stacks = stacks[:runtime.Stack(stacks, true)]
	for _, one := range strings.Split(string(stacks), "\n\n") {
		for _, of := range []string{"devserver.(*doorbell)", "devserver.(*server)", "devserver.Serve", "fsnotify.", "net/http.(*Server)", "net/http.(*conn).serve"} {
			if strings.Contains(one, of) {
				left = append(left, one)
				break
			}
		}
	}
	return left
}

func TestServeLeavesNothingBehind(t *testing.T) {
	before := len(leftovers())
	for name, o := range map[string]Options{
		"watching":     {},
		"polling":      {Poll: time.Millisecond},
		"falling back": {newWatcher: fails(1, 3, syscall.ENOSPC)},
	} {
		t.Run(name, func(t *testing.T) {
			g := plant(t, o, deep)
			g.rename("content/a", "content/c") // makes another watcher
			g.settles()
			var idle []net.Conn
			for range 3 {
				c, err := net.Dial("tcp", strings.TrimPrefix(g.url, "http://"))
				g.must(err)
				defer c.Close()
				idle = append(idle, c)
			}
			// One asks for news and does not read them.
			_, err := fmt.Fprintf(idle[0], "GET %s HTTP/1.1\r\nHost: %s\r\n\r\n", eventsPath, strings.TrimPrefix(g.url, "http://"))
			g.must(err)
			g.must(os.Chmod(g.path("content/index.md"), 0o600)) // a ring that waits
			g.must(g.stop())
			var left []string
			for end := time.Now().Add(10 * time.Second); ; time.Sleep(2 * time.Millisecond) {
				if left = leftovers(); len(left) <= before {
					break
				}
				if time.Now().After(end) {
					t.Fatalf("%d left:\n%s", len(left)-before, strings.Join(left, "\n\n"))
				}
			}
		})
	}
}
