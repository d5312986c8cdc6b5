// Package publish writes a site safely into a folder or a single file, or keeps it in
// memory.
//
// It is the last stop of a build. Put takes files from several goroutines, before it
// is known whether the build has errors. Publish moves them into the folder.
//
// Invariant: a file is written to a staging folder and then renamed, so no reader sees
// half of it. Publish writes all files before it renames the first. Then it moves new
// files into place, replaces changed files, and deletes the files that the new site
// does not have; of new and of changed files, pages (.html) come last. So whatever a
// page links to stays until that page is replaced, and a page never waits for a new file
// that it shows. Not covered are new pages that link to each other, and a changed style
// sheet that keeps its name. A file is deleted first if a folder takes its name, or if its
// name changes only in its spelling on a disk that ignores that; so is a folder.
//
// Invariant: a file with equal bytes is not written again and keeps its time.
//
// Invariant: only files that our manifest lists are deleted or replaced. A foreign
// file in the way is an error, and so is a folder that has anything but .git in it and
// no manifest. A foreign file with the bytes that are to be published becomes ours. A
// file of ours that somebody changed is replaced or deleted, and Edited names it.
//
// Invariant: if a system refuses to replace or delete a file because another program has it open,
// the previous site stays whole, unless the file was opened meanwhile; then the next build
// completes the work.
//
// Invariant: only one build at a time has a folder open. The system holds the lock and
// ends it with the process, so a killed build leaves no lock behind.
//
// Invariant: if the process is killed at any step, each file is a complete one, from
// the previous site or the new one, and the next build completes the work.
//
// After a power cut the manifest is complete, because it is synced. Deliberately absent:
// syncing all other files. Those that were written shortly before may be lost or empty;
// the next build compares bytes and writes them again.
package publish

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/parallel"
)

// Folder is a folder into which one build publishes a site.
type Folder struct {
	// Progress, if not nil, is called as Publish goes on "writing" files and then "moving"
	// them into place, by several goroutines, with the number of those done and of all.
	Progress func(doing string, done, all int)

	root *os.Root                // does not follow links that lead out of the folder
	lock *os.File                // no other build has the folder while it is open
	out  string                  // name of the folder
	made bool                    // Open created the folder
	done bool                    // Publish succeeded
	step func() error            // called before each change; an error prevents it; for tests
	held func(name string) error // held; for tests
	patience

	old    map[string]string   // Sum by path of the files of the previous site, nil if there is none
	folded map[string][]string // their paths by paths.Fold

	mutex  sync.Mutex
	put    map[string]error // results of Put by path
	edited []string         // see Edited

	staged, moved atomic.Int64 // numbers of files, for Progress
}

// Open opens a folder and creates it if necessary. It returns an error if another
// process has it open.
func Open(out string) (*Folder, error) {
	lock, made, err := lockFolder(out, false)
	if err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(out)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open folder: %w", err), lock.Close())
	}
	f := &Folder{root: root, lock: lock, out: out, made: made, step: func() error { return nil }, held: held, patience: patience{busy, time.Sleep}, put: map[string]error{}, folded: map[string][]string{}}
	if err = f.readManifest(); err == nil {
		err = f.clear() // a killed build may have left files there
	}
	if err != nil {
		return nil, errors.Join(err, root.Close(), lock.Close())
	}
	return f, nil
}

// Close closes the folder. It deletes the files that were not published, and the
// folder itself if Open created it and it holds no site.
func (f *Folder) Close() error {
	err := errors.Join(f.clear(), f.root.Close())
	if f.made && !f.done {
		_ = os.Remove(filepath.Join(f.out, OwnFolder))
		_ = os.Remove(f.out) // if it is empty
	}
	return errors.Join(err, f.lock.Close())
}

func (f *Folder) clear() error {
	return errors.Join(f.root.RemoveAll(stagingName), f.root.RemoveAll(newManifestName))
}

// Edited returns the paths of the files that somebody changed after they were published,
// and that Publish replaced or deleted.
func (f *Folder) Edited() []string { return slices.Sorted(slices.Values(f.edited)) }

// Put writes a file to the staging folder. It may be called concurrently. Publish
// returns its errors.
func (f *Folder) Put(name string, data []byte) *File {
	file := NewFile(data)
	f.add(name, file)
	return file.withoutData()
}

func (f *Folder) add(name string, file *File) {
	err := f.stage(name, file)
	f.mutex.Lock()
	defer f.mutex.Unlock()
	f.put[name] = err
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
	var written atomic.Int64
	parallel.For(len(rest), func(i int) {
		f.add(rest[i], files[rest[i]])
		if f.Progress != nil {
			f.Progress("writing", int(written.Add(1)), len(rest))
		}
	})
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
func (f *Folder) stage(name string, file *File) error {
	if f.old != nil && !f.respelt(name) {
		if same, err := f.has(name, file); same || err != nil {
			return err
		}
	}
	f.staged.Add(1)
	return f.change(func() error {
		staged := stagedFiles
		if path.Ext(name) == ".html" {
			staged = stagedPages
		}
		at := filepath.Join(f.out, filepath.FromSlash(path.Join(staged, name)))
		if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
			return err
		}
		return file.write(at)
	})
}

// has reports whether the folder has this file with these bytes. If it has not, and a
// foreign file is in the way, has returns an error.
func (f *Folder) has(name string, file *File) (same bool, err error) {
	old, err := f.root.Open(name)
	if err == nil {
		defer old.Close()
		if info, e := old.Stat(); e != nil || info.Mode().IsRegular() {
			if same, err = file.equal(old, info.Size()); same || err != nil {
				return same, err
			}
			f.noteEdited(name, old)
		}
	}
	if err == nil || errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) || f.isDir(name) || f.behindLink(name) {
		err = f.checkForeign(name) // the files of the previous site may be replaced
	}
	return false, err
}

// noteEdited notes a file for Edited if it is not as it was published.
func (f *Folder) noteEdited(name string, file io.ReadSeeker) {
	was := f.old[name]
	if was == "" {
		return
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return
	}
	if sum, err := Sum(file); err == nil && !strings.HasPrefix(sum, was) { // earlier builders kept a part of the sum
		f.mutex.Lock()
		defer f.mutex.Unlock()
		f.edited = append(f.edited, name)
	}
}

// checkForeign returns an error if a foreign file has the name of a new file, is in a
// folder of that name, or has the name of a folder above it.
func (f *Folder) checkForeign(name string) error {
	check := func(file string, entry fs.DirEntry, err error) error {
		if _, ours := f.old[file]; ours || err != nil || entry.IsDir() {
			return err
		}
		return diag.WithHint(fmt.Errorf("the file %q stands in the way and was not made by this builder", file), "move it away")
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
