package drawing

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// area is a stretch of a drawing.
type area struct{ x1, y1, x2, y2 int }

func (a area) meets(b area) bool { return a.x1 < b.x2 && b.x1 < a.x2 && a.y1 < b.y2 && b.y1 < a.y2 }

// labelOf is where a label of 12 pixels stands.
func labelOf(g Rung) area {
	wide := wideWithSign(g.Lines)
	a := area{g.X, g.First - 11, g.X + wide, g.First + 3 + (len(g.Lines)-1)*rungStep}
	switch g.Anchor {
	case "middle":
		a.x1, a.x2 = a.x1-wide/2, a.x2-wide/2
	case "end":
		a.x1, a.x2 = a.x1-wide, a.x2-wide
	}
	return a
}

func (p Post) area() area { return area{p.X, p.Y, p.X + p.Width, p.Y + p.Height} }

// shaftOf is where the line from end to end runs.
func shaftOf(t *testing.T, g Rung) area {
	t.Helper()
	line, _, _ := strings.Cut(g.Shaft[1:], "M")
	var x, y, to int
	if n, _ := fmt.Sscanf(line, "%d %dH%d", &x, &y, &to); n == 3 {
		return area{min(x, to), y, max(x, to), y + 1}
	}
	if n, _ := fmt.Sscanf(line, "%d %dV%d", &x, &y, &to); n != 3 {
		t.Fatalf("the shaft is %q", g.Shaft)
	}
	return area{x, min(y, to), x + 1, max(y, to)}
}

// at reports whether a place is on the edge of a post of a node.
func (l Ladder) at(node int, place string) bool {
	var x, y int
	fmt.Sscanf(place, "M%d %d", &x, &y)
	return slices.ContainsFunc(l.Posts, func(p Post) bool {
		across := (x == p.X || x == p.X+p.Width) && y >= p.Y+4 && y <= p.Y+p.Height-4
		beside := (y == p.Y || y == p.Y+p.Height) && x > p.X && x < p.X+p.Width
		return p.Node == node && (across || beside)
	})
}

func TestLadder(t *testing.T) {
	for seed := range uint64(40) {
		n := 2 + int(seed)%7
		r := crowd(seed, n)
		var titles []string
		for i := range n {
			titles = append(titles, strings.Repeat("name ", 1+r.IntN(4))+fmt.Sprint(i))
		}
		var arrows []Labelled
		for range 1 + r.IntN(12) {
			from := r.IntN(n)
			to := (from + 1 + r.IntN(n-1)) % n
			arrows = append(arrows, Labelled{Arrow{from, to}, strings.TrimSpace(strings.Repeat("word ", 1+r.IntN(6)))})
		}
		l := NewLadder(titles, arrows)
		if l.Width != 328 || len(l.Rungs) != len(arrows) {
			t.Errorf("seed %d: %d wide, %d arrows of %d", seed, l.Width, len(l.Rungs), len(arrows))
		}
		for i, p := range l.Posts {
			a := p.area()
			if a.x1 < 1 || a.y1 < 1 || a.x2 > l.Width-1 || a.y2 > l.Height-1 || p.Height < Line*len(p.Lines)+10 {
				t.Errorf("seed %d: the post %+v", seed, p)
			}
			for _, q := range l.Posts[:i] {
				if a.meets(q.area()) {
					t.Errorf("seed %d: %+v covers %+v", seed, p, q)
				}
			}
		}
		for i, g := range l.Rungs {
			if !l.at(arrows[i].From, g.Shaft) || !l.at(arrows[i].To, g.Head) {
				t.Errorf("seed %d: %+v does not lead from %d to %d: %+v", seed, g, arrows[i].From, arrows[i].To, l.Posts)
			}
			label := labelOf(g)
			for _, p := range l.Posts {
				if label.meets(p.area()) || shaftOf(t, g).meets(area{p.X + 1, p.Y + 1, p.X + p.Width - 1, p.Y + p.Height - 1}) {
					t.Errorf("seed %d: %+v meets %+v", seed, g, p)
				}
			}
			for j, o := range l.Rungs {
				if i != j && (label.meets(labelOf(o)) || label.meets(shaftOf(t, o))) || i == j && label.meets(shaftOf(t, o)) {
					t.Errorf("seed %d: the label of %+v meets %+v", seed, g, o)
				}
			}
		}
	}
}

// A node has one post where that is possible: so for three that are all joined,
// and for two more of whom one is joined to two of them.
func TestLadderNeedsFewPosts(t *testing.T) {
	titles := strings.Fields("a b c d e")
	var arrows []Labelled
	for _, a := range []Arrow{{0, 1}, {1, 0}, {0, 1}, {1, 2}, {2, 0}, {0, 2}, {3, 1}, {0, 3}, {4, 0}} {
		arrows = append(arrows, Labelled{a, "says"})
	}
	l := NewLadder(titles, arrows)
	if len(l.Posts) != len(titles) {
		t.Errorf("%+v", l.Posts)
	}
	if !strings.HasPrefix(l.Rungs[0].Shaft, fmt.Sprintf("M%d ", 1+postWidth)) {
		t.Errorf("the first arrow does not leave from the left: %s", l.Rungs[0].Shaft)
	}
	for range 5 {
		if again := NewLadder(titles, arrows); !reflect.DeepEqual(again, l) {
			t.Fatal("drawn in two ways")
		}
	}
	if empty := NewLadder(nil, nil); len(empty.Posts) > 0 {
		t.Errorf("%+v", empty)
	}
}

// Many arrows between many are drawn as well, and in time.
func TestLadderOfMany(t *testing.T) {
	var titles []string
	var arrows []Labelled
	for i := range 15 {
		titles = append(titles, fmt.Sprint(i))
		for j := range i {
			if (i+j)%3 == 0 {
				arrows = append(arrows, Labelled{Arrow{i, j}, "says"})
			}
		}
	}
	if l := NewLadder(titles, arrows); len(l.Posts) < len(titles) {
		t.Errorf("%d posts", len(l.Posts))
	}
}

func TestLadderLines(t *testing.T) {
	for title, want := range map[string]string{
		"Afghan Taliban": "Afghan|Taliban", "Tehreek-e-Taliban Pakistan": "Tehreek-e-|Taliban|Pakistan", "Ali-Shir": "Ali-Shir", "a-b c": "a-b c",
	} {
		if got := strings.Join(postLines(title), "|"); got != want {
			t.Errorf("%q breaks into %q, want %q", title, got, want)
		}
	}
	for label, want := range map[string]string{
		"one": "one", "eighteen letters!!": "eighteen letters!!", "nineteen letters!!!": "nineteen|letters!!!", "thirty-letters-in-a-single-word": "thirty-letters-in-a-single-word",
	} {
		if got := strings.Join(rungLines(label), "|"); got != want {
			t.Errorf("%q breaks into %q, want %q", label, got, want)
		}
	}
}
