package gather

import (
	"cmp"
	"slices"

	"analysis/builder/internal/drawing"
	"analysis/builder/internal/kind"
	"analysis/builder/internal/site"
)

// Map is who is joined to whom, by claims that are about both or that one of
// them holds about the other.
type Map struct {
	Nodes  []MapNode   // the actors in the drawing
	Apart  []*site.Ref // actors that no claim joins to another
	Voices []*site.Ref // actors that hold claims and that none is about: in Pairs, not in the drawing
	Pairs  []Pair      // most claims first
	Circle drawing.Circle
}

// MapNode is an actor on the map.
type MapNode struct {
	*site.Ref
	drawing.Node
}

// Pair is two actors and the claims that join them, each in one of the lists.
type Pair struct {
	A, B     *site.Ref
	All      site.Statements
	ByA, ByB site.Statements // held by one of them, about the other
	ByOthers site.Statements // about both
	Drawn    bool            // the drawing has a line for it
	drawing.Chord
}

// Only is the claim that joins the two if there is no other.
func (p Pair) Only() *site.Statement {
	if len(p.All) == 1 {
		return p.All[0]
	}
	return nil
}

// ofKind returns all pages of a kind, in order.
func ofKind(s *site.Site, kind kind.Kind) []*site.Ref {
	var list []*site.Ref
	for _, p := range s.Pages {
		if p.Kind == kind {
			list = append(list, p.Ref)
		}
	}
	slices.SortFunc(list, site.InOrder)
	return list
}

// numbers are the places of pages in a list.
func numbers(list []*site.Ref) map[*site.Ref]int {
	at := make(map[*site.Ref]int, len(list))
	for i, r := range list {
		at[r] = i
	}
	return at
}

func relationMap(s *site.Site) *Map {
	m, actors := &Map{}, ofKind(s, kind.Actor)
	number := numbers(actors)
	at := map[[2]int]int{}       // where in m.Pairs the pair of two actors stands
	said := map[*site.Ref]bool{} // of whom a claim speaks
	for _, c := range s.Claims {
		told := slices.DeleteFunc(slices.Clone(c.About), func(r *site.Ref) bool { return r.Kind != kind.Actor })
		for _, a := range told {
			said[a] = true
		}
		for _, pair := range pairs(c.HeldBy, told) {
			a, b := number[pair[0]], number[pair[1]]
			key := [2]int{min(a, b), max(a, b)}
			i, ok := at[key]
			if !ok {
				i = len(m.Pairs)
				at[key] = i
				m.Pairs = append(m.Pairs, Pair{A: actors[key[0]], B: actors[key[1]]})
			}
			m.Pairs[i].add(c.Claim, told)
		}
	}
	slices.SortFunc(m.Pairs, func(a, b Pair) int {
		return cmp.Or(cmp.Compare(len(b.All), len(a.All)), site.InOrder(a.A, b.A), site.InOrder(a.B, b.B))
	})
	m.sort(actors, said)
	return m
}

// pairs are the pairs of two actors that a claim is about, and of a holder and
// an actor that it is about; some may come twice.
func pairs(holders, told []*site.Ref) (list [][2]*site.Ref) {
	for i, b := range told {
		for _, a := range slices.Concat(told[:i], holders) {
			if a != b {
				list = append(list, [2]*site.Ref{a, b})
			}
		}
	}
	return list
}

// add enters a claim that joins the pair, unless it is there.
func (p *Pair) add(c *site.Claim, told []*site.Ref) {
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

// sort tells the actors in the drawing from those outside it. Who only speaks,
// and of whom nobody says anything, would be joined to all and hide the rest:
// their pairs are in the table alone.
func (m *Map) sort(actors []*site.Ref, told map[*site.Ref]bool) {
	joined := map[*site.Ref]bool{}
	for i := range m.Pairs {
		p := &m.Pairs[i]
		joined[p.A], joined[p.B] = true, true
		p.Drawn = told[p.A] && told[p.B]
	}
	for _, a := range actors {
		switch {
		case !joined[a]:
			m.Apart = append(m.Apart, a)
		case !told[a]:
			m.Voices = append(m.Voices, a)
		default:
			m.Nodes = append(m.Nodes, MapNode{Ref: a})
		}
	}
}

func (m Map) draw() *Map {
	m.Nodes, m.Pairs = slices.Clone(m.Nodes), slices.Clone(m.Pairs)
	number := map[*site.Ref]int{}
	var labels []string
	for i, n := range m.Nodes {
		number[n.Ref] = i
		labels = append(labels, n.Title)
	}
	var links []drawing.Link
	var drawn []*Pair
	for i := range m.Pairs {
		if p := &m.Pairs[i]; p.Drawn {
			links, drawn = append(links, drawing.Link{A: number[p.A], B: number[p.B]}), append(drawn, p)
		}
	}
	m.Circle = drawing.NewCircle(labels, links)
	for i, n := range m.Circle.Nodes {
		m.Nodes[i].Node = n
	}
	for i, c := range m.Circle.Chords {
		drawn[i].Chord = c
	}
	return &m
}

// Matrix sets actors against concepts.
type Matrix struct {
	Concepts []*site.Ref
	Rows     []MatrixRow
}

// MatrixRow is an actor with a cell for every concept.
type MatrixRow struct {
	*site.Ref
	Cells []Cell
}

// Cell is the claims that are about an actor and a concept, or about the
// concept and held by the actor. Each is in one of the lists.
type Cell struct {
	Concept *site.Ref
	Held    site.Statements // by the actor
	Told    site.Statements // by others, of the actor
}

// Len counts the claims of the cell.
func (c Cell) Len() int { return len(c.Held) + len(c.Told) }

// matrix has a row for each actor and a column for each concept that some claim
// joins.
func matrix(s *site.Site) *Matrix {
	actors, concepts := ofKind(s, kind.Actor), ofKind(s, kind.Concept)
	cells := map[[2]*site.Ref]*Cell{}
	cell := func(actor, concept *site.Ref) *Cell {
		key := [2]*site.Ref{actor, concept}
		if cells[key] == nil {
			cells[key] = &Cell{}
		}
		return cells[key]
	}
	used := map[*site.Ref]bool{} // actors and concepts
	for _, c := range s.Claims {
		for _, concept := range c.About {
			if concept.Kind != kind.Concept {
				continue
			}
			for _, a := range c.HeldBy {
				used[a], used[concept] = true, true
				to := cell(a, concept)
				to.Held = append(to.Held, c.Statement)
			}
			for _, a := range c.About {
				if a.Kind == kind.Actor && !slices.Contains(c.HeldBy, a) {
					used[a], used[concept] = true, true
					to := cell(a, concept)
					to.Told = append(to.Told, c.Statement)
				}
			}
		}
	}
	unused := func(r *site.Ref) bool { return !used[r] }
	m := &Matrix{Concepts: slices.DeleteFunc(concepts, unused)}
	for _, a := range slices.DeleteFunc(actors, unused) {
		row := MatrixRow{Ref: a}
		for _, concept := range m.Concepts {
			c := Cell{Concept: concept}
			if found := cells[[2]*site.Ref{a, concept}]; found != nil {
				c.Held, c.Told = found.Held, found.Told
			}
			row.Cells = append(row.Cells, c)
		}
		m.Rows = append(m.Rows, row)
	}
	return m
}
