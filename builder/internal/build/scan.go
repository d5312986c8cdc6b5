package build

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"analysis/builder/internal/diag"
)

// read returns the files below a folder. Nothing outside the folder is read: a
// symbolic link that leads out of it is a finding, and so is one that leads back
// to a folder that it stands in.
func read(folder string) (files map[string][]byte, found []diag.Diagnostic, err error) {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, nil, fmt.Errorf("open folder: %w", err)
	}
	defer root.Close()
	files = map[string][]byte{}
	real, err := filepath.EvalSymlinks(folder)
	if err != nil {
		return nil, nil, fmt.Errorf("open folder: %w", err)
	}
	level := []directory{{name: ".", above: []string{real}}}
	for len(level) > 0 {
		parallel(len(level), func(i int) { level[i].read(root, folder) })
		var next []directory
		for _, d := range level {
			if d.name == "." && d.err != nil {
				return nil, nil, fmt.Errorf("read folder %q: %w", folder, d.err)
			}
			maps.Copy(files, d.files)
			found = append(found, d.found...)
			next = append(next, d.below...)
		}
		level = next
	}
	return files, found, nil
}

// directory is one folder on the way through a tree.
type directory struct {
	name  string   // below the tree's folder
	above []string // the real paths of the folders that lead to it, its own last

	files map[string][]byte
	below []directory
	found []diag.Diagnostic
	err   error
}

// read lists the folder and reads its files.
func (d *directory) read(root *os.Root, folder string) {
	d.files = map[string][]byte{}
	here, err := root.OpenRoot(d.name)
	if err == nil {
		defer here.Close()
		var entries []fs.DirEntry
		if entries, err = fs.ReadDir(here.FS(), "."); err == nil {
			for _, entry := range entries {
				if !Ignored(entry.Name()) {
					d.enter(root, here, folder, entry)
				}
			}
		}
	}
	if d.err = err; err != nil && !errors.Is(err, fs.ErrNotExist) { // or it is gone since it was listed
		d.found = append(d.found, unreadable(d.name, err))
	}
}

// enter reads a file, or notes a folder for the next round.
func (d *directory) enter(root, here *os.Root, folder string, entry fs.DirEntry) {
	name := path.Join(d.name, entry.Name())
	real := filepath.Join(d.above[len(d.above)-1], entry.Name())
	mode := entry.Type()
	if mode&fs.ModeSymlink != 0 {
		info, err := root.Stat(name) // which refuses what leads out
		if err == nil {
			mode = info.Mode().Type()
			real, err = filepath.EvalSymlinks(filepath.Join(folder, filepath.FromSlash(name)))
		}
		if err != nil {
			d.found = append(d.found, unreadable(name, err))
			return
		}
		here, entry = root, nil
	}
	switch {
	case mode.IsDir() && slices.Contains(d.above, real):
		d.found = append(d.found, diag.Errorf(diag.Position{File: name}, "this link leads back to a folder that it stands in").
			WithHint("take it away, or let it lead to another folder"))
	case mode.IsDir():
		d.below = append(d.below, directory{name: name, above: append(slices.Clip(d.above), real)})
	case !mode.IsRegular():
		d.found = append(d.found, diag.Errorf(diag.Position{File: name}, "this is no file").
			WithHint("take it away; only files and folders are read"))
	default:
		from := name
		if entry != nil {
			from = entry.Name()
		}
		switch data, err := here.ReadFile(from); {
		case errors.Is(err, fs.ErrNotExist) && entry != nil: // gone since the folder was listed
		case err != nil:
			d.found = append(d.found, unreadable(name, err))
		default:
			d.files[name] = data
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

// Ignored reports whether a file or folder of that name is none of the site's:
// hidden, or left behind by an editor or a file manager. .well-known is the
// one hidden name that sites publish.
func Ignored(name string) bool {
	return strings.HasPrefix(name, ".") && name != ".well-known" ||
		strings.HasPrefix(name, "#") || strings.HasSuffix(name, "~") ||
		strings.HasSuffix(name, ".swp") || strings.HasSuffix(name, ".tmp") ||
		strings.Contains(name, "___jb_") || name == "4913" || name == "Thumbs.db"
}
