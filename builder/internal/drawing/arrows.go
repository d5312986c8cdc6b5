package drawing

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Labelled is an arrow and what stands beside it.
type Labelled struct {
	Arrow
	Label string
}

// Ladder is posts on two sides and the arrows between them, as narrow as a
// telephone. An arrow leads straight across in a row of its own, or straight
// down or up between two posts of one side. So no label meets another, a post
// or, but for its own, an arrow. A node for whose arrows one post is not enough
// has several.
type Ladder struct {
	Width, Height int
	Posts         []Post // from above, the left one of two first
	Rungs         []Rung // in the order of the arrows
}

// Post stands for a node. X and Y are its upper left corner, First the baseline
// of its first line.
type Post struct {
	Node                int
	X, Y, Width, Height int
	Middle, First       int
	Lines               []string

	side        int // left or right
	first, last int // of its rows; the last is before the first as long as it has none
}

// Rung is an arrow, as the d of SVG paths: its shaft, its head, and a field
// around its label to be hit by a finger. X and First are where the label's
// first line stands, which has room for a sign and a space before it; Anchor is
// its text-anchor.
type Rung struct {
	Shaft, Head, Field string
	X, First           int
	Anchor             string
	Lines              []string
}

const (
	postWidth   = 84  // at least
	postLine    = 11  // characters on a line
	postMargin  = 16  // height around the lines
	postInset   = 4   // half of what parts two posts
	channel     = 158 // between the two sides, at least
	rungLine    = 20  // characters on a line, with the sign
	rungStep    = 14  // from one line of a label to the next
	rungMargin  = 24  // height around a label and its arrow
	beamWidth   = 200 // plans that are followed at a time
	left, right = 0, 1
)

// rungRow is one row of a Ladder: an arrow across, an arrow between two posts of
// one side, or (arrow < 0) nothing but room for a post.
type rungRow struct {
	arrow, height, y int
	beside           bool
	side             int    // of the two posts
	posts            [2]int // left and right, or above and below
	place, of        int    // among the arrows between the same two posts
}

// ladder is a Ladder in the making.
type ladder struct {
	Ladder
	titles []string
	arrows []Labelled
	rows   []rungRow
	now    [2]int // the posts that stand on both sides, -1 for none
}

// NewLadder places nodes, by their titles, and arrows between two different ones.
func NewLadder(titles []string, arrows []Labelled) Ladder {
	l := &ladder{titles: titles, arrows: arrows, now: [2]int{-1, -1}}
	if len(arrows) == 0 {
		return Ladder{}
	}
	groups := grouped(arrows)
	for _, s := range planned(groups) {
		l.take(groups[s.group], s)
	}
	if l.pending(left) || l.pending(right) {
		l.row(rungRow{arrow: -1})
	}
	l.measure()
	return l.Ladder
}

// group is the arrows between the same two nodes.
type group struct {
	nodes  [2]int
	arrows []int
}

func grouped(arrows []Labelled) []group {
	var groups []group
	for i, a := range arrows {
		key := [2]int{min(a.From, a.To), max(a.From, a.To)}
		at := slices.IndexFunc(groups, func(g group) bool { return [2]int{min(g.nodes[0], g.nodes[1]), max(g.nodes[0], g.nodes[1])} == key })
		if at < 0 {
			at = len(groups)
			groups = append(groups, group{nodes: [2]int{a.From, a.To}})
		}
		groups[at].arrows = append(groups[at].arrows, i)
	}
	return groups
}

// step says how the next group is drawn: across, nodes being left and right; or
// beside each other on one side, nodes being above and below.
type step struct {
	group  int
	beside bool
	side   int
	nodes  [2]int
}

// draft is a beginning of a plan: what is drawn so far, from above.
type draft struct {
	state
	cost int
	last step
	from *draft
}

// state is all that matters for how a draft can go on.
type state struct {
	done string // a byte for each group: '+' if it is drawn
	now  [2]int // the nodes that stand on both sides, -1 for none
}

// planned is the order of the groups from above that needs the fewest posts and,
// among such, draws the most across and keeps most to the order of the arrows.
// A beginning is followed only if no other does the same for less; of too many,
// the best.
func planned(groups []group) []step {
	drafts := []*draft{{state: state{strings.Repeat("-", len(groups)), [2]int{-1, -1}}}}
	for range groups {
		var best []*draft
		at := map[state]int{}
		for _, d := range drafts {
			for i := range groups {
				if d.done[i] == '+' {
					continue
				}
				for _, s := range ways(groups[i], i) {
					next := d.with(groups, s)
					if n, ok := at[next.state]; !ok {
						at[next.state] = len(best)
						best = append(best, &next)
					} else if next.cost < best[n].cost {
						best[n] = &next
					}
				}
			}
		}
		slices.SortStableFunc(best, func(a, b *draft) int { return cmp.Compare(a.cost, b.cost) })
		drafts = best[:min(len(best), beamWidth)]
	}
	var steps []step
	for d := drafts[0]; d.from != nil; d = d.from {
		steps = append(steps, d.last)
	}
	slices.Reverse(steps)
	return turned(steps, groups)
}

