package website

import (
	"encoding/json"
	"net/url"
	"path"
	"regexp"
	"strings"
	"testing"

	"analysis/builder/internal/pipeline"
)

// folderLink is an address inside the site that only a server resolves.
func folderLink(link string) bool {
	u, err := url.Parse(link)
	return err == nil && u.Scheme == "" && u.Host == "" && (strings.HasSuffix(u.Path, "/") || path.Base("x/"+u.Path) == ".." || u.Path == ".")
}

func TestPortableSiteNeedsNoServer(t *testing.T) {
	Each(t, func(t *testing.T, o pipeline.Options) {
		o.Portable = true
		s := Build(t, o)
		broken, _ := crawl(s.Files, s.Site.Config.BaseURL)
		for _, b := range broken {
			t.Error(b)
		}
		for name, f := range s.Files {
			if path.Ext(name) != ".html" {
				continue
			}
			for _, link := range examine(f.Data).links {
				if folderLink(link) {
					t.Errorf("%s: the link %q leads to a folder", name, link)
				}
			}
		}
		for name, f := range s.Files {
			if !strings.HasPrefix(name, "search/") || path.Ext(name) != ".js" {
				continue
			}
			for _, m := range regexp.MustCompile(`"u":\s*("(?:[^"\\]|\\.)*")`).FindAllSubmatch(f.Data, -1) {
				var u string
				if err := json.Unmarshal(m[1], &u); err != nil {
					t.Fatal(err)
				}
				if file, _, _ := strings.Cut(u, "#"); s.Files[file] == nil {
					t.Errorf("%s: leads to %q, which is no file", name, u)
				}
			}
		}
	})
}

// A portable build changes addresses and nothing else.
func TestPortableSiteIsTheSameSite(t *testing.T) {
	Each(t, func(t *testing.T, o pipeline.Options) {
		plain := Build(t, o)
		o.Portable = true
		s := Build(t, o)
		for name, f := range plain.Files {
			switch other := s.Files[name]; {
			case name == "404.html":
				if other != nil {
					t.Error("there is a page for missing addresses")
				}
			case strings.HasPrefix(name, "search/"): // its names have the hash of addresses
			case other == nil:
				t.Errorf("no %s", name)
			case path.Ext(name) != ".html" && string(f.Data) != string(other.Data):
				t.Errorf("%s differs", name)
			}
		}
	})
}
