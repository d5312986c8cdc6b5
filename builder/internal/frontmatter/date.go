package frontmatter

import "time"

// Date is a day, a month or a year in ISO 8601: "2024-12-24", "2024-12",
// "2024"; empty if unknown. Dates of one precision order as strings do.
type Date string

// ParseDate reads a date in one of the three forms.
func ParseDate(s string) (Date, bool) {
	form := map[int]string{10: time.DateOnly, 7: "2006-01", 4: "2006"}[len(s)]
	if form == "" {
		return "", false
	}
	_, err := time.Parse(form, s)
	return Date(s), err == nil
}

// Precision names the form: day, month, year or unknown.
func (d Date) Precision() string {
	switch len(d) {
	case 10:
		return "day"
	case 7:
		return "month"
	case 4:
		return "year"
	}
	return "unknown"
}

// After reports whether the whole of d lies after the whole of e. A month is
// not after a day inside it, and nothing is after an unknown date.
func (d Date) After(e Date) bool {
	n := min(len(d), len(e))
	return n > 0 && d[:n] > e[:n]
}
