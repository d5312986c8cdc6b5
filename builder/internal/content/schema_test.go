package content

import "testing"

// What a kind's own keys may hold. Positions are tested with the common keys.
func TestKindMistakes(t *testing.T) {
	for _, c := range []struct {
		path, front string
		want        []string
	}{
		{"actors/a.md", "title: A\n", []string{"2:1: error: the front matter lacks the key \"type\"\n  hint: add a line `type: …`"}},
		{"actors/a.md", "title: A\ntype: stat\n", []string{"3:7: error: unknown word \"stat\"\n  hint: did you mean \"state\"?"}},
		{"actors/a.md", "title: A\ntype: club\n", []string{"3:7: error: unknown word \"club\"\n  hint: write one of: state, government, armed group, agency, person"}},
		{"actors/a.md", "title: A\ntype: state\npart_of: [b]\n", []string{"4:10: error: this must be text, not a list\n  hint: write plain text"}},
		{"actors/a.md", "title: A\ntype: state\ndate: 2024\n", []string{"4:1: error: unknown key \"date\"\n  hint: did you mean \"updated\"?"}},
		{"places/a.md", "title: A\n", []string{"2:1: error: the front matter lacks the key \"type\"\n  hint: add a line `type: …`"}},
		{"concepts/a.md", "title: A\ntype: terms\n", []string{"3:7: error: unknown word \"terms\"\n  hint: did you mean \"term\"?"}},
		{"events/a.md", "title: A\ndate: 2024\n", []string{"2:1: error: the front matter lacks the key \"precision\"\n  hint: add a line `precision: …`"}},
		{"events/a.md", "title: A\ndate: 2024-12\nprecision: day\n", []string{"4:12: error: the date \"2024-12\" does not have the precision \"day\"\n  hint: 2024-12-24 is a day, 2024-12 a month, 2024 a year; unknown has no date"}},
		{"events/a.md", "title: A\ndate: 2024\nprecision: unknown\n", []string{"4:12: error: the date \"2024\" does not have the precision \"unknown\"\n  hint: 2024-12-24 is a day, 2024-12 a month, 2024 a year; unknown has no date"}},
		{"events/a.md", "title: A\nprecision: day\n", []string{"3:12: error: the date \"\" does not have the precision \"day\"\n  hint: 2024-12-24 is a day, 2024-12 a month, 2024 a year; unknown has no date"}},
		{"events/a.md", "title: A\nprecision: unknown\n", nil},
		{"events/a.md", "title: A\nprecision: unknown\nfigures: [{what: b}]\n", []string{
			"4:11: error: this figure lacks the key \"claimant\"\n  hint: add a line `claimant: …`",
			"4:11: error: this figure lacks the key \"date\"\n  hint: add a line `date: …`",
			"4:11: error: this figure lacks the key \"source\"\n  hint: add a line `source: …`",
			"4:11: error: this figure lacks the key \"value\"\n  hint: add a line `value: …`",
		}},
		{"sources/a.md", "title: A\ntype: column\nurl: example.org\n", []string{"4:6: error: \"example.org\" is not a web address\n  hint: write it in full: https://example.org/page"}},
		{"sources/a.md", "title: A\ntype: column\nurl: javascript:alert(1)\n", []string{"4:6: error: \"javascript:alert(1)\" is not a web address\n  hint: write it in full: https://example.org/page"}},
		{"sources/a.md", "title: A\ntype: column\npassages: [{n: 0, gist: b}]\n", []string{"4:16: error: 0 is not the number of a passage\n  hint: count from 1"}},
		{"sources/a.md", "title: A\ntype: column\npassages: [{n: 1, gist: b}, {n: 1, gist: c}]\n", []string{"4:33: error: passage 1 is listed twice\n  hint: number every passage once"}},
		{"sources/a.md", "title: A\ntype: column\npassages: [{n: 1}]\n", []string{"4:12: error: this passage lacks the key \"gist\"\n  hint: add a line `gist: …`"}},
		{"sources/a.md", "title: A\ntype: column\npassages: [{n: 1, gist: b, sha256: ABC}]\n", []string{"4:36: error: this is not a SHA-256\n  hint: write 64 lower-case hex digits"}},
		// The keys of one kind are unknown to the others.
		{"docs/a.md", "title: A\npassages: []\n", []string{"3:1: error: unknown key \"passages\"\n  hint: the keys here are aliases, autolink, dir, draft, lang, layout, menu, picture, redirect_from, shows, summary, title, updated, weight"}},
		{"actors/index.md", "title: A\n", nil},
	} {
		t.Run(c.path+" "+c.front, func(t *testing.T) { wantReported(t, parseFront(c.path, c.front), c.want...) })
	}
}

// A page that needs front matter and has none is told what it needs.
func TestNoFrontMatterAtAll(t *testing.T) {
	d := NewParser().Parse("actors/a.md", []byte("# A\n"))
	if len(d.Diagnostics) != 1 || d.Diagnostics[0].Message != "the front matter lacks the key \"type\"" {
		t.Errorf("reported %v", d.Diagnostics)
	}
}
