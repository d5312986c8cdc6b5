package drawing

import (
	"fmt"
	"strings"
)

// LabelledArrow is an arrow and its label.
type LabelledArrow struct {
	Arrow
	Label string
}

// Sequence is a sequence diagram that fits on a phone: lifelines on two sides and
// messages between them, each in its own row. A message leads across, or straight down
// or up between two lifelines of the same side. So no label overlaps another label, a
// lifeline or the message of another label.
type Sequence struct {
	Width, Height int
	Lifelines     []*Lifeline // from top to bottom
	Messages      []Message   // in the order of the arrows
}

// Lifeline is a box for a node. X and Y are its upper left corner, First is the baseline
// of its first line.
type Lifeline struct {
	Node                int
	X, Y, Width, Height int
	Middle, First       int
	Lines               []string
}

// Message is an arrow, as the d attributes of SVG paths: its shaft, its head, and an area
// around its label that can be touched or clicked. X and First are the position of the
// label's first line, which has room for a sign and a space before it. Anchor is the
// label's text-anchor.
type Message struct {
	Shaft, Head, Hit string
	X, First         int
	Anchor           string
	Lines            []string
}

const (
	lifelineWidth  = 84 // at least
	lifelineLine   = 11 // characters on a line
	lifelineMargin = 16 // height around the lines
	lifelineInset  = 4  // half the distance between two on a side

	channel       = 158 // between the two sides, at least
	messageLine   = 20  // characters on a line, with the sign
	messageStep   = 14  // height of a line of a label
	messageMargin = 24  // height around a label and its arrow

	left, right = 0, 1
)

// sequence holds the state of NewSequence.
type sequence struct {
	Sequence
	arrows        []LabelledArrow
	lines         [][]string   // lines of each node's title
	last          []int        // number of the last arrow of each node
	current       [2]*Lifeline // of each side, nil for none
	wide, between int          // width of a lifeline, and of the space between the sides
	y             int          // top of the next row
}

// NewSequence draws arrows in order from top to bottom, each between two different
// nodes. titles are the titles of the nodes.
//
// A node keeps its lifeline until another node takes its side, and gets a new one if a
// later arrow uses it. An arrow to a node without a lifeline leads across, and that node
// takes the other side. There is one exception: if a later arrow uses the lifeline on
// the other side, and none uses the one on this side, the node takes this side, below
// the node that it is linked to. So the order of the arrows, which the author chooses,
// decides how many lifelines there are.
func NewSequence(titles []string, arrows []LabelledArrow) Sequence {
	if len(arrows) == 0 {
		return Sequence{}
	}
	s := &sequence{arrows: arrows, last: make([]int, len(titles)), wide: lifelineWidth, between: channel}
	for _, t := range titles {
		lines := Lines(t, lifelineLine)
		s.lines, s.wide = append(s.lines, lines), max(s.wide, widest(lines)+7)
	}
	for i, a := range arrows {
		s.last[a.From], s.last[a.To] = i, i
		m := Message{Lines: labelLines(a.Label)}
		s.Messages, s.between = append(s.Messages, m), max(s.between, widthWithSign(m.Lines)+18)
	}
	for from, to := 0, 0; from < len(arrows); from = to {
		forth := arrows[from].Arrow
		back := Arrow{forth.To, forth.From}
		for to < len(arrows) && (arrows[to].Arrow == forth || arrows[to].Arrow == back) {
			to++
		}
		s.draw(from, to)
	}
	s.end(left)
	s.end(right)
	s.Width, s.Height = 2*s.wide+s.between+2, s.y
	return s.Sequence
}

// draw draws the arrows from to to-1, which link the same two nodes.
func (s *sequence) draw(from, to int) {
	node, other := s.arrows[from].From, s.arrows[from].To
	if s.sideOf(node) < 0 && s.sideOf(other) >= 0 {
		node, other = other, node
	}
	side := max(s.sideOf(node), left)
	across := right - side
	if s.sideOf(other) < 0 && s.usedFrom(across, to) && !s.usedFrom(side, to) {
		s.drawVertical(side, node, other, from, to)
		return
	}
	s.begin(side, node)
	s.begin(across, other)
	for i := from; i < to; i++ {
		s.drawAcross(i)
	}
}

// sideOf returns the side on which the lifeline of a node is current, -1 for none.
func (s *sequence) sideOf(node int) int {
	for side, l := range s.current {
		if l != nil && l.Node == node {
			return side
		}
	}
	return -1
}

// usedFrom reports whether an arrow, or a later one, uses the current lifeline of a
// side.
func (s *sequence) usedFrom(side, arrow int) bool {
	l := s.current[side]
	return l != nil && s.last[l.Node] >= arrow
}

