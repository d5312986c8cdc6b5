package drawing

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// Arrow leads from one node to another, given by their numbers.
type Arrow struct{ From, To int }

// LayeredGraph is boxes in layers, which are drawn as columns, and the arrows between
// them.
type LayeredGraph struct {
	Width, Height int
	Boxes         []Box // in the order of the texts
}

// Text is the content of a box: a title and, below it, who holds the claim.
type Text struct{ Title, Foot string }

// Box is a box with lines of text.
type Box struct {
	X, Y, Width, Height int
	Lines, Foot         []string
	Paths               []Path // of the arrows that leave it, in their order
}

// Path is an arrow: the d attributes of the SVG paths of its shaft and its head.
type Path struct{ Shaft, Head string }

const (
	boxWidth    = 196
	boxLine     = 21 // characters on a line; readers may have them set wider (WCAG 2.2, 1.4.12)
	boxMargin   = 18 // height around the lines
	layerGap    = 44
	boxGap      = 16
	dummyHeight = 6
	sweeps      = 12
)

// vertex is a box, or a dummy: a position where an arrow crosses a layer.
type vertex struct {
	layer, height int
	before, after []int   // linked vertices in the layers to the left and right
	y             float64 // top
}

func (v *vertex) middle() float64 { return v.y + float64(v.height)/2 }

// layering holds the state of NewLayeredGraph.
type layering struct {
	vertices []vertex // the boxes first
	layers   [][]int
	edges    []Arrow // the arrows, reversed if necessary to lead from left to right
	back     []bool  // for each edge, whether its arrow was reversed
	routes   [][]int // for each edge, its vertices from left to right
}

// NewLayeredGraph places boxes by the arrows between them, in the steps of Sugiyama's
// method: break cycles, assign layers, add dummies, order each layer, assign heights.
// In a cycle of arrows, one leads back to the left.
func NewLayeredGraph(texts []Text, arrows []Arrow) LayeredGraph {
	var g LayeredGraph
	l := &layering{vertices: make([]vertex, len(texts)), edges: slices.Clone(arrows), back: make([]bool, len(arrows))}
	for i, t := range texts {
		b := Box{Width: boxWidth, Lines: Lines(t.Title, boxLine), Foot: Lines(t.Foot, boxLine)}
		b.Height = boxMargin + Line*(len(b.Lines)+len(b.Foot))
		g.Boxes, l.vertices[i].height = append(g.Boxes, b), b.Height
	}
	l.breakCycles()
	l.assignLayers()
	l.addDummies()
	l.orderLayers()
	l.assignHeights()
	for i := range g.Boxes {
		b, v := &g.Boxes[i], l.vertices[i]
		b.X, b.Y = v.layer*(boxWidth+layerGap)+1, int(v.y)+1
		g.Width, g.Height = max(g.Width, b.X+b.Width+1), max(g.Height, b.Y+b.Height+1)
	}
	for i, a := range arrows {
		b := &g.Boxes[a.From]
		b.Paths = append(b.Paths, l.path(i))
	}
	return g
}

// breakCycles reverses the arrows that would close a cycle. It looks at all edges for
// each box.
func (l *layering) breakCycles() {
	const open, done = 1, 2
	state := make([]int, len(l.vertices))
	var visit func(n int)
	visit = func(n int) {
		state[n] = open
		for i, e := range l.edges {
			switch {
			case e.From != n:
			case state[e.To] == open:
				l.back[i], l.edges[i] = true, Arrow{e.To, e.From}
			case state[e.To] == 0:
				visit(e.To)
			}
		}
		state[n] = done
	}
	for n := range l.vertices {
		if state[n] == 0 {
			visit(n)
		}
	}
}

// assignLayers puts each box one layer to the right of the last box that leads to it. A
// box that none leads to is put as close as possible to those it leads to. There are at
// most as many rounds as boxes, and each looks at all edges.
func (l *layering) assignLayers() {
	for moved := true; moved; {
		moved = false
		for _, e := range l.edges {
			if from, to := l.vertices[e.From], &l.vertices[e.To]; e.From != e.To && to.layer <= from.layer {
				to.layer, moved = from.layer+1, true
			}
		}
	}
	for n := range l.vertices {
		next := math.MaxInt // the first layer that the box leads to, 0 if a box leads to it
		for _, e := range l.edges {
			if n == e.From && n != e.To {
				next = min(next, l.vertices[e.To].layer)
			} else if n == e.To && n != e.From {
				next = 0
			}
		}
		if 0 < next && next < math.MaxInt {
			l.vertices[n].layer = next - 1
		}
	}
}

// addDummies adds a vertex for each edge in every layer that it crosses.
func (l *layering) addDummies() {
	for _, e := range l.edges {
		route := []int{e.From}
		for layer := l.vertices[e.From].layer + 1; layer < l.vertices[e.To].layer; layer++ {
			route = append(route, len(l.vertices))
			l.vertices = append(l.vertices, vertex{layer: layer, height: dummyHeight})
		}
		route = append(route, e.To)
		for j := 1; j < len(route) && e.From != e.To; j++ {
			a, b := &l.vertices[route[j-1]], &l.vertices[route[j]]
			a.after, b.before = append(a.after, route[j]), append(b.before, route[j-1])
		}
		l.routes = append(l.routes, route)
	}
}

