package content

import "testing"

func TestCallouts(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"own title", "> [!note]\n> Text.", "<div class=\"callout note\" role=\"note\">\n<p class=\"callout-title\">Note</p>\n<p>Text.</p>\n</div>\n"},
		{"given title", "> [!warning] Mind the \"gap\"\n> Text.", "<div class=\"callout warning\" role=\"note\">\n<p class=\"callout-title\">Mind the “gap”</p>\n<p>Text.</p>\n</div>\n"},
		{"capitals, as Git hosts write it", "> [!TIP]\n> Text.", "<div class=\"callout tip\" role=\"note\">\n<p class=\"callout-title\">Tip</p>\n<p>Text.</p>\n</div>\n"},
		{"title alone", "> [!important] Only this", "<div class=\"callout important\" role=\"note\">\n<p class=\"callout-title\">Only this</p>\n</div>\n"},
		{"no space behind the mark", ">[!caution]Hot", "<div class=\"callout caution\" role=\"note\">\n<p class=\"callout-title\">Hot</p>\n</div>\n"},
		{"several blocks", "> [!note]\n> One.\n>\n> - a\n> - b\n\nafter", "<div class=\"callout note\" role=\"note\">\n<p class=\"callout-title\">Note</p>\n<p>One.</p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n</div>\n<p>after</p>\n"},
		{"lazy continuation", "> [!note]\n> One\ntwo", "<div class=\"callout note\" role=\"note\">\n<p class=\"callout-title\">Note</p>\n<p>One\ntwo</p>\n</div>\n"},
		{"markup in the title", "> [!note] *A* `b` [c](d.md) [[e]]\n> f", "<div class=\"callout note\" role=\"note\">\n<p class=\"callout-title\"><em>A</em> <code>b</code> <a href=\"{0}\">c</a> <a href=\"{1}\">{1 title}</a></p>\n<p>f</p>\n</div>\n"},
		{"nested", "> [!note] Out\n> a\n>\n> > [!tip] In\n> > b\n>\n> c", "<div class=\"callout note\" role=\"note\">\n<p class=\"callout-title\">Out</p>\n<p>a</p>\n" +
			"<div class=\"callout tip\" role=\"note\">\n<p class=\"callout-title\">In</p>\n<p>b</p>\n</div>\n<p>c</p>\n</div>\n"},
		{"quotation inside", "> [!note]\n> > quoted", "<div class=\"callout note\" role=\"note\">\n<p class=\"callout-title\">Note</p>\n<blockquote>\n<p>quoted</p>\n</blockquote>\n</div>\n"},
		{"in a list", "- a\n\n  > [!note] N\n  > b", "<ul>\n<li>\n<p>a</p>\n<div class=\"callout note\" role=\"note\">\n<p class=\"callout-title\">N</p>\n<p>b</p>\n</div>\n</li>\n</ul>\n"},
		{"in a list behind a tab", "-\t> [!note] Title\n\t> b", "<ul>\n<li>\n<div class=\"callout note\" role=\"note\">\n<p class=\"callout-title\">Title</p>\n<p>b</p>\n</div>\n</li>\n</ul>\n"},
		{"a quotation that only begins with a bracket", "> [note] a", "<blockquote>\n<p>[note] a</p>\n</blockquote>\n"},
		{"fold signs of other programs", "> [!note]- Folded\n> a\n\n> [!tip]+ Open\n\n> [!note]-\n\n> [!note] - x", "<div class=\"callout note\" role=\"note\">\n<p class=\"callout-title\">Folded</p>\n<p>a</p>\n</div>\n" +
			"<div class=\"callout tip\" role=\"note\">\n<p class=\"callout-title\">Open</p>\n</div>\n<div class=\"callout note\" role=\"note\">\n<p class=\"callout-title\">Note</p>\n</div>\n" +
			"<div class=\"callout note\" role=\"note\">\n<p class=\"callout-title\">- x</p>\n</div>\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := parse(c.in)
			if got := filled(d); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
			wantReported(t, d)
		})
	}
}

func TestUnknownCallout(t *testing.T) {
	for in, want := range map[string]string{
		"> [!nite] A\n> b":            "4:5: error: unknown callout \"nite\"\n  hint: did you mean \"note\"?",
		"a\n\n> [!Verdict] A\n> b":    "6:5: error: unknown callout \"Verdict\"\n  hint: write one of: caution, important, note, tip, warning, reported, assessment, forecast, recommendation",
		"> [!forcast] A\n> b":         "4:5: error: unknown callout \"forcast\"\n  hint: did you mean \"forecast\"?",
		"> [!forecast ] A {#a}\n> b":  "4:5: error: unknown callout \"forecast \"\n  hint: did you mean \"forecast\"?",
		"> [!fore-cast] A\n> b":       "4:5: error: unknown callout \"fore-cast\"\n  hint: did you mean \"forecast\"?",
		"> [! note|wide] A\n> b":      "4:6: error: unknown callout \"note|wide\"\n  hint: did you mean \"note\"?",
		"> [!info]- A\n> b":           "4:5: error: unknown callout \"info\"\n  hint: write one of: caution, important, note, tip, warning, reported, assessment, forecast, recommendation",
		"> [!note]\n> > [!wraning]\n": "5:7: error: unknown callout \"wraning\"\n  hint: did you mean \"warning\"?",
	} {
		wantReported(t, parse(in), want)
	}
}

// A callout is the editor's own text, a quotation is somebody else's: names
// are linked in the one but not in the other, and never in a title.
func TestRunsInCallouts(t *testing.T) {
	d := parse("> [!note] Title\n> inside\n>\n> > quoted\n\n> quoted too\n")
	if got := runs(d); len(got) != 1 || got[0] != "inside" {
		t.Errorf("names may be linked in %q, want only in %q", got, "inside")
	}
}

func TestPositionInCalloutTitle(t *testing.T) {
	d := parse("> [!note] پر [a](b.md)\n> > [!tip] [[c]]\n")
	for i, want := range []struct{ line, column int }{{4, 14}, {5, 12}} {
		if l := d.Links[i]; l.Line != want.line || l.Column != want.column {
			t.Errorf("link %d is at %d:%d, want %d:%d", i, l.Line, l.Column, want.line, want.column)
		}
	}
}
