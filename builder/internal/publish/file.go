package publish

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"analysis/builder/internal/diag"
)

// File is one published file.
type File struct {
	Data []byte // nil if it was put into a Folder, or if Open is set
	Sum  string // its SHA-256 in hexadecimal
	Size int64  // in bytes
	// Open opens the original of a file that is too large to be kept in memory.
	Open func() (io.ReadSeekCloser, error)
}

// NewFile returns a File that holds data.
func NewFile(data []byte) *File {
	sum := sha256.Sum256(data)
	return &File{Data: data, Sum: hex.EncodeToString(sum[:]), Size: int64(len(data))}
}

func (f *File) withoutData() *File { return &File{Sum: f.Sum, Size: f.Size} }

// Sum returns what File.Sum is for the bytes of r.
func Sum(r io.Reader) (string, error) {
	h := sha256.New()
	_, err := io.Copy(h, r)
	return hex.EncodeToString(h.Sum(nil)), err
}

func (f *File) write(name string) error {
	if f.Open == nil {
		return os.WriteFile(name, f.Data, 0o644)
	}
	from, err := f.Open()
	if err != nil {
		return err
	}
	defer from.Close()
	to, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o644)
	if err != nil {
		return err
	}
	sum, err := Sum(io.TeeReader(from, to))
	if err == nil && sum != f.Sum {
		err = diag.WithHint(fmt.Errorf("%q changed while it was copied", filepath.Base(name)), "build again")
	}
	return errors.Join(err, to.Close())
}

// equal reports whether a file on disk has the same bytes.
func (f *File) equal(disk fs.File, size int64) (bool, error) {
	if f.Open != nil {
		sum, err := Sum(disk)
		return sum == f.Sum, err
	}
	if size != f.Size {
		return false, nil
	}
	data := make([]byte, size)
	_, err := io.ReadFull(disk, data)
	return err == nil && bytes.Equal(data, f.Data), err
}

// Memory keeps files in memory.
type Memory struct{}

// Put returns a File with a copy of the bytes.
func (Memory) Put(_ string, data []byte) *File { return NewFile(bytes.Clone(data)) }

// Sums keeps the Sum and Size of each file and no bytes, for a build that is compared.
type Sums struct{}

// Put returns a File without bytes.
func (Sums) Put(_ string, data []byte) *File { return NewFile(data).withoutData() }

// Discard keeps no bytes, for a build whose files nobody reads.
type Discard struct{}

// Put returns an empty File.
func (Discard) Put(string, []byte) *File { return &File{} }

// A temporary file of WriteFile has a name that begins and ends like this.
const tempPrefix, tempSuffix = OwnFolder + "-", ".tmp"

// WriteFile writes a single file outside a Folder and makes the folders above it. It
// writes a temporary file in the same folder and renames it, so no reader sees half of
// it. If the file already holds data, it is not written. Temporary files that a killed
// build left in the folder are deleted; the lock says that no build is using them.
func WriteFile(name string, data []byte) (err error) {
	dir := filepath.Dir(name)
	locked, _, err := lockFolder(dir, true)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, locked.Close()) }()
	left, _ := fs.Glob(os.DirFS(dir), tempPrefix+"*"+tempSuffix) // fails for no pattern like this
	for _, name := range left {
		if err := os.Remove(filepath.Join(dir, name)); err != nil {
			return err
		}
	}
	if old, err := os.ReadFile(name); err == nil && bytes.Equal(old, data) {
		return nil
	}
	f, err := os.CreateTemp(dir, tempPrefix+"*"+tempSuffix)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Chmod(0o644), f.Close()); err == nil {
		err = patience{busy, time.Sleep}.try(func() error { return os.Rename(f.Name(), name) })
	}
	if err != nil {
		err = errors.Join(err, os.Remove(f.Name()))
	}
	return err
}
