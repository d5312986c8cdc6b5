package lint

import (
	"testing"

	"analysis/builder/internal/frontmatter"
)

// gazetteer are pages with names that are easily misspelt.
var gazetteer = files{
	"places/kabul.md":      page("title: Kabul\ntype: city", ""),
	"places/waziristan.md": page("title: North Waziristan\ntype: district", ""),
	"places/iran.md":       page("title: Iran\ntype: country", ""),
	"places/khost.md":      page("title: Khost\ntype: province\naliases: [Khowst]", ""),
	"concepts/depth.md":    page("title: Strategic depth\ntype: term\naliases: [Tiefe, depth in strategy, {name: Doctrine, autolink: false}]", ""),
	"actors/ttp.md":        page("title: Tehrik-e-Taliban\ntype: armed group\naliases: [Mehsud]", ""),
	"docs/kettle.md":       page("title: Kettle", "[[ttp]]"),
}

func TestMisspelt(t *testing.T) {
	for _, c := range []struct{ text, written, name string }{
		{"He was in Kabul.", "", ""},
		// One letter other, less, more, or two exchanged.
		{"He was in Kabol.", "Kabol", "Kabul"},
		{"He was in Kabl.", "Kabl", "Kabul"},
		{"He was in Kaabul.", "Kaabul", "Kabul"},
		{"He was in Kaubl.", "Kaubl", "Kabul"},
		{"He was in Abul, and abul.", "", ""}, // a capital is a letter too
		{"He was in Xabul.", "Xabul", "Kabul"},
		// Two letters are two mistakes, and other words.
		{"He was in Kobal.", "", ""},
		{"He was in Kbaul's.", "Kbaul", "Kabul"},
		// Endings of names are no mistakes.
		{"The Kabuls, Kabuli, Kabul’s and Kabul-born.", "", ""},
		{"A Kabulis.", "", ""},
		{"Names of several words: North Waziristan.", "", ""},
		{"Names of several words: North Wazirstan.", "North Wazirstan", "North Waziristan"},
		{"Names of several words: Nort Waziristan.", "Nort Waziristan", "North Waziristan"},
		{"Names of several words: Nort Wazirstan.", "", ""},
		{"Over two lines: North\nWazirstan.", "North Wazirstan", "North Waziristan"},
		{"Only a part: North Wind, Waziristan.", "", ""},
		// Short names are near too many words.
		{"The Iron, Iraq, Oran.", "", ""},
		// What is written small is a word.
		{"A kabol, a tieve.", "", ""},
		{"An alias: Tieve.", "Tieve", "Tiefe"},
		{"An alias that is not linked: Doctrina.", "Doctrina", "Doctrine"},
		{"An alias of small letters: Depth in strategi, depth in strategi.", "", ""},
		{"A concept's title is no proper name: Strategic depts.", "", ""},
		{"Two spellings that are both meant: Khost and Khowst.", "", ""},
		{"Near both: Khots.", "Khots", "Khost"},
		{"Hyphens part words: Mehsud-led, Mehsod-led.", "Mehsod", "Mehsud"},
		{"In *Kab*ol or `Kabol` or [Kabol](docs/kettle.md).", "", ""},
		{"> Kabol, in a quotation.", "", ""},
		{"## Kabol\n\n[Kabol](docs/kettle.md), `Kabol`, https://kabol.example/Kabol", "", ""},
		{"Kettel is no name.", "", ""},
	} {
		t.Run(c.text, func(t *testing.T) {
			f := with(gazetteer)
			f["a.md"] = page("title: A", c.text)
			s := placed(t, frontmatter.Config{}, f)
			var got []string
			for _, d := range new(Checker).misspelt(s) {
				got = append(got, d.Message)
			}
			want := ""
			if c.written != "" {
				want = "\"" + c.written + "\" is one letter away from the name \"" + c.name + "\""
			}
			if len(got) > 1 || len(got) == 0 && want != "" || len(got) == 1 && got[0] != want {
				t.Errorf("reported %q, want %q", got, want)
			}
		})
	}
}

// Once on each page, where it first stands; in a claim only on the page that
// tells it.
func TestWhereMisspelt(t *testing.T) {
	const rest = " is one letter away from the name \"Kabul\"\n  hint: correct it, make it an alias of the page it means, or list it under `spellings` in site.yaml"
	f := with(gazetteer)
	f["a.md"] = page("title: A", "[[kabul]], [Kabol](docs/kettle.md), `Kabol`,\né *so* Kabol, Kabol.\n\n"+claim("reported", "x", "In Kabol or Kabel."))
	f["b.md"] = page("title: B", "Kabol &amp; more.")
	wantWarnings(t, frontmatter.Config{}, f,
		"a.md:5:8: warning: \"Kabol\""+rest, "a.md:8:15: warning: \"Kabel\""+rest, "b.md:4:1: warning: \"Kabol\""+rest)
	wantWarnings(t, frontmatter.Config{Spellings: "Kabel\nKabol"}, f)
	wantWarnings(t, frontmatter.Config{Spellings: "Kabol"}, f, "a.md:8:15: warning: \"Kabel\""+rest)
	// An alias is right as it stands.
	f["places/kabul.md"] = page("title: Kabul\ntype: city\naliases: [Kabol, {name: Kabel, autolink: false}]", "")
	wantWarnings(t, frontmatter.Config{}, f)
}
