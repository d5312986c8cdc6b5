package content

import (
	"testing"

	"analysis/builder/internal/text"
)

// Every feature of the dialect, with the HTML that readers and style sheets
// may rely on.
func TestMarkdown(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"paragraphs", "one\ntwo\n\nthree", "<p>one\ntwo</p>\n<p>three</p>\n"},
		{"hard break by backslash", "one\\\ntwo", "<p>one<br>\ntwo</p>\n"},
		{"hard break by spaces", "one  \ntwo", "<p>one<br>\ntwo</p>\n"},
		{"emphasis", "*a* __b__ ***c*** ~~d~~", "<p><em>a</em> <strong>b</strong> <em><strong>c</strong></em> <del>d</del></p>\n"},
		{"emphasis within a word", "un*believ*able snake_case_name", "<p>un<em>believ</em>able snake_case_name</p>\n"},
		{"code span", "a `b < c` d", "<p>a <code>b &lt; c</code> d</p>\n"},
		{"fenced code", "```go\nif a < b {\n```", "<pre tabindex=\"0\"><code class=\"language-go\">if a &lt; b {\n</code></pre>\n"},
		{"indented code", "    a & b", "<pre tabindex=\"0\"><code>a &amp; b\n</code></pre>\n"},
		{"quotes", `"a" 'b' don't the states'`, "<p>“a” ‘b’ don’t the states’</p>\n"},
		{"dashes and dots", "a -- b --- c...", "<p>a – b — c…</p>\n"},
		{"no typography in code", "`\"a\" -- b...`", "<p><code>&quot;a&quot; -- b...</code></p>\n"},
		{"escapes", `\*a\* \[\[b\]\] 1\. \\`, "<p>*a* [[b]] 1. \\</p>\n"},
		{"entities", "&copy; &#233; &amp; & &nosuch;", "<p>© é &amp; &amp; &amp;nosuch;</p>\n"},
		{"rule", "a\n\n---\n\nb", "<p>a</p>\n<hr>\n<p>b</p>\n"},
		{"quotation", "> a\n> b\n\nc", "<blockquote>\n<p>a\nb</p>\n</blockquote>\n<p>c</p>\n"},
		{"list", "- a\n- b\n  - c", "<ul>\n<li>a</li>\n<li>b\n<ul>\n<li>c</li>\n</ul>\n</li>\n</ul>\n"},
		{"loose list", "- a\n\n- b", "<ul>\n<li>\n<p>a</p>\n</li>\n<li>\n<p>b</p>\n</li>\n</ul>\n"},
		{"numbered list", "3. a\n4. b", "<ol start=\"3\">\n<li>a</li>\n<li>b</li>\n</ol>\n"},
		{"tasks", "- [x] a\n- [ ] b", "<ul>\n" +
			"<li><input type=\"checkbox\" disabled checked aria-label=\"done\"> a</li>\n" +
			"<li><input type=\"checkbox\" disabled aria-label=\"to do\"> b</li>\n</ul>\n"},
		{"definitions", "Term\n: first\n: second", "<dl>\n<dt>Term</dt>\n<dd>first</dd>\n<dd>second</dd>\n</dl>\n"},
		{"table", "| a | b | c | d |\n|---|:--|:-:|--:|\n| 1 | 2 | 3 | 4 |", "<div class=\"scroll\" tabindex=\"0\">\n<table>\n<thead>\n<tr>\n" +
			"<th scope=\"col\">a</th>\n<th scope=\"col\">b</th>\n<th scope=\"col\" class=\"center\">c</th>\n<th scope=\"col\" class=\"right\">d</th>\n" +
			"</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n<td>2</td>\n<td class=\"center\">3</td>\n<td class=\"right\">4</td>\n</tr>\n</tbody>\n</table>\n</div>\n"},
		{"table with a bar in a cell", "| a |\n|---|\n| `x\\|y` z\\|w |", "<div class=\"scroll\" tabindex=\"0\">\n<table>\n<thead>\n<tr>\n" +
			"<th scope=\"col\">a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td><code>x|y</code> z|w</td>\n</tr>\n</tbody>\n</table>\n</div>\n"},
		{"footnote", "a[^n].\n\n[^n]: b", "<p>a<sup id=\"fnref:1\"><a href=\"#fn:1\" class=\"footnote-ref\" role=\"doc-noteref\">1</a></sup>.</p>\n" +
			"<div class=\"footnotes\" role=\"doc-endnotes\">\n<hr>\n<ol>\n<li id=\"fn:1\">\n" +
			"<p>b&#160;<a href=\"#fnref:1\" class=\"footnote-backref\" role=\"doc-backlink\">&#x21a9;&#xfe0e;</a></p>\n</li>\n</ol>\n</div>\n"},
		{"nothing", "", ""},
		{"white space", " \n\t\n", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := parse(c.in)
			if got := string(d.HTML); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
			wantReported(t, d)
		})
	}
}

