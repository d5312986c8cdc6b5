package content

import "testing"

func TestLines(t *testing.T) {
	l := linesOf("é1\n\n三四")
	for _, c := range []struct{ offset, line, column int }{
		{-5, 1, 1}, {0, 1, 1}, {2, 1, 2}, {3, 1, 3}, {4, 2, 1}, {5, 3, 1}, {8, 3, 2}, {11, 3, 3}, {99, 3, 3},
	} {
		if p := l.at(c.offset); p.File != "a.md" || p.Line != c.line || p.Column != c.column {
			t.Errorf("offset %d is at %s, want %d:%d", c.offset, p, c.line, c.column)
		}
	}
	if p := linesOf("").at(0); p.Line != 1 || p.Column != 1 {
		t.Errorf("an empty file begins at %s", p)
	}
}

// linesOf are the lines of a file "a.md".
func linesOf(src string) *lines {
	l := &lines{file: "a.md", src: []byte(src)}
	l.find()
	return l
}

func TestWords(t *testing.T) {
	for in, want := range map[string]int{
		"":                     0,
		"one":                  1,
		"one two\nthree\tfour": 4,
		"one *two* `three` [four](https://example.org/five six)": 6, // no link: its address has a space
		"[four](https://example.org/five)":                       1,
		"- a\n- b\n\n> c":                                        3,
		"## heading\n\ntext":                                     2,
		"پاکستان میں":                                            2,
	} {
		if got := NewParser().Parse("a.md", []byte("---\ntitle: T\n---\n"+in)).Words; got != want {
			t.Errorf("%q has %d words, want %d", in, got, want)
		}
	}
}
