package content

import "testing"

func TestTypographic(t *testing.T) {
	for in, want := range map[string]string{
		``:                                 ``,
		`plain`:                            `plain`,
		`"quoted"`:                         `“quoted”`,
		`'quoted'`:                         `‘quoted’`,
		`don't`:                            `don’t`,
		`the states' aims`:                 `the states’ aims`,
		`("so")`:                           `(“so”)`,
		`"'inner' outer"`:                  `“‘inner’ outer”`,
		`a--b`:                             `a–b`,
		`a---b`:                            `a—b`,
		`a---"b"`:                          `a—“b”`,
		`wait...`:                          `wait…`,
		`a-b`:                              `a-b`,
		`3.5`:                              `3.5`,
		"two\nlines of \"text\"":           "two\nlines of “text”",
		`already “curly” and don’t`:        `already “curly” and don’t`,
		`وہ "پاکستان" ہے`:                  `وہ “پاکستان” ہے`,
		`[“...”]`:                          `[“…”]`,
		`Pakistan--Afghanistan: "a" & 'b'`: `Pakistan–Afghanistan: “a” & ‘b’`,
	} {
		if got := Typographic(in); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
		// Titles pass through here more than once on their way.
		if got := Typographic(Typographic(in)); got != want {
			t.Errorf("%q becomes %q when treated twice, want %q", in, got, want)
		}
	}
}

// An id is a promise: links from elsewhere hold on to it.
func TestSlug(t *testing.T) {
	for in, want := range map[string]string{
		"What it argues":       "what-it-argues",
		"  Spaces  around  ":   "spaces-around",
		"Risk/benefit & cost?": "risk-benefit-cost",
		"Don't and don’t":      "dont-and-dont",
		"§ 3.1":                "3-1",
		"snake_case":           "snake_case",
		"Pakistan–Afghanistan": "pakistan-afghanistan",
		"Ärger in Łódź":        "ärger-in-łódź",
		"Ελλάδα":               "ελλάδα",
		"Россия и Пакистан":    "россия-и-пакистан",
		"پاکستان میں":          "پاکستان-میں",
		"مُحَمَّد":             "مُحَمَّد", // marks belong to their letters
		"हिन्दी में":           "हिन्दी-में",
		"中国 与 巴基斯坦":            "中国-与-巴基斯坦",
		"パキスタン":                "パキスタン",
		"대한민국":                 "대한민국",
		"ประเทศไทย":            "ประเทศไทย",
		"٢٠٢٤":                 "٢٠٢٤",
		"—…!":                  "",
		"🙂":                    "",
		"a🙂b":                  "a-b",
	} {
		if got := slug(in); got != want {
			t.Errorf("slug of %q is %q, want %q", in, got, want)
		}
	}
}

func TestPlainText(t *testing.T) {
	for in, want := range map[string]string{
		"":                                     "",
		"<p>one <em>two</em>\n three</p>\n":    "one two three",
		"a &lt;b&gt; &amp; &#34;c&#34;":        "a <b> & \"c\"",
		"non&nbsp;breaking":                    "non breaking",
		"<a href=\"x\">in</a>side":             "inside",
		"cut <em":                              "cut",
		"&amp;lt;":                             "&lt;", // resolved once, not twice
		"<img src=\"x\" alt=\"not text\">seen": "seen",
	} {
		if got := PlainText([]byte(in)); got != want {
			t.Errorf("%q reads %q, want %q", in, got, want)
		}
	}
	if got := Stripped([]byte("<p> a  b\n</p>")); got != " a b " {
		t.Errorf("stripped to %q, want its outer spaces kept", got)
	}
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
