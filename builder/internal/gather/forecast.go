package gather

import (
	"cmp"
	"slices"

	"analysis/builder/internal/content"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/site"
)

// Forecast is a claim about the future, with what became of it.
type Forecast struct {
	*site.Statement
	By, Likely     string           // its horizon, as it is shown, and the probability that the source prints
	Until          frontmatter.Date // the latest date that its horizon names
	Outcome, Cause site.Verdict
}

func forecasts(s *site.Site) (list []Forecast) {
	for _, c := range s.Claims {
		if c.Type == string(content.Forecast) {
			list = append(list, Forecast{c.Statement, c.By(), c.Likely, content.Until(c.Horizon), c.Outcome, c.Cause})
		}
	}
	return list
}

// Forecasts are the forecasts with a word, in the order of the analysis.
type Forecasts struct {
	Word      string
	Forecasts []Forecast
}

// HedgeRow are the forecasts with the same wording, by outcome.
type HedgeRow struct {
	Wording string
	Cells   []Forecasts // one for each of content.Outcomes
}

// Ledger compares what was foreseen with what came.
type Ledger struct {
	Outcomes []Forecasts // one for each of content.Outcomes
	Causes   []Forecasts // one for each of content.Causes, of those that came, in part or whole
	Hedges   []HedgeRow  // the most frequent first, "none" last
	Due      []Forecast  // open ones whose horizon names a date, the earliest first
	Likely   []Forecast  // those for which the source prints a probability
	Scored   int         // number of those that came or did not come
	Brier    float64     // mean square of the difference between Scored's probabilities and 1 or 0
}

// Ledger sorts the forecasts.
func (o *Overview) Ledger() Ledger {
	l := Ledger{Outcomes: cells(content.Outcomes[:]), Causes: cells(content.Causes[:])}
	var rows table[string, HedgeRow]
	for _, f := range o.Forecasts {
		add(l.Outcomes, f.Outcome.Word, f)
		add(rows.row(f.Wording, HedgeRow{f.Wording, cells(content.Outcomes[:])}).Cells, f.Outcome.Word, f)
		if f.Outcome.Word == "came" || f.Outcome.Word == "came in part" {
			add(l.Causes, f.Cause.Word, f)
		}
		if f.Outcome.Word == "open" && f.Until != "" {
			l.Due = append(l.Due, f)
		}
		l.score(f)
	}
	l.Brier /= float64(max(1, l.Scored))
	slices.SortStableFunc(l.Due, func(a, b Forecast) int { return a.Until.Compare(b.Until) })
	slices.SortStableFunc(rows.rows, func(a, b HedgeRow) int {
		return cmp.Or(cmp.Compare(a.last(), b.last()), cmp.Compare(b.len(), a.len()))
	})
	l.Hedges = rows.rows
	return l
}

// score adds a forecast to the Brier score if it has a probability.
func (l *Ledger) score(f Forecast) {
	p, ok := content.Probability(f.Likely)
	if !ok {
		return
	}
	l.Likely = append(l.Likely, f)
	switch f.Outcome.Word {
	case "came":
		p = 1 - p
	case "did not come":
	default:
		return
	}
	l.Scored++
	l.Brier += p * p
}

// cells returns a list without forecasts for each word.
func cells(words []string) (list []Forecasts) {
	for _, w := range words {
		list = append(list, Forecasts{Word: w})
	}
	return list
}

// add adds a forecast to the list with a word, if there is one.
func add(to []Forecasts, word string, f Forecast) {
	for i := range to {
		if to[i].Word == word {
			to[i].Forecasts = append(to[i].Forecasts, f)
		}
	}
}

func (r HedgeRow) len() (n int) {
	for _, c := range r.Cells {
		n += len(c.Forecasts)
	}
	return n
}

// last sorts what has no hedge, or none on record, behind the hedges.
func (r HedgeRow) last() int {
	return slices.Index([]string{"none", ""}, r.Wording)
}
