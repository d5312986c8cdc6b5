// Package scan reads the site's folders.
//
// It is the first stop of a build. The input is the name of a folder. The output is its
// files with their bytes, or for large ones with a sum, and diagnostics about what cannot be
// read. A file is not read again if its fileKey is the same as in the previous scan, unless
// it changed just before that scan.
//
// Invariant: a File never gets other bytes. So if the pointer is the same as in the
// previous scan, the file did not change.
//
// Invariant: nothing outside the folder is read. A symbolic link that leads out of it is
// an error, and so is one that leads to a folder that contains it.
//
// Invariant: the name of every File is valid UTF-8 and has only characters that can be seen.
//
// Deliberately absent: watching (package watch), and what the files mean.
package scan

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/parallel"
	"analysis/builder/internal/publish"
)

// File is a file as it was read.
type File struct {
	Name string // below its folder, with slashes
	Data []byte // nil if the file is large
	Sum  string // publish.Sum of a large file, else ""
	Size int64  // in bytes, of a file on disk

	folder string
	key    fileKey
	// trusted says that the bytes are the same as long as the key is. It is false for
	// a while after a change: the clock of a file system is coarse, and a second change
	// within one tick does not change the key.
	trusted bool
}

// Large is the size above which a file is not kept in memory, unless the builder itself
// reads files of that kind. It is read once for its Sum and again when it is published.
// Most pictures are smaller; films, sound and scanned papers are not.
const Large = 1 << 20

// read are the endings of the files that the builder itself reads.
var read = []string{".css", ".html", ".js", ".json", ".md", ".yaml"}

// Open opens a large file. It returns an error if its size is not as it was.
func (f *File) Open() (io.ReadSeekCloser, error) {
	root, err := os.OpenRoot(f.folder)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	file, err := root.Open(filepath.FromSlash(f.Name))
	if err != nil {
		return nil, err
	}
	if info, err := file.Stat(); err != nil || info.Size() != f.Size {
		err = errors.Join(err, fmt.Errorf("%q changed after it was read", f.Name), file.Close())
		return nil, diag.WithHint(err, "build again")
	}
	return file, nil
}

// fileKey is what the system knows about a file. Any write, replacement or change of its
// times changes the key, because programs cannot set the time of the change.
type fileKey struct {
	known         bool
	device, inode uint64
	size          int64
	changed       int64 // ctime, in nanoseconds since 1970
}

// racyWindow is the time after a change in which every scan reads the file again. Git
// uses the word "racy" for the same problem with its index.
const racyWindow = 2 * time.Second

// Folder is one of the site's folders, with the result of its last scan.
type Folder struct {
	Name  string
	Files []*File // ascending by name; a scan replaces the slice
	Found []diag.Diagnostic
	Clock func() time.Time // if not nil, replaces time.Now
	// Hidden says that a hidden file is worth a warning, unless a program made it.
	Hidden bool
	// Defaults are used in place of the files that the folder lacks. With them, it need
	// not exist.
	Defaults []*File

	byName map[string]*File
}

// File returns the named file, or nil.
func (f *Folder) File(name string) *File { return f.byName[name] }

// Scan lists the folder and reads the files that may have changed. It returns an error
// if the folder itself cannot be read.
func (f *Folder) Scan() error {
	root, err := os.OpenRoot(f.Name)
	if _, link := os.Readlink(f.Name); f.Defaults != nil && link != nil && errors.Is(err, fs.ErrNotExist) { // a link that leads nowhere is a mistake
		f.Found = nil
		f.Use(f.Defaults)
		return nil
	}
	if err != nil {
		return diag.WithHint(fmt.Errorf("open folder: %w", err),
			"run the command in the folder that holds it, name another one with -content, -layouts or -static, or write a site: builder new site .")
	}
	defer root.Close()
	real, err := filepath.EvalSymlinks(f.Name)
	if err != nil {
		return fmt.Errorf("open folder: %w", err)
	}
	now := Folder{Name: f.Name, Clock: f.Clock, Hidden: f.Hidden, Defaults: f.Defaults}
	level := []directory{{name: ".", above: []string{real}}}
	for len(level) > 0 {
		parallel.For(len(level), func(i int) { level[i].read(root, f) })
		var next []directory
		for _, d := range level {
			if d.name == "." && d.err != nil {
				return fmt.Errorf("read folder %q: %w", f.Name, d.err)
			}
			now.Files = append(now.Files, d.files...)
			now.Found = append(now.Found, d.found...)
			now.Found = append(now.Found, d.besides(f.Defaults)...)
			next = append(next, d.below...)
		}
		level = next
	}
	now.addDefaults()
	slices.SortFunc(now.Files, func(a, b *File) int { return cmp.Compare(a.Name, b.Name) })
	if slices.Equal(now.Files, f.Files) {
		now.Files, now.byName = f.Files, f.byName
		*f = now
	} else {
		*f = now
		f.Use(now.Files)
	}
	return nil
}

