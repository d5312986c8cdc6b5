package content

import (
	"slices"
	"strings"
	"testing"
)

// A span says of what language or direction a few words are.
func TestSpans(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"language", "a [پښتو]{lang=ps} b", `<p>a <span lang="ps" dir="rtl">پښتو</span> b</p>`},
		{"language and direction", "[x]{lang=ur dir=ltr}", `<p><span lang="ur" dir="ltr">x</span></p>`},
		{"direction alone", "[x]{dir=rtl}", `<p><span dir="rtl">x</span></p>`},
		{"from the left", "[mot]{lang=fr-CA}", `<p><span lang="fr-CA" dir="ltr">mot</span></p>`},
		{"script", "[x]{lang=ku-Arab}", `<p><span lang="ku-Arab" dir="rtl">x</span></p>`},
		{"spaces", "[x]{ lang=ur  dir=rtl }", `<p><span lang="ur" dir="rtl">x</span></p>`},
		{"emphasis inside", "[a *b* c]{lang=fr}", `<p><span lang="fr" dir="ltr">a <em>b</em> c</span></p>`},
		{"emphasis around", "*a [b]{lang=fr} c*", `<p><em>a <span lang="fr" dir="ltr">b</span> c</em></p>`},
		{"link inside", "[a [b](https://example.org/) c]{lang=fr}", `<p><span lang="fr" dir="ltr">a <a href="https://example.org/">b</a> c</span></p>`},
		{"wikilink inside", "[a [[b]] c]{lang=fr}", `<p><span lang="fr" dir="ltr">a <a href="{0}">{0 title}</a> c</span></p>`},
		{"inside a link", "[a [b]{lang=fr} c](https://example.org/)", `<p><a href="https://example.org/">a <span lang="fr" dir="ltr">b</span> c</a></p>`},
		{"address inside", "[a https://example.org/b]{lang=fr}", `<p><span lang="fr" dir="ltr">a https://example.org/b</span></p>`},
		{"two", "[a]{lang=fr}[b]{lang=de}", `<p><span lang="fr" dir="ltr">a</span><span lang="de" dir="ltr">b</span></p>`},
		{"over two lines", "[a\nb]{lang=fr}", "<p><span lang=\"fr\" dir=\"ltr\">a\nb</span></p>"},
		{"code inside", "[a `]` c]{lang=fr}", `<p><span lang="fr" dir="ltr">a <code>]</code> c</span></p>`},
		{"escaped bracket inside", `[a \] c]{lang=fr}`, `<p><span lang="fr" dir="ltr">a ] c</span></p>`},
		{"footnote before", "a[^1][b]{lang=fr}\n\n[^1]: c", ""},
		{"in a list", "- [a]{lang=fr}", "<ul>\n<li><span lang=\"fr\" dir=\"ltr\">a</span></li>\n</ul>"},
		{"in a table", "| a |\n|---|\n| [b]{lang=fr} |", ""},
		{"in a heading", "## [x]{lang=fr}", `<h2 id="x"><span lang="fr" dir="ltr">x</span></h2>`},
		{"at the end of a heading", "## The [x]{lang=fr} {#y}", `<h2 id="y">The <span lang="fr" dir="ltr">x</span></h2>`},
		{"in an underlined heading", "The [x]{lang=fr}\n---", `<h2 id="the-x">The <span lang="fr" dir="ltr">x</span></h2>`},
		{"a heading's own", "## x {lang=ur}", `<h2 id="x" lang="ur" dir="rtl">x</h2>`},
		{"a heading's own id behind brackets", "## [x]{#y}", `<h2 id="y">[x]</h2>`},
		{"behind a wikilink", "## [[x|x]] {lang=fr}", `<h2 id="x" lang="fr" dir="ltr"><a href="{0}">x</a></h2>`},

		// What is no span.
		{"a reference", "[a][b]\n\n[b]: https://example.org/", `<p><a href="https://example.org/">a</a></p>`},
		{"a short reference", "[b] c\n\n[b]: https://example.org/", `<p><a href="https://example.org/">b</a> c</p>`},
		{"escaped", `\[a]{lang=fr}`, `<p>[a]{lang=fr}</p>`},
		{"escaped at its end", `[a\]{lang=fr}`, `<p>[a]{lang=fr}</p>`},
		{"in code", "`[a]{lang=fr}`", `<p><code>[a]{lang=fr}</code></p>`},
		{"ends in code", "[a `b]{lang=fr}`", `<p>[a <code>b]{lang=fr}</code></p>`},
		{"picture", "![a [b]{lang=fr} c](https://example.org/)", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := parse(c.in)
			if got := strings.TrimSuffix(filled(d), "\n"); c.want != "" && got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
			if c.want != "" {
				wantReported(t, d)
			} else if c.name != "picture" && !strings.Contains(string(d.HTML), `<span lang="fr" dir="ltr">b</span>`) {
				t.Errorf("no span in\n%s", d.HTML)
			}
			for _, b := range broken(d, []byte(titled(c.in))) {
				t.Error(b)
			}
		})
	}
}

