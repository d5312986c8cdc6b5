package gather

import (
	"fmt"
	"strings"
	"testing"
)

// steps writes nested lists in one line: "c (<leads to b (<supports a), depends on d +e)", a
// claim listed elsewhere with a plus.
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
		for _, also := range s.Also {
			text += " +" + also.ID
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
		for _, c := range a.Claims {
			for _, r := range c.Links {
				line += fmt.Sprintf(" %s→%s by %s", c.ID, r.Claim.ID, r.By.ID)
			}
		}
		got = append(got, line)
	}
	return strings.Join(got, "\n")
}

// What a claim follows from stands under it; what several follow from is listed once and
// named elsewhere.
func TestChain(t *testing.T) {
	o := shown(t, "chain", files{
		"one.md": page("title: One", claim("reported", "a", "supports: [[c]] — so it seems")+claim("reported", "b", "leads to: [[c]]")+
			claim("assessment", "c")+claim("forecast", "d", "depends on: [[c]]")+claim("forecast", "e", "contradicts: [[a]]", "qualifies: [[b]]", "repeats: [[c]]")+
			claim("reported", "x", "supports: [[y]]")+claim("reported", "y")),
	}).Chain
	want := `6 of 7
d: d (depends on c (<supports a, <leads to b)); a→c by a b→c by b c→d by d
y: y (<supports x); x→y by x`
	if got := chained(o); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := o.Arguments[0].Steps[0].Next[0].Next[0].Relation.Note; got != "so it seems" {
		t.Errorf("the note is %q", got)
	}
	for _, a := range o.Arguments {
		for i, b := range a.Drawing().Boxes {
			if b.Width == 0 || len(b.Paths) != len(a.Claims[i].Links) {
				t.Errorf("%s is drawn as %+v", a.Claims[i].ID, b)
			}
			for _, p := range b.Paths {
				if p.Head == "" || !strings.HasPrefix(p.Shaft, fmt.Sprintf("M%d ", a.Drawing().Width-b.X)) {
					t.Errorf("%s is drawn as %+v", a.Claims[i].ID, b)
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
	want := "4 of 4\nd: d, a +d (<supports c (<leads to b +a)); a→b by a b→c by b c→a by c d→a by d"
	if got := chained(o); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// A chain that is too large is listed and not drawn.
func TestLargeChain(t *testing.T) {
	for _, c := range []struct {
		claims int
		drawn  bool
	}{{maxDrawn, true}, {maxDrawn + 1, false}} {
		a := Argument{Claims: make([]ChainClaim, c.claims)}
		for i := range c.claims - 1 {
			a.Claims[i].Links = []ChainLink{{to: i + 1}}
		}
		if a.Drawn() != c.drawn {
			t.Errorf("%d claims in a row are drawn: %t", c.claims, a.Drawn())
		}
	}
}

func TestLargeMap(t *testing.T) {
	if small, large := (&Map{Lines: make([]*Pair, maxDrawn)}), (&Map{Lines: make([]*Pair, maxDrawn+1)}); small.Large() || !large.Large() {
		t.Errorf("a map with %d lines is large: %t, with one more: %t", maxDrawn, small.Large(), large.Large())
	}
}

// Lists are nested only so deep; what follows is listed at the top.
func TestDeepChain(t *testing.T) {
	text := claim("reported", "c0")
	for i := 1; i < 2*maxNested+1; i++ {
		text = claim("reported", fmt.Sprintf("c%d", i), fmt.Sprintf("leads to: [[c%d]]", i-1)) + text
	}
	top := shown(t, "chain", files{"one.md": page("title: One", text)}).Chain.Arguments[0].Steps
	if len(top) != 2 || top[0].ID != "c0" || top[1].ID != "c51" {
		t.Fatalf("%d lists at the top: %s", len(top), steps(top))
	}
	if got := steps(top); strings.Count(got, "+") != 1 || !strings.HasSuffix(got, "c100"+strings.Repeat(")", 49)) {
		t.Errorf("got %s", got)
	}
}
