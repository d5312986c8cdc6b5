package publish

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
)

// WriteFile makes a file hold data. It is written beside its place and renamed
// over it, so at any moment it is whole; equal bytes are not written again. The
// folders above it are made.
func WriteFile(name string, data []byte) (err error) {
	if old, err := os.ReadFile(name); err == nil && bytes.Equal(old, data) {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".*.tmp")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	_, err = f.Write(data)
	if err = errors.Join(err, f.Chmod(0o644), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}
