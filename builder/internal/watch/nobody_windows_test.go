package watch

import "syscall"

// nobody is not used: on Windows no user has the number 0, who may read everything.
var nobody *syscall.SysProcAttr
