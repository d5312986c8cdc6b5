package devserver

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/pipeline"
	"analysis/builder/internal/publish"
	"analysis/builder/internal/scan"
	"analysis/builder/internal/watch"
)

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

// project is a site under a running preview whose every build is seen.
type project struct {
	*preview
	root   string
	build  pipeline.Options
	server atomic.Pointer[server]
	builds atomic.Int64
	errors logBuffer

	mutex sync.Mutex
	names map[string]bool // of all files that were ever served
}

// newProject starts a preview over a small site and more files.
func newProject(t *testing.T, o Options, more map[string]string) *project {
	t.Helper()
	root, b := newSite(t)
	for name, text := range more {
		write(t, root, name, text)
	}
	p := &project{root: root, build: b, names: map[string]bool{}}
	p.build.PlainNames = true
	o.Build, o.Stderr = b, &p.errors
	o.built = func(s *server, snapshot *pipeline.Snapshot) {
		p.mutex.Lock()
		defer p.mutex.Unlock()
		for name := range snapshot.Files {
			p.names[name] = true
		}
		p.server.Store(s)
		p.builds.Add(1)
	}
	p.preview = start(t, o)
	p.build.BaseURL = p.url + "/"
	return p
}

// served are the names of all files that were ever served.
func (p *project) served() []string {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	return slices.Sorted(maps.Keys(p.names))
}

// page is the text of a file with a text of its own.
func page(text string) string { return "---\ntitle: T\n---\n\n" + text + "\n" }

func (p *project) write(name, text string) { p.t.Helper(); write(p.t, p.root, name, text) }

func (p *project) must(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
}

func (p *project) path(name string) string { return filepath.Join(p.root, name) }
func (p *project) rename(from, to string)  { p.t.Helper(); p.must(os.Rename(p.path(from), p.path(to))) }
func (p *project) remove(name string)      { p.t.Helper(); p.must(os.RemoveAll(p.path(name))) }
func (p *project) put(name, text string) {
	p.t.Helper()
	p.write("aside", text)
	p.rename("aside", name)
}
func (p *project) number() int { return p.server.Load().now.Load().news.Build }
func (p *project) await(what string, f func() bool) {
	p.t.Helper()
	for end := time.Now().Add(20 * time.Second); !f(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			p.t.Fatalf("waited in vain: %s", what)
		}
	}
}

// turns waits until the newest build has errors, or has none.
func (p *project) turns(failed bool) {
	p.t.Helper()
	p.await(fmt.Sprint("failed: ", failed), func() bool { return p.server.Load().now.Load().news.Failed == failed })
}

// settles waits until the preview is what a build shows that sees the folders
// for the first time.
func (p *project) settles() {
	p.t.Helper()
	clean, err := pipeline.New(p.build).Build(p.t.Context(), publish.Memory{})
	p.must(err)
	want := &state{site: clean, news: news{Diagnostics: clean.Diagnostics, Failed: !clean.OK()}}
	difference := func() string {
		now := p.server.Load().now.Load()
		if now.news.Failed != want.news.Failed || !slices.Equal(now.news.Diagnostics, want.news.Diagnostics) {
			return fmt.Sprintf("diagnostics are\n%v\nand should be\n%v", now.news.Diagnostics, want.news.Diagnostics)
		}
		if want.news.Failed {
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
			p.t.Fatalf("the preview differs from a clean build: %s\n%s", difference(), p.errors.String())
		}
	}
}

// deep are folders below folders.
var deep = map[string]string{
	"content/a/deep/pa.md": page("A"),
	"content/b/deep/pb.md": page("B"),
}

// While a folder of the site is gone, the last good site stays.
func TestServeWhileAFolderIsGone(t *testing.T) {
	for _, gone := range []string{"content", "layouts", "static"} {
		t.Run(gone, func(t *testing.T) {
			p := newProject(t, Options{}, nil)
			p.rename(gone, "away")
			p.turns(true)
			if status, body := p.get("/notes/one/"); status != 200 || !strings.Contains(body, "Note one.") {
				t.Errorf("meanwhile the page is %d %q", status, body)
			}
			p.rename("away", gone)
			p.turns(false)
			p.settles()
			p.write("content/notes/one.md", page("Afterwards."))
			p.settles()
		})
	}
}

// Thousands of changes end in what they come to, after few builds.
func TestServeSurvivesManyChanges(t *testing.T) {
	p := newProject(t, Options{}, deep)
	for i := range 10_000 {
		switch name := fmt.Sprintf("content/notes/s%d.md", i%60); {
		case i%7 == 3:
			p.remove(name)
		default:
			p.write(name, page(fmt.Sprint("Change ", i)))
		}
	}
	p.settles()
	if n := p.builds.Load(); n > 1000 {
		t.Errorf("%d builds", n)
	} else {
		t.Logf("%d builds, of which %d differed from the one before", n, p.number())
	}
}

