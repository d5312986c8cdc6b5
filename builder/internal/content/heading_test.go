package content

import (
	"reflect"
	"strings"
	"testing"
)

func TestHeadings(t *testing.T) {
	d := parse("## One\n\ntext\n\n### \"Two\" & `three`\n\n## One\n\n## Own name {#own}\n\n## …\n\nSetext\n------\n\n#### Four {#four .wide lang=ur}\n")
	want := []Heading{
		{Level: 2, ID: "one", HostID: "one", Text: "One"},
		{Level: 3, ID: "two-three", HostID: "two--three", Text: "“Two” & three"},
		{Level: 2, ID: "one-2", HostID: "one-1", Text: "One"},
		{Level: 2, ID: "own", HostID: "own-name-own", Text: "Own name"},
		{Level: 2, ID: "section", Text: "…"},
		{Level: 2, ID: "setext", HostID: "setext", Text: "Setext"},
		{Level: 4, ID: "four", HostID: "four-four", Text: "Four"},
	}
	for i, h := range d.Headings {
		if got, want := string(d.HTML[h.At:h.At+2]), "<h"; got != want {
			t.Errorf("heading %q is noted before %q, want %q", h.ID, got, want)
		}
		d.Headings[i].At = 0
	}
	if !reflect.DeepEqual(d.Headings, want) {
		t.Errorf("got\n%+v\nwant\n%+v", d.Headings, want)
	}
	if want := []string{"one", "two-three", "one-2", "own", "section", "setext", "four"}; !reflect.DeepEqual(d.Anchors, want) {
		t.Errorf("anchors %q, want %q", d.Anchors, want)
	}
	wantReported(t, d, "19:1: warning: this heading jumps from level 2 to level 4\n  hint: write it with ###")
}

func TestHeadingHTML(t *testing.T) {
	for in, want := range map[string]string{
		"## A *b* [c](d.md)":       "<h2 id=\"a-b-c\">A <em>b</em> <a href=\"{0}\">c</a></h2>\n",
		"## A {#x .y .z lang=en}":  "<h2 id=\"x\" class=\"y z\" lang=\"en\" dir=\"ltr\">A</h2>\n",
		"## A {dir=rtl}":           "<h2 id=\"a\" dir=\"rtl\">A</h2>\n",
		"## A \\{#x}":              "<h2 id=\"a-x\">A {#x}</h2>\n",
		"## پاکستان":               "<h2 id=\"پاکستان\">پاکستان</h2>\n",
		"## A ##":                  "<h2 id=\"a\">A</h2>\n",
		"## [[ttp|The TTP]] today": "<h2 id=\"the-ttp-today\"><a href=\"{0}\">The TTP</a> today</h2>\n",
	} {
		d := parse(in)
		if got := filled(d); got != want {
			t.Errorf("%q becomes\n%s\nwant\n%s", in, got, want)
		}
		wantReported(t, d)
	}
}

func TestHeadingIDs(t *testing.T) {
	for _, c := range []struct {
		in, first, second string
		want              []string
	}{
		{"## A\n\n## A-2\n\n## A\n", "a", "a-2", nil},
		{"## A {#b}\n\n## B\n", "b", "b-2", nil},
		{"## B\n\n## A {#b}\n", "b-2", "b", nil}, // the written one stands
		{"## Site main\n\n## The site main\n", "the-site-main", "the-site-main-2", nil},
		{"## A {#site-main}\n\n## B\n", "site-main", "b", []string{"4:1: error: the id \"site-main\" is one of those that layouts use\n  hint: write {#the-site-main}"}},
		{"## \u2699\ufe0f How it works\n\n## Afgha\u00adnistan\n", "how-it-works", "afghanistan", nil},
		{"<a id=\"b\"></a>\n<a name='c'></a> <a id=\"a\"></a>\n\n## A\n\n## B\n", "a-2", "b-2", []string{"5:1: warning: HTML is shown as text\n  hint: write Markdown; put code between backticks"}},
		{"## A {#b}\n\nText <a id=\"b\"></a>\n\n## C\n", "b", "c", []string{"6:6: error: the id \"b\" stands on this page twice\n  hint: give each heading and anchor an id of its own"}},
		{"## A {#b}\n\n## C {#b}\n", "b", "b", []string{"6:1: error: the id \"b\" stands on this page twice\n  hint: give each heading and anchor an id of its own"}},
	} {
		d := parse(c.in)
		if d.Headings[0].ID != c.first || d.Headings[1].ID != c.second {
			t.Errorf("%q: ids %q and %q, want %q and %q", c.in, d.Headings[0].ID, d.Headings[1].ID, c.first, c.second)
		}
		seen := map[string]bool{}
		for _, h := range d.Headings {
			if seen[h.ID] && c.want == nil {
				t.Errorf("%q: the id %q stands there twice", c.in, h.ID)
			}
			seen[h.ID] = true
		}
		wantReported(t, d, c.want...)
	}
}

