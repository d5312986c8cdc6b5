package website

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

// A claim that was withdrawn keeps its page and its card and stands in the text, marked. Nothing else has
// it: no list, count, drawing, search index or file of data.
func TestEnded(t *testing.T) {
	root := t.TempDir()
	const record = "\n>\n> - source: [[s]] ¶1\n> - held by: [[p]]\n> - about: [[p]], [[q]]\n"
	for name, text := range map[string]string{
		"site.yaml": "title: S\n", "index.md": "---\ntitle: S\npicture: [{from: p, to: q, claim: parting, says: parts}]\n---\n", "actors/index.md": "# Actors\n", "sources/index.md": "# Sources\n", "analysis/index.md": "# Analysis\n", "lists/index.md": "# Lists\n",
		"actors/p.md": "---\ntitle: P\ntype: person\n---\n", "actors/q.md": "---\ntitle: Q\ntype: person\n---\n",
		"sources/s.md":    "---\ntitle: S\ntype: report\npassages:\n  - {n: 1, gist: One.}\n---\n",
		"claims/index.md": "---\ntitle: Claims\nshows: claims\n---\n",
		"analysis/one.md": "# One\n\n> [!forecast] They will part {#parting}\n> They will." + record + "> - leads to: [[ending]]\n> - withdrawn: 2026-12-01 — never said\n\n" +
			"> [!forecast] They will end {#ending}\n> They will end." + record,
	} {
		write(t, root, name, text)
	}
	for _, shows := range []string{"tensions", "forecasts", "evidence", "holders", "map", "matrix", "chain", "glossary", "sources", "search", "data", "changes"} {
		write(t, root, "lists/"+shows+"-of-all.md", "---\ntitle: "+shows+" of all\nshows: "+shows+"\n---\n")
	}
	write(t, root, "editions/map.txt", "No edition, so there is no feed.\n")
	o := Options(root)
	o.BaseURL = "https://tea.example/"
	files := Build(t, o).Files
	var has []string
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if text := string(files[name].Data); strings.Contains(text, "parting") || strings.Contains(text, "They will part") {
			has = append(has, name)
		}
	}
	if want := []string{"analysis/one/index.html", "claims/parting/card/index.html", "claims/parting/index.html", "claims/parting/oembed.json", "sitemap.xml"}; !slices.Equal(has, want) {
		t.Errorf("%v have the claim, want %v", has, want)
	}
	page, text := string(files["claims/parting/index.html"].Data), string(files["analysis/one/index.html"].Data)
	for _, want := range []string{"Withdrawn on", "never said", `"creativeWorkStatus":"withdrawn"`} {
		if !strings.Contains(page, want) {
			t.Errorf("its page does not have %q", want)
		}
	}
	if card := string(files["claims/parting/card/index.html"].Data); !strings.Contains(card, "Withdrawn on") || !strings.Contains(card, "never said") {
		t.Errorf("its card does not say that it was withdrawn: %s", card)
	}
	if strings.Contains(page, "feed.xml") {
		t.Error("there is a link to a feed that is not made")
	}
	if !strings.Contains(text, "withdrawn or replaced") || strings.Contains(text, `"name":"They will part"`) {
		t.Error("the text does not mark it, or its linked data lists it")
	}
}
