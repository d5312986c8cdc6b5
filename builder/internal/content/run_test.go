package content

import (
	"slices"
	"testing"
)

// Names may be linked in running text and nowhere else.
func TestRuns(t *testing.T) {
	for _, c := range []struct {
		name, in string
		want     []string
	}{
		{"paragraph", "one\ntwo", []string{"one\ntwo"}},
		{"markup divides", "a *b* c", []string{"a ", "b", " c"}},
		{"escaped as in HTML", "a < b & \"c\"", []string{"a &lt; b &amp; “c”"}},
		{"hard break divides", "a\\\nb", []string{"a", "b"}},
		{"list, table and definition", "- a\n\n| b |\n|---|\n| c |\n\nd\n: e", []string{"a", "b", "c", "e"}},
		{"footnote", "a[^1]\n\n[^1]: b", []string{"a", "b"}},
		{"callout", "> [!note]\n> a", []string{"a"}},
		{"not in a heading", "## a", nil},
		{"not in a link", "[a *b*](c.md) [[d]] [[e|f]] <https://example.org>", []string{" ", " ", " "}},
		{"not in code", "`a`\n\n```\nb\n```\n\n    c", nil},
		{"not in a quotation", "> a\n>\n> - b", nil},
		{"not in a picture", "![a](b.png \"c\")", nil},
		{"not in raw HTML", "<b>a</b>\n\n<div>c</div>", []string{"a"}},
		{"not in the mark of a footnote", "a[^name]\n\n[^name]: `b`", []string{"a"}},
		{"after all these", "> a\n\n## b\n\n[c](d.md)\n\ne", []string{"e"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := parse(c.in)
			if got := runs(d); !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
			for _, b := range broken(d, []byte(titled(c.in))) {
				t.Error(b)
			}
		})
	}
}
