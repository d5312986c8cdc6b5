package layout

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"fmt"
	"html/template"
	"maps"
	"regexp"
	"slices"
	"sync"
	"text/template/parse"

	"analysis/builder/internal/compiled"
)

// tmpl is a template that can be executed: a layout, or a partial by itself.
// Package compiled executes it. If it cannot, html/template does, which takes
// several times as long, and says what is wrong if anything is.
type tmpl struct {
	file        string
	fingerprint string // of a layout
	compiled    func() (*compiled.Template, error)
	interpreted func() *template.Template
}

// newTmpl readies the template of a name among trees, which were parsed from files:
// their names, in the order in which they may replace each other's definitions.
func (s *Set) newTmpl(name, file string, trees map[string]*parse.Tree, files []string) *tmpl {
	return &tmpl{
		file: file,
		compiled: sync.OnceValues(func() (*compiled.Template, error) {
			return compiled.Compile(name, trees, functions())
		}),
		interpreted: sync.OnceValue(func() *template.Template {
			t := template.New("").Funcs(functions())
			for _, f := range files {
				template.Must(t.New(f).Parse(string(s.files[f]))) // as Load did
			}
			return t.Lookup(name)
		}),
	}
}

// append appends what the template writes for data. reason says why html/template
// had to execute it, if it had to.
func (t *tmpl) append(b []byte, data any) (out []byte, reason, err error) {
	c, reason := t.compiled()
	if reason == nil {
		if out, reason = c.Append(b, data); reason == nil {
			return out, nil, nil
		}
	}
	to := bytes.NewBuffer(b)
	if err := t.interpreted().Execute(to, data); err != nil {
		return nil, nil, err
	}
	return to.Bytes(), reason, nil
}

// uses matches what brings another file into a template: a call of a template by
// name, or a method of View that renders a partial. It also matches where none is
// meant: then a page is rendered though nothing in it changed.
var uses = regexp.MustCompile("\\{\\{-?\\s*(?:template|block)\\b(?:\\s+[\"`]([^\"`\\\\]+)[\"`])?" +
	`|\.(Nav|Masthead|Body|Text)\b|\.Part\b(?:\s+"([^"\\]+)")?`)

// rendered has the partials that methods of View render.
var rendered = map[string]string{"Nav": nav, "Masthead": masthead, "Body": label, "Text": label}

// usesOf are the templates that a file calls or has rendered, by name; "" for any.
func usesOf(text []byte) (names []string) {
	for _, m := range uses.FindAllSubmatch(text, -1) {
		name := cmp.Or(string(m[1]), rendered[string(m[2])])
		if len(m[3]) > 0 {
			name = "partials/" + string(m[3])
		}
		names = append(names, name)
	}
	return names
}

// fingerprint is a hash of all files that a template may be made of. Two sets of
// layouts in which a layout has the same fingerprint make the same bytes of a page.
func (s *Set) fingerprint(name string, trees map[string]*parse.Tree, uses map[string][]string) string {
	used := map[string]bool{}
	var add func(name string)
	add = func(name string) {
		if name == "" {
			for all := range trees {
				add(all)
			}
		} else if t := trees[name]; t != nil && !used[t.ParseName] {
			used[t.ParseName] = true
			for _, name := range uses[t.ParseName] {
				add(name)
			}
		}
	}
	add(name)
	hash := sha256.New()
	for _, file := range slices.Sorted(maps.Keys(used)) {
		fmt.Fprintf(hash, "%s\x00%d\x00%s", file, len(s.files[file]), s.files[file])
	}
	return string(hash.Sum(nil))
}