// begin begins a lifeline of a node on a side, unless it is already current there.
func (s *sequence) begin(side, node int) {
	if s.sideOf(node) == side {
		return
	}
	s.end(side)
	l := &Lifeline{Node: node, X: 1 + side*(s.wide+s.between), Y: s.y + lifelineInset, Width: s.wide, Lines: s.lines[node]}
	l.Height = lifelineMargin + Line*len(l.Lines)
	s.current[side], s.Lifelines = l, append(s.Lifelines, l)
}

// extend extends the current lifeline of a side down to the next row.
func (s *sequence) extend(side int) {
	l := s.current[side]
	l.Height = max(l.Height, s.y-lifelineInset-l.Y)
}

// end ends the current lifeline of a side, and leaves room for all of it.
func (s *sequence) end(side int) {
	if l := s.current[side]; l != nil {
		s.y = max(s.y, l.Y+l.Height+lifelineInset)
		l.Middle, l.First = l.X+l.Width/2, l.Y+l.Height/2+5-(len(l.Lines)-1)*Line/2
		s.current[side] = nil
	}
}

// height returns the height of a label and its arrow.
func (m *Message) height() int { return messageMargin + messageStep*len(m.Lines) }

// labelLines breaks a label into lines, with room for a sign before the first.
func labelLines(label string) []string {
	const sign = "# "
	lines := Lines(sign+label, messageLine)
	if len(lines) > 1 && lines[0] == strings.TrimSpace(sign) { // the first word needs the whole line
		return Lines(label, messageLine-len(sign))
	}
	lines[0] = strings.TrimPrefix(lines[0], sign)
	return lines
}

// widthWithSign returns the width of a label with a sign and a space before its first
// line.
func widthWithSign(lines []string) int { return max(width(lines[0])+2*letterWidth, widest(lines)) }

// drawAcross draws an arrow between the two current lifelines, below its label.
func (s *sequence) drawAcross(arrow int) {
	m, a, top := &s.Messages[arrow], s.current[left], s.y
	s.y += m.height()
	s.extend(left)
	s.extend(right)
	from, to := a.X+a.Width, a.X+a.Width+s.between
	m.X, m.First, m.Anchor = (from+to)/2, top+messageStep+5, "middle"
	below := top + messageStep*len(m.Lines)
	m.Hit = fmt.Sprintf("M%d %dH%dV%dH%dz", from, top+lifelineInset, to, below+messageMargin-lifelineInset, from)
	y := below + 13
	m.Shaft, m.Head = fmt.Sprintf("M%d %dH%d", from, y, to-6), fmt.Sprintf("M%d %dl-8 -4v8z", to, y)
	if s.arrows[arrow].From != a.Node {
		m.Shaft, m.Head = fmt.Sprintf("M%d %dH%d", to, y, from+6), fmt.Sprintf("M%d %dl8 -4v8z", from, y)
	}
}

// drawVertical draws arrows between two nodes of one side, next to each other. Each
// label is in its own row between the two sides, and a tick leads to it.
func (s *sequence) drawVertical(side, node, other, from, to int) {
	s.begin(side, node)
	s.extend(side)
	above := s.current[side]
	s.end(side)
	top, start := s.y-lifelineInset, s.y
	for i := from; i < to; i++ {
		s.y += s.Messages[i].height()
	}
	bottom := s.y + lifelineInset
	s.begin(side, other)
	edge, towards, anchor := above.X+above.Width, 1, "start" // the edge of the channel, and the direction towards it
	if side == right {
		edge, towards, anchor = above.X, -1, "end"
	}
	for i := from; i < to; i++ {
		m := &s.Messages[i]
		x := edge - towards*(above.Width*(i-from+1)/(to-from+1))
		m.X, m.First, m.Anchor = edge+towards*10, start+messageStep+5, anchor
		m.Shaft, m.Head = fmt.Sprintf("M%d %dV%d", x, top, bottom-6), fmt.Sprintf("M%d %dl-4 -8h8z", x, bottom)
		if s.arrows[i].From != node {
			m.Shaft, m.Head = fmt.Sprintf("M%d %dV%d", x, bottom, top+6), fmt.Sprintf("M%d %dl-4 8h8z", x, top)
		}
		m.Shaft += fmt.Sprintf("M%d %dH%d", x, m.First-4+messageStep*(len(m.Lines)-1)/2, edge+towards*6)
		long := towards * (widthWithSign(m.Lines) + 10)
		m.Hit = fmt.Sprintf("M%d %dh%dv%dh%dz", edge, start+3, long, messageStep*len(m.Lines)+12, -long)
		start += m.height()
	}
}
