// Package watch tells when files below some folders may have changed.
//
// It runs before the first stop of a build: the preview builds whenever this
// package says so. In come the names of the folders, out comes a channel. It
// never says what changed. Who receives looks at the folders again, so an event
// that was lost, doubled or out of order harms nothing.
//
// What fsnotify's documentation and its users teach: watch folders and not
// files, for editors save by renaming; a folder's watch does not reach the
// folders below it; subscribe first and scan then; an event for attributes alone
// seldom means anything; after an overflow events are gone; fsnotify confuses
// folders that have changed places, so begin anew when one was renamed.
//
// Where the system cannot watch, the folders are polled: the channel receives at
// regular intervals. Polling is also what remains where the system does not see
// changes, as on a network's file system, or where a file is written through a
// memory map.
//
// Invariant: what changes in the folders after Subscribe has been called is
// followed by a value on Changes.
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
	Poll    time.Duration          // poll that often and watch nothing; 0 to watch
	Ignored func(name string) bool // whether files and folders of that name do not matter
	Report  func(error)            // is told if the folders cannot be watched

	newNotifier func() (*notifier, error) // instead of the system's; for tests
}

// Watcher watches folders. Its methods are not for concurrent use.
type Watcher struct {
	folders []string
	options Options
	changes chan struct{}

	polling  bool                   // and not watching
	notifier *notifier              // nil before the first, and if none could be made
	roots    []string               // see rootsOf
	watched  map[string]fs.FileInfo // folders by name
	walked   map[string]bool        // those of them whose folders below are watched too
	broken   chan error             // the notifier's error

	done       chan struct{}
	goroutines sync.WaitGroup
}

// notifier is what a Watcher needs of fsnotify. Tests give one that fails.
type notifier struct {
	events <-chan fsnotify.Event
	errors <-chan error
	add    func(folder string) error
	close  func() error // closes events as well
}

// system makes a notifier of the operating system's.
func system() (*notifier, error) {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	return &notifier{events: w.Events, errors: w.Errors, add: w.Add, close: w.Close}, nil
}

const (
	// pollInterval is how often folders that cannot be watched are polled.
	pollInterval = 500 * time.Millisecond

	// attributeDelay is how long a change of attributes waits. It matters when a
	// file becomes readable. But some systems report such changes without end, when
	// they index files for instance, so they are answered once in a while.
	attributeDelay = time.Second
)

// New begins to watch folders, which need not exist.
func New(folders []string, o Options) *Watcher {
	w := &Watcher{
		folders: folders, options: o, changes: make(chan struct{}, 1),
		broken: make(chan error, 1), done: make(chan struct{}),
	}
	if o.newNotifier == nil {
		w.options.newNotifier = system
	}
	if o.Poll > 0 {
		w.poll(o.Poll)
	}
	w.Subscribe()
	return w
}

// Changes receives when something may have changed. It has room for one value:
// a change while one waits is the same news.
func (w *Watcher) Changes() <-chan struct{} { return w.changes }

// Close ends everything that New began.
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

// listen passes on the events of a notifier until it is closed.
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
			if !errors.Is(err, fsnotify.ErrEventOverflow) { // after which a scan finds what the lost events meant
				select {
				case w.broken <- err:
				default:
				}
			}
			w.notify()
		}
	}
}

// concerns reports whether a changed file matters: one in the roots, or a folder
// that they are in. Other files beside the roots do not, or the preview would
// answer its own output when that is written to a file there.
func (w *Watcher) concerns(roots []string, name string) bool {
	return slices.ContainsFunc(roots, func(root string) bool {
		return paths.Inside(name, root) || paths.Inside(root, name) && !w.options.Ignored(filepath.Base(name))
	})
}

// fallBack polls from now on, because folders cannot be watched. If some of them
// were still watched, it would look as if all were.
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
