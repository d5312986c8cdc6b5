// Package layouts holds the layouts that a site is built with if it has none of its own.
package layouts

import "embed"

// Files are the layouts, by their names in this folder.
//
//go:embed *.html partials/*.html
var Files embed.FS
