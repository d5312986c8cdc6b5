package content

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
)

// What looks like markup but stayed text is found, each once, at its position.
func TestLeftovers(t *testing.T) {
	for in, want := range map[string]string{
		"a [[ttp":                       `4:3: "[[ttp" is no link`,
		"a [[ttp|the\n\ngroup]] b":      `4:3: "[[ttp|the" is no link, 6:6: "]]" ends no link`,
		"[[a [[ b":                      `4:1: "[[a" is no link, 4:5: "[[ b" is no link`,
		"[[a[b]]":                       `4:1: "[[a[b]]" is no link`,
		"“https://a.example/b”":         `4:1: "https://a.example/b" is no link`,
		"见https://a.example/b。":         `4:1: "https://a.example/b" is no link`,
		"ttp]] b":                       `4:4: "]]" ends no link`,
		"[a](b.md) c]]":                 `4:12: "]]" ends no link`,
		"![[picture.png]]":              `4:1: "![[picture.png]]" shows no picture`,
		"![a map](my map.png)":          `4:1: "![a map](my map.png)" is no link`,
		"![a *map*](my map.png)":        `4:1: "![a *map*](my map.png)" is no link`,
		"[x](my file.md) y":             `4:1: "[x](my file.md)" is no link`,
		"- [x](b.md) [c](a.md":          `4:13: "[c](a.md" is no link`,
		"[a [b](c.md) d](e.md)":         `4:15: "](e.md)" is no link`,
		"[a][b]":                        `4:1: "[a][b]" is no link`,
		"[a] (https://example.org) b":   `4:1: "[a] (https://example.org)" is no link`,
		"(a)[b.md]":                     `4:1: "(a)[b.md]" is no link`,
		"[!note] a":                     `4:1: "[!note]" begins no callout`,
		"> a\n> [!note] b":              `5:3: "[!note]" begins no callout`,
		"> b\n>\n> [! Fore-cast ] c":    `6:3: "[! Fore-cast ]" begins no callout`,
		"a^[a note]":                    `4:2: "^[a note]" is no footnote`,
		"a[^ b c]":                      `4:2: no footnote " b c"`,
		"said [@smith2020, p. 3]":       `4:6: "[@smith2020, p. 3]" is no citation`,
		`## A {#x"y}`:                   `4:6: "{#x"y}" is shown as text`,
		"a {#b}":                        `4:3: "{#b}" is shown as text`,
		"[a] {lang=fr}":                 `4:5: "{lang=fr}" is shown as text`,
		"![a](b.png){width=300}":        `4:12: "{width=300}" is shown as text`,
		"a {{< toc >}} b":               `4:3: "{{< toc >}}" is shown as text`,
		"{% include a.html %}":          `4:1: "{% include a.html %}" is shown as text`,
		"a %%secret%% b":                `4:3: "%%secret%%" is shown as text`,
		"a ==mark== b":                  `4:3: "==mark==" is shown as text`,
		"**Note: **text":                `4:1: "**Note: **" is shown as text`,
		"a **b and so on":               `4:3: "**b" is shown as text`,
		"a ~~b and so on":               `4:3: "~~b" is shown as text`,
		"the `code and":                 "4:5: nothing closes \"`code\"",
		"a**(b)**c":                     `4:7: "**c" is shown as text`,
		"where $x^2$ is":                `4:7: "$x^2$" is shown as text`,
		"$$\\frac{a}{b}$$":              `4:1: "$$\\frac{a}{b}$" is shown as text`,
		"a <!-- b":                      `4:3: this comment has no end`,
		"a <!-- b\n\nc --> d":           `4:3: this comment has no end`,
		"<!-- b\n\nc":                   `4:1: this comment has no end`,
		"##Heading":                     `4:1: "##Heading" is no heading`,
		"#Heading\na":                   `4:1: "#Heading" is no heading`,
		"a\n###Heading":                 `5:1: "###Heading" is no heading`,
		"#\u3000Heading":                `4:1: "#\u3000Heading" is no heading`,
		"#标题":                           `4:1: "#标题" is no heading`,
		"####### Heading":               `4:1: "####### Heading" is no heading`,
		"| a | b |":                     `4:1: "| a | b |" is a row of no table`,
		"| a | b |\n|---|\n| 1 | 2 |":   `4:1: "| a | b |" is a row of no table`,
		"a | b | c\n--|--\n1 | 2":       `5:1: "--|--" begins no table`,
		"| a |\n|---|\n\n| b |":         `7:1: "| b |" is a row of no table`,
		":::note\na\n:::":               `4:1: ":::note" is shown as text`,
		"!!! note\n    a":               `4:1: "!!! note" is shown as text`,
		"[toc]":                         `4:1: "[toc]" is shown as text`,
		"[a]: my file.md":               `4:1: "[a]: my file.md" defines no link`,
		"- [] a":                        `4:3: "[] a" is no task`,
		"-[ ] a":                        `4:1: "-[ ] a" is no task`,
		"a:\n    - b\n    - c":          `5:5: "- b" is no item of a list`,
		"-one\n-two":                    `4:1: "-one" is no item of a list`,
		"• one\n• two":                  `4:1: "• one" is no item of a list`,
		"a:\n2. b\n3. c":                `5:1: "2. b" is no item of a list`,
		"[[ttp|the *group*]]":           `4:1: "*group*" is shown as it is written here`,
		"![a](b.png \"the *map*\")":     `4:1: "*map*" is shown as it is written here`,
		"## About [[haqqani-network]]":  `4:10: this heading shows "haqqani-network"`,
		"## A {onclick=x}":              `4:1: the attribute "onclick" of this heading has no effect`,
		"a <b>b</b>\n\n<div>\n\n<i>":    `4:3: HTML is shown as text`,
		"> &copy; [[a\n\\* b **c":       `4:10: "[[a" is no link, 5:6: "**c" is shown as text`,
		"é &amp; \\[ ![[b.png]]":        `4:12: "![[b.png]]" shows no picture`,
		"```\na":                        `4:1: nothing closes this code`,
		"a ![b](c.png \"d\")":           `4:3: the caption of this picture is not shown`,
		"a[^1]\n\n[^1]: b\n\n[^1]: c":   `8:1: the footnote "1" stands here twice`,
		"a\n\n[^1]: b":                  `6:1: no mark leads to the footnote "1", so it is not shown`,
		"[a]\n\n[a]: b.md\n[A]: c.md":   `7:1: the link "A" is defined twice`,
		"a\n\n[b]: c.md":                `6:1: no link uses the definition "b"`,
		"| a | b |\n|--|--|\n|1|2|x|y|": `6:6: this cell has no column, so it is not shown`,
		"|a|b|\n|-|-|\n|1|2|\nc":        `7:1: this line became a row of the table above it`,
	} {
		d := parse(in)
		var got []string
		for _, f := range d.Diagnostics {
			got = append(got, fmt.Sprintf("%d:%d: %s", f.Line, f.Column, f.Message))
			if f.Hint == "" {
				t.Errorf("%q: no hint for %s", in, f.Message)
			}
		}
		if unquoted := strings.ReplaceAll(strings.Join(got, ", "), `\"`, `"`); unquoted != want {
			t.Errorf("%q: reported\n  %s\nwant\n  %s", in, unquoted, want)
		}
		for _, b := range broken(d, []byte(titled(in))) {
			t.Errorf("%q: %s", in, b)
		}
	}
}

