// Package devserver previews a site while it is edited.
//
// It is the doorbell and the window. fsnotify only says that something
// changed: each ring runs the same build as the command does, which looks at the
// folders again, so an event that was lost, doubled or out of order harms
// nothing. What fsnotify says of a plain file is taken as a hint: that file is
// looked at first and shown, and everything else a moment later. A build starts
// on the first ring; rings during a build lead to one more. Only errors wait a
// moment before they are shown. Pages are served from memory.
//
// What fsnotify's documentation and its users teach: watch folders and not
// files, for editors save by renaming; it does not look into folders below;
// subscribe first and scan then; an event for attributes alone seldom means
// anything; it mistakes folders that have changed places, so begin anew when
// one was renamed. Where the system cannot watch, a clock rings instead, and
// all else stays the same. A clock is also what remains where the system does
// not see changes: a network's file system, or a file written through a memory
// map.
//
// Invariant: what is served is the last build without errors, and always one
// build. Handlers read one atomic pointer.
//
// Invariant: a slow browser never delays a build. Each has room for one
// message, and the latest wins.
//
// Invariant: only requests to this machine under its own name are answered, so
// that no other site can read a draft through the editor's browser.
package devserver

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/pipeline"
	"analysis/builder/internal/publish"
)

// Options say what to preview and where.
type Options struct {
	Addr           string        // host:port; port 0 takes any free one
	Poll           time.Duration // ring that often as well; 0 for never
	Explain        bool          // say after each build what was rendered and why
	Build          pipeline.Options
	Stdout, Stderr io.Writer

	// For tests.
	newWatcher func() (*watcher, error)          // instead of the system's
	built      func(*server, *pipeline.Snapshot) // is told of every build, when it is shown
	heard      io.Writer                         // gets what is printed behind the address
}

// state is what the window shows.
type state struct {
	site        *pipeline.Snapshot // the last build without errors; nil before the first
	number      int                // of the newest build, with errors or without
	diagnostics []diag.Diagnostic
	failed      bool
	explanation []string // what the newest build did and why, in lines
}

// server is one preview.
type server struct {
	options Options
	builder *pipeline.Builder
	now     atomic.Pointer[state]
	hub     hub
	hosts   []string // under which requests are answered
}

// Serve previews the site until ctx is done. An error means that it could not
// start. When it returns, nothing of it runs any more.
func Serve(ctx context.Context, options Options) error {
	listener, err := net.Listen("tcp", options.Addr)
	if err != nil {
		hint := "write the address as host and port: -addr 127.0.0.1:8081"
		if errors.Is(err, syscall.EADDRINUSE) {
			hint = "another program may be using the port; choose one with -addr 127.0.0.1:8081"
		}
		return fmt.Errorf("listen on %s: %w\n  hint: %s", options.Addr, reason(err), hint)
	}
	address := listener.Addr().String()
	s := &server{options: options, hosts: hostsOf(options.Addr, address)}
	s.options.Build.BaseURL = "http://" + address + "/"
	s.builder = pipeline.New(s.options.Build)
	s.now.Store(&state{})

	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	bell := newDoorbell(options, s.report)
	defer bell.close()

	start := time.Now()
	first, err := s.builder.Build(publish.Memory{})
	if err != nil {
		listener.Close()
		return err
	}
	s.show(first, time.Since(start))
	fmt.Fprintf(options.Stdout, "serving http://%s/ (press Ctrl-C to stop)\n", address)

	web := &http.Server{
		Handler:           s.handler(),
		ReadHeaderTimeout: 10 * time.Second,
		BaseContext:       func(net.Listener) context.Context { return ctx },
	}
	failed := make(chan error, 1)
	go func() { failed <- web.Serve(listener) }()
	var storm storm
	for {
		select {
		case <-ctx.Done():
			shutdown, done := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
			defer done()
			if web.Shutdown(shutdown) != nil {
				web.Close() // a browser keeps a connection open on which it asks nothing
			}
			<-failed
			return nil
		case err := <-failed:
			web.Close()
			return fmt.Errorf("serve: %w", err)
		case <-bell.rings:
			storm.breathe(ctx)
			s.answer(bell)
			storm.ended = time.Now()
		}
	}
}

