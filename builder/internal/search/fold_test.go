package search

import (
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"

	"analysis/builder/internal/text"
)

// What the table of package text takes for the same in names or in the search, Fold does too.
func TestFold(t *testing.T) {
	data, err := os.ReadFile("../text/testdata/fold.json")
	var rows [][3]string
	if err = errors.Join(err, json.Unmarshal(data, &rows)); err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		a, b := foldedWords(r[1]), foldedWords(r[2])
		if (a == b) != (r[0] != "neither") {
			t.Errorf("%s: %+q and %+q become %+q and %+q", r[0], r[1], r[2], a, b)
		}
		if Fold(a) != a {
			t.Errorf("%+q becomes %+q when folded twice", a, Fold(a))
		}
	}
}

// foldedWords joins the words of a text as the search does.
func foldedWords(s string) string {
	return strings.Join(strings.FieldsFunc(Fold(s), func(r rune) bool { return !text.IsWord(r) }), " ")
}