// What is only text is not reported.
func TestNoLeftovers(t *testing.T) {
	for _, in := range []string{
		"a [sic] and (b)[1] and [1][2], [see [1]], a[i] = b", "2**3 and 2 ** 3, 5* hotel*, a_b_c, ~5", "$5 and $6, US$ 3, $HOME_DIR and $PATH", "a == b == c, 100 %, 50%%", "#5 is open\nand\n#metoo",
		"|x| is the size of x", "Sana`a", "- [ ] a\n- [x] b", "a: b\n\n1979. A year.", "1. a\n2. b", "- a\n\n      [[code", "`[[a` and ``![b`` and `{{c}}`", "```\n[[a\n##b\n| c |\n```",
		`\[[a, \**b, !\[c\](d e), \{{f}}, \#g, \| h |`, "&#91;[a, [^&nGt;]", "a! [b] c", "[a]: <> (b)\n\n[//]: # (a comment)\n\n[comment]: # \"so\"", "the set {a, b} and {x}", "Why?!\n\n???", "A -- b - c\n-5 degrees\n–5",
		"[a](b.md) [c]\n\n[c]: <my file.md>", "a[^1] b[^1]\n\n[^1]: c", "| a | b |\n|--|--|\n| 1 | `x\\|y` | |\n| 1 |", "a [^1]\n\n[^1]:\n    b", "## A [[b|B]] [c](d.md) {#e .f lang=ur dir=rtl}", "[x]{lang=ps} and [y]{dir=rtl}",
		"it is 5*3, **bold** and ~~so~~", "[the [group]](b.md), [[[b]]] and \\[[b]] x", "x ==> y and <== z", "at http://localhost:8080/ and \"https://a.example/b\", “a: b”", "A → b; <3; a < b > c; << d >>",
	} {
		wantReported(t, parse(in))
	}
}

