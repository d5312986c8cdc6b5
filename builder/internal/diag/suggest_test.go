package diag

import (
	"iter"
	"maps"
	"slices"
	"testing"
)

func nearest(word string, candidates iter.Seq[string]) []string {
	var all Names
	for name := range candidates {
		all.Add(name, name)
	}
	return all.Nearest(word)
}

func TestNearest(t *testing.T) {
	ids := []string{"haqqani-network", "afghan-taliban", "kabul", "kunar", "ttp", "russia", "safe-havens", "isi"}
	for _, c := range []struct {
		word string
		want []string
	}{
		{"haqani-network", []string{"haqqani-network"}},   // a letter lacks
		{"haqqqani-network", []string{"haqqani-network"}}, // one too many
		{"kabol", []string{"kabul"}},                      // another one
		{"kaubl", []string{"kabul"}},                      // a swap is one edit, and five letters allow no more
		{"Kabul", []string{"kabul"}},                      // case is no edit
		{"safe havens", []string{"safe-havens"}},          // nor is the separator
		{"safe_havens", []string{"safe-havens"}},
		{"network", []string{"haqqani-network"}}, // far, but contained
		{"ni", nil},                              // two letters are contained in too much
		{"tpt", []string{"ttp"}},                 // a short word allows one edit
		{"pptt", nil},                            // and no second
		{"china", nil},
		{"", nil},
		{"kabulkabulkabul", nil}, // long, but far from everything
		{"россия", nil},
		{"kobol", nil},               // two edits are too many for five letters
		{"kunal", []string{"kunar"}}, // kabul is two edits away
		{"afghan-talban", []string{"afghan-taliban"}},
		{"actors/ttp", nil}, // a path is not an id
		{"safehavens", []string{"safe-havens"}},
		{"AFGHAN TALIBAN", []string{"afghan-taliban"}},
		{"haqqani-netwrok", []string{"haqqani-network"}},
		{"isis", []string{"isi"}},
		{"the-haqqani-network-of-miran-shah", nil}, // contains one, which is not being contained
		{"rusia", []string{"russia"}},
		{"taliban", []string{"afghan-taliban"}},
		{"havens", []string{"safe-havens"}},
	} {
		if got := nearest(c.word, slices.Values(ids)); !slices.Equal(got, c.want) {
			t.Errorf("nearest to %q: %q, want %q", c.word, got, c.want)
		}
	}
}

// A far candidate beside a near one would only distract.
func TestNearestKeepsToTheNearest(t *testing.T) {
	got := nearest("strategic", slices.Values([]string{"strategik", "strateegik", "strotegikk", "strategic-depth"}))
	if want := []string{"strategik", "strateegik"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Candidates come from maps, whose order changes from run to run.
func TestNearestIgnoresOrder(t *testing.T) {
	set := map[string]bool{"b1": true, "b2": true, "b3": true, "b4": true, "b5": true}
	for range 50 {
		if got, want := nearest("b0", maps.Keys(set)), []string{"b1", "b2", "b3"}; !slices.Equal(got, want) {
			t.Fatalf("got %q, want %q", got, want)
		}
	}
}

func TestNearestNamesEachOnce(t *testing.T) {
	if got := nearest("kabull", slices.Values([]string{"kabul", "kabul"})); !slices.Equal(got, []string{"kabul"}) {
		t.Errorf("got %q", got)
	}
}

func TestDidYouMean(t *testing.T) {
	for _, c := range []struct {
		candidates []string
		want       string
	}{
		{[]string{"page-1"}, `did you mean "page-1"?`},
		{[]string{"page-2", "page-1"}, `did you mean "page-1" or "page-2"?`},
		{[]string{"page-3", "page-2", "page-1"}, `did you mean "page-1", "page-2" or "page-3"?`},
		{[]string{"page-4", "page-3", "page-2", "page-1"}, `did you mean "page-1", "page-2" or "page-3"?`},
		{[]string{"elsewhere"}, ""},
		{nil, ""},
	} {
		if got := DidYouMean("page-0", slices.Values(c.candidates)); got != c.want {
			t.Errorf("among %q: %q, want %q", c.candidates, got, c.want)
		}
	}
}

func TestDistance(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{
		{"", "", 0},
		{"", "abc", 3},
		{"abc", "", 3},
		{"abc", "abc", 0},
		{"abc", "acb", 1},
		{"abcd", "badc", 2},
		{"ca", "abc", 3}, // restricted: nothing is put into a swapped pair
		{"kitten", "sitting", 3},
		{"aab", "ab", 1},
		{"Zürich", "Züich", 1},
		{"Kabul", "Kbual", 2},
		{"Kabul", "Kabol", 1},
		{"Kabul", "Kabl", 1},
		{"Kabul", "Kaubl", 1},
		{"Kabul", "abul", 1},
		{"Kabul", "Kabu", 1},
		{"Kabul", "Kabulis", 2},
		{"Kabul", "Kobal", 2},
		{"Zürich", "Zurich", 1},
		{"", "a", 1},
		{"پاکستان", "پاکستن", 1}, // characters, not bytes
	} {
		if got := Distance(c.a, c.b); got != c.want {
			t.Errorf("from %q to %q: %d edits, want %d", c.a, c.b, got, c.want)
		}
		if got := Distance(c.b, c.a); got != c.want {
			t.Errorf("from %q to %q: %d edits, want %d", c.b, c.a, got, c.want)
		}
	}
}
