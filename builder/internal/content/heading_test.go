package content

import (
	"reflect"
	"testing"
)

func TestHeadings(t *testing.T) {
	d := parse("## One\n\ntext\n\n### \"Two\" & `three`\n\n## One\n\n## Own name {#own}\n\n## …\n\nSetext\n------\n\n#### Four {#four .wide lang=ur}\n")
	want := []Heading{
		{Level: 2, ID: "one", Text: "One"},
		{Level: 3, ID: "two-three", Text: "“Two” & three"},
		{Level: 2, ID: "one-2", Text: "One"},
		{Level: 2, ID: "own", Text: "Own name"},
		{Level: 2, ID: "section", Text: "…"},
		{Level: 2, ID: "setext", Text: "Setext"},
		{Level: 4, ID: "four", Text: "Four"},
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
		"## A *b* [c](d.md)":         "<h2 id=\"a-b-c\">A <em>b</em> <a href=\"{0}\">c</a></h2>\n",
		"## A {#x .y .z lang=en}":    "<h2 id=\"x\" class=\"y z\" lang=\"en\" dir=\"ltr\">A</h2>\n",
		"## A {dir=rtl}":             "<h2 id=\"a\" dir=\"rtl\">A</h2>\n",
		"## A {lang=5}":              "<h2 id=\"a\">A</h2>\n", // a number is no language
		"## A \\{#x}":                "<h2 id=\"a-x\">A {#x}</h2>\n",
		"## پاکستان":                 "<h2 id=\"پاکستان\">پاکستان</h2>\n",
		"## A ##":                    "<h2 id=\"a\">A</h2>\n",
		"##not one":                  "<p>##not one</p>\n",
		"## [[ttp|The *TTP*]] today": "<h2 id=\"the-ttp-today\"><a href=\"{0}\">The *TTP*</a> today</h2>\n",
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
		{"## A {#b}\n\n## C {#b}\n", "b", "b", []string{"6:1: error: the id \"b\" stands on this page twice\n  hint: give each heading an id of its own"}},
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
		{"front matter wins", "---\ntitle: A\n---\n# B\n\ntext", "A", "<p>text</p>\n", nil},
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
