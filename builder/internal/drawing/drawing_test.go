package drawing

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

func TestLines(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "one": "one", "one two": "one two", "one two three": "one two|three", "  one   two ": "one two",
		"a verylongword b": "a|veryl-|ongword|b", "very-long-word b": "very-|long-|word b", "éé éé éé": "éé éé|éé",
	} {
		if got := strings.Join(Lines(text, 7), "|"); got != want {
			t.Errorf("%q breaks into %q, want %q", text, got, want)
		}
	}
	for text, want := range map[string]string{"one two": "one two", "one two three": "one two …", "verylongwordalone x": "verylo …"} {
		if got := truncate(text, 10); got != want {
			t.Errorf("%q is cut to %q, want %q", text, got, want)
		}
	}
}

// A day is a point in its day, a month and a year are bars of their length, and
// years that nothing happened in are left out where they are many.
func TestTimeAxis(t *testing.T) {
	s := NewTimeAxis([]Event{{"1893-11-12", "Line"}, {"2020", "Year"}, {"2022-02", "Month"}, {"2022-02-10", "Day"}, {"2022-12", "Last"}}, Event{"2021-12-31", "After"}, worded)
	var years, gaps, marks []string
	for _, y := range s.Years {
		years = append(years, fmt.Sprint(y.Label, " ", y.X))
	}
	for _, g := range s.Gaps {
		gaps = append(gaps, fmt.Sprint(g.From, "-", g.To, " ", g.X))
	}
	for _, m := range s.Marks {
		marks = append(marks, fmt.Sprint(m.Label, " ", m.X, "+", m.Length))
	}
	width := s.Years[2].X - s.Years[1].X
	if got, want := strings.Join(years, ", "), "1893 5, 2020 250, 2021 451, 2022 652"; got != want {
		t.Errorf("years %s, want %s", got, want)
	}
	if got, want := strings.Join(gaps, ", "), "1894-2019 228"; got != want {
		t.Errorf("gaps %s, want %s", got, want)
	}
	if got, want := strings.Join(marks, ", "), fmt.Sprintf("Line 178+0, Year 250+%d, Month 669+15, Day 674+0, Last 835+18", width); got != want {
		t.Errorf("marks %s, want %s", got, want)
	}
	if s.Cut == nil || s.Cut.X != s.Years[3].X {
		t.Errorf("cut at %+v, want the first day of 2022", s.Cut)
	}
	if last := s.Marks[4]; last.X+last.Length > s.Years[3].X+width || s.Width > axisWidth {
		t.Errorf("the last month ends behind its year: %+v in %d", last, s.Width)
	}
}

// Few years without an event are drawn; many are not. Nothing at all is an axis
// as well, and what is no date is no mark.
func TestTimeAxisOfLittle(t *testing.T) {
	if s := NewTimeAxis([]Event{{"2000", "A"}, {"2004", "B"}}, Event{}, worded); len(s.Years) != 5 || len(s.Gaps) != 0 || s.Cut != nil {
		t.Errorf("%+v", s)
	}
	if s := NewTimeAxis([]Event{{"2000", "A"}, {"2005", "B"}}, Event{Date: "2003", Label: "x"}, worded); len(s.Years) != 2 || len(s.Gaps) != 1 || s.Cut != nil {
		t.Errorf("%+v", s)
	}
	if s := NewTimeAxis([]Event{{"-0001-02", "A"}, {"0001-02", "B"}, {"-0400", "C"}}, Event{}, worded); len(s.Years) != 4 || s.Years[0].Label != "-0400" || s.Years[1].Label != "-0001" || s.Years[2].Label != "0000" ||
		s.Gaps[0].From != "-0399" || s.Gaps[0].To != "-0002" || s.Marks[0].X-s.Years[1].X != s.Marks[1].X-s.Years[3].X {
		t.Errorf("%+v", s)
	}
	if s := NewTimeAxis([]Event{{"soon", "A"}, {"", "B"}}, Event{Date: "2024-01-01", Label: "x"}, worded); len(s.Marks)+len(s.Years) != 0 || s.Width <= 0 || s.Height <= 0 {
		t.Errorf("%+v", s)
	}
}

// crowd makes an arbitrary but fixed input.
func crowd(seed uint64, n int) *rand.Rand { return rand.New(rand.NewPCG(seed, uint64(n))) }

