package build

import (
	"io/fs"
	"os"
)

// disk is the output folder. Each of its methods that changes something is one
// step, before which a build may be interrupted.
type disk struct {
	*os.Root
	step func() error // called before each change; nil for nothing
}

func (d *disk) next() error {
	if d.step == nil {
		return nil
	}
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
