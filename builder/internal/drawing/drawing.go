// Package drawing gives the site's drawings their geometry: where each mark,
// node, box and line is.
//
// It runs beside the stops of a build: gather calls it when a page that draws is
// rendered. In come labels, dates, and numbers that say what is joined to what;
// out go positions, from which a layout writes the SVG.
//
//   - TimeAxis: one mark for each event in rows below an axis. All years are
//     equally wide; years without an event are cut out where they are many.
//   - ChordDiagram: nodes on a circle, at equal heights so that no two labels of
//     one side meet, in an order that brings those that are joined close together.
//     Lines bend towards the centre, and each has a place for a badge of its own.
//   - LayeredGraph: boxes in columns, each to the right of all that lead to it, in
//     an order that lets few arrows cross. An arrow that passes a column has a
//     place of its own there and runs behind no box.
//   - Sequence: lifelines on two sides and labelled arrows between them, each in a
//     row of its own, in the order in which they come in.
//
// Invariant: the same input gives the same positions, in whole units. A unit is
// a CSS pixel, so that a drawing's letters are as large as it is meant to be
// shown; what is too wide for a window scrolls.
//
// Invariant: no label or box covers another, as long as a letter of 13 pixels is
// at most 7 wide on average.
//
// Deliberately absent: markup, colours, what the drawings are about, and methods
// for large graphs. Most drawings take time in the square of their arrows, which
// is little for what fits on a page.
package drawing

import (
	"strings"
	"unicode/utf8"
)

const (
	letter = 7  // width of a character, on average
	Line   = 17 // from one line of a label to the next
)

// Lines breaks a text at its spaces into lines of at most n characters. A word
// that is longer is on a line of its own.
func Lines(text string, n int) []string {
	var lines []string
	for word := range strings.FieldsSeq(text) {
		if last := len(lines) - 1; last >= 0 && utf8.RuneCountInString(lines[last])+1+utf8.RuneCountInString(word) <= n {
			lines[last] += " " + word
		} else {
			lines = append(lines, word)
		}
	}
	return lines
}

// width of a text on one line.
func width(text string) int { return letter * utf8.RuneCountInString(text) }

// short cuts a text at a space, to at most n characters.
func short(text string, n int) string {
	if utf8.RuneCountInString(text) <= n {
		return text
	}
	return Lines(text, n-2)[0] + " …"
}

// widest line of all.
func widest(lines []string) (most int) {
	for _, l := range lines {
		most = max(most, width(l))
	}
	return most
}
