package gather

import (
	"fmt"
	"strings"
	"testing"
)

func TestPicture(t *testing.T) {
	s := place(t, files{
		"index.md":        page("title: Home\npicture:\n  - {from: king, to: Queen, claim: a, says: \"the queen's tea\"}\n  - {from: kabul, to: king, claim: B, says: may}\n", ""),
		"analysis/one.md": claim("reported", "a") + claim("forecast", "b", "held by: [[queen]]"),
	})
	p := DrawPicture(at(t, s, ""))
	var got []string
	for i, a := range at(t, s, "").Arrows {
		got = append(got, fmt.Sprint(a.From.ID, ">", a.To.ID, " ", a.Claim.ID, ": ", a.Says, " ", p.Messages[i].Shaft != ""))
	}
	for _, l := range p.Lifelines {
		got = append(got, fmt.Sprint(p.Pages[l.Node].Title, " ", l.Lines))
	}
	want := `king>queen a: the queen’s tea true
kabul>king b: may true
King [King]
Queen [Queen]
Kabul [Kabul]`
	if strings.Join(got, "\n") != want {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), want)
	}
	if p := DrawPicture(at(t, s, "actors/king/")); p != nil {
		t.Errorf("a page without one has %+v", p)
	}
}
