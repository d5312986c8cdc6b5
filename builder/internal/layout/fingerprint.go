package layout

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"text/template/parse"
)

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
