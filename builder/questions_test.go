package main

import (
	"bytes"
	"path"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"analysis/builder/internal/pipeline"
)

// questions are what readers ask, the page that answers, and words of the
// answer.
var questions = []struct{ question, page, answer string }{
	{"Who says that 19 soldiers died?", "events/border-attacks/", "defence ministry"},
	{"How many were killed in Barmal, and by whose count?", "events/barmal-strikes/", "at least 20 militants"},
	{"What does Russia fear?", "analysis/russia-and-central-asia/", "Central Asia"},
	{"What happened first?", "timeline/", "1893"},
	{"Where does the column contradict itself?", "claims/tensions/", "both can hold"},
	{"Who denies that the TTP is sheltered in Afghanistan?", "claims/taliban-deny-shelter/", "Afghan Taliban"},
	{"What should India do, in the columnist's view?", "claims/india-treads-cautiously/", "Recommendation"},
	{"Which forecasts have come true?", "claims/forecasts/", "Partly borne out"},
	{"What does paragraph 13 say?", "sources/column/", "¶13"},
	{"What would fall if the rift were no rift?", "claims/retaliation-drove-wedge/", "If this falls"},
}

// TestQuestions: each is answered from the home page in at most three clicks on
// links of the pages' main part, without the menu.
func TestQuestions(t *testing.T) {
	s := mustBuild(t, realOptions)
	way := map[string][]string{"": {}}
	for level := []string{""}; len(level) > 0; {
		var next []string
		for _, from := range level {
			for _, to := range mainLinks(t, s, from) {
				if _, known := way[to]; !known && len(way[from]) < 3 {
					way[to] = append(append([]string{}, way[from]...), to)
					next = append(next, to)
				}
			}
		}
		level = next
	}
	for _, q := range questions {
		clicks, ok := way[q.page]
		if !ok {
			t.Errorf("%s: %s is more than three clicks from home", q.question, q.page)
			continue
		}
		if page := s.Files[q.page+"index.html"]; !bytes.Contains(page.Data, []byte(q.answer)) {
			t.Errorf("%s: %s does not say %q", q.question, q.page, q.answer)
		}
		t.Logf("%s %s", q.question, strings.Join(clicks, " > "))
	}
}

// mainLinks are the addresses of the folders that a page's main part links to.
func mainLinks(t *testing.T, s *pipeline.Snapshot, page string) []string {
	t.Helper()
	file := s.Files[page+"index.html"]
	if file == nil {
		return nil
	}
	root, err := html.Parse(bytes.NewReader(file.Data))
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for n := range root.Descendants() {
		if n.Data != "main" {
			continue
		}
		for a := range n.Descendants() {
			for _, at := range a.Attr {
				if address, _, _ := strings.Cut(at.Val, "#"); a.Data == "a" && at.Key == "href" && strings.HasSuffix(address, "/") {
					list = append(list, strings.TrimPrefix(path.Join("/", page, address)+"/", "/"))
				}
			}
		}
	}
	return list
}
