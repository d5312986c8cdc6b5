package pipeline

import (
	"io/fs"
	"syscall"
)

func stampOf(info fs.FileInfo) stamp {
	s, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return stamp{}
	}
	return stamp{true, uint64(s.Dev), s.Ino, s.Size, s.Ctimespec.Nano()}
}
