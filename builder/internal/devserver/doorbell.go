package devserver

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"github.com/fsnotify/fsnotify"

	"analysis/builder/internal/build"
)

// doorbell rings whenever something may have changed.
type doorbell struct {
	rings   chan struct{} // room for one: a ring while one waits is the same ring
	watcher *fsnotify.Watcher
	folders []string
	report  func(error)
	done    chan struct{}
}

// newDoorbell begins to watch. Everything that changes from now on rings.
func newDoorbell(ctx context.Context, o Options, report func(error)) (*doorbell, error) {
	b := &doorbell{
		rings: make(chan struct{}, 1), report: report, done: make(chan struct{}),
		folders: []string{o.Build.Content, o.Build.Layouts, o.Build.Static},
	}
	poll := o.Poll
	if poll <= 0 {
		watcher, err := fsnotify.NewWatcher()
		if err != nil {
			return nil, fmt.Errorf("watch folders: %w\n  hint: start with -poll 1s", err)
		}
		b.watcher = watcher
		if b.subscribe() == 0 {
			watcher.Close()
			return nil, fmt.Errorf("none of the folders %q can be watched\n  hint: run the command in the project's folder", b.folders)
		}
	}
	go b.listen(ctx, poll)
	return b, nil
}

func (b *doorbell) ring() {
	select {
	case b.rings <- struct{}{}:
	default:
	}
}

// listen passes on what the watcher or the clock says, until ctx is done.
func (b *doorbell) listen(ctx context.Context, poll time.Duration) {
	defer close(b.done)
	var events chan fsnotify.Event
	var failures chan error
	var ticks <-chan time.Time
	if b.watcher != nil {
		events, failures = b.watcher.Events, b.watcher.Errors
	} else {
		ticker := time.NewTicker(poll)
		defer ticker.Stop()
		ticks = ticker.C
	}
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticks:
			b.ring()
		case e := <-events:
			if e.Op != fsnotify.Chmod && !build.Ignored(filepath.Base(e.Name)) {
				b.ring()
			}
		case err := <-failures:
			if !errors.Is(err, fsnotify.ErrEventOverflow) { // then events are gone, and a scan finds what they meant
				b.report(fmt.Errorf("watch folders: %w", err))
			}
			b.ring()
		}
	}
}

// subscribe watches every folder below those of the site that is not watched
// yet, and returns how many there are. It must run before each scan.
func (b *doorbell) subscribe() int {
	if b.watcher == nil {
		return 0
	}
	n := 0
	for _, folder := range b.folders {
		if real, err := filepath.EvalSymlinks(folder); err == nil {
			folder = real // a walk does not follow the link it starts from
		}
		_ = filepath.WalkDir(folder, func(name string, entry fs.DirEntry, err error) error {
			if err != nil || !entry.IsDir() {
				return nil // what cannot be read is reported by the scan
			}
			if name != folder && build.Ignored(filepath.Base(name)) {
				return filepath.SkipDir
			}
			switch err := b.watcher.Add(name); {
			case errors.Is(err, syscall.ENOSPC):
				b.report(fmt.Errorf("the system's limit of watches is reached at %q\n  hint: raise fs.inotify.max_user_watches, or start with -poll 1s", name))
				return filepath.SkipAll
			case err != nil && !errors.Is(err, os.ErrNotExist):
				b.report(fmt.Errorf("watch folder %q: %w", name, err))
			default:
				n++
			}
			return nil
		})
		// The folder's parent tells when the folder itself is replaced.
		_ = b.watcher.Add(filepath.Dir(folder))
	}
	return n
}

func (b *doorbell) close() {
	<-b.done
	if b.watcher != nil {
		b.watcher.Close()
	}
}
