package content

import (
	"reflect"
	"strings"
	"testing"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/frontmatter"
)

// parseFront parses a page of a kind that has only front matter.
func parseFront(path, front string) *Document {
	return NewParser().Parse(path, []byte("---\n"+front+"---\n"))
}

const digest = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

func TestFront(t *testing.T) {
	at := func(file string, line, column int) diag.Position {
		return diag.Position{File: file, Line: line, Column: column}
	}
	for _, c := range []struct {
		path, front string
		want        frontmatter.Front
	}{
		{"docs/a.md", "title: The \"one\"\nsummary: It's this.\naliases: [\"a 'b'\", {name: c, autolink: false}]\nweight: 10\ndraft: true\n" +
			"updated: 2024-12-24\nlayout: wide\nautolink: false\nredirect_from: [old/name/, /older]\n", frontmatter.Front{
			Title: "The “one”", Summary: "It’s this.", Weight: 10, Draft: true, Updated: "2024-12-24", Layout: "wide", LayoutAt: at("docs/a.md", 8, 9), NoAutolink: true,
			Aliases:      []frontmatter.Alias{{Name: "a ‘b’", At: at("docs/a.md", 4, 11)}, {Name: "c", NoAutolink: true, At: at("docs/a.md", 4, 27)}},
			RedirectFrom: []frontmatter.Redirect{{Path: "old/name/", At: at("docs/a.md", 10, 17)}, {Path: "older/", At: at("docs/a.md", 10, 28)}},
		}},
		{"actors/a.md", "title: A\ntype: armed group\npart_of: b\n", frontmatter.Front{
			Title: "A", Type: "armed group", Refs: []frontmatter.Ref{{Key: "part_of", ID: "b", At: at("actors/a.md", 4, 10)}},
		}},
		{"places/a.md", "title: A\ntype: river's bend\n", frontmatter.Front{Title: "A", Type: "river’s bend"}},
		{"concepts/a.md", "title: A\ntype: doctrine\n", frontmatter.Front{Title: "A", Type: "doctrine"}},
		{"events/a.md", "title: A\ndate: 2024-12\nprecision: month\nplaces: [b]\nactors: [c, d]\n" +
			"figures:\n  - {what: dead, value: \"46\", claimant: the ministry, source: s, date: 2024-12-25}\n", frontmatter.Front{
			Title: "A", Date: "2024-12", Precision: "month", PrecisionAt: at("events/a.md", 4, 12),
			Refs:    []frontmatter.Ref{{Key: "places", ID: "b", At: at("events/a.md", 5, 10)}, {Key: "actors", ID: "c", At: at("events/a.md", 6, 10)}, {Key: "actors", ID: "d", At: at("events/a.md", 6, 13)}},
			Figures: []frontmatter.Figure{{What: "dead", Value: "46", Claimant: "the ministry", Source: frontmatter.Ref{Key: "source", ID: "s", At: at("events/a.md", 8, 63)}, Date: "2024-12-25"}},
		}},
		{"sources/a.md", "title: A\ntype: column\nauthor: B\npublisher: C\npublished: 2024\nurl: https://example.org/a?b\nperspective: D\nreliability: E\n" +
			"passages:\n  - {n: 1, gist: \"What's said\", sha256: " + digest + "}\n  - {n: 2, gist: more}\n", frontmatter.Front{
			Title: "A", Type: "column", Author: "B", Publisher: "C", Published: "2024", URL: "https://example.org/a?b", Perspective: "D", Reliability: "E",
			Passages: []frontmatter.Passage{{N: 1, Gist: "What’s said", SHA256: digest, At: at("sources/a.md", 11, 5)}, {N: 2, Gist: "more", At: at("sources/a.md", 12, 5)}},
		}},
	} {
		d := parseFront(c.path, c.front)
		if !reflect.DeepEqual(d.Front, c.want) {
			t.Errorf("%s: got\n%+v\nwant\n%+v", c.path, d.Front, c.want)
		}
		wantReported(t, d)
	}
}

// Links lead to the passages of a source as they do to headings.
func TestPassagesAreAnchors(t *testing.T) {
	d := NewParser().Parse("sources/a.md", []byte("---\ntitle: A\ntype: column\npassages: [{n: 1, gist: a}, {n: 12, gist: b}]\n---\n## More\n"))
	if want := []string{"p1", "p12", "more"}; !reflect.DeepEqual(d.Anchors, want) {
		t.Errorf("anchors %q, want %q", d.Anchors, want)
	}
}