func TestTimeAxisMarksDoNotMeet(t *testing.T) {
	for seed := range uint64(20) {
		r := crowd(seed, 40)
		var events []Event
		for i := range 40 {
			date := fmt.Sprintf("%d-%02d-%02d", 1990+r.IntN(12), 1+r.IntN(12), 1+r.IntN(28))
			events = append(events, Event{date[:[]int{4, 7, 10}[r.IntN(3)]], strings.Repeat("word ", 1+r.IntN(14)) + fmt.Sprint(i)})
		}
		s := NewTimeAxis(events, Event{}, worded)
		if len(s.Marks) != len(events) {
			t.Fatalf("%d marks", len(s.Marks))
		}
		for i, m := range s.Marks {
			if m.X+m.Left < 0 || m.X+m.Right > s.Width || m.Y < axisTop || m.Y+axisRow/2 > s.Height {
				t.Errorf("seed %d: outside: %+v", seed, m)
			}
			for _, o := range s.Marks[:i] {
				if m.Y == o.Y && m.X+m.Left < o.X+o.Right && o.X+o.Left < m.X+m.Right {
					t.Errorf("seed %d: %+v meets %+v", seed, m, o)
				}
			}
		}
	}
}

func TestChordDiagram(t *testing.T) {
	for seed := range uint64(20) {
		n := 1 + int(seed)
		r := crowd(seed, n)
		var labels []string
		for i := range n {
			labels = append(labels, strings.Repeat("name ", 1+r.IntN(4))+fmt.Sprint(i))
		}
		var links []Link
		for a := range n {
			for b := range a {
				if r.IntN(4) == 0 {
					links = append(links, Link{a, b})
				}
			}
		}
		c := NewChordDiagram(labels, links)
		if len(c.Nodes) != n || len(c.Chords) != len(links) {
			t.Fatalf("%d nodes, %d chords", len(c.Nodes), len(c.Chords))
		}
		for i, a := range c.Nodes {
			beside := widest(a.Lines) + 12
			if a.Left && a.X-beside < 0 || !a.Left && a.X+beside > c.Width || a.Y < 0 || a.Y > c.Height {
				t.Errorf("seed %d: outside: %+v", seed, a)
			}
			for _, b := range c.Nodes[:i] {
				if a.Left == b.Left && max(a.Y, b.Y)-min(a.Y, b.Y) < (len(a.Lines)+len(b.Lines))*Line/2 {
					t.Errorf("seed %d: the labels of %+v and %+v meet", seed, a, b)
				}
			}
		}
		for i, l := range links {
			ch, a, b := c.Chords[i], c.Nodes[l.A], c.Nodes[l.B]
			if [4]int{ch.X1, ch.Y1, ch.X2, ch.Y2} != [4]int{a.X, a.Y, b.X, b.Y} {
				t.Errorf("seed %d: chord %+v between %+v and %+v", seed, ch, a, b)
			}
			if ch.X <= 0 || ch.X >= c.Width || ch.Y <= 0 || ch.Y >= c.Height {
				t.Errorf("seed %d: its badge is outside: %+v", seed, ch)
			}
		}
	}
}

// Where there is room, badges stand apart by as much as a finger needs.
func TestBadgesStandApart(t *testing.T) {
	var links []Link
	for a := range 10 {
		for b := range a {
			if (a+b)%2 == 0 {
				links = append(links, Link{a, b})
			}
		}
	}
	c := NewChordDiagram(strings.Fields("a b c d e f g h i j"), links)
	for i, m := range c.Chords {
		for _, o := range c.Chords[:i] {
			if (m.X-o.X)*(m.X-o.X)+(m.Y-o.Y)*(m.Y-o.Y) < 24*24 {
				t.Errorf("%+v and %+v", m, o)
			}
		}
	}
}

// Those that are linked come to stand next to each other.
func TestCircularOrder(t *testing.T) {
	order := circularOrder(6, []Link{{0, 3}, {3, 1}, {1, 5}, {5, 2}, {2, 4}, {4, 0}}) // a ring
	for i, n := range order {
		next := order[(i+1)%6]
		ring := []int{0, 3, 1, 5, 2, 4}
		a, b := slices.Index(ring, n), slices.Index(ring, next)
		if d := (a - b + 6) % 6; d != 1 && d != 5 {
			t.Fatalf("in the order %v, %d is next to %d", order, n, next)
		}
	}
}

func TestLayeredGraph(t *testing.T) {
	for seed := range uint64(20) {
		n := 2 + int(seed)*2
		r := crowd(seed, n)
		var texts []Text
		for i := range n {
			texts = append(texts, Text{strings.Repeat("word ", r.IntN(20)) + fmt.Sprint(i), "holder"})
		}
		var arrows []Arrow
		for to := range n {
			for from := range to {
				if r.IntN(n) < 2 {
					arrows = append(arrows, Arrow{from, to})
				}
			}
		}
		c := NewLayeredGraph(texts, arrows)
		for i, a := range c.Boxes {
			if a.X < 0 || a.Y < 0 || a.X+a.Width > c.Width || a.Y+a.Height > c.Height {
				t.Errorf("seed %d: outside: %+v", seed, a)
			}
			for _, b := range c.Boxes[:i] {
				if a.X == b.X && a.Y < b.Y+b.Height && b.Y < a.Y+a.Height {
					t.Errorf("seed %d: %+v covers %+v", seed, a, b)
				}
			}
		}
		drawn := map[int]int{} // arrows from each box
		for _, a := range arrows {
			from, to := c.Boxes[a.From], c.Boxes[a.To]
			path := from.Paths[drawn[a.From]]
			drawn[a.From]++
			if from.X+from.Width >= to.X {
				t.Errorf("seed %d: %+v does not lead to the right", seed, a)
			}
			x, y := ends(t, path)
			if x[0] != from.X+from.Width || x[1] != to.X || y[0] < from.Y || y[0] > from.Y+from.Height || y[1] < to.Y || y[1] > to.Y+to.Height {
				t.Errorf("seed %d: %s leads not from %+v to %+v", seed, path.Shaft, from, to)
			}
			for at, box := range passed(path, c.Boxes) {
				t.Errorf("seed %d: %s runs behind %+v at %d", seed, path.Shaft, box, at)
			}
		}
	}
}