// Comments are never published: not in the page, the outline, a title or a description.
func TestComments(t *testing.T) {
	for in, want := range map[string]string{
		"a <!-- hidden --> b":                                "<p>a b</p>\n",
		"a <!-- hidden\nhidden --> b":                        "<p>a b</p>\n",
		"<!-- hidden -->":                                    "",
		"<!-- hidden\n\n# hidden\n\n-->\nc":                  "<p>c</p>\n",
		"<!-- hidden --> a *b*":                              "<p> a <em>b</em></p>\n",
		"<!-- hidden\nhidden --> a *b*\n- c":                 "<p>a <em>b</em></p>\n<ul>\n<li>c</li>\n</ul>\n",
		"<!-- hidden --> <!-- hidden -->\n\n<!-->\n":         "",
		"> a\n> <!-- hidden\n> hidden -->\n> b":              "<blockquote>\n<p>a</p>\n<p>b</p>\n</blockquote>\n",
		"- a <!-- hidden -->\n- <!-- hidden -->\n  b":        "<ul>\n<li>a </li>\n<li>b</li>\n</ul>\n",
		"## A <!-- hidden --> b":                             "<h2 id=\"a-b\">A b</h2>\n",
		"![a <!-- hidden --> b](c.png \"d<!-- hidden -->\")": "<figure><img src=\"{0}\" alt=\"a b\" loading=\"lazy\"><figcaption>d</figcaption></figure>\n",
		"[[a|b <!-- hidden -->]]":                            "<p><a href=\"{0}\">b</a></p>\n",
		"`<!-- shown -->`":                                   "<p><code>&lt;!-- shown --&gt;</code></p>\n",
	} {
		d := parse(in)
		if got := filled(d); got != want {
			t.Errorf("%q becomes\n%s\nwant\n%s", in, got, want)
		}
		wantReported(t, d)
	}
	for _, in := range []string{"<div>\n<!-- hidden -->\n</div>", "<b title=\"<!-- hidden -->\">", "| a <!-- hidden --> |\n|---|", "> [!note] a <!-- hidden -->"} {
		if d := parse(in); regexp.MustCompile("hidden").Match(d.HTML) {
			t.Errorf("%q becomes\n%s", in, d.HTML)
		}
	}
	d := NewParser().Parse("docs/a.md", []byte("<!-- hidden -->\n# The <!-- hidden --> title \\*&amp;\n"))
	if d.Front.Title != "The title *&" {
		t.Errorf("the title is %q", d.Front.Title)
	}
}

// A record is read although a comment stands behind it, and a line of it that stands in
// the text is found.
func TestRecordInText(t *testing.T) {
	wantReported(t, parse(short("reported", "a")+"> <!-- hidden -->\n"))
	wantReported(t, parse("> [!reported] A {#a}\n> Text.\n> Wording: could\n>\n> * about: [[c]]\n>\n> - source: [[s]]\n> - held by: [[h]]\n"),
		"6:3: warning: \"Wording: could\" is not in the record of this claim\n  hint: write it into the list at its end: - Wording: could",
		"8:5: warning: \"about: [[c]]\" is not in the record of this claim\n  hint: write it into the list at its end: - about: [[c]]")
}

func TestEastAsianText(t *testing.T) {
	for in, want := range map[string]string{
		"这是第一行\n这是第二行":             "<p>这是第一行这是第二行</p>\n",
		"これは、\n*日本*\nです。\nA":       "<p>これは、<em>日本</em>です。\nA</p>\n",
		"> 第一行\n> 第二行 \n> [[a|三]]": "<blockquote>\n<p>第一行第二行<a href=\"{0}\">三</a></p>\n</blockquote>\n",
		"한국어\n문장":                  "<p>한국어\n문장</p>\n",
		"ไทย\nไทย":                 "<p>ไทย\nไทย</p>\n",
		"中文\nEnglish":              "<p>中文\nEnglish</p>\n",
		"中文  \n中文":                 "<p>中文<br>\n中文</p>\n",
		"这是**重要。**继续。":             "<p>这是<strong>重要。</strong>继续。</p>\n",
		"中**“引”**文*（甲）*乙":          "<p>中<strong>“引”</strong>文<em>（甲）</em>乙</p>\n",
		"한국어**(강조)**는 ~~(삭)~~는":    "<p>한국어<strong>(강조)</strong>는 <del>(삭)</del>는</p>\n",
		"คำ**(ก)**ต่อ":             "<p>คำ<strong>(ก)</strong>ต่อ</p>\n",
	} {
		d := parse(in)
		if got := filled(d); got != want {
			t.Errorf("%q becomes\n%s\nwant\n%s", in, got, want)
		}
		wantReported(t, d)
	}
	if d := NewParser().Parse("docs/a.md", []byte("第一\n第二\n===\n")); d.Front.Title != "第一第二" {
		t.Errorf("the title is %q", d.Front.Title)
	}
}

func TestOutlineWithoutNotes(t *testing.T) {
	d := parse("## Noted[^1] so\n\n[^1]: x")
	if h := d.Headings[0]; h.Text != "Noted so" || h.ID != "noted-so" {
		t.Errorf("the heading is %+v", h)
	}
}

// After a hundred leftovers of a page one more warning says that there are others, and
// a long line is read in linear time.
func TestManyLeftovers(t *testing.T) {
	d := parse(strings.Repeat("[[a b ", 300) + strings.Repeat("[", 1<<20) + "\n")
	if n := len(d.Diagnostics); n != 101 || d.Diagnostics[100].Message != "more markup of this page is shown as text" {
		t.Errorf("%d findings, the last is %v", n, d.Diagnostics[n-1])
	}
}
