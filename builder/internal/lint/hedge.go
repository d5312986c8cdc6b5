package lint

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/site"
	"analysis/builder/internal/text"
)

// english are the words and phrases that make a statement less than certain,
// by the form in which a record states them. They are the hedges common in news
// writing, and the terms of the two yardsticks for likelihood that analysts
// use: ICD 203 (United States, 2015) and the PHIA probability yardstick
// (United Kingdom, 2019).
var english = [][]string{
	{"could"}, {"may"}, {"might"},
	{"likely"}, {"unlikely"}, {"probable", "probably"}, {"improbable"}, {"possible", "possibly"}, {"perhaps"},
	{"plausible", "plausibly"}, {"remote chance"}, {"highly likely"}, {"realistic possibility"}, {"almost certain", "almost certainly"},
	{"reportedly"}, {"allegedly"}, {"apparently"}, {"presumably"}, {"supposedly"},
	{"suggest", "suggests", "suggested"}, {"seem", "seems", "seemed"}, {"appear to", "appears to", "appeared to"},
	{"risk", "risks", "risked", "risking"}, {"potential", "potentially"},
}

// hedges are the words of likelihood of one language.
type hedges struct {
	groups [][]string
}

// newHedges takes the site's own list, or else that of its language; there is
// one for English alone.
func newHedges(c *frontmatter.Config) hedges {
	if c.Hedges != "" {
		var h hedges
		for word := range strings.SplitSeq(c.Hedges, "\n") {
			h.groups = append(h.groups, []string{strings.TrimSpace(words(strings.ToLower(word)))})
		}
		return h
	}
	if language, _, _ := strings.Cut(strings.ToLower(c.Language), "-"); language == "en" {
		return hedges{english}
	}
	return hedges{}
}

// check warns of a wording of likelihood in a claim's text that its record
// does not state.
func (h hedges) check(c site.PlacedClaim) []diag.Diagnostic {
	text, stated := words(text.PlainText(c.Made.Body.HTML)), words(strings.ToLower(c.Wording))
	var unstated []string
	for _, group := range h.groups {
		in := func(text string) (string, bool) {
			i := slices.IndexFunc(group, func(w string) bool { return strings.Contains(text, " "+w+" ") })
			return group[max(i, 0)], i >= 0
		}
		if word, ok := in(text); ok {
			if _, owned := in(stated); !owned {
				unstated = append(unstated, word)
			}
		}
	}
	if len(unstated) == 0 {
		return nil
	}
	states := fmt.Sprintf("but its wording is %q", c.Wording)
	if c.Wording == "" {
		states = "but its record has no wording"
	}
	return []diag.Diagnostic{diag.Warningf(cmp.Or(c.Made.Wording.At, c.Made.At), "the text of claim %q says %s, %s", c.ID, quoted(unstated), states).
		WithHint("state the hedge in the record if it is the source's, or take it out of the text")}
}

// words is a text in lower case, its words between single spaces. The month
// of May keeps its capital.
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
