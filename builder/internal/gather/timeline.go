package gather

import (
	"strings"

	"cmp"
	"slices"

	"analysis/builder/internal/drawing"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/kind"
	"analysis/builder/internal/site"
	"analysis/builder/internal/words"
)

// Timeline lists all events by date.
type Timeline struct {
	Years   []Year
	Undated []Dated
	Actors  []Participant // those in most events first

	cut   drawing.Event // the last day that the analysis could know, Config.AsOf
	words *words.Set
}

// Year lists the events of one year. A date without a month or day comes before the
// dates within it.
type Year struct {
	Year   frontmatter.Date
	Events []Dated
	Who    []int // those of all its events
}

// Dated is an event with its places and actors.
type Dated struct {
	*site.Ref
	Places, Actors []*site.Ref
	Who            []int // indexes of its actors in Timeline.Actors, sorted
}

// Participant is an actor and the number of events that name the actor.
type Participant struct {
	*site.Ref
	Events int
}

// timeline makes the Timeline.
func timeline(s *site.Site) *Timeline {
	t := &Timeline{cut: drawing.Event{Date: string(s.Config.AsOf), Label: s.Config.Later}, words: s.Config.Words}
	var events []Dated
	var actors table[*site.Ref, Participant]
	for _, p := range pagesOfKind(s, kind.Event) {
		e := Dated{Ref: p.Ref, Places: p.Relation("places", false), Actors: p.Relation("actors", false)}
		for _, r := range e.Actors {
			actors.row(r, Participant{Ref: r}).Events++
		}
		events = append(events, e)
	}
	slices.SortStableFunc(events, func(a, b Dated) int { return a.Date.Compare(b.Date) })
	t.Actors = actors.rows
	slices.SortFunc(t.Actors, func(a, b Participant) int {
		return cmp.Or(cmp.Compare(b.Events, a.Events), site.InOrder(a.Ref, b.Ref))
	})
	for i, a := range t.Actors {
		actors.at[a.Ref] = i
	}
	var years table[frontmatter.Date, Year]
	for _, e := range events {
		for _, r := range e.Actors {
			e.Who = append(e.Who, actors.at[r])
		}
		slices.Sort(e.Who)
		if e.Date == "" {
			t.Undated = append(t.Undated, e)
			continue
		}
		year := e.Date.Year()
		y := years.row(year, Year{Year: year})
		y.Events, y.Who = append(y.Events, e), append(y.Who, e.Who...)
	}
	t.Years = years.rows
	for i := range t.Years {
		slices.Sort(t.Years[i].Who)
		t.Years[i].Who = slices.Compact(t.Years[i].Who)
	}
	return t
}

// Dated returns the events whose date is known.
func (t *Timeline) Dated() (events []Dated) {
	for _, y := range t.Years {
		events = append(events, y.Events...)
	}
	return events
}

// Drawing returns a time axis with a mark for each event of Dated.
func (t *Timeline) Drawing() drawing.TimeAxis {
	var events []drawing.Event
	for _, e := range t.Dated() {
		events = append(events, drawing.Event{Date: string(e.Date), Label: strings.TrimSuffix(e.Title, ", "+e.Date.Format(t.words))})
	}
	return drawing.NewTimeAxis(events, t.cut, func(year string) string { return frontmatter.Date(year).Format(t.words) })
}
