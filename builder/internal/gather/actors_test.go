package gather

import (
	"fmt"
	"strings"
	"testing"
)

// Two actors are joined by a claim about both, and by one that one of them holds
// about the other; each claim stands once in its pair.
func TestMap(t *testing.T) {
	o := shown(t, "map", files{
		"actors/cook.md":  about("Cook", "person", ""),
		"actors/guest.md": about("Guest", "person", ""),
		"one.md": page("title: One", claim("reported", "a", "held by: [[queen]]", "about: [[king]], [[cook]]")+
			claim("reported", "b", "about: [[king]], [[queen]], [[kabul]]")+
			claim("reported", "c", "held by: [[cook]]", "about: [[king]], [[queen]]")+
			claim("reported", "d", "held by: [[king]], [[queen]]", "about: [[queen]], [[king]]")+
			claim("reported", "e", "about: [[king]]")+claim("reported", "f")),
	}).Map
	var got []string
	for _, p := range o.Pairs {
		only := ""
		if p.Only() != nil {
			only = " only " + p.Only().ID
		}
		got = append(got, fmt.Sprintf("%s-%s: %s = %s | %s | %s%s", p.A.ID, p.B.ID, ids(p.All), ids(p.ByA), ids(p.ByB), ids(p.ByOthers), only))
	}
	want := `queen-king: a, b, c, d = a, d | b | c
queen-cook: a, c = a | c |` + " " + `
king-cook: a, c =  | c | a`
	if strings.Join(got, "\n") != want {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), want)
	}
	if got := titles(o.Apart); got != "Guest" {
		t.Errorf("joined to nobody: %s", got)
	}
	d := o.Drawing()
	for i, n := range d.Nodes {
		for k, c := range d.Chords {
			if p := o.Lines[k]; p.A == o.Drawn[i] && (c.X1 != n.X || c.Y1 != n.Y) || p.B == o.Drawn[i] && (c.X2 != n.X || c.Y2 != n.Y) {
				t.Errorf("%s is drawn at %d %d, its line from %+v", o.Drawn[i].ID, n.X, n.Y, c)
			}
		}
	}
}

// Every actor in the drawing has a line: one whom only a voice speaks of is joined to the voice.
func TestMapHasNoLooseNodes(t *testing.T) {
	actors := files{"actors/cook.md": about("Cook", "person", ""), "actors/guest.md": about("Guest", "person", "")}
	for text, want := range map[string]string{
		claim("reported", "a", "held by: [[guest]]", "about: [[cook]]"):                                                                              "Cook, Guest / 1 /",
		claim("reported", "a", "held by: [[guest]]", "about: [[cook]]") + claim("reported", "b", "held by: [[guest]]", "about: [[king]], [[queen]]"): "Queen, King, Cook, Guest / 2 /",
		claim("reported", "a", "held by: [[guest]]", "about: [[king]], [[queen]]"):                                                                   "Queen, King / 1 / Guest",
		claim("reported", "a", "about: [[cook]]", "held by: [[cook]]"):                                                                               " / 0 /",
	} {
		m := shown(t, "map", files{"one.md": page("title: One", text), "actors/cook.md": actors["actors/cook.md"], "actors/guest.md": actors["actors/guest.md"]}).Map
		if got := strings.TrimSpace(fmt.Sprintf("%s / %d / %s", titles(m.Drawn), len(m.Lines), titles(m.Voices))); got != strings.TrimSpace(want) {
			t.Errorf("%q, want %q for\n%s", got, want, text)
		}
	}
}

func TestMatrix(t *testing.T) {
	o := shown(t, "matrix", files{
		"concepts/width.md":  about("Width", "term", ""),
		"concepts/height.md": about("Height", "term", ""),
		"one.md": page("title: One", claim("reported", "a", "held by: [[queen]]", "about: [[depth]], [[king]]")+
			claim("reported", "b", "about: [[depth]], [[king]]")+claim("reported", "c", "about: [[width]]")+claim("reported", "d", "about: [[king]]")),
	}).Matrix
	got := []string{titles(o.Concepts)}
	for _, r := range o.Rows {
		line := r.ID + ":"
		for _, c := range r.Cells {
			line += fmt.Sprintf(" %s %d (%s | %s)", c.Concept.ID, c.Len(), ids(c.Held), ids(c.ByOthers))
		}
		got = append(got, line)
	}
	want := `Strategic depth, Width
queen: depth 1 (a | ) width 0 ( | )
king: depth 2 (b | a) width 1 (c | )`
	if strings.Join(got, "\n") != want {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), want)
	}
}

// A matrix that is too large for a table has only cells with claims.
func TestLargeMatrix(t *testing.T) {
	f, text := files{}, ""
	for i := range 150 {
		f[fmt.Sprintf("actors/a%d.md", i)] = about(fmt.Sprintf("Actor %d", i), "state", "")
		f[fmt.Sprintf("concepts/k%d.md", i)] = about(fmt.Sprintf("Concept %d", i), "term", "")
		text += claim("reported", fmt.Sprintf("c%d", i), fmt.Sprintf("about: [[a%d]], [[k%d]], [[k0]]", i, max(i, 1)))
	}
	f["one.md"] = page("title: One", text)
	m := shown(t, "matrix", f).Matrix
	if !m.Large() || len(m.Rows) != 151 || len(m.Concepts) != 150 {
		t.Fatalf("%d rows, %d concepts, large: %t", len(m.Rows), len(m.Concepts), m.Large())
	}
	for _, r := range m.Rows {
		if n := r.ID[1:]; r.ID != "king" && (len(r.Cells) != 2 || r.Cells[0].Concept.ID != "k0" || n != "0" && r.Cells[1].Concept.ID != "k"+n || r.Cells[1].Len() != 1) {
			t.Errorf("%s: %v", r.ID, r.Cells)
		}
	}
}
