package drawing

import (
	"cmp"
	"fmt"
	"slices"
)

// Arrow leads from one box to another, by their numbers.
type Arrow struct{ From, To int }

// Columns is boxes in columns and the arrows between them.
type Columns struct {
	Width, Height int
	Boxes         []Box  // in the order of the texts
	Paths         []Path // in the order of the arrows
}

// Text is what a box says: a title and, below, who holds it.
type Text struct{ Title, Foot string }

// Box has room for one line above its title.
type Box struct {
	X, Y, Width, Height int
	Lines, Foot         []string
}

// Path is an arrow, as the d of an SVG path: its shaft, and its head.
type Path struct{ Shaft, Head string }

const (
	boxWidth  = 208
	boxLine   = 27 // characters on a line
	boxMargin = 18 // height around the lines
	columnGap = 60
	rowGap    = 16
	laneSize  = 6 // height of an arrow's place in a column that it passes
	sweeps    = 12
)

// spot is a box, or a place where an arrow passes a column.
type spot struct {
	column, height int
	before, after  []int   // spots in the columns beside it
	y              float64 // of its top
}

func (s *spot) middle() float64 { return s.y + float64(s.height)/2 }

// plan is Columns in the making.
type plan struct {
	spots   []spot // the boxes first
	columns [][]int
	routes  [][]int // of each arrow, the spots from left to right
	back    []bool  // of each arrow, whether it leads from right to left
}

// NewColumns places boxes by the arrows between them. Where arrows lead in a
// circle, one of them leads back.
func NewColumns(texts []Text, arrows []Arrow) Columns {
	var c Columns
	p := &plan{spots: make([]spot, len(texts))}
	for i, t := range texts {
		b := Box{Width: boxWidth, Lines: Lines(t.Title, boxLine), Foot: Lines(t.Foot, boxLine)}
		b.Height = boxMargin + Line*(1+len(b.Lines)+len(b.Foot))
		c.Boxes, p.spots[i].height = append(c.Boxes, b), b.Height
	}
	p.turn(arrows)
	p.level(arrows)
	p.route(arrows)
	p.order()
	p.stack()
	for i := range c.Boxes {
		b, s := &c.Boxes[i], p.spots[i]
		b.X, b.Y = s.column*(boxWidth+columnGap)+1, int(s.y)+1
		c.Width, c.Height = max(c.Width, b.X+b.Width+1), max(c.Height, b.Y+b.Height+1)
	}
	for i := range arrows {
		c.Paths = append(c.Paths, p.path(i))
	}
	return c
}

// turn finds the arrows that would close a circle.
func (p *plan) turn(arrows []Arrow) {
	p.back = make([]bool, len(arrows))
	const open, done = 1, 2
	state := make([]int, len(p.spots))
	var visit func(n int)
	visit = func(n int) {
		state[n] = open
		for i, a := range arrows {
			switch {
			case a.From != n:
			case state[a.To] == open:
				p.back[i] = true
			case state[a.To] == 0:
				visit(a.To)
			}
		}
		state[n] = done
	}
	for n := range p.spots {
		if state[n] == 0 {
			visit(n)
		}
	}
}

// ends are the boxes that an arrow joins, from left to right.
func (p *plan) ends(i int, a Arrow) (from, to int) {
	if p.back[i] {
		return a.To, a.From
	}
	return a.From, a.To
}

// level puts each box one column to the right of the last that leads to it; a
// box to which none leads comes as close as it can to those it leads to.
func (p *plan) level(arrows []Arrow) {
	for range p.spots { // as many steps as the longest way may have
		moved := false
		for i, a := range arrows {
			if from, to := p.ends(i, a); from != to && p.spots[to].column <= p.spots[from].column {
				p.spots[to].column, moved = p.spots[from].column+1, true
			}
		}
		if !moved {
			break
		}
	}
	for n := range p.spots {
		next, first := -1, true
		for i, a := range arrows {
			switch from, to := p.ends(i, a); {
			case to == n && from != n:
				first = false
			case from == n && to != n && (next < 0 || p.spots[to].column < next):
				next = p.spots[to].column
			}
		}
		if first && next > 0 {
			p.spots[n].column = next - 1
		}
	}
}

// route gives each arrow a place in every column that it passes.
func (p *plan) route(arrows []Arrow) {
	for i, a := range arrows {
		from, to := p.ends(i, a)
		route := []int{from}
		for column := p.spots[from].column + 1; column < p.spots[to].column; column++ {
			route = append(route, len(p.spots))
			p.spots = append(p.spots, spot{column: column, height: laneSize})
		}
		route = append(route, to)
		for j := 1; j < len(route) && from != to; j++ {
			l, r := route[j-1], route[j]
			p.spots[l].after, p.spots[r].before = append(p.spots[l].after, r), append(p.spots[r].before, l)
		}
		p.routes = append(p.routes, route)
	}
}

