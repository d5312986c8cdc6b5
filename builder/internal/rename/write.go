package rename

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"maps"
	"os"
	"path"
	"slices"
	"strings"

	"analysis/builder/internal/diag"
)

// The name of a file that is not yet in its place ends like this. The scan ignores it.
const temporary = ".rename.tmp"

// Write writes the Change below the content folder. It renames files only when all are
// written beside their places. If that fails, the error says which are changed.
func (c *Change) Write(folder string) error {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return err
	}
	defer root.Close()
	names := slices.Sorted(maps.Keys(c.changed))
	if err := c.check(root, names); err != nil {
		return err
	}
	for _, name := range names {
		defer root.Remove(name + temporary) // if an error left it
		info, err := root.Stat(name)
		if err == nil {
			err = root.WriteFile(name+temporary, c.changed[name], info.Mode().Perm())
		}
		if err == nil {
			err = root.Chmod(name+temporary, info.Mode().Perm())
		}
		if err != nil {
			return failed(err, nil)
		}
	}
	if err := root.MkdirAll(path.Dir(c.To), 0o755); err != nil {
		return failed(err, nil)
	}
	for i, name := range names {
		if err := root.Rename(name+temporary, name); err != nil {
			return failed(err, names[:i])
		}
	}
	if c.From != c.To {
		if err := root.Rename(c.From, c.To); err != nil {
			return failed(err, names)
		}
	}
	return nil
}

func failed(err error, changed []string) error {
	return fmt.Errorf("rename: %w; changed so far: %s", err, cmp.Or(strings.Join(changed, ", "), "no file"))
}

// check reports files that are not as they were read, and a file in the new place.
func (c *Change) check(root *os.Root, names []string) error {
	for _, name := range names {
		if info, err := root.Lstat(name); err != nil || !info.Mode().IsRegular() {
			return errors.Join(err, diag.WithHint(fmt.Errorf("%q is a link to a file", name), "put the file itself in its place"))
		}
		if now, err := root.ReadFile(name); err != nil || !bytes.Equal(now, c.old[name]) {
			return errors.Join(err, diag.WithHint(fmt.Errorf("%q was changed meanwhile", name), "run the command again"))
		}
	}
	if c.From == c.To {
		return nil
	}
	this, err := root.Lstat(c.From)
	if other, missing := root.Lstat(c.To); err == nil && missing == nil && !os.SameFile(this, other) { // the same if only its case changes
		err = diag.WithHint(fmt.Errorf("%q exists already", c.To), "choose another id")
	}
	return err
}
