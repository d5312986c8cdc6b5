// Package media returns the media type of a file by the extension of its name.
//
// The preview sends the type with each file, and the single-file edition writes
// it into the data: addresses of pictures and downloads.
//
// Invariant: the type depends only on the name. Package mime is not used, because it
// reads tables of the system, which differ from one machine to the next.
package media

import (
	"path"
	"strings"
)

// types are the media types by extension, in lower case. CSV needs no charset, because
// UTF-8 is its default (RFC 7111).
var types = map[string]string{
	".html": "text/html; charset=utf-8", ".htm": "text/html; charset=utf-8",
	".css": "text/css; charset=utf-8",
	".js":  "text/javascript; charset=utf-8", ".mjs": "text/javascript; charset=utf-8",
	".txt": "text/plain; charset=utf-8", ".md": "text/markdown; charset=utf-8", ".csv": "text/csv",
	".json": "application/json", ".argdown": "text/plain; charset=utf-8", ".xml": "application/xml", ".webmanifest": "application/manifest+json",
	".pdf": "application/pdf", ".zip": "application/zip", ".wasm": "application/wasm",
	".avif": "image/avif", ".gif": "image/gif", ".ico": "image/x-icon", ".jpeg": "image/jpeg", ".jpg": "image/jpeg",
	".png": "image/png", ".svg": "image/svg+xml", ".webp": "image/webp",
	".mp3": "audio/mpeg", ".ogg": "audio/ogg", ".mp4": "video/mp4", ".webm": "video/webm",
	".otf": "font/otf", ".ttf": "font/ttf", ".woff": "font/woff", ".woff2": "font/woff2",
}

// Type returns the media type of a file, with the charset of a text.
func Type(name string) string {
	if t, ok := types[strings.ToLower(path.Ext(name))]; ok {
		return t
	}
	return "application/octet-stream"
}
