// Package layouts holds the layouts that a site is built with if it has none of its own.
package layouts

import "embed"

// Files are the layouts and the words of the interface, by their names in this folder.
//
//go:embed *.html partials/*.html words/*.yaml
var Files embed.FS
