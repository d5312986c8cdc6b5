package pipeline

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/parallel"
)

// source is a file as it was last read. Other bytes make another source, so two
// that are the same pointer are the same file with the same bytes.
type source struct {
	name  string // below its folder, with slashes
	data  []byte
	stamp stamp
	// settled says that the stamp can be trusted: if it stays, so do the bytes. It
	// is false for a while after a change, for the clock of a file system is coarse,
	// and a second change within a tick would leave the same stamp.
	settled bool
}

// stamp is what the system says of a file. Whatever writes to it, replaces it or
// sets its times changes the stamp, for the time of change is the system's own.
type stamp struct {
	known         bool
	device, inode uint64
	size          int64
	changed       int64 // nanoseconds since 1970: Linux's ctime, that of the inode
}

// restless is how long after its last change a file is read again at every scan.
const restless = 2 * time.Second

// folder is one of the site's folders, remembered from scan to scan.
type folder struct {
	name  string
	files []*source // ascending by name; never changed, but replaced
	dirs  map[string]bool
	odd   bool // there are links, or what could not be read: names do not tell all
	found []diag.Diagnostic

	known map[string]*source // the files by name
}

// scan looks at everything in the folder, and reads what may have changed. Nothing
// outside is read: a symbolic link that leads out is a finding, and so is one that
// leads back to a folder that it stands in.
func (f *folder) scan() error {
	root, err := os.OpenRoot(f.name)
	if err != nil {
		return fmt.Errorf("open folder: %w", err)
	}
	defer root.Close()
	real, err := filepath.EvalSymlinks(f.name)
	if err != nil {
		return fmt.Errorf("open folder: %w", err)
	}
	now := folder{name: f.name, dirs: map[string]bool{}}
	level := []directory{{name: ".", above: []string{real}}}
	for len(level) > 0 {
		parallel.For(len(level), func(i int) { level[i].read(root, f) })
		var next []directory
		for _, d := range level {
			if d.name == "." && d.err != nil {
				return fmt.Errorf("read folder %q: %w", f.name, d.err)
			}
			now.dirs[d.name] = true
			now.files = append(now.files, d.files...)
			now.found = append(now.found, d.found...)
			now.odd = now.odd || d.odd
			next = append(next, d.below...)
		}
		level = next
	}
	now.odd = now.odd || len(now.found) > 0
	slices.SortFunc(now.files, func(a, b *source) int { return cmp.Compare(a.name, b.name) })
	if slices.Equal(now.files, f.files) {
		now.files, now.known = f.files, f.known
	} else {
		now.known = make(map[string]*source, len(now.files))
		for _, s := range now.files {
			now.known[s.name] = s
		}
	}
	*f = now
	return nil
}

// look looks at a few files only, by their names. It reports false if that cannot
// tell what the folder holds, and everything must be scanned.
func (f *folder) look(names []string) (ok bool) {
	if f.odd || f.known == nil {
		return false
	}
	root, err := os.OpenRoot(f.name)
	if err != nil {
		return false
	}
	defer root.Close()
	files := f.files
	defer func() { f.files = files }()
	for _, name := range names {
		if f.dirs[name] || !f.dirs[path.Dir(name)] {
			return false
		}
		at, there := slices.BinarySearchFunc(files, name, func(s *source, name string) int { return cmp.Compare(s.name, name) })
		info, err := root.Lstat(name)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			if there {
				files = slices.Delete(slices.Clone(files), at, at+1)
				delete(f.known, name)
			}
			continue
		case err != nil || !info.Mode().IsRegular():
			return false
		}
		s, err := f.file(name, info, func() ([]byte, error) { return root.ReadFile(name) })
		switch {
		case err != nil:
			return false
		case !there:
			files = slices.Insert(slices.Clone(files), at, s)
		case files[at] != s:
			files = slices.Clone(files)
			files[at] = s
		}
		f.known[name] = s
	}
	return true
}

