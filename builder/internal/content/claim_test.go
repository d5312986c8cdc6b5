package content

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/kind"
)

// fullClaim has every key of a record, and every way to write its values.
const fullClaim = `Before [it](x.md).

> [!forecast] Ties "could" suffer -- or not {#ties}
> The columnist expects that [Russia](../actors/russia.md) and [[pakistan]] drift.
>
> More of *it*, by [[column#p3|the column]].
>
> - source: [[column]] ¶3, ¶5, [[dawn]]
> - source: [[column#p7]]
> - held by: [[columnist]] — in "his" own words
> - about: [[russia]], [the deal](../events/deal.md) and [[#more|more]]
> - wording: "could"
> - horizon: none given
> - outcome: came in part [[dawn]] -- not all of it
> - supports: [[a]], [[b]]
> - supports: [[c|the c]]
> - contradicts: [[d]] – the other's way
> - qualifies: [[e]]
> - leads to: [[f]]
> - depends on: [[g]]
> - repeats: [there](other.md#h) --- once more
> - checked: disputed by [[dawn]], [[afp]] — one soldier
> - Checked: no evidence found
> - was: ties-old, older

After [that](y.md).
`

// written is a line of a record in short, with its position and those of its
// names: "source (8:3) column¶3¶5 (8:11)".
func written(l Line) string {
	s := fmt.Sprintf("%s (%d:%d)", l.Key, l.At.Line, l.At.Column)
	if l.Word != "" {
		s += " <" + l.Word + ">"
	}
	for _, n := range l.Names {
		s += " " + n.Target
		if n.Fragment != "" {
			s += "#" + n.Fragment
		}
		for _, p := range n.Places {
			s += "¶" + p.String()
		}
		s += fmt.Sprintf(" (%d:%d)", n.Line, n.Column)
	}
	if l.Note != "" {
		s += " – " + l.Note
	}
	return s
}

// lined are all lines of a record in short.
func lined(c Claim) string {
	var list []string
	for _, l := range c.Lines {
		list = append(list, written(l))
	}
	return strings.Join(list, "\n")
}

// claims parses a page, which must hold together, and returns its claims.
func claims(t *testing.T, src string) (*Document, []Claim) {
	t.Helper()
	d := NewParser().Parse("analysis/page.md", []byte(src))
	wantReported(t, d)
	for _, b := range broken(d, []byte(src)) {
		t.Error(b)
	}
	return d, d.Claims
}

func TestFullClaim(t *testing.T) {
	d, list := claims(t, titled(fullClaim))
	if len(list) != 1 {
		t.Fatalf("%d claims, want one", len(list))
	}
	c := list[0]
	if c.Kind != Forecast || c.ID != "ties" || c.Title != "Ties “could” suffer – or not" {
		t.Errorf("a %s %q: %q", c.Kind, c.ID, c.Title)
	}
	if got := fmt.Sprint(c.At, c.Wording, c.Horizon); got != "analysis/page.md:6:5 {could analysis/page.md:15:5} {none given analysis/page.md:16:5}" {
		t.Errorf("claim, wording and horizon: %s", got)
	}
	if got := c.Formerly(); !slices.Equal(got, []string{"ties-old", "older"}) {
		t.Errorf("it was %q", got)
	}
	want := strings.Join([]string{
		"source (11:5) column¶3¶5 (11:13) dawn (11:32)",
		"source (12:5) column¶7 (12:13)",
		"held by (13:5) columnist (13:14) – in “his” own words",
		"about (14:5) russia (14:12) ../events/deal.md (14:24) #more (14:58)",
		"outcome (17:5) <came in part> dawn (17:27) – not all of it",
		"supports (18:5) a (18:15) b (18:22)",
		"supports (19:5) c (19:15)",
		"contradicts (20:5) d (20:18) – the other’s way",
		"qualifies (21:5) e (21:16)",
		"leads to (22:5) f (22:15)",
		"depends on (23:5) g (23:17)",
		"repeats (24:5) other.md#h (24:14) – once more",
		"checked (25:5) <disputed by> dawn (25:26) afp (25:36) – one soldier",
		"checked (26:5) <no evidence found>",
	}, "\n")
	if got := lined(c); got != want {
		t.Errorf("the record is\n%s\nwant\n%s", got, want)
	}
	if got, want := filled(d), "<p>Before <a href=\"{0}\">it</a>.</p>\n"+
		"<div class=\"claim claim-forecast\" id=\"ties\">\n{0 claim}"+
		"<p>The columnist expects that <a href=\"{1}\">Russia</a> and <a href=\"{2}\">{2 title}</a> drift.</p>\n"+
		"<p>More of <em>it</em>, by <a href=\"{3}\">the column</a>.</p>\n</div>\n"+
		"<p>After <a href=\"{4}\">that</a>.</p>\n"; got != want {
		t.Errorf("the page is\n%s\nwant\n%s", got, want)
	}
	// A record is no part of the text: none of its links is one of the page's.
	if !slices.Equal(d.Anchors, []string{"ties"}) || len(d.Links) != 5 {
		t.Errorf("anchors %q, %d links", d.Anchors, len(d.Links))
	}
}

