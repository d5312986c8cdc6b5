//go:build unix

package pipeline

import "syscall"

// mkfifo makes what is neither a file nor a folder.
var mkfifo = syscall.Mkfifo
