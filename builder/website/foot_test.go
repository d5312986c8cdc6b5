package website

import (
	"bytes"
	"strings"
	"testing"

	"analysis/builder/internal/pipeline"
	"analysis/builder/internal/site"
)

// The foot of every page leads to the claims as data, to the feed, and to the pages
// that ask for a place there; that they exist, other tests see.
func TestFoot(t *testing.T) {
	Each(t, func(t *testing.T, o pipeline.Options) {
		o.BaseURL = "https://example.org/"
		s := Build(t, o)
		for _, p := range s.Site.Pages {
			page := s.Files[strings.TrimSuffix(p.URL, "index.html")+"index.html"]
			if page == nil || p.Kind == site.KindRedirect {
				continue
			}
			_, foot, _ := bytes.Cut(page.Data, []byte(`<footer class="colophon">`))
			wanted := []string{p.Root() + "claims.csv", p.Root() + "claims.json", p.Root() + "claims.schema.json", "#site-top"}
			if p.Menu.Editions {
				wanted = append(wanted, p.Root()+"feed.xml")
			}
			for _, r := range p.Menu.Foot {
				wanted = append(wanted, p.Href(r))
			}
			for _, href := range wanted {
				if !bytes.Contains(foot, []byte(`href="`+href+`"`)) {
					t.Errorf("the foot of %q does not lead to %s", p.URL, href)
				}
			}
		}
	})
	root := t.TempDir()
	write(t, root, "site.yaml", "title: S\n")
	write(t, root, "index.md", "# S\n")
	if home := Build(t, Options(root)).Files["index.html"].Data; bytes.Contains(home, []byte("claims.")) || bytes.Contains(home, []byte("feed.xml")) {
		t.Errorf("without claims and an address, the foot leads to them: %s", home)
	}
}
