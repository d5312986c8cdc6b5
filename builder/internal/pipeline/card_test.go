package pipeline

import (
	"slices"
	"strings"
	"testing"
)

// A claim has a card at its address and at each of its former ones, if there is a layout for
// cards. It follows the claim, and the claim's page leads to it.
func TestCards(t *testing.T) {
	const claim = "---\ntitle: A\n---\n> [!reported] Tea runs out {#tea}\n> Text.\n>\n> - source: [[s]]\n> - held by: [[p]]\n"
	w := newTestSite(t, map[string]string{
		"layouts/card.html": `{{.Claim.Title}}|{{range .Claim.HeldBy}}{{.Title}}{{end}}|{{.Href .Claim.Ref}}|{{.Canonical}}|{{.Claim.Ended.Reason}}`,
		"content/index.md":  "# Home\n", "content/analysis/a.md": claim,
		"content/actors/p.md": "---\ntitle: P\ntype: state\n---\n", "content/sources/s.md": "---\ntitle: S\ntype: note\n---\n",
	})
	w.remove("static/robots.txt") // the builder has its own for a site with an address
	o := w.options()
	o.BaseURL = "https://example.org/sub/"
	b := New(o)
	const at = "../../../claims/tea/|https://example.org/sub/claims/tea/|"
	for _, step := range []struct {
		name, file, text string // no text: the file is removed
		want             map[string]string
	}{
		{"at first", "content/analysis/a.md", claim, map[string]string{"tea": "Tea runs out|P|" + at}},
		{"another title", "content/analysis/a.md", strings.Replace(claim, "runs", "ran", 1), map[string]string{"tea": "Tea ran out|P|" + at}},
		{"another holder's name", "content/actors/p.md", "---\ntitle: Q\ntype: state\n---\n", map[string]string{"tea": "Tea ran out|Q|" + at}},
		{"former ids", "content/analysis/a.md", claim + "> - was: cup, pot\n", map[string]string{"tea": "Tea runs out|Q|" + at, "cup": "Tea runs out|Q|" + at, "pot": "Tea runs out|Q|" + at}},
		{"withdrawn", "content/analysis/a.md", claim + "> - withdrawn: 2026-01-01 — it did not\n", map[string]string{"tea": "Tea runs out|Q|" + at + "it did not"}},
		{"no layout", "layouts/card.html", "", nil},
	} {
		if step.text == "" {
			w.remove(step.file)
		} else {
			w.write(step.file, step.text)
		}
		s := w.good(b)
		for _, id := range []string{"tea", "cup", "pot"} {
			card, described := s.Files["claims/"+id+"/card/index.html"], s.Files["claims/"+id+"/oembed.json"]
			want, wanted := step.want[id]
			if (card != nil) != wanted || (described != nil) != wanted {
				t.Fatalf("%s: the card of %s is there: %t, described: %t", step.name, id, card != nil, described != nil)
			}
			if wanted && string(card.Data) != want {
				t.Errorf("%s: the card of %s is %q, want %q", step.name, id, card.Data, want)
			}
		}
		if leads := strings.Contains(string(s.Files["claims/tea/index.html"].Data), `href="card/"`); leads != (step.want != nil) {
			t.Errorf("%s: the page leads to its card: %t", step.name, leads)
		}
		if list := names(s); step.want != nil && strings.Contains(string(s.Files["sitemap.xml"].Data), "card") || slices.ContainsFunc(list, func(name string) bool {
			return strings.HasPrefix(name, "search/") && strings.Contains(string(s.Files[name].Data), "card/")
		}) {
			t.Errorf("%s: the sitemap or the search knows cards", step.name)
		}
		for _, d := range differences(s, w.good(New(o))) {
			t.Errorf("%s: %s", step.name, d)
		}
	}
	w.write("layouts/card.html", "card")
	w.write("content/analysis/a.md", claim)
	o.Edition = "2026-01-01"
	if s := w.good(New(o)); s.Files["claims/tea/card/index.html"] != nil {
		t.Error("an old edition has cards")
	}
	o.Edition, o.Portable = "", true
	if s := w.good(New(o)); s.Files["claims/tea/card/index.html"] == nil || !strings.Contains(string(s.Files["claims/tea/index.html"].Data), `href="card/index.html"`) {
		t.Error("a page of a portable site does not lead to its card")
	}
}
