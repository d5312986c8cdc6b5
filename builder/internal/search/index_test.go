package search

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"analysis/builder/internal/content"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/publish"
	"analysis/builder/internal/site"
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
	pages := partOf[[]entry](t, files, "pages")
	byURL := map[string]entry{}
	for _, p := range pages {
		if _, twice := byURL[p.URL]; twice {
			t.Errorf("%q stands twice", p.URL)
		}
		byURL[p.URL] = p
	}
	if p := byURL["claims/milk-goes-first/"]; p.Kind != "claim" || p.Type != "recommendation" || p.Holder != "Royal Society of Chemistry (in its advice of 2003)" ||
		p.Cites != "The chemists’ advice" || p.Text != "The chemists pour the milk first." || p.Summary != "" || p.Result != "disputed" || !slices.Equal(p.Against, []string{"claims/tea-first/"}) {
		t.Errorf("the claim is %+v", p)
	}
	if p := byURL["actors/george-orwell/"]; len(p.Aliases) != 1 || p.Aliases[0] != "Orwell" || p.Type != "person" {
		t.Errorf("the actor is %+v", p)
	}
	if p := byURL["sources/nice-cup/#p10"]; p.Kind != "passage" || p.Title != "A Nice Cup of Tea, ¶10" || p.Summary == "" {
		t.Errorf("the paragraph is %+v", p)
	}
	seen := map[int]bool{}
	for _, entry := range partOf[[][2]any](t, files, "text-0") {
		n, text := int(entry[0].(float64)), entry[1].(string)
		if seen[n] || n >= len(pages) || pages[n].Kind == "claim" || strings.Contains(text, "<p>") {
			t.Errorf("page %d of %d: %.80s", n, len(pages), text)
		}
		seen[n] = true
	}
	if parts := partOf[map[string]string](t, files, "parts"); len(parts) != 3 || parts["words"] != "words" || parts["text-0"] != "text-0" || len(seen) < 20 {
		t.Errorf("parts %v, %d texts", parts, len(seen))
	}
	for name, text := range files {
		if strings.HasPrefix(name, "search/") && strings.Contains(string(text), "</") {
			t.Errorf("%s would end a script element", name)
		}
	}
}

// An Index that saw other sites before makes the same files as a new one, and a
// file that did not change is the same slice of bytes.
func TestIndexRemembers(t *testing.T) {
	pages := func(n int, word string) map[string]string {
		f := map[string]string{"index.md": "# Home\n", "docs/index.md": "# Documents\n"}
		for i := range n {
			f[fmt.Sprintf("docs/p%03d.md", i)] = fmt.Sprintf("# Page %d\n\nText %d.\n", i, i)
		}
		f["docs/p007.md"] = "# Page 7\n\n" + word + "\n"
		return f
	}
	parser, docs := content.NewParser(), map[string]*content.Document{}
	place := func(p *site.Placer, files map[string]string) *site.Site {
		in := site.Input{Config: frontmatter.Config{Title: "Site", Language: "en", BaseURL: "https://example.org/"}}
		for _, name := range slices.Sorted(maps.Keys(files)) {
			if docs[name+files[name]] == nil {
				docs[name+files[name]] = parser.Parse(name, []byte(files[name]))
			}
			in.Docs = append(in.Docs, docs[name+files[name]])
		}
		return p.Place(in)
	}
	placer := site.NewPlacer()
	var x Index
	var last map[string]*publish.File
	for _, c := range []struct {
		site    map[string]string
		changed []string // all that differ from the files before; nil for any
	}{
		{pages(120, "One."), nil},
		{pages(120, "Two, which is longer."), []string{"search/text-0.js"}},
		{pages(10, "Two."), nil},
		{pages(120, "One."), nil},
	} {
		s := place(placer, c.site)
		now := x.Files(s, noSentences{}, false, publish.Memory{}.Put)
		fresh := new(Index).Files(place(site.NewPlacer(), c.site), noSentences{}, false, publish.Memory{}.Put)
		if !maps.EqualFunc(now, fresh, func(a, b *publish.File) bool { return bytes.Equal(a.Data, b.Data) }) {
			t.Errorf("files %q, want the same as of a new Index, %q", slices.Sorted(maps.Keys(now)), slices.Sorted(maps.Keys(fresh)))
		}
		if c.changed != nil {
			var changed []string
			for name, file := range now {
				if file != last[name] && name != "search/parts.js" && name != "search/words.js" {
					changed = append(changed, name)
				}
			}
			if !slices.Equal(changed, c.changed) {
				t.Errorf("made new %q, want %q", changed, c.changed)
			}
		}
		last = now
	}
}
