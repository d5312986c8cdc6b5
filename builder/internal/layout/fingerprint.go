package layout

import (
	"crypto/sha256"
	"maps"
	"regexp"
	"slices"
	"text/template/parse"
)

// digest is what a fingerprint needs of one file.
type digest struct {
	sum  [sha256.Size]byte
	uses []string // templates that it calls or has rendered, by name; "" for any
}

// uses matches what brings another file into a template: a call of a template by
// name, or a method of View that renders a partial. It also matches where none is
// meant: then a page is rendered though nothing in it changed.
var uses = regexp.MustCompile("\\{\\{-?\\s*(?:template|block)\\b(?:\\s+[\"`]([^\"`\\\\]+)[\"`])?" +
	`|\.(Nav|Masthead|Body|Text|Part)\b(?:\s+"([^"\\]+)")?`)

func newDigest(name string, text []byte) digest {
	d := digest{sum: sha256.Sum256(append([]byte(name+"\x00"), text...))}
	for _, m := range uses.FindAllSubmatch(text, -1) {
		name := string(m[1])
		switch string(m[2]) {
		case "Nav":
			name = nav
		case "Masthead":
			name = masthead
		case "Body", "Text":
			name = label
		case "Part":
			if len(m[3]) > 0 {
				name = "partials/" + string(m[3])
			}
		}
		d.uses = append(d.uses, name)
	}
	return d
}

// fingerprint is a hash of all files that a template may be made of. Two sets of
// layouts in which a layout has the same fingerprint make the same bytes of a page.
func fingerprint(name string, trees map[string]*parse.Tree, digests map[string]digest) string {
	used := map[string]bool{}
	var add func(name string)
	add = func(name string) {
		if name == "" {
			for all := range trees {
				add(all)
			}
		} else if t := trees[name]; t != nil && !used[t.ParseName] {
			used[t.ParseName] = true
			for _, name := range digests[t.ParseName].uses {
				add(name)
			}
		}
	}
	add(name)
	var sums []byte
	for _, file := range slices.Sorted(maps.Keys(used)) {
		sum := digests[file].sum
		sums = append(sums, sum[:]...)
	}
	sum := sha256.Sum256(sums)
	return string(sum[:])
}
