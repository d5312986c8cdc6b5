// Package static holds the style sheets, scripts and images that a site is built with if
// it has none of its own.
package static

import "embed"

// Files are the static files, by their names in this folder.
//
//go:embed .nojekyll _headers *.png favicon.svg css js img
var Files embed.FS
