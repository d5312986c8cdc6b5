package site

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func pictured(front string) files {
	return told(files{
		"index.md":        page("title: Home\npicture:\n"+front, ""),
		"analysis/one.md": claim("reported", "a") + claim("forecast", "b", "held by: [[queen]]"),
	})
}

func TestPicture(t *testing.T) {
	f := pictured("  - {from: king, to: Queen, claim: a, says: \"the queen's tea\"}\n  - {from: kabul, to: king, claim: B, says: may}\n")
	p := at(t, place(t, f), "").Arrows
	var got []string
	for _, a := range p {
		got = append(got, fmt.Sprint(a.From.ID, ">", a.To.ID, " ", a.Claim.ID, " ", a.Claim.Type, " ", titles(a.Claim.HeldBy), ": ", a.Says))
	}
	want := `king>queen a reported King: the queen’s tea
kabul>king b forecast Queen: may`
	if strings.Join(got, "\n") != want {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), want)
	}
	if p := at(t, place(t, f), "actors/king/").Arrows; p != nil {
		t.Errorf("a page without one has %+v", p)
	}
}

// The page changes with all that its picture shows, and with nothing else.
func TestPictureChangesWithWhatItShows(t *testing.T) {
	const front = "  - {from: king, to: queen, claim: a, says: pours}\n"
	for name, c := range map[string]struct {
		file, text string
		same       bool
	}{
		"a claim's kind":        {"analysis/one.md", claim("assessment", "a") + claim("forecast", "b"), false},
		"a claim's holder":      {"analysis/one.md", claim("reported", "a", "held by: [[queen]]") + claim("forecast", "b", "held by: [[queen]]"), false},
		"an end's title":        {"actors/queen.md", about("Her Majesty", "person", "aliases: [Queen]"), false},
		"a claim not shown":     {"analysis/one.md", claim("reported", "a") + claim("assessment", "b", "held by: [[queen]]"), true},
		"the text of the claim": {"analysis/one.md", strings.Replace(claim("reported", "a"), "Text", "Words", 1) + claim("forecast", "b", "held by: [[queen]]"), true},
	} {
		f := pictured(front)
		placer := NewPlacer()
		before := at(t, placer.Place(input(f)), "").Arrows
		f[c.file] = c.text
		if after := at(t, placer.Place(input(f)), "").Arrows; slices.Equal(before, after) != c.same {
			t.Errorf("%s: the picture is the same: %t", name, !c.same)
		}
	}
}
