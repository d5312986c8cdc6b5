package lint

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

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

// Hedges are the words of likelihood of one language, in groups of forms that
// count as one word.
type Hedges [][]string

// openers are English words that only the sentence before explains: pronouns, determiners
// that point back, and conjunctions.
var openers = strings.Fields(`it its they their them he him his she her we our this that these those such which who whose
	but and or nor so yet`)

// opening warns of a claim's text that begins as if its title stood before it.
func opening(c site.PlacedClaim, config *frontmatter.Config) []diag.Diagnostic {
	list := strings.Split(strings.ToLower(config.Openers), "\n")
	if config.Openers == "" && Language(config) == "en" {
		list = openers
	}
	says := Words(c.Said.Text)
	i := slices.IndexFunc(list, func(w string) bool { return w != "" && strings.HasPrefix(says, " "+w+" ") })
	if i < 0 {
		return nil
	}
	return []diag.Diagnostic{diag.Warningf(c.Written.At, "the text of claim %q begins with %q, as if its title stood before it", c.ID, list[i]).
		WithHint("name what is meant: in the text of the page the title is not shown")}
}

// Language returns the language of a site without its region: "en".
func Language(c *frontmatter.Config) string {
	tag, _, _ := strings.Cut(strings.ToLower(c.Language), "-")
	return tag
}

// NewHedges returns the list in site.yaml, or else that of the site's language. Only
// English has one.
func NewHedges(c *frontmatter.Config) Hedges {
	switch {
	case c.Hedges != "":
		var h Hedges
		for word := range strings.SplitSeq(c.Hedges, "\n") {
			h = append(h, []string{strings.TrimSpace(Words(strings.ToLower(word)))})
		}
		return h
	case Language(c) == "en":
		return english
	}
	return nil
}

// check warns of the hedges in a claim's text that its record does not state.
func (h Hedges) check(c site.PlacedClaim) []diag.Diagnostic {
	unstated := h.In(c.Said.Text, c.Wording)
	if len(unstated) == 0 {
		return nil
	}
	but := "but its record has no wording"
	if c.Wording != "" {
		but = fmt.Sprintf("but its wording is %q", c.Wording)
	}
	return []diag.Diagnostic{diag.Warningf(cmp.Or(c.Written.Wording.At, c.Written.At), "the text of claim %q says %s, %s", c.ID, quoted(unstated), but).
		WithHint("state the hedge in the record if it is the source's, or take it out of the text")}
}

// quoted returns words as `"could" or "may"`.
func quoted(list []string) string { return `"` + strings.Join(list, `" or "`) + `"` }

// In returns the hedges in a text, but for those of which a form is in the record's wording.
func (h Hedges) In(text, wording string) (list []string) {
	says, states := Words(text), Words(strings.ToLower(wording))
	for _, group := range h {
		in := func(text string) int {
			return slices.IndexFunc(group, func(w string) bool { return strings.Contains(text, " "+w+" ") })
		}
		if i := in(says); i >= 0 && in(states) < 0 {
			list = append(list, group[i])
		}
	}
	return list
}

// Words returns a text in lower case with a single space before and after each
// word. The month of May keeps its capital. Of a script without spaces, each character is
// a word.
func Words(s string) string {
	b := []byte{' '}
	for f := range strings.FieldsFuncSeq(s, func(r rune) bool { return !text.IsWord(r) && r != '-' }) {
		if f != "May" {
			f = strings.ToLower(f)
		}
		for end := 0; f != ""; f = f[end:] {
			if end = text.WordEnd(f, 0); end == 0 {
				end = 1 // the hyphen
			}
			if b = append(b, f[:end]...); end == len(f) || f[0] != '-' && f[end] != '-' {
				b = append(b, ' ')
			}
		}
	}
	return string(b)
}