// Titles and text get the same punctuation.
func TestTypographer(t *testing.T) {
	for _, in := range []string{
		"In the '90s", "'Tis late. Class of '45.", "'liberty', 'every' 'national' 'treaty' 'em'", "'liberty'.", "rock 'n' roll", "a 5'10\" man", "don't 'so'",
		"\"'Tis so,\" he said", "(\"(a)\") l'\"Express\"", "他说\"你好\"吗", "a << b... c--d---e", "the states' 'own' \"way\"", "'s Avonds 'round 'the' 'rest'", "ע\"ר",
	} {
		d := NewParser().Parse("docs/a.md", []byte("# "+in+"\n\n"+in+"\n"))
		if got, want := text.PlainText(d.HTML), text.Typographic(in); got != want || d.Front.Title != want {
			t.Errorf("%s: title %s, text %s, want %s", in, d.Front.Title, got, want)
		}
	}
	if got, want := string(parse("*Dawn*'s \"*a*\" (\"**b**\") \"`c`\".\n\n5\" \"a\"").HTML), "<p><em>Dawn</em>’s “<em>a</em>” (“<strong>b</strong>”) “<code>c</code>”.</p>\n<p>5&quot; “a”</p>\n"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestWebLinks(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"link", "[a](https://example.org/b?c=d&e=f#g)", `<p><a href="https://example.org/b?c=d&amp;e=f#g">a</a></p>` + "\n"},
		{"link with a title", `[a](http://example.org "A & \"B\"")`, `<p><a href="http://example.org" title="A &amp; &quot;B&quot;">a</a></p>` + "\n"},
		{"link by reference", "[a][r]\n\n[r]: https://example.org/", `<p><a href="https://example.org/">a</a></p>` + "\n"},
		{"address with spaces", "[a](<https://example.org/a b>)", `<p><a href="https://example.org/a%20b">a</a></p>` + "\n"},
		{"address in angles", "<https://example.org/a>", `<p><a href="https://example.org/a" class="bare">https://example.org/a</a></p>` + "\n"},
		{"bare address", "see https://example.org/a.", `<p>see <a href="https://example.org/a" class="bare">https://example.org/a</a>.</p>` + "\n"},
		{"bare host", "see www.example.org now", `<p>see <a href="http://www.example.org" class="bare">www.example.org</a> now</p>` + "\n"},
		{"address for its text", "[example.org/a](https://www.example.org/a/)", `<p><a href="https://www.example.org/a/" class="bare">example.org/a</a></p>` + "\n"},
		{"bare address with letters of any script", "https://de.wikipedia.org/wiki/Köln, https://пример.рф/анализ!", `<p><a href="https://de.wikipedia.org/wiki/K%C3%B6ln" class="bare">https://de.wikipedia.org/wiki/Köln</a>, ` +
			`<a href="https://%D0%BF%D1%80%D0%B8%D0%BC%D0%B5%D1%80.%D1%80%D1%84/%D0%B0%D0%BD%D0%B0%D0%BB%D0%B8%D0%B7" class="bare">https://пример.рф/анализ</a>!</p>` + "\n"},
		{"bare address in quotes", `"https://example.org/a" 'https://example.org/b' https://example.org/c’ https://example.org/d” https://example.org/e»`,
			`<p>“<a href="https://example.org/a" class="bare">https://example.org/a</a>” ‘<a href="https://example.org/b" class="bare">https://example.org/b</a>’ <a href="https://example.org/c" class="bare">https://example.org/c</a>’ ` +
				`<a href="https://example.org/d" class="bare">https://example.org/d</a>” <a href="https://example.org/e" class="bare">https://example.org/e</a>»</p>` + "\n"},
		{"bare address before an entity or a sign", "https://example.org/a&quot; b (https://example.org/c_(d)?e=f&g=h) https://example.org/i。他 https://example.org/O'Neill", `<p><a href="https://example.org/a" class="bare">https://example.org/a</a>&quot; b (<a href="https://example.org/c_(d)?e=f&amp;g=h" class="bare">https://example.org/c_(d)?e=f&amp;g=h</a>) ` +
			`<a href="https://example.org/i" class="bare">https://example.org/i</a>。他 <a href="https://example.org/O&#39;Neill" class="bare">https://example.org/O&#39;Neill</a></p>` + "\n"},
		{"mail", "<desk@example.org>", `<p><a href="mailto:desk@example.org" class="bare">desk@example.org</a></p>` + "\n"},
		{"mail link", "[write](mailto:desk@example.org)", `<p><a href="mailto:desk@example.org">write</a></p>` + "\n"},
		{"scheme in capitals", "[a](HTTPS://EXAMPLE.ORG/)", `<p><a href="HTTPS://EXAMPLE.ORG/">a</a></p>` + "\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := parse(c.in)
			if got := string(d.HTML); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
			// They leave the site, so nothing is to be resolved.
			if len(d.Links) > 0 || len(d.Holes) > 0 {
				t.Errorf("noted links %v and holes %v", d.Links, d.Holes)
			}
			wantReported(t, d)
		})
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
		if got := text.CountWords(NewParser().Parse("a.md", []byte("---\ntitle: T\n---\n"+in)).HTML); got != want {
			t.Errorf("%q has %d words, want %d", in, got, want)
		}
	}
}
