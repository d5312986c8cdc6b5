package text

import (
	"slices"
	"strings"
	"testing"
)

func TestCollation(t *testing.T) {
	for _, c := range []struct{ language, want, letters string }{
		{"en", "Part 1, part 2, Part 10", "P P P"},
		{"en", "Äthiopien, Čapek, Cyprus, Zürich", "A C C Z"},
		{"de", "Apfel, Äpfel, Apfelsine, Straße, Strasse 2", "A A A S S"},
		{"sv", "Ararat, Zürich, Åland, Äthiopien", "A Z Å Ä"},
		{"ur", "ایران, پاکستان, کابل", "ا پ ک"},
		{"nonsense-tag-", "A, b", "A B"},
	} {
		collation := NewCollation(c.language)
		titles := strings.Split(c.want, ", ")
		slices.Reverse(titles)
		slices.SortFunc(titles, func(a, b string) int { return strings.Compare(collation.Key(a), collation.Key(b)) })
		var letters []string
		for _, s := range titles {
			letters = append(letters, collation.Letter(s))
		}
		if got := strings.Join(titles, ", "); got != c.want {
			t.Errorf("%s: %s, want %s", c.language, got, c.want)
		}
		if got := strings.Join(letters, " "); got != c.letters {
			t.Errorf("%s: letters %s, want %s", c.language, got, c.letters)
		}
	}
}
