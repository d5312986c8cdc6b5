package main

import (
	"strings"
	"testing"

	"analysis/builder/internal/frontmatter"
)

// There is a page to start from for everything that a page can show.
func TestStartersOfOverviews(t *testing.T) {
	for _, word := range frontmatter.Overviews {
		if sets[word] == nil {
			t.Errorf("new knows no %s", word)
			continue
		}
		text, err := starters.ReadFile("starters/" + sets[word][0])
		if err != nil || !strings.Contains(string(text), "\nshows: "+word+"\n") {
			t.Errorf("the page for %s is %q (%v)", word, text, err)
		}
	}
}