// The kinds of mistake that any key may have.
func TestFrontMistakes(t *testing.T) {
	for front, want := range map[string]string{
		"title: T\ntitel: U\n":                        "3:1: error: unknown key \"titel\"\n  hint: did you mean \"title\"?",
		"title: T\nzzz: U\n":                          "3:1: error: unknown key \"zzz\"\n  hint: the keys here are aliases, autolink, dir, draft, lang, layout, menu, picture, redirect_from, shows, summary, title, updated, weight",
		"title: T\ntitle: U\n":                        "3:1: error: key \"title\" stands here twice\n  hint: keep one of the two",
		"title: T\nsummary:\n":                        "3:1: error: key \"summary\" has no value\n  hint: give it a value or take the line away",
		"title: T\nsummary: \"\"\n":                   "3:10: error: this text is empty\n  hint: write something or take the line away",
		"title: 2024\n":                               "2:8: error: this must be text, not a number\n  hint: put it in quotes: \"2024\"",
		"title: 2024-12-24\n":                         "2:8: error: this must be text, not a date\n  hint: put it in quotes: \"2024-12-24\"",
		"title: yes\nsummary: true\n":                 "3:10: error: this must be text, not true or false\n  hint: put it in quotes: \"true\"",
		"title: {a: b}\n":                             "2:8: error: this must be text, not a mapping\n  hint: write plain text",
		"title: T\nweight: \"10\"\n":                  "3:9: error: this must be a whole number, not text\n  hint: write a number such as 10 without quotes",
		"title: T\nweight: 1.5\n":                     "3:9: error: this must be a whole number, not a number\n  hint: write a number such as 10 without quotes",
		"title: T\ndraft: \"true\"\n":                 "3:8: error: this must be true or false, not text\n  hint: write true or false without quotes",
		"title: T\nautolink: [no]\n":                  "3:11: error: this must be true or false, not a list\n  hint: write true or false without quotes",
		"title: T\nupdated: 24.12.2024\n":             "3:10: error: \"24.12.2024\" is not a date\n  hint: write it as 2024-12-24, 2024-12 or 2024",
		"title: T\naliases: a\n":                      "3:10: error: this must be a list, not text\n  hint: write it as a list: [one, two]",
		"title: T\naliases: [[a]]\n":                  "3:11: error: this must be text, not a list\n  hint: write plain text",
		"title: T\naliases: [{nam: a, name: b}]\n":    "3:12: error: unknown key \"nam\"\n  hint: did you mean \"name\"?",
		"title: T\naliases: [{autolink: false}]\n":    "3:11: error: this alias lacks the key \"name\"\n  hint: add a line `name: …`",
		"title: &a T\n":                               "2:8: error: YAML anchors and aliases are not supported\n  hint: write the value out",
		"- title\n":                                   "2:1: error: the front matter must be a mapping, not a list\n  hint: write it as lines of `key: value`",
		"just text\n":                                 "2:1: error: the front matter must be a mapping, not text\n  hint: write it as lines of `key: value`",
		"title: a: b\n":                               "2:1: error: this is not YAML: mapping values are not allowed in this context\n  hint: each line is `key: value`; put a value that holds `: ` or begins with a sign into quotes",
		"title: T\nredirect_from: [../x]\n":           "3:17: error: \"../x\" is no address to redirect from\n  hint: write an old address of this site, such as old/name/",
		"title: T\nredirect_from: [/]\n":              "3:17: error: \"/\" is no address to redirect from\n  hint: write an old address of this site, such as old/name/",
		"title: T\nredirect_from: [a//b]\n":           "3:17: error: \"a//b\" is no address to redirect from\n  hint: write an old address of this site, such as old/name/",
		"title: T\nredirect_from: [\"a?b\"]\n":        "3:17: error: \"a?b\" is no address to redirect from\n  hint: write an old address of this site, such as old/name/",
		"title: T\nredirect_from: [https://a.org/]\n": "3:17: error: \"https://a.org/\" is no address to redirect from\n  hint: write an old address of this site, such as old/name/",
	} {
		t.Run(front, func(t *testing.T) { wantReported(t, parseFront("docs/page.md", front), want) })
	}
}

func TestSummaryLength(t *testing.T) {
	wantReported(t, parseFront("docs/page.md", "title: T\nsummary: "+strings.Repeat("é", 300)+"\n"))
	wantReported(t, parseFront("docs/page.md", "title: T\nsummary: "+strings.Repeat("é", 301)+"\n"),
		"3:10: error: this is 301 characters long\n  hint: shorten it to at most 300 characters")
}

func TestFrontFences(t *testing.T) {
	for _, c := range []struct {
		name, src, title, html string
		want                   []string
	}{
		{"closed at the end of the file", "---\ntitle: T\n---", "T", "", nil},
		{"spaces behind the closing line", "---\ntitle: T\n---  \ntext", "T", "<p>text</p>\n", nil},
		{"longer lines do not close", "---\ntitle: T\nsummary: |\n  a\n  ----\n---\ntext", "T", "<p>text</p>\n", nil},
		{"a rule in the body", "---\ntitle: T\n---\na\n\n---\n\nb", "T", "<p>a</p>\n<hr>\n<p>b</p>\n", nil},
		{"not at the beginning", "# T\n\n---\na: b\n---\n", "T", "<hr>\n<h2 id=\"a-b\">a: b</h2>\n", nil},
		{"no end", "---\ntitle: T\n\ntext\n", "", "", []string{"1:1: error: the front matter has no end\n  hint: put a line with three hyphens after its last key"}},
		{"nothing in it", "---\n---\n# T\n", "T", "", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := NewParser().Parse("docs/page.md", []byte(c.src))
			if d.Front.Title != c.title || string(d.HTML) != c.html {
				t.Errorf("title %q and HTML %q, want %q and %q", d.Front.Title, d.HTML, c.title, c.html)
			}
			wantReported(t, d, c.want...)
		})
	}
}

// All mistakes of a file are found at once, in front matter and body.
func TestAllMistakesAtOnce(t *testing.T) {
	d := NewParser().Parse("docs/page.md", []byte("---\ntitle: T\nweight: x\ndraft: y\n---\n[a](/b)\n\n> [!nosuch]\n\n[c]()\n"))
	if got := len(d.Diagnostics); got != 5 {
		t.Errorf("%d findings, want 5: %v", got, d.Diagnostics)
	}
}
