//go:build unix

package watch

import "syscall"

// nobody lets a process run as a user who may not read everything.
var nobody = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
