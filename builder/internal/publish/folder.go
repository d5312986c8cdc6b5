// Package publish writes a site safely into a folder or a single file, or keeps it in
// memory.
//
// It is the last stop of a build. Put takes files from several goroutines, before it
// is known whether the build has errors. Publish moves them into the folder.
//
// Invariant: a file is written to a staging folder and then renamed, so no reader sees
// half of it. Publish writes all files before it renames the first. Then it moves new
// files into place, replaces changed files, and deletes the files that the new site
// does not have. So links keep working while a site is replaced. There is one
// exception: if a folder replaces a file, or a file a folder, the old one is deleted
// first.
//
// Invariant: a file with equal bytes is not written again and keeps its time.
//
// Invariant: only files that our manifest lists are deleted or replaced. A foreign
// file in the way is an error, and so is a folder that is not empty and has no
// manifest. A foreign file with the bytes that are to be published becomes ours.
//
// Invariant: if the process is killed at any step, each file is a complete one, from
// the previous site or the new one, and the next build completes the work.
//
// Deliberately absent: fsync. After a power cut, files that were written shortly
// before may be lost or empty. The next build compares bytes and writes them again. If
// the manifest itself is lost or damaged, the next build stops with an error.
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
	out  string       // name of the folder
	made bool         // Open created the folder
	done bool         // Publish succeeded
	step func() error // called before each change; an error prevents it; for tests

	old   map[string]string // Sum by path of the files of the previous site
	empty bool              // there was no manifest, so there are no files to compare

	mutex sync.Mutex
	put   map[string]error // results of Put by path
}

// Open opens a folder and creates it if necessary.
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
		err = root.RemoveAll(stagingName) // a killed build may have left files there
	}
	if err != nil {
		root.Close()
		return nil, err
	}
	return f, nil
}

// Close closes the folder. It deletes the files that were not published, and the
// folder itself if Open created it and it holds no site.
func (f *Folder) Close() error {
	err := errors.Join(f.root.RemoveAll(stagingName), f.root.Close())
	if f.made && !f.done {
		_ = os.Remove(filepath.Join(f.out, ownFolder))
		_ = os.Remove(f.out) // if it is empty
	}
	return err
}

// Put writes a file to the staging folder. It may be called concurrently. Publish
// returns its errors.
func (f *Folder) Put(name string, data []byte) *File {
	err := f.stage(name, data)
	f.mutex.Lock()
	defer f.mutex.Unlock()
	f.put[name] = err
	return &File{Sum: NewFile(data).Sum}
}

// Publish publishes exactly these files, including those that were put before. It
// returns an error if files is nil, as after a build with errors.
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

// stage writes a file to the staging folder, unless the previous site has the same
// file. It does not use root, which is several times slower. This is safe because this
// build created the staging folder, so there are no links in it.
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

// has reports whether the folder has this file with these bytes. If it has not, and a
// foreign file is in the way, has returns an error.
func (f *Folder) has(name string, data []byte) (bool, error) {
	old, err := f.root.ReadFile(name)
	if err == nil && bytes.Equal(old, data) {
		return true, nil
	}
	if err == nil || errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) || f.isDir(name) {
		err = f.checkForeign(name) // the files of the previous site may be replaced
	}
	return false, err
}

// checkForeign returns an error if a foreign file has the name of a new file, is in a
// folder of that name, or has the name of a folder above it.
func (f *Folder) checkForeign(name string) error {
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
