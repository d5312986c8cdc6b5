package publish

import (
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"
	"syscall"
)

// swap replaces the previous site by the staged files. Until it is done, the manifest
// lists both the previous and the new files. So if this build is killed, the next one
// knows all files that the builder may delete.
func (f *Folder) swap(files map[string]*File) error {
	var deleted, inTheWay []string
	both, final := map[string]string{}, map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(f.old)) {
		both[name] = ""
		if files[name] == nil {
			deleted = append(deleted, name)
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
		func() error { return f.remove(deleted) },
		func() error { return f.writeManifest(final) },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
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

// move moves the staged files of a folder into place. A folder that does not exist yet
// is moved as a whole. Existing files are replaced if over is true, and skipped
// otherwise.
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

// remove deletes files, and the folders that become empty. A file that has already been
// replaced by a folder, or whose folder has been replaced by a file, is skipped.
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
