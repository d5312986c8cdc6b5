package gather

import (
	"fmt"
	"strings"
	"testing"
)

// printed writes a Fingerprint in one line: its rows with the claims of its holder, then
// those of others.
func printed(f *Fingerprint) string {
	var rows []string
	for _, r := range f.Rows {
		rows = append(rows, fmt.Sprintf("%d: %s / %s", r.N, ids(r.Own), ids(r.Others)))
	}
	return f.Source.ID + " " + f.Holder.ID + " | " + strings.Join(rows, " | ") + " | " + ids(f.Others)
}

func TestFingerprint(t *testing.T) {
	const queen, radio = "held by: [[queen]]", "source: [[radio]]"
	for name, c := range map[string]struct{ text, want string }{
		"in order":            {claim("reported", "a", "source: [[paper]] ¶2") + claim("reported", "b") + claim("forecast", "c"), "paper king | 1: b, c /  | 2: a /  | 5:  /  | "},
		"several paragraphs":  {claim("reported", "a", "source: [[paper]] ¶5 ¶1") + claim("reported", "b", radio, "source: [[paper]] ¶2"), "paper king | 1:  /  | 2: b /  | 5: a /  | "},
		"others":              {claim("reported", "a") + claim("reported", "b", queen) + claim("reported", "c", queen, radio) + claim("reported", "d"), "paper king | 1: a, d / b | 2:  /  | 5:  /  | c"},
		"own, from elsewhere": {claim("reported", "a") + claim("reported", "b", radio), "paper king | 1: a /  | 2:  /  | 5:  /  | b"},
		"by sentence":         {claim("reported", "a", "source: [[paper]] ¶1.2") + claim("reported", "b", "source: [[paper]] ¶1.1") + claim("reported", "c"), "paper king | 1: c, b, a /  | 2:  /  | 5:  /  | "},
		"held together":       {claim("reported", "a", "held by: [[queen]], [[king]]") + claim("reported", "b"), "paper king | 1: a, b /  | 2:  /  | 5:  /  | "},
	} {
		t.Run(name, func(t *testing.T) {
			s := place(t, files{"analysis/one.md": c.text})
			g := New(s)
			f := g.Collect(at(t, s, "")).Fingerprint
			if got := printed(f); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			dots := g.Collect(at(t, s, "analysis/one/")).Strip.Dots(at(t, s, "analysis/one/"))
			if n := strings.Count(c.text, "[!"); len(dots) != n-len(f.Others) {
				t.Errorf("%d dots for %d claims", len(dots), n)
			}
		})
	}
	s := place(t, files{"analysis/one.md": claim("reported", "a", radio)})
	if o := New(s).Collect(at(t, s, "")); o != nil {
		t.Errorf("no paragraph is cited, but the home page shows %+v", o)
	}
}

// A paragraph leads to the page that has most of its claims, though not one after another.
func TestToldOn(t *testing.T) {
	queen := "held by: [[queen]]"
	s := place(t, files{
		"analysis/one.md": "---\ntitle: One\nweight: 1\n---\n" + claim("reported", "a") + claim("reported", "b", queen) + claim("reported", "c", queen),
		"analysis/two.md": "---\ntitle: Two\nweight: 2\n---\n" + claim("reported", "d") + claim("reported", "e"),
	})
	rows := New(s).Collect(at(t, s, "")).Fingerprint.Rows
	if got := rows[0].ToldOn(); got == nil || got.ID != "one" || rows[1].ToldOn() != nil {
		t.Errorf("it is told on %+v", got)
	}
}

// The outline changes only if a claim comes, goes or moves.
func TestStrip(t *testing.T) {
	text := claim("reported", "a") + claim("reported", "b", "source: [[paper]] ¶5") + claim("reported", "c")
	strip := New(place(t, files{"analysis/one.md": text})).Strip
	if got := fmt.Sprint(strip.Rows, strip.Most); got != "[{1 2} {2 0} {5 1}] 2" {
		t.Errorf("rows %s", got)
	}
	s := place(t, files{"analysis/one.md": strings.ReplaceAll(text, "Claim a", "Another title")})
	if other := New(s).Strip; !other.Same(strip) || fmt.Sprint(other.Dots(at(t, s, "claims/c/"))[0].Y) != "1" {
		t.Errorf("with another title: %+v", other)
	}
}

func TestLargeFingerprint(t *testing.T) {
	var text strings.Builder
	for i := range 2001 {
		text.WriteString(claim("reported", fmt.Sprintf("c%d", i)))
	}
	s := place(t, files{"analysis/one.md": text.String()})
	if g := New(s); !g.Collect(at(t, s, "")).Fingerprint.Large() || g.Strip != nil {
		t.Error("2,001 claims are drawn")
	}
}
