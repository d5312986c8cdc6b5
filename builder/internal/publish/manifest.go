package publish

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/paths"
)

// Names below the output folder: OwnFolder is the builder's own, then the manifest, and the
// staging folder, where new files are written first.
const (
	OwnFolder       = ".builder"
	manifestName    = OwnFolder + "/manifest.json"
	newManifestName = manifestName + ".new"
	stagingName     = OwnFolder + "/new"
	stagedPages     = stagingName + "/pages"
	stagedFiles     = stagingName + "/files" // all others
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
		return f.checkEmpty()
	}
	if err != nil {
		return fmt.Errorf("read manifest: %w", err)
	}
	var m manifest
	if err = json.Unmarshal(data, &m); err == nil && m.Files == nil {
		err = errors.New("it lists no files")
	}
	for name := range m.Files {
		if !fs.ValidPath(name) || name == "." {
			err = fmt.Errorf("it lists the bad path %q", name)
		}
	}
	if err != nil {
		return diag.WithHint(fmt.Errorf("the manifest %q is damaged: %w", path.Join(f.out, manifestName), err),
			fmt.Sprintf("delete the folder %q and build again; first move away what the builder did not make", f.out))
	}
	f.old = m.Files
	for name := range f.old {
		key := paths.Fold(name)
		f.folded[key] = append(f.folded[key], name)
	}
	return nil
}

// checkEmpty returns an error if there is a foreign file in the folder. A repository whose
// files are the site is welcome.
func (f *Folder) checkEmpty() error {
	entries, err := fs.ReadDir(f.root.FS(), ".")
	if err != nil {
		return fmt.Errorf("list folder: %w", err)
	}
	for _, e := range entries {
		if name := e.Name(); name != OwnFolder && name != ".git" && !strings.HasPrefix(name, tempPrefix) {
			return diag.WithHint(fmt.Errorf("the folder %q is not empty and was not made by this builder", f.out), "name another one, or empty it")
		}
	}
	return nil
}

func (f *Folder) writeManifest(files map[string]string) error {
	data, err := json.MarshalIndent(manifest{files}, "", " ")
	if err != nil {
		return err
	}
	err = f.change(func() error {
		temp, err := f.root.Create(newManifestName)
		if err != nil {
			return err
		}
		_, err = temp.Write(append(data, '\n'))
		return errors.Join(err, temp.Sync(), temp.Close())
	})
	if err != nil {
		return err
	}
	return f.rename(newManifestName, manifestName)
}
