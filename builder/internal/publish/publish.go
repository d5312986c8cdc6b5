// Package publish writes a site into a folder, safely, or keeps it in memory.
package publish

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"

	"analysis/builder/internal/parallel"
)

// The builder's own folder inside the output folder, the manifest of what it
// published there, and the folder in which new files are written first.
const (
	ownFolder    = ".builder"
	manifestName = ownFolder + "/manifest.json"
	stagingName  = ownFolder + "/new"
)

// manifest lists the files that a builder published, by path, with the Sum of
// each ("" where it is not known because a build was interrupted).
type manifest struct {
	Files map[string]string `json:"files"`
}

// File is one published file.
type File struct {
	Data []byte // nil if it was handed to a Folder
	Sum  string // 16 hex digits of its SHA-256
}

// NewFile makes a File of its bytes.
func NewFile(data []byte) *File {
	sum := sha256.Sum256(data)
	return &File{Data: data, Sum: hex.EncodeToString(sum[:8])}
}

// Memory keeps files in memory.
type Memory struct{}

// Put returns a File with a copy of the bytes.
func (Memory) Put(_ string, data []byte) *File { return NewFile(bytes.Clone(data)) }

// Folder is a folder into which a site is published: once, by one build.
//
// New files are all written beside the site first and then renamed over their
// places: those that did not exist, then those that changed; last, files of
// the old site that are no longer there are deleted. So at any moment every
// file is whole and every link leads somewhere, and a build that was killed is
// completed by the next. Files whose bytes are equal are not touched, and only
// files that the manifest lists are ever deleted or replaced (a file that was
// there with the very same bytes becomes one of them). A folder that is not empty
// and has no manifest is refused.
//
// Pages are handed over as they are made, by several goroutines, before it is
// known whether there are errors. Publish puts them into their places; Close throws
// away what is left.
type Folder struct {
	disk  *disk
	old   map[string]string // by path, from the manifest
	empty bool              // nothing stands there, so nothing need be compared
	made  bool              // there was no such folder
	done  bool              // it holds the site

	mutex   sync.Mutex
	created []string // paths
	changed []string
	handed  map[string]bool
	begun   bool
	unready error            // why there is no staging folder
	failed  map[string]error // by path
}

// Open readies a folder, which is made if there is none.
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
	o := &Folder{made: made, disk: &disk{Root: root, out: out}, handed: map[string]bool{}, failed: map[string]error{}}
	if o.old, o.empty, err = readManifest(root, out); err != nil {
		root.Close()
		return nil, err
	}
	return o, nil
}

// Close forgets the folder. What was not published is thrown away.
func (o *Folder) Close() error {
	var err error
	if o.begun {
		err = o.disk.RemoveAll(stagingName)
	}
	err = errors.Join(err, o.disk.Close())
	if o.made && !o.done {
		_ = os.Remove(filepath.Join(o.disk.out, ownFolder))
		_ = os.Remove(o.disk.out) // as it was before, if it is empty
	}
	return err
}

// begin empties the staging folder, which a killed build may have left full.
func (o *Folder) begin() error {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	if !o.begun {
		o.begun = true
		if o.unready = o.disk.RemoveAll(stagingName); o.unready == nil {
			o.unready = o.disk.MkdirAll(stagingName, 0o755)
		}
	}
	return o.unready
}

// Publish makes the folder hold exactly these files, of which some may have been
// handed over before.
func (o *Folder) Publish(files map[string]*File) error {
	if files == nil {
		return errors.New("a build with errors is not published")
	}
	if err := o.begin(); err != nil {
		return fmt.Errorf("write site to %q: %w", o.disk.out, err)
	}
	var rest []string
	for name := range files {
		if !o.handed[name] {
			rest = append(rest, name)
		}
	}
	slices.Sort(rest)
	parallel.For(len(rest), func(i int) { o.put(rest[i], files[rest[i]]) })
	if len(o.failed) > 0 {
		return fmt.Errorf("write site to %q: %w", o.disk.out, o.failed[slices.Min(slices.Collect(maps.Keys(o.failed)))])
	}
	slices.Sort(o.created)
	slices.Sort(o.changed)
	if err := o.swap(files); err != nil {
		return fmt.Errorf("publish site to %q: %w", o.disk.out, err)
	}
	o.done = true
	return nil
}

// Put takes a file as it is made: what is new or different is written into the
// staging folder. It may be called by several goroutines at once.
func (o *Folder) Put(name string, data []byte) *File {
	f := NewFile(data)
	o.put(name, f)
	return &File{Sum: f.Sum}
}

// put takes a file: it writes what is new or different into the staging folder.
func (o *Folder) put(name string, f *File) {
	there, err := o.stage(name, f)
	o.mutex.Lock()
	defer o.mutex.Unlock()
	o.handed[name] = true
	switch {
	case err != nil:
		o.failed[name] = err
	case there == absent:
		o.created = append(o.created, name)
	case there == different:
		o.changed = append(o.changed, name)
	}
}

func (o *Folder) stage(name string, f *File) (there state, err error) {
	if err := o.begin(); err != nil {
		return 0, err
	}
	if there, err = o.differs(name, f); err != nil || there == equal {
		return there, err
	}
	if !o.empty {
		if err := o.refuse(name); err != nil {
			return 0, err
		}
	}
	return there, o.disk.stage(name, f.Data)
}

