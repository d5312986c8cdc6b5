//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package publish

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
)

// lock locks a folder until the result is closed or the process ends, in whatever way.
// It leaves no file behind. If another process has locked the folder, lock waits or
// returns errLocked. On a file system without locks it does nothing.
func lock(dir string, wait bool) (*os.File, error) {
	f, err := os.Open(dir)
	if err != nil {
		return nil, err
	}
	how := syscall.LOCK_EX
	if !wait {
		how |= syscall.LOCK_NB
	}
	for err = syscall.EINTR; err == syscall.EINTR; {
		err = syscall.Flock(int(f.Fd()), how)
	}
	if err == syscall.EWOULDBLOCK {
		return nil, errors.Join(errLocked, f.Close())
	}
	mine, err := f.Stat()
	if now, e := os.Stat(dir); err != nil || e != nil || !os.SameFile(mine, now) {
		return nil, errors.Join(fs.ErrNotExist, f.Close()) // deleted before it was locked
	}
	return f, nil
}
