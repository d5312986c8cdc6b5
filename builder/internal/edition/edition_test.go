package edition

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"analysis/builder/internal/content"
	"analysis/builder/internal/diag"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/site"
)

// placed places a site with an actor, a source and the given section.
func placed(t *testing.T, section string) *site.Site {
	t.Helper()
	files := map[string]string{
		"index.md": "# Home\n", "actors/king.md": "---\ntitle: King\ntype: person\n---\n", "actors/queen.md": "---\ntitle: Queen\ntype: person\n---\n",
		"sources/paper.md": "---\ntitle: Paper\ntype: report\n---\n", "analysis/one.md": "# One\n\n" + section,
	}
	parser, in := content.NewParser(), site.Input{Config: frontmatter.Config{Language: "en"}}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		in.Docs = append(in.Docs, parser.Parse(name, []byte(files[name])))
	}
	s := site.NewPlacer().Place(in)
	for _, d := range s.Diagnostics {
		if d.Severity == diag.Error {
			t.Fatal(d)
		}
	}
	return s
}

func claim(kind, id, title, text string, lines ...string) string {
	return "> [!" + kind + "] " + title + " {#" + id + "}\n> " + text + "\n>\n> - source: [[paper]]\n" + "> - held by: [[king]]\n" + strings.Join(append([]string{""}, lines...), "\n> - ")[min(1, len(lines)):] + "\n\n"
}

// told writes the changes of a step in one line each.
func told(list []Change) (lines []string) {
	parts := func(list []Part) (s string) {
		for _, p := range list {
			if s += " " + p.Text; p.Changed {
				s += "*"
			}
		}
		return s
	}
	for _, c := range list {
		line := string(c.Before) + ">" + string(c.Date) + " " + c.How + " " + c.ID
		for _, f := range c.Fields {
			line += "; " + f.Name + ":" + parts(f.Before) + " |" + parts(f.After)
		}
		lines = append(lines, line)
	}
	return lines
}

