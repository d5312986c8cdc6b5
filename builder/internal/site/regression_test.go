package site

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// The title of a link without a label is shown once.
func TestBugSentenceOfABareLink(t *testing.T) {
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

// The letters of an entity are no word.
func TestBugNameInAnEntity(t *testing.T) {
	s := place(t, files{"index.md": "R&D, a < b, a > b, Lt here", "actors/x.md": about("Amp", "person", "aliases: [Lt]"), "actors/y.md": about("Gt", "person", "")})
	if got, want := linked(at(t, s, "")), "<p>R&amp;D, a &lt; b, a &gt; b, {Lt|actors/x/} here</p>\n"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// A sentence is cut between characters, and where there are no spaces too.
func TestBugLongSentenceWithoutSpaces(t *testing.T) {
	for _, shift := range []string{"", "a", "aa"} {
		s := place(t, files{"index.md": "", "a.md": strings.Repeat("漢字", 100) + shift + "[it](b.md)" + shift + strings.Repeat("漢字", 100), "b.md": ""})
		b := at(t, s, "b/").Backlinks[0]
		if !utf8.ValidString(b.Before) || !utf8.ValidString(b.After) {
			t.Errorf("%q and %q", b.Before, b.After)
		}
	}
}

// A file's name is never read as a scheme.
func TestBugColonInAFileName(t *testing.T) {
	for file, want := range map[string]string{"a:b.txt": "./a:b.txt", "javascript:alert(1).txt": "./javascript:alert%281%29.txt"} {
		s := place(t, files{"index.md": "[x](./" + strings.NewReplacer("(", "%28", ")", "%29").Replace(file) + ")", file: ""})
		if got := linked(at(t, s, "")); got != "<p>{x|"+want+"}</p>\n" {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

// A link may close its sentence from inside.
func TestBugLinkThatIsASentence(t *testing.T) {
	s := place(t, files{"index.md": "", "a.md": "One. [It was.](b.md) Three.", "b.md": ""})
	if got := quoted(at(t, s, "b/").Backlinks[0]); got != "{It was.}" {
		t.Errorf("got %q", got)
	}
}

// That a page is a draft is all the hint that is needed.
func TestBugHintForADraft(t *testing.T) {
	wantErrors(t, files{"index.md": "", "actors/a.md": about("A", "agency", "part_of: d"), "actors/d.md": about("D", "state", "draft: true")},
		"actors/a.md:4:10: error: the page \"d\" is a draft\n  hint: publish it, or build with -drafts")
}

// Markup inside a word does not make two of it.
func TestBugWordWithMarkup(t *testing.T) {
	s := place(t, files{"index.md": "Old**Kabul**, **Kabul**is", "places/k.md": about("Kabul", "city", "")})
	if got, want := linked(at(t, s, "")), "<p>Old<strong>Kabul</strong>, <strong>Kabul</strong>is</p>\n"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