// Embedded returns the files of a file system that is a part of the program, for
// Folder.Defaults.
func Embedded(files fs.FS) (list []*File) {
	err := fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(files, name)
		list = append(list, &File{Name: name, Data: data})
		return err
	})
	if err != nil {
		panic(err) // a part of the program cannot be missing
	}
	return list
}

// besides reports what was meant to replace one of the Defaults and does not: a folder
// of its name, or a file whose name differs in case.
func (d *directory) besides(defaults []*File) (found []diag.Diagnostic) {
	for _, file := range defaults {
		if file.Name == d.name {
			found = append(found, diag.Errorf(diag.Position{File: d.name}, "this is a folder, and the program has a file of this name").WithHint("write a file, or rename the folder"))
		}
		for _, own := range d.files {
			if own.Name != file.Name && strings.EqualFold(own.Name, file.Name) {
				found = append(found, diag.Errorf(diag.Position{File: own.Name}, "this is not used in place of %q, whose name is written so", file.Name).WithHint("rename it to that"))
			}
		}
	}
	return found
}

// addDefaults adds the Defaults that the folder lacks.
func (f *Folder) addDefaults() {
	own := map[string]bool{}
	for _, file := range f.Files {
		own[file.Name] = true
	}
	for _, file := range f.Defaults {
		if !own[file.Name] {
			f.Files = append(f.Files, file)
		}
	}
}

// Use sets the files of the folder, ascending by name, in place of a scan.
func (f *Folder) Use(files []*File) {
	f.Files, f.byName = files, make(map[string]*File, len(files))
	for _, file := range files {
		f.byName[file.Name] = file
	}
}

// file returns a file, and reads it if it may have changed. base is its name in the
// folder here.
func (f *Folder) file(name string, info fs.FileInfo, here *os.Root, base string) (*File, error) {
	old, key := f.byName[name], keyOf(info)
	if old != nil && old.trusted && old.key == key {
		return old, nil
	}
	now := time.Now
	if f.Clock != nil {
		now = f.Clock
	}
	at := now() // before reading, so that the next scan sees a change in between
	file := &File{Name: name, folder: f.Name, Size: info.Size(), key: key}
	var err error
	if file.Size > Large && !slices.Contains(read, path.Ext(name)) {
		file.Sum, err = sum(here, base)
	} else {
		file.Data, err = here.ReadFile(base)
	}
	if err != nil {
		return nil, err
	}
	file.trusted = key.known && at.Sub(time.Unix(0, key.changed)) > racyWindow
	if old != nil && old.Sum == file.Sum && bytes.Equal(old.Data, file.Data) {
		old.key, old.trusted = file.key, file.trusted
		return old, nil
	}
	return file, nil
}

func sum(here *os.Root, base string) (string, error) {
	file, err := here.Open(base)
	if err != nil {
		return "", err
	}
	defer file.Close()
	return publish.Sum(file)
}

// directory is one folder of the tree while it is scanned.
type directory struct {
	name  string   // below the tree's folder
	above []string // the real paths of the folders that contain it, and its own at the end

	files []*File
	below []directory
	found []diag.Diagnostic
	err   error
}

func (d *directory) read(root *os.Root, f *Folder) {
	here, err := root.OpenRoot(d.name)
	if err == nil {
		defer here.Close()
		var entries []fs.DirEntry
		if entries, err = fs.ReadDir(here.FS(), "."); err == nil {
			for _, entry := range entries {
				switch found := f.badName(path.Join(d.name, entry.Name()), entry.Name()); {
				case found.Message != "":
					d.found = append(d.found, found)
				case !Ignored(entry.Name()):
					d.add(root, here, f, entry)
				}
			}
		}
	}
	if d.err = err; err != nil && !errors.Is(err, fs.ErrNotExist) { // deleted since it was listed
		d.found = append(d.found, unreadable(d.name, err))
	}
}

// add reads a file, or adds a folder to below.
func (d *directory) add(root, here *os.Root, f *Folder, entry fs.DirEntry) {
	name, base := path.Join(d.name, entry.Name()), entry.Name()
	real := filepath.Join(d.above[len(d.above)-1], base)
	mode, link := entry.Type(), entry.Type()&fs.ModeSymlink != 0
	var info fs.FileInfo
	var err error
	switch {
	case link:
		here, base = root, name
		if info, err = root.Stat(name); err == nil { // fails if it leads out of the folder
			mode = info.Mode().Type()
			real, err = filepath.EvalSymlinks(filepath.Join(f.Name, filepath.FromSlash(name)))
		}
	case mode.IsRegular():
		info, err = entry.Info()
	}
	var file *File
	if err == nil && mode.IsRegular() {
		file, err = f.file(name, info, here, base)
	}
	switch {
	case errors.Is(err, fs.ErrNotExist) && !link: // deleted since the folder was listed
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
		d.files = append(d.files, file)
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