func TestHistory(t *testing.T) {
	states := []string{
		claim("reported", "a", "A is so", "It is cold.") + claim("forecast", "b", "B may come", "B may come."),
		claim("reported", "a", "A is so", "It is very cold.", "checked: disputed by [[paper]] — no") + claim("forecast", "b", "B may come", "B may come.") + claim("reported", "c", "C", "C."),
		claim("assessment", "a", "A is so", "It is very cold.", "wording: may") + claim("forecast", "b2", "B may come", "B may come.", "was: b") + claim("reported", "c", "C", "C.", "withdrawn: 2026-03-04 — an error"),
		claim("assessment", "a", "A is so", "It is very cold.", "replaced by: [[d]]") + claim("forecast", "b2", "B may come", "B may come.", "was: b") + claim("reported", "c", "C", "C.", "withdrawn: 2026-03-04 — an error") + claim("reported", "d", "D", "D."),
	}
	var editions []*Edition
	for i, state := range states[:3] {
		day := fmt.Sprintf("2026-0%d-01", i+1)
		e, found := Read(site.EditionFolder+"/"+day+".json", Of(placed(t, state).Claims, frontmatter.Date(day)).Encode())
		if len(found) > 0 {
			t.Fatal(found)
		}
		editions = append(editions, e)
	}
	s := placed(t, states[3])
	if found := Lost(s, editions); len(found) > 0 {
		t.Error(found)
	}
	h := Input{s.Claims, s.Gone, editions}.History()
	var got []string
	for _, step := range h.Steps {
		got = append(got, told(step.Changes)...)
	}
	want := []string{
		"2026-03-01> added d", "2026-03-01> replaced a; replaced by: | d*",
		"2026-02-01>2026-03-01 changed a; kind: reported* | assessment*; hedge: | may*; check: disputed by paper — no* |",
		"2026-02-01>2026-03-01 renamed b2; id: b* | b2*", "2026-02-01>2026-03-01 withdrawn c; reason: | an error*",
		"2026-01-01>2026-02-01 changed a; text: It is cold. | It is very* cold.; check: | disputed by paper — no*",
		"2026-01-01>2026-02-01 added c",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
	if n := len(h.Of("a")); n != 4 || h.Since("b2") != "2026-01-01" || h.Since("d") != "" || h.Latest != "2026-03-01" {
		t.Errorf("%d changes of a; b2 since %q, d since %q", n, h.Since("b2"), h.Since("d"))
	}
	if c := h.Of("b2"); !c[1].First || c[0].First {
		t.Error("a name is taken for a version")
	}
	none := Input{Claims: s.Claims}.History()
	if none.Since("a") != "" || none.Of("a") != nil {
		t.Error("there is a history without editions")
	}
}

// Of two claims that became one, that with its id is the same, and the other one is told of.
func TestMerged(t *testing.T) {
	a, b := claim("reported", "a", "A", "A."), claim("reported", "b", "B", "B.")
	s := placed(t, claim("reported", "a", "A", "A.", "was: b"))
	h := Input{Claims: s.Claims, Editions: []*Edition{Of(placed(t, a+b).Claims, "2026-01-01"), Of(s.Claims, "2026-02-01")}}.History()
	if got := told(h.Steps[0].Changes); len(got) != 1 || got[0] != "2026-01-01>2026-02-01 merged b; id: b* | a*" || h.Since("a") != "2026-01-01" {
		t.Error(got, h.Since("a"))
	}
}

// A claim that names one by its new name says the same, and so does one whose lines stand in
// another order.
func TestSame(t *testing.T) {
	a, b, b2 := claim("reported", "a", "A", "A.", "supports: [[b]] — so", "repeats: [[b]]"), claim("reported", "b", "B", "B."), claim("reported", "b2", "B", "B.", "was: b")
	s := placed(t, claim("reported", "a", "A", "A.", "repeats: [[b2]]", "supports: [[b2]] — so")+b2)
	h := Input{Claims: s.Claims, Editions: []*Edition{Of(placed(t, a+b).Claims, "2026-01-01"), Of(s.Claims, "2026-02-01")}}.History()
	if got := told(h.Steps[0].Changes); len(got) != 1 || got[0] != "2026-01-01>2026-02-01 renamed b2; id: b* | b2*" {
		t.Error(got)
	}
}

// A version that an edition has is kept with the change after which it says that, also if the
// claim said the same before in another order or of a claim with another name.
func TestVersions(t *testing.T) {
	b, b2 := claim("reported", "b", "B", "B."), claim("reported", "b2", "B", "B.", "was: b")
	states := []string{claim("reported", "a", "A", "A.", "supports: [[b]]") + b, claim("reported", "a", "A", "A.", "supports: [[b2]]") + b2, claim("reported", "a", "A", "C.", "supports: [[b2]]") + b2}
	var in Input
	var versions []string
	for i, state := range append(states, states[1], states[2]) {
		s := placed(t, state)
		e := Of(s.Claims, frontmatter.Date(fmt.Sprintf("2026-0%d-01", i+1)))
		in, versions = Input{Claims: s.Claims, Editions: append(in.Editions, e)}, append(versions, s.Claims[0].Version())
	}
	var got []string
	for _, c := range in.History().Of("a") {
		got = append(got, fmt.Sprint(c.How, " ", slices.Index(versions, c.Version), c.First, len(c.Also)))
	}
	if want := []string{"changed 2 false 0", "changed 1 false 0", "changed 2 true 0", "added 0 true 1"}; !slices.Equal(got, want) || in.History().Of("a")[3].Also[0] != versions[1] {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A claim that is deleted or moved to a draft is missed, at its place in the last edition
// that has it, or at the file if that was written in another form.
func TestLost(t *testing.T) {
	data := Of(placed(t, claim("reported", "a", "A", "A.")+claim("reported", "b", "B", "B.")).Claims, "2026-01-01").Encode()
	for place, text := range map[string]string{"editions/2026-01-01.json:19:4": string(data), "editions/2026-01-01.json": strings.ReplaceAll(string(data), "\n", "")} {
		e, found := Read("editions/2026-01-01.json", []byte(text))
		if len(found) > 0 {
			t.Fatal(found)
		}
		found = Lost(placed(t, claim("reported", "a", "A", "A.")), []*Edition{e, e})
		if want := place + ": error: the claim \"b\" is in the edition of 2026-01-01, but the site has it no longer\n  hint: bring it back, to analysis/one.md or another page, and write into its record `withdrawn: DATE — reason` or `replaced by: [[id]]`, or into that of the claim that it became `was: b`"; len(found) != 1 || found[0].String() != want {
			t.Errorf("got %v\nwant %s", found, want)
		}
	}
}

func TestMalformed(t *testing.T) {
	good := string(Of(placed(t, claim("reported", "a", "A", "A.")).Claims, "2026-01-01").Encode())
	const name = "editions/2026-01-01.json"
	for _, c := range []struct{ name, text, want string }{
		{name, good[:len(good)/2], name + ":"},
		{name, strings.Replace(good, `"title": "A"`, `"title": 7`, 1), name + ":9:"},
		{name, strings.Replace(good, `"title"`, `"titel"`, 1), name + ":"},
		{name, good + "{}", name + ":"},
		{name, strings.Replace(good, `"id": "a"`, `"id": ""`, 1), name + ":"},
		{name, strings.Replace(good, `"text": "A."`, `"text": "B."`, 1), name + ":5:"},
		{name, good[:strings.LastIndex(good, "\n ]")] + "," + good[strings.Index(good, "[")+1:], name + ":5:"},
		{"editions/2026-01-02.json", good, "editions/2026-01-02.json:1:1: error: the edition of \"2026-01-01\" is in a file of another day"},
		{"editions/2026-02-30.json", strings.Replace(good, "01-01", "02-30", 1), "editions/2026-02-30.json:1:1: error: there is no day 2026-02-30"},
		{name, `{"date": "2026-01-01"}`, name + ":1:1: error: this is no edition: it has no list of claims"},
		{"editions/first.json", good, "editions/first.json:1:1: error: the name of an edition is its day"},
		{name, "[]", name + ":1:2: error: this is no edition: it must not be of type array"},
		{name, `{"date": "é", "claims": 7}`, name + ":1:26: error: this is no edition: claims must not be of type number"},
		{name, "", name + ":1:1: error: this is no edition: EOF"},
	} {
		e, found := Read(c.name, []byte(c.text))
		if e != nil || len(found) != 1 || !strings.HasPrefix(found[0].String(), c.want) || found[0].Hint == "" {
			t.Errorf("%s, %.20q: %v, want %s", c.name, c.text, found, c.want)
		}
	}
}

// The version changes with what a claim says, not with its place, its id, or what others
// say of it.
func TestVersion(t *testing.T) {
	version := func(section string) string { return placed(t, section).Claims[0].Version() }
	base := claim("reported", "a", "A", "A.")
	other := claim("reported", "b", "B", "B.")
	for text, same := range map[string]bool{
		base + other: true, base + claim("reported", "b", "B", "B.", "supports: [[a]]"): true, "Word.\n\n" + base: true,
		claim("reported", "z", "A", "A.", "was: a"): true, claim("reported", "a", "A", "A.", "about: [[king]]"): true,
		claim("reported", "a", "A", "A.", "contradicts: [[b]]") + other: false, claim("assessment", "a", "A", "A."): false,
		claim("reported", "a", "A!", "A."): false, claim("reported", "a", "A", "B."): false, claim("reported", "a", "A", "A.", "wording: may"): false,
	} {
		if got := version(text) == version(base); got != same {
			t.Errorf("the same version: %v, of\n%s", got, text)
		}
	}
	about := placed(t, claim("reported", "a", "A", "A.", "about: [[queen]], [[king]]", "about: [[paper]] — in part")).Claims[0].Said
	if got := strings.Join(about.About, ", "); got != "queen, king, paper — in part" {
		t.Errorf("it is about %s", got)
	}
	king, queen := claim("reported", "a", "A", "The [[king]] reads."), claim("reported", "a", "A", "The [[queen]] reads.")
	if got := placed(t, king).Claims[0].Said.Text; got != "The King reads." || version(king) == version(queen) {
		t.Errorf("a link without a label is kept as %q", got)
	}
	if v := version(base); len(v) != 8 {
		t.Errorf("the version is %q", v)
	}
}

func TestWords(t *testing.T) {
	long := strings.Repeat("word ", 2000)
	if from, to := words(long, long+"x"); len(from) != 1 || !from[0].Changed || !to[0].Changed {
		t.Errorf("%d and %d parts of long texts", len(from), len(to))
	}
}
