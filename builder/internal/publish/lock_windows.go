package publish

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

const (
	deleteOnClose    = 0x04000000            // FILE_FLAG_DELETE_ON_CLOSE
	sharingViolation = syscall.Errno(32)     // ERROR_SHARING_VIOLATION
	retry            = 50 * time.Millisecond // between two attempts
	lockName         = ownFolder + "-lock"   // in the folder, while it is locked
)

// lock locks a folder until the result is closed or the process ends, in whatever way:
// the system then deletes the file that only one process can open. If another process
// has locked the folder, lock waits or returns errLocked.
func lock(dir string, wait bool) (*os.File, error) {
	name := filepath.Join(dir, lockName)
	p, err := syscall.UTF16PtrFromString(name)
	if err != nil {
		return nil, err
	}
	for {
		h, err := syscall.CreateFile(p, syscall.GENERIC_WRITE, 0, nil, syscall.OPEN_ALWAYS, deleteOnClose, 0)
		switch {
		case err == nil:
			return os.NewFile(uintptr(h), name), nil
		case !errors.Is(err, sharingViolation):
			return nil, &os.PathError{Op: "lock", Path: name, Err: err}
		case !wait:
			return nil, errLocked
		}
		time.Sleep(retry)
	}
}
