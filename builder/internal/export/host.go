package export

import (
	"encoding/json"
	"strings"

	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/site"
)

// redirects returns the file _redirects, which Netlify and Cloudflare Pages read: former
// addresses and where they lead. It is empty if there are none. On other hosts the pages at
// those addresses do the same.
func redirects(pages []*site.Page) string {
	var b strings.Builder
	for _, p := range pages {
		if p.Target == nil {
			continue
		}
		b.WriteString("/" + p.URL + " /" + p.Target.URL)
		if p.Fragment != "" {
			b.WriteString("#" + p.Fragment)
		}
		b.WriteString(" 301\n")
	}
	return b.String()
}

// manifest returns site.webmanifest, by which a device keeps the site among its programs
// (https://www.w3.org/TR/appmanifest/).
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
		Display  string `json:"display"`
		Icons    []icon `json:"icons"`
	}{c.Title, c.Language, c.Dir(), "./", "browser", []icon{
		{"img/icon-192.png", "192x192", "image/png"}, {"img/icon-512.png", "512x512", "image/png"}, {"favicon.svg", "any", "image/svg+xml"},
	}}, "", " ")
	if err != nil {
		panic(err) // strings can be encoded
	}
	return append(data, '\n')
}
