// Package paths compares the names of files, and maps the addresses of pages to them.
//
// It imports no other package of the builder. All functions take and return strings.
//
// Deliberately absent: the file system. Symbolic links are not followed.
package paths

import (
	"path/filepath"
	"strings"
)

// Inside reports whether a file is below a folder, or is the folder. Both names
// are absolute, or both are relative to the same folder.
func Inside(folder, name string) bool {
	rel, err := filepath.Rel(folder, name)
	return err == nil && filepath.IsLocal(rel)
}

// File returns the file in which the page at an address is published. Both are
// below the site's root: "actors/board/" becomes "actors/board/index.html".
func File(address string) string {
	if address == "" || strings.HasSuffix(address, "/") {
		return address + "index.html"
	}
	return address
}
