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
	Drawn  []*site.Ref // the actors in the drawing
	Apart  []*site.Ref // actors that no claim joins to another
	Voices []*site.Ref // actors that hold claims and that none is about: in Pairs, not in the drawing
	Pairs  []Pair      // most claims first
}

// MapDrawing is the actors on a circle, and a line for each pair of them.
type MapDrawing struct {
	drawing.ChordDiagram
	Nodes  []MapNode
	Chords []MapChord
}

// MapNode is an actor in the drawing.
type MapNode struct {
	*site.Ref
	drawing.Node
}

// MapChord is a pair in the drawing.
type MapChord struct {
	*Pair
	drawing.Chord
}

// Pair is two actors and the claims that join them, each in one of the lists.
type Pair struct {
	A, B     *site.Ref
	All      site.Statements
	ByA, ByB site.Statements // held by one of them, about the other
	ByOthers site.Statements // about both
	Drawn    bool            // the drawing has a line for it
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

// relationMap joins two actors by each claim that is about both, or that one of
// them holds about the other. Two who only hold a claim together are not joined.
func relationMap(s *site.Site) *Map {
	m, actors := &Map{}, ofKind(s, kind.Actor)
	order := index[*site.Ref]{}
	for _, a := range actors {
		order.of(a)
	}
	at := index[[2]*site.Ref]{}
	told := map[*site.Ref]bool{} // of whom a claim speaks
	for _, c := range s.Claims {
		involved := slices.Concat(c.HeldBy, slices.DeleteFunc(slices.Clone(c.About), func(r *site.Ref) bool { return r.Kind != kind.Actor }))
		slices.SortFunc(involved, func(a, b *site.Ref) int { return cmp.Compare(order[a], order[b]) })
		involved = slices.Compact(involved)
		for i, a := range involved {
			told[a] = told[a] || slices.Contains(c.About, a)
			for _, b := range involved[i+1:] {
				if !slices.Contains(c.About, a) && !slices.Contains(c.About, b) {
					continue // they hold it together
				}
				n, fresh := at.of([2]*site.Ref{a, b})
				if fresh {
					m.Pairs = append(m.Pairs, Pair{A: a, B: b})
				}
				m.Pairs[n].add(c.Claim)
			}
		}
	}
	slices.SortFunc(m.Pairs, func(a, b Pair) int {
		return cmp.Or(cmp.Compare(len(b.All), len(a.All)), site.InOrder(a.A, b.A), site.InOrder(a.B, b.B))
	})
	m.sort(actors, told)
	return m
}

// add adds a claim that joins the pair.
func (p *Pair) add(c *site.Claim) {
	p.All = append(p.All, c.Statement)
	switch {
	case slices.Contains(c.HeldBy, p.A) && slices.Contains(c.About, p.B):
		p.ByA = append(p.ByA, c.Statement)
	case slices.Contains(c.HeldBy, p.B) && slices.Contains(c.About, p.A):
		p.ByB = append(p.ByB, c.Statement)
	default:
		p.ByOthers = append(p.ByOthers, c.Statement)
	}
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
			m.Drawn = append(m.Drawn, a)
		}
	}
}

// Drawing draws the pairs, but those of which one only speaks.
func (m *Map) Drawing() *MapDrawing {
	at := index[*site.Ref]{}
	var labels []string
	for _, a := range m.Drawn {
		at.of(a)
		labels = append(labels, a.Title)
	}
	var links []drawing.Link
	var drawn []*Pair
	for i := range m.Pairs {
		if p := &m.Pairs[i]; p.Drawn {
			links, drawn = append(links, drawing.Link{A: at[p.A], B: at[p.B]}), append(drawn, p)
		}
	}
	d := &MapDrawing{ChordDiagram: drawing.NewChordDiagram(labels, links)}
	for i, n := range d.ChordDiagram.Nodes {
		d.Nodes = append(d.Nodes, MapNode{m.Drawn[i], n})
	}
	for i, c := range d.ChordDiagram.Chords {
		d.Chords = append(d.Chords, MapChord{drawn[i], c})
	}
	return d
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
	held, told := map[[2]*site.Ref]site.Statements{}, map[[2]*site.Ref]site.Statements{}
	used := map[*site.Ref]bool{} // actors and concepts
	for _, c := range s.Claims {
		for _, concept := range c.About {
			if concept.Kind != kind.Concept {
				continue
			}
			enter := func(cells map[[2]*site.Ref]site.Statements, actor *site.Ref) {
				key := [2]*site.Ref{actor, concept}
				cells[key] = append(cells[key], c.Statement)
				used[actor], used[concept] = true, true
			}
			for _, a := range c.HeldBy {
				enter(held, a)
			}
			for _, a := range c.About {
				if a.Kind == kind.Actor && !slices.Contains(c.HeldBy, a) {
					enter(told, a)
				}
			}
		}
	}
	unused := func(r *site.Ref) bool { return !used[r] }
	m := &Matrix{Concepts: slices.DeleteFunc(ofKind(s, kind.Concept), unused)}
	for _, a := range slices.DeleteFunc(ofKind(s, kind.Actor), unused) {
		row := MatrixRow{Ref: a}
		for _, concept := range m.Concepts {
			key := [2]*site.Ref{a, concept}
			row.Cells = append(row.Cells, Cell{concept, held[key], told[key]})
		}
		m.Rows = append(m.Rows, row)
	}
	return m
}
