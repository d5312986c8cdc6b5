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
func labelOf(g Message) area {
	wide := widthWithSign(g.Lines)
	a := area{g.X, g.First - 11, g.X + wide, g.First + 3 + (len(g.Lines)-1)*messageStep}
	switch g.Anchor {
	case "middle":
		a.x1, a.x2 = a.x1-wide/2, a.x2-wide/2
	case "end":
		a.x1, a.x2 = a.x1-wide, a.x2-wide
	}
	return a
}

func (p *Lifeline) area() area { return area{p.X, p.Y, p.X + p.Width, p.Y + p.Height} }

// shaftOf is where the line from end to end runs.
func shaftOf(t *testing.T, g Message) area {
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

// at reports whether a place is on the edge of a lifeline of a node.
func (l Sequence) at(node int, place string) bool {
	var x, y int
	fmt.Sscanf(place, "M%d %d", &x, &y)
	return slices.ContainsFunc(l.Lifelines, func(p *Lifeline) bool {
		across := (x == p.X || x == p.X+p.Width) && y >= p.Y+4 && y <= p.Y+p.Height-4
		beside := (y == p.Y || y == p.Y+p.Height) && x > p.X && x < p.X+p.Width
		return p.Node == node && (across || beside)
	})
}

func TestSequence(t *testing.T) {
	for seed := range uint64(40) {
		n := 2 + int(seed)%7
		r := crowd(seed, n)
		var titles []string
		for i := range n {
			titles = append(titles, strings.Repeat("name ", 1+r.IntN(4))+fmt.Sprint(i))
		}
		var arrows []LabelledArrow
		for range 1 + r.IntN(12) {
			from := r.IntN(n)
			to := (from + 1 + r.IntN(n-1)) % n
			arrows = append(arrows, LabelledArrow{Arrow{from, to}, strings.TrimSpace(strings.Repeat("word ", 1+r.IntN(6)))})
		}
		l := NewSequence(titles, arrows)
		if l.Width != 328 || len(l.Messages) != len(arrows) {
			t.Errorf("seed %d: %d wide, %d arrows of %d", seed, l.Width, len(l.Messages), len(arrows))
		}
		for i, p := range l.Lifelines {
			a := p.area()
			if a.x1 < 1 || a.y1 < 1 || a.x2 > l.Width-1 || a.y2 > l.Height-1 || p.Height < Line*len(p.Lines)+10 {
				t.Errorf("seed %d: the lifeline %+v", seed, p)
			}
			for _, q := range l.Lifelines[:i] {
				if a.meets(q.area()) {
					t.Errorf("seed %d: %+v covers %+v", seed, p, q)
				}
			}
		}
		for i, g := range l.Messages {
			if !l.at(arrows[i].From, g.Shaft) || !l.at(arrows[i].To, g.Head) {
				t.Errorf("seed %d: %+v does not lead from %d to %d: %+v", seed, g, arrows[i].From, arrows[i].To, l.Lifelines)
			}
			label := labelOf(g)
			for _, p := range l.Lifelines {
				if label.meets(p.area()) || shaftOf(t, g).meets(area{p.X + 1, p.Y + 1, p.X + p.Width - 1, p.Y + p.Height - 1}) {
					t.Errorf("seed %d: %+v meets %+v", seed, g, p)
				}
			}
			for j, o := range l.Messages {
				if i != j && (label.meets(labelOf(o)) || label.meets(shaftOf(t, o))) || i == j && label.meets(shaftOf(t, o)) {
					t.Errorf("seed %d: the label of %+v meets %+v", seed, g, o)
				}
			}
		}
	}
}

// In a good order, each node has one lifeline: so three that are all joined, and
// two more of which one is joined to two of them.
func TestSequenceOfFewLifelines(t *testing.T) {
	titles := strings.Fields("a b c d e")
	var arrows []LabelledArrow
	for _, a := range []Arrow{{2, 0}, {0, 2}, {1, 2}, {0, 1}, {1, 0}, {0, 1}, {3, 1}, {0, 3}, {4, 0}} {
		arrows = append(arrows, LabelledArrow{a, "says"})
	}
	l := NewSequence(titles, arrows)
	if len(l.Lifelines) != len(titles) {
		t.Errorf("%+v", l.Lifelines)
	}
	if !strings.HasPrefix(l.Messages[0].Shaft, fmt.Sprintf("M%d ", 1+lifelineWidth)) {
		t.Errorf("the first arrow does not leave from the left: %s", l.Messages[0].Shaft)
	}
	for range 5 {
		if again := NewSequence(titles, arrows); !reflect.DeepEqual(again, l) {
			t.Fatal("drawn in two ways")
		}
	}
	if empty := NewSequence(nil, nil); len(empty.Lifelines) > 0 {
		t.Errorf("%+v", empty)
	}
}

// A node takes the other side, or its own if only the other is named later.
func TestSequenceKeepsTheOrder(t *testing.T) {
	for arrows, want := range map[string]string{
		"ab bc":       "a0 b1 c0",
		"ab ca":       "a0 b1 c1",
		"ab bc ca":    "a0 b1 c1", // below b, for a comes again
		"ab bc cb ac": "a0 b1 c1",
		"ab cd ab":    "a0 b1 c0 d1 a0 b1",
		"ab bc ab":    "a0 b1 c0 a0",
		"ab cd be":    "a0 b1 c0 d0 e0", // c and d both on the left, for b comes again
	} {
		var list []LabelledArrow
		for _, a := range strings.Fields(arrows) {
			list = append(list, LabelledArrow{Arrow{int(a[0] - 'a'), int(a[1] - 'a')}, "says"})
		}
		l := NewSequence(strings.Fields("a b c d e"), list)
		var got []string
		for _, p := range l.Lifelines {
			got = append(got, fmt.Sprint(string(rune('a'+p.Node)), min(1, p.X/100)))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %v, want %s", arrows, got, want)
		}
		for i, m := range l.Messages[1:] {
			if m.First <= l.Messages[i].First {
				t.Errorf("%s: message %d stands above the one before", arrows, i+1)
			}
		}
	}
}

// Many arrows between many are drawn as well, and in time.
func TestSequenceOfMany(t *testing.T) {
	var titles []string
	var arrows []LabelledArrow
	for i := range 15 {
		titles = append(titles, fmt.Sprint(i))
		for j := range i {
			if (i+j)%3 == 0 {
				arrows = append(arrows, LabelledArrow{Arrow{i, j}, "says"})
			}
		}
	}
	if l := NewSequence(titles, arrows); len(l.Lifelines) < len(titles) {
		t.Errorf("%d lifelines", len(l.Lifelines))
	}
}

func TestSequenceLines(t *testing.T) {
	for title, want := range map[string]string{
		"Afghan Taliban": "Afghan|Taliban", "Tehreek-e-Taliban Pakistan": "Tehreek-e-|Taliban|Pakistan", "Ali-Shir": "Ali-Shir", "a-b c": "a-b c",
		"Bundesverfassungsgericht": "Bundesver-|fassungsg-|ericht", "Neo-Bundesverfassungsgericht": "Neo-|Bundesver-|fassungsg-|ericht", "联邦宪法法院联邦宪法法院": "联邦宪法法院联邦宪|法法院", "abcdefghij\u0301klm": "abcdefghi-|j\u0301klm", "Self-determination": "Self-|determina-|tion",
	} {
		if got := strings.Join(Lines(title, lifelineLine), "|"); got != want {
			t.Errorf("%q breaks into %q, want %q", title, got, want)
		}
	}
	for label, want := range map[string]string{
		"one": "one", "eighteen letters!!": "eighteen letters!!", "nineteen letters!!!": "nineteen|letters!!!", "thirty-letters-in-a-single-word": "thirty-letters-in-|a-single-word",
	} {
		if got := strings.Join(labelLines(label), "|"); got != want {
			t.Errorf("%q breaks into %q, want %q", label, got, want)
		}
	}
}