func TestSpanMistakes(t *testing.T) {
	const bracket = "\n  hint: a span holds no other brackets than those of links; one that is only text is written \\]"
	const form = "\n  hint: write [text]{lang=ur} or [text]{dir=rtl}; a bracket that is only text is written \\["
	for in, want := range map[string][]string{
		"a []{lang=fr}":               {"4:3: error: this span is empty\n  hint: put the words into the brackets"},
		"a [ *ab*]{lng=fr}":           {"4:11: error: unknown attribute \"lng\" of a span\n  hint: did you mean \"lang\"?"},
		"a [b]{}":                     {"4:3: error: this span does not say of what language it is" + form},
		"a [b]{.c}":                   {"4:7: error: unknown attribute \".c\" of a span" + form},
		"a [b]{lang=fr #c}":           {"4:15: error: unknown attribute \"#c\" of a span" + form},
		"a [b]{lang=fr_CA}":           {"4:7: error: \"fr_CA\" is not a language tag\n  hint: write a tag such as en, en-GB or ur"},
		"a [b]{lang}":                 {"4:7: error: \"\" is not a language tag\n  hint: write a tag such as en, en-GB or ur"},
		`a [b]{lang="ur"}`:            {"4:3: error: this is no span" + form},
		"a [b]{lang=*fr*}":            {"4:3: error: this is no span" + form},
		"a [b]{lang=fr":               {"4:3: error: this is no span" + form},
		"a [b]{lang=fr\n}":            {"4:3: error: this is no span" + form},
		"a]{lang=fr}":                 {"4:2: error: no bracket opens this span" + bracket},
		"*a [b* c]{lang=fr}":          {"4:9: error: no bracket opens this span" + bracket},
		"[a [b] c]{lang=fr}":          {"4:9: error: no bracket opens this span" + bracket},
		"[a [b]{lang=ur} c]{lang=fr}": {"4:18: error: no bracket opens this span" + bracket},
		"[[b]]{lang=fr}":              {"4:6: error: these braces are behind a link, not behind a span" + bracket},
		"[b]{lang=fr}\n\n[b]: https://example.org/": {"4:4: error: these braces are behind a link, not behind a span" + bracket},
		"a [b]{dir=up}":                {"4:7: error: \"up\" is no direction\n  hint: write dir=ltr or dir=rtl"},
		"a [b]{lang=fr lang=de}":       {"4:15: error: attribute \"lang\" stands here twice\n  hint: keep one of the two"},
		"a\n[پښتو]{lang=!} \\{lang=x}": {"5:8: error: \"!\" is not a language tag\n  hint: write a tag such as en, en-GB or ur"},
		"# T\n\n## [a]{lang=!}":        {"6:8: error: \"!\" is not a language tag\n  hint: write a tag such as en, en-GB or ur"},
		"# A [b]{lang=!}":              {"4:1: warning: the page's title is \"T\", and this heading is another\n  hint: keep one of the two, or write ## for a heading of the text", "4:9: error: \"!\" is not a language tag\n  hint: write a tag such as en, en-GB or ur"},
		"## a {lang=no_tag}":           {"4:1: error: \"no_tag\" is not a language tag\n  hint: write a tag such as en, en-GB or ur"},
		"## a {dir=up}":                {"4:1: error: \"up\" is no direction\n  hint: write dir=ltr or dir=rtl"},
		"![a [b]{lang=!} c](d.png)":    {"4:9: error: \"!\" is not a language tag\n  hint: write a tag such as en, en-GB or ur"},
	} {
		d := parse(in)
		t.Run(in, func(t *testing.T) {
			wantReported(t, d, want...)
			for _, b := range broken(d, []byte(titled(in))) {
				t.Error(b)
			}
		})
	}
}

// No names are linked in words of another language; in words of another
// direction they are.
func TestSpanRuns(t *testing.T) {
	for in, want := range map[string][]string{
		"a [b]{lang=fr} c":             {"a ", " c"},
		"a [b]{dir=rtl} c":             {"a ", "b", " c"},
		"a [b [c](d.md) e]{lang=fr} f": {"a ", " f"},
		"a [b [c]{dir=rtl} e](f.md) d": {"a ", " d"},
	} {
		if got := runs(parse(in)); !slices.Equal(got, want) {
			t.Errorf("%s: names may be linked in %q, want %q", in, got, want)
		}
	}
}

// Where only the text is kept, that of a span is.
func TestSpanAsText(t *testing.T) {
	if d := NewParser().Parse("docs/a.md", []byte("# The [پښتو]{lang=ps} word\n")); d.Front.Title != "The پښتو word" {
		t.Errorf("the title is %q", d.Front.Title)
	}
	d := parse("## The [پښتو]{lang=ps} word\n\n> [!reported] The [پښتو]{lang=ps} word {#word}\n> It [بل]{lang=ps} stands.\n>\n> - source: [[s]]\n> - held by: [[h]] — in [پښتو]{lang=ps}\n> - wording: [پښتو]{lang=ps}\n")
	wantReported(t, d)
	if h := d.Headings[0]; h.Text != "The پښتو word" || h.ID != "the-پښتو-word" {
		t.Errorf("the heading is %+v", h)
	}
	c := d.Claims[0]
	if c.Title != "The پښتو word" || c.Wording.Text != "پښتو" || c.Lines[1].Note != "in پښتو" {
		t.Errorf("the claim is %+v", c)
	}
	if want := `It <span lang="ps" dir="rtl">بل</span> stands.`; !strings.Contains(string(c.Body.HTML), want) {
		t.Errorf("the claim's page has\n%s\nwant\n%s", c.Body.HTML, want)
	}
}

// Deep and broken nesting takes no longer than its length allows.
func TestSpanNesting(t *testing.T) {
	for _, in := range []string{
		strings.Repeat("[", 5000) + "a]{lang=fr}",
		strings.Repeat("[a", 500) + strings.Repeat("]{lang=fr}", 500),
		strings.Repeat("`", 100) + strings.Repeat("[`", 2000) + "]{lang=fr}",
	} {
		d := parse(in)
		for _, b := range broken(d, []byte(titled(in))) {
			t.Error(b)
		}
	}
}
