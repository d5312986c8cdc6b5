package gather

import (
	"fmt"
	"strings"
	"testing"
)

// listed are pages with names to sort, and with sources to use, beside the cast.
var listed = files{
	"actors/zoe.md":    about("Zoe", "person", "aliases: [Zoey, The Chief, {name: زوئی, lang: ur}]\n"),
	"actors/army.md":   about("The Army", "agency", ""),
	"places/aa.md":     about("Aachen", "city", ""),
	"concepts/term.md": about("A term", "term", ""),
	"events/e.md":      page("title: Fair\nprecision: unknown\nfigures: [{what: dead, value: some, claimant: they, source: radio, date: 2024}]", ""),
	"sources/paper.md": about("Paper", "essay", "publisher: Press\n"),
	"sources/radio.md": about("Radio", "report", "published: 2024\n"),
	"told.md": page("title: Told", "> [!forecast] It comes {#comes}\n> It will.\n>\n> - source: [[paper]]\n> - held by: [[zoe]]\n> - horizon: 2025\n> - outcome: came in part [[radio]] — half\n> - cause: disputed [[paper]], [[radio]]\n"+
		"> - checked: agrees with [[radio]] — on one thing\n> - checked: disputed by [[radio]], [[paper]] — on another\n\nSee [[comes]].\n"),
}

func TestGlossary(t *testing.T) {
	var got []string
	for _, l := range shown(t, "glossary", listed).Glossary {
		line := l.Letter + ":"
		for _, r := range l.Entries {
			line += " " + r.Name
			if r.Name != r.Ref.Title {
				line += " → " + r.Ref.Title
			}
		}
		got = append(got, line)
	}
	if want := "A: A term Aachen The Army; C: The Chief → Zoe; K: Kabul King; Q: Queen; S: Strategic depth; Z: Zoe"; strings.Join(got, "; ") != want {
		t.Errorf("the glossary is %q, want %q", got, want)
	}
}

func TestSources(t *testing.T) {
	var got []string
	for _, u := range shown(t, "sources", listed).Sources {
		got = append(got, fmt.Sprint(u.ID, " ", u.Publisher, " ", u.Carries, u.Checks, u.Outcomes, len(u.Figures)))
	}
	if want := "paper Press 1 1 1 0; radio  0 1 1 2"; strings.Join(got, "; ") != want {
		t.Errorf("the sources are %q, want %q", got, want)
	}
}

func TestCorrections(t *testing.T) {
	var got []string
	for _, c := range shown(t, "corrections", files{
		"docs/a.md": page("title: A\ncorrections: [{date: 2026-01-02, was: b, now: c}, {date: 2026-01-04, was: d, now: e, by: F}]", ""),
		"docs/b.md": page("title: B\ncorrections: [{date: 2026-01-03, was: g, now: h}]", claim("reported", "it")),
	}).Corrections {
		got = append(got, fmt.Sprint(c.Page.ID, " ", c.Date, " ", c.Was, c.Now, c.By))
	}
	if want := "a 2026-01-04 deF; b 2026-01-03 gh; a 2026-01-02 bc"; strings.Join(got, "; ") != want {
		t.Errorf("the corrections are %q, want %q", got, want)
	}
	if o := shown(t, "corrections", nil); len(o.Corrections) > 0 {
		t.Error("there are corrections where none is written", o.Corrections)
	}
}
