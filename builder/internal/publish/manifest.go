package publish

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
)

// Names below the output folder: the builder's own folder, the manifest, and the
// staging folder, where new files are written first.
const (
	ownFolder    = ".builder"
	manifestName = ownFolder + "/manifest.json"
	stagingName  = ownFolder + "/new"
)

// manifest lists the published files: the Sum of each by path, or "" while a build
// replaces them.
type manifest struct {
	Files map[string]string `json:"files"`
}

// readManifest reads the list of published files. There are none if the folder is
// empty.
func (f *Folder) readManifest() error {
	data, err := f.root.ReadFile(manifestName)
	if errors.Is(err, fs.ErrNotExist) {
		f.empty = true
		return f.checkEmpty()
	}
	if err != nil {
		return fmt.Errorf("read manifest: %w", err)
	}
	var m manifest
	if err := json.Unmarshal(data, &m); err != nil {
		return fmt.Errorf("read manifest %q: %w", path.Join(f.out, manifestName), err)
	}
	for name := range m.Files {
		if !fs.ValidPath(name) || name == "." {
			return fmt.Errorf("manifest %q lists the bad path %q", path.Join(f.out, manifestName), name)
		}
	}
	f.old = m.Files
	return nil
}

// checkEmpty returns an error if there is a foreign file in the folder.
func (f *Folder) checkEmpty() error {
	entries, err := fs.ReadDir(f.root.FS(), ".")
	if err != nil {
		return fmt.Errorf("list folder: %w", err)
	}
	for _, e := range entries {
		if e.Name() != ownFolder {
			return fmt.Errorf("the folder %q is not empty and was not made by this builder: name another one, or empty it", f.out)
		}
	}
	return nil
}

func (f *Folder) writeManifest(files map[string]string) error {
	data, err := json.MarshalIndent(manifest{files}, "", " ")
	if err != nil {
		return err
	}
	const temp = manifestName + ".new"
	if err := f.change(func() error { return f.root.WriteFile(temp, append(data, '\n'), 0o644) }); err != nil {
		return err
	}
	return f.rename(temp, manifestName)
}
