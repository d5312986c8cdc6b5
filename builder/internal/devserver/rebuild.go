package devserver

import (
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

// state is what the preview shows. It is never changed once made.
type state struct {
	news     news               // of the newest build, with errors or without
	site     *pipeline.Snapshot // the last build without errors; nil before the first
	gone     map[string]former  // pages that are no longer there, by file
	replaced chan struct{}      // closed when another state takes its place
}

// news is what a browser is told: which build is the newest, what is wrong with it,
// and what it did and why.
type news struct {
	Build       int               `json:"build"`
	Failed      bool              `json:"failed"`
	Diagnostics []diag.Diagnostic `json:"diagnostics"`
	Explain     string            `json:"explain"` // lines for the foot of the findings
}

// throttle slows down builds that follow each other without end, as they do
// while another program writes thousands of files. The first few are not delayed.
type throttle struct {
	ended time.Time // when the previous build ended
	row   int       // builds that have followed each other without a pause
}

const (
	pause = 10 * time.Millisecond
	burst = 5
)

// wait waits before a build if many came before it.
func (t *throttle) wait() {
	if t.row++; time.Since(t.ended) > pause {
		t.row = 0
	}
	if t.row > burst {
		time.Sleep(pause)
	}
}

// errorDelay is how long an error waits to be shown. Many editors empty a file
// before they write it again, and a build may read it in between.
const errorDelay = 50 * time.Millisecond

// rebuild builds after a change, and once more if another change comes while a
// build with errors waits to be shown.
func (s *server) rebuild(watcher *watch.Watcher) {
	for again := true; ; again = false {
		watcher.Subscribe()
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
			case <-watcher.Changes():
				continue
			case <-time.After(errorDelay):
			}
		}
		s.show(snapshot, took)
		return
	}
}

// show makes a build the one that is served, tells the browsers, and prints its
// diagnostics and its summary. A build that changed nothing is not mentioned.
func (s *server) show(snapshot *pipeline.Snapshot, took time.Duration) {
	if s.options.built != nil {
		defer s.options.built(s, snapshot)
	}
	old := s.now.Load()
	told := news{old.news.Build + 1, !snapshot.OK(), snapshot.Diagnostics, strings.Join(snapshot.Explanation, "\n")}
	next := &state{news: told, site: snapshot, gone: old.gone, replaced: make(chan struct{})}
	if told.Failed {
		next.site = old.site
	} else if old.site != nil {
		next.gone = vanished(old.gone, old.site, snapshot)
	}
	if old.news.Build > 0 && sameOutcome(old, next) {
		return
	}
	s.now.Store(next)
	close(old.replaced)
	s.print(old, next, took)
}

// print says what came of a build. A note is not repeated as long as each build
// without errors has it.
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

// sameOutcome reports whether two builds show the same.
func sameOutcome(a, b *state) bool {
	if a.news.Failed != b.news.Failed || !slices.Equal(a.news.Diagnostics, b.news.Diagnostics) {
		return false
	}
	return a.site == b.site || b.news.Failed || a.site != nil && maps.EqualFunc(a.site.Files, b.site.Files, func(f, g *publish.File) bool {
		return f.Sum == g.Sum
	})
}
