package publish

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
)

// File is one published file.
type File struct {
	Data []byte // nil if it was put into a Folder
	Sum  string // the first 16 hex digits of its SHA-256
}

// NewFile returns a File that holds data.
func NewFile(data []byte) *File {
	sum := sha256.Sum256(data)
	return &File{Data: data, Sum: hex.EncodeToString(sum[:8])}
}

// Memory keeps files in memory.
type Memory struct{}

// Put returns a File with a copy of the bytes.
func (Memory) Put(_ string, data []byte) *File { return NewFile(bytes.Clone(data)) }

// WriteFile writes a single file outside a Folder and makes the folders above it. It
// writes a temporary file in the same folder and renames it, so no reader sees half of
// it. If the file already holds data, it is not written.
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
