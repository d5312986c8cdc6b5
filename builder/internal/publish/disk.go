package publish

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"sync"
)

// disk is the output folder. Each of its methods that changes something is one
// step, before which a build may be interrupted.
type disk struct {
	*os.Root
	out   string       // its name
	step  func() error // called before each change; nil for nothing
	mutex sync.Mutex   // for step
	made  sync.Map     // folders below the staging folder that are there
}

func (d *disk) next() error {
	if d.step == nil {
		return nil
	}
	d.mutex.Lock()
	defer d.mutex.Unlock()
	return d.step()
}

func (d *disk) WriteFile(name string, data []byte, mode fs.FileMode) error {
	if err := d.next(); err != nil {
		return err
	}
	return d.Root.WriteFile(name, data, mode)
}

func (d *disk) Rename(from, to string) error {
	if err := d.next(); err != nil {
		return err
	}
	return d.Root.Rename(from, to)
}

func (d *disk) Remove(name string) error {
	if err := d.next(); err != nil {
		return err
	}
	return d.Root.Remove(name)
}

func (d *disk) RemoveAll(name string) error {
	if err := d.next(); err != nil {
		return err
	}
	return d.Root.RemoveAll(name)
}

func (d *disk) MkdirAll(name string, mode fs.FileMode) error {
	if err := d.next(); err != nil {
		return err
	}
	return d.Root.MkdirAll(name, mode)
}

// stage writes a file below the staging folder, under the name that it will have
// on the site. That folder was made by this build and has no links in it, so its
// files may be named as a whole, which is several times as fast as by a Root. It may
// be called by several goroutines at once.
func (d *disk) stage(name string, data []byte) error {
	if err := d.next(); err != nil {
		return err
	}
	staging := filepath.Join(d.out, filepath.FromSlash(stagingName))
	if dir := path.Dir(name); dir != "." {
		if _, there := d.made.Load(dir); !there {
			at := filepath.Join(staging, filepath.FromSlash(dir))
			switch err := os.Mkdir(at, 0o755); {
			case errors.Is(err, fs.ErrNotExist):
				if err := os.MkdirAll(at, 0o755); err != nil {
					return err
				}
			case err != nil && !errors.Is(err, fs.ErrExist):
				return err
			}
			d.made.Store(dir, true)
		}
	}
	return os.WriteFile(filepath.Join(staging, filepath.FromSlash(name)), data, 0o644)
}
