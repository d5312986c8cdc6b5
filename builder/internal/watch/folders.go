package watch

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"analysis/builder/internal/paths"
)

// Subscribe watches the folders that are not watched yet. It must be called before
// each scan: then a file created in a new folder is either found by the scan or
// reported as a change.
func (w *Watcher) Subscribe() {
	if w.polling {
		return
	}
	if err := w.subscribe(); err != nil {
		w.fallBack(err)
	}
}

func (w *Watcher) subscribe() error {
	select {
	case err := <-w.broken:
		return err
	default:
	}
	if w.notifier == nil || w.stale() {
		if err := w.renew(); err != nil {
			return err
		}
	}
	w.walked = map[string]bool{}
	for _, root := range w.roots {
		if err := cmp.Or(w.addParent(root), w.addTree(root, root)); err != nil {
			return err
		}
	}
	if len(w.watched) == 0 {
		return errors.New("none of them can be read")
	}
	return nil
}

// stale reports whether a watched name may now belong to a different folder. When a
// folder is renamed, fsnotify keeps the old names of the folders below it. If two
// folders swap names, it confuses them and loses events from then on. So a renamed
// folder needs a new notifier.
func (w *Watcher) stale() bool {
	if !slices.Equal(w.roots, rootsOf(w.folders)) {
		return true
	}
	for name, old := range w.watched {
		if now, err := os.Stat(name); err != nil || !os.SameFile(old, now) {
			return true
		}
	}
	return false
}

// renew starts again with a notifier that watches nothing yet. Changes made in the
// meantime are not reported, but the scan that follows finds them.
func (w *Watcher) renew() (err error) {
	if w.notifier != nil {
		w.notifier.close()
	}
	if w.notifier, err = w.options.newNotifier(); err != nil {
		return err
	}
	w.roots, w.watched = rootsOf(w.folders), map[string]fs.FileInfo{}
	n, roots := w.notifier, w.roots
	w.goroutines.Go(func() { w.listen(n, roots) })
	return nil
}

// rootsOf returns the folders, and the targets of those that are links. The names
// are absolute, like those in events.
func rootsOf(folders []string) (roots []string) {
	for _, folder := range folders {
		if abs, err := filepath.Abs(folder); err == nil {
			folder = abs
		}
		roots = append(roots, folder)
		target, err := filepath.EvalSymlinks(folder)
		if err != nil { // the target may come back
			target, err = os.Readlink(folder)
			if !filepath.IsAbs(target) {
				target = filepath.Join(filepath.Dir(folder), target)
			}
		}
		if err == nil && target != folder {
			roots = append(roots, target)
		}
	}
	return roots
}

// add watches one folder. If another folder has its name since the notifier was made,
// the next Subscribe must start again: see stale.
func (w *Watcher) add(folder string) error {
	info, err := os.Stat(folder)
	if err == nil {
		err = w.notifier.add(folder)
	}
	switch old := w.watched[folder]; {
	case err == nil && old == nil:
		w.watched[folder] = info
	case err == nil && !os.SameFile(old, info):
		w.notify()
	case err == nil:
	case errors.Is(err, fs.ErrNotExist): // deleted since it was listed
	case errors.Is(err, fs.ErrPermission): // the scan reports it
	default:
		return fmt.Errorf("%q: %w", folder, err)
	}
	return nil
}

// addParent watches the folder that contains a root, to see when the root itself is
// replaced. If that folder does not exist either, addParent watches the nearest one
// above that does.
func (w *Watcher) addParent(root string) error {
	dir := filepath.Dir(root)
	for _, err := os.Stat(dir); err != nil && dir != filepath.Dir(dir); _, err = os.Stat(dir) {
		dir = filepath.Dir(dir)
	}
	return w.add(dir)
}

// addTree watches a folder of a root and those below it. Each is watched before it is
// listed, so a file created in it is either listed or reported.
func (w *Watcher) addTree(folder, root string) error {
	return filepath.WalkDir(folder, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return nil // the scan reports it
		}
		switch {
		case name != folder && w.options.Ignored(entry.Name()):
			if entry.IsDir() {
				return fs.SkipDir
			}
		case entry.IsDir() && w.walked[name]:
			return fs.SkipDir
		case entry.IsDir():
			w.walked[name] = true
			return w.add(name)
		case entry.Type()&fs.ModeSymlink != 0:
			return w.addTarget(name, root)
		}
		return nil
	})
}

// addTarget watches the target of a link. The scan reads it, and it may be in a folder
// whose name is ignored.
func (w *Watcher) addTarget(link, root string) error {
	name, err := filepath.EvalSymlinks(link)
	if err != nil || !paths.Inside(root, name) {
		return nil // the scan reports it
	}
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		return w.addTree(name, root)
	}
	if dir := filepath.Dir(name); !w.walked[dir] {
		return w.add(dir)
	}
	return nil
}
