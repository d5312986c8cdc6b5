package layout

import (
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
	`|\.(?:(Nav)\b|(Masthead)\b|(Body|Text)\b|Part\b(?:\s+"([^"\\]+)")?)`)

// fingerprint is a hash of all files that a template may be made of. Two sets of
// layouts in which a layout has the same fingerprint make the same bytes of a page.
func fingerprint(name string, trees map[string]*parse.Tree, files map[string][]byte) string {
	used := map[string]bool{}
	var add func(name string)
	add = func(name string) {
		t := trees[name]
		if t == nil || used[t.ParseName] {
			return
		}
		used[t.ParseName] = true
		for _, m := range uses.FindAllSubmatch(files[t.ParseName], -1) {
			switch {
			case m[1] != nil:
				add(string(m[1]))
			case m[2] != nil:
				add(nav)
			case m[3] != nil:
				add(masthead)
			case m[4] != nil:
				add(label)
			case m[5] != nil:
				add("partials/" + string(m[5]))
			default: // its name is not known here
				for all := range trees {
					add(all)
				}
			}
		}
	}
	add(name)
	sum := sha256.New()
	for _, file := range slices.Sorted(maps.Keys(used)) {
		fmt.Fprintf(sum, "%q %q\n", file, files[file])
	}
	return string(sum.Sum(nil))
}
