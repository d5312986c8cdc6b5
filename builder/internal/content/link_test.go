package content

import (
	"reflect"
	"testing"
)

func TestLinks(t *testing.T) {
	for _, c := range []struct {
		name, in, want string // HTML with {n} where the n-th link's address goes
		links          []Link // At is checked against the HTML below
	}{
		{"relative", "[text](../actors/ttp.md)", "<p><a href=\"{0}\">text</a></p>\n",
			[]Link{{Form: Relative, Target: "../actors/ttp.md", Line: 4, Column: 1}}},
		{"relative with an anchor", "a [text](ttp.md#history) b", "<p>a <a href=\"{0}\">text</a> b</p>\n",
			[]Link{{Form: Relative, Target: "ttp.md", Fragment: "history", Line: 4, Column: 3}}},
		{"anchor on the page itself", "[text](#here)", "<p><a href=\"{0}\">text</a></p>\n",
			[]Link{{Form: Relative, Fragment: "here", Line: 4, Column: 1}}},
		{"percent escapes", "[a](my%20file.md#caf%C3%A9)", "<p><a href=\"{0}\">a</a></p>\n",
			[]Link{{Form: Relative, Target: "my file.md", Fragment: "café", Line: 4, Column: 1}}},
		{"a stray percent sign", "[a](100%.pdf)", "<p><a href=\"{0}\">a</a></p>\n",
			[]Link{{Form: Relative, Target: "100%.pdf", Line: 4, Column: 1}}},
		{"spaces in angles", "[a](<my file.md>)", "<p><a href=\"{0}\">a</a></p>\n",
			[]Link{{Form: Relative, Target: "my file.md", Line: 4, Column: 1}}},
		{"entities and escapes", `[a](b&amp;c\_d.md)`, "<p><a href=\"{0}\">a</a></p>\n",
			[]Link{{Form: Relative, Target: "b&c_d.md", Line: 4, Column: 1}}},
		{"title", `[a](b.md "T & U")`, "<p><a href=\"{0}\" title=\"T &amp; U\">a</a></p>\n",
			[]Link{{Form: Relative, Target: "b.md", Line: 4, Column: 1}}},
		{"by reference", "[a][r] and [r]\n\n[r]: b.md", "<p><a href=\"{0}\">a</a> and <a href=\"{1}\">r</a></p>\n",
			[]Link{{Form: Relative, Target: "b.md", Line: 4, Column: 1}, {Form: Relative, Target: "b.md", Line: 4, Column: 12}}},
		{"label with markup", "[*a* `b`](c.md)", "<p><a href=\"{0}\"><em>a</em> <code>b</code></a></p>\n",
			[]Link{{Form: Relative, Target: "c.md", Line: 4, Column: 1}}},
		{"a colon behind a slash is no scheme", "[a](./b:c.md)", "<p><a href=\"{0}\">a</a></p>\n",
			[]Link{{Form: Relative, Target: "./b:c.md", Line: 4, Column: 1}}},
		{"wiki", "[[ttp]]", "<p><a href=\"{0}\">{0 title}</a></p>\n",
			[]Link{{Form: Wiki, Target: "ttp", Line: 4, Column: 1}}},
		{"wiki with a label", "[[ ttp | the \"Pakistani\" Taliban ]]", "<p><a href=\"{0}\">the “Pakistani” Taliban</a></p>\n",
			[]Link{{Form: Wiki, Target: "ttp", Line: 4, Column: 1}}},
		{"wiki with an anchor", "[[ttp#history]], [[#here]]", "<p><a href=\"{0}\">{0 title}</a>, <a href=\"{1}\">{1 title}</a></p>\n",
			[]Link{{Form: Wiki, Target: "ttp", Fragment: "history", Line: 4, Column: 1}, {Form: Wiki, Fragment: "here", Line: 4, Column: 18}}},
		{"wiki by title", "[[Safe havens]]", "<p><a href=\"{0}\">{0 title}</a></p>\n",
			[]Link{{Form: Wiki, Target: "Safe havens", Line: 4, Column: 1}}},
		{"wiki label is text", "[[ttp|a < b &amp; \\*c\\*<!-- d -->]]", "<p><a href=\"{0}\">a &lt; b &amp; *c*</a></p>\n",
			[]Link{{Form: Wiki, Target: "ttp", Line: 4, Column: 1}}},
		{"wiki keeps percent signs", "[[100%20]]", "<p><a href=\"{0}\">{0 title}</a></p>\n",
			[]Link{{Form: Wiki, Target: "100%20", Line: 4, Column: 1}}},
		// A title that is not known yet would be missing from the outline.
		{"wiki in a heading shows what was written", "## On [[The TTP]]", "<h2 id=\"on-the-ttp\">On <a href=\"{0}\">The TTP</a></h2>\n",
			[]Link{{Form: Wiki, Target: "The TTP", Line: 4, Column: 7}}},
		{"wiki over lines", "> a [[ttp|the\n> Pakistani\n> group]] [[Safe\n> havens]]", "<blockquote>\n<p>a <a href=\"{0}\">the Pakistani group</a> <a href=\"{1}\">{1 title}</a></p>\n</blockquote>\n",
			[]Link{{Form: Wiki, Target: "ttp", Line: 4, Column: 5}, {Form: Wiki, Target: "Safe havens", Line: 6, Column: 11}}},
		{"wiki over lines without spaces", "[[ttp|塔利\n班]]", "<p><a href=\"{0}\">塔利班</a></p>\n",
			[]Link{{Form: Wiki, Target: "ttp", Line: 4, Column: 1}}},
		{"brackets in a label", "[[ttp|a [b] c]] [[ttp|[b]]]", "<p><a href=\"{0}\">a [b] c</a> <a href=\"{1}\">[b]</a></p>\n",
			[]Link{{Form: Wiki, Target: "ttp", Line: 4, Column: 1}, {Form: Wiki, Target: "ttp", Line: 4, Column: 17}}},
		{"in a list and a quotation", "- [[a]]\n\n> [b](b.md)", "<ul>\n<li><a href=\"{0}\">{0 title}</a></li>\n</ul>\n<blockquote>\n<p><a href=\"{1}\">b</a></p>\n</blockquote>\n",
			[]Link{{Form: Wiki, Target: "a", Line: 4, Column: 3}, {Form: Relative, Target: "b.md", Line: 6, Column: 3}}},
		{"not in code", "`[[a]]` and `[b](b.md)`", "<p><code>[[a]]</code> and <code>[b](b.md)</code></p>\n", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := parse(c.in)
			if got := filled(d); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
			for i := range d.Links {
				d.Links[i].At = 0
			}
			if !reflect.DeepEqual(d.Links, c.links) {
				t.Errorf("links\n%+v\nwant\n%+v", d.Links, c.links)
			}
			wantReported(t, d)
		})
	}
}

