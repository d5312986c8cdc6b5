//go:build !linux && !darwin

package pipeline

import "io/fs"

// stampOf knows nothing here, so every file is read at every scan.
func stampOf(fs.FileInfo) stamp { return stamp{} }
