package frontmatter

import (
	"slices"
	"testing"
)

func TestParseDate(t *testing.T) {
	for s, precision := range map[string]string{
		"2024-12-24": "day", "2024-02-29": "day", "2024-12": "month", "2024": "year", "0999": "year", "-0322": "year", "-0322-06": "month", "-0043-03-15": "day", "0000": "year",
		"": "", "2024-13": "", "2024-00": "", "2023-02-29": "", "2024-12-32": "", "24-12-2024": "", "2024-1-2": "",
		"2024/12/24": "", "24 December": "", "2024-12-24T00:00:00Z": "", " 2024": "", "20é": "", "abcd": "", "-024": "", "-": "", "--0322": "", "-0000": "", "+0322": "", "-0322-13": "", "-2024-02-30": "",
	} {
		d, ok := ParseDate(s)
		switch {
		case ok != (precision != ""):
			t.Errorf("%q is a date: %t", s, ok)
		case ok && (string(d) != s || d.Precision() != precision):
			t.Errorf("%q is read as %q, precise to the %s, want the %s", s, d, d.Precision(), precision)
		}
	}
	if got := Date("").Precision(); got != "unknown" {
		t.Errorf("no date is precise to %q", got)
	}
}

func TestDateAfter(t *testing.T) {
	for _, c := range []struct {
		d, e Date
		want bool
	}{
		{"2025-01-01", "2024-12-31", true},
		{"2024-12-31", "2025-01-01", false},
		{"2024-12-31", "2024-12-31", false},
		{"2025-01", "2024-12-31", true},
		{"2025", "2024-12-31", true},
		{"2024-12-31", "2023", true},
		// What holds the other, or lies within it, is not after it as a whole.
		{"2024-12", "2024-12-01", false},
		{"2024-12-31", "2024-12", false},
		{"2024-12-31", "2024", false},
		{"2024", "2024-01-01", false},
		{"2024", "2024", false},
		{"-0321", "-0322", true},
		{"-0322", "-0321", false},
		{"0001", "-0322-06-10", true},
		{"-0322-06", "-0322", false},
		{"-0322-07", "-0322-06-10", true},
		// Nothing is known of an unknown date.
		{"", "2024", false},
		{"2024", "", false},
		{"", "", false},
	} {
		if got := c.d.After(c.e); got != c.want {
			t.Errorf("%q after %q: %t, want %t", c.d, c.e, got, c.want)
		}
	}
}

func TestDateCompare(t *testing.T) {
	want := []Date{"", "-0490", "-0322", "-0322-06", "-0322-06-10", "-0322-07", "-0043", "0000", "0622", "2024", "2024-01", "2024-01-01"}
	for i := range 7 {
		got := slices.Clone(want)
		slices.Reverse(got[i:])
		slices.SortFunc(got, Date.Compare)
		if !slices.Equal(got, want) {
			t.Errorf("sorted into %q, want %q", got, want)
		}
	}
	if got := []Date{Date("-0322-06").Year(), Date("2024-12-24").Year(), Date("").Year()}; !slices.Equal(got, []Date{"-0322", "2024", ""}) {
		t.Errorf("the years are %q", got)
	}
}
