package frontmatter

import (
	"fmt"
	"strings"

	"analysis/builder/internal/diag"
)

// Unknown is a key of front matter that no page may have, unless site.yaml ignores it.
type Unknown struct {
	key   string
	near  string // a question that names similar keys, "" if there are none
	found diag.Diagnostic
}

// few is the number of pages that may have the same unknown key by mistake. A key of more
// pages was probably written for another program.
const few = 3

// ReportUnknown returns the errors for the unknown keys of all pages, but for those that
// site.yaml ignores. If many pages have a key, only the first error about it has a hint.
func ReportUnknown(c *Config, unknown []Unknown) (found []diag.Diagnostic) {
	count := map[string]int{}
	for _, u := range unknown {
		count[u.key]++
	}
	for key := range strings.SplitSeq(c.IgnoreKeys, "\n") {
		count[key] = 0
	}
	said := map[string]bool{}
	for _, u := range unknown {
		switch n := count[u.key]; {
		case n == 0:
			continue
		case n > few && said[u.key]:
			u.found.Hint = ""
		case n > few:
			u.found.Hint = strings.TrimSpace(fmt.Sprintf("%s it is in %d places; if it is for another program, write in site.yaml: `ignore_keys: [%s]`", u.near, n, u.key))
		}
		said[u.key] = true
		found = append(found, u.found)
	}
	return found
}
