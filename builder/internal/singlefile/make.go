// Package singlefile makes one HTML file of a whole site. It requests no other:
// styles, scripts, pictures and the index of the search are inside, and a link to
// a page leads to an anchor.
//
// It runs after render. The rendered site.Single (the frame) and the files of
// the site come in, the file goes out. The frame contains the sections, as the page
// of the whole does. Its element <slot name="home"> is replaced by the home page and
// <slot name="pages"> by the other pages in the order of the menu. A page becomes an
// article: what its <main> contains, without navigation.
//
// An article has the id of its page, "column", and what has an id on the page that
// behind it, "column--p7". A claim has its id in its section, "ties", so its page
// has "ties--record". An id "site-…", made by a layout, stays as it is if only one
// page has it, since style sheets may know it.
//
// Invariant: the file's policy allows its own styles and scripts, by their hashes,
// and nothing else.
//
// Invariant: every id is unique, and every anchor that a link names exists.
//
// Deliberately absent: templates. How a page looks is decided by its layout.
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

// maker is the work of one call of Make.
type maker struct {
	site    *site.Site
	files   map[string][]byte
	pages   map[string]*site.Page // by address
	siteIDs map[string]int        // number of pages with an id "site-…"
	out     bytes.Buffer

	styles, scripts           []string // files to be put in, each once
	styleHashes, scriptHashes []string // of what was put in
	errs                      []error
}

// mark is written where something goes that is known only at the end.
func mark(name string) string { return "\x00" + name + "\x00" }

// Make makes the file of a site, of the rendered frame and of the files of the site
// by name. The frame comes first, so its styles and scripts come before those of
// the pages.
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
	text = strings.NewReplacer(mark("home"), home, mark("pages"), pages, mark("styles"), styles, mark("scripts"), scripts, mark("policy"), m.policy()).Replace(text)
	return []byte(text), errors.Join(append(m.errs, check(text)...)...)
}

// take returns what was written since it was called before.
func (m *maker) take() string {
	text := m.out.String()
	m.out.Reset()
	return text
}

var siteID = regexp.MustCompile(` id="(site-[^"]*)"`)

// countIDs counts a page for each of its ids "site-…".
func (m *maker) countIDs(page []byte) {
	for _, match := range siteID.FindAllSubmatch(page, -1) {
		m.siteIDs[string(match[1])]++
	}
}

// articles returns the articles of the home page and of the other pages. These are
// in the order of the menu: after the page of a folder those that it lists, and
// then the claims that are told there; at last those in folders without a page.
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

// shownByFrame reports whether the frame takes the place of a page: it shows the
// whole, and from anywhere in one file the search can be opened.
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
