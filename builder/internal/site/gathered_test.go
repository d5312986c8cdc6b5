package site

import (
	"fmt"
	"strings"
	"testing"
)

// gathering is a site with pages of every kind that a list gathers.
var gathering = files{
	"index.md":          page("title: Home", ""),
	"all.md":            page("title: All\nshows: glossary\nmenu: foot", ""),
	"used.md":           page("title: Used\nshows: sources", "[[paper]] twice: [[paper]], then [[zoe]] and [x](https://example.org/)."),
	"actors/index.md":   "",
	"actors/zoe.md":     about("Zoe", "person", "aliases: [Zoey, The Chief, {name: زوئی, lang: ur}]\n"),
	"actors/army.md":    about("The Army", "agency", ""),
	"places/index.md":   "",
	"places/aa.md":      about("Aachen", "city", ""),
	"concepts/index.md": "",
	"concepts/term.md":  about("A term", "term", ""),
	"events/index.md":   "",
	"events/e.md":       page("title: Fair\nprecision: unknown\nfigures: [{what: dead, value: some, claimant: they, source: radio, date: 2024}]", ""),
	"sources/index.md":  "",
	"sources/paper.md":  about("Paper", "essay", "publisher: Press\n"),
	"sources/radio.md":  about("Radio", "report", "published: 2024\n"),
	"claims/index.md":   "",
	"told.md": page("title: Told", "> [!forecast] It comes {#comes}\n> It will.\n>\n> - source: [[paper]]\n> - held by: [[zoe]]\n> - horizon: 2025\n> - outcome: partly [[radio]]\n"+
		"> - checked: agrees with [[radio]]\n> - checked: disputed by [[radio]], [[paper]]\n\nSee [[comes]].\n"),
}

// What a text links to, in its order, once each; a claim's kind shows in the
// link.
func TestMentions(t *testing.T) {
	s := place(t, gathering)
	var got []string
	for _, r := range at(t, s, "used/").Mentions {
		got = append(got, r.ID)
	}
	if want := "paper zoe"; strings.Join(got, " ") != want {
		t.Errorf("the page mentions %q, want %q", got, want)
	}
	text := string(at(t, s, "told/").AppendBody(nil, func(b []byte, _ *Statement) []byte { return b }))
	if want := `<a href="../claims/comes/" class="claim-link forecast">It comes</a>`; !strings.Contains(text, want) {
		t.Errorf("no %s in %s", want, text)
	}
}

func TestFootOfTheMenu(t *testing.T) {
	m := at(t, place(t, gathering), "").Menu
	var items, foot []string
	for _, r := range m.Items {
		items = append(items, r.ID)
	}
	for _, r := range m.Foot {
		foot = append(foot, r.ID)
	}
	if got, want := fmt.Sprint(items, foot), "[actors claims concepts events places sources told used] [all]"; got != want {
		t.Errorf("the menu is %s, want %s", got, want)
	}
}