func TestTitle(t *testing.T) {
	const missing = "1:1: error: this page has no title\n  hint: begin the file with front matter: a line ---, a line `title: …`, a line ---"
	for _, c := range []struct {
		name, src, title, html string
		want                   []string
	}{
		{"from front matter", "---\ntitle: The \"one\"\n---\ntext", "The “one”", "<p>text</p>\n", nil},
		{"from the first heading", "# The *one* & `two`\n\ntext", "The one & two", "<p>text</p>\n", nil},
		{"from a setext heading", "The one\n=======\n\ntext", "The one", "<p>text</p>\n", nil},
		{"twice the same", "---\ntitle: It's A\n---\n# it’s *a* <!-- so -->\n\ntext", "It’s A", "<p>text</p>\n", nil},
		{"front matter wins", "---\ntitle: A\n---\n# B\n\n## C", "A", "<h2 id=\"b\">B</h2>\n<h2 id=\"c\">C</h2>\n",
			[]string{"4:1: warning: the page's title is \"A\", and this heading is another\n  hint: keep one of the two, or write ## for a heading of the text"}},
		{"a second one", "# A\n\n# B", "A", "<h1 id=\"b\">B</h1>\n",
			[]string{"3:1: error: a heading of level one below the title\n  hint: write ## for a heading; only the title, above all else, may have #"}},
		{"none", "text", "", "<p>text</p>\n", []string{missing}},
		{"an empty file", "", "", "", []string{missing}},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := NewParser().Parse("docs/page.md", []byte(c.src))
			if d.Front.Title != c.title {
				t.Errorf("title %q, want %q", d.Front.Title, c.title)
			}
			if got := string(d.HTML); got != c.html {
				t.Errorf("got\n%s\nwant\n%s", got, c.html)
			}
			wantReported(t, d, c.want...)
		})
	}
}

// Parsing never fails, whatever stands in a heading's braces.
func TestHeadingIDThatIsNoText(t *testing.T) {
	for _, in := range []string{"## A {id=5}", "## A {id=true}", "## A {id=null}", "## A {id=[1]}", "## A {#}"} {
		func() {
			defer func() {
				if r := recover(); r != nil {
					t.Errorf("%q: %v", in, r)
				}
			}()
			if got, want := string(parse(in).HTML), "<h2 id=\"a\">A</h2>\n"; got != want {
				t.Errorf("%q becomes %q, want %q", in, got, want)
			}
		}()
	}
}

// There is no first heading of level one, so this is not the second.
func TestHeadingOfLevelOneFurtherDown(t *testing.T) {
	d := NewParser().Parse("docs/a.md", []byte("text\n\n# B\n"))
	for _, f := range d.Diagnostics {
		if strings.Contains(f.Message, "second") {
			t.Error(f)
		}
	}
}

// An id of a heading and one of a passage, or of a footnote, may be alike.
func TestIDsTwice(t *testing.T) {
	d := NewParser().Parse("sources/a.md", []byte("---\ntitle: A\ntype: column\npassages: [{n: 1, gist: a}]\n---\n## P1\n"))
	if d.Headings[0].ID == "p1" && len(d.Diagnostics) == 0 {
		t.Errorf("anchors %q", d.Anchors)
	}
}

// A title cannot keep what only a body can show.
func TestTitleWithMoreThanText(t *testing.T) {
	for _, in := range []string{"# A [b](c.md)\n", "# A [[b]]\n", "# A[^1]\n\n[^1]: x\n", "# ![a](b.png)\n"} {
		d := NewParser().Parse("docs/a.md", []byte(in))
		if len(d.Diagnostics) == 0 || !strings.Contains(d.Diagnostics[0].String(), "1:1: error: a title cannot hold a link, a picture or a footnote") {
			t.Errorf("%q: %v", in, d.Diagnostics)
		}
	}
	if d := NewParser().Parse("docs/a.md", []byte("# A *b* `c` and it's\n")); len(d.Diagnostics) != 0 || d.Front.Title != "A b c and it’s" {
		t.Errorf("%q %v", d.Front.Title, d.Diagnostics)
	}
}

func TestHeadingIDWithASpace(t *testing.T) {
	wantReported(t, parse("## A {id=\"f g\"}"), "4:1: error: the id \"f g\" has a space in it\n  hint: write {#f-g}")
}

// Raw HTML and addresses are text, also in titles and descriptions; a line
// break parts words.
func TestPlainTextOfNodes(t *testing.T) {
	for src, want := range map[string]string{"# The <b> tag": "The <b> tag", "# On <https://example.org>": "On https://example.org", "One\\\ntwo\n===": "One two"} {
		if got := NewParser().Parse("docs/a.md", []byte(src)).Front.Title; got != want {
			t.Errorf("%q has the title %q, want %q", src, got, want)
		}
	}
	if got := string(parse("![the <b> tag](a.png)").HTML); !strings.Contains(got, `alt="the &lt;b&gt; tag"`) {
		t.Error(got)
	}
}
