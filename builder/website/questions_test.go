package website

import (
	"bytes"
	"path"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"analysis/builder/internal/pipeline"
)

// TestQuestions: what readers ask is answered from the home page in at most
// three clicks on links of the pages' main part, without the menu.
func TestQuestions(t *testing.T) {
	var questions []struct{ Question, Page, Answer string }
	Expect(t, "questions", &questions)
	s := Build(t, Options(Analysis))
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
		clicks, ok := way[q.Page]
		if !ok {
			t.Errorf("%s: %s is more than three clicks from home", q.Question, q.Page)
			continue
		}
		if page := s.Files[q.Page+"index.html"]; !bytes.Contains(page.Data, []byte(q.Answer)) {
			t.Errorf("%s: %s does not say %q", q.Question, q.Page, q.Answer)
		}
		t.Logf("%s %s", q.Question, strings.Join(clicks, " > "))
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
