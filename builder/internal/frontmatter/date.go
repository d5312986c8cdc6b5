package frontmatter

import (
	"cmp"
	"time"
)

// Date is a day, month or year in ISO 8601: "2024-12-24", "2024-12", "2024". It is
// empty if unknown. Dates of the same precision sort like strings.
type Date string

// dateForms are the three forms of a date, by length.
var dateForms = map[int]struct{ layout, precision string }{
	10: {time.DateOnly, "day"}, 7: {"2006-01", "month"}, 4: {"2006", "year"},
}

// ParseDate reads a date in one of the three forms.
func ParseDate(s string) (Date, bool) {
	_, err := time.Parse(dateForms[len(s)].layout, s)
	return Date(s), err == nil && s != ""
}

// Precision returns day, month, year or unknown.
func (d Date) Precision() string { return cmp.Or(dateForms[len(d)].precision, "unknown") }

// After reports whether all of d is after all of e. A month is not after a day in it.
// After is false if one of the dates is unknown.
func (d Date) After(e Date) bool {
	n := min(len(d), len(e))
	return n > 0 && d[:n] > e[:n]
}
