package site

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"
)

// quoted is a backlink as a page shows it: its sentence, the link in braces.
func quoted(b Backlink) string { return b.Before + "{" + b.Match + "}" + b.After }

func TestSentence(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"the whole paragraph", "He saw [the bee](b.md) here", "He saw {the bee} here"},
		{"in the middle", "One. He saw [it](b.md) here. Three.", "He saw {it} here."},
		{"the first", "He saw [it](b.md). Two.", "He saw {it}."},
		{"the last", "One. He saw [it](b.md)!", "He saw {it}!"},
		{"behind other marks", "One? Two! He saw [it](b.md)? Yes.", "He saw {it}?"},
		{"the link begins the sentence", "One. [It](b.md) was. Three.", "{It} was."},
		{"a mark inside the link", "See [No. 5? Yes](b.md) now. Then", "See {No. 5? Yes} now."},
		{"closing quotes and brackets belong to it", "He said \"so.\" (And [it](b.md) was.) Then \"no.\"", "(And {it} was.)"},
		{"initials", "The B. R. [list](b.md) of A. B. Then more.", "The B. R. {list} of A. B. Then more."},
		{"common abbreviations", "Gen. Staff, Dr. Degree, Mr. Or Mrs. [Form](b.md), Lt. Grade, No. 5, St. Helena. Done.", "Gen. Staff, Dr. Degree, Mr. Or Mrs. {Form}, Lt. Grade, No. 5, St. Helena."},
		{"numbers and names with a full stop", "In 3.5 km [it](b.md) at example.org is. More.", "In 3.5 km {it} at example.org is."},
		{"a small letter goes on", "The U.N. etc. and [it](b.md) e.g. here. More.", "The U.N. etc. and {it} e.g. here."},
		{"an ellipsis before a small letter", "Well... then [it](b.md) came. More.", "Well… then {it} came."},
		{"other writing", "Всё. Он видел [её](b.md) здесь. Да.", "Он видел {её} здесь."},
		{"over two lines", "He\nsaw [the\nbee](b.md)\nhere. Two.", "He saw {the bee} here."},
		{"markup is left out", "*He* saw **the [`bee`](b.md)** & ~~it~~ \\<u>x\\</u>. Two.", "He saw the {bee} & it <u>x</u>."},
		{"a list's entry", "- One\n- saw [it](b.md) here\n- Three", "saw {it} here"},
		{"a cell", "| a | saw [it](b.md) |\n|---|---|\n| c | d |", "saw {it}"},
		{"a heading", "## On [it](b.md) now\n\nText", "On {it} now"},
		{"a hard break ends it", "One\\\nsaw [it](b.md)\\\nThree", "saw {it}"},
		{"marks of footnotes are left out", "One.[^1] He saw [it](b.md)[^1] here.[^1] Two.\n\n[^1]: x", "He saw {it} here."},
		{"a label with markup", "He saw [the *big* bee](b.md).", "He saw {the big bee}."},
		{"the titles of other links", "Since [[home]] saw [it](b.md) at [[c]]. Two.", "Since home saw {it} at See."},
		{"a picture in the sentence", "He ![p](p.png) saw [it](b.md).", "He saw {it}."},
		{"a name that is linked by itself", "One. He saw Bee here. Two.", "He saw {Bee} here."},
		{"a name with an ampersand before it", "A & B < C saw Bee & more. Two.", "A & B < C saw {Bee} & more."},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := place(t, files{"index.md": "", "a.md": c.in, "b.md": page("title: Bees\naliases: [Bee]", ""), "c.md": page("title: See", ""), "p.png": ""})
			links := at(t, s, "b/").Backlinks
			if len(links) != 1 {
				t.Fatalf("%d backlinks, want one: %+v", len(links), links)
			}
			if got := quoted(links[0]); got != c.want {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

// A long sentence is cut between words, well before it fills the page.
func TestLongSentence(t *testing.T) {
	words := strings.Repeat("word ", 100)
	s := place(t, files{"index.md": "", "a.md": "Start " + words + "[it](b.md) " + words + "end.\n", "b.md": ""})
	b := at(t, s, "b/").Backlinks[0]
	if !strings.HasPrefix(b.Before, "… word ") || !strings.HasSuffix(b.Before, " word ") || strings.Contains(b.Before, "Start") || len(b.Before) > 210 {
		t.Errorf("before the link: %q", b.Before)
	}
	if !strings.HasPrefix(b.After, " word ") || !strings.HasSuffix(b.After, " word …") || len(b.After) > 210 {
		t.Errorf("after the link: %q", b.After)
	}
}

// However much HTML is around a link, what is shown of it is text.
func TestSentenceOfMuchHTML(t *testing.T) {
	for i := range 40 { // wherever the HTML is cut
		words := strings.Repeat("**`é`** ", 1000)
		s := place(t, files{"index.md": "", "a.md": words + strings.Repeat("x", i) + " [it](b.md) " + strings.Repeat("x", i) + " " + words + "\n", "b.md": ""})
		got := quoted(at(t, s, "b/").Backlinks[0])
		if rest := strings.Trim(got, "é …x"); rest != "{it}" || len(got) < 200 || len(got) > 500 {
			t.Errorf("%d: %q", i, got)
		}
	}
}

func TestBacklinks(t *testing.T) {
	s := place(t, files{
		"index.md":  "[[b]]",
		"a.md":      "Plain [b](b.md) first.\n\n## Deep\n\nThen [b](b.md) again, [c](c.md).\n\n### Deeper\n\n[d](d.md#x)\n",
		"b.md":      "To [b](b.md) itself, and [back](a.md).",
		"c.md":      "",
		"d.md":      "## X",
		"notes.txt": "",
		"e.md":      "[notes](notes.txt)",
	})
	for url, want := range map[string]string{
		// One for each page that links, in the order of their files; never of the
		// page to itself.
		"b/": "a/ a#|home/ home#",
		"a/": "b/ b#",
		"c/": "a/ a#deep", // the heading above the link
		"d/": "a/ a#deeper",
		"e/": "",
		"":   "",
	} {
		var got []string
		for _, b := range at(t, s, url).Backlinks {
			got = append(got, fmt.Sprintf("%s/ %s#%s", b.From.ID, b.From.Title, b.Fragment))
		}
		if strings.Join(got, "|") != want {
			t.Errorf("to %q: %q, want %q", url, got, want)
		}
	}
	if got := quoted(at(t, s, "b/").Backlinks[0]); got != "Plain {b} first." {
		t.Errorf("the first of two links counts, got %q", got)
	}
}

// Whichever stands first in the text is shown, a link or a name.
func TestBacklinkOfNameOrLink(t *testing.T) {
	for in, want := range map[string]string{
		"Bees by name. And [by link](b.md).":    "{Bees} by name.",
		"It is [by link](b.md). And Bees.":      "It is {by link}.",
		"## [Head](b.md)\n\nAnd Bees by name.":  "{Head}",
		"[Else](c.md), Bees. And [link](b.md).": "Else, {Bees}.",
	} {
		s := place(t, files{"index.md": "", "a.md": in, "b.md": page("title: X\naliases: [Bees]", ""), "c.md": ""})
		if got := quoted(at(t, s, "b/").Backlinks[0]); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestCitations(t *testing.T) {
	s := place(t, files{
		"index.md":     "[x](sources/s.md#p1)",
		"a.md":         "[x](sources/s.md#p1) [y](sources/s.md#p1) [z](sources/s.md#p2) [w](sources/s.md)",
		"b.md":         "[[s#p1|¶1]]",
		"c.md":         "[x](sources/s.md#p1.2) [y](sources/s.md#p1.1) [z](sources/s.md#p1x)",
		"sources/s.md": page("title: S\ntype: column\npassages: [{n: 1, gist: a, sentences: [0000000a, 0000000b]}, {n: 2, gist: b}, {n: 3, gist: c}]", "[self](#p3)\n\n## P1x\n"),
	})
	p := at(t, s, "sources/s/")
	for anchor, want := range map[string]string{"p1": "a, b, home, c", "p1.2": "c", "p1x": "c", "p2": "a", "p3": "", "": ""} {
		if got := titles(p.Cited(anchor)); got != want {
			t.Errorf("%q is cited by %q, want %q", anchor, got, want)
		}
	}
}

// The title of a link without a label is shown once.
func TestSentenceOfABareLink(t *testing.T) {
	for in, want := range map[string]string{
		"One. See also [[b]] here. Two.":    "See also {Bees} here.",
		"[[b]]":                             "{Bees}",
		"First [[c]] then [[b]], so [[c]].": "First See then {Bees}, so See.",
		"[[b]] and *[[b]]*.":                "{Bees} and Bees.",
	} {
		s := place(t, files{"index.md": "", "a.md": in, "b.md": page("title: Bees", ""), "c.md": page("title: See", "")})
		if got := quoted(at(t, s, "b/").Backlinks[0]); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

// A sentence is cut between characters, and where there are no spaces too.
func TestLongSentenceWithoutSpaces(t *testing.T) {
	for _, shift := range []string{"", "a", "aa"} {
		s := place(t, files{"index.md": "", "a.md": strings.Repeat("漢字", 100) + shift + "[it](b.md)" + shift + strings.Repeat("漢字", 100), "b.md": ""})
		b := at(t, s, "b/").Backlinks[0]
		if !utf8.ValidString(b.Before) || !utf8.ValidString(b.After) {
			t.Errorf("%q and %q", b.Before, b.After)
		}
	}
}

// A link may close its sentence from inside.
func TestLinkThatIsASentence(t *testing.T) {
	s := place(t, files{"index.md": "", "a.md": "One. [It was.](b.md) Three.", "b.md": ""})
	if got := quoted(at(t, s, "b/").Backlinks[0]); got != "{It was.}" {
		t.Errorf("got %q", got)
	}
}
