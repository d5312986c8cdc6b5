package site

import (
	"strings"
	"testing"
)

// Whoever mentions a source stands on its page once: at the passages that it
// cites, or else among the backlinks.
func TestUnlisted(t *testing.T) {
	for _, c := range []struct{ passages, body, want string }{
		{"\npassages: [{n: 1, gist: a}, {n: 2, gist: b}]", "## How {#how}", "b c"},
		{"", "## How {#how}\n\n## One {#p1}\n\n## Two {#p2}", "a b c home"},
	} {
		s := place(t, files{
			"index.md":     "[x](sources/s.md) [y](sources/s.md#p2)",
			"a.md":         "[x](sources/s.md#p1)",
			"b.md":         "[x](sources/s.md)",
			"c.md":         "[x](sources/s.md#how)",
			"sources/s.md": page("title: S\ntype: column"+c.passages, c.body),
		})
		var list []string
		for _, b := range at(t, s, "sources/s/").Unlisted() {
			list = append(list, b.From.Title)
		}
		if got := strings.Join(list, " "); got != c.want {
			t.Errorf("%q: got %s, want %s", c.passages, got, c.want)
		}
	}
}
