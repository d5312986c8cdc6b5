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

// temporary is the ending of a file that is written before it replaces another. The scan
// ignores it.
const temporary = ".rename.tmp"

// writer writes a Change. undo has what takes back each step, the last one last.
type writer struct {
	*Change
	root *os.Root
	step func() error // called before each step; an error prevents it; for tests
	undo []func() error
}

// Write writes the Change below the content folder. Each file is written beside its place and then
// renamed over it. If a step fails, the earlier ones are undone; if that fails too, the error says so.
func (c *Change) Write(folder string) error { return c.write(folder, func() error { return nil }) }

func (c *Change) write(folder string, step func() error) error {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return err
	}
	defer root.Close()
	w := &writer{Change: c, root: root, step: step}
	if err = w.run(); err == nil {
		return nil
	}
	for _, undo := range slices.Backward(w.undo) {
		if failed := undo(); failed != nil {
			return fmt.Errorf("rename: %w; and it could not be undone: %w", err, failed)
		}
	}
	return fmt.Errorf("rename: %w; no file was changed", err)
}

func (w *writer) run() error {
	names := slices.Sorted(maps.Keys(w.changed))
	if w.To != "" && w.To != w.From {
		if other, err := w.root.Lstat(w.To); err == nil {
			if this, err := w.root.Lstat(w.From); err != nil || !os.SameFile(this, other) { // the same if only its case changes
				return diag.WithHint(fmt.Errorf("%q exists already", w.To), "choose another id")
			}
		}
	}
	for _, name := range names { // nothing is visible yet
		if err := w.stage(name); err != nil {
			return err
		}
	}
	for _, name := range names {
		if err := w.replace(name); err != nil {
			return err
		}
	}
	return w.move()
}

// stage writes the new bytes of a file beside it, if it still has the bytes that were read.
func (w *writer) stage(name string) error {
	info, err := w.root.Lstat(name)
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return diag.WithHint(fmt.Errorf("%q is a symbolic link", name), "put the file itself in its place")
	}
	if now, err := w.root.ReadFile(name); err != nil || !bytes.Equal(now, w.old[name]) {
		return errors.Join(err, diag.WithHint(fmt.Errorf("%q was changed meanwhile", name), "run the command again"))
	}
	w.undo = append(w.undo, func() error {
		if err := w.root.Remove(name + temporary); !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil
	})
	return w.do(func() error { return w.put(name, w.changed[name], info.Mode()) }, nil)
}

// put writes a file beside another.
func (w *writer) put(name string, data []byte, mode fs.FileMode) error {
	return errors.Join(w.root.WriteFile(name+temporary, data, mode.Perm()), w.root.Chmod(name+temporary, mode.Perm()))
}

// replace renames the new file over the old one.
func (w *writer) replace(name string) error {
	return w.do(func() error { return w.root.Rename(name+temporary, name) },
		func() error {
			info, err := w.root.Stat(name)
			if err != nil {
				return err
			}
			return errors.Join(w.put(name, w.old[name], info.Mode()), w.root.Rename(name+temporary, name))
		})
}

// move moves the page's file or the folder.
func (w *writer) move() error {
	if w.To == w.From {
		return nil
	}
	return w.do(func() error {
		return errors.Join(w.root.MkdirAll(path.Dir(w.To), 0o755), w.root.Rename(w.From, w.To))
	}, nil)
}

// do takes a step and remembers how it is undone, unless undo is nil.
func (w *writer) do(step, undo func() error) error {
	err := w.step()
	if err == nil {
		err = step()
	}
	if err == nil && undo != nil {
		w.undo = append(w.undo, undo)
	}
	return err
}
