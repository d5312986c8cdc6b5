package build

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strconv"
	"syscall"
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

// Publish makes the folder out hold exactly the files of s.
//
// New files are all written beside the site first and then renamed over their
// places: those that did not exist, then those that changed; last, files of
// the old site that are no longer there are deleted. So at any moment every
// file is whole and every link leads somewhere, and a build that was killed is
// completed by the next. Files whose bytes are equal are not touched, and only
// files that the manifest lists are ever deleted or replaced (a file that was
// there with the very same bytes becomes one of them). A folder that is not empty
// and has no manifest is refused.
func Publish(out string, s *Snapshot) error {
	if !s.OK() {
		return errors.New("a build with errors is not published")
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return fmt.Errorf("create folder: %w", err)
	}
	root, err := os.OpenRoot(out)
	if err != nil {
		return fmt.Errorf("open folder: %w", err)
	}
	defer root.Close()
	old, err := readManifest(root, out)
	if err != nil {
		return err
	}
	p := publication{disk: &disk{Root: root}, files: s.Files, old: old}
	return p.run(out)
}

func (p *publication) run(out string) error {
	if err := p.stage(); err != nil {
		return fmt.Errorf("write site to %q: %w", out, err)
	}
	if err := p.swap(); err != nil {
		return fmt.Errorf("publish site to %q: %w", out, err)
	}
	return nil
}

// publication is one call of Publish.
type publication struct {
	disk    *disk
	files   map[string]*File
	old     map[string]string
	created []string // paths, ascending
	changed []string
	staged  map[string]string // path -> name under which its new bytes wait
}

func readManifest(root *os.Root, out string) (map[string]string, error) {
	data, err := root.ReadFile(manifestName)
	if errors.Is(err, fs.ErrNotExist) {
		entries, err := fs.ReadDir(root.FS(), ".")
		if err != nil {
			return nil, fmt.Errorf("list folder: %w", err)
		}
		for _, e := range entries {
			if e.Name() != ownFolder {
				return nil, fmt.Errorf("the folder %q is not empty and was not made by this builder: name another one, or empty it", out)
			}
		}
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read manifest: %w", err)
	}
	var m manifest
	if err := json.Unmarshal(data, &m); err != nil {
		return nil, fmt.Errorf("read manifest %q: %w", path.Join(out, manifestName), err)
	}
	for name := range m.Files {
		if !fs.ValidPath(name) || name == "." {
			return nil, fmt.Errorf("manifest %q lists the bad path %q", path.Join(out, manifestName), name)
		}
	}
	return m.Files, nil
}

// stage writes what is new or different into the staging folder.
func (p *publication) stage() error {
	if err := p.disk.RemoveAll(stagingName); err != nil {
		return err
	}
	if err := p.disk.MkdirAll(stagingName, 0o755); err != nil {
		return err
	}
	p.staged = map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(p.files)) {
		there, err := p.differs(name)
		if err != nil {
			return err
		}
		if there == equal {
			continue
		}
		if err := p.refuse(name); err != nil {
			return err
		}
		if there == absent {
			p.created = append(p.created, name)
		} else {
			p.changed = append(p.changed, name)
		}
		p.staged[name] = stagingName + "/" + strconv.Itoa(len(p.staged))
		if err := p.disk.WriteFile(p.staged[name], p.files[name].Data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// refuse returns an error if a file that is not ours stands where name is to be
// written: at the place itself, below it, or in place of a folder above it.
func (p *publication) refuse(name string) error {
	inTheWay := func(file string) error {
		if _, ours := p.old[file]; ours {
			return nil
		}
		return fmt.Errorf("the file %q stands in the way and was not made by this builder: move it away", file)
	}
	for at := name; at != "."; at = path.Dir(at) {
		info, err := p.disk.Lstat(at)
		switch {
		case err != nil:
			continue
		case !info.IsDir():
			return inTheWay(at)
		case at != name:
			return nil
		}
		return fs.WalkDir(p.disk.FS(), name, func(file string, entry fs.DirEntry, err error) error {
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
func (p *publication) differs(name string) (state, error) {
	data, err := p.disk.ReadFile(name)
	switch {
	case errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR):
		return absent, nil
	case err != nil:
		if info, statErr := p.disk.Lstat(name); statErr == nil && info.IsDir() {
			return absent, nil // a folder of the old site, to make way
		}
		return 0, err
	case string(data) == string(p.files[name].Data):
		return equal, nil
	}
	return different, nil
}

// swap puts the staged files into their places. The manifest lists the old and
// the new files while this is going on.
func (p *publication) swap() error {
	gone := map[string]bool{}
	both := map[string]string{}
	for name := range p.old {
		both[name] = ""
		gone[name] = p.files[name] == nil
	}
	final := map[string]string{}
	for name, f := range p.files {
		both[name], final[name] = "", f.Sum
	}
	if len(p.staged) == 0 && maps.Equal(final, p.old) {
		return p.disk.RemoveAll(stagingName)
	}
	if err := p.writeManifest(both); err != nil {
		return err
	}
	for _, name := range slices.Concat(p.created, p.changed) {
		if err := p.makeWay(name, gone); err != nil {
			return err
		}
		if err := p.disk.Rename(p.staged[name], name); err != nil {
			return err
		}
	}
	for _, name := range slices.Sorted(maps.Keys(gone)) {
		if gone[name] {
			if err := p.remove(name); err != nil {
				return err
			}
		}
	}
	if err := p.disk.RemoveAll(stagingName); err != nil {
		return err
	}
	return p.writeManifest(final)
}

// makeWay makes the folders above name, and removes files of the old site that
// stand where a folder is needed or the other way round.
func (p *publication) makeWay(name string, gone map[string]bool) error {
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		if gone[dir] {
			if err := p.remove(dir); err != nil {
				return err
			}
			gone[dir] = false
		}
	}
	if info, err := p.disk.Lstat(name); err == nil && info.IsDir() {
		for old := range gone {
			if gone[old] && len(old) > len(name) && old[:len(name)+1] == name+"/" {
				if err := p.remove(old); err != nil {
					return err
				}
				gone[old] = false
			}
		}
	}
	if dir := path.Dir(name); dir != "." {
		return p.disk.MkdirAll(dir, 0o755)
	}
	return nil
}

// remove deletes a file of ours and the folders that this leaves empty. Where a
// killed build has put a folder into the file's place there is nothing to do.
func (p *publication) remove(name string) error {
	if info, err := p.disk.Lstat(name); err == nil && info.IsDir() {
		return nil
	}
	switch err := p.disk.Remove(name); {
	case errors.Is(err, syscall.ENOTDIR):
		return nil // a file stands where its folder was
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return err
	}
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		if info, err := p.disk.Lstat(dir); err == nil && !info.IsDir() {
			break
		}
		if p.disk.Remove(dir) != nil {
			break // not empty
		}
	}
	return nil
}

func (p *publication) writeManifest(files map[string]string) error {
	data, err := json.MarshalIndent(manifest{files}, "", " ")
	if err != nil {
		return err
	}
	if err := p.disk.MkdirAll(ownFolder, 0o755); err != nil {
		return err
	}
	temp := manifestName + ".new"
	if err := p.disk.WriteFile(temp, append(data, '\n'), 0o644); err != nil {
		return err
	}
	return p.disk.Rename(temp, manifestName)
}
