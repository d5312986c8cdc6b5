package drawing

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// LabelledArrow is an arrow and what is beside it.
type LabelledArrow struct {
	Arrow
	Label string
}

// Sequence is a sequence diagram as narrow as a telephone: lifelines on two sides
// and messages between them, each in a row of its own. A message leads across, or
// straight down or up between two lifelines of one side. So no label meets
// another, a lifeline or, but for its own, a message.
type Sequence struct {
	Width, Height int
	Lifelines     []*Lifeline // from above
	Messages      []Message   // in the order of the arrows
}

// Lifeline is a box for a node. X and Y are its upper left corner, First the
// baseline of its first line.
type Lifeline struct {
	Node                int
	X, Y, Width, Height int
	Middle, First       int
	Lines               []string
}

// Message is an arrow, as the d of SVG paths: its shaft, its head, and an area
// around its label to be hit by a finger. X and First are where the label's first
// line is, which has room for a sign and a space before it; Anchor is its
// text-anchor.
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
	lifelineInset  = 4  // half of what parts two of a side

	channel       = 158 // between the two sides, at least
	messageLine   = 20  // characters on a line, with the sign
	messageStep   = 14  // from one line of a label to the next
	messageMargin = 24  // height around a label and its arrow

	left, right = 0, 1
)

// sequence is a Sequence in the making.
type sequence struct {
	Sequence
	arrows        []LabelledArrow
	lines         [][]string   // of each node's title
	last          []int        // the last arrow that names each node
	current       [2]*Lifeline // of each side, nil for none
	wide, between int          // a lifeline, and the space between the two sides
	y             int          // where the next row begins
}

// NewSequence draws arrows, each between two different nodes, in their order from
// above; titles are those of the nodes.
//
// A node keeps its lifeline until another takes its side, and gets a new one if
// it is named again. An arrow to a node without a lifeline leads across, and that
// node takes the other side. There is one exception: if the lifeline on the other
// side is named by a later arrow and the one on this side is not, the node takes
// this side, below the one that it is joined to. So the order of the arrows says
// how many lifelines there are, and whoever writes it can choose it.
func NewSequence(titles []string, arrows []LabelledArrow) Sequence {
	if len(arrows) == 0 {
		return Sequence{}
	}
	s := &sequence{arrows: arrows, last: make([]int, len(titles)), wide: lifelineWidth, between: channel}
	for _, t := range titles {
		lines := titleLines(t)
		s.lines, s.wide = append(s.lines, lines), max(s.wide, widest(lines)+7)
	}
	for i, a := range arrows {
		s.last[a.From], s.last[a.To] = i, i
		m := Message{Lines: labelLines(a.Label)}
		s.Messages, s.between = append(s.Messages, m), max(s.between, wideWithSign(m.Lines)+18)
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

// draw draws the arrows numbered from up to to, which join the same two nodes.
func (s *sequence) draw(from, to int) {
	node, other := s.arrows[from].From, s.arrows[from].To
	if s.sideOf(node) < 0 && s.sideOf(other) >= 0 {
		node, other = other, node
	}
	side := max(s.sideOf(node), left)
	across := right - side
	if s.sideOf(other) < 0 && s.named(across, to) && !s.named(side, to) {
		s.drawBeside(side, node, other, from, to)
		return
	}
	s.stand(side, node)
	s.stand(across, other)
	for i := from; i < to; i++ {
		s.drawAcross(i)
	}
}

// sideOf is the side on which the lifeline of a node is current, -1 for none.
func (s *sequence) sideOf(node int) int {
	for side, l := range s.current {
		if l != nil && l.Node == node {
			return side
		}
	}
	return -1
}

// named reports whether the current lifeline of a side is named by the arrow of a
// number or a later one.
func (s *sequence) named(side, arrow int) bool {
	l := s.current[side]
	return l != nil && s.last[l.Node] >= arrow
}

// stand makes the lifeline of a node the current one of a side.
func (s *sequence) stand(side, node int) {
	if s.sideOf(node) == side {
		return
	}
	s.end(side)
	l := &Lifeline{Node: node, X: 1 + side*(s.wide+s.between), Y: s.y + lifelineInset, Width: s.wide, Lines: s.lines[node]}
	l.Height = lifelineMargin + Line*len(l.Lines)
	s.current[side], s.Lifelines = l, append(s.Lifelines, l)
}

// reach lets the current lifeline of a side reach down to the next row.
func (s *sequence) reach(side int) {
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

// row is the height of a label and its arrow.
func (m *Message) row() int { return messageMargin + messageStep*len(m.Lines) }

// titleLines breaks a title also behind the hyphens of a word that is too long.
func titleLines(title string) []string {
	var lines []string
	for _, line := range Lines(title, lifelineLine) {
		for _, part := range strings.SplitAfter(line, "-") {
			last := len(lines) - 1
			if last >= 0 && strings.HasSuffix(lines[last], "-") && utf8.RuneCountInString(lines[last]+part) <= lifelineLine {
				lines[last] += part
			} else if part != "" {
				lines = append(lines, part)
			}
		}
	}
	return lines
}

// labelLines breaks a label, leaving room for a sign before it.
func labelLines(label string) []string {
	const sign = "# "
	lines := Lines(sign+label, messageLine)
	if len(lines) > 1 && lines[0] == strings.TrimSpace(sign) {
		return lines[1:]
	}
	lines[0] = strings.TrimPrefix(lines[0], sign)
	return lines
}

// wideWithSign is the width of a label, a sign and a space before its first line.
func wideWithSign(lines []string) int { return max(width(lines[0])+2*letter, widest(lines)) }

// drawAcross draws an arrow between the two current lifelines, below its label.
func (s *sequence) drawAcross(arrow int) {
	m, a, top := &s.Messages[arrow], s.current[left], s.y
	s.y += m.row()
	s.reach(left)
	s.reach(right)
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

// drawBeside draws arrows between two nodes of one side, side by side. The label
// of each is in the channel, in a row of its own, and a tick leads to it.
func (s *sequence) drawBeside(side, node, other, from, to int) {
	s.stand(side, node)
	s.reach(side)
	above := s.current[side]
	s.end(side)
	top, start := s.y-lifelineInset, s.y
	for i := from; i < to; i++ {
		s.y += s.Messages[i].row()
	}
	bottom := s.y + lifelineInset
	s.stand(side, other)
	edge, towards, anchor := above.X+above.Width, 1, "start" // where the channel begins, and which way it lies
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
		long := towards * (wideWithSign(m.Lines) + 10)
		m.Hit = fmt.Sprintf("M%d %dh%dv%dh%dz", edge, start+3, long, messageStep*len(m.Lines)+12, -long)
		start += m.row()
	}
}
