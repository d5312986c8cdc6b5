package lint

import (
	"strings"
	"testing"

	"analysis/builder/internal/frontmatter"
)

func TestNothingToWarn(t *testing.T) {
	wantWarnings(t, frontmatter.Config{}, sound)
	wantWarnings(t, frontmatter.Config{}, with(files{"a.md": page("title: A", claim("reported", "x", "It is so.")+claim("forecast", "y", "It will be.", "horizon: none given")+
		claim("assessment", "z", "It is bad.", "source: [[paper]]")+claim("recommendation", "w", "Let it be."))}))
}

func TestHorizon(t *testing.T) {
	wantWarnings(t, frontmatter.Config{}, with(files{"a.md": page("title: A", claim("forecast", "x", "It will be.")+claim("forecast", "y", "It will be.", "horizon: 2025"))}),
		"a.md:4:5: warning: the forecast \"x\" has no horizon\n  hint: add `- horizon: 2025` to its record, or `- horizon: none given`")
}

func TestDue(t *testing.T) {
	var claims string
	for i, record := range []string{
		"horizon: 2025", "horizon: by the end of 2025, or in 2024", "horizon: 2025-12-31", "horizon: 2026-01-02",
		"horizon: none given", "horizon: 2026", "horizon: 2024\n> - outcome: cannot be told — so", "horizon: 2024\n> - outcome: came [[report]] — so",
	} {
		claims += claim("forecast", string(rune('a'+i)), "It will be.", record)
	}
	s := placed(t, frontmatter.Config{}, with(files{"one.md": page("title: One", claims)}))
	for today, want := range map[frontmatter.Date]string{
		"": "", "2025-12-31": "", "2026-01-01": "a b c", "2026-01-02": "a b c", "2026-01-03": "a b c d", "2027-01-01": "a b c d f",
	} {
		var got []string
		for _, d := range Due(s, today) {
			got = append(got, strings.Split(d.Message, "\"")[1])
		}
		if strings.Join(got, " ") != want {
			t.Errorf("due on %q: %q, want %q", today, got, want)
		}
	}
}

func TestOpinionAlone(t *testing.T) {
	const warning = "a.md:4:5: warning: the reported claim \"x\" rests on an opinion piece alone, and nobody checked it\n" +
		"  hint: add `- checked: agrees with [[id]]`, `disputed by [[id]]` or `no evidence found` to its record"
	for _, c := range []struct {
		name, claim string
		want        []string
	}{
		{"a column", claim("reported", "x", "It is so.", "source: [[paper]]"), []string{warning}},
		{"an editorial", claim("reported", "x", "It is so.", "source: [[editorial]]"), []string{warning}},
		{"two", claim("reported", "x", "It is so.", "source: [[paper]], [[editorial]]"), []string{warning}},
		{"beside a report", claim("reported", "x", "It is so.", "source: [[paper]], [[report]]"), nil},
		{"a report", claim("reported", "x", "It is so."), nil},
		{"checked", claim("reported", "x", "It is so.", "source: [[paper]]", "checked: agrees with [[report]]"), nil},
		{"checked in vain", claim("reported", "x", "It is so.", "source: [[paper]]", "checked: no evidence found"), nil},
		{"an assessment", claim("assessment", "x", "It is so.", "source: [[paper]]"), nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			wantWarnings(t, frontmatter.Config{}, with(files{"a.md": page("title: A", c.claim), "sources/editorial.md": page("title: E\ntype: Editorial of a newspaper", "")}), c.want...)
		})
	}
}

