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
	Lines  []*Pair     // those in the drawing
}

// Pair is two actors and the claims that join them, each in one of the lists.
type Pair struct {
	A, B     *site.Ref
	All      site.Statements
	ByA, ByB site.Statements // held by one of them, about the other
	ByOthers site.Statements // about both
}

// Only is the claim that joins the two if there is no other.
func (p Pair) Only() *site.Statement {
	if len(p.All) == 1 {
		return p.All[0]
	}
	return nil
}

// relationMap joins two actors by each claim that is about both, or that one of
// them holds about the other. Two who only hold a claim together are not joined.
//
// Who only speaks, and of whom nobody says anything, would be joined to all in the
// drawing and hide the rest: their pairs are in the table alone.
func relationMap(s *site.Site) *Map {
	var pairs table[[2]*site.Ref, Pair]
	told := map[*site.Ref]bool{} // of whom a claim speaks
	for _, c := range s.Claims {
		about := OfKind(kind.Actor, c.About)
		involved := slices.Concat(c.HeldBy, about)
		slices.SortFunc(involved, site.InOrder)
		involved = slices.Compact(involved)
		for i, a := range involved {
			told[a] = told[a] || slices.Contains(about, a)
			for _, b := range involved[i+1:] {
				if slices.Contains(about, a) || slices.Contains(about, b) {
					pairs.row([2]*site.Ref{a, b}, Pair{A: a, B: b}).add(c.Claim)
				}
			}
		}
	}
	slices.SortFunc(pairs.rows, func(a, b Pair) int {
		return cmp.Or(cmp.Compare(len(b.All), len(a.All)), site.InOrder(a.A, b.A), site.InOrder(a.B, b.B))
	})
	m := &Map{Pairs: pairs.rows}
	joined := map[*site.Ref]bool{}
	for i := range m.Pairs {
		p := &m.Pairs[i]
		joined[p.A], joined[p.B] = true, true
		if told[p.A] && told[p.B] {
			m.Lines = append(m.Lines, p)
		}
	}
	for _, a := range pagesOfKind(s, kind.Actor) {
		switch {
		case !joined[a.Ref]:
			m.Apart = append(m.Apart, a.Ref)
		case !told[a.Ref]:
			m.Voices = append(m.Voices, a.Ref)
		default:
			m.Drawn = append(m.Drawn, a.Ref)
		}
	}
	return m
}

// add adds a claim that joins the pair.
func (p *Pair) add(c *site.Claim) {
	list := &p.ByOthers
	switch {
	case slices.Contains(c.HeldBy, p.A) && slices.Contains(c.About, p.B):
		list = &p.ByA
	case slices.Contains(c.HeldBy, p.B) && slices.Contains(c.About, p.A):
		list = &p.ByB
	}
	*list, p.All = append(*list, c.Statement), append(p.All, c.Statement)
}

// Drawing has a node for each actor in Drawn and a chord for each pair in Lines.
func (m *Map) Drawing() drawing.ChordDiagram {
	var labels []string
	for _, a := range m.Drawn {
		labels = append(labels, a.Title)
	}
	var links []drawing.Link
	for _, p := range m.Lines {
		links = append(links, drawing.Link{A: slices.Index(m.Drawn, p.A), B: slices.Index(m.Drawn, p.B)})
	}
	return drawing.NewChordDiagram(labels, links)
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
	Concept  *site.Ref
	Held     site.Statements // by the actor
	ByOthers site.Statements // of the actor
}

// Len counts the claims of the cell.
func (c Cell) Len() int { return len(c.Held) + len(c.ByOthers) }

// matrix has a row for each actor and a column for each concept that some claim
// joins.
func matrix(s *site.Site) *Matrix {
	var cells table[[2]*site.Ref, Cell]
	cell := func(actor, concept *site.Ref) *Cell {
		return cells.row([2]*site.Ref{actor, concept}, Cell{Concept: concept})
	}
	for _, c := range s.Claims {
		for _, concept := range OfKind(kind.Concept, c.About) {
			for _, a := range c.HeldBy {
				cell := cell(a, concept)
				cell.Held = append(cell.Held, c.Statement)
			}
			for _, a := range OfKind(kind.Actor, c.About) {
				if !slices.Contains(c.HeldBy, a) {
					cell := cell(a, concept)
					cell.ByOthers = append(cell.ByOthers, c.Statement)
				}
			}
		}
	}
	used := map[*site.Ref]bool{}
	for pair := range cells.at {
		used[pair[0]], used[pair[1]] = true, true
	}
	unused := func(p *site.Page) bool { return !used[p.Ref] }
	m := &Matrix{}
	for _, p := range slices.DeleteFunc(pagesOfKind(s, kind.Concept), unused) {
		m.Concepts = append(m.Concepts, p.Ref)
	}
	for _, p := range slices.DeleteFunc(pagesOfKind(s, kind.Actor), unused) {
		row := MatrixRow{Ref: p.Ref}
		for _, concept := range m.Concepts {
			row.Cells = append(row.Cells, *cell(p.Ref, concept))
		}
		m.Rows = append(m.Rows, row)
	}
	return m
}