// readManifest returns the files of the site that stands in a folder, by path, and
// whether nothing stands there at all.
func readManifest(root *os.Root, out string) (files map[string]string, empty bool, err error) {
	data, err := root.ReadFile(manifestName)
	if errors.Is(err, fs.ErrNotExist) {
		entries, err := fs.ReadDir(root.FS(), ".")
		if err != nil {
			return nil, false, fmt.Errorf("list folder: %w", err)
		}
		for _, e := range entries {
			if e.Name() != ownFolder {
				return nil, false, fmt.Errorf("the folder %q is not empty and was not made by this builder: name another one, or empty it", out)
			}
		}
		return nil, true, nil
	}
	if err != nil {
		return nil, false, fmt.Errorf("read manifest: %w", err)
	}
	var m manifest
	if err := json.Unmarshal(data, &m); err != nil {
		return nil, false, fmt.Errorf("read manifest %q: %w", path.Join(out, manifestName), err)
	}
	for name := range m.Files {
		if !fs.ValidPath(name) || name == "." {
			return nil, false, fmt.Errorf("manifest %q lists the bad path %q", path.Join(out, manifestName), name)
		}
	}
	return m.Files, false, nil
}

// refuse returns an error if a file that is not ours stands where name is to be
// written: at the place itself, below it, or in place of a folder above it.
func (o *Folder) refuse(name string) error {
	inTheWay := func(file string) error {
		if _, ours := o.old[file]; ours {
			return nil
		}
		return fmt.Errorf("the file %q stands in the way and was not made by this builder: move it away", file)
	}
	for at := name; at != "."; at = path.Dir(at) {
		info, err := o.disk.Lstat(at)
		switch {
		case err != nil:
			continue
		case !info.IsDir():
			return inTheWay(at)
		case at != name:
			return nil
		}
		return fs.WalkDir(o.disk.FS(), name, func(file string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			return inTheWay(file)
		})
	}
	return nil
}

type state uint8

const (
	equal state = iota
	absent
	different
)

// differs compares a published file with its new bytes.
func (o *Folder) differs(name string, f *File) (state, error) {
	if o.empty {
		return absent, nil
	}
	data, err := o.disk.ReadFile(name)
	switch {
	case errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR):
		return absent, nil
	case err != nil:
		if info, statErr := o.disk.Lstat(name); statErr == nil && info.IsDir() {
			return absent, nil // a folder of the old site, to make way
		}
		return 0, err
	case string(data) == string(f.Data):
		return equal, nil
	}
	return different, nil
}

// swap puts the staged files into their places. The manifest lists the old and
// the new files while this is going on.
func (o *Folder) swap(files map[string]*File) error {
	gone := map[string]bool{}
	both := make(map[string]string, len(files))
	for name := range o.old {
		both[name] = ""
		gone[name] = files[name] == nil
	}
	final := make(map[string]string, len(files))
	for name, f := range files {
		both[name], final[name] = "", f.Sum
	}
	if len(o.created)+len(o.changed) == 0 && maps.Equal(final, o.old) {
		return nil
	}
	if err := o.writeManifest(both); err != nil {
		return err
	}
	if err := o.create(gone); err != nil {
		return err
	}
	for _, name := range o.changed {
		if err := o.makeWay(name, gone); err != nil {
			return err
		}
		if err := o.disk.Rename(stagingName+"/"+name, name); err != nil {
			return err
		}
	}
	for _, name := range slices.Sorted(maps.Keys(gone)) {
		if gone[name] {
			if err := o.remove(name); err != nil {
				return err
			}
		}
	}
	return o.writeManifest(final)
}

// create puts those files into their places that did not exist: with the folder
// that they are in, if that does not exist either.
func (o *Folder) create(gone map[string]bool) error {
	there := map[string]bool{".": true} // folders
	moved := "\x00"                     // the folder that was moved last, with a slash
	for _, name := range o.created {
		if strings.HasPrefix(name, moved) {
			continue
		}
		if err := o.makeWay(name, gone); err != nil {
			return err
		}
		what := name
		for i, c := range name {
			if c != '/' || there[name[:i]] {
				continue
			}
			if _, err := o.disk.Lstat(name[:i]); errors.Is(err, fs.ErrNotExist) {
				what, moved = name[:i], name[:i+1]
				break
			}
			there[name[:i]] = true
		}
		if err := o.disk.Rename(stagingName+"/"+what, what); err != nil {
			return err
		}
	}
	return nil
}

// makeWay removes files of the old site that stand where a folder is needed or the
// other way round.
func (o *Folder) makeWay(name string, gone map[string]bool) error {
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		if gone[dir] {
			if err := o.remove(dir); err != nil {
				return err
			}
			gone[dir] = false
		}
	}
	if info, err := o.disk.Lstat(name); err == nil && info.IsDir() {
		for old := range gone {
			if gone[old] && len(old) > len(name) && old[:len(name)+1] == name+"/" {
				if err := o.remove(old); err != nil {
					return err
				}
				gone[old] = false
			}
		}
	}
	return nil
}

// remove deletes a file of ours and the folders that this leaves empty. Where a
// killed build has put a folder into the file's place there is nothing to do.
func (o *Folder) remove(name string) error {
	if info, err := o.disk.Lstat(name); err == nil && info.IsDir() {
		return nil
	}
	switch err := o.disk.Remove(name); {
	case errors.Is(err, syscall.ENOTDIR):
		return nil // a file stands where its folder was
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return err
	}
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		if info, err := o.disk.Lstat(dir); err == nil && !info.IsDir() {
			break
		}
		if o.disk.Remove(dir) != nil {
			break // not empty
		}
	}
	return nil
}

func (o *Folder) writeManifest(files map[string]string) error {
	data, err := json.MarshalIndent(manifest{files}, "", " ")
	if err != nil {
		return err
	}
	if err := o.disk.MkdirAll(ownFolder, 0o755); err != nil {
		return err
	}
	temp := manifestName + ".new"
	if err := o.disk.WriteFile(temp, append(data, '\n'), 0o644); err != nil {
		return err
	}
	return o.disk.Rename(temp, manifestName)
}
