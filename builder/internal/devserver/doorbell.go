package devserver

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"syscall"
	"time"

	"github.com/fsnotify/fsnotify"

	"analysis/builder/internal/pipeline"
	"analysis/builder/internal/scan"
)

// doorbell rings whenever something may have changed.
type doorbell struct {
	rings   chan struct{} // room for one: a ring while one waits is the same ring
	hints   hints
	options Options
	report  func(error)

	// For the caller of subscribe.
	watcher *watcher               // nil while a clock rings
	roots   []string               // see rootsOf
	rootOf  map[string][]string    // of them, by the folder of the options
	watched map[string]fs.FileInfo // by name
	walked  map[string]bool        // of them, with those below
	broken  chan error             // what befell the watcher

	done      chan struct{}
	listeners sync.WaitGroup
}

// watcher is what the doorbell needs of fsnotify. Tests give one that fails.
type watcher struct {
	events <-chan fsnotify.Event
	errors <-chan error
	add    func(folder string) error
	close  func() error // closes events as well
}

func native() (*watcher, error) {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	return &watcher{events: w.Events, errors: w.Errors, add: w.Add, close: w.Close}, nil
}

const (
	// fallback is how often a clock rings where the system cannot.
	fallback = 500 * time.Millisecond

	// rest is how long a change of attributes waits. It matters when a file
	// becomes readable, but some systems report such changes without end, when
	// they index files for instance. So it rings once in a while.
	rest = time.Second
)

// newDoorbell begins to watch. Everything that changes from now on rings.
func newDoorbell(o Options, report func(error)) *doorbell {
	b := &doorbell{
		rings: make(chan struct{}, 1), options: o, report: report,
		broken: make(chan error, 1), done: make(chan struct{}),
	}
	if o.newWatcher == nil {
		b.options.newWatcher = native
	}
	if o.Poll > 0 {
		b.tick(o.Poll)
	} else if b.renew() {
		b.subscribe()
	}
	return b
}

func (b *doorbell) ring() {
	select {
	case b.rings <- struct{}{}:
	default:
	}
}

// ringForAll rings for a look at everything.
func (b *doorbell) ringForAll() {
	b.hints.doubt()
	b.ring()
}

// tick rings by the clock from now on.
func (b *doorbell) tick(interval time.Duration) {
	b.listeners.Go(func() {
		ticker := time.NewTicker(interval)
		defer ticker.Stop()
		for {
			select {
			case <-b.done:
				return
			case <-ticker.C:
				b.ringForAll()
			}
		}
	})
}

// listen passes on what a watcher says, until it is closed.
func (b *doorbell) listen(w *watcher, roots []string) {
	var late <-chan time.Time
	for {
		select {
		case <-b.done:
			return
		case e, open := <-w.events:
			switch {
			case !open:
				return
			case !concerns(roots, e.Name):
			case e.Op != fsnotify.Chmod:
				b.hints.hear(e.Name)
				b.ring()
			case late == nil:
				late = time.After(rest)
			}
		case <-late:
			late = nil
			b.ringForAll()
		case err, open := <-w.errors:
			if !open {
				return
			}
			if !errors.Is(err, fsnotify.ErrEventOverflow) { // then events are gone, and a scan finds what they meant
				select {
				case b.broken <- err:
				default:
				}
			}
			b.ringForAll()
		}
	}
}

// concerns reports whether the site may be another when a file has changed: one
// in its folders, or a folder that they are in. What else lies beside them does
// not matter, or what the preview itself prints into a file would ring.
func concerns(roots []string, name string) bool {
	return slices.ContainsFunc(roots, func(root string) bool {
		return within(name, root) || within(root, name) && !scan.Ignored(filepath.Base(name))
	})
}

// within reports whether a file is in a folder, or is the folder.
func within(folder, name string) bool {
	rel, err := filepath.Rel(folder, name)
	return err == nil && filepath.IsLocal(rel)
}

// subscribe watches every folder of the site that is not watched yet. It must
// run before each scan.
func (b *doorbell) subscribe() {
	if b.watcher == nil {
		return
	}
	select {
	case err := <-b.broken:
		b.fallBack(err)
		return
	default:
	}
	if b.stale() && !b.renew() {
		return
	}
	b.watched, b.walked = map[string]fs.FileInfo{}, map[string]bool{}
	for _, step := range []func(root string) error{b.addParent, b.addRoot} {
		for _, root := range b.roots {
			if err := step(root); err != nil {
				b.fallBack(err)
				return
			}
		}
	}
	if len(b.watched) == 0 {
		b.fallBack(errors.New("none of them can be read"))
	}
}

// stale reports whether a name may stand for another folder than the one that
// is watched under it. fsnotify keeps the old names of the folders below one
// that is renamed. If two change places, it takes the one for the other and
// loses events for ever. So a renamed folder calls for a new watcher.
func (b *doorbell) stale() bool {
	if !slices.Equal(b.roots, rootsOf(b.options.Build)) {
		return true
	}
	for name, old := range b.watched {
		if now, err := os.Stat(name); err != nil || !os.SameFile(old, now) {
			return true
		}
	}
	return false
}