// orderLayers sorts the vertices of each layer by the mean position of their neighbours,
// from left to right and back, and keeps the order with the fewest crossings.
func (l *layering) orderLayers() {
	at := make([]float64, len(l.vertices)) // the position of each vertex in its layer
	for n, v := range l.vertices {
		for len(l.layers) <= v.layer {
			l.layers = append(l.layers, nil)
		}
		at[n] = float64(len(l.layers[v.layer]))
		l.layers[v.layer] = append(l.layers[v.layer], n)
	}
	place := func(n int) float64 { return at[n] }
	best, fewest := l.layers, l.crossings(at)
	for sweep := range sweeps {
		l.layers = slices.Clone(l.layers)
		for i := range l.layers {
			side := func(n int) []int { return l.vertices[n].before }
			if sweep%2 == 1 {
				i, side = len(l.layers)-1-i, func(n int) []int { return l.vertices[n].after }
			}
			layer, want := slices.Clone(l.layers[i]), map[int]float64{}
			for _, n := range layer {
				want[n] = mean(side(n), place, at[n])
			}
			slices.SortStableFunc(layer, func(a, b int) int { return cmp.Compare(want[a], want[b]) })
			for i, n := range layer {
				at[n] = float64(i)
			}
			l.layers[i] = layer
		}
		if now := l.crossings(at); now < fewest {
			best, fewest = l.layers, now
		}
	}
	l.layers = best
}

// mean returns the mean of the values of some vertices, or otherwise if there are none.
func mean(of []int, value func(n int) float64, otherwise float64) float64 {
	if len(of) == 0 {
		return otherwise
	}
	sum := 0.0
	for _, n := range of {
		sum += value(n)
	}
	return sum / float64(len(of))
}

// crossings counts the pairs of edges that cross between two layers. It compares all
// pairs.
func (l *layering) crossings(at []float64) (sum int) {
	for _, layer := range l.layers {
		var lines [][2]float64
		for _, from := range layer {
			for _, to := range l.vertices[from].after {
				lines = append(lines, [2]float64{at[from], at[to]})
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

// assignHeights sets the y of each vertex: as near to the middle of its neighbours as
// the vertices above and below it in its layer allow.
func (l *layering) assignHeights() {
	middle := func(n int) float64 { return l.vertices[n].middle() }
	for _, layer := range l.layers {
		l.spread(layer, func(n int) float64 { return 0 })
	}
	for range sweeps {
		for _, layer := range l.layers {
			l.spread(layer, func(n int) float64 {
				v := &l.vertices[n]
				return mean(slices.Concat(v.before, v.after), middle, v.middle()) - float64(v.height)/2
			})
		}
	}
	top := math.Inf(1)
	for _, v := range l.vertices {
		top = min(top, v.y)
	}
	// Where an argument ends stands at the top, so that readers begin there.
	if at := top; len(l.layers) > 0 {
		for _, n := range l.layers[len(l.layers)-1] {
			l.vertices[n].y = at
			at += float64(l.vertices[n].height + boxGap)
		}
	}
	for i := range l.vertices {
		l.vertices[i].y -= top
	}
}

// spread puts the vertices of a layer as near to where they want to be as their order
// and distances allow. It pushes them down where they are too close, and from the same
// start up. Both results keep the distances, so their mean keeps them too.
func (l *layering) spread(layer []int, want func(n int) float64) {
	down := make([]float64, len(layer))
	for i, n := range layer {
		down[i] = want(n)
	}
	up := slices.Clone(down)
	apart := func(i int) float64 { return float64(l.vertices[layer[i]].height + boxGap) }
	for i := 1; i < len(layer); i++ {
		down[i] = max(down[i], down[i-1]+apart(i-1))
	}
	for i := len(layer) - 2; i >= 0; i-- {
		up[i] = min(up[i], up[i+1]-apart(i))
	}
	for i, n := range layer {
		l.vertices[n].y = (down[i] + up[i]) / 2
	}
}

// path draws an edge along its route. Where several edges touch a side of a box, each
// has its own port, in the order of where they lead.
func (l *layering) path(i int) Path {
	route := l.routes[i]
	first, last := route[0], route[len(route)-1]
	left := func(n int) int { return l.vertices[n].layer*(boxWidth+layerGap) + 1 }
	x, y := left(first)+boxWidth, l.port(i, first, true)
	head := fmt.Sprintf("M%d %dl7 -4v8z", x, y)
	d := fmt.Sprintf("M%d %d", x, y)
	for _, n := range route[1:] {
		toX, toY := left(n), l.port(i, n, false)
		d += fmt.Sprintf("c%d 0 %d %d %d %d", layerGap/2, toX-x-layerGap/2, toY-y, toX-x, toY-y)
		x, y = toX, toY
		if n != last {
			x += boxWidth
			d += fmt.Sprintf("h%d", boxWidth)
		}
	}
	if !l.back[i] {
		head = fmt.Sprintf("M%d %dl-7 -4v8z", x, y)
	}
	return Path{d, head}
}

// port returns the height at which an edge touches the right or left side of a vertex.
// It looks at all edges.
func (l *layering) port(i, n int, right bool) int {
	v := &l.vertices[n]
	if v.height == dummyHeight {
		return int(v.middle()) + 1
	}
	from := func(edge, k int) int { // the k-th vertex of the edge, counted from this side
		route := l.routes[edge]
		if !right {
			k = len(route) - 1 - k
		}
		return route[k]
	}
	var edges []int
	for j := range l.routes {
		if from(j, 0) == n {
			edges = append(edges, j)
		}
	}
	goal := func(edge int) float64 { return l.vertices[from(edge, 1)].middle() }
	slices.SortStableFunc(edges, func(a, b int) int { return cmp.Compare(goal(a), goal(b)) })
	return int(v.y) + 1 + v.height*(slices.Index(edges, i)+1)/(len(edges)+1)
}