// With -explain it says after each build what was rendered and why.
func TestServeExplains(t *testing.T) {
	var said logBuffer
	p := newProject(t, Options{Explain: true, Stdout: &said}, nil)
	p.put("content/notes/one.md", "---\ntitle: One\n---\n\nOther words.\n")
	p.await("the reason", func() bool {
		return strings.Contains(said.String(), "one.md changed\n  rendered /notes/one/: its text\n")
	})
	p.put("static/css/a.css", "h1 { color: blue }\n")
	n := p.until(func(n news) bool { return strings.Contains(n.Explain, "a.css changed") })
	if n.Failed || strings.Contains(n.Explain, "rendered") {
		t.Errorf("a style sheet: failed: %v, %s", n.Failed, n.Explain)
	}
}

// A note is printed once as long as it stays.
func TestShowPrintsNotesOnce(t *testing.T) {
	s, _ := testServer(t)
	var said logBuffer
	s.options.Stderr = &said
	note := diag.Notef(diag.Position{File: "layouts/a.html"}, "slow")
	warning := diag.Warningf(diag.Position{File: "content/a.md"}, "odd")
	show := func(good bool, list ...diag.Diagnostic) string {
		next := *s.now.Load().site
		next.Diagnostics = list
		if !good {
			next.Files = nil
		}
		before := said.String()
		s.show(&next, 0)
		return strings.TrimPrefix(said.String(), before)
	}
	printed := func(list ...diag.Diagnostic) (text string) {
		for _, d := range list {
			text += d.String() + "\n"
		}
		return text
	}
	mistake := diag.Errorf(diag.Position{File: "content/a.md"}, "wrong")
	for i, step := range []struct {
		good       bool
		list, want []diag.Diagnostic
	}{
		{true, []diag.Diagnostic{note}, []diag.Diagnostic{note}},
		{true, []diag.Diagnostic{warning, note}, []diag.Diagnostic{warning}},
		{false, []diag.Diagnostic{mistake}, []diag.Diagnostic{mistake}},
		{true, []diag.Diagnostic{note}, nil},
		{true, nil, nil},
		{true, []diag.Diagnostic{note}, []diag.Diagnostic{note}},
	} {
		if got, want := show(step.good, step.list...), printed(step.want...); got != want {
			t.Errorf("step %d prints %q, want %q", i, got, want)
		}
	}
}

// stacks are those of all goroutines.
func stacks() []string {
	b := make([]byte, 1<<22)
	return strings.Split(string(b[:runtime.Stack(b, true)]), "\n\n")
}

// awaitNoStack waits until no goroutine executes a function.
func awaitNoStack(t *testing.T, function string) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); strings.Contains(strings.Join(stacks(), "\n"), function); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%s does not end", function)
		}
	}
}

// leftovers are the goroutines of a preview that run.
func leftovers() (left []string) {
	for _, one := range stacks() {
		for _, of := range []string{"watch.(*Watcher)", "devserver.(*server)", "devserver.Serve", "fsnotify.", "net/http.(*Server)", "net/http.(*conn).serve"} {
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
		"watching": {},
		"polling":  {Poll: time.Millisecond},
	} {
		t.Run(name, func(t *testing.T) {
			p := newProject(t, o, deep)
			p.rename("content/a", "content/c") // makes another notifier
			p.settles()
			var idle []net.Conn
			for range 3 {
				c, err := net.Dial("tcp", strings.TrimPrefix(p.url, "http://"))
				p.must(err)
				defer c.Close()
				idle = append(idle, c)
			}
			// One asks for news and does not read them.
			_, err := fmt.Fprintf(idle[0], "GET %s HTTP/1.1\r\nHost: %s\r\n\r\n", eventsPath, strings.TrimPrefix(p.url, "http://"))
			p.must(err)
			p.must(os.Chmod(p.path("content/index.md"), 0o600)) // an answer that waits
			p.must(p.stop())
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

// A build that takes long is given up when files change, and leaves no trace in the next.
func TestLongBuildIsGivenUp(t *testing.T) {
	s, root := testServer(t)
	for i := range 500 {
		write(t, root, fmt.Sprintf("content/many/p%d.md", i), fmt.Sprintf("# Page %d\n", i))
	}
	watcher := watch.New([]string{root}, watch.Options{Ignored: scan.Ignored, Report: func(err error) { t.Error(err) }})
	defer watcher.Close()
	watcher.Subscribe()
	write(t, root, "layouts/page.html", `{{define "main"}}{{range 2000000}}{{end}}{{.Title}}{{end}}`)
	if _, outdated, err := s.attempt(t.Context(), watcher, 0); !outdated || !errors.Is(err, context.Canceled) {
		t.Fatalf("out of date: %v, %v", outdated, err)
	}
	write(t, root, "layouts/page.html", `{{define "main"}}Mended: {{.Title}}{{end}}`)
	s.rebuild(t.Context(), watcher)
	clean, err := pipeline.New(s.options.Build).Build(t.Context(), publish.Memory{})
	if err != nil {
		t.Fatal(err)
	}
	if now := s.now.Load(); now.news.Build != 2 || !sameOutcome(now, &state{site: clean, news: news{Diagnostics: clean.Diagnostics}}) {
		t.Errorf("build %d, failed: %v", now.news.Build, now.news.Failed)
	}
}

func TestServeNamesSlowFiles(t *testing.T) {
	var said logBuffer
	newServer(Options{Stderr: &said}, "localhost:80").options.Build.Slow("content/long.md")
	if want := "builder: content/long.md takes longer than a second to build\n"; said.String() != want {
		t.Errorf("said %q", said.String())
	}
}