// renew begins anew with a watcher that watches nothing yet. What happens in
// between rings nobody, and is found by the scan that follows.
func (b *doorbell) renew() bool {
	if b.watcher != nil {
		b.watcher.close()
	}
	w, err := b.options.newWatcher()
	if err != nil {
		b.watcher = nil
		b.fallBack(err)
		return false
	}
	roots := rootsOf(b.options.Build)
	b.watcher, b.roots, b.rootOf = w, roots, map[string][]string{}
	for _, folder := range foldersOf(b.options.Build) {
		b.rootOf[folder] = namesOf(folder)
	}
	b.listeners.Go(func() { b.listen(w, roots) })
	return true
}

// fallBack rings by the clock from now on, because folders cannot be watched.
// Some of them being watched would look as if all were.
func (b *doorbell) fallBack(err error) {
	hint := "start with -poll 1s to choose how often"
	switch {
	case errors.Is(err, syscall.ENOSPC):
		hint = "the system's limit is fs.inotify.max_user_watches: raise it and start again"
	case errors.Is(err, syscall.EMFILE):
		hint = "the system's limit is fs.inotify.max_user_instances, or that of open files: raise it and start again"
	}
	b.report(fmt.Errorf("the folders cannot be watched, so they are read every %v from now on: %w\n  hint: %s", fallback, err, hint))
	if b.watcher != nil {
		b.watcher.close()
		b.watcher = nil
	}
	b.tick(fallback)
}

func foldersOf(o pipeline.Options) []string { return []string{o.Content, o.Layouts, o.Static} }

// rootsOf are the site's folders, and where those lead that are links.
func rootsOf(o pipeline.Options) (roots []string) {
	for _, folder := range foldersOf(o) {
		roots = append(roots, namesOf(folder)...)
	}
	return roots
}

// namesOf are a folder's name, and that of what it leads to if it is a link. They
// are absolute, so that they compare with those of the events.
func namesOf(folder string) []string {
	if abs, err := filepath.Abs(folder); err == nil {
		folder = abs
	}
	real, err := filepath.EvalSymlinks(folder)
	if err != nil {
		real, err = readlink(folder) // what it leads to may come back
	}
	if err != nil || real == folder {
		return []string{folder}
	}
	return []string{folder, real}
}

// readlink is the absolute name to which a link leads.
func readlink(link string) (string, error) {
	target, err := os.Readlink(link)
	if err == nil && !filepath.IsAbs(target) {
		target = filepath.Join(filepath.Dir(link), target)
	}
	return target, err
}

// add watches one folder.
func (b *doorbell) add(folder string, info fs.FileInfo) error {
	err := b.watcher.add(folder)
	switch {
	case err == nil:
		b.watched[folder] = info
	case errors.Is(err, fs.ErrNotExist): // gone since it was listed
	case errors.Is(err, fs.ErrPermission): // the scan reports it
	default:
		return fmt.Errorf("%q: %w", folder, err)
	}
	return nil
}

// addParent watches the folder that a root is in, which tells when the root
// itself is replaced. If it is gone as well, the next one above tells when it
// comes back.
func (b *doorbell) addParent(root string) error {
	dir := filepath.Dir(root)
	info, err := os.Stat(dir)
	for err != nil && dir != filepath.Dir(dir) {
		dir = filepath.Dir(dir)
		info, err = os.Stat(dir)
	}
	if err != nil {
		return nil
	}
	return b.add(dir, info)
}

func (b *doorbell) addRoot(root string) error { return b.addAll(root, root) }

// addAll watches a folder of a root and those below it. Each is watched before
// it is listed, so what is made in it is either listed or rings.
func (b *doorbell) addAll(folder, root string) error {
	return filepath.WalkDir(folder, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return nil // the scan reports it
		}
		switch {
		case name != folder && scan.Ignored(entry.Name()):
			if entry.IsDir() {
				return fs.SkipDir
			}
		case entry.IsDir() && b.walked[name]:
			return fs.SkipDir
		case entry.IsDir():
			b.walked[name] = true
			if info, err := entry.Info(); err == nil { // or it is gone since it was listed
				return b.add(name, info)
			}
		case entry.Type()&fs.ModeSymlink != 0:
			return b.addTarget(name, root)
		}
		return nil
	})
}

// addTarget watches what a link leads to. The scan reads that, and it may lie
// in a folder whose name is ignored.
func (b *doorbell) addTarget(link, root string) error {
	name, err := filepath.EvalSymlinks(link)
	if err != nil || !within(root, name) {
		return nil // the scan reports it
	}
	info, err := os.Stat(name)
	if err == nil && info.IsDir() {
		return b.addAll(name, root)
	}
	name = filepath.Dir(name)
	if info, err = os.Stat(name); err != nil || b.walked[name] {
		return nil
	}
	return b.add(name, info)
}

// close ends everything that newDoorbell began.
func (b *doorbell) close() {
	close(b.done)
	b.hints.stop()
	if b.watcher != nil {
		b.watcher.close()
	}
	b.listeners.Wait()
}
