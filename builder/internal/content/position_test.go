package content

import (
	"strings"
	"testing"
	"unicode/utf8"

	"analysis/builder/internal/diag"
)

// Editors jump to the line and column of a finding, so both must be those that
// an editor counts: characters, from the file's true beginning.
func TestPositions(t *testing.T) {
	type place struct{ line, column int }
	for _, c := range []struct {
		name, src string
		want      []place // of the links, in the order of the page
	}{
		{"without front matter", "# T\n\na [b](c.md) d [[e]]", []place{{3, 3}, {3, 15}}},
		{"behind front matter", "---\ntitle: T\n---\n\n[a](b.md)", []place{{5, 1}}},
		{"behind empty lines", "---\ntitle: T\n---\n\n\n\n[a](b.md)", []place{{7, 1}}},
		{"Windows line ends", "---\r\ntitle: T\r\n---\r\n\r\na\r\nb [c](d.md)\r\n", []place{{6, 3}}},
		{"byte order mark", "\ufeff---\ntitle: T\n---\n[a](b.md)", []place{{4, 1}}},
		{"byte order mark without front matter", "\ufeff# T\n\n[a](b.md)", []place{{3, 1}}},
		{"characters of several bytes", "# T\n\né پاک 中国 🙂 [a](b.md)", []place{{3, 12}}},
		{"second line of a paragraph", "# T\n\nपहला\nदो [[a]]", []place{{4, 4}}},
		{"list", "# T\n\n- a\n  - b [c](d.md)", []place{{4, 7}}},
		{"quotation", "# T\n\n> a\n> > b [c](d.md)", []place{{4, 7}}},
		{"table", "# T\n\n| é | b |\n|---|---|\n| é | c [d](e.md) |", []place{{5, 9}}},
		{"heading", "# T\n\n## é [a](b.md)", []place{{3, 6}}},
		{"emphasis", "# T\n\n**é *[a](b.md)* [[c]]**", []place{{3, 6}, {3, 17}}},
		{"definition", "# T\n\nA\n: é [b](c.md)", []place{{4, 5}}},
		{"footnote", "# T\n\na[^1]\n\n[^1]: é [b](c.md)", []place{{5, 9}}},
		{"picture", "# T\n\né ![a](b.png)", []place{{3, 3}}},
		{"front matter with characters of several bytes", "---\ntitle: پاکستان 🙂\n---\n[a](b.md)", []place{{4, 1}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := NewParser().Parse("docs/page.md", []byte(c.src))
			if len(d.Links) != len(c.want) {
				t.Fatalf("%d links, want %d", len(d.Links), len(c.want))
			}
			for i, want := range c.want {
				got := d.Position(i)
				if got != (diag.Position{File: "docs/page.md", Line: want.line, Column: want.column}) {
					t.Errorf("link %d is at %s, want %d:%d", i, got, want.line, want.column)
				}
			}
		})
	}
}

func TestPositionsInFrontMatter(t *testing.T) {
	for _, c := range []struct{ name, src, want string }{
		{"a key", "---\ntitle: T\n&a weight: 1\n---\n", "3:1"},
		{"a value", "---\ntitle: T\nweight: ten\n---\n", "3:9"},
		{"an entry", "---\ntitle: T\naliases: [a, []]\n---\n", "3:14"},
		{"an entry on a line of its own", "---\ntitle: T\naliases:\n  - a\n  - []\n---\n", "5:5"},
		{"characters of several bytes", "---\ntitle: T\naliases: [پاک, []]\n---\n", "3:16"},
		{"Windows line ends", "---\r\ntitle: T\r\nweight: ten\r\n---\r\n", "3:9"},
		{"byte order mark", "\ufeff---\ntitle: T\nweight: ten\n---\n", "3:9"},
		{"a comment before", "---\n# note\n\ntitle: T\nweight: ten\n---\n", "5:9"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := NewParser().Parse("docs/page.md", []byte(c.src))
			if len(d.Diagnostics) != 1 {
				t.Fatalf("reported %v, want one finding", d.Diagnostics)
			}
			if got := d.Diagnostics[0].Position.String(); got != "docs/page.md:"+c.want {
				t.Errorf("%s, want it at %s", d.Diagnostics[0], c.want)
			}
		})
	}
}

func TestNotUTF8(t *testing.T) {
	d := NewParser().Parse("docs/page.md", []byte("---\ntitle: T\n---\né Gr\xfc\xdfe [[a]]\n"))
	wantReported(t, d, "4:5: error: this is not UTF-8 text\n  hint: save the file in UTF-8")
	// The rest is still parsed, so that all findings come at once.
	if got, want := filled(d), "<p>é Gr\ufffde <a href=\"{0}\">{0 title}</a></p>\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	// A replacement character that the author wrote is a character.
	wantReported(t, parse("a \ufffd b"))
}

// Files of old Macs.
func TestLineEnds(t *testing.T) {
	d := NewParser().Parse("docs/a.md", []byte("---\rtitle: T\rweight: x\r---\r[[a]]\r"))
	if d.Front.Title != "T" || len(d.Links) != 1 || d.Links[0].Line != 5 || d.Diagnostics[0].Line != 3 {
		t.Errorf("old Mac line ends: %+v", d)
	}
}

func TestPosition(t *testing.T) {
	for _, c := range []struct{ offset, line, column int }{
		{-5, 1, 1}, {0, 1, 1}, {2, 1, 2}, {3, 1, 3}, {4, 2, 1}, {5, 3, 1}, {8, 3, 2}, {11, 3, 3}, {99, 3, 3},
	} {
		if p := newPositions("a.md", []byte("é1\n\n三四")).at(c.offset); p.File != "a.md" || p.Line != c.line || p.Column != c.column {
			t.Errorf("offset %d is at %s, want %d:%d", c.offset, p, c.line, c.column)
		}
	}
	long := []byte(strings.Repeat("é中", 3*stride) + "\n" + strings.Repeat("🙂\n", stride))
	p := newPositions("a.md", long)
	for at, line, column := 0, 1, 1; at < len(long); {
		if got := p.at(at); got.Line != line || got.Column != column {
			t.Fatalf("offset %d is at %s, want %d:%d", at, got, line, column)
		}
		if got := p.offset(p.at(at)); got != at {
			t.Fatalf("offset %d is found at %d", at, got)
		}
		r, size := utf8.DecodeRune(long[at:])
		if at, column = at+size, column+1; r == '\n' {
			line, column = line+1, 1
		}
	}
	if p := newPositions("a.md", nil).at(0); p.Line != 1 || p.Column != 1 {
		t.Errorf("an empty file begins at %s", p)
	}
}