// file is a file, read if it may have changed.
func (f *folder) file(name string, info fs.FileInfo, read func() ([]byte, error)) (*source, error) {
	old, now, at := f.known[name], stampOf(info), time.Now()
	if old != nil && old.settled && old.stamp == now {
		return old, nil
	}
	data, err := read()
	if err != nil {
		return nil, err
	}
	settled := now.known && at.Sub(time.Unix(0, now.changed)) > restless
	if old != nil && bytes.Equal(old.data, data) {
		old.stamp, old.settled = now, settled
		return old, nil
	}
	return &source{name, data, now, settled}, nil
}

// directory is one folder on the way through a tree.
type directory struct {
	name  string   // below the tree's folder
	above []string // the real paths of the folders that lead to it, its own last

	files []*source
	below []directory
	found []diag.Diagnostic
	odd   bool // there are links in it
	err   error
}

// read lists the folder and reads its files.
func (d *directory) read(root *os.Root, f *folder) {
	here, err := root.OpenRoot(d.name)
	if err == nil {
		defer here.Close()
		var entries []fs.DirEntry
		if entries, err = fs.ReadDir(here.FS(), "."); err == nil {
			for _, entry := range entries {
				if !Ignored(entry.Name()) {
					d.enter(root, here, f, entry)
				}
			}
		}
	}
	if d.err = err; err != nil && !errors.Is(err, fs.ErrNotExist) { // or it is gone since it was listed
		d.found = append(d.found, unreadable(d.name, err))
	}
}

// enter reads a file, or notes a folder for the next round.
func (d *directory) enter(root, here *os.Root, f *folder, entry fs.DirEntry) {
	name, base := path.Join(d.name, entry.Name()), entry.Name()
	real := filepath.Join(d.above[len(d.above)-1], base)
	mode, link := entry.Type(), entry.Type()&fs.ModeSymlink != 0
	var info fs.FileInfo
	var err error
	switch {
	case link:
		d.odd = true
		here, base = root, name
		if info, err = root.Stat(name); err == nil { // which refuses what leads out
			mode = info.Mode().Type()
			real, err = filepath.EvalSymlinks(filepath.Join(f.name, filepath.FromSlash(name)))
		}
	case mode.IsRegular():
		info, err = here.Lstat(base)
	}
	switch {
	case errors.Is(err, fs.ErrNotExist) && !link: // gone since the folder was listed
	case err != nil:
		d.found = append(d.found, unreadable(name, err))
	case mode.IsDir() && slices.Contains(d.above, real):
		d.found = append(d.found, diag.Errorf(diag.Position{File: name}, "this link leads back to a folder that it stands in").
			WithHint("take it away, or let it lead to another folder"))
	case mode.IsDir():
		d.below = append(d.below, directory{name: name, above: append(slices.Clip(d.above), real)})
	case !mode.IsRegular():
		d.found = append(d.found, diag.Errorf(diag.Position{File: name}, "this is no file").
			WithHint("take it away; only files and folders are read"))
	default:
		switch s, err := f.file(name, info, func() ([]byte, error) { return here.ReadFile(base) }); {
		case errors.Is(err, fs.ErrNotExist) && !link:
		case err != nil:
			d.found = append(d.found, unreadable(name, err))
		default:
			d.files = append(d.files, s)
		}
	}
}

func unreadable(name string, err error) diag.Diagnostic {
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		err = pathError.Err
	}
	return diag.Errorf(diag.Position{File: name}, "this file cannot be read: %v", err).
		WithHint("make it readable, or take it away; a symbolic link must lead to a file or folder in the same folder")
}

// bytesOf gives the files as those rooms take them that need all of a folder.
func bytesOf(files []*source) map[string][]byte {
	all := make(map[string][]byte, len(files))
	for _, s := range files {
		all[s.name] = s.data
	}
	return all
}

func namesOf(files []*source) (names []string) {
	for _, s := range files {
		names = append(names, s.name)
	}
	return names
}

// Ignored reports whether a file or folder of that name is none of the site's:
// hidden, or left behind by an editor or a file manager. .well-known is the
// one hidden name that sites publish.
func Ignored(name string) bool {
	return strings.HasPrefix(name, ".") && name != ".well-known" ||
		strings.HasPrefix(name, "#") || strings.HasSuffix(name, "~") ||
		strings.HasSuffix(name, ".swp") || strings.HasSuffix(name, ".tmp") ||
		strings.Contains(name, "___jb_") || name == "4913" || name == "Thumbs.db"
}
