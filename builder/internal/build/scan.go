package build

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"

	"analysis/builder/internal/diag"
)

// read returns the files below a folder. Nothing outside the folder is read:
// a symbolic link that leads out of it is a finding.
func read(folder string) (files map[string][]byte, found []diag.Diagnostic, err error) {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, nil, fmt.Errorf("open folder: %w", err)
	}
	defer root.Close()
	files = map[string][]byte{}
	fsys := root.FS()
	err = fs.WalkDir(fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist) && name != ".":
			return nil // gone since the folder was listed
		case err != nil && name == ".":
			return err
		case err != nil:
			found = append(found, unreadable(name, err))
			return nil
		case name != "." && Ignored(path.Base(name)):
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		case entry.IsDir():
			return nil
		}
		if !entry.Type().IsRegular() {
			if info, err := fs.Stat(fsys, name); err == nil && !info.Mode().IsRegular() && !info.IsDir() {
				found = append(found, diag.Errorf(diag.Position{File: name}, "this is no file").
					WithHint("take it away; only files and folders are read"))
				return nil
			}
		}
		data, err := fs.ReadFile(fsys, name)
		switch {
		case errors.Is(err, fs.ErrNotExist) && entry.Type()&fs.ModeSymlink == 0:
		case err != nil:
			found = append(found, unreadable(name, err))
		default:
			files[name] = data
		}
		return nil
	})
	if err != nil {
		return nil, nil, fmt.Errorf("read folder %q: %w", folder, err)
	}
	return files, found, nil
}

func unreadable(name string, err error) diag.Diagnostic {
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		err = pathError.Err
	}
	return diag.Errorf(diag.Position{File: name}, "this file cannot be read: %v", err).
		WithHint("make it readable, or take it away; a symbolic link must lead to a file in the same folder")
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