// A claim's text stands on a page of its own as well.
func TestClaimBody(t *testing.T) {
	d, list := claims(t, "---\ntitle: T\nsummary: S\nupdated: 2025-01-02\n---\n"+fullClaim)
	c := list[0]
	b := c.Body
	if b.Path != "analysis/page.md" || b.Kind != kind.Claim || len(b.Anchors)+len(b.Headings)+len(b.Claims) > 0 {
		t.Errorf("%+v", b)
	}
	if !reflect.DeepEqual(b.Front, frontmatter.Front{Title: c.Title, Revision: frontmatter.Revision{Updated: "2025-01-02"}}) {
		t.Errorf("front matter %+v", b.Front)
	}
	if string(b.HTML) != string(d.HTML[c.Start:c.End]) || c.Link != 1 {
		t.Errorf("got\n%s\nwant\n%s", b.HTML, d.HTML[c.Start:c.End])
	}
	if got, want := filled(b), "<p>The columnist expects that <a href=\"{0}\">Russia</a> and <a href=\"{1}\">{1 title}</a> drift.</p>\n"+
		"<p>More of <em>it</em>, by <a href=\"{2}\">the column</a>.</p>\n"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got, want := runs(b), []string{"The columnist expects that ", " and ", " drift.", "More of ", "it", ", by ", "."}; !slices.Equal(got, want) {
		t.Errorf("names may be linked in %q, want %q", got, want)
	}
	for i, want := range []string{"Russia", "</a>", "the column"} {
		l := b.Links[i]
		if !strings.HasPrefix(string(b.HTML[l.At:]), want) || l.Line != 0 || l.Column != 0 {
			t.Errorf("link %d is %+v", i, l)
		}
	}
	// The page's own are as they were.
	if l := d.Links[1]; l.Line != 9 || !strings.HasPrefix(string(d.HTML[l.At:]), "Russia") || d.Runs[0].From == 0 {
		t.Errorf("the page's link is %+v, its first run %+v", l, d.Runs[0])
	}
}

// What stands above a claim moves it on its page and changes nothing in its
// body, so that its own page need not be rendered again.
func TestClaimBodyHasNoPositions(t *testing.T) {
	_, one := claims(t, titled(fullClaim))
	_, two := claims(t, titled("A [new](z.md) line, with a *word*.\n\n> [!note]\n> [[n]]\n\n"+fullClaim))
	if !reflect.DeepEqual(one[0].Body, two[0].Body) {
		t.Errorf("its body was\n%+v\nand is\n%+v", one[0].Body, two[0].Body)
	}
	if one[0].At == two[0].At || one[0].Start == two[0].Start || one[0].Link == two[0].Link {
		t.Errorf("it stayed at %s", one[0].At)
	}
}

// short is a claim in few lines.
func short(kind, id string) string {
	return fmt.Sprintf("> [!%s] The %s {#%s}\n> Text of %s.\n>\n> - source: [[s]]\n> - held by: [[h]]\n", kind, id, id, id)
}

func shortHTML(n int, kind, id string) string {
	return fmt.Sprintf("<div class=\"claim claim-%s\" id=\"%s\">\n{%d claim}<p>Text of %s.</p>\n</div>\n", kind, id, n, id)
}