// order sorts each column by where the neighbours of its spots stand, from left
// to right and back, and keeps the order with the fewest crossings.
func (p *plan) order() {
	for n, s := range p.spots {
		for len(p.columns) <= s.column {
			p.columns = append(p.columns, nil)
		}
		p.columns[s.column] = append(p.columns[s.column], n)
	}
	at := make([]float64, len(p.spots))
	number := func() {
		for _, column := range p.columns {
			for i, n := range column {
				at[n] = float64(i)
			}
		}
	}
	number()
	best, fewest := p.copied(), p.crossings(at)
	for sweep := range sweeps {
		for i := range p.columns {
			column, side := p.columns[i], func(n int) []int { return p.spots[n].before }
			if sweep%2 == 1 {
				column, side = p.columns[len(p.columns)-1-i], func(n int) []int { return p.spots[n].after }
			}
			want := map[int]float64{}
			for _, n := range column {
				want[n] = mean(side(n), at, at[n])
			}
			slices.SortStableFunc(column, func(a, b int) int { return cmp.Compare(want[a], want[b]) })
			for i, n := range column {
				at[n] = float64(i)
			}
		}
		if now := p.crossings(at); now < fewest {
			best, fewest = p.copied(), now
		}
	}
	p.columns = best
}

func (p *plan) copied() [][]int {
	var all [][]int
	for _, column := range p.columns {
		all = append(all, slices.Clone(column))
	}
	return all
}

// mean of values, or else what there is without any.
func mean(of []int, values []float64, otherwise float64) float64 {
	if len(of) == 0 {
		return otherwise
	}
	sum := 0.0
	for _, n := range of {
		sum += values[n]
	}
	return sum / float64(len(of))
}

// crossings counts the pairs of lines that cross between two columns.
func (p *plan) crossings(at []float64) (sum int) {
	for _, column := range p.columns {
		var lines [][2]float64
		for _, l := range column {
			for _, r := range p.spots[l].after {
				lines = append(lines, [2]float64{at[l], at[r]})
			}
		}
		for i, a := range lines {
			for _, b := range lines[:i] {
				if (a[0]-b[0])*(a[1]-b[1]) < 0 {
					sum++
				}
			}
		}
	}
	return sum
}

// stack gives each spot its height on the page: as near to the middle of its
// neighbours as those above and below in its column allow. Pushed down from
// above and pushed up from below, a column keeps its distances both times, and
// so it does half-way between.
func (p *plan) stack() {
	for _, column := range p.columns {
		p.spread(column, func(n int) float64 { return 0 })
	}
	for range sweeps {
		for _, column := range p.columns {
			p.spread(column, func(n int) float64 {
				s := &p.spots[n]
				return p.centre(append(slices.Clone(s.before), s.after...), s.middle()) - float64(s.height)/2
			})
		}
	}
	top := 0.0
	for i, s := range p.spots {
		if i == 0 || s.y < top {
			top = s.y
		}
	}
	for i := range p.spots {
		p.spots[i].y -= top
	}
}

func (p *plan) centre(of []int, otherwise float64) float64 {
	if len(of) == 0 {
		return otherwise
	}
	sum := 0.0
	for _, n := range of {
		sum += p.spots[n].middle()
	}
	return sum / float64(len(of))
}

// spread puts the spots of a column where they want to be, as far as they keep
// their order and their distances.
func (p *plan) spread(column []int, want func(n int) float64) {
	wanted := make([]float64, len(column))
	for i, n := range column {
		wanted[i] = want(n)
	}
	down, up := slices.Clone(wanted), slices.Clone(wanted)
	for i := 1; i < len(column); i++ {
		down[i] = max(down[i], down[i-1]+float64(p.spots[column[i-1]].height+rowGap))
	}
	for i := len(column) - 2; i >= 0; i-- {
		up[i] = min(up[i], up[i+1]-float64(p.spots[column[i]].height+rowGap))
	}
	for i, n := range column {
		p.spots[n].y = (down[i] + up[i]) / 2
	}
}

// path draws an arrow along its route. Where several leave or reach a box, each
// has its own place on the box's side, in the order of where they go.
func (p *plan) path(i int) Path {
	route := p.routes[i]
	first, last := route[0], route[len(route)-1]
	left := func(n int) int { return p.spots[n].column*(boxWidth+columnGap) + 1 }
	x, y := left(first)+boxWidth, p.port(i, first, true)
	head := fmt.Sprintf("M%d %dl7 -4v8z", x, y)
	d := fmt.Sprintf("M%d %d", x, y)
	for _, n := range route[1:] {
		toX, toY := left(n), p.port(i, n, false)
		d += fmt.Sprintf("c%d 0 %d %d %d %d", columnGap/2, toX-x-columnGap/2, toY-y, toX-x, toY-y)
		x, y = toX, toY
		if n != last {
			x += boxWidth
			d += fmt.Sprintf("h%d", boxWidth)
		}
	}
	if !p.back[i] {
		head = fmt.Sprintf("M%d %dl-7 -4v8z", x, y)
	}
	return Path{d, head}
}

// port is where an arrow touches a spot, on its right or its left side.
func (p *plan) port(i, n int, right bool) int {
	s, place, all := &p.spots[n], 1, 1
	next := func(route []int) int {
		if right {
			return route[1]
		}
		return route[len(route)-2]
	}
	if s.height == laneSize {
		return int(s.middle()) + 1
	}
	mine := p.spots[next(p.routes[i])].middle()
	for j, route := range p.routes {
		if j == i || right && route[0] != n || !right && route[len(route)-1] != n {
			continue
		}
		all++
		if other := p.spots[next(route)].middle(); other < mine || other == mine && j < i {
			place++
		}
	}
	return int(s.y) + 1 + s.height*place/(all+1)
}
