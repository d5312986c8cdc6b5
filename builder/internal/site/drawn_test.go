package site

import (
	"fmt"
	"maps"
	"strings"
	"testing"
)

// shown places the cast and more, with a page that shows something, and returns
// what that page gathers.
func shown(t *testing.T, shows string, more files) *Overview {
	t.Helper()
	f := told(files{"shown.md": page("title: Shown\nshows: "+shows, "")})
	maps.Copy(f, more)
	return at(t, place(t, f), "shown/").Overview
}

func TestTimeline(t *testing.T) {
	in := input(told(files{
		"shown.md":        page("title: Shown\nshows: timeline", ""),
		"actors/page.md":  about("Page", "person", ""),
		"events/month.md": page("title: Month\ndate: 2021-03\nprecision: month\nactors: [queen, king]\nplaces: [kabul]", ""),
		"events/day.md":   page("title: Day\ndate: 2021-01-30\nprecision: day\nactors: [king]", ""),
		"events/some.md":  page("title: Some day\nprecision: unknown\nactors: [page]", ""),
	}))
	in.Config.AsOf, in.Config.Later = "2021-12-31", "Later"
	s := new(Placer).Place(in)
	o := at(t, s, "shown/").Overview.Timeline
	line := func(list []Dated) string {
		var all []string
		for _, e := range list {
			all = append(all, fmt.Sprint(e.ID, " ", e.Precision, " [", titles(e.Places), "] [", titles(e.Actors), "] ", e.Who, e.Later))
		}
		return strings.Join(all, "; ")
	}
	var got []string
	for _, y := range o.Years {
		got = append(got, fmt.Sprint(y.Year, " ", y.Who, ": ", line(y.Events)))
	}
	got = append(got, "-: "+line(o.Undated))
	for _, a := range o.Actors {
		got = append(got, fmt.Sprint(a.ID, " ", a.Events))
	}
	// A whole year comes first in it, then its months and days; who takes part in
	// most comes first, then who weighs most.
	want := `2021 [0 1]: early year [] [] [] false; day day [] [King] [0] false; month month [Kabul] [Queen, King] [0 1] false
2024 []: late day [] [] [] true
-: some unknown [] [Page] [2] false
king 2
queen 1
page 1`
	if strings.Join(got, "\n") != want {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), want)
	}
	if len(o.Marks) != 4 || o.Marks[1].ID != "day" || o.Marks[1].Length != 0 || o.Marks[2].Length == 0 || o.Strip.Cut == nil || o.Strip.Cut.Label != "Later" {
		t.Errorf("drawn as %+v", o)
	}
}

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
	for _, n := range o.Nodes {
		for _, p := range o.Pairs {
			if p.A == n.Ref && (p.X1 != n.X || p.Y1 != n.Y) || p.B == n.Ref && (p.X2 != n.X || p.Y2 != n.Y) {
				t.Errorf("%s is drawn at %d %d, its line from %+v", n.ID, n.X, n.Y, p.Chord)
			}
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
			line += fmt.Sprintf(" %s %d (%s | %s)", c.Concept.ID, c.Len(), ids(c.Held), ids(c.Told))
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

// steps writes nested lists in one line: "a (supports b (leads to c), <depends on d!)", a
// claim listed elsewhere with an exclamation mark.
func steps(list []Step) string {
	var all []string
	for _, s := range list {
		text := s.ID
		if s.Relation.Key != "" {
			text = s.Relation.Key + " " + text
		}
		if s.Relation.Inverse {
			text = "<" + text
		}
		if s.Again {
			text += "!"
		}
		if len(s.Next) > 0 {
			text += " (" + steps(s.Next) + ")"
		}
		all = append(all, text)
	}
	return strings.Join(all, ", ")
}

func chained(o *Chain) string {
	got := []string{fmt.Sprintf("%d of %d", o.Joined, o.All)}
	for _, a := range o.Arguments {
		line := a.End.ID + ": " + steps(a.Steps) + ";"
		for _, b := range a.Boxes {
			for _, r := range b.Arrows {
				line += fmt.Sprintf(" %s→%s by %s", b.ID, r.Claim.ID, r.By.ID)
			}
		}
		got = append(got, line)
	}
	return strings.Join(got, "\n")
}

// What a claim leads to, supports or is needed for stands under it; where a
// claim follows from several, it is listed once and named elsewhere.
func TestChain(t *testing.T) {
	o := shown(t, "chain", files{
		"one.md": page("title: One", claim("reported", "a", "supports: [[c]] — so it seems")+claim("reported", "b", "leads to: [[c]]")+
			claim("assessment", "c")+claim("forecast", "d", "depends on: [[c]]")+claim("forecast", "e", "contradicts: [[a]]", "qualifies: [[b]]", "repeats: [[c]]")+
			claim("reported", "x", "supports: [[y]]")+claim("reported", "y")),
	}).Chain
	want := `6 of 7
d: a (supports c (<depends on d)), b (leads to c!); a→c by a b→c by b c→d by d
y: x (supports y); x→y by x`
	if got := chained(o); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := o.Arguments[0].Steps[0].Next[0].Relation.Note; got != "so it seems" {
		t.Errorf("the note is %q", got)
	}
	for _, a := range o.Arguments {
		for _, b := range a.Boxes {
			for _, r := range b.Arrows {
				if b.Width == 0 || r.Shaft == "" || r.Head == "" || !strings.HasPrefix(r.Shaft, fmt.Sprintf("M%d ", b.X+b.Width)) {
					t.Errorf("%s is drawn as %+v, %+v", b.ID, b.Box, r.Path)
				}
			}
		}
	}
}

// Relations other than dependence may go in a circle.
func TestChainInACircle(t *testing.T) {
	o := shown(t, "chain", files{
		"one.md": page("title: One", claim("reported", "a", "supports: [[b]]")+claim("reported", "b", "leads to: [[c]]")+claim("reported", "c", "supports: [[a]]")+
			claim("reported", "d", "supports: [[a]]")),
	}).Chain
	want := "4 of 4\nd: d (supports a (supports b (leads to c (supports a!)))); a→b by a b→c by b c→a by c d→a by d"
	if got := chained(o); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestNothingToDraw(t *testing.T) {
	for _, shows := range []string{"map", "matrix", "chain", "timeline"} {
		f := files{"index.md": page("title: Home\nshows: "+shows, "")}
		o := at(t, place(t, f), "").Overview
		if o == nil || o.Map != nil && len(o.Map.Pairs) > 0 || o.Chain != nil && o.Chain.All > 0 {
			t.Errorf("%s: %+v", shows, o)
		}
	}
}
