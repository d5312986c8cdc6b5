// Package publish writes a site into a folder, safely, or keeps it in memory.
//
// It is the last stop of a build. Files come in by path, from several goroutines
// and before it is known whether the build has errors; Publish makes the folder
// hold them.
//
// Invariant: a file is written beside its place and renamed over it, so no reader
// sees half of one. All are written before the first is renamed. Then new files
// are put into place, then changed ones, and then those of the previous site that
// are gone are deleted. So while a site is replaced, links lead somewhere.
//
// Invariant: equal bytes are not written again, so the time of a file is that of its
// last change.
//
// Invariant: only files that our manifest lists are deleted or replaced. A foreign
// file in the way is an error, and so is a folder that is not empty and has no
// manifest. A foreign file with the bytes that are to be published becomes ours.
//
// Invariant: if the process is killed at any step, each file is that of the previous
// site or of the new one, and the next build completes the work.
//
// Deliberately absent: fsync. After a power cut the file system may have lost or
// emptied files that were written shortly before. The next build compares bytes and
// writes such files again. If the manifest itself is lost or damaged, it says so.
package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"sync"
	"syscall"

	"analysis/builder/internal/parallel"
)

// Folder is a folder into which one build publishes a site.
type Folder struct {
	disk  *disk
	begin func() error      // empties the staging folder, which a killed build may have left full
	old   map[string]string // the files of the previous site, from the manifest
	empty bool              // so that nothing need be compared
	made  bool              // there was no such folder
	done  bool              // it holds the site

	mutex sync.Mutex
	put   map[string]outcome // by path
}

// outcome says what became of a file that was put into the folder.
type outcome struct {
	was state
	err error
}

// state says what the previous site has in the place of a file.
type state uint8

const (
	equal state = iota
	absent
	different
)

// Open opens a folder, which is made if there is none.
func Open(out string) (*Folder, error) {
	_, err := os.Stat(out)
	made := errors.Is(err, fs.ErrNotExist)
	if err := os.MkdirAll(out, 0o755); err != nil {
		return nil, fmt.Errorf("create folder: %w", err)
	}
	root, err := os.OpenRoot(out)
	if err != nil {
		return nil, fmt.Errorf("open folder: %w", err)
	}
	f := &Folder{made: made, disk: &disk{Root: root, out: out}, put: map[string]outcome{}}
	f.begin = sync.OnceValue(func() error {
		return f.disk.change(func() error { return root.RemoveAll(stagingName) })
	})
	if f.old, f.empty, err = f.disk.readManifest(); err != nil {
		root.Close()
		return nil, err
	}
	return f, nil
}

// Close closes the folder. Files that were not published are deleted, and so is a
// folder that Open made and that holds no site.
func (f *Folder) Close() error {
	err := errors.Join(f.disk.RemoveAll(stagingName), f.disk.Close())
	if f.made && !f.done {
		_ = os.Remove(filepath.Join(f.disk.out, ownFolder))
		_ = os.Remove(f.disk.out) // if it is empty
	}
	return err
}

// Put takes a file as soon as it is made. It is for concurrent use. An error is
// returned by Publish.
func (f *Folder) Put(name string, data []byte) *File {
	f.stage(name, data)
	return &File{Sum: NewFile(data).Sum}
}

// Publish makes the folder hold exactly these files, of which some may have been
// put into it before. It returns an error if files is nil, as after a build with
// errors.
func (f *Folder) Publish(files map[string]*File) error {
	if files == nil {
		return errors.New("a build with errors is not published")
	}
	if err := f.begin(); err != nil {
		return fmt.Errorf("write site to %q: %w", f.disk.out, err)
	}
	var rest []string
	for name := range files {
		if _, ok := f.put[name]; !ok {
			rest = append(rest, name)
		}
	}
	parallel.For(len(rest), func(i int) { f.stage(rest[i], files[rest[i]].Data) })
	var created, changed []string
	for _, name := range slices.Sorted(maps.Keys(f.put)) {
		switch o := f.put[name]; {
		case o.err != nil:
			return fmt.Errorf("write site to %q: %w", f.disk.out, o.err)
		case o.was == absent:
			created = append(created, name)
		case o.was == different:
			changed = append(changed, name)
		}
	}
	if err := f.swap(files, created, changed); err != nil {
		return fmt.Errorf("publish site to %q: %w", f.disk.out, err)
	}
	f.done = true
	return nil
}

// stage writes a file into the staging folder if it is new or different, and notes
// the outcome.
func (f *Folder) stage(name string, data []byte) {
	was, err := f.compare(name, data)
	if err == nil && was != equal {
		if err = f.begin(); err == nil {
			err = f.refuse(name)
		}
		if err == nil {
			err = f.disk.stage(name, data)
		}
	}
	f.mutex.Lock()
	defer f.mutex.Unlock()
	f.put[name] = outcome{was, err}
}

// compare compares a file of the previous site with its new bytes.
func (f *Folder) compare(name string, data []byte) (state, error) {
	if f.empty {
		return absent, nil
	}
	old, err := f.disk.ReadFile(name)
	switch {
	case err == nil && string(old) == string(data):
		return equal, nil
	case err == nil:
		return different, nil
	case errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) || f.disk.isDir(name):
		return absent, nil // a file or folder of the previous site makes way
	}
	return 0, err
}

// refuse returns an error if a foreign file is in the way of a new one: in its
// place, below it, or in the place of a folder above it.
func (f *Folder) refuse(name string) error {
	check := func(file string, entry fs.DirEntry, err error) error {
		if _, ours := f.old[file]; ours || err != nil || entry.IsDir() {
			return err
		}
		return fmt.Errorf("the file %q stands in the way and was not made by this builder: move it away", file)
	}
	for at := name; at != "." && !f.empty; at = path.Dir(at) {
		switch info, err := f.disk.Lstat(at); {
		case err == nil && !info.IsDir():
			return check(at, fs.FileInfoToDirEntry(info), nil)
		case err == nil && at == name:
			return fs.WalkDir(f.disk.FS(), name, check)
		}
	}
	return nil
}
