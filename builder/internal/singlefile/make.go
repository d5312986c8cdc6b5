// Package singlefile makes one HTML file of a whole site. The file loads no others: it
// contains the styles, scripts, pictures and the search index, and links to pages lead
// to anchors in it.
//
// It runs after render. The input is the rendered site.Single (the frame) and the files
// of the site. The frame contains the sections, like the page that shows the whole. Its
// element <slot name="home"> is replaced by the home page, and <slot name="pages"> by
// the other pages in the order of the menu. A page becomes an article with the content
// of its <main>, without navigation.
//
// The id of an article is that of its page, "column". An id on the page is added to it:
// "column--p7". A claim has its id "ties" in its section, so the article of its page has
// "ties--record". An id "site-…", made by a layout, is kept if only one page has it,
// because style sheets may use it.
//
// Invariant: the file's policy allows its own styles and scripts, by their hashes, and
// data: addresses for images, but nothing else.
//
// Invariant: every id is unique, and the target of every link to an anchor exists.
//
// Deliberately absent: templates. Layouts decide what a page looks like.
package singlefile

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"analysis/builder/internal/kind"
	"analysis/builder/internal/site"
)

// maker holds the state of one call of Make.
type maker struct {
	site    *site.Site
	files   map[string][]byte
	pages   map[string]*site.Page // by address
	siteIDs map[string]int        // number of pages with an id "site-…"
	out     bytes.Buffer

	styles, scripts           []string // files to include, each once
	styleHashes, scriptHashes []string // hashes of the included files
	errs                      []error
}

// placeholder is written where text is inserted that is known only at the end.
func placeholder(name string) string { return "\x00" + name + "\x00" }

// Make makes the single file of a site from the rendered frame and the files of the site
// by name. A file without bytes (nil) is not part of it, and links lead beside it. It
// handles the frame first, so that the frame's styles and scripts come before those of the
// pages.
func Make(s *site.Site, frame []byte, files map[string][]byte) ([]byte, error) {
	m := &maker{site: s, files: files, pages: map[string]*site.Page{}, siteIDs: map[string]int{}}
	m.countIDs(frame)
	for _, p := range s.Pages {
		m.pages[p.URL] = p
		m.countIDs(files[p.URL+"index.html"])
	}
	m.rewrite(s.Single, frame, 0)
	text := m.take()
	home, pages := m.articles()
	styles, scripts := m.inlineStyles(), m.inlineScripts()
	text = strings.NewReplacer(placeholder("home"), home, placeholder("pages"), pages, placeholder("styles"), styles, placeholder("scripts"), scripts, placeholder("policy"), m.policy()).Replace(text)
	return []byte(text), errors.Join(append(m.errs, check(text)...)...)
}

// take returns what was written since its last call.
func (m *maker) take() string {
	text := m.out.String()
	m.out.Reset()
	return text
}

var siteID = regexp.MustCompile(` id="(site-[^"]*)"`)

// countIDs counts the ids "site-…" of a page.
func (m *maker) countIDs(page []byte) {
	for _, match := range siteID.FindAllSubmatch(page, -1) {
		m.siteIDs[string(match[1])]++
	}
}

// articles returns the article of the home page and those of the other pages. These are
// in the order of the menu: an index, the pages of its folder, the claims on those
// pages, and at the end the pages of folders without an index.
func (m *maker) articles() (home, pages string) {
	seen := map[*site.Page]bool{}
	var visit func(p *site.Page, level int)
	visit = func(p *site.Page, level int) {
		if seen[p] || p.Target != nil || p.Kind == site.KindNotFound || shownByFrame(p) {
			return
		}
		seen[p] = true
		if _, inFrame := m.site.Whole.Anchor(p.Ref, ""); !inFrame || p.Kind == kind.Claim {
			m.rewrite(p, m.files[p.URL+"index.html"], level)
		}
		if p.Kind == kind.Home {
			home = m.take()
		} else if p.Kind != kind.Index {
			return
		}
		for _, r := range p.Section.Pages {
			visit(m.pages[r.URL], level+1)
		}
		for _, c := range m.site.Pages {
			if c.Kind == kind.Claim && c.Section == p.Section {
				visit(c, level+1)
			}
		}
	}
	if top := m.site.Single.Menu.Home; top != nil {
		visit(m.pages[top.URL], 0)
	}
	for _, p := range m.site.Pages {
		visit(p, 1)
	}
	return home, m.take()
}

// shownByFrame reports whether the frame replaces a page: it shows the whole, and opens
// the search.
func shownByFrame(p *site.Page) bool {
	return p.Doc.Front.Shows == "whole" || p.Doc.Front.Shows == "search"
}

// check returns an error for every id that the file has more than once, and for
// every anchor that a link names and that does not exist.
func check(text string) []error {
	ids := map[string]int{} // how often each stands in it, which is 0 if only a link names it
	z := html.NewTokenizer(strings.NewReader(text))
	for z.Next() != html.ErrorToken {
		for _, a := range z.Token().Attr {
			if a.Key == "id" {
				ids[a.Val]++
			} else if fragment, ok := strings.CutPrefix(a.Val, "#"); ok && a.Key == "href" {
				if id, err := url.PathUnescape(fragment); err == nil {
					ids[id] += 0
				}
			}
		}
	}
	var twice, missing []error
	for _, id := range slices.Sorted(maps.Keys(ids)) {
		if n := ids[id]; n > 1 {
			twice = append(twice, fmt.Errorf("the id %q stands in it %d times", id, n))
		} else if n == 0 {
			missing = append(missing, fmt.Errorf("a link leads to %q, which does not stand in it", id))
		}
	}
	return append(twice, missing...)
}
