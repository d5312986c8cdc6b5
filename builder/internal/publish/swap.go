package publish

import (
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"
	"syscall"
)

// swap puts the staged files into their places: first those that are new, then those
// that changed. Until it is done the manifest lists both the previous and the new
// files, so that a build after this one was killed knows all that is ours.
func (f *Folder) swap(files map[string]*File) error {
	var gone, inTheWay []string
	both, final := map[string]string{}, map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(f.old)) {
		both[name] = ""
		if files[name] == nil {
			gone = append(gone, name)
			if f.inTheWay(name, files) {
				inTheWay = append(inTheWay, name)
			}
		}
	}
	for name, file := range files {
		both[name], final[name] = "", file.Sum
	}
	if !f.isDir(stagingName) && maps.Equal(final, f.old) {
		return nil
	}
	for _, step := range []func() error{
		func() error { return f.writeManifest(both) },
		func() error { return f.remove(inTheWay) },
		func() error { return f.move(".", false) },
		func() error { return f.move(".", true) },
		func() error { return f.remove(gone) },
		func() error { return f.writeManifest(final) },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// inTheWay reports whether the new site has a folder in the place of a file that is
// gone, or a file in the place of a folder above it.
func (f *Folder) inTheWay(name string, files map[string]*File) bool {
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		if files[dir] != nil {
			return true
		}
	}
	return f.isDir(path.Join(stagingName, name))
}

// move moves what is staged in a folder into its place. Where there is no such
// folder yet, it is moved with all that is in it. Files that are there already are
// replaced if over is true, and left alone otherwise.
func (f *Folder) move(dir string, over bool) error {
	entries, err := fs.ReadDir(f.root.FS(), path.Join(stagingName, dir))
	if err != nil && !errors.Is(err, fs.ErrNotExist) { // nothing was staged
		return err
	}
	for _, e := range entries {
		name := path.Join(dir, e.Name())
		_, err := f.root.Lstat(name)
		switch {
		case e.IsDir() && f.isDir(name):
			err = f.move(name, over)
		case over || errors.Is(err, fs.ErrNotExist):
			err = f.rename(path.Join(stagingName, name), name)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// remove deletes files, and the folders that this leaves empty. Where a new file or
// folder is in the place of one, or of its folder, there is nothing to delete.
func (f *Folder) remove(names []string) error {
	for _, name := range names {
		if f.isDir(name) {
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

// change makes one change of the folder. A test may interrupt a build before it.
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
