package gather

import (
	"fmt"
	"strings"
	"testing"
)

// short is "word: ids" of each list with forecasts.
func short(lists []Forecasts) string {
	var said []string
	for _, l := range lists {
		var ids []string
		for _, f := range l.Forecasts {
			ids = append(ids, f.ID)
		}
		if ids != nil {
			said = append(said, l.Word+": "+strings.Join(ids, " "))
		}
	}
	return strings.Join(said, ", ")
}

func TestLedger(t *testing.T) {
	o := shown(t, "forecasts", files{"one.md": page("title: One",
		claim("forecast", "a", "wording: none", "horizon: 2026", "probability: 0.2")+
			claim("forecast", "b", "wording: may", "horizon: by 2025-06", "outcome: open")+
			claim("forecast", "c", "outcome: cannot be told — so", "probability: 70 %")+
			claim("forecast", "d", "wording: could", "outcome: came [[radio]] — so", "cause: not shown", "probability: 80 %")+
			claim("forecast", "e", "wording: could", "outcome: came in part [[radio]] — so", "cause: shown [[radio]]", "probability: 90 %")+
			claim("forecast", "f", "wording: could", "outcome: did not come [[radio]] — so", "cause: disputed", "probability: 0,3")+
			claim("forecast", "g", "wording: none", "horizon: some day", "outcome: came [[radio]] — so")+
			claim("forecast", "h", "wording: none", "horizon: 2025-06-30"))})
	l := o.Ledger()
	if got := short(l.Outcomes); len(l.Outcomes) != 5 || got != "came: d g, came in part: e, did not come: f, cannot be told: c, open: a b h" {
		t.Errorf("outcomes: %s", got)
	}
	if got := short(l.Causes); got != "shown: e, not shown: d" {
		t.Errorf("causes: %s", got)
	}
	var rows []string
	for _, r := range l.Hedges {
		rows = append(rows, fmt.Sprintf("%q %s", r.Wording, short(r.Cells)))
	}
	if got := strings.Join(rows, "; "); got != `"could" came: d, came in part: e, did not come: f; "may" open: b; "none" came: g, open: a h; "" cannot be told: c` {
		t.Errorf("by hedge: %s", got)
	}
	if got := short([]Forecasts{{"due", l.Due}, {"likely", l.Likely}}); got != "due: b h a, likely: a c d e f" || l.Due[1].By != "2025-06-30" {
		t.Errorf("%s; by %s", got, l.Due[1].By)
	}
	if got := fmt.Sprintf("%d %.3f", l.Scored, l.Brier); got != "2 0.065" {
		t.Errorf("scored, Brier score: %s", got)
	}
	if none := shown(t, "forecasts", files{}).Ledger(); none.Brier != 0 || none.Hedges != nil {
		t.Errorf("without forecasts: %+v", none)
	}
}
