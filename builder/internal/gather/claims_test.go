package gather

import (
	"fmt"
	"strings"
	"testing"
)

func TestContradictions(t *testing.T) {
	for _, c := range []struct{ name, a, b, note string }{
		{"written once", "[[b]]", "", ""},
		{"written at the other end", "", "[[a]] — n", "n"},
		{"written twice", "[[b]]", "[[a]]", ""},
		{"a note at the first", "[[b]] — n", "[[a]]", "n"},
		{"a note at the second", "[[b]]", "[[a]] — n", "n"},
		{"two notes", "[[b]] — n", "[[a]] — m", "n; m"},
		{"the same note twice", "[[b]] — n", "[[a]] — n", "n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			lines := map[string][]string{}
			for id, value := range map[string]string{"a": c.a, "b": c.b} {
				if value != "" {
					lines[id] = []string{"contradicts: " + value}
				}
			}
			list := shown(t, "tensions", files{"one.md": claim("reported", "a", lines["a"]...) + claim("reported", "b", lines["b"]...)}).Tensions.Within
			if len(list) != 1 || list[0].A.ID != "a" || list[0].B.ID != "b" || list[0].Note != c.note {
				t.Errorf("tensions %+v, want one with the note %q", list, c.note)
			}
		})
	}
}

func TestTensions(t *testing.T) {
	s := place(t, files{
		"shown.md": page("title: Tensions\nshows: tensions", ""),
		"analysis/one.md": claim("reported", "a", "contradicts: [[c]]") + claim("reported", "b", "contradicts: [[c]] — n", "supports: [[a]]") +
			claim("reported", "c", "contradicts: [[d]], [[a]] — m") + claim("reported", "d"),
	})
	var pairs []string
	for _, x := range New(s).Collect(at(t, s, "shown/")).Tensions.Within {
		pairs = append(pairs, fmt.Sprintf("%s-%s %s", x.A.ID, x.B.ID, x.Note))
		if x.A != at(t, s, x.A.URL).Claim.Statement || x.B != at(t, s, x.B.URL).Claim.Statement {
			t.Errorf("%s and %s are not those of their pages", x.A.ID, x.B.ID)
		}
	}
	if got := strings.Join(pairs, ", "); got != "a-c m, b-c n, c-d m" {
		t.Errorf("got %s", got)
	}
}

func TestOverviews(t *testing.T) {
	f := files{
		"analysis/one.md": page("title: One\nweight: 1", claim("forecast", "a", "horizon: 2025", "about: [[late]]", "checked: disputed by [[radio]] — n", "outcome: came [[radio]] — so")+
			claim("reported", "b", "held by: [[queen]]", "about: [[late]], [[early]]", "checked: no evidence found")+
			claim("assessment", "c", "checked: agrees with [[radio]]", "about: [[kabul]]")),
		"analysis/two.md": page("title: Two\nweight: 2", claim("forecast", "d", "held by: [[queen]], [[king]]")),
		"events/none.md":  page("title: None\nprecision: unknown", ""),
	}
	o := shown(t, "claims", f)
	if got := ids(o.Claims); got != "a, b, c, d" || o.Tensions.Within != nil || o.Forecasts != nil || o.Evidence != nil {
		t.Errorf("claims: %s in %+v", got, o)
	}
	var groups []string
	for _, g := range o.Claims.ByKind() {
		groups = append(groups, g.Kind+": "+ids(g.Claims))
	}
	for _, g := range o.Claims.BySection() {
		groups = append(groups, g.ToldOn.ID+": "+ids(g.Claims))
	}
	if got := strings.Join(groups, "; "); got != "reported: b; assessment: c; forecast: a, d; one: a, b, c; two: d" {
		t.Errorf("grouped as %s", got)
	}
	if got := ids(o.Claims.Of("recommendation")); got != "" {
		t.Errorf("recommendations: %s", got)
	}

	if got := shown(t, "tensions", f); got == nil || len(got.Tensions.Within)+len(got.Tensions.Between) > 0 || got.Claims != nil {
		t.Errorf("tensions: %+v", got)
	}
	var lines []string
	for _, x := range shown(t, "forecasts", f).Forecasts {
		lines = append(lines, fmt.Sprintf("%s by %q %s", x.ID, x.By, verdict(x.Outcome)))
	}
	if got := strings.Join(lines, "; "); got != `a by "2025" came Radio: so; d by "" open: ` {
		t.Errorf("forecasts: %s", got)
	}

	// By date, an event without anything left out; last what is about none.
	lines = nil
	for _, e := range shown(t, "evidence", f).Evidence {
		line := "-"
		if e.Event != nil {
			line = e.Event.ID
		}
		for _, g := range e.Figures {
			line += " " + g.Value + " " + g.Source.ID
		}
		for _, c := range e.Checks {
			line += " " + c.Claim.ID
			for _, v := range c.Verdicts {
				line += " " + verdict(v)
			}
		}
		lines = append(lines, line)
	}
	if got := strings.Join(lines, "; "); got != "early b no evidence found: ; late 46 radio a disputed by Radio: n b no evidence found: ; - c agrees with Radio: " {
		t.Errorf("evidence: %s", got)
	}

	lines = nil
	for _, h := range shown(t, "holders", f).Holders {
		lines = append(lines, h.ID+": "+ids(h.Claims))
	}
	if got := strings.Join(lines, "; "); got != "king: a, c, d; queen: b, d" {
		t.Errorf("holders: %s", got)
	}
	s := place(t, f)
	if o := New(s).Collect(at(t, s, "events/early/")); o != nil {
		t.Errorf("a page that asks for nothing shows %+v", o)
	}
}

func TestNothingToDraw(t *testing.T) {
	for _, shows := range []string{"map", "matrix", "chain", "timeline"} {
		o := shown(t, shows, nil)
		if o == nil || o.Map != nil && len(o.Map.Pairs) > 0 || o.Chain != nil && o.Chain.All > 0 {
			t.Errorf("%s: %+v", shows, o)
		}
	}
}
