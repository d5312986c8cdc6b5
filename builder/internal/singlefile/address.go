package singlefile

import (
	"cmp"
	"fmt"
	"net/url"
	"strings"

	"golang.org/x/net/html"

	"analysis/builder/internal/kind"
	"analysis/builder/internal/site"
)

// id returns the id that a page has in the file, or that of an anchor on it.
func (m *maker) id(p *site.Page, anchor string) string {
	if m.siteIDs[anchor] == 1 {
		return anchor
	}
	id := strings.ReplaceAll(p.ID, "/", "--") // that of a folder in a folder
	if p.Kind == kind.Claim {
		id += "--record"
	}
	if anchor != "" {
		id += "--" + anchor
	}
	return id
}

// address returns an address on the page as it is in the file: an anchor for a
// page, the data for another file of the site.
func (r *rewriter) address(tag, address string) string {
	name, local := r.local(address)
	if !local || r.frame && strings.HasPrefix(address, "#") {
		return address
	}
	_, fragment, _ := strings.Cut(address, "#")
	if text, err := url.PathUnescape(fragment); err == nil {
		fragment = text
	}
	if anchor, ok := r.anchor(name, fragment); ok {
		return anchor
	}
	if _, ok := r.files[name]; !ok {
		r.errs = append(r.errs, fmt.Errorf("%s: <%s> names %q, which is no file of the site", cmp.Or(r.page.Doc.Path, r.page.URL), tag, address))
		return address
	}
	return r.data(name)
}

// local returns the file of the site that an address on the page names, without
// its fragment.
func (r *rewriter) local(address string) (name string, ok bool) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "" || u.Host != "" || address == "" {
		return "", false
	}
	return strings.TrimPrefix((&url.URL{Path: "/" + r.page.URL}).ResolveReference(u).Path, "/"), true
}

// anchor returns the address in the file of a page or of a fragment of it.
func (m *maker) anchor(address, fragment string) (string, bool) {
	p := m.pages[address]
	if p != nil && p.Target != nil {
		p = m.pages[p.Target.URL]
	}
	if p == nil {
		return "", false
	}
	id := m.id(p, fragment)
	switch part, ok := m.site.Whole.Anchor(p.Ref, fragment); {
	case ok && p.Kind == kind.Section:
		id = part
	case p.Kind == kind.Section: // an anchor that its layout makes, which is not in the file
		id, _ = m.site.Whole.Anchor(p.Ref, "")
	case shownByFrame(p):
		id = cmp.Or(fragment, "site-whole")
	}
	return "#" + (&url.URL{Fragment: id}).EscapedFragment(), true
}

// value returns the value of an attribute, "" if there is none.
func value(t html.Token, key string) string {
	for _, a := range t.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
