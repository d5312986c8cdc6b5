package scan

import (
	"io/fs"
	"syscall"
)

func keyOf(info fs.FileInfo) fileKey {
	s, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return fileKey{}
	}
	return fileKey{true, uint64(s.Dev), s.Ino, s.Size, s.Ctim.Nano()}
}
