package search

import (
	"encoding/json"
	"strings"
	"testing"
)

// partOf parses one part of the index.
func partOf[T any](t *testing.T, files map[string][]byte, name string) T {
	t.Helper()
	text, opens := strings.CutPrefix(string(files["search/"+name+".js"]), `siteIndex.add("`+name+`",`)
	text, shuts := strings.CutSuffix(text, ");\n")
	var data T
	if err := json.Unmarshal([]byte(text), &data); err != nil || !opens || !shuts {
		t.Fatalf("part %q: %v\n%.200s", name, err, files["search/"+name+".js"])
	}
	return data
}

func TestClip(t *testing.T) {
	for _, c := range [][2]string{{"one two", "one two"}, {"one two three four", "one two …"}, {"éééééééééééé", "éééééééééééé"}, {"ééééééééééééé", "éééééééééééé …"}} {
		if got := clip(c[0], 12); got != c[1] {
			t.Errorf("clip(%q) = %q, want %q", c[0], got, c[1])
		}
	}
}

// Every page is in the index once, with what the search and the previews show;
// a claim's text is that of the page that tells it, so it is not repeated.
func TestIndex(t *testing.T) {
	config, small := smallSite(t)
	files := filesOf(t, config, small)
	pages := partOf[[]indexPage](t, files, "pages")
	byURL := map[string]indexPage{}
	for _, p := range pages {
		if _, twice := byURL[p.URL]; twice {
			t.Errorf("%q stands twice", p.URL)
		}
		byURL[p.URL] = p
	}
	if p := byURL["claims/milk-goes-first/"]; p.Kind != "claim" || p.Type != "recommendation" || p.Holder != "Royal Society of Chemistry (in its advice of 2003)" ||
		p.Cites != "The chemists’ advice" || p.Summary != "The chemists pour the milk first." {
		t.Errorf("the claim is %+v", p)
	}
	if p := byURL["actors/george-orwell/"]; len(p.Aliases) != 1 || p.Aliases[0] != "Orwell" || p.Type != "person" {
		t.Errorf("the actor is %+v", p)
	}
	seen := map[int]bool{}
	for _, entry := range partOf[[][2]any](t, files, "text-0") {
		n, text := int(entry[0].(float64)), entry[1].(string)
		if seen[n] || n >= len(pages) || pages[n].Kind == "claim" || strings.Contains(text, "<p>") {
			t.Errorf("page %d of %d: %.80s", n, len(pages), text)
		}
		seen[n] = true
	}
	if parts := partOf[int](t, files, "text"); parts != 1 || len(seen) < 20 {
		t.Errorf("%d parts, %d texts", parts, len(seen))
	}
	for name, text := range files {
		if strings.HasPrefix(name, "search/") && strings.Contains(string(text), "</") {
			t.Errorf("%s would end a script element", name)
		}
	}
}
