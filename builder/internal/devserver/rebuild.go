package devserver

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/pipeline"
	"analysis/builder/internal/publish"
	"analysis/builder/internal/watch"
)

// state is what the preview shows. It is immutable.
type state struct {
	news     news                   // of the latest build, with errors or without
	site     *pipeline.Snapshot     // the last build without errors; nil before the first
	deleted  map[string]deletedPage // by the name of the file
	replaced chan struct{}          // closed when another state takes its place
}

// news is the message to a browser: the number of the latest build, its diagnostics, and
// what it did and why.
type news struct {
	Build       int               `json:"build"`
	Failed      bool              `json:"failed"`
	Diagnostics []diag.Diagnostic `json:"diagnostics"`
	Explain     string            `json:"explain"` // lines shown below the diagnostics
}

// throttle slows down builds that follow each other without a pause, for instance
// while another program writes thousands of files. The first few are not delayed.
type throttle struct {
	ended time.Time // when the previous build ended
	count int       // number of builds that followed each other without a pause
}

const (
	pause = 10 * time.Millisecond
	burst = 5
)

// wait waits before a build if many followed each other.
func (t *throttle) wait() {
	if t.count++; time.Since(t.ended) > pause {
		t.count = 0
	}
	if t.count > burst {
		time.Sleep(pause)
	}
}

// errorDelay is the time before an error is shown. Many editors empty a file before
// they write it, and a build may read it in between.
const errorDelay = 50 * time.Millisecond

// rebuild builds after a change. It builds once more if another change arrives while
// errors wait to be shown. If ctx is done, it shows nothing.
func (s *server) rebuild(ctx context.Context, watcher *watch.Watcher) {
	for again := true; ; again = false {
		snapshot, took, err := s.build(ctx, watcher)
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			snapshot = &pipeline.Snapshot{Diagnostics: []diag.Diagnostic{
				diag.Errorf(diag.Position{File: s.options.Build.Content}, "%v", err).WithHint("put the folder back"),
			}}
		}
		if !snapshot.OK() && again {
			select {
			case <-watcher.Changes():
				continue
			case <-time.After(errorDelay):
			}
		}
		s.show(snapshot, took)
		return
	}
}

// longBuild is the time after which a build is given up if files change.
const longBuild = time.Second

// build builds, and begins again when the result would be out of date. Each time it waits
// twice as long before that, so a build also ends while files change all the time.
func (s *server) build(ctx context.Context, watcher *watch.Watcher) (snapshot *pipeline.Snapshot, took time.Duration, err error) {
	for wait := longBuild; ; wait *= 2 {
		watcher.Subscribe()
		start := time.Now()
		var outdated bool
		snapshot, outdated, err = s.attempt(ctx, watcher, wait)
		if !outdated || ctx.Err() != nil {
			return snapshot, time.Since(start), err
		}
	}
}

// attempt builds once. If files change when that has taken some time, it gives up and
// reports that the result is out of date. Polling says nothing about changes.
func (s *server) attempt(ctx context.Context, watcher *watch.Watcher, wait time.Duration) (snapshot *pipeline.Snapshot, outdated bool, err error) {
	ctx, giveUp := context.WithCancel(ctx)
	defer giveUp()
	ended := make(chan struct{})
	go func() {
		snapshot, err = s.builder.Build(ctx, publish.Memory{})
		close(ended)
	}()
	var changes <-chan struct{}
	for long := time.After(wait); ; {
		select {
		case <-long:
			if !watcher.Polling() {
				changes = watcher.Changes()
			}
		case <-changes:
			giveUp()
			outdated, changes = true, nil
		case <-ended:
			return snapshot, outdated, err
		}
	}
}

// show serves a build, notifies the browsers, and prints its diagnostics and summary.
// It does nothing if the build changed nothing.
func (s *server) show(snapshot *pipeline.Snapshot, took time.Duration) {
	if s.options.built != nil {
		s.options.built(s, snapshot)
	}
	old := s.now.Load()
	latest := news{old.news.Build + 1, !snapshot.OK(), snapshot.Diagnostics, strings.Join(snapshot.Explanation, "\n")}
	next := &state{news: latest, site: snapshot, deleted: old.deleted, replaced: make(chan struct{})}
	if latest.Failed {
		next.site = old.site
	} else if old.site != nil {
		next.deleted = addDeleted(old.deleted, old.site, snapshot)
	}
	if old.news.Build > 0 && sameOutcome(old, next) {
		return
	}
	s.now.Store(next)
	close(old.replaced)
	s.print(old, next, took)
}

// print prints the result of a build. It does not repeat a note that the previous
// build, or the last one without errors, had as well.
func (s *server) print(old, next *state, took time.Duration) {
	for _, d := range next.news.Diagnostics {
		known := slices.Contains(old.news.Diagnostics, d) || old.site != nil && slices.Contains(old.site.Diagnostics, d)
		if d.Severity != diag.Note || !known {
			fmt.Fprintln(s.options.Stderr, d)
		}
	}
	if !next.news.Failed {
		fmt.Fprintln(s.options.Stdout, next.site.Summary(took))
	}
	if s.options.Explain && next.news.Explain != "" {
		fmt.Fprintln(s.options.Stdout, next.news.Explain)
	}
}

// sameOutcome reports whether two states look the same in a browser.
func sameOutcome(a, b *state) bool {
	if a.news.Failed != b.news.Failed || !slices.Equal(a.news.Diagnostics, b.news.Diagnostics) {
		return false
	}
	return a.site == b.site || b.news.Failed || a.site != nil && maps.EqualFunc(a.site.Files, b.site.Files, func(f, g *publish.File) bool {
		return f.Sum == g.Sum
	})
}
