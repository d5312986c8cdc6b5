package publish

import (
	"cmp"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
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
	for _, name := range slices.Sorted(maps.Keys(f.old)) {
		if file := files[name]; file == nil || file.Sum != f.old[name] {
			if err := f.try(func() error { return f.held(filepath.Join(f.out, filepath.FromSlash(name))) }); err != nil {
				return err
			}
		}
	}
	first, last := f.deleted(files)
	for _, step := range []func() error{
		func() error { return f.writeManifest(both) },
		func() error { return f.remove(first) },
		func() error { return f.move(stagedFiles, ".", false) },
		func() error { return f.move(stagedPages, ".", false) },
		func() error { return f.move(stagedFiles, ".", true) },
		func() error { return f.move(stagedPages, ".", true) },
		func() error { return f.remove(last) },
		func() error { return f.writeManifest(final) },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// deleted returns the files of the previous site that the new one does not have: those
// in the way of a new file, which are deleted first, and the others. All come first if a
// file changes only the spelling of its name, since its folder may do so, too.
func (f *Folder) deleted(files map[string]*File) (first, last []string) {
	respelt := slices.ContainsFunc(slices.Collect(maps.Keys(files)), f.respelt)
	for _, name := range slices.Sorted(maps.Keys(f.old)) {
		switch {
		case files[name] != nil:
			continue
		case respelt || f.inTheWay(name, files):
			first = append(first, name)
		default:
			last = append(last, name)
		}
		if file, err := f.root.Open(name); err == nil {
			f.noteEdited(name, file)
			file.Close()
		}
	}
	return first, last
}

// respelt reports whether a file of the previous site is this one on this disk, because it
// ignores case or the form of letters.
func (f *Folder) respelt(name string) bool {
	for _, old := range f.folded[paths.Fold(name)] {
		if old == name {
			continue
		}
		one, err := f.root.Lstat(old)
		other, e := f.root.Lstat(name)
		if err == nil && e == nil && os.SameFile(one, other) {
			return true
		}
	}
	return false
}

// inTheWay reports whether the new site has a folder with the name of a deleted file,
// or a file with the name of a folder above it.
func (f *Folder) inTheWay(name string, files map[string]*File) bool {
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		if files[dir] != nil {
			return true
		}
	}
	return f.isDir(path.Join(stagedFiles, name)) || f.isDir(path.Join(stagedPages, name))
}

// move moves the files that were staged in a folder into place. It moves new files, or
// replaces files if over is true. A folder that does not exist yet is moved as a whole.
func (f *Folder) move(staged, dir string, over bool) error {
	entries, err := fs.ReadDir(f.root.FS(), path.Join(staged, dir))
	if err != nil && !errors.Is(err, fs.ErrNotExist) { // nothing was staged
		return err
	}
	slices.SortStableFunc(entries, func(a, b fs.DirEntry) int { // folders first
		return cmp.Compare(b.Type()&fs.ModeDir, a.Type()&fs.ModeDir)
	})
	for _, e := range entries {
		name := path.Join(dir, e.Name())
		_, missing := f.root.Lstat(name)
		switch isNew := errors.Is(missing, fs.ErrNotExist); {
		case e.IsDir() && f.isDir(name):
			err = f.move(staged, name, over)
		case e.IsDir(), isNew != over:
			if err = f.rename(path.Join(staged, name), name); f.Progress != nil {
				f.Progress("moving", int(f.moved.Add(1)), int(f.staged.Load())) // a folder counts as one
			}
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
	return f.try(func() error {
		if err := f.step(); err != nil {
			return err
		}
		return do()
	})
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
