// Package asset prepares the static folder for publishing: it puts the words of the
// interface into style sheets and scripts, minifies them, puts the hash of each file's content into its name, and
// changes the references between files accordingly.
//
// It runs before render. The input is the files of the folder. The output is files by
// their published names, and a map from names to published names for layouts. A file
// directly in the static folder, or in a folder there whose name begins with a dot,
// keeps its name, because browsers and robots request it by that name: robots.txt,
// favicon.ico, .well-known/.
//
// Invariant: a published name with a hash always has the same content, so it may be
// cached forever.
//
// Deliberately absent: bundling and compiling. Each file of the folder is one file of
// the site.
package asset

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"maps"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
	"github.com/tdewolff/minify/v2/js"
	"github.com/tdewolff/parse/v2"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/words"
)

// Set is the static folder as it is published.
type Set struct {
	URLs  map[string]string // "css/site.css" -> "css/site.1f3a….css"
	Files map[string][]byte // by published name
	Large map[string]string // names of the files that are not in memory, by published name
}

// loader holds the state of one call of Load.
type loader struct {
	src    map[string][]byte
	large  map[string]string // sums of the files that are not in memory
	hashed bool              // names get the hash of their content
	minify *minify.M
	words  *words.Set
	refs   map[string]string // by name: how other files refer to it
	set    *Set
	open   []string // files being prepared; each refers to the next
	found  []diag.Diagnostic
}

// embedding is the Go file that makes the folder a part of the program. It is no asset.
const embedding = "embed.go"

// Load prepares all files. src maps their names, with slashes, to their bytes. If hashed
// is false, as in the preview, files keep their names, so a changed file changes no
// page. Then references from one file to another get the hash as a query, so that a
// style sheet changes with its pictures. large maps the names of files that are not in
// memory to the hexadecimal beginning of their SHA-256. w has the words that scripts and
// style sheets show.
func Load(src map[string][]byte, large map[string]string, hashed bool, w *words.Set) (*Set, []diag.Diagnostic) {
	set := &Set{URLs: map[string]string{}, Files: map[string][]byte{}, Large: map[string]string{}}
	l := &loader{src: src, large: large, hashed: hashed, refs: map[string]string{}, minify: minify.New(), words: w, set: set}
	l.minify.AddFunc(".css", css.Minify)
	l.minify.AddFunc(".js", js.Minify)
	for _, name := range slices.Sorted(maps.Keys(src)) {
		if name != embedding {
			l.prepare(name)
		}
	}
	return set, l.found
}

// prepare prepares a file, after those that it refers to, and returns how other files
// refer to it.
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
		data = l.minified(name, ext, l.rewrite(name, l.expand(name, data)))
	}
	l.open = l.open[:len(l.open)-1]

	published, ref := name, name
	if dir := path.Dir(name); dir != "." && !strings.HasPrefix(name, ".") {
		sum := sha256.Sum256(data)
		ext, hash := path.Ext(name), cmp.Or(l.large[name], hex.EncodeToString(sum[:]))[:10]
		if ref = name + "?" + hash; l.hashed {
			published = strings.TrimSuffix(name, ext) + "." + hash + ext
			ref = published
		}
	}
	if l.large[name] != "" {
		l.set.Large[published] = name
	}
	l.refs[name], l.set.URLs[name], l.set.Files[published] = ref, published, data
	return ref
}

// rewrite replaces references to other files of the folder by their published names.
func (l *loader) rewrite(name string, data []byte) []byte {
	var out []byte
	copied := 0
	for _, at := range reference.FindAllSubmatchIndex(data, -1) {
		from, to := at[2], at[3]
		file := path.Join(path.Dir(name), string(data[from:to]))
		if _, ok := l.src[file]; ok && file != name {
			out = append(append(out, data[copied:from]...), relative(path.Dir(name), l.prepare(file))...)
			copied = to
		}
	}
	return append(out, data[copied:]...)
}

// reference matches a relative path in quotes or in url(). The path begins with "./" or
// "../", or it has only characters of file names and ends in an extension.
var reference = regexp.MustCompile(`(?:["']|url\(\s*["']?)(\.\.?/[^"'()?#\s]+|[\w-][\w./-]*\.[0-9A-Za-z]{2,5})["')?#]`)

// relative returns the path from a folder to a file, as style sheets and scripts
// write it.
func relative(dir, to string) string {
	rel, _ := filepath.Rel(dir, to) // no error, since both are below the static folder
	if rel = filepath.ToSlash(rel); !strings.HasPrefix(rel, "../") {
		rel = "./" + rel
	}
	return rel
}

// minified returns a minified style sheet or script.
func (l *loader) minified(name, ext string, data []byte) []byte {
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
