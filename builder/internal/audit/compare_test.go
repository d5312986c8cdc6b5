package audit

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"analysis/builder/internal/passage"
)

func TestVerify(t *testing.T) {
	one, two := passage.Fingerprint("One."), passage.Fingerprint("Two is 1,137.")
	stars := passage.Fingerprint("***")
	three := "  - {n: 1, gist: a, sha256: " + one + "}\n  - {n: 2, gist: b, sha256: " + two + "}\n  - {n: 3, gist: c, sha256: " + stars + "}"
	more := func(n int) string {
		return "sources/s.md:1:1: warning: the copy has a paragraph " + strconv.Itoa(n) + ", which \"s\" does not list\n  hint: list it under `passages`, or take it out of the copy"
	}
	source := func(passages string) files {
		return files{"index.md": page("title: Home", ""), "sources/s.md": page("title: S\ntype: note\npassages:\n"+passages, "")}
	}
	for _, c := range []struct {
		name, passages, copied string
		same                   int
		want                   []string
	}{
		{"the same", "  - {n: 1, gist: a, sha256: " + one + "}\n  - {n: 2, gist: b, sha256: " + two + "}", "One.\n\nTwo is 1,137.\n", 2, nil},
		{"other white space", "  - {n: 1, gist: a, sha256: " + one + "}\n  - {n: 2, gist: b, sha256: " + two + "}", "\ufeff One. \r\n \r\nTwo\u00a0is  1,137.", 2, nil},
		{"another word", "  - {n: 1, gist: a, sha256: " + one + "}", "Other.\n", 0, []string{"sources/s.md:5:5: error: ¶1 of \"s\" differs from paragraph 1 of the copy\n  hint: compare the two; the sha256 of the copy is " + passage.Fingerprint("Other.")}},
		{"none is stated", "  - {n: 1, gist: a}", "One.\n", 0, []string{"sources/s.md:5:5: warning: ¶1 of \"s\" cannot be verified: it has no sha256\n  hint: that of the copy is " + one}},
		{"too short a copy", "  - {n: 1, gist: a, sha256: " + one + "}\n  - {n: 2, gist: b, sha256: " + two + "}", "One.", 1, []string{"sources/s.md:6:5: error: ¶2 of \"s\" is not in the copy, which has 1 paragraph\n  hint: a paragraph is a line that is not empty"}},
		{"an empty copy", "  - {n: 1, gist: a, sha256: " + one + "}", " \n", 0, []string{"sources/s.md:5:5: error: ¶1 of \"s\" is not in the copy, which has 0 paragraphs\n  hint: a paragraph is a line that is not empty"}},
		{"one more at the top and at the end", three, "New.\nOne.\nTwo is 1,137.\n***\nNewer.\n", 3, []string{more(1), more(5)}},
		{"one more between", three, "One.\nNew.\nTwo is 1,137.\n***\n", 3, []string{more(2)}},
		{"one is missing at the top", three, "Two is 1,137.\n***\n", 2, []string{"sources/s.md:5:5: error: ¶1 of \"s\" is not in the copy, which has 2 paragraphs\n  hint: a paragraph is a line that is not empty"}},
		{"one is missing between", three, "One.\n***\n", 2, []string{"sources/s.md:6:5: error: ¶2 of \"s\" is not in the copy, which has 2 paragraphs\n  hint: a paragraph is a line that is not empty"}},
		{"one more, and one differs", three, "New.\nOne.\nTwo is 1,138.\n***\n", 2, []string{"sources/s.md:6:5: error: ¶2 of \"s\" differs from paragraph 3 of the copy\n  hint: compare the two; the sha256 of the copy is " + passage.Fingerprint("Two is 1,138."), more(1)}},
		{"two changed places", three, "Two is 1,137.\nOne.\n***\n", 2, []string{"sources/s.md:5:5: error: ¶1 of \"s\" is not in the copy, which has 3 paragraphs\n  hint: a paragraph is a line that is not empty", more(2)}},
		{"equal paragraphs", three + "\n  - {n: 4, gist: d, sha256: " + one + "}\n  - {n: 5, gist: e, sha256: " + stars + "}", "One.\nTwo is 1,137.\nOne.\n***\n", 4, []string{"sources/s.md:7:5: error: ¶3 of \"s\" is not in the copy, which has 4 paragraphs\n  hint: a paragraph is a line that is not empty"}},
		{"passages in any order", "  - {n: 3, gist: c, sha256: " + stars + "}\n  - {n: 1, gist: a, sha256: " + one + "}", "New.\nOne.\nTwo.\n***\n", 2, []string{more(1), more(3)}},
		{"a paragraph that is not listed", "  - {n: 2, gist: b, sha256: " + two + "}", "One.\nTwo is 1,137.\n", 1, []string{"sources/s.md:1:1: warning: the copy has a paragraph 1, which \"s\" does not list\n  hint: list it under `passages`, or take it out of the copy"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := Sources(placed(t, source(c.passages)))["s"]
			_, r, found := Compare(Copy{p, "copy.txt", []byte(c.copied)})
			var got []string
			for _, d := range found {
				got = append(got, d.String())
			}
			if r.Passages.Good != c.same || !slices.Equal(got, c.want) {
				t.Errorf("%d are the same, reported\n  %s\nwant %d and\n  %s", r.Passages.Good, strings.Join(got, "\n  "), c.same, strings.Join(c.want, "\n  "))
			}
		})
	}
}

// A copy is verified although the site has errors, so a passage may have any
// number.
func TestBugVerifyPassageZero(t *testing.T) {
	p := Sources(placed(t, files{"sources/s.md": page("title: S\ntype: note\npassages: [{n: 1, gist: a}]", "")}))["s"]
	for _, n := range []int{0, -1} {
		p.Doc.Front.Passages[0].N = n
		if _, r, _ := Compare(Copy{p, "copy.txt", []byte("One.\n")}); r.Passages.Good != 0 {
			t.Errorf("passage %d is verified", n)
		}
	}
}
