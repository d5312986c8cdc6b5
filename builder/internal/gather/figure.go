package gather

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"analysis/builder/internal/site"
	"analysis/builder/internal/text"
	"analysis/builder/internal/words"
)

// FigureGroup is what different claimants say of one thing.
type FigureGroup struct {
	What  string
	Drawn bool        // two rows or more have a place on its scale
	Rows  []FigureRow // by amount; those that are no number come last
}

// FigureRow is a figure of one claimant, with the reports that have it.
type FigureRow struct {
	Said, Rest string // the figure as it is written, and what follows in it
	Claimant   string
	Reports    []site.Figure // their Date is "" if the title of the source says it
	Bound      string        // ">" at least, "<" at most, "~" about, or ""
	From, To   string        // its place on a scale from 0 to 100, "" if it is no number
	amount     text.Amount
	number     bool
}

// GroupFigures groups the figures of an event by what they count, and those by claimant
// and value. amounts are the words of text.ReadAmount.
func GroupFigures(figures []site.Figure, amounts string, w *words.Set) []FigureGroup {
	var groups table[string, FigureGroup]
	rows := map[[3]string]int{}
	for _, f := range figures {
		key := [3]string{text.Fold(f.What), text.Fold(f.Value), text.Fold(f.Claimant)}
		g := groups.row(key[0], FigureGroup{What: f.What})
		i, known := rows[key]
		if !known {
			i = len(g.Rows)
			rows[key], g.Rows = i, append(g.Rows, newFigureRow(f, amounts))
		}
		if strings.Contains(f.Source.Title, f.Date.Format(w)) {
			f.Date = ""
		}
		g.Rows[i].Reports = append(g.Rows[i].Reports, f)
	}
	for i := range groups.rows {
		groups.rows[i].scale()
	}
	return groups.rows
}

func newFigureRow(f site.Figure, words string) FigureRow {
	r := FigureRow{Said: f.Value, Claimant: f.Claimant}
	if r.amount, r.number = text.ReadAmount(f.Value, words); r.number {
		r.Said, r.Rest, r.Bound = r.amount.Said, r.amount.Rest, r.amount.Bound
	}
	return r
}

// scale sorts the rows and gives the numbers their places, on a scale that begins at 0.
func (g *FigureGroup) scale() {
	slices.SortStableFunc(g.Rows, func(a, b FigureRow) int {
		if a.number != b.number {
			if a.number {
				return -1
			}
			return 1
		}
		return cmp.Compare(a.amount.Low, b.amount.Low)
	})
	most, numbers := 0.0, 0
	for _, r := range g.Rows {
		if r.number {
			most, numbers = max(most, r.amount.High), numbers+1
		}
	}
	if g.Drawn = numbers > 1 && most > 0; !g.Drawn {
		return
	}
	for i := range g.Rows {
		if r := &g.Rows[i]; r.number {
			r.From, r.To = fmt.Sprintf("%.1f", r.amount.Low/most*100), fmt.Sprintf("%.1f", r.amount.High/most*100)
		}
	}
}
