// Package devserver previews a site while it is edited.
//
// It builds at the start, and whenever package watch reports that files may have
// changed. It uses the same pipeline as the command build, and serves the result from
// memory over HTTP. Each page loads live.js, which receives a message after each
// build and updates the page.
//
// A build starts at the first change. Changes during a build lead to one more build; one
// that takes long is given up for it.
// Only errors are shown with a short delay.
//
// Files keep their names in the preview, without hashes, so a changed style sheet
// renders no page. Browsers use the ETag to see whether a file changed.
//
// Invariant: each response is from one build, the last without errors. Handlers read
// one atomic pointer.
//
// Invariant: a slow browser never delays a build. Nothing is queued for it: when it
// has read a message, the next one it gets holds the latest state.
//
// Invariant: no other website can read a draft through the author's browser. Only
// requests that name this preview as their host are answered, none that come from pages
// of other origins, and no answer can be used by such a page. Files that are not pages
// run no script. See guard.go.
//
// Deliberately absent: building a part of the site.
package devserver

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"sync/atomic"
	"syscall"
	"time"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/pipeline"
	"analysis/builder/internal/scan"
	"analysis/builder/internal/watch"
)

// Options say what to preview and where.
type Options struct {
	Addr           string        // host:port; port 0 takes any free one
	Hosts          []string      // other names that requests may give, in lower case; without a port, any port
	Poll           time.Duration // interval to look for changes; 0 to watch
	Explain        bool          // say after each build what was rendered and why
	Build          pipeline.Options
	Stdout, Stderr io.Writer

	built    func(*server, *pipeline.Snapshot) // called after each build, before it is shown; for tests
	patience time.Duration                     // time for a browser to send, or to read a part of an answer; 0 for 30 s
}

// server is one preview.
type server struct {
	options Options
	builder *pipeline.Builder
	now     atomic.Pointer[state]
}

// newServer makes a server for an address. It has not built anything yet.
func newServer(o Options, address string) *server {
	o.Build.BaseURL, o.Build.PlainNames = "http://"+address+"/", true
	o.Build.SlowAfter = time.Second
	o.Build.Slow = func(file string) { fmt.Fprintf(o.Stderr, "builder: %s takes longer than a second to build\n", file) }
	o.patience = cmp.Or(o.patience, 30*time.Second)
	s := &server{options: o, builder: pipeline.New(o.Build)}
	s.now.Store(&state{replaced: make(chan struct{})})
	return s
}

// Serve previews the site until ctx is done. It returns an error if it cannot start or
// stops serving. All its goroutines have ended when it returns.
func Serve(ctx context.Context, o Options) error {
	listener, err := net.Listen("tcp", o.Addr)
	if err != nil {
		hint := "write the address as host and port: -addr 127.0.0.1:8081"
		if errors.Is(err, syscall.EADDRINUSE) {
			hint = "another program may be using the port; choose one with -addr 127.0.0.1:8081"
		}
		cause := cmp.Or(errors.Unwrap(err), err) // as the error of package net repeats the address
		return diag.WithHint(fmt.Errorf("listen on %s: %w", o.Addr, cause), hint)
	}
	listening := listener.Addr().String()
	address := listening // to open in a browser on this machine
	if addressOf(listening).IsUnspecified() {
		address = net.JoinHostPort("localhost", portOf(listening))
	}
	openNote(o, listening)
	s := newServer(o, address)
	watcher := watch.New([]string{o.Build.Content, o.Build.Layouts, o.Build.Static}, watch.Options{
		Poll: o.Poll, Ignored: scan.Ignored,
		Report: func(err error) { fmt.Fprintf(o.Stderr, "builder: %s\n", diag.Describe(err)) },
	})
	defer watcher.Close()

	first, took, err := s.build(ctx, watcher)
	if err != nil {
		listener.Close()
		if ctx.Err() != nil {
			return nil
		}
		return err
	}
	s.show(first, took)
	fmt.Fprintf(o.Stdout, "serving http://%s/ (press Ctrl-C to stop)\n", address)
	return s.run(ctx, listener, watcher)
}

// run serves requests, and builds when something may have changed, until ctx is done.
func (s *server) run(ctx context.Context, listener net.Listener, watcher *watch.Watcher) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	web := &http.Server{
		Handler:           s.handler(),
		ReadHeaderTimeout: s.options.patience,
		WriteTimeout:      s.options.patience, // which patientWriter extends
		IdleTimeout:       s.options.patience,

		DisableGeneralOptionsHandler: true, // which answers OPTIONS * without the handler
		BaseContext:                  func(net.Listener) context.Context { return ctx },
	}
	failed := make(chan error, 1)
	go func() { failed <- web.Serve(listener) }()
	var limit throttle
	for {
		select {
		case <-ctx.Done():
			shutdown, done := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
			defer done()
			if web.Shutdown(shutdown) != nil {
				web.Close() // a browser keeps a connection open without a request
			}
			<-failed
			return nil
		case err := <-failed:
			web.Close()
			return fmt.Errorf("serve: %w", err)
		case <-watcher.Changes():
			limit.wait()
			s.rebuild(ctx, watcher)
			limit.ended = time.Now()
		}
	}
}

// openNote says that other machines can read the preview, if they can.
func openNote(o Options, listening string) {
	if addressOf(listening).IsLoopback() {
		return
	}
	what := "this preview"
	if o.Build.Drafts {
		what += ", drafts included"
	}
	err := fmt.Errorf("other machines on the network can read %s", what)
	fmt.Fprintf(o.Stderr, "builder: %s\n", diag.Describe(diag.WithHint(err, "-addr 127.0.0.1:"+portOf(listening)+" keeps it on this machine")))
}
