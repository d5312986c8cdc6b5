package frontmatter

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"analysis/builder/internal/words"
)

// Date is a day, month or year in ISO 8601: "2024-12-24", "2024-12", "2024". A year before
// our era has a sign and is counted from the year 0, which is 1 BC: "-0322" is 323 BC. It is
// empty if unknown.
type Date string

// dateForms are the three forms of a date, by length.
var dateForms = map[int]struct{ layout, precision string }{
	10: {time.DateOnly, "day"}, 7: {"2006-01", "month"}, 4: {"2006", "year"},
}

// ParseDate reads a date in one of the three forms.
func ParseDate(s string) (Date, bool) {
	plain := Date(s).unsigned()
	_, err := time.Parse(dateForms[len(plain)].layout, plain)
	return Date(s), err == nil && plain != "" && !strings.HasPrefix(s, "-0000")
}

// ParseDay reads a date that is a day.
func ParseDay(s string) (Date, bool) {
	d, ok := ParseDate(s)
	return d, ok && d.Precision() == "day"
}

func (d Date) unsigned() string { return strings.TrimPrefix(string(d), "-") }

// Precision returns day, month, year or unknown.
func (d Date) Precision() string { return cmp.Or(dateForms[len(d.unsigned())].precision, "unknown") }

// Year returns the year of a date: "2024", "-0322".
func (d Date) Year() Date { return d[:min(len(d), len(d)-len(d.unsigned())+len("2006"))] }

// Compare compares two dates for sorting. A year comes before the months in it, and a month
// before its days. An unknown date comes first.
func (d Date) Compare(e Date) int {
	if strings.HasPrefix(string(d), "-") && strings.HasPrefix(string(e), "-") && d.Year() != e.Year() {
		d, e = e, d
	}
	return cmp.Compare(d, e) // a sign comes before all digits
}

// After reports whether all of d is after all of e. A month is not after a day in it.
// After is false if one of the dates is unknown.
func (d Date) After(e Date) bool {
	n := min(len(d.unsigned()), len(e.unsigned()))
	cut := func(d Date) Date { return d[:len(d)-len(d.unsigned())+n] }
	return n > 0 && cut(d).Compare(cut(e)) > 0
}

// Format returns a date as precisely as it is known, in words: "24 December 2024", "December
// 2024", "2024", "622", "323 BC".
func (d Date) Format(w *words.Set) string {
	form := dateForms[len(d.unsigned())].layout
	t, err := time.Parse(form, d.unsigned())
	if err != nil || d == "" {
		return string(d)
	}
	year := strconv.Itoa(t.Year())
	if len(d) > len(d.unsigned()) {
		year = w.Fill("year-before", 1, "year", strconv.Itoa(t.Year()+1))
	} else if t.Year() == 0 {
		year = w.Fill("year-before", 1, "year", "1")
	}
	month := w.Text("month-" + strconv.Itoa(int(t.Month())))
	switch d.Precision() {
	case "day":
		return w.Fill("date-day", t.Day(), "day", strconv.Itoa(t.Day()), "month", month, "year", year)
	case "month":
		return w.Fill("date-month", 1, "month", month, "year", year)
	}
	return year
}
