package publish

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"sync"
)

// The builder's own folder inside the output folder, the manifest, and the folder
// in which new files are written first.
const (
	ownFolder    = ".builder"
	manifestName = ownFolder + "/manifest.json"
	stagingName  = ownFolder + "/new"
)

// manifest lists the files that a builder published, by path, with the Sum of
// each, or "" while a build replaces them.
type manifest struct {
	Files map[string]string `json:"files"`
}

// disk is the output folder. Links that lead out of it are not followed.
type disk struct {
	*os.Root
	out   string       // its name
	step  func() error // called by tests before each change; nil for nothing
	mutex sync.Mutex   // for step
}

// change makes one change of the folder. A test may interrupt a build before it.
func (d *disk) change(f func() error) error {
	if d.step != nil {
		d.mutex.Lock()
		defer d.mutex.Unlock()
		if err := d.step(); err != nil {
			return err
		}
	}
	return f()
}

func (d *disk) rename(from, to string) error {
	return d.change(func() error { return d.Rename(from, to) })
}

func (d *disk) remove(name string) error {
	return d.change(func() error { return d.Remove(name) })
}

// stage writes a file below the staging folder, under its name on the site. That
// folder was made by this build and has no links in it, so it need not be opened
// through Root, which is several times slower. It is for concurrent use.
func (d *disk) stage(name string, data []byte) error {
	return d.change(func() error {
		at := filepath.Join(d.out, filepath.FromSlash(stagingName), filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
			return err
		}
		return os.WriteFile(at, data, 0o644)
	})
}

func (d *disk) isDir(name string) bool {
	info, err := d.Lstat(name)
	return err == nil && info.IsDir()
}

// readManifest returns the published files, by path, and whether the folder is
// empty.
func (d *disk) readManifest() (files map[string]string, empty bool, err error) {
	data, err := d.ReadFile(manifestName)
	if errors.Is(err, fs.ErrNotExist) {
		entries, err := fs.ReadDir(d.FS(), ".")
		if err != nil {
			return nil, false, fmt.Errorf("list folder: %w", err)
		}
		for _, e := range entries {
			if e.Name() != ownFolder {
				return nil, false, fmt.Errorf("the folder %q is not empty and was not made by this builder: name another one, or empty it", d.out)
			}
		}
		return nil, true, nil
	}
	if err != nil {
		return nil, false, fmt.Errorf("read manifest: %w", err)
	}
	var m manifest
	if err := json.Unmarshal(data, &m); err != nil {
		return nil, false, fmt.Errorf("read manifest %q: %w", path.Join(d.out, manifestName), err)
	}
	for name := range m.Files {
		if !fs.ValidPath(name) || name == "." {
			return nil, false, fmt.Errorf("manifest %q lists the bad path %q", path.Join(d.out, manifestName), name)
		}
	}
	return m.Files, false, nil
}

func (d *disk) writeManifest(files map[string]string) error {
	data, err := json.MarshalIndent(manifest{files}, "", " ")
	if err != nil {
		return err
	}
	const temp = manifestName + ".new"
	if err := d.change(func() error { return d.WriteFile(temp, append(data, '\n'), 0o644) }); err != nil {
		return err
	}
	return d.rename(temp, manifestName)
}
