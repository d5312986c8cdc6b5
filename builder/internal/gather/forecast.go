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
	By             frontmatter.Date // its horizon, which may have words
	Likely         string           // the probability that the source prints
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

// HedgeRow are the N forecasts with the same wording, by outcome.
type HedgeRow struct {
	Wording string
	N       int
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
	l := Ledger{Outcomes: empty(content.Outcomes[:]), Causes: empty(content.Causes[:])}
	var rows table[string, HedgeRow]
	for _, f := range o.Forecasts {
		row := rows.row(f.Wording, HedgeRow{f.Wording, 0, empty(content.Outcomes[:])})
		row.N++
		add(l.Outcomes, f.Outcome.Word, f)
		add(row.Cells, f.Outcome.Word, f)
		if f.Outcome.Word == "came" || f.Outcome.Word == "came in part" {
			add(l.Causes, f.Cause.Word, f)
		}
		if f.Outcome.Word == "open" && f.Until != "" {
			l.Due = append(l.Due, f)
		}
		if p, ok := content.Probability(f.Likely); ok {
			l.Likely = append(l.Likely, f)
			if came, told := map[string]float64{"came": 1, "did not come": 0}[f.Outcome.Word]; told {
				l.Scored++
				l.Brier += (p - came) * (p - came)
			}
		}
	}
	l.Brier /= float64(max(1, l.Scored))
	slices.SortStableFunc(l.Due, func(a, b Forecast) int { return a.Until.Compare(b.Until) })
	last := func(r HedgeRow) int { return slices.Index([]string{"none", ""}, r.Wording) }
	slices.SortStableFunc(rows.rows, func(a, b HedgeRow) int { return cmp.Or(cmp.Compare(last(a), last(b)), cmp.Compare(b.N, a.N)) })
	l.Hedges = rows.rows
	return l
}

// empty returns an empty list for each word.
func empty(list []string) (lists []Forecasts) {
	for _, w := range list {
		lists = append(lists, Forecasts{Word: w})
	}
	return lists
}

// add adds a forecast to the list with a word, if there is one.
func add(to []Forecasts, word string, f Forecast) {
	if i := slices.IndexFunc(to, func(l Forecasts) bool { return l.Word == word }); i >= 0 {
		to[i].Forecasts = append(to[i].Forecasts, f)
	}
}
