package publish

import (
	"cmp"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"syscall"

	"analysis/builder/internal/paths"
)

// swap replaces the previous site by the staged files. Until it is done, the manifest
// lists both the previous and the new files. So if this build is killed, the next one
// knows all files that the builder may delete.
func (f *Folder) swap(files map[string]*File) error {
	both, final := map[string]string{}, map[string]string{}
	for name := range f.old {
		both[name] = ""
	}
	for name, file := range files {
		both[name], final[name] = "", file.Sum
	}
	if !f.isDir(stagingName) && maps.Equal(final, f.old) {
		return nil
	}
	deleted, inTheWay, respelt := f.deleted(files)
	k := kindsOf(files)
	for _, step := range []func() error{
		func() error { return f.writeManifest(both) },
		func() error { return f.remove(inTheWay) },
		func() error { return f.respell(respelt) },
		func() error { return f.move(".", k, false, false) },
		func() error { return f.move(".", k, true, false) },
		func() error { return f.move(".", k, false, true) },
		func() error { return f.move(".", k, true, true) },
		func() error { return f.remove(deleted) },
		func() error { return f.writeManifest(final) },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// deleted returns the files of the previous site that the new one does not have. Those
// in the way of a new file are also in the second list. respelt has those that are a new
// file on this disk, because it ignores case or the form of letters: the new name by the
// old one.
func (f *Folder) deleted(files map[string]*File) (deleted, inTheWay []string, respelt map[string]string) {
	folded := map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(f.old)) {
		if files[name] == nil {
			deleted = append(deleted, name)
			folded[paths.Fold(name)] = name
			if f.inTheWay(name, files) {
				inTheWay = append(inTheWay, name)
			}
		}
	}
	respelt = map[string]string{}
	if len(deleted) > 0 {
		for name := range files {
			if old, ok := folded[paths.Fold(name)]; ok && f.sameFile(old, name) {
				respelt[old] = name
			}
		}
	}
	keep := func(name string) bool { return respelt[name] != "" }
	deleted, inTheWay = slices.DeleteFunc(deleted, keep), slices.DeleteFunc(inTheWay, keep)
	for _, name := range deleted {
		if file, err := f.root.Open(name); err == nil {
			f.noteEdited(name, file)
			file.Close()
		}
	}
	return deleted, inTheWay, respelt
}

func (f *Folder) sameFile(a, b string) bool {
	one, err := f.root.Lstat(a)
	if err != nil {
		return false
	}
	other, err := f.root.Lstat(b)
	return err == nil && os.SameFile(one, other)
}

// respell gives files and their folders the spelling of the new site. If that fails, they
// still are the new files on this disk.
func (f *Folder) respell(names map[string]string) error {
	for _, old := range slices.Sorted(maps.Keys(names)) {
		was, now := strings.Split(old, "/"), strings.Split(names[old], "/")
		for i := range was {
			if was[i] != now[i] {
				above := path.Join(now[:i]...)
				err := f.rename(path.Join(above, was[i]), path.Join(above, now[i]))
				if e := (*os.LinkError)(nil); err != nil && !errors.As(err, &e) {
					return err
				}
			}
		}
	}
	return nil
}

// kinds holds the folders that have pages, and those that have other files, in
// themselves or below.
type kinds [2]map[string]bool

func isPage(name string) bool { return path.Ext(name) == ".html" }

func kindsOf(files map[string]*File) (k kinds) {
	k = kinds{{}, {}}
	for name := range files {
		has := k.of(isPage(name))
		for dir := path.Dir(name); dir != "." && !has[dir]; dir = path.Dir(dir) {
			has[dir] = true
		}
	}
	return k
}

func (k kinds) of(pages bool) map[string]bool {
	if pages {
		return k[1]
	}
	return k[0]
}

// inTheWay reports whether the new site has a folder with the name of a deleted file,
// or a file with the name of a folder above it.
func (f *Folder) inTheWay(name string, files map[string]*File) bool {
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		if files[dir] != nil {
			return true
		}
	}
	return f.isDir(path.Join(stagingName, name))
}

// move moves the staged pages, or all other staged files, of a folder into place. It
// moves new files, or replaces files if over is true. A folder that does not exist yet
// is moved as a whole if it has no file of the other kind.
func (f *Folder) move(dir string, k kinds, pages, over bool) error {
	entries, err := fs.ReadDir(f.root.FS(), path.Join(stagingName, dir))
	if err != nil && !errors.Is(err, fs.ErrNotExist) { // nothing was staged
		return err
	}
	slices.SortStableFunc(entries, func(a, b fs.DirEntry) int { // folders first
		return cmp.Compare(b.Type()&fs.ModeDir, a.Type()&fs.ModeDir)
	})
	for _, e := range entries {
		name := path.Join(dir, e.Name())
		_, missing := f.root.Lstat(name)
		isNew := errors.Is(missing, fs.ErrNotExist)
		switch {
		case e.IsDir() && !k.of(pages)[name]:
		case e.IsDir() && f.isDir(name):
			err = f.move(name, k, pages, over)
		case e.IsDir() && k.of(!pages)[name]:
			if err = f.change(func() error { return f.root.Mkdir(name, 0o755) }); err == nil {
				err = f.move(name, k, pages, over)
			}
		case e.IsDir(), isPage(name) == pages && isNew != over:
			err = f.rename(path.Join(stagingName, name), name)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// remove deletes files, and the folders that become empty. A file that has already been
// replaced by a folder, or whose folder has been replaced by a file or by a link, is
// skipped.
func (f *Folder) remove(names []string) error {
	for _, name := range names {
		if f.isDir(name) || f.behindLink(name) {
			continue
		}
		err := f.delete(name)
		if err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, syscall.ENOTDIR) {
			return err
		}
		for dir := path.Dir(name); dir != "." && f.isDir(dir) && f.delete(dir) == nil; dir = path.Dir(dir) {
		}
	}
	return nil
}

// behindLink reports whether one of the folders above a file is a link.
func (f *Folder) behindLink(name string) bool {
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		if info, err := f.root.Lstat(dir); err == nil && info.Mode()&fs.ModeSymlink != 0 {
			return true
		}
	}
	return false
}

// change makes one change in the folder. Tests interrupt a build before it.
func (f *Folder) change(do func() error) error {
	if err := f.step(); err != nil {
		return err
	}
	return do()
}

func (f *Folder) rename(from, to string) error {
	return f.change(func() error { return f.root.Rename(from, to) })
}

func (f *Folder) delete(name string) error {
	return f.change(func() error { return f.root.Remove(name) })
}

func (f *Folder) isDir(name string) bool {
	info, err := f.root.Lstat(name)
	return err == nil && info.IsDir()
}