// A bar divides cells, but not that of a link.
func TestWikilinkInTable(t *testing.T) {
	for _, in := range []string{
		"| a | [[c|d]] |\n|---|---|\n| [[ttp\\|the group]] | [[kabul]] |\n",
		"| a | [[c\\|d]] |\n|---|---|\n| [[ttp|the group]] | [[kabul]] |\n",
		"a | [[c|d]]\n---|---\n[[ttp|the group]] | [[kabul]]\n",
	} {
		d := parse(in)
		want := "<div class=\"scroll\" tabindex=\"0\">\n<table>\n<thead>\n<tr>\n<th scope=\"col\">a</th>\n<th scope=\"col\"><a href=\"{0}\">d</a></th>\n</tr>\n</thead>\n" +
			"<tbody>\n<tr>\n<td><a href=\"{1}\">the group</a></td>\n<td><a href=\"{2}\">{2 title}</a></td>\n</tr>\n</tbody>\n</table>\n</div>\n"
		if got := filled(d); got != want {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
		if d.Links[1].Target != "ttp" || d.Links[2].Target != "kabul" {
			t.Errorf("links to %q and %q", d.Links[1].Target, d.Links[2].Target)
		}
		wantReported(t, d)
	}
}

// Backlinks look for a link's sentence around its label.
func TestLinkAtItsLabel(t *testing.T) {
	d := parse("One [two](a.md \"T\") three [[b|four]] five [[c]] six ![seven](d.png).\n\n## [[e]]\n")
	for i, want := range []string{"two</a> ", "four</a>", "</a> six", "\" alt=\"s", "e</a></h"} {
		at := d.Links[i].At
		if got := string(d.HTML[at : at+len(want)]); got != want {
			t.Errorf("link %d is noted before %q, want %q", i, got, want)
		}
	}
}

func TestBadLinks(t *testing.T) {
	scheme := "\n  hint: links may begin with https:, http: or mailto:"
	for in, want := range map[string]string{
		"x [a](//example.org/)":     "4:3: error: the link \"//example.org/\" names no scheme\n  hint: begin the link with https://",
		"x [a](ftp://example.org/)": "4:3: error: the scheme of \"ftp://example.org/\" is not allowed" + scheme,
		"x [a](https:example.org)":  "4:3: error: the scheme of \"https:example.org\" is not allowed" + scheme,
		"x <tel:+92511234567>":      "4:3: error: the scheme of \"tel:+92511234567\" is not allowed" + scheme,
		"x [[wiki:ttp]]":            "4:3: error: the scheme of \"wiki:ttp\" is not allowed" + scheme,
		"x [[mailto:a@b.org]]":      "4:3: error: the scheme of \"mailto:a@b.org\" is not allowed" + scheme,
		"x [a]()":                   "4:3: error: this link leads nowhere\n  hint: say where it leads",
		"x [a](#)":                  "4:3: error: this link leads nowhere\n  hint: say where it leads",
		"x [[]]":                    "4:3: error: this link leads nowhere\n  hint: say where it leads",
		"x [[|a]]":                  "4:3: error: this link leads nowhere\n  hint: say where it leads",
		"x[^no] y":                  "4:2: error: no footnote \"no\"\n  hint: write it at the end of the file: [^no]: text",
	} {
		d := parse(in)
		wantReported(t, d, want)
	}
}

// A link in a link is no HTML.
func TestLinkInLink(t *testing.T) {
	for _, in := range []string{"[a [[b]] c](d.md)", "[a <https://example.org> c](d.md)", "[a[^1]](b.md)\n\n[^1]: x"} {
		d := parse(in)
		if len(d.Diagnostics) == 0 {
			t.Errorf("%q becomes %s and nothing is reported", in, d.HTML)
		}
	}
}
