package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"syscall"
)

const (
	sharingViolation syscall.Errno = 32      // ERROR_SHARING_VIOLATION
	lockViolation    syscall.Errno = 33      // ERROR_LOCK_VIOLATION
	toDelete                       = 0x10000 // DELETE
	openLink                       = syscall.FILE_FLAG_OPEN_REPARSE_POINT | syscall.FILE_FLAG_BACKUP_SEMANTICS
)

// busy reports whether an error may say that another program has a file open.
func busy(err error) bool {
	return errors.Is(err, sharingViolation) || errors.Is(err, lockViolation) || errors.Is(err, syscall.ERROR_ACCESS_DENIED)
}

// held returns an error if a file is there and cannot be replaced or deleted. It asks for the right
// to delete the file, which the system refuses while a program has the file open that does not share it.
func held(name string) error {
	p, err := syscall.UTF16PtrFromString(name)
	if err != nil {
		return err
	}
	h, err := syscall.CreateFile(p, toDelete, syscall.FILE_SHARE_READ|syscall.FILE_SHARE_WRITE|syscall.FILE_SHARE_DELETE, nil, syscall.OPEN_EXISTING, openLink, 0)
	switch {
	case err == nil:
		return syscall.CloseHandle(h)
	case errors.Is(err, fs.ErrNotExist):
		return nil
	}
	return fmt.Errorf("%q cannot be replaced: %w", name, err)
}
