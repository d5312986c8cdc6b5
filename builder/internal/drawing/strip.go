package drawing

import (
	"slices"
	"strconv"
	"time"
)

// Event is what a Strip marks: a day "2006-01-02", a month "2006-01" or a year
// "2006".
type Event struct{ Date, Label string }

// Strip is a time axis with its marks below.
type Strip struct {
	Width, Height int
	Top           int // where the rows begin, below the names of the years
	Years         []Tick
	Gaps          []Gap
	Marks         []Mark // in the order of the events
	Cut           *Tick  // the end of a day that parts the axis in two, nil if it is not on it
}

// Tick is a named place on the axis: of a year, its first day.
type Tick struct {
	X     int
	Label string
}

// Gap is a break in the axis, for the years that are left out there.
type Gap struct{ X, From, To int }

// Mark is an event on the axis: a point in the middle of its day, or a bar as
// long as its month or year. What has no X of its own is measured from there.
type Mark struct {
	X, Y   int
	Length int // of the bar, 0 for a day
	Label  string
	At     int  // of the label
	Before bool // the label ends there instead of beginning
	Left   int  // of mark and label together
	Right  int
}

const (
	stripWidth = 860 // as wide as a page's widest column, if the years allow
	yearMin    = 72
	yearMax    = 240
	gapWidth   = 44
	gapYears   = 3 // so many years without an event are still drawn
	stripTop   = 46
	stripRow   = 28
	stripLabel = 56 // characters
	radius     = 5  // of a point
)

// axis maps days to units.
type axis struct {
	start map[int]int // of each year that is drawn
	year  int         // its width
}

// NewStrip places events along an axis, and a cut after the day of another. An
// event whose date has none of the three forms has no place and gets no mark.
// Each has a row, so that the eye reads them in their order.
func NewStrip(events []Event, cut Event) Strip {
	s := Strip{Top: stripTop, Width: stripWidth}
	a := s.years(events)
	for _, e := range events {
		if m, ok := a.mark(e, s.Width); ok {
			m.Y = stripTop + stripRow*len(s.Marks) + stripRow/2
			s.Width = max(s.Width, m.X+m.Right)
			s.Marks = append(s.Marks, m)
		}
	}
	s.Height = stripTop + stripRow*len(s.Marks) + 4
	if _, to, ok := a.span(cut.Date); ok {
		s.Cut = &Tick{to, cut.Label}
		s.Width = max(s.Width, to+width(cut.Label)+8)
	}
	return s
}

// years draws the axis: every year of an event, and the years between unless
// they are many.
func (s *Strip) years(events []Event) axis {
	var years []int
	for _, e := range events {
		if t, _, ok := period(e.Date); ok {
			years = append(years, t.Year())
		}
	}
	slices.Sort(years)
	years = slices.Compact(years)
	shown, gaps := 0, 0
	for i, y := range years {
		switch {
		case i == 0:
			shown++
		case y-years[i-1] > gapYears+1:
			shown, gaps = shown+1, gaps+1
		default:
			shown += y - years[i-1]
		}
	}
	a := axis{map[int]int{}, 0}
	if shown == 0 {
		return a
	}
	a.year = min(max((stripWidth-2*radius-gaps*gapWidth)/shown, yearMin), yearMax)
	x := radius
	for i, y := range years {
		from := y
		switch {
		case i == 0:
		case y-years[i-1] > gapYears+1:
			s.Gaps = append(s.Gaps, Gap{x + gapWidth/2, years[i-1] + 1, y - 1})
			x += gapWidth
		default:
			from = years[i-1] + 1
		}
		for ; from <= y; from++ {
			a.start[from] = x
			s.Years = append(s.Years, Tick{x, strconv.Itoa(from)})
			x += a.year
		}
	}
	s.Width = x + radius
	return a
}

// period is the first day of a date, and the first that is no longer of it.
func period(date string) (from, to time.Time, ok bool) {
	for form, step := range map[string][3]int{"2006": {1, 0, 0}, "2006-01": {0, 1, 0}, time.DateOnly: {0, 0, 1}} {
		if t, err := time.Parse(form, date); err == nil {
			return t, t.AddDate(step[0], step[1], step[2]), true
		}
	}
	return from, to, false
}

// span is where a date begins and ends on the axis.
func (a axis) span(date string) (from, to int, ok bool) {
	begin, end, ok := period(date)
	if _, drawn := a.start[begin.Year()]; !ok || !drawn {
		return 0, 0, false
	}
	last := end.AddDate(0, 0, -1) // the year's own, while end may be in the next
	days := time.Date(last.Year(), 12, 31, 0, 0, 0, 0, time.UTC).YearDay()
	start := a.start[begin.Year()]
	return start + a.year*(begin.YearDay()-1)/days, start + a.year*last.YearDay()/days, true
}

// mark places an event along the axis, its label behind it if there is room,
// else before it.
func (a axis) mark(e Event, right int) (m Mark, ok bool) {
	from, to, ok := a.span(e.Date)
	m = Mark{X: from, Length: max(to-from, 2*radius), Label: short(e.Label, stripLabel)}
	if len(e.Date) == len(time.DateOnly) {
		m.X, m.Length, m.Left, m.Right = (from+to)/2, 0, -radius, radius
	} else {
		m.Right = m.Length
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