func TestClaimsInTheText(t *testing.T) {
	const note = "<div class=\"callout note\" role=\"note\">\n<p class=\"callout-title\">Note</p>\n"
	for _, c := range []struct{ name, in, want string }{
		{"one after another", short("reported", "a") + "\n" + short("assessment", "b"), shortHTML(0, "reported", "a") + shortHTML(1, "assessment", "b")},
		{"capitals, as Git hosts write callouts", short("RECOMMENDATION", "a"), shortHTML(0, "recommendation", "a")},
		{"between callouts", "> [!note]\n> x\n\n" + short("reported", "a") + "\n> [!note]\n> y\n", note + "<p>x</p>\n</div>\n" + shortHTML(0, "reported", "a") + note + "<p>y</p>\n</div>\n"},
		{"between a heading and text", "## A\n" + short("reported", "a") + "\nText\n", "<h2 id=\"a-2\">A</h2>\n" + shortHTML(0, "reported", "a") + "<p>Text</p>\n"},
		{"directly behind text", "Text\n" + short("reported", "a"), "<p>Text</p>\n" + shortHTML(0, "reported", "a")},
		{"in a list", "- x\n\n  " + strings.ReplaceAll(short("reported", "a"), "\n>", "\n  >"), "<ul>\n<li>\n<p>x</p>\n" + shortHTML(0, "reported", "a") + "</li>\n</ul>\n"},
		{"in a list behind a tab", "-\t" + strings.ReplaceAll(short("reported", "a"), "\n>", "\n\t>"), "<ul>\n<li>\n" + shortHTML(0, "reported", "a") + "</li>\n</ul>\n"},
		{"in a callout", "> [!note]\n> " + strings.ReplaceAll(short("reported", "a"), "\n>", "\n> >"), note + shortHTML(0, "reported", "a") + "</div>\n"},
		{"in a quotation", "> " + strings.ReplaceAll(short("reported", "a"), "\n>", "\n> >"), "<blockquote>\n" + shortHTML(0, "reported", "a") + "</blockquote>\n"},
		{"in a footnote", "x[^1]\n\n[^1]:\n    " + strings.ReplaceAll(short("reported", "a"), "\n>", "\n    >"),
			"<p>x<sup id=\"fnref:1\"><a href=\"#fn:1\" class=\"footnote-ref\" role=\"doc-noteref\">1</a></sup></p>\n" +
				"<div class=\"footnotes\" role=\"doc-endnotes\">\n<hr>\n<ol>\n<li id=\"fn:1\">\n" + shortHTML(0, "reported", "a") +
				"&#160;<a href=\"#fnref:1\" class=\"footnote-backref\" role=\"doc-backlink\">&#x21a9;&#xfe0e;</a></li>\n</ol>\n</div>\n"},
		{"a list in the text is none of the record", "> [!reported] A {#a}\n> - one\n>\n> Text of a.\n>\n> * source: [[s]]\n> * held by: [[h]]\n",
			"<div class=\"claim claim-reported\" id=\"a\">\n{0 claim}<ul>\n<li>one</li>\n</ul>\n<p>Text of a.</p>\n</div>\n"},
		{"a record right behind the text, with empty lines in it", "> [!reported] A {#a}\n> Text of a.\n> - source: [[s]]\n>\n> - held by: [[h]]\n", shortHTML(0, "reported", "a")},
		{"a line of the record on two lines", "> [!reported] A {#a}\n> Text of a.\n> - source:\n>   [[s]]\n> - held by: [[h]]\n", shortHTML(0, "reported", "a")},
		{"markup in its title", "> [!reported] *A* `b` & \"c\" {#a}\n> Text of a.\n> - source: [[s]]\n> - held by: [[h]]\n", shortHTML(0, "reported", "a")},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, list := claims(t, titled(c.in))
			if got := filled(d); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
			for _, c := range list {
				if len(c.Lines) != 2 || lineKeys(c) != "source, held by" {
					t.Errorf("claim %q has the record %s", c.ID, lined(c))
				}
			}
		})
	}
}

func lineKeys(c Claim) string {
	var keys []string
	for _, l := range c.Lines {
		keys = append(keys, l.Key)
	}
	return strings.Join(keys, ", ")
}

func TestClaimTitle(t *testing.T) {
	for in, want := range map[string]string{
		"*A* `b` & \"c\" {#x}":             "A b & “c”",
		"It's 3--4 ...  {#x}":              "It’s 3–4 …",
		"Two \\{#y} ids {#x}":              "Two {#y} ids",
		"No space{#x}":                     "No space",
		"پاکستان {#x}":                     "پاکستان",
		"A [bracket], \\<b> and a | {#x} ": "A [bracket], <b> and a |",
	} {
		_, list := claims(t, titled("> [!reported] "+in+"\n> Text.\n> - source: [[s]]\n> - held by: [[h]]\n"))
		if c := list[0]; c.Title != want || c.ID != "x" || c.Body.Front.Title != want {
			t.Errorf("%q becomes %q with the id %q, want %q", in, c.Title, c.ID, want)
		}
	}
}

// Windows line ends and a byte order mark change no position.
func TestClaimLineEnds(t *testing.T) {
	_, unix := claims(t, titled(fullClaim))
	for name, src := range map[string]string{
		"Windows": strings.ReplaceAll(titled(fullClaim), "\n", "\r\n"),
		"old Mac": strings.ReplaceAll(titled(fullClaim), "\n", "\r"),
		"mark":    "\ufeff" + titled(fullClaim),
	} {
		d := NewParser().Parse("analysis/page.md", []byte(src))
		wantReported(t, d)
		if !reflect.DeepEqual(d.Claims, unix) {
			t.Errorf("%s: got %+v, want %+v", name, d.Claims, unix)
		}
	}
}

