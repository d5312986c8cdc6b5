package frontmatter

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/kind"
)

// parse reads the front matter of a page.
func parse(path, front string) (Front, []diag.Diagnostic) {
	f, _, found := Parse(path, kind.Of(path), []byte("---\n"+front+"---\n"))
	return f, append(found, ReportUnknown(&Config{}, f.Unknown)...)
}

// wantMistakes fails unless exactly these findings are made in the front matter of
// a page, in any order.
func wantMistakes(t *testing.T, path, front string, want ...string) {
	t.Helper()
	_, found := parse(path, front)
	wantFound(t, path, found, want...)
}

// wantFound compares findings as a user sees them, without the file's name.
func wantFound(t *testing.T, path string, found []diag.Diagnostic, want ...string) {
	t.Helper()
	var got []string
	for _, d := range found {
		got = append(got, strings.TrimPrefix(d.String(), path+":"))
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("reported\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}

const digest = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

func TestFront(t *testing.T) {
	at := func(file string, line, column int) diag.Position {
		return diag.Position{File: file, Line: line, Column: column}
	}
	for _, c := range []struct {
		path, front string
		want        Front
	}{
		{"docs/a.md", "title: The \"one\"\nsummary: It's this.\naliases: [\"a 'b'\", {name: c, autolink: false}]\nweight: 10\ndraft: true\n" +
			"updated: 2024-12-24\nlayout: wide\nautolink: false\nredirect_from: [old/name/, /older]\n", Front{
			Title: "The “one”", Summary: "It’s this.", Revision: Revision{Updated: "2024-12-24", UpdatedAt: at("docs/a.md", 7, 10)},
			Aliases: []Alias{{Name: "a ‘b’", At: at("docs/a.md", 4, 11)}, {Name: "c", NoAutolink: true, At: at("docs/a.md", 4, 27)}},
			Placement: Placement{
				Weight: 10, Draft: true, Layout: "wide", LayoutAt: at("docs/a.md", 8, 9), NoAutolink: true,
				RedirectFrom: []Redirect{{Path: "old/name/", At: at("docs/a.md", 10, 17)}, {Path: "older/", At: at("docs/a.md", 10, 28)}},
			},
		}},
		{"docs/b.md", "title: B\nredirect_from: [{from: /old, to: \"#a\"}]\ncorrections:\n  - {date: 2024-12-24, was: a 'b', now: c}\n  - {date: 2024-12-26, was: d, now: e, by: F}\n", Front{
			Title:     "B",
			Placement: Placement{RedirectFrom: []Redirect{{Path: "old/", To: Ref{"to", "#a", at("docs/b.md", 3, 34)}, At: at("docs/b.md", 3, 17)}}},
			Revision:  Revision{Corrections: []Correction{{"2024-12-26", "d", "e", "F"}, {"2024-12-24", "a ‘b’", "c", ""}}},
		}},
		{"docs/c.md", "title: C\nimage: docs/c d.png\n", Front{Title: "C", Placement: Placement{Image: "docs/c d.png", ImageAt: at("docs/c.md", 3, 8)}}},
		{"actors/a.md", "title: A\ntype: armed group\npart_of: b\n", Front{
			Title: "A", Type: "armed group", Refs: []Ref{{Key: "part_of", ID: "b", At: at("actors/a.md", 4, 10)}},
		}},
		{"places/a.md", "title: A\ntype: river's bend\n", Front{Title: "A", Type: "river’s bend"}},
		{"concepts/a.md", "title: A\ntype: doctrine\n", Front{Title: "A", Type: "doctrine"}},
		{"events/a.md", "title: A\ndate: 2024-12\nprecision: month\nplaces: [b]\nactors: [c, d]\n" +
			"figures:\n  - {what: dead, value: \"46\", claimant: the ministry, source: s, date: 2024-12-25}\n", Front{
			Title: "A", Refs: []Ref{{Key: "places", ID: "b", At: at("events/a.md", 5, 10)}, {Key: "actors", ID: "c", At: at("events/a.md", 6, 10)}, {Key: "actors", ID: "d", At: at("events/a.md", 6, 13)}},
			Event: Event{Date: "2024-12", Precision: "month", PrecisionAt: at("events/a.md", 4, 12),
				Figures: []Figure{{What: "dead", Value: "46", Claimant: "the ministry", Source: Ref{Key: "source", ID: "s", At: at("events/a.md", 8, 63)}, Date: "2024-12-25"}}},
		}},
		{"sources/a.md", "title: A\ntype: column\nauthor: B\npublisher: C\npublished: 2024\nurl: https://example.org/a?b\nperspective: D\nreliability: E\n" +
			"passages:\n  - {n: 1, gist: \"What's said\", sha256: " + digest + "}\n  - {n: 2, gist: \"\"}\n", Front{
			Title: "A", Type: "column", Source: Source{Author: "B", Publisher: "C", Published: "2024", URL: "https://example.org/a?b", URLAt: at("sources/a.md", 7, 6), Perspective: "D", Reliability: "E",
				Passages: []Passage{{N: 1, Gist: "What’s said", SHA256: digest, At: at("sources/a.md", 11, 5)}, {N: 2, At: at("sources/a.md", 12, 5)}}},
		}},
		{"sources/a.md", "title: A\ntype: report\naccessed: 2026-11-23\narchived: https://example.net/a\norigin: \"the ministry's count\"\n", Front{
			Title: "A", Type: "report", Source: Source{Accessed: "2026-11-23", Archived: "https://example.net/a", ArchivedAt: at("sources/a.md", 5, 11), Origin: "the ministry’s count"},
		}},
		{"sources/a.md", "title: A\ntype: report\norigin: ministry\n", Front{
			Title: "A", Type: "report", Refs: []Ref{{Key: "origin", ID: "ministry", At: at("sources/a.md", 4, 9)}},
		}},
		{"sources/a.md", "title: A\ntype: report\norigin: türkiye\n", Front{
			Title: "A", Type: "report", Refs: []Ref{{Key: "origin", ID: "türkiye", At: at("sources/a.md", 4, 9)}},
		}},
	} {
		got, found := parse(c.path, c.front)
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: got\n%+v\nwant\n%+v", c.path, got, c.want)
		}
		wantFound(t, c.path, found)
	}
}

// quotes is the hint for a text that ends at a comment.
const quotes = "\n  hint: put the value into quotes, or the comment on a line of its own"

// The kinds of mistake that any key may have.
func TestFrontMistakes(t *testing.T) {
	for front, want := range map[string]string{
		"title: T\ntitel: U\n":                                             "3:1: error: unknown key \"titel\"\n  hint: did you mean \"title\"?",
		"title: T\nzzz: U\n":                                               "3:1: error: unknown key \"zzz\"\n  hint: the keys here are aliases, also, autolink, corrections, dir, draft, image, lang, layout, menu, picture, redirect_from, shows, summary, title, updated, weight",
		"title: T\ntitle: U\n":                                             "3:1: error: key \"title\" stands here twice\n  hint: keep one of the two",
		"title: T\nsummary:\n":                                             "3:1: error: key \"summary\" has no value\n  hint: give it a value or take the line away",
		"title: T\nsummary: \"\"\n":                                        "3:10: error: this text is empty\n  hint: write something or take the line away",
		"title: {a: b}\n":                                                  "2:8: error: this must be text, not a mapping\n  hint: write plain text, in quotes if it begins with a bracket",
		"title: T\nweight: \"10\"\n":                                       "3:9: error: this must be a whole number, not text\n  hint: write a number such as 10 without quotes",
		"title: T\nweight: 1.5\n":                                          "3:9: error: this must be a whole number, not a number\n  hint: write a number such as 10 without quotes",
		"title: T\ndraft: \"true\"\n":                                      "3:8: error: this must be true or false, not text\n  hint: write true or false without quotes",
		"title: T\nautolink: [no]\n":                                       "3:11: error: this must be true or false, not a list\n  hint: write true or false without quotes",
		"title: T\nupdated: 24.12.2024\n":                                  "3:10: error: \"24.12.2024\" is not a date\n  hint: write it as 2024-12-24, 2024-12 or 2024, or -0322 for 323 BC",
		"title: T\naliases: a\n":                                           "3:10: error: this must be a list, not text\n  hint: write it as a list: [one, two]",
		"title: T\naliases: [[a]]\n":                                       "3:11: error: this must be text, not a list\n  hint: write plain text, in quotes if it begins with a bracket",
		"title: T\naliases: [{nam: a, name: b}]\n":                         "3:12: error: unknown key \"nam\"\n  hint: did you mean \"name\"?",
		"title: T\naliases: [{autolink: false}]\n":                         "3:11: error: this alias lacks the key \"name\"\n  hint: add a line `name: …`",
		"title: &a T\n":                                                    "2:8: error: YAML anchors and aliases are not supported\n  hint: write the value out",
		"title: yes\nsummary: true\n":                                      "3:10: error: this must be text, not true or false\n  hint: put it in quotes: \"true\"",
		"title: Issue #5 is open\n":                                        "2:8: error: this text ends at \"#5 is open\", which is a comment" + quotes,
		"title: A # better: B\n":                                           "2:8: warning: this text ends at \"# better: B\", which is a comment" + quotes,
		"title: A\naliases:\n  - B #2\n":                                   "4:5: error: this text ends at \"#2\", which is a comment" + quotes,
		"title: A\nsummary: one\n  two #3\n":                               "3:10: error: this text ends at \"#3\", which is a comment" + quotes,
		"title: \"Issue\" #5\n":                                            "2:8: error: this text ends at \"#5\", which is a comment" + quotes,
		"title: A\nlayout: page #5 # six\n":                                "3:9: error: this text ends at \"#5 # six\", which is a comment" + quotes,
		"title: A\nlayout: page # five\n":                                  "",
		"title: #5\n":                                                      "2:1: error: key \"title\" has no value, since \"#5\" is a comment" + quotes,
		"title: \"Issue #5\" # a comment\n":                                "",
		"title: A#5\n# a comment\nsummary: |\n  B #6\nweight: 1 # low\n":   "",
		"title: &a T\nsummary: *a\n":                                       "2:8: error: YAML anchors and aliases are not supported\n  hint: write the value out\n  3:10: error: YAML anchors and aliases are not supported\n  hint: write the value out",
		"title: T\naliases: [&a b]\n":                                      "3:11: error: YAML anchors and aliases are not supported\n  hint: write the value out",
		"&a title: T\n":                                                    "2:1: error: YAML anchors and aliases are not supported\n  hint: write the value out",
		"title: !!str 5\n":                                                 "2:8: error: the YAML tag \"!!str\" is not supported\n  hint: write the value without it",
		"title: T\naliases: [!a b]\n":                                      "3:11: error: the YAML tag \"!a\" is not supported\n  hint: write the value without it",
		"!!map {title: T}\n":                                               "2:1: error: the YAML tag \"!!map\" is not supported\n  hint: write the value without it",
		"title: T\n<<: {draft: true}\n":                                    "3:1: error: YAML merge keys are not supported\n  hint: write the keys out",
		"title: T\n\tdraft: true\n":                                        "3:1: error: this is not YAML: found a tab character that violates indentation\n  hint: indent lines with spaces, not with tabs",
		"\ttitle: T\n":                                                     "2:1: error: this is not YAML: found character that cannot start any token\n  hint: indent lines with spaces, not with tabs",
		"- title\n":                                                        "2:1: error: the front matter must be a mapping, not a list\n  hint: write it as lines of `key: value`",
		"just text\n":                                                      "2:1: error: the front matter must be a mapping, not text\n  hint: write it as lines of `key: value`",
		"title: a: b\n":                                                    "2:1: error: this is not YAML: mapping values are not allowed in this context\n  hint: each line is `key: value`; put a value that holds `: ` or ` #`, or begins with a sign, into quotes",
		"title: T\nredirect_from: [../x]\n":                                "3:17: error: \"../x\" is no address to redirect from\n  hint: write an old address of this site, such as old/name/",
		"title: T\nredirect_from: [{from: ../x, to: \"#a\"}]\n":            "3:24: error: \"../x\" is no address to redirect from\n  hint: write an old address of this site, such as old/name/",
		"title: T\nredirect_from: [{from: x/, to: a}]\n":                   "3:32: error: \"a\" names no place on this page\n  hint: write the id of a heading or claim on this page: \"#id\"",
		"title: T\nredirect_from: [{from: x/}]\n":                          "3:17: error: this redirect lacks the key \"to\"\n  hint: add a line `to: …`",
		"title: T\ncorrections: [{date: 2024-12, was: A, now: B}]\n":       "3:22: error: this must be a day, not a month\n  hint: write it as 2024-12-24",
		"title: T\ncorrections: [{date: 2024-12-24, was: A}]\n":            "3:15: error: this correction lacks the key \"now\"\n  hint: add a line `now: …`",
		"title: T\ncorrections: [{date: 2024-12-24, was: \"\", now: B}]\n": "3:39: error: this text is empty\n  hint: write something or take the line away",
		"title: T\nredirect_from: [/]\n":                                   "3:17: error: \"/\" is no address to redirect from\n  hint: write an old address of this site, such as old/name/",
		"title: T\nredirect_from: [a//b]\n":                                "3:17: error: \"a//b\" is no address to redirect from\n  hint: write an old address of this site, such as old/name/",
		"title: T\nredirect_from: [\"a?b\"]\n":                             "3:17: error: \"a?b\" is no address to redirect from\n  hint: write an old address of this site, such as old/name/",
		"title: T\nredirect_from: [https://a.org/]\n":                      "3:17: error: \"https://a.org/\" is no address to redirect from\n  hint: write an old address of this site, such as old/name/",
	} {
		t.Run(front, func(t *testing.T) {
			var list []string
			for at := range strings.SplitSeq(want, "\n  ") {
				if list = append(list, at); strings.HasPrefix(at, "hint: ") {
					list = append(list[:len(list)-2], list[len(list)-2]+"\n  "+at)
				}
			}
			wantMistakes(t, "docs/page.md", front, slices.DeleteFunc(list, func(s string) bool { return s == "" })...)
		})
	}
}

func TestSummaryLength(t *testing.T) {
	wantMistakes(t, "docs/page.md", "title: T\nsummary: "+strings.Repeat("é", 300)+"\n")
	wantMistakes(t, "docs/page.md", "title: T\nsummary: "+strings.Repeat("é", 301)+"\n",
		"3:10: error: this is 301 characters long\n  hint: shorten it to at most 300 characters")
}

// What a kind's own keys may hold. Positions are tested with the common keys.
func TestKindMistakes(t *testing.T) {
	for _, c := range []struct {
		path, front string
		want        []string
	}{
		{"actors/a.md", "title: A\n", []string{"2:1: error: the front matter lacks the key \"type\"\n  hint: add a line `type: …`"}},
		{"actors/a.md", "title: A\ntype: people\n", nil},
		{"actors/a.md", "title: A\ntype: state\npart_of: [b]\n", []string{"4:10: error: this must be text, not a list\n  hint: write plain text, in quotes if it begins with a bracket"}},
		{"actors/a.md", "title: A\ntype: state\ndate: 2024\n", []string{"4:1: error: unknown key \"date\"\n  hint: did you mean \"updated\"?"}},
		{"places/a.md", "title: A\n", []string{"2:1: error: the front matter lacks the key \"type\"\n  hint: add a line `type: …`"}},
		{"concepts/a.md", "title: A\ntype: rule of law\n", nil},
		{"events/a.md", "title: A\ndate: 2024\n", []string{"2:1: error: the front matter lacks the key \"precision\"\n  hint: add a line `precision: …`"}},
		{"events/a.md", "title: A\ndate: 2024-12\nprecision: day\n", []string{"4:12: error: the date \"2024-12\" does not have the precision \"day\"\n  hint: 2024-12-24 is a day, 2024-12 a month, 2024 a year; unknown has no date"}},
		{"events/a.md", "title: A\ndate: 2024\nprecision: unknown\n", []string{"4:12: error: the date \"2024\" does not have the precision \"unknown\"\n  hint: 2024-12-24 is a day, 2024-12 a month, 2024 a year; unknown has no date"}},
		{"events/a.md", "title: A\nprecision: day\n", []string{"3:12: error: the date \"\" does not have the precision \"day\"\n  hint: 2024-12-24 is a day, 2024-12 a month, 2024 a year; unknown has no date"}},
		{"events/a.md", "title: A\nprecision: unknown\n", nil},
		{"events/a.md", "title: A # or B\ndate: -0322\nprecision: day\n", []string{"2:8: warning: this text ends at \"# or B\", which is a comment" + quotes,
			"4:12: error: the date \"-0322\" does not have the precision \"day\"\n  hint: 2024-12-24 is a day, 2024-12 a month, 2024 a year; unknown has no date"}},
		{"events/a.md", "title: A\nprecision: unknown\nfigures: [{what: b}]\n", []string{
			"4:11: error: this figure lacks the key \"claimant\"\n  hint: add a line `claimant: …`",
			"4:11: error: this figure lacks the key \"date\"\n  hint: add a line `date: …`",
			"4:11: error: this figure lacks the key \"source\"\n  hint: add a line `source: …`",
			"4:11: error: this figure lacks the key \"value\"\n  hint: add a line `value: …`",
		}},
		{"sources/a.md", "title: A\ntype: column\narchived: ftp://example.org/\naccessed: today\n", []string{
			"4:11: error: \"ftp://example.org/\" is not a web address\n  hint: write it in full: https://example.org/page",
			"5:11: error: \"today\" is not a date\n  hint: write it as 2024-12-24, 2024-12 or 2024, or -0322 for 323 BC"}},
		{"sources/a.md", "title: A\ntype: column\nurl: example.org\n", []string{"4:6: error: \"example.org\" is not a web address\n  hint: write it in full: https://example.org/page"}},
		{"sources/a.md", "title: A\ntype: column\nurl: javascript:alert(1)\n", []string{"4:6: error: \"javascript:alert(1)\" is not a web address\n  hint: write it in full: https://example.org/page"}},
		{"sources/a.md", "title: A\ntype: column\npassages: [{n: 0, gist: b}]\n", []string{"4:16: error: 0 is not the number of a passage\n  hint: count from 1"}},
		{"sources/a.md", "title: A\ntype: column\npassages: [{n: 1, gist: b}, {n: 1, gist: c}]\n", []string{"4:33: error: passage 1 is listed twice\n  hint: number every passage once"}},
		{"sources/a.md", "title: A\ntype: column\npassages: [{n: 1}]\n", []string{"4:12: error: this passage lacks the key \"gist\"\n  hint: add a line `gist: …`"}},
		{"sources/a.md", "title: A\ntype: column\npassages: [{n: 1, gist: b, sha256: ABC}]\n", []string{"4:36: error: this is not a SHA-256\n  hint: write 64 lower-case hex digits"}},
		{"sources/a.md", "title: A\ntype: column\npassages: [{n: 1, gist: \" \"}]\n", []string{"4:25: error: this text is empty\n  hint: write something or take the line away"}},
		{"sources/a.md", "title: A\ntype: column\npassages: [{n: 1, gist: }]\n", []string{"4:19: error: key \"gist\" has no value\n  hint: give it a value or take the line away"}},
		// The keys of one kind are unknown to the others.
		{"docs/a.md", "title: A\npassages: []\n", []string{"3:1: error: unknown key \"passages\"\n  hint: the keys here are aliases, also, autolink, corrections, dir, draft, image, lang, layout, menu, picture, redirect_from, shows, summary, title, updated, weight"}},
		{"actors/index.md", "title: A\n", nil},
	} {
		t.Run(c.path+" "+c.front, func(t *testing.T) { wantMistakes(t, c.path, c.front, c.want...) })
	}
}

// A scalar is taken as it is written, wherever a text may stand.
func TestScalars(t *testing.T) {
	f, found := parse("events/a.md", "title: 1984\nsummary: -3\naliases: [2024-12-24, 0x10, 1.50, yes]\nprecision: unknown\n"+
		"figures: [{what: 7, value: 1500, claimant: 0042, source: s, date: 2024}]\n")
	wantFound(t, "events/a.md", found)
	got := []string{f.Title, f.Summary, f.Figures[0].What, f.Figures[0].Value, f.Figures[0].Claimant}
	for _, a := range f.Aliases {
		got = append(got, a.Name)
	}
	if want := []string{"1984", "-3", "7", "1500", "0042", "2024-12-24", "0x10", "1.50", "yes"}; !slices.Equal(got, want) {
		t.Errorf("read %q, want %q", got, want)
	}
}

// A page that needs front matter and has none is told what it needs.
func TestNoFrontMatter(t *testing.T) {
	const form = "\n  hint: write it as YAML between two lines of three hyphens: `---`, `title: …`, `---`"
	for _, c := range []struct{ path, src, want string }{
		{"actors/a.md", "# A\n", "1:1: error: the file has no front matter\n  hint: begin it with the lines `---`, `type: …`, `---`"},
		{"events/a.md", "", "1:1: error: the file has no front matter\n  hint: begin it with the lines `---`, `title: …`, `precision: …`, `---`"},
		{"docs/a.md", "Text: more.\n\n---\n", ""},
		{"docs/a.md", "---\n", "1:1: error: the front matter has no end\n  hint: put a line with three hyphens after its last key"},
		{"docs/a.md", "--- \ntitle: A\n---\n", ""},
		{"docs/a.md", "+++\ntitle = 'A'\n+++\n", "1:1: error: the front matter is TOML, which is not read" + form},
		{"docs/a.md", "{\n\"title\": \"A\"\n}\n", "1:1: error: the front matter is JSON, which is not read" + form},
		{"docs/a.md", "\n\n---\ntitle: A\n---\n", "1:1: error: the front matter does not begin at the first line, with three hyphens" + form},
		{"docs/a.md", "---\n---\ntitle: A\n---\n", "1:1: error: the front matter does not begin at the first line, with three hyphens" + form},
		{"docs/a.md", "---yaml\ntitle: A\n---\n", "1:1: error: the front matter does not begin at the first line, with three hyphens" + form},
		{"docs/a.md", "<!-- a -->\n---\ntitle: A\n---\n", "1:1: error: the front matter does not begin at the first line, with three hyphens" + form},
		{"docs/a.md", "----\ntitle: A\n----\n", "1:1: error: the front matter does not begin at the first line, with three hyphens" + form},
		{"docs/a.md", "—-\ntitle: A\n—-\n", "1:1: error: the front matter does not begin at the first line, with three hyphens" + form},
		{"actors/a.md", "title: A\ntype: b\n", "1:1: error: the front matter does not begin at the first line, with three hyphens" + form},
	} {
		_, _, found := Parse(c.path, kind.Of(c.path), []byte(c.src))
		wantFound(t, c.path, found, slices.DeleteFunc([]string{c.want}, func(s string) bool { return s == "" })...)
	}
}

// What follows the end of the front matter is the body, whatever ends it.
func TestSplit(t *testing.T) {
	for _, c := range []struct{ src, front, body string }{
		{"---\ntitle: A\n---\nText\n", "title: A\n", "Text\n"},
		{"---\ntitle: A\n...\nText\n\n---\n\nMore\n", "title: A\n", "Text\n\n---\n\nMore\n"},
		{"---  \ntitle: A\n--- \t\nText", "title: A\n", "Text"},
		{"---\n---\n", "", ""},
		{"--- a\ntitle: A\n---\n", "", "--- a\ntitle: A\n---\n"},
		{"---", "", "---"},
	} {
		front, body, closed := Split([]byte(c.src))
		if string(front) != c.front || c.src[body:] != c.body || !closed {
			t.Errorf("%q: the front matter is %q, the body %q", c.src, front, c.src[body:])
		}
	}
}

// Keys for other programs are errors unless the site ignores them. Where many pages have
// one, a single hint says so.
func TestUnknownKeys(t *testing.T) {
	var unknown []Unknown
	for _, path := range []string{"docs/a.md", "docs/b.md", "docs/c.md", "docs/d.md"} {
		f, _ := parse(path, "title: A\ntags: [a]\ntitel: A\nsidebar: {order: 1}\n")
		unknown = append(unknown, f.Unknown...)
	}
	found := ReportUnknown(&Config{IgnoreKeys: "tags\nnosuch"}, unknown)
	if len(found) != 8 {
		t.Errorf("reported %v", found)
	}
	const add = "it is in 4 places; if it is for another program, write in site.yaml: `ignore_keys: ["
	for i, hint := range []string{"did you mean \"title\"? " + add + "titel]`", add + "sidebar]`", "", ""} {
		if found[i].Hint != hint {
			t.Errorf("the hint of %s is %q, want %q", found[i], found[i].Hint, hint)
		}
	}
	if found := ReportUnknown(&Config{IgnoreKeys: "tags\ntitel\nsidebar"}, unknown); found != nil {
		t.Errorf("reported %v", found)
	}
}
