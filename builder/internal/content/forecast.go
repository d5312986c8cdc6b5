package content

import (
	"regexp"
	"strconv"
	"strings"

	"analysis/builder/internal/frontmatter"
)

// Outcomes are the words for what became of the event that a forecast foretells, in the
// order in which lists show them.
var Outcomes = [...]string{"came", "came in part", "did not come", "cannot be told", "open"}

// Causes are the words for whether the event is shown to follow from the cause that the
// forecast names.
var Causes = [...]string{"shown", "disputed", "not shown", "none named"}

// former maps a key with a word that it had before to the word that it has now.
var former = map[string]string{"outcome: borne out": "came", "outcome: partly": "came in part", "outcome: not borne out": "did not come"}

// checkForecast reports a cause without an outcome, a probability that is none, and a
// horizon that looks like a date and is none. hasOutcome is set even if its line is wrong.
func (w *writer) checkForecast(c *Claim, hasOutcome bool) {
	outcome, cause := c.Line("outcome"), c.Line("cause")
	if cause != nil && (!hasOutcome || outcome != nil && outcome.Word == "open") {
		w.errorAt(cause.At, "say under `outcome` what happened, or take the line away", "a forecast that is open has no cause yet")
	}
	if _, ok := Probability(c.Probability.Text); !ok && c.Probability.Text != "" {
		w.errorAt(c.Probability.At, "write the number that the source prints: 20 % or 0.2", "%q is no probability", c.Probability.Text)
	}
	if h := c.Horizon.Text; h != "" && dates.FindString(h) == h && Until(h) != frontmatter.Date(h) {
		w.errorAt(c.Horizon.At, "write a year, month or day that there is: 2025-06-30", "%q is no date", h)
	}
}

var (
	likely = regexp.MustCompile(`^(\d{1,3}(?:[.,]\d{1,6})?)[\s\p{Z}]*(%?)$`)
	dates  = regexp.MustCompile(`\b\d{4}(?:-\d\d){0,2}\b`)
)

// Probability reads a probability, "20 %" or "0.2", as a number from 0 to 1.
func Probability(s string) (p float64, ok bool) {
	m := likely.FindStringSubmatch(s)
	if m == nil {
		return 0, false
	}
	power := strings.Replace(m[2], "%", "e-2", 1) // a division would leave 1.1 % as 0.011000000000000001
	p, _ = strconv.ParseFloat(strings.Replace(m[1], ",", ".", 1)+power, 64)
	return p, p <= 1
}

// Until returns the latest date or year that a horizon names, "" if it names none.
func Until(horizon string) (last frontmatter.Date) {
	for _, s := range dates.FindAllString(horizon, -1) {
		d, ok := frontmatter.ParseDate(s)
		if !ok {
			d = frontmatter.Date(s[:4])
		}
		if d.Compare(last) > 0 {
			last = d
		}
	}
	return last
}
