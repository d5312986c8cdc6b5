// Package publish writes a site into a folder, safely, or keeps it in memory.
//
// It is the last stop of a build. Files come in by path, from several goroutines
// and before it is known whether the build has errors; Publish makes the folder
// hold them.
//
// Invariant: a file is written beside its place and renamed over it, so no reader
// sees half of one. All are written before the first is renamed. Then new files
// are put into place, then changed ones, and then those of the previous site that
// are gone are deleted. So while a site is replaced, links lead somewhere. Only where
// a new folder takes the place of a file, or a file that of a folder, what was there
// goes before.
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
	"bytes"
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
	root *os.Root     // does not follow links that lead out of the folder
	out  string       // the folder's name
	made bool         // there was no such folder
	done bool         // it holds the site
	step func() error // called before each change, which an error prevents; for tests

	old   map[string]string // the files of the previous site, from the manifest
	empty bool              // there was no manifest, so nothing need be compared

	mutex sync.Mutex
	put   map[string]error // by path of the files that were put
}

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
	f := &Folder{root: root, out: out, made: made, step: func() error { return nil }, put: map[string]error{}}
	if err = f.readManifest(); err == nil {
		err = root.RemoveAll(stagingName) // which a killed build may have left full
	}
	if err != nil {
		root.Close()
		return nil, err
	}
	return f, nil
}

// Close closes the folder. Files that were not published are deleted, and so is a
// folder that Open made and that holds no site.
func (f *Folder) Close() error {
	err := errors.Join(f.root.RemoveAll(stagingName), f.root.Close())
	if f.made && !f.done {
		_ = os.Remove(filepath.Join(f.out, ownFolder))
		_ = os.Remove(f.out) // if it is empty
	}
	return err
}

// Put takes a file as soon as it is made. It is for concurrent use. An error is
// returned by Publish.
func (f *Folder) Put(name string, data []byte) *File {
	err := f.stage(name, data)
	f.mutex.Lock()
	defer f.mutex.Unlock()
	f.put[name] = err
	return &File{Sum: NewFile(data).Sum}
}

// Publish makes the folder hold exactly these files, of which some may have been
// put into it before. It returns an error if files is nil, as after a build with
// errors.
func (f *Folder) Publish(files map[string]*File) error {
	if files == nil {
		return errors.New("a build with errors is not published")
	}
	var rest []string
	for name := range files {
		if _, ok := f.put[name]; !ok {
			rest = append(rest, name)
		}
	}
	parallel.For(len(rest), func(i int) { f.Put(rest[i], files[rest[i]].Data) })
	for _, name := range slices.Sorted(maps.Keys(f.put)) {
		if err := f.put[name]; err != nil {
			return fmt.Errorf("write site to %q: %w", f.out, err)
		}
	}
	if err := f.swap(files); err != nil {
		return fmt.Errorf("publish site to %q: %w", f.out, err)
	}
	f.done = true
	return nil
}

// stage writes a file below the staging folder, under its name on the site, unless
// the previous site has it. The staging folder was made by this build and has no
// links in it, so it need not be opened through root, which is several times slower.
func (f *Folder) stage(name string, data []byte) error {
	if !f.empty {
		if same, err := f.has(name, data); same || err != nil {
			return err
		}
	}
	return f.change(func() error {
		at := filepath.Join(f.out, filepath.FromSlash(stagingName), filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
			return err
		}
		return os.WriteFile(at, data, 0o644)
	})
}

// has reports whether the folder has a file of these bytes. It returns an error if
// it has not and a foreign file is in the way.
func (f *Folder) has(name string, data []byte) (bool, error) {
	old, err := f.root.ReadFile(name)
	if err == nil && bytes.Equal(old, data) {
		return true, nil
	}
	if err == nil || errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) || f.isDir(name) {
		err = f.refuse(name) // of the previous site, even a folder makes way
	}
	return false, err
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
	for at := name; at != "."; at = path.Dir(at) {
		switch info, err := f.root.Lstat(at); {
		case err == nil && !info.IsDir():
			return check(at, fs.FileInfoToDirEntry(info), nil)
		case err == nil && at == name:
			return fs.WalkDir(f.root.FS(), name, check)
		}
	}
	return nil
}
