package site

import (
	"cmp"
	"html"
	"net/url"
	"path"
	"strings"

	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/kind"
	"analysis/builder/internal/text"
)

// Canonical is the page's full address, or "" without a base URL. That of a card is the
// address of its claim.
func (p *Page) Canonical() string {
	r := p.Ref
	if p.Kind == KindCard {
		r = p.Claim.Ref
	}
	if p.Config.BaseURL == "" {
		return ""
	}
	return p.Config.BaseURL + escapePath(r.Permalink())
}

// CardAddress is the address of the card of a claim as seen from the claim's page, or "" if it
// has none.
func (p *Page) CardAddress() string {
	if p.Kind != kind.Claim || !p.Menu.Cards {
		return ""
	}
	_, file := path.Split(p.URL) // none, or index.html on a portable site
	return "card/" + file
}

// Fill fills an address of site.yaml with what is known of the page, see
// frontmatter.Template. Without a base URL, {url} is relative to the site's root.
func (p *Page) Fill(t frontmatter.Template) string {
	values := map[string]string{"id": p.ID, "title": p.Title, "url": cmp.Or(p.Canonical(), p.Permalink(), "./"), "path": p.Doc.Path}
	if p.Claim != nil {
		values["version"] = p.Claim.Version()
	}
	return t.Fill(values)
}

// Permalink is the page's address relative to the base URL. It never ends in
// index.html, not even on a portable site. The single-file edition has the
// permalink of the home page.
func (r *Ref) Permalink() string {
	if r.Kind == KindSingle {
		return ""
	}
	if dir, name := path.Split(r.URL); name == "index.html" {
		return dir
	}
	return r.URL
}

// Root is the relative address of the site's root as seen from the page: "../../".
// The 404 page is served at any depth, so its root is absolute.
func (p *Page) Root() string {
	if p.Kind == KindNotFound {
		if u, err := url.Parse(p.Config.BaseURL); err == nil && p.Config.BaseURL != "" {
			return u.EscapedPath()
		}
		return "/"
	}
	return strings.Repeat("../", strings.Count(p.URL, "/"))
}

// Href is the relative address of r as seen from the page.
func (p *Page) Href(r *Ref) string { return Address(p.Root(), r.URL) }

// Address joins the address of the site's root and an address relative to it.
func Address(root, u string) string {
	s := root + escapePath(u)
	if first, _, _ := strings.Cut(s, "/"); s == "" || strings.Contains(first, ":") {
		return "./" + s // an empty address, or one whose first name looks like a scheme
	}
	return s
}

func escapePath(s string) string { return (&url.URL{Path: s}).EscapedPath() }

// href returns the value of the href attribute of a link on the page.
func (p *Page) href(t target) string {
	path := ""
	switch {
	case t.Ref == nil:
		path = Address(p.Root(), t.File)
	case t.Ref != p.Ref || t.Fragment == "" || t.Query != "":
		path = p.Href(t.Ref)
	}
	return t.attribute(path, t.Fragment)
}

// attribute returns the value of an href. For a link to a claim a class attribute
// follows, because every link shows the kind of its claim.
func (t target) attribute(path, id string) string {
	s := html.EscapeString(path + t.Query + fragment(id))
	if t.Ref != nil && t.Ref.Kind == kind.Claim {
		s += `" class="claim-link ` + t.Ref.Type
	}
	return s
}

func fragment(id string) string {
	if id == "" {
		return ""
	}
	return "#" + (&url.URL{Fragment: id}).EscapedFragment()
}

// address returns the URL of a folder's page. No other function depends on
// whether the site is portable.
func address(folder string, portable bool) string {
	if portable && (folder == "" || strings.HasSuffix(folder, "/")) {
		return folder + "index.html"
	}
	return folder
}

// ValidName reports whether the name of a file or folder can be part of an address.
func ValidName(s string) bool {
	for _, r := range s {
		if !text.IsWord(r) && r != '-' && r != '_' && r != '.' {
			return false
		}
	}
	return s != "" && s[0] != '.'
}
