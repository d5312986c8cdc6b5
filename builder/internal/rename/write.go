package rename

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"

	"analysis/builder/internal/diag"
)

// Write writes the Change below the content folder. Each file is written beside its place and
// then renamed over it. If a step fails, the earlier ones are undone; the error says if that
// fails too.
func (c *Change) Write(folder string) error { return c.write(folder, func() error { return nil }) }

// write is Write; step is called before each step, and an error prevents it.
func (c *Change) write(folder string, step func() error) error {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return err
	}
	defer root.Close()
	names := slices.Sorted(maps.Keys(c.changed))
	if err := c.check(root, names); err != nil {
		return err
	}
	for i, name := range names {
		if err = step(); err == nil {
			err = replace(root, name, c.changed[name])
		}
		if err != nil {
			return c.undo(root, names[:i], err)
		}
	}
	if c.From == c.To {
		return nil
	}
	if err = step(); err == nil {
		err = errors.Join(root.MkdirAll(path.Dir(c.To), 0o755), root.Rename(c.From, c.To))
	}
	if err != nil {
		return c.undo(root, names, err)
	}
	return nil
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

// replace writes a file beside its place and renames it over the old one. The scan ignores the name.
func replace(root *os.Root, name string, data []byte) error {
	temp := name + ".rename.tmp"
	info, err := root.Stat(name)
	if err == nil {
		err = root.WriteFile(temp, data, info.Mode().Perm())
	}
	if err == nil {
		err = errors.Join(root.Chmod(temp, info.Mode().Perm()), root.Rename(temp, name))
	}
	if err != nil {
		if left := root.Remove(temp); !errors.Is(left, fs.ErrNotExist) {
			err = errors.Join(err, left)
		}
	}
	return err
}

// undo restores files after an error.
func (c *Change) undo(root *os.Root, names []string, err error) error {
	for _, name := range names {
		if failed := replace(root, name, c.old[name]); failed != nil {
			return fmt.Errorf("rename: %w; and %q could not be restored: %w", err, name, failed)
		}
	}
	return fmt.Errorf("rename: %w; no file was changed", err)
}