// Claims and headings share the ids of a page.
func TestClaimID(t *testing.T) {
	d, _ := claims(t, titled("## Ties\n\n"+short("reported", "ties")+"\n## Ties\n\n"+short("reported", "ties-2")+"\n## End {#end}\n"))
	if got := strings.Join(d.Anchors, " "); got != "ties-3 ties ties-4 ties-2 end" {
		t.Errorf("anchors %s", got)
	}
	for _, c := range []struct{ name, in, want string }{
		{"two claims", short("reported", "a") + "\n" + short("forecast", "a"),
			"10:5: error: the id \"a\" stands on this page twice\n  hint: give each claim and heading an id of its own"},
		{"a heading", short("reported", "a") + "\n## X {#a}\n",
			"10:1: error: the id \"a\" stands on this page twice\n  hint: give each heading and anchor an id of its own"},
		{"a heading above", "## X {#a}\n\n" + short("reported", "a"),
			"4:1: error: the id \"a\" stands on this page twice\n  hint: give each heading and anchor an id of its own"},
		{"a space", short("reported", "a b"),
			"4:5: error: \"a b\" cannot be the id of a claim\n  hint: write {#a-b}"},
		{"a mark", short("reported", "a.b"),
			"4:5: error: \"a.b\" cannot be the id of a claim\n  hint: write {#a-b}"},
		{"two hyphens", short("reported", "a--b"),
			"4:5: error: \"a--b\" cannot be the id of a claim\n  hint: write {#a-b}"},
		{"a footnote", "x[^1]\n\n[^1]: y\n\n" + short("reported", "fn:1"),
			"8:5: error: \"fn:1\" cannot be the id of a claim\n  hint: write {#fn-1}"},
		{"none, and a long title", "> [!reported] One two, three's four five six\n> Text.\n> - source: [[s]]\n> - held by: [[h]]\n",
			"4:5: error: this claim has no id\n  hint: write one behind its title, and keep it for good: {#one-two-threes-four}"},
		{"an empty one", "> [!reported] One {#}\n> Text.\n> - source: [[s]]\n> - held by: [[h]]\n",
			"4:5: error: this claim has no id\n  hint: write one behind its title, and keep it for good: {#one}"},
	} {
		t.Run(c.name, func(t *testing.T) {
			wantReported(t, parse(c.in), c.want)
		})
	}
	// A passage of a source has an anchor too.
	d = NewParser().Parse("sources/s.md", []byte("---\ntitle: S\ntype: column\npassages: [{n: 1, gist: g}]\n---\n"+short("reported", "p1")))
	wantReported(t, d, "6:5: error: the id \"p1\" stands on this page twice\n  hint: give each claim and heading an id of its own")
	// A callout that is no claim has no id, and braces in its title are text.
	if d := parse("> [!note] A {#a}\n> b\n"); len(d.Anchors) > 0 || !strings.Contains(string(d.HTML), "A {#a}") {
		t.Errorf("a note becomes %s", d.HTML)
	}
}

// claimWith is a claim of a kind whose record has the given lines behind those
// that it must have, which are the page's lines 7 and 8.
func claimWith(kind string, lines ...string) string {
	return "> [!" + kind + "] T {#t}\n> Text.\n>\n> - source: [[s]]\n> - held by: [[h]]\n> - " + strings.Join(lines, "\n> - ") + "\n"
}

// A paragraph of a source is written as in a text, or as a link to it.
func TestCitedParagraphs(t *testing.T) {
	for in, want := range map[string]string{
		"[[c]]":                         "c (7:13)",
		"[[c]] ¶3":                      "c¶3 (7:13)",
		"[[c]]¶3":                       "c¶3 (7:13)",
		"[[c]] ¶ 3, ¶5":                 "c¶3¶5 (7:13)",
		"[[c]] ¶5 and ¶3":               "c¶5¶3 (7:13)",
		"[[c]] ¶3, [[d]], [[e]] ¶1":     "c¶3 (7:13) d (7:23) e¶1 (7:30)",
		"[[c#p7]]":                      "c¶7 (7:13)",
		"[[c#p7|there]] ¶8":             "c¶7¶8 (7:13)",
		"[*c*](../s/c.md#p7) and [[d]]": "../s/c.md¶7 (7:13) d (7:37)",
		"[[c]] ¶3.2, ¶5.1–4":            "c¶3.2¶5.1–4 (7:13)",
		"[[c]] ¶3.2-3 and ¶4":           "c¶3.2–3¶4 (7:13)",
		"[[c#p3.2]]":                    "c¶3.2 (7:13)",
		"[[c#history]]":                 "c#history (7:13)",
		"[[c#p7x]]":                     "c#p7x (7:13)",
	} {
		d := parse("> [!reported] T {#t}\n> Text.\n>\n> - source: " + in + "\n> - held by: [[h]]\n")
		wantReported(t, d)
		if got := strings.TrimPrefix(written(d.Claims[0].Lines[0]), "source (7:5) "); got != want {
			t.Errorf("%s is read as %s, want %s", in, got, want)
		}
	}
	for in, want := range map[string]string{
		"¶3 [[c]]":    "7:13: error: \"¶3\" is no link\n  hint: only a source is cited by paragraph",
		"[[c]] ¶3–5":  "7:21: error: \"–5\" is no link\n  hint: name paragraphs one by one, each with its sign, and sentences behind a full stop: ¶1, ¶2.3, ¶4.1–3",
		"[[c]] ¶3.":   "7:21: error: \".\" is no link\n  hint: name paragraphs one by one, each with its sign, and sentences behind a full stop: ¶1, ¶2.3, ¶4.1–3",
		"[[c]] p. 3":  "7:19: error: \"p. 3\" is no link\n  hint: name paragraphs one by one, each with its sign, and sentences behind a full stop: ¶1, ¶2.3, ¶4.1–3",
		"[c](//c.md)": "7:13: error: the link \"//c.md\" names no scheme\n  hint: begin the link with https://",
		"[c](x:y)":    "7:13: error: the scheme of \"x:y\" is not allowed\n  hint: links may begin with https:, http: or mailto:",
	} {
		wantReported(t, parse("> [!reported] T {#t}\n> Text.\n>\n> - source: "+in+"\n> - held by: [[h]]\n"), want)
	}
}

