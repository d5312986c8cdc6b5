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

// Subscribe watches those folders that are not watched yet. It must be called
// before each scan: a file that is made in a new folder is then either scanned
// or notified.
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
	w.watched, w.walked = map[string]fs.FileInfo{}, map[string]bool{}
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

// stale reports whether a name may belong to another folder than the one that is
// watched under it. When a folder is renamed, fsnotify keeps the old names of the
// folders below it. If two folders change places, it takes one for the other and
// loses events for ever. So a renamed folder calls for a new notifier.
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

// renew begins again with a notifier that watches nothing yet. What happens
// meanwhile is not notified, and found by the scan that follows.
func (w *Watcher) renew() (err error) {
	if w.notifier != nil {
		w.notifier.close()
	}
	if w.notifier, err = w.options.newNotifier(); err != nil {
		return err
	}
	w.roots = rootsOf(w.folders)
	n, roots := w.notifier, w.roots
	w.goroutines.Go(func() { w.listen(n, roots) })
	return nil
}

// rootsOf returns the folders, and the targets of those that are links. The
// names are absolute, as those of events are.
func rootsOf(folders []string) (roots []string) {
	for _, folder := range folders {
		if abs, err := filepath.Abs(folder); err == nil {
			folder = abs
		}
		roots = append(roots, folder)
		target, err := filepath.EvalSymlinks(folder)
		if err != nil { // what it leads to may come back
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

// add watches one folder.
func (w *Watcher) add(folder string) error {
	info, err := os.Stat(folder)
	if err == nil {
		err = w.notifier.add(folder)
	}
	switch {
	case err == nil:
		w.watched[folder] = info
	case errors.Is(err, fs.ErrNotExist): // gone since it was listed
	case errors.Is(err, fs.ErrPermission): // the scan reports it
	default:
		return fmt.Errorf("%q: %w", folder, err)
	}
	return nil
}

// addParent watches the folder that a root is in, which tells when the root
// itself is replaced. If that folder is gone as well, the next one above tells
// when it comes back.
func (w *Watcher) addParent(root string) error {
	dir := filepath.Dir(root)
	for _, err := os.Stat(dir); err != nil && dir != filepath.Dir(dir); _, err = os.Stat(dir) {
		dir = filepath.Dir(dir)
	}
	return w.add(dir)
}

// addTree watches a folder of a root and those below it. Each is watched before
// it is listed, so what is made in it is either listed or notified.
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

// addTarget watches what a link leads to. The scan reads that, and it may lie in
// a folder whose name is ignored.
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
