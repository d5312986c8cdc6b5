// Package asset prepares the static folder for publishing: style sheets and
// scripts are minified, names get the hash of their content, and references
// from one file to another follow.
//
// In come the folder's files; out go files under their published names, and
// the table from the one to the other that layouts use. A file directly in the
// static folder, or below a folder whose name begins with a dot, keeps its
// name, since it is asked for by that name: robots.txt, favicon.ico,
// .well-known/.
//
// Invariant: a published name with a hash in it never stands for two contents,
// so it may be cached for ever.
//
// Deliberately absent: bundling and compiling. What is written is what is
// served.
package asset

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
	"github.com/tdewolff/minify/v2/js"
	"github.com/tdewolff/parse/v2"

	"analysis/builder/internal/diag"
)

// Set is the static folder as it is published.
type Set struct {
	URLs  map[string]string // "css/site.css" -> "css/site.1f3a….css"
	Files map[string][]byte // by published name
}

// loader is the work of one call of Load.
type loader struct {
	src    map[string][]byte
	hashed bool // names get the hash of their content
	minify *minify.M
	refs   map[string]string // by name: the published name as other files write it
	set    *Set
	open   []string // files being prepared, each referred to by the one before
	found  []diag.Diagnostic
}

// Load prepares all files. src maps their names, with slashes, to their bytes. If
// hashed is false all names stay as they are, as a preview wants them: then a file
// that changes changes no page. References from one file to another have the hash
// as a query, so a style sheet changes with its pictures.
func Load(src map[string][]byte, hashed bool) (*Set, []diag.Diagnostic) {
	l := &loader{src: src, hashed: hashed, refs: map[string]string{}, minify: minify.New(), set: &Set{URLs: map[string]string{}, Files: map[string][]byte{}}}
	l.minify.AddFunc(".css", css.Minify)
	l.minify.AddFunc(".js", js.Minify)
	for _, name := range slices.Sorted(maps.Keys(src)) {
		l.prepare(name)
	}
	return l.set, l.found
}

// prepare publishes one file, after those it refers to, and returns its name as
// other files write it.
func (l *loader) prepare(name string) string {
	if ref, ok := l.refs[name]; ok {
		return ref
	}
	if i := slices.Index(l.open, name); i >= 0 {
		l.found = append(l.found, diag.Errorf(diag.Position{File: name}, "files refer to each other in a circle: %s",
			strings.Join(append(slices.Clone(l.open[i:]), name), " → ")).WithHint("a name with a hash in it cannot stand in a circle; break it"))
		return name
	}
	l.open = append(l.open, name)
	data := l.src[name]
	if ext := path.Ext(name); ext == ".css" || ext == ".js" {
		data = l.shrink(name, ext, l.rewrite(name, data))
	}
	l.open = l.open[:len(l.open)-1]

	u, ref := name, name
	if dir := path.Dir(name); dir != "." && !strings.HasPrefix(name, ".") {
		sum := sha256.Sum256(data)
		ext, hash := path.Ext(name), hex.EncodeToString(sum[:5])
		if ref = name + "?" + hash; l.hashed {
			u = strings.TrimSuffix(name, ext) + "." + hash + ext
			ref = u
		}
	}
	l.refs[name], l.set.URLs[name], l.set.Files[u] = ref, u, data
	return ref
}

// rewrite makes references to other files of the folder follow their names.
func (l *loader) rewrite(name string, data []byte) []byte {
	var out []byte
	copied := 0
	for at := 0; at < len(data); {
		from, to := reference(data[at:])
		if to == 0 {
			at++
			continue
		}
		from, to = at+from, at+to
		at = to + 1 // behind its closing sign
		file := path.Join(path.Dir(name), string(data[from:to]))
		if _, ok := l.src[file]; ok && file != name {
			out = append(append(out, data[copied:from]...), relative(path.Dir(name), l.prepare(file))...)
			copied = to
		}
	}
	if copied == 0 {
		return data
	}
	return append(out, data[copied:]...)
}

// reference finds the quoted or bracketed relative path with which a piece of a
// style sheet or script begins. It returns 0, 0 if there is none.
func reference(data []byte) (from, to int) {
	if data[0] != '"' && data[0] != '\'' && data[0] != 'u' {
		return 0, 0
	}
	from = 1
	if data[0] == 'u' {
		rest, ok := bytes.CutPrefix(data, []byte("url("))
		if !ok {
			return 0, 0
		}
		rest = bytes.TrimLeft(rest, spaces)
		if len(rest) > 0 && (rest[0] == '"' || rest[0] == '\'') {
			rest = rest[1:]
		}
		from = len(data) - len(rest)
	}
	length := bytes.IndexAny(data[from:], `"'()?#`+spaces)
	if length < 0 || strings.IndexByte(`"')?#`, data[from+length]) < 0 || !isPath(string(data[from:from+length])) {
		return 0, 0
	}
	return from, from + length
}

// spaces are the white space of style sheets and scripts.
const spaces = "\t\n\f\r "

// isPath reports whether a word is meant as a relative path: it begins with dots
// and a slash, or it is made as a file's name is and ends in an extension.
func isPath(word string) bool {
	for _, dots := range []string{"./", "../"} {
		if rest, ok := strings.CutPrefix(word, dots); ok {
			return rest != ""
		}
	}
	for i := range len(word) {
		if c := word[i]; !alphanumeric(c) && c != '_' && c != '-' && (i == 0 || c != '.' && c != '/') {
			return false
		}
	}
	dot := strings.LastIndexByte(word, '.')
	extension := word[dot+1:]
	return dot > 0 && 2 <= len(extension) && len(extension) <= 5 && !strings.ContainsAny(extension, "_-/")
}

func alphanumeric(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z'
}

// relative is the way from a folder to a file, as style sheets and scripts
// write it.
func relative(dir, to string) string {
	rel, err := filepath.Rel(dir, to)
	if err != nil {
		return to // both lie below the static folder, so there is a way
	}
	if rel = filepath.ToSlash(rel); !strings.HasPrefix(rel, "../") {
		rel = "./" + rel
	}
	return rel
}

func (l *loader) shrink(name, ext string, data []byte) []byte {
	var b bytes.Buffer
	if err := l.minify.Minify(ext, &b, bytes.NewReader(data)); err != nil {
		pos, reason := diag.Position{File: name}, err.Error()
		var where *parse.Error
		if errors.As(err, &where) {
			pos.Line, pos.Column, reason = where.Line, where.Column, where.Message
		}
		l.found = append(l.found, diag.Errorf(pos, "this file cannot be minified: %s", reason).
			WithHint("mend its syntax"))
		return data
	}
	return b.Bytes()
}
