package text

import (
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"
)

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
		`In the '90s, class of '45.`:       `In the ’90s, class of ’45.`,
		`'Tis late, 'twas, 'tisn't 'em`:    `’Tis late, ’twas, ’tisn’t ’em`,
		`rock 'n' roll and 'n', 't Hooft`:  `rock ’n’ roll and ‘n’, ’t Hooft`,
		`'liberty', 'every' 'national'.`:   `‘liberty’, ‘every’ ‘national’.`,
		`'treaty' ('em' and '45')`:         `‘treaty’ (‘em’ and ‘45’)`,
		`'liberty'`:                        `‘liberty’`,
		`"'Tis so," he said; 1980's`:       `“’Tis so,” he said; 1980’s`,
		`a 5'10" man, a 21" screen`:        `a 5'10" man, a 21" screen`,
		`a "Monitor 21""`:                  `a “Monitor 21"”`,
		`("(a)") l'"Express"`:              `(“(a)”) l’“Express”`,
		`他说"你好"吗`:                          `他说“你好”吗`,
		`ע"ר a << b >> c`:                  `ע"ר a « b » c`,
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

// testdata/fold.json holds pairs that are one name, and pairs that only the search takes
// for the same. Package browser runs it with the search too.
func TestFold(t *testing.T) {
	data, err := os.ReadFile("testdata/fold.json")
	var rows [][3]string
	if err = errors.Join(err, json.Unmarshal(data, &rows)); err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		a, b := Fold(r[1]), Fold(r[2])
		if (a == b) != (r[0] == "names") {
			t.Errorf("%+q and %+q become %+q and %+q, want the same for %q only", r[1], r[2], a, b, "names")
		}
		if Fold(a) != a {
			t.Errorf("%+q becomes %+q when folded twice", a, Fold(a))
		}
	}
}

func TestSlugs(t *testing.T) {
	for in, want := range map[string][2]string{
		"The ‘fog’ of war":   {"the-fog-of-war", "the-fog-of-war"},
		"config.setup":       {"config-setup", "configsetup"},
		"A/B (c)":            {"a-b-c", "ab-c"},
		"Smileys & Emotion":  {"smileys-emotion", "smileys--emotion"},
		"2.1 Numbers":        {"2-1-numbers", "21-numbers"},
		"Zählen — und":       {"zählen-und", "zählen--und"},
		"title（必須）":          {"title-必須", "title必須"},
		"C++ & Go":           {"c-go", "c--go"},
		"snake_case -- x":    {"snake_case-x", "snake_case----x"},
		"⚙\ufe0f How":        {"how", "\ufe0f-how"},
		"#\ufe0f\u20e3 Keys": {"keys", "\ufe0f\u20e3-keys"},
		"Afgha\u00adnistan":  {"afghanistan", "afghanistan"},
		"Cafe\u0301s":        {"cafés", "cafe\u0301s"},
		"a\u00a0b\u200bc":    {"a-bc", "abc"},
		"— !":                {"", "-"},
	} {
		if got := [2]string{Slug(in), HostSlug(in)}; got != want {
			t.Errorf("%+q becomes %+q, want %+q", in, got, want)
		}
	}
}

func TestCountWords(t *testing.T) {
	for in, want := range map[string]int{
		"<p>two — <b>words</b></p>":         3,
		"<p>caf\u0301e\u00a0x</p>":          2,
		strings.Repeat("<p>塔利班的历史。</p>", 9): 24,
		strings.Repeat("ตาลีบัน", 9):        10,
		"Go 语言": 1,
		"":      0,
	} {
		if got := CountWords([]byte(in)); got != want {
			t.Errorf("%.40q has %d words, want %d", in, got, want)
		}
	}
}
