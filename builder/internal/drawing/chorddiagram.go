package drawing

import "math"

// Link links two nodes, given by their numbers.
type Link struct{ A, B int }

// ChordDiagram is nodes on a circle and the lines between them.
type ChordDiagram struct {
	Width, Height int
	Nodes         []Node  // in the order of the labels
	Chords        []Chord // in the order of the links
}

// Node is a point on the circle, with its label outside. First is relative to Y.
type Node struct {
	X, Y  int
	Left  bool // on the left side, where labels end at the node
	First int  // baseline of the first line
	Lines []string
}

// Chord is the line of a link: a quadratic curve with the control point CX, CY. It bends
// towards the centre, so that lines along the circle do not overlap. X and Y are the
// position of its badge.
type Chord struct{ X1, Y1, CX, CY, X2, Y2, X, Y int }

const (
	nodeStep  = 60 // least height from a node of a side to the next below
	nodeLine  = 18 // characters on a line
	badgeSize = 26 // width and height of a badge
)

// NewChordDiagram places labelled nodes and their links.
func NewChordDiagram(labels []string, links []Link) ChordDiagram {
	d := ChordDiagram{Nodes: make([]Node, len(labels))}
	rows := (len(labels) + 1) / 2
	r, margin := max(150, rows*nodeStep/2), 0
	for i, l := range labels {
		d.Nodes[i].Lines = Lines(l, nodeLine)
		margin = max(margin, widest(d.Nodes[i].Lines)+20)
	}
	d.Width, d.Height = 2*(r+margin), 2*r+Line
	for i, n := range circularOrder(len(labels), links) {
		row, left := i, i >= rows
		if left { // from the bottom to the top
			row = len(labels) - 1 - i
		}
		y := (2*row+1)*r/max(rows, 1) - r
		x := int(math.Sqrt(float64(r*r - y*y)))
		if left {
			x = -x
		}
		node := &d.Nodes[n]
		node.X, node.Y, node.Left = r+margin+x, r+Line/2+y, left
		node.First = 5 - (len(node.Lines)-1)*Line/2
	}
	for _, l := range links {
		a, b := d.Nodes[l.A], d.Nodes[l.B]
		d.Chords = append(d.Chords, Chord{
			X1: a.X, Y1: a.Y, X2: b.X, Y2: b.Y,
			CX: ((a.X+b.X)*3/2 + d.Width) / 5, CY: ((a.Y+b.Y)*3/2 + d.Height) / 5,
		})
	}
	d.placeBadges()
	return d
}

// circularOrder orders n nodes around the circle. It swaps two nodes as long as this
// reduces the sum of the distances between linked nodes, counted in nodes along the
// circle. The time of a round is n times the number of links. There are at most as
// many rounds as the first sum, and in practice a few.
func circularOrder(n int, links []Link) []int {
	order, at, near := make([]int, n), make([]int, n), make([][]int, n)
	for i := range n {
		order[i], at[i] = i, i
	}
	for _, l := range links {
		near[l.A], near[l.B] = append(near[l.A], l.B), append(near[l.B], l.A)
	}
	far := func(a int) (sum int) {
		for _, b := range near[a] {
			d := max(at[a], at[b]) - min(at[a], at[b])
			sum += min(d, n-d)
		}
		return sum
	}
	swap := func(i, j int) {
		order[i], order[j] = order[j], order[i]
		at[order[i]], at[order[j]] = i, j
	}
	for better := true; better; { // the sum falls each time, so this ends
		better = false
		for i := range n {
			for j := i + 1; j < n; j++ {
				before := far(order[i]) + far(order[j])
				swap(i, j)
				if far(order[i])+far(order[j]) < before {
					better = true
				} else {
					swap(i, j)
				}
			}
		}
	}
	return order
}

const (
	steps = 64 // number of positions on a chord that are tried for its badge
	cell  = 10 // size of the squares in which passing chords are counted
)

// at returns the point at t of steps along a chord.
func (c Chord) at(t int) (x, y int) {
	u := steps - t
	on := func(a, control, b int) int { return (a*u*u + 2*control*u*t + b*t*t) / (steps * steps) }
	return on(c.X1, c.CX, c.X2), on(c.Y1, c.CY, c.Y2)
}

// cells returns the squares that a chord passes.
func (c Chord) cells() map[[2]int]bool {
	on := map[[2]int]bool{}
	for t := range steps + 1 {
		x, y := c.at(t)
		on[[2]int{x / cell, y / cell}] = true
	}
	return on
}

// placeBadges places the badge of each chord on the chord. It avoids other badges and
// nodes first, then places where many other chords pass, and prefers the middle of the
// chord. Each badge is compared with all before it, so the time grows with the square
// of their number.
func (d *ChordDiagram) placeBadges() {
	passing := map[[2]int]int{} // number of chords by square
	for _, c := range d.Chords {
		for square := range c.cells() {
			passing[square]++
		}
	}
	var taken [][2]int
	for _, n := range d.Nodes {
		taken = append(taken, [2]int{n.X, n.Y})
	}
	for i := range d.Chords {
		chord, best := &d.Chords[i], math.MaxInt
		own := chord.cells()
		for k := range steps*3/4 + 1 {
			x, y := chord.at(steps/2 + (k+1)/2*(1-k%2*2)) // the middle, then outwards on both sides
			crowd := 0
			for _, at := range taken {
				if d := (x-at[0])*(x-at[0]) + (y-at[1])*(y-at[1]); d < badgeSize*badgeSize {
					crowd += 1000 * (badgeSize*badgeSize - d)
				}
			}
			for near := range 9 {
				square := [2]int{x/cell + near/3 - 1, y/cell + near%3 - 1}
				if crowd += passing[square]; own[square] {
					crowd--
				}
			}
			if crowd < best {
				best, chord.X, chord.Y = crowd, x, y
			}
		}
		taken = append(taken, [2]int{chord.X, chord.Y})
	}
}
