package frontmatter

import (
	"cmp"
	"time"
)

// Date is a day, a month or a year in ISO 8601: "2024-12-24", "2024-12",
// "2024"; empty if unknown. Dates of one precision order as strings do.
type Date string

// forms are the three forms of a date, by their length.
var forms = map[int]struct{ layout, precision string }{
	10: {time.DateOnly, "day"}, 7: {"2006-01", "month"}, 4: {"2006", "year"},
}

// ParseDate reads a date in one of the three forms.
func ParseDate(s string) (Date, bool) {
	_, err := time.Parse(forms[len(s)].layout, s)
	return Date(s), err == nil && s != ""
}

// Precision names the form: day, month, year or unknown.
func (d Date) Precision() string { return cmp.Or(forms[len(d)].precision, "unknown") }

// After reports whether the whole of d lies after the whole of e. A month is
// not after a day inside it, and nothing is after an unknown date.
func (d Date) After(e Date) bool {
	n := min(len(d), len(e))
	return n > 0 && d[:n] > e[:n]
}
