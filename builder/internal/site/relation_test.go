package site

import (
	"bytes"
	"testing"

	"analysis/builder/internal/content"
	"analysis/builder/internal/kind"
)

func TestRelations(t *testing.T) {
	s := place(t, files{
		"index.md":      "",
		"actors/a.md":   about("Army", "agency", "part_of: p"),
		"actors/i.md":   about("Intelligence", "agency", "part_of: P"),
		"actors/p.md":   about("Pakistan", "state", "weight: 2"),
		"places/k.md":   about("Kabul", "city", "part_of: z"),
		"places/z.md":   about("Afghan soil", "region", ""),
		"sources/s.md":  about("Paper", "newspaper", "published: 2024-12-25"),
		"sources/r.md":  about("Radio", "broadcast", ""),
		"events/one.md": page("title: One\nprecision: day\ndate: 2024-12-24\nplaces: [k, z]\nactors: [p, a, p]\nfigures:\n  - {what: dead, value: \"46\", claimant: b, source: s, date: 2024-12-25}\n  - {what: dead, value: \"20\", claimant: c, source: s, date: 2024-12-26}", ""),
		"events/two.md": page("title: Two\nprecision: year\ndate: 2023\nplaces: [k]\nactors: [a]\nfigures: [{what: hurt, value: some, claimant: b, source: r, date: 2023}]", ""),
	})
	for _, c := range []struct {
		url, key string
		inverse  bool
		want     string
	}{
		{"actors/a/", "part_of", false, "Pakistan"},
		{"actors/a/", "part_of", true, ""},
		{"actors/p/", "part_of", true, "Army, Intelligence"},
		{"places/z/", "part_of", true, "Kabul"},
		{"events/one/", "places", false, "Afghan soil, Kabul"}, // in the order of all lists, by title
		{"events/one/", "actors", false, "Pakistan, Army"},     // by weight first, and each once
		{"places/k/", "places", true, "Two, One"},              // by date
		{"places/k/", "places", false, ""},
		{"actors/a/", "actors", true, "Two, One"},
		{"sources/s/", "figures", true, "One"},
		{"sources/r/", "figures", true, "Two"},
		{"sources/r/", "nosuch", true, ""},
	} {
		if got := titles(at(t, s, c.url).Relation(c.key, c.inverse)); got != c.want {
			t.Errorf("%s %s (inverse: %t): %q, want %q", c.url, c.key, c.inverse, got, c.want)
		}
	}
	figures := at(t, s, "events/one/").Figures
	if len(figures) != 2 || figures[0].Value != "46" || figures[1].Value != "20" || figures[0].Figure.Source.ID != "s" || figures[0].Source != at(t, s, "sources/s/").Ref {
		t.Errorf("figures %+v", figures)
	}
}

func TestBrokenRelations(t *testing.T) {
	base := files{
		"index.md":             "",
		"actors/p.md":          about("Pakistan", "state", ""),
		"places/k.md":          about("Kabul", "city", ""),
		"sources/s.md":         about("Paper", "newspaper", ""),
		"actors/unfinished.md": about("Draft", "state", "draft: true"),
	}
	for _, c := range []struct{ name, file, text, want string }{
		{"no page", "actors/a.md", about("A", "agency", "part_of: paxx"), "actors/a.md:4:10: error: no page or claim \"paxx\""},
		{"a near one of the kind", "events/e.md", page("title: E\nprecision: unknown\nplaces: [kk]", ""), "events/e.md:4:10: error: no page or claim \"kk\"\n  hint: did you mean \"k\"?"},
		{"another kind", "events/e.md", page("title: E\nprecision: unknown\nplaces: [p]", ""), "events/e.md:4:10: error: \"p\" is no place but a page of kind actor\n  hint: name a page of the folder places/"},
		{"part of another kind", "actors/a.md", about("A", "agency", "part_of: k"), "actors/a.md:4:10: error: \"k\" is no actor but a page of kind place\n  hint: name a page of the folder actors/"},
		{"itself", "actors/a.md", about("A", "agency", "part_of: a"), "actors/a.md:4:10: error: \"a\" names this page itself\n  hint: name another page, or take the line away"},
		{"a draft", "actors/a.md", about("A", "agency", "part_of: unfinished"), "actors/a.md:4:10: error: the page \"unfinished\" is a draft\n  hint: publish it, or build with -drafts"},
		{"a figure without a source", "events/e.md", page("title: E\nprecision: unknown\nfigures: [{what: a, value: b, claimant: c, source: k, date: 2024}]", ""),
			"events/e.md:4:52: error: \"k\" is no source but a page of kind place\n  hint: name a page of the folder sources/"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := files{c.file: c.text}
			for name, text := range base {
				f[name] = text
			}
			got := errorsOf(NewPlacer().Place(input(f)))
			if len(got) != 1 || got[0] != c.want {
				t.Errorf("reported %q, want %q", got, c.want)
			}
		})
	}
}

func TestRef(t *testing.T) {
	in := input(files{
		"index.md":     page("title: Home\nsummary: All of it.", ""),
		"events/e.md":  page("title: E\nprecision: month\ndate: 2025-01\nweight: 3", ""),
		"events/f.md":  page("title: F\nprecision: year\ndate: 2024", ""),
		"sources/s.md": about("S", "column", "published: 2025-06-01\nupdated: 2026-01-01"),
		"actors/a.md":  about("A", "state", "updated: 2026-01-01"),
	})
	in.Config.AsOf = "2024-12-31"
	s := NewPlacer().Place(in)
	for _, want := range []Ref{
		{ID: "home", URL: "", Title: "Home", Kind: kind.Home, Summary: "All of it."},
		{ID: "e", URL: "events/e/", Title: "E", Kind: kind.Event, Date: "2025-01", Later: true, Weight: 3},
		{ID: "f", URL: "events/f/", Title: "F", Kind: kind.Event, Date: "2024"},
		{ID: "s", URL: "sources/s/", Title: "S", Kind: kind.Source, Type: "column", Date: "2025-06-01", Later: true},
		{ID: "a", URL: "actors/a/", Title: "A", Kind: kind.Actor, Type: "state"},
	} {
		got := *at(t, s, want.URL).Ref
		if want.order = got.order; got != want {
			t.Errorf("got %+v, want %+v", got, want)
		}
	}
}

func TestMinutes(t *testing.T) {
	for words, want := range map[int]int{0: 1, 1: 1, 220: 1, 329: 1, 330: 2, 2200: 10} {
		if got := (&Page{Doc: &content.Document{Body: content.Body{HTML: bytes.Repeat([]byte("a "), words)}}}).Minutes(); got != want {
			t.Errorf("%d words take %d minutes, want %d", words, got, want)
		}
	}
}

// That a page is a draft is all the hint that is needed.
func TestHintForADraft(t *testing.T) {
	wantErrors(t, files{"index.md": "", "actors/a.md": about("A", "agency", "part_of: d"), "actors/d.md": about("D", "state", "draft: true")},
		"actors/a.md:4:10: error: the page \"d\" is a draft\n  hint: publish it, or build with -drafts")
}
