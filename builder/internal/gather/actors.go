package gather

import (
	"cmp"
	"maps"
	"slices"

	"analysis/builder/internal/drawing"
	"analysis/builder/internal/kind"
	"analysis/builder/internal/site"
)

// Map shows which actors are connected. A claim connects two actors if it is about
// both, or if one of them holds it about the other.
type Map struct {
	Drawn  []*site.Ref // the actors in the drawing, each with a line
	Apart  []*site.Ref // actors without a connection
	Voices []*site.Ref // the other actors, which only hold claims about actors in the drawing
	Pairs  []Pair      // sorted by number of claims, the most first
	Lines  []*Pair     // the Pairs in the drawing
	Single bool        // pairs that a single claim joins are left out of the drawing
}

// Pair is two actors and the claims that connect them. Each claim is in All and in
// one of the other lists.
type Pair struct {
	A, B     *site.Ref
	All      site.Statements
	ByA, ByB site.Statements // held by one of them, about the other
	ByOthers site.Statements // about both, held by neither about the other
}

// Only returns the claim that connects the pair if it is the only one, else nil.
func (p Pair) Only() *site.Statement {
	if len(p.All) == 1 {
		return p.All[0]
	}
	return nil
}

// relationMap makes the Map. It does not connect two actors who only hold a claim
// together. An actor that only holds claims is often connected to all others, and
// its lines would hide theirs. So the pairs of such actors are in Lines only where the other
// actor would have no line.
func relationMap(s *site.Site) *Map {
	var pairs table[[2]*site.Ref, Pair]
	subjects := map[*site.Ref]bool{} // actors that a claim is about
	for _, c := range s.Claims {
		about := OfKind(kind.Actor, c.About)
		involved := together(c.HeldBy, about)
		for i, a := range involved {
			subjects[a] = subjects[a] || slices.Contains(about, a)
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
	several := slices.IndexFunc(m.Pairs, func(p Pair) bool { return len(p.All) == 1 })
	m.Single = several > maxLines
	connected, drawn := map[*site.Ref]bool{}, map[*site.Ref]bool{}
	for _, p := range m.Pairs {
		connected[p.A], connected[p.B] = true, true
		if subjects[p.A] && subjects[p.B] && m.shown(&p) {
			drawn[p.A], drawn[p.B] = true, true
		}
	}
	linked := maps.Clone(drawn)
	for i := range m.Pairs {
		p := &m.Pairs[i]
		if !m.shown(p) {
			continue
		}
		if subjects[p.A] && subjects[p.B] || !m.Single && (subjects[p.A] && !linked[p.A] || subjects[p.B] && !linked[p.B]) {
			drawn[p.A], drawn[p.B] = true, true
			m.Lines = append(m.Lines, p)
		}
	}
	for _, a := range pagesOfKind(s, kind.Actor) {
		switch {
		case drawn[a.Ref]:
			m.Drawn = append(m.Drawn, a.Ref)
		case connected[a.Ref] && subjects[a.Ref]: // only in the table
		case connected[a.Ref]:
			m.Voices = append(m.Voices, a.Ref)
		default:
			m.Apart = append(m.Apart, a.Ref)
		}
	}
	return m
}

// maxLines is the number of pairs with several claims beyond which pairs with one are not drawn.
const maxLines = 8

// shown reports whether a pair has a line, if its actors have.
func (m *Map) shown(p *Pair) bool { return !m.Single || len(p.All) > 1 }

// add adds a claim that connects the pair.
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

// Large reports whether the map is too large to be drawn.
func (m *Map) Large() bool { return max(len(m.Drawn), len(m.Lines)) > maxDrawn }

// Drawing returns a diagram with a node for each actor in Drawn and a chord for each
// pair in Lines.
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

// Matrix is a table of the claims by actor and concept.
type Matrix struct {
	Concepts []*site.Ref
	Rows     []MatrixRow
}

// maxCells is the number of cells up to which a Matrix is shown as a table.
const maxCells = 20_000

// Large reports whether the matrix is too large for a table. Then its rows have only the
// cells with claims.
func (m *Matrix) Large() bool { return len(m.Rows)*len(m.Concepts) > maxCells }

// MatrixRow is an actor with a cell for every concept.
type MatrixRow struct {
	*site.Ref
	Cells []Cell
}

// Cell lists the claims about a concept that an actor holds or that are also about
// the actor. Each claim is in one of the lists.
type Cell struct {
	Concept  *site.Ref
	Held     site.Statements // held by the actor
	ByOthers site.Statements // about the actor, held by others
	actor    *site.Ref
}

// Len returns the number of claims in the cell.
func (c Cell) Len() int { return len(c.Held) + len(c.ByOthers) }

// matrix makes a Matrix with a row for each actor and a column for each concept that
// has a claim.
func matrix(s *site.Site) *Matrix {
	var cells table[[2]*site.Ref, Cell]
	cell := func(actor, concept *site.Ref) *Cell {
		return cells.row([2]*site.Ref{actor, concept}, Cell{Concept: concept, actor: actor})
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
	column, row := map[*site.Ref]int{}, map[*site.Ref]int{}
	for i, p := range slices.DeleteFunc(pagesOfKind(s, kind.Concept), unused) {
		m.Concepts, column[p.Ref] = append(m.Concepts, p.Ref), i
	}
	for i, p := range slices.DeleteFunc(pagesOfKind(s, kind.Actor), unused) {
		m.Rows, row[p.Ref] = append(m.Rows, MatrixRow{Ref: p.Ref}), i
	}
	for i := 0; i < len(m.Rows) && !m.Large(); i++ {
		for _, concept := range m.Concepts {
			m.Rows[i].Cells = append(m.Rows[i].Cells, Cell{Concept: concept})
		}
	}
	slices.SortStableFunc(cells.rows, func(a, b Cell) int { return cmp.Compare(column[a.Concept], column[b.Concept]) })
	for _, c := range cells.rows {
		r := &m.Rows[row[c.actor]]
		if m.Large() {
			r.Cells = append(r.Cells, c)
		} else {
			r.Cells[column[c.Concept]] = c
		}
	}
	return m
}
