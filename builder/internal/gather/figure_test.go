package gather

import (
	"fmt"
	"strings"
	"testing"

	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/site"
	"analysis/builder/internal/text"
)

func TestGroupFigures(t *testing.T) {
	radio, paper := &site.Ref{Title: "Radio, 2 May 2024"}, &site.Ref{Title: "Paper"}
	figure := func(what, value, claimant string, source *site.Ref) site.Figure {
		return site.Figure{Figure: frontmatter.Figure{What: what, Value: value, Claimant: claimant, Date: "2024-05-02"}, Source: source}
	}
	groups := GroupFigures([]site.Figure{
		figure("dead", "20 or more", "king", paper), figure("hurt", "6", "king", paper), figure("dead", "at least 10", "queen", radio),
		figure("dead", "dozens", "judge", radio), figure("dead", "20 or more", "king", radio), figure("dead", "3 to 5", "mayor", paper), figure("Hurt", "6", "King ", radio),
	}, text.AmountWords, nil)
	var got []string
	for _, g := range groups {
		got = append(got, fmt.Sprintf("%s %t:", g.What, g.Drawn))
		for _, r := range g.Rows {
			line := fmt.Sprintf("%s: %s %s|%s|%s-%s in", r.Claimant, r.Bound, r.Said, r.Rest, r.From, r.To)
			for _, f := range r.Reports {
				line += fmt.Sprintf(" %s %s,", f.Source.Title, f.Date)
			}
			got = append(got, line)
		}
	}
	want := `dead true:
mayor:  3 to 5||15.0-25.0 in Paper 2024-05-02,
queen: > at least 10||50.0-50.0 in Radio, 2 May 2024 ,
king: > 20 or more||100.0-100.0 in Paper 2024-05-02, Radio, 2 May 2024 ,
judge:  dozens||- in Radio, 2 May 2024 ,
hurt false:
king:  6||- in Paper 2024-05-02, Radio, 2 May 2024 ,`
	if s := strings.Join(got, "\n"); s != want {
		t.Errorf("got\n%s\nwant\n%s", s, want)
	}
}