// storm slows down builds that follow each other without end, as they do while
// another program writes thousands of files. The first few are made at once.
type storm struct {
	ended time.Time // the last build
	row   int       // of builds without a pause
}

const (
	pause = 10 * time.Millisecond
	few   = 5
)

func (s *storm) breathe(ctx context.Context) {
	if s.row++; time.Since(s.ended) > pause {
		s.row = 0
	}
	if s.row > few {
		select {
		case <-ctx.Done():
		case <-time.After(pause):
		}
	}
}

// patience is how long an error waits to be shown. Many editors empty a file
// before they write it anew, and a build may see it in between.
const patience = 50 * time.Millisecond

// answer builds after a ring, and once more if another comes while a build with
// errors waits to be shown.
func (s *server) answer(bell *doorbell) {
	for again := true; ; again = false {
		bell.changed()
		start := time.Now()
		snapshot, err := s.builder.Build(publish.Memory{})
		if err != nil {
			snapshot = &pipeline.Snapshot{Diagnostics: []diag.Diagnostic{
				diag.Errorf(diag.Position{File: s.options.Build.Content}, "%v", err).WithHint("put the folder back"),
			}}
		}
		took := time.Since(start)
		if !snapshot.OK() && again {
			select {
			case <-bell.rings:
				continue
			case <-time.After(patience):
			}
		}
		s.show(snapshot, took)
		return
	}
}

// reason takes from a network error what the message already says.
func reason(err error) error {
	var op *net.OpError
	if errors.As(err, &op) {
		return op.Err
	}
	return err
}

// show makes a build the one that is served, tells the browsers, and prints
// what came of it. A build that changed nothing is not mentioned.
func (s *server) show(snapshot *pipeline.Snapshot, took time.Duration) {
	if s.options.built != nil {
		defer s.options.built(s, snapshot)
	}
	old := s.now.Load()
	next := &state{site: snapshot, number: old.number + 1, diagnostics: snapshot.Diagnostics, explanation: snapshot.Explanation.Lines()}
	if !snapshot.OK() {
		next.site, next.failed = old.site, true
	}
	if old.number > 0 && sameOutcome(old, next) {
		return
	}
	s.now.Store(next)
	s.hub.tell()
	for _, d := range snapshot.Diagnostics {
		fmt.Fprintln(s.options.Stderr, d)
	}
	if !next.failed {
		fmt.Fprintln(s.options.Stdout, snapshot.Summary(took))
	}
	if s.options.Explain {
		for _, line := range next.explanation {
			fmt.Fprintln(s.options.Stdout, line)
		}
	}
}

// sameOutcome reports whether two builds show the same.
func sameOutcome(a, b *state) bool {
	if a.failed != b.failed || len(a.diagnostics) != len(b.diagnostics) {
		return false
	}
	for i := range a.diagnostics {
		if a.diagnostics[i] != b.diagnostics[i] {
			return false
		}
	}
	if a.site == b.site || b.failed {
		return true
	}
	if a.site == nil || len(a.site.Files) != len(b.site.Files) {
		return false
	}
	for name, f := range b.site.Files {
		if g := a.site.Files[name]; g == nil || g.Sum != f.Sum {
			return false
		}
	}
	return true
}

func (s *server) report(err error) { fmt.Fprintf(s.options.Stderr, "builder: %v\n", err) }

// hostsOf are the names under which a preview listening on address answers:
// its own, and those of this machine if it is on a loopback address.
func hostsOf(wanted, address string) []string {
	host, port, _ := net.SplitHostPort(address)
	names := []string{host}
	if h, _, err := net.SplitHostPort(wanted); err == nil && h != "" {
		names = append(names, h)
	}
	if ip := net.ParseIP(host); ip == nil || ip.IsLoopback() || ip.IsUnspecified() {
		names = append(names, "localhost", "127.0.0.1", "::1")
	}
	var hosts []string
	for _, n := range names {
		hosts = append(hosts, strings.ToLower(net.JoinHostPort(n, port)))
		if port == "80" {
			hosts = append(hosts, strings.ToLower(strings.TrimSuffix(net.JoinHostPort(n, ""), ":")))
		}
	}
	return hosts
}
