package site

import (
	"cmp"
	"slices"
	"strings"

	"analysis/builder/internal/drawing"
	"analysis/builder/internal/kind"
)

// Timeline is all events by date.
type Timeline struct {
	Years   []Year
	Undated []Dated
	Actors  []Participant // who takes part in most comes first
	Marks   []TimelineMark
	Strip   drawing.Strip
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
	*Ref
	Precision      string // day, month, year or unknown
	Places, Actors []*Ref
	Who            []int // the numbers of its actors in Timeline.Actors, ascending
}

// Participant is an actor and how many events name them.
type Participant struct {
	*Ref
	Events int
}

// TimelineMark is an event in the strip.
type TimelineMark struct {
	*Dated
	drawing.Mark
}

// Map is who is joined to whom, by claims that are about both or that one of
// them holds about the other.
type Map struct {
	Nodes  []MapNode
	Apart  []*Ref // actors that no claim joins to another
	Voices []*Ref // actors that hold claims and that none is about: in Pairs, not in the drawing
	Pairs  []Pair // most claims first
	Circle drawing.Circle
}

// MapNode is an actor on the map.
type MapNode struct {
	*Ref
	drawing.Node
}

// Pair is two actors and the claims that join them, each in one of the lists.
type Pair struct {
	A, B     *Ref
	All      Statements
	ByA, ByB Statements // held by one of them, about the other
	ByOthers Statements // about both
	Drawn    bool       // the drawing has a line for it
	drawing.Chord
}

// Only is the claim that joins the two if there is no other.
func (p Pair) Only() *Statement {
	if len(p.All) == 1 {
		return p.All[0]
	}
	return nil
}

// Matrix sets actors against concepts.
type Matrix struct {
	Concepts []*Ref
	Rows     []MatrixRow
}

// MatrixRow is an actor with a cell for every concept.
type MatrixRow struct {
	*Ref
	Cells []Cell
}

// Cell is the claims that are about an actor and a concept, or about the
// concept and held by the actor. Each is in one of the lists.
type Cell struct {
	Concept *Ref
	Held    Statements // by the actor
	Told    Statements // by others, of the actor
}

// Len counts the claims of the cell.
func (c Cell) Len() int { return len(c.Held) + len(c.Told) }

// drawn gathers what the timeline, the map, the matrix and the chain show.
func (w *placing) drawn(shows string) *Overview {
	switch shows {
	case "timeline":
		return &Overview{Timeline: w.timeline()}
	case "map":
		return &Overview{Map: w.relationMap()}
	case "matrix":
		return &Overview{Matrix: w.matrix()}
	}
	return &Overview{Chain: w.chain()}
}

func (w *placing) timeline() *Timeline {
	t := &Timeline{}
	var events []Dated
	for _, e := range w.entries {
		if e.doc.Kind == kind.Event {
			events = append(events, Dated{
				Ref: e.ref, Precision: e.ref.Date.Precision(), Places: w.refsUnder(e, "places"), Actors: w.refsUnder(e, "actors"),
			})
		}
	}
	slices.SortStableFunc(events, func(a, b Dated) int { return cmp.Or(cmp.Compare(a.Date, b.Date), InOrder(a.Ref, b.Ref)) })
	t.count(events)
	var points []drawing.Event
	var dated []*Dated
	for i := range events {
		e := &events[i]
		for n, p := range t.Actors {
			if slices.Contains(e.Actors, p.Ref) {
				e.Who = append(e.Who, n)
			}
		}
		if e.Precision == "unknown" {
			t.Undated = append(t.Undated, *e)
			continue
		}
		year := string(e.Date)[:4]
		if n := len(t.Years); n == 0 || t.Years[n-1].Year != year {
			t.Years = append(t.Years, Year{Year: year})
		}
		y := &t.Years[len(t.Years)-1]
		y.Events, y.Who = append(y.Events, *e), append(y.Who, e.Who...)
		dated = append(dated, e)
		points = append(points, drawing.Event{Date: string(e.Date), Label: e.Title})
	}
	for i := range t.Years {
		slices.Sort(t.Years[i].Who)
		t.Years[i].Who = slices.Compact(t.Years[i].Who)
	}
	t.Strip = drawing.NewStrip(points, drawing.Event{Date: string(w.config.AsOf), Label: w.config.Later})
	for i, m := range t.Strip.Marks {
		t.Marks = append(t.Marks, TimelineMark{dated[i], m})
	}
	return t
}

// count counts the events of each actor.
func (t *Timeline) count(events []Dated) {
	for _, e := range events {
		for _, r := range e.Actors {
			i := slices.IndexFunc(t.Actors, func(p Participant) bool { return p.Ref == r })
			if i < 0 {
				i = len(t.Actors)
				t.Actors = append(t.Actors, Participant{Ref: r})
			}
			t.Actors[i].Events++
		}
	}
	slices.SortFunc(t.Actors, func(a, b Participant) int {
		return cmp.Or(cmp.Compare(b.Events, a.Events), InOrder(a.Ref, b.Ref))
	})
}

// refsUnder are the pages that a page's front matter names under a key; what it
// names wrongly is reported where relations are entered.
func (w *placing) refsUnder(e *entry, key string) []*Ref {
	var list []*Ref
	for _, r := range e.doc.Front.Refs {
		to := w.byID[strings.ToLower(r.ID)]
		if r.Key == key && to != nil && to.ref.Kind == relationKinds[key] && !slices.Contains(list, to.ref) {
			list = append(list, to.ref)
		}
	}
	slices.SortStableFunc(list, InOrder)
	return list
}

