// Package drawing computes the geometry of drawings: the position of each mark, node,
// box and line.
//
// Package gather calls it for pages with a drawing. The input is labels, dates, and
// pairs of numbers for what is linked. The output is positions, from which a layout
// writes the SVG.
//
//   - TimeAxis: one mark for each event, in rows below an axis. All years are equally
//     wide. A long run of years without an event is left out.
//   - ChordDiagram: nodes on a circle and lines between them. Nodes are equally far
//     apart in height, so labels do not overlap, and linked nodes are close together.
//     Lines bend towards the centre, and each has a badge.
//   - LayeredGraph: boxes in columns, each to the right of all that lead to it, in an
//     order in which few arrows cross. An arrow that crosses a column keeps clear of
//     the boxes in it.
//   - Sequence: lifelines on two sides and labelled arrows between them, each in its
//     own row, in the order of the input.
//
// Invariant: the same input gives the same positions, in whole CSS pixels. Drawings
// are not scaled, so that letters keep their size; one that is too wide scrolls.
//
// Invariant: no label or box covers another, as long as letters of 13 pixels are at
// most 7 pixels wide on average.
//
// Deliberately absent: markup, colours, what the drawings mean, and methods for large
// graphs. The time of most drawings grows with the square of the number of arrows,
// which is fast enough for what fits on a page.
package drawing

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	letterWidth = 7  // average width of a character
	Line        = 17 // height of a line of a label
)

// Lines breaks a text at its spaces into lines of at most n characters. A longer word is
// broken behind one of its hyphens, or else anywhere, with a hyphen and one letter fewer than fit, since it may
// have no narrow ones.
func Lines(text string, n int) []string {
	var lines []string
	room := 0 // characters that the last line has room for
	for word := range strings.FieldsSeq(text) {
		rest := []rune(word)
		if len(rest) < room {
			lines[len(lines)-1] += " " + word
			room -= len(rest) + 1
			continue
		}
		for len(rest) > n {
			at, hyphen := breakAt(rest, n)
			lines, rest = append(lines, string(rest[:at])+hyphen), rest[at:]
		}
		lines, room = append(lines, string(rest)), n-len(rest)
	}
	return lines
}

// breakAt returns where to break a word of more than n characters, and what to write there.
func breakAt(word []rune, n int) (at int, hyphen string) {
	for i := min(n, len(word)-2); i > 0; i-- { // its own hyphen may stand beyond the line
		if word[i] == '-' || word[i] == '‐' || word[i] == '–' {
			return i + 1, ""
		}
	}
	for at = max(n-2, 1); at > 1 && unicode.Is(unicode.M, word[at]); at-- { // a mark stays with its letter
	}
	if word[at-1] >= '\u2e80' { // scripts of East Asia have no hyphens
		return at, ""
	}
	return at, "-"
}

// width returns the width of a text on one line.
func width(text string) int { return letterWidth * utf8.RuneCountInString(text) }

// truncate cuts a text to at most n characters, if it can at a space.
func truncate(text string, n int) string {
	if utf8.RuneCountInString(text) <= n {
		return text
	}
	return strings.TrimSuffix(Lines(text, n-2)[0], "-") + " …"
}

// widest returns the width of the widest line.
func widest(lines []string) (most int) {
	for _, l := range lines {
		most = max(most, width(l))
	}
	return most
}
