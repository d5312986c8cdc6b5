package publish

import (
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"syscall"
)

// swap puts the staged files into their places, those that are new and those that
// changed. Until it is done the manifest lists both the previous and the new files,
// so that a build after this one was killed knows all that is ours.
func (f *Folder) swap(files map[string]*File, created, changed []string) error {
	gone := map[string]bool{} // files of the previous site that are still to be deleted
	both, final := map[string]string{}, map[string]string{}
	for name := range f.old {
		both[name] = ""
		gone[name] = files[name] == nil
	}
	for name, file := range files {
		both[name], final[name] = "", file.Sum
	}
	if len(created)+len(changed) == 0 && maps.Equal(final, f.old) {
		return nil
	}
	if err := f.disk.writeManifest(both); err != nil {
		return err
	}
	moved := "\x00" // the folder or file that was moved last, with a slash
	for _, name := range slices.Concat(created, changed) {
		if strings.HasPrefix(name, moved) {
			continue
		}
		if err := f.makeWay(name, gone); err != nil {
			return err
		}
		top := f.missing(name)
		moved = top + "/"
		if err := f.disk.rename(stagingName+"/"+top, top); err != nil {
			return err
		}
	}
	for _, name := range slices.Sorted(maps.Keys(gone)) {
		if err := f.remove(name, gone); err != nil {
			return err
		}
	}
	return f.disk.writeManifest(final)
}

// missing returns the uppermost folder of a file that does not exist, which can be
// moved with all files in it, or else the file.
func (f *Folder) missing(name string) string {
	for i, c := range name {
		if c != '/' {
			continue
		}
		if _, err := f.disk.Lstat(name[:i]); errors.Is(err, fs.ErrNotExist) {
			return name[:i]
		}
	}
	return name
}

// makeWay deletes files that are gone where a new one needs a folder, and those in
// a folder where it needs a file.
func (f *Folder) makeWay(name string, gone map[string]bool) error {
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		if err := f.remove(dir, gone); err != nil {
			return err
		}
	}
	if !f.disk.isDir(name) {
		return nil
	}
	for old := range gone {
		if strings.HasPrefix(old, name+"/") {
			if err := f.remove(old, gone); err != nil {
				return err
			}
		}
	}
	return nil
}

// remove deletes a file if it is gone, and the folders that this leaves empty. If a
// killed build has put a folder into the file's place, there is nothing to do.
func (f *Folder) remove(name string, gone map[string]bool) error {
	if !gone[name] {
		return nil
	}
	gone[name] = false
	if f.disk.isDir(name) {
		return nil
	}
	switch err := f.disk.remove(name); {
	case errors.Is(err, syscall.ENOTDIR):
		return nil // a file is in the place of its folder
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return err
	}
	for dir := path.Dir(name); dir != "." && f.disk.isDir(dir); dir = path.Dir(dir) {
		if f.disk.remove(dir) != nil {
			break // not empty
		}
	}
	return nil
}