func TestCauses(t *testing.T) {
	const hint = "\n  hint: turn the relation round, or correct a date"
	for _, c := range []struct{ name, cause, effect, want string }{
		{"in order", "[[early]]", "[[late]]", ""},
		{"the wrong way", "[[late]]", "[[early]]", `the claim "x" leads to "y", but its event "late" (2024-12-24) is later than "early" (2021-08)`},
		{"the same event", "[[late]]", "[[late]]", ""},
		{"a day in the month", "[[august]]", "[[early]]", ""},
		{"a month that holds the day", "[[early]]", "[[august]]", ""},
		{"one of the causes is early", "[[late]], [[early]]", "[[early]]", ""},
		{"one of the effects is late", "[[late]]", "[[early]], [[late]]", ""},
		{"the earliest and the latest are named", "[[late]], [[later]]", "[[early]], [[august]]", `the claim "x" leads to "y", but its event "late" (2024-12-24) is later than "august" (2021-08-15)`},
		{"no date", "[[late]]", "[[someday]]", ""},
		{"no date beside one", "[[late]]", "[[someday]], [[early]]", `the claim "x" leads to "y", but its event "late" (2024-12-24) is later than "early" (2021-08)`},
		{"no event", "[[late]]", "[[king]]", ""},
		{"sources have dates and do not happen", "[[dated]]", "[[early]]", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := with(files{
				"a.md":             page("title: A", claim("reported", "x", "It is so.", "about: "+c.cause, "leads to: [[y]]")+claim("reported", "y", "It is so.", "about: "+c.effect)),
				"events/august.md": page("title: August\ndate: 2021-08-15\nprecision: day", ""), "events/later.md": page("title: Later\ndate: 2025\nprecision: year", ""),
				"sources/dated.md": page("title: Dated\ntype: report\npublished: 2025-01-01", ""),
			})
			if c.want == "" {
				wantWarnings(t, frontmatter.Config{}, f)
				return
			}
			wantWarnings(t, frontmatter.Config{}, f, "a.md:8:5: warning: "+c.want+hint)
		})
	}
	// Only this relation says what comes first.
	for _, key := range []string{"supports", "contradicts", "qualifies", "depends on", "repeats"} {
		wantWarnings(t, frontmatter.Config{}, with(files{"a.md": page("title: A", claim("reported", "x", "It is so.", "about: [[late]]", key+": [[y]]")+claim("reported", "y", "It is so.", "about: [[early]]"))}))
	}
}

func TestUnmentioned(t *testing.T) {
	const warning = "actors/jack.md:1:1: warning: no page mentions the actor \"jack\"\n  hint: mention it where it acts, or take the page away"
	for _, c := range []struct {
		name string
		more files
		want []string
	}{
		{"nowhere", nil, []string{warning}},
		{"by itself", files{"actors/jack.md": page("title: Jack\ntype: person", "Jack, or [[jack]].")}, []string{warning}},
		{"in a text", files{"a.md": page("title: A", "Here is Jack.")}, nil},
		{"by a link", files{"a.md": page("title: A", "Here is [he](actors/jack.md).")}, nil},
		{"in a claim's text", files{"a.md": page("title: A", claim("reported", "x", "Jack is so."))}, nil},
		{"in a record", files{"a.md": page("title: A", claim("reported", "x", "It is so.", "about: [[jack]]"))}, nil},
		{"as a holder", files{"a.md": page("title: A", claim("reported", "x", "It is so.", "held by: [[jack]]"))}, nil},
		{"in an event's facts", files{"events/late.md": page("title: Late\ndate: 2024\nprecision: year\nactors: [jack]", "")}, nil},
		{"as what another belongs to", files{"actors/queen.md": page("title: Queen\ntype: person\npart_of: jack", "")}, nil},
		{"as part of another", files{"actors/jack.md": page("title: Jack\ntype: person\npart_of: king", "")}, []string{warning}},
		{"in a heading alone", files{"a.md": page("title: A", "## Jack\n\n> Jack\n")}, []string{warning}},
		{"a place", files{"actors/jack.md": page("title: Jack\ntype: person", ""), "a.md": page("title: A", "[[jack]]"), "places/nowhere.md": page("title: Nowhere\ntype: city", "")}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := with(files{"actors/jack.md": page("title: Jack\ntype: person", "")})
			for name, text := range c.more {
				f[name] = text
			}
			wantWarnings(t, frontmatter.Config{}, f, c.want...)
		})
	}
}
