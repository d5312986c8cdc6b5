package lint

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/site"
	"analysis/builder/internal/text"
)

// english lists the words and phrases that make a statement less than certain, in groups
// of forms. They are the hedges common in news writing, and the terms of the two
// standards for likelihood that analysts use: ICD 203 (United States, 2015) and the
// PHIA probability yardstick (United Kingdom, 2019).
var english = [][]string{
	{"could"}, {"may"}, {"might"},
	{"likely"}, {"unlikely"}, {"probable", "probably"}, {"improbable"}, {"possible", "possibly"}, {"perhaps"},
	{"plausible", "plausibly"}, {"remote chance"}, {"highly likely"}, {"realistic possibility"}, {"almost certain", "almost certainly"},
	{"reportedly"}, {"allegedly"}, {"apparently"}, {"presumably"}, {"supposedly"},
	{"suggest", "suggests", "suggested"}, {"seem", "seems", "seemed"}, {"appear to", "appears to", "appeared to"},
	{"risk", "risks", "risked", "risking"}, {"potential", "potentially"},
}

// hedges are the words of likelihood of one language, in groups of forms that
// count as one word.
type hedges [][]string

// newHedges returns the list in site.yaml, or else that of the site's language. Only
// English has one.
func newHedges(c *frontmatter.Config) hedges {
	language, _, _ := strings.Cut(strings.ToLower(c.Language), "-")
	switch {
	case c.Hedges != "":
		var h hedges
		for word := range strings.SplitSeq(c.Hedges, "\n") {
			h = append(h, []string{strings.TrimSpace(words(strings.ToLower(word)))})
		}
		return h
	case language == "en":
		return english
	}
	return nil
}

// check warns of the hedges in a claim's text that its record does not state.
func (h hedges) check(c site.PlacedClaim) []diag.Diagnostic {
	says, states := words(text.PlainText(c.Written.Body.HTML)), words(strings.ToLower(c.Wording))
	var unstated []string
	for _, group := range h {
		in := func(text string) int {
			return slices.IndexFunc(group, func(w string) bool { return strings.Contains(text, " "+w+" ") })
		}
		if i := in(says); i >= 0 && in(states) < 0 {
			unstated = append(unstated, strconv.Quote(group[i]))
		}
	}
	if len(unstated) == 0 {
		return nil
	}
	but := "but its record has no wording"
	if c.Wording != "" {
		but = fmt.Sprintf("but its wording is %q", c.Wording)
	}
	return []diag.Diagnostic{diag.Warningf(cmp.Or(c.Written.Wording.At, c.Written.At), "the text of claim %q says %s, %s", c.ID, strings.Join(unstated, " or "), but).
		WithHint("state the hedge in the record if it is the source's, or take it out of the text")}
}

// words returns a text in lower case with a single space before and after each
// word. The month of May keeps its capital.
func words(s string) string {
	fields := strings.FieldsFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && r != '-'
	})
	for i, f := range fields {
		if f != "May" {
			fields[i] = strings.ToLower(f)
		}
	}
	return " " + strings.Join(fields, " ") + " "
}
