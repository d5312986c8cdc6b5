package text

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
		if got := Slug(in); got != want {
			t.Errorf("Slug of %q is %q, want %q", in, got, want)
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
