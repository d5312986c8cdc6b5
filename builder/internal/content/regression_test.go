package content

import (
	"strings"
	"testing"

	"analysis/builder/internal/frontmatter"
)

// Parsing never fails, whatever stands in a heading's braces.
func TestBugHeadingIDThatIsNoText(t *testing.T) {
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

// A link in a link is no HTML.
func TestBugLinkInLink(t *testing.T) {
	for _, in := range []string{"[a [[b]] c](d.md)", "[a <https://example.org> c](d.md)", "[a[^1]](b.md)\n\n[^1]: x"} {
		d := parse(in)
		if len(d.Diagnostics) == 0 {
			t.Errorf("%q becomes %s and nothing is reported", in, d.HTML)
		}
	}
}

// Files of old Macs.
func TestBugLineEnds(t *testing.T) {
	d := NewParser().Parse("docs/a.md", []byte("---\rtitle: T\rnosuch: 1\r---\r[[a]]\r"))
	if d.Front.Title != "T" || len(d.Links) != 1 || d.Links[0].Line != 5 || d.Diagnostics[0].Line != 3 {
		t.Errorf("old Mac line ends: %+v", d)
	}
}

// Raw HTML and addresses are text, also in titles and descriptions; a line
// break parts words.
func TestBugPlainTextOfNodes(t *testing.T) {
	for src, want := range map[string]string{"# The <b> tag": "The <b> tag", "# On <https://example.org>": "On https://example.org", "One\\\ntwo\n===": "One two"} {
		if got := NewParser().Parse("docs/a.md", []byte(src)).Front.Title; got != want {
			t.Errorf("%q has the title %q, want %q", src, got, want)
		}
	}
	if got := string(parse("![the <b> tag](a.png)").HTML); !strings.Contains(got, `alt="the &lt;b&gt; tag"`) {
		t.Error(got)
	}
}

// There is no first heading of level one, so this is not the second.
func TestBugHeadingOfLevelOneFurtherDown(t *testing.T) {
	d := NewParser().Parse("docs/a.md", []byte("text\n\n# B\n"))
	for _, f := range d.Diagnostics {
		if strings.Contains(f.Message, "second") {
			t.Error(f)
		}
	}
}

// Site.yaml has no front matter.
func TestBugConfigIsNoFrontMatter(t *testing.T) {
	_, found := frontmatter.ParseConfig([]byte("language: en\n"))
	if len(found) != 1 || strings.Contains(found[0].Message, "front matter") {
		t.Error(found)
	}
}

// A footnote without a text is looked for in the source, and found
// anywhere.
func TestBugPositionOfMissingFootnote(t *testing.T) {
	wantReported(t, parse("`[^x]` is code\n\nbut [^x] is not"), "6:5: error: no footnote \"x\"\n  hint: write it at the end of the file: [^x]: text")
	wantReported(t, parse("one\n\ntwo [^a&b]"), "6:5: error: no footnote \"a&b\"\n  hint: write it at the end of the file: [^a&b]: text")
}

// An id of a heading and one of a passage, or of a footnote, may be alike.
func TestBugIDsTwice(t *testing.T) {
	d := NewParser().Parse("sources/a.md", []byte("---\ntitle: A\ntype: column\npassages: [{n: 1, gist: a}]\n---\n## P1\n"))
	if d.Headings[0].ID == "p1" && len(d.Diagnostics) == 0 {
		t.Errorf("anchors %q", d.Anchors)
	}
}

// A title cannot keep what only a body can show.
func TestBugTitleWithMoreThanText(t *testing.T) {
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

func TestBugHeadingIDWithASpace(t *testing.T) {
	wantReported(t, parse("## A {id=\"f g\"}"), "4:1: error: the id \"f g\" has a space in it\n  hint: write {#f-g}")
}

// A mark that is spelt with an entity or an escape is meant as text.
func TestBugFootnoteMarkMeantAsText(t *testing.T) {
	for _, in := range []string{strings.Repeat("[^&nGt;]", 12), `Write \[^1] to make a footnote.`} {
		if d := parse(in); len(d.Diagnostics) != 0 {
			t.Errorf("%q: %v", in, d.Diagnostics)
		}
	}
}
