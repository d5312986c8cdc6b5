package gather

import (
	"fmt"
	"strings"
	"testing"

	"analysis/builder/internal/frontmatter"
)

func TestTimeline(t *testing.T) {
	s := placeUnder(t, frontmatter.Config{AsOf: "2021-12-31", Later: "Later"}, files{
		"shown.md":        page("title: Shown\nshows: timeline", ""),
		"actors/page.md":  about("Page", "person", ""),
		"events/month.md": page("title: Month\ndate: 2021-03\nprecision: month\nactors: [queen, king]\nplaces: [kabul]", ""),
		"events/day.md":   page("title: Day\ndate: 2021-01-30\nprecision: day\nactors: [king]", ""),
		"events/some.md":  page("title: Some day\nprecision: unknown\nactors: [page]", ""),
	})
	o := New(s).Collect(at(t, s, "shown/")).Timeline
	line := func(list []Dated) string {
		var all []string
		for _, e := range list {
			all = append(all, fmt.Sprint(e.ID, " ", e.Date.Precision(), " [", titles(e.Places), "] [", titles(e.Actors), "] ", e.Who, e.Later))
		}
		return strings.Join(all, "; ")
	}
	var got []string
	for _, y := range o.Years {
		got = append(got, fmt.Sprint(y.Year, " ", y.Who, ": ", line(y.Events)))
	}
	got = append(got, "-: "+line(o.Undated))
	for _, a := range o.Actors {
		got = append(got, fmt.Sprint(a.ID, " ", a.Events))
	}
	// A whole year comes first in it, then its months and days; who takes part in
	// most comes first, then who weighs most.
	want := `2021 [0 1]: early year [] [] [] false; day day [] [King] [0] false; month month [Kabul] [Queen, King] [0 1] false
2024 []: late day [] [] [] true
-: some unknown [] [Page] [2] false
king 2
queen 1
page 1`
	if strings.Join(got, "\n") != want {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), want)
	}
	d := o.Drawing()
	if len(d.Marks) != 4 || o.Dated()[1].ID != "day" || d.Marks[1].Length != 0 || d.Marks[2].Length == 0 || d.Cut == nil || d.Cut.Label != "Later" {
		t.Errorf("drawn as %+v", d)
	}
}
