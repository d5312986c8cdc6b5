// Package export makes what is not a page out of a Site: the claims as data, the
// index of the search and of the previews, the sitemap and the feed; and, instead
// of a folder, the whole site in one file (Single).
//
// Sitemap and feed name pages by full addresses, so they are made only for a
// site with a base URL. The claims are made for a site that has any.
//
// The search is ours and not a library. Those that are made for static sites
// run over the finished pages, outside Go, and bring WebAssembly, or an index that a
// browser cannot load from a file. Ours needs Go alone, knows kinds, aliases and
// claims, and is a few scripts that load when they are asked for.
//
// Each text is held once, by the part of the index that it stands in; of what was
// made of the same pages the last time nothing is made again.
//
// Invariant: no clock. A date stands in a file only where an author wrote it.
package export

import (
	"bytes"
	"encoding/xml"
	"maps"
	"slices"
	"strings"

	"analysis/builder/internal/site"
)

// Exporter makes the exported files, and remembers them: what is made of the
// same parts is the same slice of bytes again. The zero value is ready. It is
// not for concurrent use.
type Exporter struct {
	last   *site.Site
	told   []*site.Page // of the claims
	claims map[string][]byte
	lists  map[string][]byte // sitemap and feed
}

// Files returns the exported files by name.
func Files(s *site.Site) (map[string][]byte, error) { return new(Exporter).Files(s) }

// Files returns the exported files by name.
func (x *Exporter) Files(s *site.Site) (map[string][]byte, error) {
	told := claimPages(s)
	if x.last == nil || x.last.Config != s.Config || !slices.Equal(x.told, told) {
		x.claims = map[string][]byte{}
		if err := claims(s, told, x.claims); err != nil {
			return nil, err
		}
	}
	if x.last == nil || x.last.Config != s.Config || !slices.EqualFunc(x.last.Pages, s.Pages, sameListed) {
		x.lists = map[string][]byte{}
		if err := lists(s, x.lists); err != nil {
			return nil, err
		}
	}
	files := map[string][]byte{}
	maps.Copy(files, x.claims)
	maps.Copy(files, x.lists)
	x.last, x.told = s, told
	return files, nil
}

// sameListed reports whether sitemap and feed say the same of two pages.
func sameListed(a, b *site.Page) bool {
	return a == b || *a.Ref == *b.Ref && a.Doc.Front.Updated == b.Doc.Front.Updated
}

// lists makes the sitemap and the feed.
func lists(s *site.Site, files map[string][]byte) error {
	if s.Config.BaseURL == "" {
		return nil
	}
	for name, v := range map[string]any{"sitemap.xml": sitemapOf(s), "feed.xml": feedOf(s)} {
		var b bytes.Buffer
		b.WriteString(xml.Header)
		e := xml.NewEncoder(&b)
		e.Indent("", " ")
		if err := e.Encode(v); err != nil {
			return err
		}
		b.WriteByte('\n')
		files[name] = b.Bytes()
	}
	return nil
}

// sitemap follows https://www.sitemaps.org/protocol.html.
type sitemap struct {
	XMLName struct{}      `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	Pages   []sitemapPage `xml:"url"`
}

type sitemapPage struct {
	Loc     string `xml:"loc"`
	LastMod string `xml:"lastmod,omitempty"`
}

func sitemapOf(s *site.Site) sitemap {
	var m sitemap
	for _, p := range s.Pages {
		if p.Kind != site.KindNotFound && p.Kind != site.KindRedirect {
			m.Pages = append(m.Pages, sitemapPage{p.Canonical(), string(p.Doc.Front.Updated)})
		}
	}
	return m
}

// feed is an Atom feed (RFC 4287) of the pages that say when they were updated.
type feed struct {
	XMLName struct{}    `xml:"http://www.w3.org/2005/Atom feed"`
	Title   string      `xml:"title"`
	ID      string      `xml:"id"`
	Updated string      `xml:"updated"`
	Author  string      `xml:"author>name"`
	Links   []feedLink  `xml:"link"`
	Entries []feedEntry `xml:"entry"`
}

type feedLink struct {
	Rel  string `xml:"rel,attr,omitempty"`
	Href string `xml:"href,attr"`
}

type feedEntry struct {
	Title   string   `xml:"title"`
	ID      string   `xml:"id"`
	Updated string   `xml:"updated"`
	Link    feedLink `xml:"link"`
	Summary string   `xml:"summary,omitempty"`
}

// entries is how many pages the feed holds at most.
const entries = 50

func feedOf(s *site.Site) feed {
	f := feed{
		Title: s.Config.Title, ID: s.Config.BaseURL, Author: s.Config.Author, Updated: "1970-01-01T00:00:00Z",
		Links: []feedLink{{"self", s.Config.BaseURL + "feed.xml"}, {"", s.Config.BaseURL}},
	}
	if f.Author == "" {
		f.Author = s.Config.Title
	}
	for _, p := range s.Pages {
		if day := string(p.Doc.Front.Updated); len(day) == len("2006-01-02") {
			f.Entries = append(f.Entries, feedEntry{
				Title: p.Title, ID: p.Canonical(), Updated: day + "T00:00:00Z", Link: feedLink{"", p.Canonical()}, Summary: p.Summary,
			})
		}
	}
	slices.SortStableFunc(f.Entries, func(a, b feedEntry) int { return strings.Compare(b.Updated, a.Updated) })
	if len(f.Entries) > 0 {
		f.Updated = f.Entries[0].Updated
	}
	f.Entries = f.Entries[:min(len(f.Entries), entries)]
	return f
}
