package website

import (
	"bytes"
	"strings"
	"testing"

	"analysis/builder/internal/pipeline"
	"analysis/builder/internal/site"
)

// The foot of every page but the cards leads to the feed, to the licence, and to the pages that ask for
// a place there, such as that of the data; that they exist, other tests see.
func TestFoot(t *testing.T) {
	Each(t, func(t *testing.T, o pipeline.Options) {
		o.BaseURL = "https://example.org/"
		s := Build(t, o)
		for _, p := range s.Site.Pages {
			page := s.Files[strings.TrimSuffix(p.URL, "index.html")+"index.html"]
			if page == nil || p.Kind == site.KindRedirect || p.Kind == site.KindCard {
				continue
			}
			_, foot, _ := bytes.Cut(page.Data, []byte(`<footer class="colophon">`))
			wanted := []string{"#site-top"}
			if p.Config.License != "" {
				wanted = append(wanted, p.Config.LicenseURL())
			}
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
	if home := Build(t, Options(root)).Files["index.html"].Data; bytes.Contains(home, []byte("icense")) || bytes.Contains(home, []byte("feed.xml")) {
		t.Errorf("without a licence and an address, the foot leads to them: %s", home)
	}
}