// Dashes as typed and as they are meant, and the quotes of typewriters.
func TestRecordTypography(t *testing.T) {
	for in, want := range map[string]string{
		"[[a]] — it's \"so\"...":        "it’s “so”…",
		"[[a]] – short":                 "short",
		"[[a]] -- typed":                "typed",
		"[[a]] --- typed":               "typed",
		"[[a]] — 3--4, or one—two":      "3–4, or one—two",
		"[[a]] — first — second":        "first — second",
		"[[a]] — *in* `code` & \\<b>":   "in code & <b>",
		"[[a]] —":                       "",
		"[[a]],\n>   [[b]] —\n>   over": "over",
	} {
		d := parse(claimWith("reported", "contradicts: "+in))
		wantReported(t, d)
		if got := d.Claims[0].Lines[2].Note; got != want {
			t.Errorf("%s has the note %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{
		"could":               "could",
		"“could”":             "could",
		"\"reports suggest\"": "reports suggest",
		"may -- or might":     "may – or might",
		"it's *said*":         "it’s said",
		"could: may":          "could: may",
	} {
		d := parse(claimWith("reported", "wording: "+in))
		wantReported(t, d)
		if got := d.Claims[0].Wording.Text; got != want {
			t.Errorf("%s has the wording %q, want %q", in, got, want)
		}
	}
}

func TestRecordMistakes(t *testing.T) {
	const keys = "about, addressee, answer, cause, checked, contradicts, depends on, held by, horizon, leads to, outcome, probability, qualifies, repeats, replaced by, source, supports, was, withdrawn, wording"
	for _, c := range []struct {
		kind, line string
		want       []string
	}{
		{"reported", "abuot: [[a]]", []string{"9:5: error: unknown key \"abuot\" in the record of a claim\n  hint: did you mean \"about\"?"}},
		{"reported", "zzzzzz: [[a]]", []string{"9:5: error: unknown key \"zzzzzz\" in the record of a claim\n  hint: the keys here are " + keys}},
		{"reported", "nothing", []string{"9:5: error: this line of a record has no key\n  hint: write `- key: value`; the keys are " + keys}},
		{"reported", "[[a]]: b", []string{"9:5: error: this line of a record has no key\n  hint: write `- key: value`; the keys are " + keys}},
		{"reported", "held by: [[a]]", []string{"9:5: error: key \"held by\" stands here twice\n  hint: write all its values on one line"}},
		{"reported", "horizon: 2025", []string{"9:5: error: \"horizon\" belongs to a forecast, and this is a reported claim\n  hint: take the line away, or make the claim a forecast"}},
		{"assessment", "outcome: open", []string{"9:5: error: \"outcome\" belongs to a forecast, and this is an assessment\n  hint: take the line away, or make the claim a forecast"}},
		{"forecast", "addressee: [[a]]", []string{"9:5: error: \"addressee\" belongs to a recommendation, and this is a forecast\n  hint: take the line away, or make the claim a recommendation"}},
		{"reported", "about: Pakistan", []string{"9:12: error: \"Pakistan\" is no link\n  hint: write [[pakistan]]; a note stands behind a dash: [[id]] — note"}},
		{"reported", "about: [[a]], the Army", []string{"9:19: error: \"the Army\" is no link\n  hint: write [[the-army]]; a note stands behind a dash: [[id]] — note"}},
		{"reported", "about: about", []string{"9:12: error: \"about\" is no link\n  hint: write [[about]]; a note stands behind a dash: [[id]] — note"}},
		{"reported", "about:", []string{"9:5: error: this line names no page\n  hint: name one: `- about: [[id]]`"}},
		{"reported", "checked:", []string{"9:5: error: \"\" is no word for \"checked\"\n  hint: write one of: agrees with, agrees in part with, disputed by, no evidence found"}},
		{"reported", "checked: agreed with [[a]]", []string{"9:5: error: \"agreed with\" is no word for \"checked\"\n  hint: did you mean \"agrees with\"?"}},
		{"reported", "checked: disputed by", []string{"9:5: error: this line names no page\n  hint: name one: `- checked: disputed by [[id]]`"}},
		{"reported", "checked: no evidence found [[a]]", []string{"9:5: error: \"no evidence found\" names no source\n  hint: take the link away, or choose another word: agrees with, agrees in part with, disputed by, no evidence found"}},
		{"forecast", "outcome: open [[a]]", []string{"9:5: error: \"open\" names no source\n  hint: take the link away, or choose another word: came, came in part, did not come, cannot be told, open"}},
		{"forecast", "outcome: came — so", []string{"9:5: error: this line names no page\n  hint: name one: `- outcome: came [[id]]`"}},
		{"forecast", "outcome: came in part [[a]]", []string{"9:5: error: \"came in part\" needs a note\n  hint: say behind a dash what was reported: `- outcome: came in part … — note`"}},
		{"forecast", "outcome: cannot be told", []string{"9:5: error: \"cannot be told\" needs a note\n  hint: say behind a dash what was reported: `- outcome: cannot be told … — note`"}},
		{"forecast", "outcome: cannot be told [[a]] — so", []string{"9:5: error: \"cannot be told\" names no source\n  hint: take the link away, or choose another word: came, came in part, did not come, cannot be told, open"}},
		{"forecast", "outcome: borne out [[a]]", []string{"9:5: error: \"borne out\" is no word for \"outcome\"\n  hint: write \"came\"; whether its cause is shown stands under `cause`"}},
		{"forecast", "outcome: partly [[a]] — so", []string{"9:5: error: \"partly\" is no word for \"outcome\"\n  hint: write \"came in part\"; whether its cause is shown stands under `cause`"}},
		{"forecast", "outcome: Not borne out [[a]] — so", []string{"9:5: error: \"not borne out\" is no word for \"outcome\"\n  hint: write \"did not come\"; whether its cause is shown stands under `cause`"}},
		{"forecast", "cause: shown [[a]]", []string{"9:5: error: a forecast that is open has no cause yet\n  hint: say under `outcome` what happened, or take the line away"}},
		{"forecast", "cause: none named\n> - outcome: open", []string{"9:5: error: a forecast that is open has no cause yet\n  hint: say under `outcome` what happened, or take the line away"}},
		{"forecast", "cause: likely\n> - outcome: came [[a]] — so", []string{"9:5: error: \"likely\" is no word for \"cause\"\n  hint: write one of: shown, disputed, not shown, none named"}},
		{"forecast", "cause: not shown\n> - outcome: came", []string{"10:5: error: this line names no page\n  hint: name one: `- outcome: came [[id]]`"}},
		{"forecast", "cause: not shown [[a]] — so\n> - outcome: did not come [[a]] — so", nil},
		{"forecast", "probability: 20", []string{"9:5: error: \"20\" is no probability\n  hint: write the number that the source prints: 20 % or 0.2"}},
		{"forecast", "probability: high", []string{"9:5: error: \"high\" is no probability\n  hint: write the number that the source prints: 20 % or 0.2"}},
		{"assessment", "probability: 20 %", []string{"9:5: error: \"probability\" belongs to a forecast, and this is an assessment\n  hint: take the line away, or make the claim a forecast"}},
		{"forecast", "horizon: 2025-06-31", []string{"9:5: error: \"2025-06-31\" is no date\n  hint: write a year, month or day that there is: 2025-06-30"}},
		{"reported", "wording: [[a]]", []string{"9:14: error: \"wording\" takes no link\n  hint: write plain words"}},
		{"reported", "was: a, B C/d", []string{"9:5: error: \"C/d\" cannot be the id of a claim\n  hint: write the ids that the claim had before, with commas between them"}},
		{"reported", "wording:", []string{"9:5: error: key \"wording\" has no value\n  hint: write it, or take the line away"}},
		{"reported", "about: [a](https://example.org/)", []string{"9:12: error: a record names pages of this site\n  hint: name a page of this site: [[id]]"}},
		{"reported", "checked: agrees with [a](https://example.org/)", []string{"9:26: error: a record names pages of this site\n  hint: give the report a page under sources/ and name that"}},
		{"recommendation", "addressee: [[a]] — short", []string{"9:21: error: \"addressee\" takes no note\n  hint: take it away; paragraphs are named one by one: ¶1, ¶2"}},
		{"reported", "qualifies: the claim", []string{"9:16: error: \"the claim\" is no link\n  hint: write [[the-claim]]; a note stands behind a dash: [[id]] — note"}},
		{"reported", "qualifies: [[a]] — see [[b]]", []string{"9:28: error: a note is plain text\n  hint: put the link before the dash, or into the text above"}},
		{"reported", "about: [[a]] - note", []string{"9:18: error: \"- note\" is no link\n  hint: a note stands behind a dash, not a hyphen: [[id]] — note"}},
		{"reported", "about: [[a]] ¶3", []string{"9:18: error: \"¶3\" is no link\n  hint: only a source is cited by paragraph"}},
		{"reported", "source: [[a]] — ¶3", []string{"9:18: error: \"source\" takes no note\n  hint: take it away; paragraphs are named one by one: ¶1, ¶2"}},
		{"reported", "about: [[a]]\n>\n>   more", []string{"9:3: error: this is no line of a record\n  hint: write `- key: value` on a line of its own"}},
	} {
		t.Run(c.line, func(t *testing.T) { wantReported(t, parse(claimWith(c.kind, c.line)), c.want...) })
	}
}

func TestClaimMistakes(t *testing.T) {
	const noSource, noHolder = "4:5: error: this claim lacks \"source\"\n  hint: add a line `- source: [[id]]` to its record", "4:5: error: this claim lacks \"held by\"\n  hint: add a line `- held by: [[id]]` to its record"
	for _, c := range []struct {
		name, in string
		want     []string
	}{
		{"no record", "> [!reported] T {#t}\n> Text.\n", []string{"4:5: error: this claim has no record\n  hint: end it with a list: `- source: [[id]] ¶1`, `- held by: [[id]]`"}},
		{"a record outside", "> [!reported] T {#t}\n> Text.\n\n- source: [[s]]\n", []string{"4:5: error: this claim has no record\n  hint: end it with a list: `- source: [[id]] ¶1`, `- held by: [[id]]`"}},
		{"no text", "> [!reported] T {#t}\n> - source: [[s]]\n> - held by: [[h]]\n", []string{"4:5: error: this claim has no text\n  hint: say between its title and its record who claims what"}},
		{"no title", "> [!reported] {#t}\n> Text.\n> - source: [[s]]\n> - held by: [[h]]\n", []string{"4:5: error: this claim has no title\n  hint: say in one sentence what is claimed"}},
		{"a link in its title", "> [!reported] T [a](b.md) {#t}\n> Text.\n> - source: [[s]]\n> - held by: [[h]]\n", []string{"4:5: error: a title cannot hold a link, a picture or a footnote\n  hint: put it into the text below"}},
		{"nothing of what it must have", "> [!reported] T {#t}\n> Text.\n> - about: [[s]]\n", []string{noHolder, noSource}},
		{"a heading", "> [!reported] T {#t}\n> Text.\n>\n> ## H\n>\n> - source: [[s]]\n> - held by: [[h]]\n", []string{"7:3: error: a claim cannot hold a heading\n  hint: put the heading before or behind the claim"}},
		{"a callout", "> [!reported] T {#t}\n> Text.\n>\n> > [!note]\n> > x\n>\n> - source: [[s]]\n> - held by: [[h]]\n", []string{"7:7: error: a claim cannot hold another callout\n  hint: end the first with an empty line that has no >"}},
		{"a footnote", "> [!reported] T {#t}\n> Text.[^1]\n>\n> - source: [[s]]\n> - held by: [[h]]\n\n[^1]: x\n", []string{"5:8: error: a claim cannot hold a footnote\n  hint: put the footnote behind the claim, or name the source in the record"}},
		{"a claim", "> [!reported] T {#t}\n> Text.\n>\n> " + strings.ReplaceAll(short("reported", "a"), "\n>", "\n> >") + ">\n> - source: [[s]]\n> - held by: [[h]]\n",
			[]string{"7:7: error: a claim cannot hold another callout\n  hint: end the first with an empty line that has no >"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := parse(c.in)
			wantReported(t, d, c.want...)
			for _, b := range broken(d, []byte(titled(c.in))) {
				t.Error(b)
			}
		})
	}
}

// A claim in a claim is reported; both are read, each with its own text.
func TestNestedClaims(t *testing.T) {
	d := parse("> [!reported] Out {#out}\n> [[a]] Text.\n>\n> > [!assessment] In {#in}\n> > [[b]] Inner.\n> >\n> > - source: [[s]]\n> > - held by: [[h]]\n>\n> [[c]] More.\n>\n> - source: [[s]]\n> - held by: [[h]]\n\n" + short("reported", "next"))
	if len(d.Claims) != 3 {
		t.Fatalf("%d claims, want three", len(d.Claims))
	}
	for i, want := range []string{
		"<p><a href=\"{0}\">{0 title}</a> Text.</p>\n<div class=\"claim claim-assessment\" id=\"in\">\n<p><a href=\"{1}\">{1 title}</a> Inner.</p>\n</div>\n<p><a href=\"{2}\">{2 title}</a> More.</p>\n",
		"<p><a href=\"{0}\">{0 title}</a> Inner.</p>\n",
		"<p>Text of next.</p>\n",
	} {
		if got := filled(d.Claims[i].Body); got != want {
			t.Errorf("claim %d is\n%s\nwant\n%s", i, got, want)
		}
	}
}

// A line of a record may be wrapped at any space, and mistakes in it are found
// on the line where they stand.
func TestBugWrappedRecord(t *testing.T) {
	d := parse(claimWith("reported", "depends\n>   on:\n>   [[a]] and\n>   [[b]] —\n>   a note\n>   here", "checked: disputed\n>   by\n>   [[c]]", "checked: no\n>   evidence found", "wording: reports\n>   suggest"))
	wantReported(t, d)
	lines := d.Claims[0].Lines
	for i, want := range []string{"depends on (9:5) a (11:5) b (12:5) – a note here", "checked (15:5) <disputed by> c (17:5)", "checked (18:5) <no evidence found>"} {
		if got := written(lines[min(i+2, len(lines)-1)]); got != want {
			t.Errorf("line %d is %s, want %s", i, got, want)
		}
	}
	if got := d.Claims[0].Wording.Text; got != "reports suggest" {
		t.Errorf("the wording is %q", got)
	}
	wantReported(t, parse(claimWith("reported", "about: [[a]],\n>   Pakistan,\n>   [[b]]")), "10:5: error: \"Pakistan\" is no link\n  hint: write [[pakistan]]; a note stands behind a dash: [[id]] — note")
}

// Claims without an id, or with a footnote where none can stand, are mistakes;
// what is made of them holds together all the same.
func TestBugClaimAnchors(t *testing.T) {
	const record = "> Text.\n> - source: [[s]]\n> - held by: [[h]] — note"
	for name, in := range map[string]string{
		"no id":                         "> [!reported] T\n" + record + "\n",
		"no id, twice":                  "> [!reported] T\n" + record + "\n\n> [!reported] U\n" + record + "\n",
		"a footnote in the title":       "> [!reported] T[^1] {#t}\n" + record + "\n\n[^1]: x\n",
		"a footnote in the record":      "> [!reported] T {#t}\n" + record + "[^1]\n\n[^1]: x\n",
		"a footnote in a nested record": "> [!reported] T {#t}\n> > [!reported] U {#u}\n> " + strings.ReplaceAll(record, "\n", "\n> ") + "[^1]\n\n[^1]: x\n",
	} {
		d := parse(in)
		if len(d.Diagnostics) == 0 {
			t.Errorf("%s: nothing is reported", name)
		}
		for _, b := range broken(d, []byte(titled(in))) {
			t.Errorf("%s: %s", name, b)
		}
	}
}

// The text of a claim is of the language of the page it stands on.
func TestClaimLanguage(t *testing.T) {
	d := NewParser().Parse("docs/a.md", []byte("---\ntitle: T\nlang: ur\n---\n> [!reported] A {#a}\n> B.\n>\n> - source: [[s]]\n> - held by: [[h]]\n"))
	if f := d.Claims[0].Body.Front; f.Lang != "ur" || f.Dir != frontmatter.RightToLeft {
		t.Errorf("its page is %q, %q", f.Lang, f.Dir)
	}
}

func TestProbability(t *testing.T) {
	for in, want := range map[string]float64{"20 %": 0.2, "20%": 0.2, "0.2": 0.2, "0,25": 0.25, "12.5\u202f%": 0.125, "1.1 %": 0.011, "0,7 %": 0.007, "0": 0, "1": 1, "100 %": 1, "101 %": -1, "1.1": -1, "-0.2": -1, "1e-1": -1, "": -1, "NaN": -1} {
		got, ok := Probability(in)
		if !ok {
			got = -1
		}
		if got != want {
			t.Errorf("%q is %v, want %v", in, got, want)
		}
	}
}

func TestUntil(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "none given": "", "2025": "2025", "2025-06": "2025-06", "by 2025-06-30, at the latest": "2025-06-30", "in 2024 or 2026": "2026",
		"2025–2027": "2027", "2025-2027": "2027", "the 2020s": "", "12345 days": "", "2025-31": "2025",
	} {
		if got := string(Until(in)); got != want {
			t.Errorf("until %q is %q, want %q", in, got, want)
		}
	}
}
