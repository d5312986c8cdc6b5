package export

import (
	"encoding/json"
	"net/url"
	"strings"

	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/site"
)

// ForHosts reports whether a file tells hosts or browsers how to treat the site. A file of
// that name in the static or the content folder is published instead.
func ForHosts(name string) bool {
	return name == "_redirects" || name == "robots.txt" || name == "site.webmanifest"
}

// atRoot reports whether the site is not below a folder of its host. Only there do hosts and
// robots read _redirects and robots.txt, whose addresses begin at the root.
func atRoot(c *frontmatter.Config) bool {
	u, err := url.Parse(c.BaseURL)
	return err == nil && strings.Trim(u.Path, "/") == ""
}

// redirects returns the file _redirects, which Netlify and Cloudflare Pages read: former
// addresses and where they lead. It is empty if there are none. On other hosts the pages at
// those addresses lead on, and so they do on these beyond the number of lines that a host
// reads. Each address has two lines, since Netlify shows the page unless the status has an
// exclamation mark, and Cloudflare Pages leaves out a line with one.
func redirects(s *site.Site) string {
	var b strings.Builder
	for _, p := range s.Pages {
		if p.Target == nil || !atRoot(s.Config) {
			continue
		}
		from, to := url.URL{Path: "/" + p.Permalink()}, url.URL{Path: "/" + p.Target.Permalink(), Fragment: p.Fragment}
		for _, status := range []string{"301!", "301"} {
			b.WriteString(from.String() + " " + to.String() + " " + status + "\n")
		}
	}
	return b.String()
}

// robots returns robots.txt, which says only where the sitemap is.
func robots(c *frontmatter.Config) []byte {
	return []byte("User-agent: *\nDisallow:\n\nSitemap: " + c.BaseURL + "sitemap.xml\n")
}

// manifest returns site.webmanifest, by which a device keeps the site among its programs
// (https://www.w3.org/TR/appmanifest/). The icons are those of the builder's static folder.
func manifest(c *frontmatter.Config) []byte {
	type icon struct {
		Source string `json:"src"`
		Sizes  string `json:"sizes"`
		Type   string `json:"type"`
	}
	data, err := json.MarshalIndent(struct {
		Name     string `json:"name"`
		Language string `json:"lang"`
		Dir      string `json:"dir"`
		Start    string `json:"start_url"`
		Scope    string `json:"scope"`
		Display  string `json:"display"`
		Icons    []icon `json:"icons"`
	}{c.Title, c.Language, c.Dir(), "./", "./", "browser", []icon{
		{"icon-192.png", "192x192", "image/png"}, {"icon-512.png", "512x512", "image/png"}, {"favicon.svg", "any", "image/svg+xml"},
	}}, "", " ")
	if err != nil {
		panic(err) // strings can be encoded
	}
	return append(data, '\n')
}
