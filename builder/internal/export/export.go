// Package export makes the data files of a site: its claims as JSON, as a table and as Argdown,
// tables of what belongs to them, a Data Package that describes all these, the sitemap, the
// feed of changes, what describes the cards of claims to sites that frame them, and the files
// that hosts and browsers look for.
//
// It runs while the pages are rendered, or before that if one shows the data. The input is a
// Site, the output is files by name. The sitemap, the feed and the descriptions of cards need
// absolute addresses, so they are made only for a site with a base URL, and the feed only if
// there are editions. A file of data is made only if there is a record for it. robots.txt and _redirects have a
// meaning only at the root of a host.
//
// Invariant: no file depends on the clock. All dates were written by an author.
//
// Invariant: files made of the same pages are the same slices of bytes as in the
// previous build.
//
// Deliberately absent: the search index (package search) and the single-file edition
// (package singlefile).
package export

import (
	"cmp"
	"encoding/xml"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"analysis/builder/internal/edition"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/kind"
	"analysis/builder/internal/memo"
	"analysis/builder/internal/site"
	"analysis/builder/internal/words"
)

// Exporter makes the exported files and remembers them. The zero value is ready.
// It is not for concurrent use.
type Exporter struct {
	data  memo.Table[struct{}, dataInput, packaged]
	lists memo.Table[struct{}, pageList, map[string][]byte]
}

// Files returns the exported files by name, and what there is as data.
func (x *Exporter) Files(s *site.Site, h *edition.History) (map[string][]byte, []Resource) {
	x.data.SameIn = func(a, b dataInput) bool { return a.config == b.config && slices.Equal(a.pages, b.pages) }
	x.lists.SameIn = func(a, b pageList) bool {
		return a.config == b.config && a.moved == b.moved && slices.Equal(a.pages, b.pages) && slices.Equal(a.cards, b.cards) && reflect.DeepEqual(a.history, b.history)
	}
	pages := slices.DeleteFunc(slices.Clone(s.Pages), func(p *site.Page) bool {
		return p.Kind != kind.Event && p.Kind != kind.Source && (p.Kind != kind.Claim || p.Claim.Gone)
	})
	data := x.data.One(dataInput{s.Config, pages}, pack)
	files := maps.Clone(data.files)
	maps.Copy(files, x.lists.One(pagesOf(s, h), pageList.files))
	return files, data.resources
}

// pageList is the input of the sitemap, the feed, the descriptions of cards and the files for
// hosts.
type pageList struct {
	config  *frontmatter.Config
	pages   []sitemapPage
	cards   []card
	moved   string // see redirects
	history *edition.History
}

func pagesOf(s *site.Site, h *edition.History) pageList {
	l := pageList{config: s.Config, moved: redirects(s), history: h}
	for _, p := range s.Pages {
		switch {
		case s.Config.BaseURL == "" || p.Kind == site.KindNotFound || p.Kind == site.KindRedirect:
		case p.Kind == site.KindCard:
			l.cards = append(l.cards, cardOf(p))
		default:
			l.pages = append(l.pages, sitemapPage{p.Canonical(), string(cmp.Or(h.Since(p.ID), p.Doc.Front.Updated))})
		}
	}
	return l
}

// files makes the sitemap, the feed, the descriptions of cards and the files for hosts.
func (l pageList) files() map[string][]byte {
	files := map[string][]byte{"site.webmanifest": manifest(l.config)}
	if l.moved != "" {
		files["_redirects"] = []byte(l.moved)
	}
	if l.config.BaseURL == "" {
		return files
	}
	files["sitemap.xml"] = encode(sitemap{Pages: l.pages})
	if atRoot(l.config) {
		files["robots.txt"] = robots(l.config)
	}
	for _, c := range l.cards {
		files[c.file] = encodeJSON(c.describe(l.config))
	}
	if l.history != nil {
		files["feed.xml"] = encode(l.feed())
	}
	return files
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
	Rights  string      `xml:"rights,omitempty"`
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
	Summary string   `xml:"summary"`
}

// maxEntries is the largest number of changes in the feed.
const maxEntries = 200

// feed lists what changed in the claims from edition to edition, the latest first. Atom
// requires an author; without one it is the title of the site.
func (l pageList) feed() feed {
	c := l.config
	at := func(day frontmatter.Date) string { return string(day) + "T00:00:00Z" }
	f := feed{
		Lang: c.Language, Title: c.Title, ID: c.BaseURL + "feed.xml", Author: cmp.Or(c.Author, c.Title), Rights: c.LicenseURL(), Updated: at(l.history.Latest),
		Links: []feedLink{{"self", c.BaseURL + "feed.xml"}, {"", c.BaseURL}},
	}
	for _, step := range l.history.Steps {
		if step.Date == "" {
			continue // not in an edition yet
		}
		for _, change := range step.Changes[:min(len(step.Changes), maxEntries-len(f.Entries))] {
			link := c.BaseURL
			if change.Ref != nil {
				link += change.Ref.Permalink()
			}
			f.Entries = append(f.Entries, feedEntry{
				Title: change.Title, ID: fmt.Sprintf("%sfeed.xml#%s-%s", c.BaseURL, change.ID, step.Date), // stays when the claim is renamed
				Updated: at(step.Date), Link: feedLink{"", link}, Summary: summary(c.Words, change),
			})
		}
	}
	return f
}

// summary says in one line what became of a claim: "changed: hedge, could → may".
func summary(w *words.Set, c edition.Change) string {
	text := func(parts []edition.Part) string {
		var list []string
		for _, p := range parts {
			list = append(list, p.Text)
		}
		return cmp.Or(strings.Join(list, " "), "–")
	}
	var list []string
	for _, f := range c.Fields {
		list = append(list, fmt.Sprintf("%s: %s → %s", w.Text("field-"+strings.ReplaceAll(f.Name, " ", "-")), text(f.Before), text(f.After)))
	}
	return strings.TrimSuffix(w.Text("how-"+c.How)+". "+strings.Join(list, "; "), ". ")
}
