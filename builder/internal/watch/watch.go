// Package watch reports when files in some folders may have changed.
//
// It runs before the first stop of a build: the preview builds whenever a value
// arrives on the channel Changes. The value does not say what changed. The receiver
// scans the folders again, so events that are lost, repeated or out of order do no
// harm.
//
// Lessons from fsnotify's documentation and users: watch folders, not files, because
// editors save by renaming; watching a folder does not watch the folders below it;
// subscribe first, then scan; a change of attributes alone is rarely important; an
// overflow loses events; fsnotify confuses folders that swapped names, so start again
// when a folder was renamed.
//
// If the system cannot watch, the folders are polled: Changes receives a value at
// regular intervals. An author has to choose polling where the system does not report
// changes: on a network file system, or for files written through a memory map.
//
// Invariant: every change in the folders after a call of Subscribe is followed by a
// value on Changes.
//
// Deliberately absent: which files changed, and reading them.
package watch

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"sync"
	"syscall"
	"time"

	"github.com/fsnotify/fsnotify"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/paths"
)

// Options say how to watch. Ignored and Report must be set.
type Options struct {
	Poll    time.Duration          // interval for polling; 0 to watch
	Ignored func(name string) bool // reports whether to ignore files and folders of that name
	Report  func(error)            // called if the folders cannot be watched

	newNotifier func() (*notifier, error) // replaces the system's; for tests
}

// Watcher watches folders. Its methods are not for concurrent use.
type Watcher struct {
	folders []string
	options Options
	changes chan struct{}

	polling  bool                   // instead of watching
	notifier *notifier              // nil if there is none yet or it could not be made
	roots    []string               // see rootsOf
	watched  map[string]fs.FileInfo // watched folders by name
	walked   map[string]bool        // those whose subfolders are watched too
	broken   chan error             // receives an error of the notifier

	done       chan struct{}
	goroutines sync.WaitGroup
}

// notifier is the part of fsnotify that a Watcher uses. Tests pass one that fails.
type notifier struct {
	events <-chan fsnotify.Event
	errors <-chan error
	add    func(folder string) error
	close  func() error // closes events as well
}

// newSystemNotifier makes a notifier that uses fsnotify.
func newSystemNotifier() (*notifier, error) {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	return &notifier{events: w.Events, errors: w.Errors, add: w.Add, close: w.Close}, nil
}

const (
	// pollInterval is how often folders that cannot be watched are polled.
	pollInterval = 500 * time.Millisecond

	// attributeDelay delays reports of changed attributes. They matter when a file
	// becomes readable. But some systems report them all the time, for instance while
	// they index files, so they are reported only once in this time.
	attributeDelay = time.Second
)

// New starts watching folders, which need not exist.
func New(folders []string, o Options) *Watcher {
	w := &Watcher{
		folders: folders, options: o, changes: make(chan struct{}, 1),
		broken: make(chan error, 1), done: make(chan struct{}),
	}
	if o.newNotifier == nil {
		w.options.newNotifier = newSystemNotifier
	}
	if o.Poll > 0 {
		w.poll(o.Poll)
	}
	w.Subscribe()
	return w
}

// Changes returns a channel that receives a value when something may have changed. It
// holds one value: a second would say nothing new.
func (w *Watcher) Changes() <-chan struct{} { return w.changes }

// Polling reports whether Changes receives a value at regular intervals, even if nothing
// has changed.
func (w *Watcher) Polling() bool { return w.polling }

// Close stops watching and all goroutines.
func (w *Watcher) Close() {
	close(w.done)
	if w.notifier != nil {
		w.notifier.close()
	}
	w.goroutines.Wait()
}

func (w *Watcher) notify() {
	select {
	case w.changes <- struct{}{}:
	default:
	}
}

// poll notifies at regular intervals from now on.
func (w *Watcher) poll(interval time.Duration) {
	w.polling = true
	w.goroutines.Go(func() {
		for tick := time.Tick(interval); ; {
			select {
			case <-w.done:
				return
			case <-tick:
				w.notify()
			}
		}
	})
}

// listen handles the events of a notifier until it is closed.
func (w *Watcher) listen(n *notifier, roots []string) {
	var attributes <-chan time.Time
	for {
		select {
		case <-w.done:
			return
		case e, open := <-n.events:
			switch {
			case !open:
				return
			case !w.concerns(roots, e.Name):
			case e.Op != fsnotify.Chmod:
				w.notify()
			case attributes == nil:
				attributes = time.After(attributeDelay)
			}
		case <-attributes:
			attributes = nil
			w.notify()
		case err, open := <-n.errors:
			if !open {
				return
			}
			if !errors.Is(err, fsnotify.ErrEventOverflow) { // the scan finds what the lost events meant
				select {
				case w.broken <- err:
				default:
				}
			}
			w.notify()
		}
	}
}

// concerns reports whether a changed file matters: it is in a root, or it is a folder
// that contains one. Other files next to the roots do not matter. Otherwise the preview
// would rebuild when its own output is written to a file there.
func (w *Watcher) concerns(roots []string, name string) bool {
	return slices.ContainsFunc(roots, func(root string) bool {
		return paths.Inside(name, root) || paths.Inside(root, name) && !w.options.Ignored(filepath.Base(name))
	})
}

// fallBack polls from now on, because some folders cannot be watched. It watches none,
// since authors could not know which ones are.
func (w *Watcher) fallBack(err error) {
	hint := "start with -poll 1s to choose how often"
	switch {
	case errors.Is(err, syscall.ENOSPC):
		hint = "the system's limit is fs.inotify.max_user_watches: raise it and start again"
	case errors.Is(err, syscall.EMFILE):
		hint = "the system's limit is fs.inotify.max_user_instances, or that of open files: raise it and start again"
	}
	w.options.Report(diag.WithHint(fmt.Errorf("the folders cannot be watched, so they are read every %v from now on: %w", pollInterval, err), hint))
	if w.notifier != nil {
		w.notifier.close()
	}
	w.poll(pollInterval)
}
