// Package export makes the data files of a site: its claims as JSON and as a table, the
// sitemap, and the feed.
//
// It runs while the pages are rendered. The input is a Site, the output is files by
// name. The sitemap and the feed need absolute addresses, so they are made only for a
// site with a base URL. The files of claims are made only for a site with claims.
//
// Invariant: no file depends on the clock. All dates were written by an author.
//
// Invariant: files made of the same data are the same slices of bytes as in the
// previous build.
//
// Deliberately absent: the search index (package search) and the single-file edition
// (package singlefile).
package export

import (
	"cmp"
	"encoding/xml"
	"maps"
	"slices"
	"strings"

	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/memo"
	"analysis/builder/internal/site"
)

// Exporter makes the exported files and remembers them. The zero value is ready.
// It is not for concurrent use.
type Exporter struct {
	claims memo.Table[struct{}, []*site.Page, map[string][]byte]
	lists  memo.Table[struct{}, pageList, map[string][]byte]
}

// Files returns the exported files by name.
func (x *Exporter) Files(s *site.Site) map[string][]byte {
	x.claims.SameIn = slices.Equal
	x.lists.SameIn = func(a, b pageList) bool { return a.config == b.config && slices.Equal(a.pages, b.pages) }
	files := map[string][]byte{}
	claims := slices.DeleteFunc(slices.Clone(s.Pages), func(p *site.Page) bool { return p.Claim == nil })
	maps.Copy(files, x.claims.One(claims, claimFiles))
	maps.Copy(files, x.lists.One(pagesOf(s), pageList.files))
	return files
}

// pageList is the input of the sitemap and the feed.
type pageList struct {
	config *frontmatter.Config
	pages  []listed
}

type listed struct{ address, title, summary, updated, lang string }

func pagesOf(s *site.Site) pageList {
	l := pageList{config: s.Config}
	for _, p := range s.Pages {
		if s.Config.BaseURL != "" && p.Kind != site.KindNotFound && p.Kind != site.KindRedirect {
			l.pages = append(l.pages, listed{p.Canonical(), p.Title, p.Summary, string(p.Doc.Front.Updated), p.Lang})
		}
	}
	return l
}

// files makes the sitemap and the feed.
func (l pageList) files() map[string][]byte {
	if l.config.BaseURL == "" {
		return nil
	}
	var m sitemap
	for _, p := range l.pages {
		m.Pages = append(m.Pages, sitemapPage{p.address, p.updated})
	}
	return map[string][]byte{"sitemap.xml": encode(m), "feed.xml": encode(l.feed())}
}

// encode returns value as an XML file. A value that holds only strings cannot fail.
func encode(value any) []byte {
	data, err := xml.MarshalIndent(value, "", " ")
	if err != nil {
		panic(err)
	}
	return slices.Concat([]byte(xml.Header), data, []byte("\n"))
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

// feed is an Atom feed (RFC 4287).
type feed struct {
	XMLName struct{}    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string      `xml:"xml:lang,attr"`
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
	Lang    string   `xml:"xml:lang,attr,omitempty"` // if not the feed's
	Title   string   `xml:"title"`
	ID      string   `xml:"id"`
	Updated string   `xml:"updated"`
	Link    feedLink `xml:"link"`
	Summary string   `xml:"summary,omitempty"`
}

// maxEntries is the largest number of pages in the feed.
const maxEntries = 50

// feed lists the pages with the day of their update, the latest first. Atom requires an
// author and a date. If there are none, feed uses the title of the site and the first
// day of Unix time.
func (l pageList) feed() feed {
	c := l.config
	f := feed{
		Lang: c.Language, Title: c.Title, ID: c.BaseURL, Author: cmp.Or(c.Author, c.Title), Updated: "1970-01-01T00:00:00Z",
		Links: []feedLink{{"self", c.BaseURL + "feed.xml"}, {"", c.BaseURL}},
	}
	for _, p := range l.pages {
		if len(p.updated) == len("2006-01-02") {
			f.Entries = append(f.Entries, feedEntry{
				Lang: p.lang, Title: p.title, ID: p.address, Updated: p.updated + "T00:00:00Z", Link: feedLink{"", p.address}, Summary: p.summary,
			})
		}
	}
	slices.SortStableFunc(f.Entries, func(a, b feedEntry) int { return strings.Compare(b.Updated, a.Updated) })
	if len(f.Entries) > 0 {
		f.Updated = f.Entries[0].Updated
	}
	f.Entries = f.Entries[:min(len(f.Entries), maxEntries)]
	return f
}
