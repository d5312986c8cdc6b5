package gather

import (
	"cmp"
	"slices"

	"analysis/builder/internal/drawing"
	"analysis/builder/internal/kind"
	"analysis/builder/internal/site"
)

// Timeline is all events by date.
type Timeline struct {
	Years   []Year
	Undated []Dated
	Actors  []Participant // who takes part in most comes first

	cut drawing.Event // the day up to which the analysis was written
}

// Year is the events of one year, those known only to the year or month before
// those whose day is known.
type Year struct {
	Year   string
	Events []Dated
	Who    []int // of all its events
}

// Dated is an event with where and who.
type Dated struct {
	*site.Ref
	Precision      string // day, month, year or unknown
	Places, Actors []*site.Ref
	Who            []int // the numbers of its actors in Timeline.Actors, ascending
}

// Participant is an actor and how many events name them.
type Participant struct {
	*site.Ref
	Events int
}

// TimelineDrawing is the events whose date is known along an axis.
type TimelineDrawing struct {
	drawing.TimeAxis
	Marks []TimelineMark
}

// TimelineMark is an event in the drawing.
type TimelineMark struct {
	*Dated
	drawing.Mark
}

// timeline sorts the events by date and groups them by year. It numbers actors by
// how many events they take part in.
func timeline(s *site.Site) *Timeline {
	t := &Timeline{cut: drawing.Event{Date: string(s.Config.AsOf), Label: s.Config.Later}}
	events := datedEvents(s)
	t.Actors = participants(events)
	at := index[*site.Ref]{}
	for _, a := range t.Actors {
		at.of(a.Ref)
	}
	for _, e := range events {
		for _, r := range e.Actors {
			e.Who = append(e.Who, at[r])
		}
		slices.Sort(e.Who)
		if e.Precision == "unknown" {
			t.Undated = append(t.Undated, e)
			continue
		}
		year := string(e.Date)[:4]
		if n := len(t.Years); n == 0 || t.Years[n-1].Year != year {
			t.Years = append(t.Years, Year{Year: year})
		}
		y := &t.Years[len(t.Years)-1]
		y.Events, y.Who = append(y.Events, e), append(y.Who, e.Who...)
	}
	for i := range t.Years {
		slices.Sort(t.Years[i].Who)
		t.Years[i].Who = slices.Compact(t.Years[i].Who)
	}
	return t
}

// datedEvents are all events by date, without their Who.
func datedEvents(s *site.Site) []Dated {
	var list []Dated
	for _, p := range s.Pages {
		if p.Kind == kind.Event {
			list = append(list, Dated{
				Ref: p.Ref, Precision: p.Date.Precision(), Places: p.Relation("places", false), Actors: p.Relation("actors", false),
			})
		}
	}
	slices.SortStableFunc(list, func(a, b Dated) int { return cmp.Or(cmp.Compare(a.Date, b.Date), site.InOrder(a.Ref, b.Ref)) })
	return list
}

// participants counts the events of each actor.
func participants(events []Dated) []Participant {
	var list []Participant
	at := index[*site.Ref]{}
	for _, e := range events {
		for _, r := range e.Actors {
			i, fresh := at.of(r)
			if fresh {
				list = append(list, Participant{Ref: r})
			}
			list[i].Events++
		}
	}
	slices.SortFunc(list, func(a, b Participant) int {
		return cmp.Or(cmp.Compare(b.Events, a.Events), site.InOrder(a.Ref, b.Ref))
	})
	return list
}

// Drawing draws the events whose date is known. It returns nil if there is none.
func (t *Timeline) Drawing() *TimelineDrawing {
	var dated []*Dated
	var events []drawing.Event
	for _, y := range t.Years {
		for i := range y.Events {
			e := &y.Events[i]
			dated, events = append(dated, e), append(events, drawing.Event{Date: string(e.Date), Label: e.Title})
		}
	}
	if len(events) == 0 {
		return nil
	}
	d := &TimelineDrawing{TimeAxis: drawing.NewTimeAxis(events, t.cut)}
	for i, m := range d.TimeAxis.Marks {
		d.Marks = append(d.Marks, TimelineMark{dated[i], m})
	}
	return d
}
