package drawing

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Event is an entry of a TimeAxis. Its Date is a day "2006-01-02", a month "2006-01" or
// a year "2006", with a sign if it is before the year 0.
type Event struct{ Date, Label string }

// TimeAxis is a time axis with its marks below.
type TimeAxis struct {
	Width, Height int
	Years         []Tick
	Gaps          []Gap
	Marks         []Mark // in the order of the events
	Cut           *Tick  // a line at the end of a day, nil if the day is not on the axis
}

// Tick is a labelled position on the axis, such as the first day of a year.
type Tick struct {
	X     int
	Label string
}

// Gap is a break in the axis, where the years From to To are left out.
type Gap struct {
	X        int
	From, To string
}

// Mark is an event on the axis: a point in the middle of its day, or a bar as long as
// its month or year. At, Left and Right are relative to X.
type Mark struct {
	X, Y   int
	Length int // of the bar; 0 for a day
	Label  string
	At     int  // position of the label
	Before bool // the label ends at At instead of beginning there
	Left   int  // left edge of mark and label together
	Right  int  // right edge of both
}

const (
	axisWidth = 860 // width of a page's widest column; the axis is wider if it has many years
	yearMin   = 72
	yearMax   = 240
	gapWidth  = 44
	gapYears  = 3  // number of years without an event that are still drawn
	axisTop   = 46 // top of the rows, below the labels of the years
	axisRow   = 28
	axisLabel = 56 // characters
	radius    = 5  // of a point
)

// NewTimeAxis places events along an axis, and a cut after the day of the event cut. An
// event whose date has none of the three forms gets no mark. Each mark has its own row,
// so that they are read in order.
func NewTimeAxis(events []Event, cut Event, year func(string) string) TimeAxis {
	t := TimeAxis{Width: axisWidth}
	s := t.drawYears(events, year)
	for _, e := range events {
		if m, ok := s.mark(e, t.Width); ok {
			m.Y = axisTop + axisRow*len(t.Marks) + axisRow/2
			t.Width = max(t.Width, m.X+m.Right)
			t.Marks = append(t.Marks, m)
		}
	}
	t.Height = axisTop + axisRow*len(t.Marks) + 4
	if _, to, ok := s.span(cut.Date); ok {
		t.Cut = &Tick{to, cut.Label}
		t.Width = max(t.Width, to+width(cut.Label)+8)
	}
	return t
}

// scale maps days to pixels.
type scale struct {
	start map[int]int // X of each year that is drawn
	year  int         // width of a year
}

// drawYears draws the axis: the years with events, and those in between unless there
// are too many.
func (t *TimeAxis) drawYears(events []Event, year func(string) string) scale {
	label := func(y int) string { return year(yearOf(y)) }
	var years []int
	for _, e := range events {
		if from, _, ok := period(e.Date); ok {
			years = append(years, from.Year())
		}
	}
	slices.Sort(years)
	var drawn []int
	gaps := 0
	for _, y := range slices.Compact(years) {
		if n := len(drawn); n > 0 && y-drawn[n-1] > gapYears+1 {
			gaps++
		} else if n > 0 {
			for between := drawn[n-1] + 1; between < y; between++ {
				drawn = append(drawn, between)
			}
		}
		drawn = append(drawn, y)
	}
	s := scale{start: map[int]int{}}
	if len(drawn) == 0 {
		return s
	}
	s.year = min(max((axisWidth-2*radius-gaps*gapWidth)/len(drawn), yearMin), yearMax)
	x := radius
	for i, y := range drawn {
		if i > 0 && y > drawn[i-1]+1 {
			t.Gaps = append(t.Gaps, Gap{x + gapWidth/2, label(drawn[i-1] + 1), label(y - 1)})
			x += gapWidth
		}
		s.start[y] = x
		t.Years = append(t.Years, Tick{x, label(y)})
		x += s.year
	}
	t.Width = x + radius
	return s
}

// yearOf returns a year as a date: "2024", "-0322".
func yearOf(y int) string {
	if y < 0 {
		return fmt.Sprintf("-%04d", -y)
	}
	return fmt.Sprintf("%04d", y)
}

// period returns the first day of a date, and the first day after it.
func period(date string) (from, to time.Time, ok bool) {
	for form, step := range map[string][3]int{"2006": {1, 0, 0}, "2006-01": {0, 1, 0}, time.DateOnly: {0, 0, 1}} {
		plain, before := strings.CutPrefix(date, "-")
		if t, err := time.Parse(form, plain); err == nil {
			if before {
				t = t.AddDate(-2*t.Year(), 0, 0)
			}
			return t, t.AddDate(step[0], step[1], step[2]), true
		}
	}
	return from, to, false
}

// span returns where a date begins and ends on the axis.
func (s scale) span(date string) (from, to int, ok bool) {
	begin, end, ok := period(date)
	start, drawn := s.start[begin.Year()]
	if !ok || !drawn {
		return 0, 0, false
	}
	last := end.AddDate(0, 0, -1) // end may be in the next year
	days := time.Date(last.Year(), 12, 31, 0, 0, 0, 0, time.UTC).YearDay()
	return start + s.year*(begin.YearDay()-1)/days, start + s.year*last.YearDay()/days, true
}

// mark places an event on the axis. Its label is to the right if there is room, else to
// the left.
func (s scale) mark(e Event, right int) (m Mark, ok bool) {
	from, to, ok := s.span(e.Date)
	m = Mark{X: from, Length: max(to-from, 2*radius), Label: truncate(e.Label, axisLabel)}
	m.Right = m.Length
	if len(strings.TrimPrefix(e.Date, "-")) == len(time.DateOnly) {
		m.X, m.Length, m.Left, m.Right = (from+to)/2, 0, -radius, radius
	}
	if label := width(m.Label) + 8; m.X+m.Right+label > right && m.X+m.Left-label >= 0 {
		m.At, m.Before = m.Left-6, true
		m.Left -= label
	} else {
		m.At = m.Right + 6
		m.Right += label
	}
	return m, ok
}