// ways to draw a group.
func ways(g group, i int) (list []step) {
	for _, nodes := range [][2]int{g.nodes, {g.nodes[1], g.nodes[0]}} {
		list = append(list, step{group: i, nodes: nodes},
			step{group: i, nodes: nodes, beside: true, side: left}, step{group: i, nodes: nodes, beside: true, side: right})
	}
	return list
}

// with is the draft with one more step. What it costs to draw a node once more
// outweighs everything else.
func (d *draft) with(groups []group, s step) draft {
	const again, beside = 1_000_000, 1000
	next := draft{state: d.state, cost: d.cost, last: s, from: d}
	stand := func(side, node int) {
		if next.now[side] == node {
			return
		}
		next.now[side] = node
		for i, g := range groups {
			if d.done[i] == '+' && (g.nodes[0] == node || g.nodes[1] == node) {
				next.cost += again
				return
			}
		}
	}
	if s.beside {
		stand(s.side, s.nodes[0])
		stand(s.side, s.nodes[1])
		next.cost += beside * len(groups[s.group].arrows)
	} else {
		stand(left, s.nodes[left])
		stand(right, s.nodes[right])
	}
	next.cost += strings.Count(d.done[:s.group], "-")
	next.done = d.done[:s.group] + "+" + d.done[s.group+1:]
	return next
}

// turned are the steps, their sides changed if need be so that the first arrow
// leaves from the left.
func turned(steps []step, groups []group) []step {
	first := steps[slices.IndexFunc(steps, func(s step) bool { return s.group == 0 })]
	if first.beside && first.side == left || !first.beside && first.nodes == groups[0].nodes {
		return steps
	}
	for i, s := range steps {
		steps[i].side = right - s.side
		if !s.beside {
			steps[i].nodes = [2]int{s.nodes[right], s.nodes[left]}
		}
	}
	return steps
}

// take draws a group.
func (l *ladder) take(g group, s step) {
	if !s.beside {
		l.stand(left, s.nodes[0])
		l.stand(right, s.nodes[1])
		for _, a := range g.arrows {
			l.row(rungRow{arrow: a, posts: l.now})
			l.Posts[l.now[left]].last, l.Posts[l.now[right]].last = len(l.rows)-1, len(l.rows)-1
		}
		return
	}
	l.stand(s.side, s.nodes[0])
	if l.pending(s.side) {
		l.row(rungRow{arrow: -1})
	}
	above := l.now[s.side]
	l.Posts[above].last = len(l.rows) - 1
	l.now[s.side] = -1
	for i, a := range g.arrows {
		l.row(rungRow{arrow: a, beside: true, side: s.side, posts: [2]int{above, -1}, place: i, of: len(g.arrows)})
	}
	l.stand(s.side, s.nodes[1])
	for i := range g.arrows {
		l.rows[len(l.rows)-1-i].posts[1] = l.now[s.side]
	}
}

// stand sees to it that the post of a node stands on a side.
func (l *ladder) stand(side, node int) {
	if at := l.now[side]; at >= 0 && l.Posts[at].Node == node {
		return
	}
	if l.pending(side) {
		l.row(rungRow{arrow: -1})
	}
	l.now[side] = len(l.Posts)
	l.Posts = append(l.Posts, Post{Node: node, Lines: postLines(l.titles[node]), side: side, first: len(l.rows), last: len(l.rows) - 1})
}

// pending reports whether the post on a side has no row yet.
func (l *ladder) pending(side int) bool {
	at := l.now[side]
	return at >= 0 && l.Posts[at].last < l.Posts[at].first
}

// row appends a row; posts that have none yet begin with it.
func (l *ladder) row(r rungRow) {
	for side := range 2 {
		if l.pending(side) {
			l.Posts[l.now[side]].last = len(l.rows)
		}
	}
	l.rows = append(l.rows, r)
}

// postLines breaks a title also behind the hyphens of a word that is too long.
func postLines(title string) []string {
	var lines []string
	for _, line := range Lines(title, postLine) {
		for _, part := range strings.SplitAfter(line, "-") {
			last := len(lines) - 1
			if last >= 0 && strings.HasSuffix(lines[last], "-") && utf8.RuneCountInString(lines[last]+part) <= postLine {
				lines[last] += part
			} else if part != "" {
				lines = append(lines, part)
			}
		}
	}
	return lines
}