// ofKind returns all pages of a kind, in order.
func (w *placing) ofKind(kind kind.Kind) []*Ref {
	var list []*Ref
	for _, e := range w.entries {
		if e.ref.Kind == kind {
			list = append(list, e.ref)
		}
	}
	slices.SortFunc(list, InOrder)
	return list
}

func (w *placing) relationMap() *Map {
	m, actors := &Map{}, w.ofKind(kind.Actor)
	number := map[*Ref]int{}
	for i, a := range actors {
		number[a] = i
	}
	at := map[[2]int]int{}  // where in m.Pairs the pair of two actors stands
	said := map[*Ref]bool{} // of whom a claim speaks
	for _, c := range w.claims {
		told := actorsOf(c.claim.About)
		for _, a := range told {
			said[a] = true
		}
		for _, pair := range pairs(c.claim.HeldBy, told) {
			a, b := number[pair[0]], number[pair[1]]
			key := [2]int{min(a, b), max(a, b)}
			i, ok := at[key]
			if !ok {
				i = len(m.Pairs)
				at[key] = i
				m.Pairs = append(m.Pairs, Pair{A: actors[key[0]], B: actors[key[1]]})
			}
			m.Pairs[i].add(c.claim, told)
		}
	}
	slices.SortFunc(m.Pairs, func(a, b Pair) int {
		return cmp.Or(cmp.Compare(len(b.All), len(a.All)), InOrder(a.A, b.A), InOrder(a.B, b.B))
	})
	m.draw(actors, said)
	return m
}

func actorsOf(refs []*Ref) []*Ref {
	return slices.DeleteFunc(slices.Clone(refs), func(r *Ref) bool { return r.Kind != kind.Actor })
}

// pairs are the pairs of two actors that a claim is about, and of a holder and
// an actor that it is about; some may come twice.
func pairs(holders, told []*Ref) (list [][2]*Ref) {
	for i, b := range told {
		for _, a := range slices.Concat(told[:i], holders) {
			if a != b {
				list = append(list, [2]*Ref{a, b})
			}
		}
	}
	return list
}

// add enters a claim that joins the pair, unless it is there.
func (p *Pair) add(c *Claim, told []*Ref) {
	if n := len(p.All); n > 0 && p.All[n-1] == c.Statement {
		return
	}
	p.All = append(p.All, c.Statement)
	list := &p.ByOthers
	if slices.Contains(c.HeldBy, p.A) && slices.Contains(told, p.B) {
		list = &p.ByA
	} else if slices.Contains(c.HeldBy, p.B) && slices.Contains(told, p.A) {
		list = &p.ByB
	}
	*list = append(*list, c.Statement)
}

// draw places the actors that are joined on a circle. Who only speaks, and of
// whom nobody says anything, would be joined to all and hide the rest: their
// pairs are in the table alone.
func (m *Map) draw(actors []*Ref, told map[*Ref]bool) {
	node := map[*Ref]int{}
	var labels []string
	for _, a := range actors {
		if !slices.ContainsFunc(m.Pairs, func(p Pair) bool { return p.A == a || p.B == a }) {
			m.Apart = append(m.Apart, a)
			continue
		}
		if !told[a] {
			m.Voices = append(m.Voices, a)
			continue
		}
		node[a] = len(labels)
		m.Nodes = append(m.Nodes, MapNode{Ref: a})
		labels = append(labels, a.Title)
	}
	var links []drawing.Link
	var drawn []*Pair
	for i := range m.Pairs {
		if p := &m.Pairs[i]; told[p.A] && told[p.B] {
			links, drawn = append(links, drawing.Link{A: node[p.A], B: node[p.B]}), append(drawn, p)
		}
	}
	m.Circle = drawing.NewCircle(labels, links)
	for i, n := range m.Circle.Nodes {
		m.Nodes[i].Node = n
	}
	for i, c := range m.Circle.Chords {
		drawn[i].Chord, drawn[i].Drawn = c, true
	}
}

func (w *placing) matrix() *Matrix {
	m := &Matrix{}
	concepts := w.ofKind(kind.Concept)
	used := map[*Ref]bool{}
	for _, a := range w.ofKind(kind.Actor) {
		row, any := MatrixRow{Ref: a}, false
		for _, concept := range concepts {
			cell := Cell{Concept: concept}
			for _, c := range w.claims {
				switch {
				case !slices.Contains(c.claim.About, concept):
				case slices.Contains(c.claim.HeldBy, a):
					cell.Held = append(cell.Held, c.claim.Statement)
				case slices.Contains(c.claim.About, a):
					cell.Told = append(cell.Told, c.claim.Statement)
				}
			}
			if cell.Len() > 0 {
				any, used[concept] = true, true
			}
			row.Cells = append(row.Cells, cell)
		}
		if any {
			m.Rows = append(m.Rows, row)
		}
	}
	unused := func(r *Ref) bool { return !used[r] }
	m.Concepts = slices.DeleteFunc(concepts, unused)
	for i := range m.Rows {
		m.Rows[i].Cells = slices.DeleteFunc(m.Rows[i].Cells, func(c Cell) bool { return unused(c.Concept) })
	}
	return m
}
