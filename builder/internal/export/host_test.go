package export

import (
	"encoding/json"
	"fmt"
	"testing"

	"analysis/builder/internal/content"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/site"
)

// Each former address has a line for Netlify and one for Cloudflare Pages, escaped, from the root,
// and the same on a site whose links name index.html.
func TestRedirectsForHosts(t *testing.T) {
	doc := content.NewParser().Parse("docs/a.md", []byte("---\ntitle: A\nredirect_from: [old, a b/پ, {from: part, to: \"#teil-ä\"}]\n---\n## Part {#teil-ä}\n"))
	home := content.NewParser().Parse("index.md", []byte("---\ntitle: Home\nredirect_from: [start]\n---\n"))
	for _, portable := range []bool{false, true} {
		s := site.NewPlacer().Place(site.Input{Docs: []*content.Document{doc, home}, Portable: portable})
		for _, d := range append(doc.Diagnostics, home.Diagnostics...) {
			t.Error(d)
		}
		want := ""
		for _, line := range []string{"/old/ /docs/a/", "/a%20b/%D9%BE/ /docs/a/", "/part/ /docs/a/#teil-%C3%A4", "/start/ /"} {
			want += line + " 301!\n" + line + " 301\n"
		}
		if got := redirects(s); got != want {
			t.Errorf("portable %v:\n%s\nwant\n%s", portable, got, want)
		}
	}
}

func TestRobots(t *testing.T) {
	if got, want := exported(t, frontmatter.Config{Title: "T", BaseURL: "https://example.org/"}, sample)["robots.txt"], "User-agent: *\nDisallow:\n\nSitemap: https://example.org/sitemap.xml\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// All addresses are relative to the manifest, so it holds below any path.
func TestManifest(t *testing.T) {
	var got map[string]any
	if err := json.Unmarshal([]byte(exported(t, frontmatter.Config{Title: `"T" & <پ>`, Language: "ur"}, sample)["site.webmanifest"]), &got); err != nil {
		t.Fatal(err)
	}
	want := `map[dir:rtl display:browser icons:[map[sizes:192x192 src:icon-192.png type:image/png] map[sizes:512x512 src:icon-512.png type:image/png] map[sizes:any src:favicon.svg type:image/svg+xml]] ` +
		`lang:ur name:"T" & <پ> scope:./ start_url:./]`
	if fmt.Sprint(got) != want {
		t.Errorf("got\n%v\nwant\n%s", got, want)
	}
}