// rungLines breaks a label, leaving room for a sign before it.
func rungLines(label string) []string {
	const sign = "# "
	lines := Lines(sign+label, rungLine)
	if len(lines) > 1 && lines[0] == strings.TrimSpace(sign) {
		return lines[1:]
	}
	lines[0] = strings.TrimPrefix(lines[0], sign)
	return lines
}

// wideWithSign is the width of a label, a sign and a space before its first line.
func wideWithSign(lines []string) int { return max(width(lines[0])+2*letter, widest(lines)) }

// measure gives everything its place.
func (l *ladder) measure() {
	wide, between := postWidth, channel
	for _, p := range l.Posts {
		wide = max(wide, widest(p.Lines)+7)
	}
	l.Rungs = make([]Rung, len(l.arrows))
	for i, a := range l.arrows {
		l.Rungs[i].Lines = rungLines(a.Label)
		between = max(between, wideWithSign(l.Rungs[i].Lines)+18)
	}
	for i := range l.rows {
		if r := &l.rows[i]; r.arrow >= 0 {
			r.height = rungMargin + rungStep*len(l.Rungs[r.arrow].Lines)
		}
	}
	l.makeRoom()
	for i := range l.rows {
		l.rows[i].y = l.Height
		l.Height += l.rows[i].height
	}
	l.Width = 2*wide + between + 2
	for i := range l.Posts {
		p := &l.Posts[i]
		end := l.rows[p.last]
		p.X, p.Y, p.Width = 1+p.side*(wide+between), l.rows[p.first].y+postInset, wide
		p.Height = end.y + end.height - postInset - p.Y
		p.Middle, p.First = p.X+wide/2, p.Y+p.Height/2+5-(len(p.Lines)-1)*Line/2
	}
	for _, r := range l.rows {
		switch {
		case r.arrow < 0:
		case r.beside:
			l.drawBeside(r)
		default:
			l.drawAcross(r)
		}
	}
}

// makeRoom lets the last row of a post grow until its title fits.
func (l *ladder) makeRoom() {
	for _, p := range l.Posts {
		need := postMargin + 2*postInset + Line*len(p.Lines)
		for _, r := range l.rows[p.first : p.last+1] {
			need -= r.height
		}
		l.rows[p.last].height += max(0, need)
	}
}

// drawAcross draws an arrow below its label.
func (l *ladder) drawAcross(r rungRow) {
	g, a, b := &l.Rungs[r.arrow], l.Posts[r.posts[left]], l.Posts[r.posts[right]]
	from, to := a.X+a.Width, b.X
	g.X, g.First, g.Anchor = (from+to)/2, r.y+rungStep+5, "middle"
	y := r.y + rungStep*len(g.Lines) + 13
	g.Field = fmt.Sprintf("M%d %dH%dV%dH%dz", from, r.y+postInset, to, r.y+rungStep*len(g.Lines)+rungMargin-postInset, from)
	if l.arrows[r.arrow].From != a.Node {
		g.Shaft, g.Head = fmt.Sprintf("M%d %dH%d", to, y, from+6), fmt.Sprintf("M%d %dl8 -4v8z", from, y)
		return
	}
	g.Shaft, g.Head = fmt.Sprintf("M%d %dH%d", from, y, to-6), fmt.Sprintf("M%d %dl-8 -4v8z", to, y)
}

// drawBeside draws an arrow between two posts of one side, its label beside it
// in the channel, and a tick that leads to the label.
func (l *ladder) drawBeside(r rungRow) {
	g, above, below := &l.Rungs[r.arrow], l.Posts[r.posts[0]], l.Posts[r.posts[1]]
	in := above.Width * (r.place + 1) / (r.of + 1) // from the side of the channel
	x, edge, towards := above.X+above.Width-in, above.X+above.Width, 1
	if r.side == right {
		x, edge, towards = above.X+in, above.X, -1
		g.Anchor = "end"
	} else {
		g.Anchor = "start"
	}
	g.X, g.First = edge+towards*10, r.y+rungStep+5
	middle := g.First - 4 + rungStep*(len(g.Lines)-1)/2
	top, bottom := above.Y+above.Height, below.Y
	head := fmt.Sprintf("M%d %dl-4 -8h8z", x, bottom)
	shaft := fmt.Sprintf("M%d %dV%d", x, top, bottom-6)
	if l.arrows[r.arrow].From != above.Node {
		head = fmt.Sprintf("M%d %dl-4 8h8z", x, top)
		shaft = fmt.Sprintf("M%d %dV%d", x, bottom, top+6)
	}
	g.Shaft, g.Head = fmt.Sprintf("%sM%d %dH%d", shaft, x, middle, edge+towards*6), head
	long := towards * (wideWithSign(g.Lines) + 10)
	g.Field = fmt.Sprintf("M%d %dh%dv%dh%dz", edge, r.y+3, long, rungStep*len(g.Lines)+12, -long)
}
