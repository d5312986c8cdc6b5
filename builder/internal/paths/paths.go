// Package paths compares the names of files, and maps the addresses of pages to them.
//
// It imports no other package of the builder. Only Contains looks at the disk.
package paths

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Inside reports whether a file is below a folder, or is the folder. Both names
// are absolute, or both are relative to the same folder.
func Inside(folder, name string) bool {
	rel, err := filepath.Rel(folder, name)
	return err == nil && filepath.IsLocal(rel)
}

// Contains is Inside for names on the disk. It compares where they are, not what they are
// called: links, other spellings on a disk that ignores case, and second mounts lead to
// the same folder. Neither need exist.
func Contains(folder, name string) bool {
	folder, name = resolve(folder), resolve(name)
	outer, err := os.Stat(folder)
	for at := name; ; at = filepath.Dir(at) {
		if at == folder {
			return true
		}
		if inner, e := os.Stat(at); err == nil && e == nil && os.SameFile(outer, inner) {
			return true
		}
		if at == filepath.Dir(at) {
			return false
		}
	}
}

// resolve returns the absolute name of a file without links. What does not exist yet, at
// the end of the name, stays as it is.
func resolve(name string) string {
	if abs, err := filepath.Abs(name); err == nil { // else there is no working folder
		name = abs
	}
	rest := ""
	for at := name; ; at = filepath.Dir(at) {
		if real, err := filepath.EvalSymlinks(at); err == nil {
			return filepath.Join(real, rest)
		}
		if at == filepath.Dir(at) {
			return name
		}
		rest = filepath.Join(filepath.Base(at), rest)
	}
}

// Fold returns a name in a form that is the same for two names that are one file on a
// disk that ignores case, the form of letters, or both.
func Fold(name string) string {
	for i := range len(name) {
		if c := name[i]; c >= 0x80 || 'A' <= c && c <= 'Z' {
			return strings.ToLower(strings.ToUpper(norm.NFC.String(name)))
		}
	}
	return name
}

// MaxName and maxPath are the lengths in bytes that the name of a file or folder, and the
// path of a file, may have on every common system, the folder of the site apart.
const MaxName, maxPath = 255, 900

// TooLong reports whether a path cannot be a file.
func TooLong(name string) bool {
	return len(name) > maxPath || slices.ContainsFunc(strings.Split(name, "/"), func(part string) bool { return len(part) > MaxName })
}

// devices are names that Windows takes for devices, with and without an ending.
var devices = []string{"aux", "con", "conin$", "conout$", "nul", "prn"}

// Refused returns the first folder or file on a path whose name Windows refuses, as a path, or "".
// A site is to be unpacked there, wherever it was built.
func Refused(name string) string {
	for start, end := 0, 0; start < len(name); start = end + 1 {
		if end = len(name); strings.Contains(name[start:], "/") {
			end = start + strings.IndexByte(name[start:], '/')
		}
		part := name[start:end]
		base, _, _ := strings.Cut(part, ".")
		base = strings.TrimRight(base, " ")
		port := len(base) > 3 && (strings.EqualFold(base[:3], "com") || strings.EqualFold(base[:3], "lpt")) && slices.Contains(strings.Split("1 2 3 4 5 6 7 8 9 ¹ ² ³", " "), base[3:])
		if port || strings.TrimRight(part, ". ") != part || strings.ContainsAny(part, `<>:"\|?*`) ||
			slices.ContainsFunc(devices, func(device string) bool { return strings.EqualFold(device, base) }) {
			return name[:end]
		}
	}
	return ""
}

// File returns the file in which the page at an address is published. Both are
// below the site's root: "actors/board/" becomes "actors/board/index.html".
func File(address string) string {
	if address == "" || strings.HasSuffix(address, "/") {
		return address + "index.html"
	}
	return address
}