// ends are the first and the last place of an arrow, whose head is at the last.
func ends(t *testing.T, p Path) (x, y [2]int) {
	t.Helper()
	places := places(p)
	x, y = [2]int{places[0][0], places[len(places)-1][0]}, [2]int{places[0][1], places[len(places)-1][1]}
	var hx, hy int
	if fmt.Sscanf(p.Head, "M%d %d", &hx, &hy); hx != x[1] || hy != y[1] {
		t.Errorf("the head of %s is at %s", p.Shaft, p.Head)
	}
	return x, y
}

// places that a shaft comes to: where it begins, and where each curve and each
// straight line ends.
func places(p Path) [][2]int {
	var all [][2]int
	x, y := 0, 0
	for _, part := range regexp.MustCompile(`[Mch][^Mch]*`).FindAllString(p.Shaft, -1) {
		var n []int
		for _, f := range strings.Fields(part[1:]) {
			i, _ := strconv.Atoi(f)
			n = append(n, i)
		}
		if x += n[max(len(n)-2, 0)]; part[0] != 'h' {
			y += n[len(n)-1]
		}
		all = append(all, [2]int{x, y})
	}
	return all
}

// passed are the boxes behind which an arrow runs where it passes a column, by
// its height there.
func passed(p Path, boxes []Box) map[int]Box {
	found := map[int]Box{}
	at := places(p)
	for i := 2; i < len(at); i++ {
		for _, b := range boxes {
			if y := at[i][1]; y == at[i-1][1] && at[i-1][0] == b.X && at[i][0] == b.X+b.Width && y >= b.Y && y <= b.Y+b.Height {
				found[y] = b
			}
		}
	}
	return found
}

// A circle is no reason to go on for ever: one arrow leads back.
func TestLayeredGraphWithACycle(t *testing.T) {
	c := NewLayeredGraph([]Text{{"a", ""}, {"b", ""}, {"c", ""}}, []Arrow{{0, 1}, {1, 2}, {2, 0}, {1, 1}})
	if !(c.Boxes[0].X < c.Boxes[1].X && c.Boxes[1].X < c.Boxes[2].X) {
		t.Errorf("%+v", c.Boxes)
	}
	var x, y int
	back := c.Boxes[2].Paths[0]
	if fmt.Sscanf(back.Head, "M%d %d", &x, &y); x != c.Boxes[0].X+boxWidth {
		t.Errorf("the arrow back ends at %s, want the right side of %+v", back.Head, c.Boxes[0])
	}
}

// A box to which nothing leads stands close to what it leads to.
func TestLayeredGraphStandsClose(t *testing.T) {
	c := NewLayeredGraph([]Text{{"a", ""}, {"b", ""}, {"c", ""}, {"late", ""}}, []Arrow{{0, 1}, {1, 2}, {3, 2}})
	if c.Boxes[3].X != c.Boxes[1].X {
		t.Errorf("%+v", c.Boxes)
	}
}

func TestNothing(t *testing.T) {
	if c := NewLayeredGraph(nil, nil); len(c.Boxes) > 0 {
		t.Errorf("%+v", c)
	}
	if c := NewChordDiagram(nil, nil); len(c.Nodes) > 0 {
		t.Errorf("%+v", c)
	}
}

func TestDrawnInOneWay(t *testing.T) {
	draw := func() [3]any {
		return [3]any{
			NewTimeAxis([]Event{{"2020", "A"}, {"2020-01", "B"}, {"2020-01-01", "C"}}, Event{"2020-06-30", "x"}, worded),
			NewChordDiagram([]string{"a", "b", "c", "d"}, []Link{{0, 2}, {1, 3}, {0, 3}}),
			NewLayeredGraph([]Text{{"a", "x"}, {"b", "y"}, {"c", "z"}, {"d", ""}}, []Arrow{{0, 2}, {1, 2}, {0, 3}, {2, 3}}),
		}
	}
	want := draw()
	for range 5 {
		if got := draw(); !reflect.DeepEqual(got, want) {
			t.Fatal("drawn in two ways")
		}
	}
}

// worded leaves years as they are.
func worded(year string) string { return year }
