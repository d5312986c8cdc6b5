package content

import (
	"reflect"
	"testing"
)

// Links lead to the passages of a source as they do to headings.
func TestPassagesAreAnchors(t *testing.T) {
	d := NewParser().Parse("sources/a.md", []byte("---\ntitle: A\ntype: column\npassages: [{n: 1, gist: a}, {n: 12, gist: b}]\n---\n## More\n"))
	if want := []string{"p1", "p12", "more"}; !reflect.DeepEqual(d.Anchors, want) {
		t.Errorf("anchors %q, want %q", d.Anchors, want)
	}
}

func TestFrontFences(t *testing.T) {
	for _, c := range []struct {
		name, src, title, html string
		want                   []string
	}{
		{"closed at the end of the file", "---\ntitle: T\n---", "T", "", nil},
		{"spaces behind the closing line", "---\ntitle: T\n---  \ntext", "T", "<p>text</p>\n", nil},
		{"longer lines do not close", "---\ntitle: T\nsummary: |\n  a\n  ----\n---\ntext", "T", "<p>text</p>\n", nil},
		{"a rule in the body", "---\ntitle: T\n---\na\n\n---\n\nb", "T", "<p>a</p>\n<hr>\n<p>b</p>\n", nil},
		{"not at the beginning", "# T\n\n---\na: b\n---\n", "T", "<hr>\n<h2 id=\"a-b\">a: b</h2>\n", nil},
		{"no end", "---\ntitle: T\n\ntext\n", "", "", []string{"1:1: error: the front matter has no end\n  hint: put a line with three hyphens after its last key"}},
		{"nothing in it", "---\n---\n# T\n", "T", "", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := NewParser().Parse("docs/page.md", []byte(c.src))
			if d.Front.Title != c.title || string(d.HTML) != c.html {
				t.Errorf("title %q and HTML %q, want %q and %q", d.Front.Title, d.HTML, c.title, c.html)
			}
			wantReported(t, d, c.want...)
		})
	}
}

// All mistakes of a file are found at once, in front matter and body.
func TestAllMistakesAtOnce(t *testing.T) {
	d := NewParser().Parse("docs/page.md", []byte("---\ntitle: T\nweight: x\ndraft: y\n---\n[a](//b)\n\n> [!nosuch]\n\n[c]()\n"))
	if got := len(d.Diagnostics); got != 5 {
		t.Errorf("%d findings, want 5: %v", got, d.Diagnostics)
	}
}
