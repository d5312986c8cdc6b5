package site

import (
	"html"
	"net/url"
	"path"
	"strings"

	"analysis/builder/internal/kind"
	"analysis/builder/internal/text"
)

// Canonical is the page's full address, or "" without a base URL.
func (p *Page) Canonical() string {
	if p.Config.BaseURL == "" {
		return ""
	}
	return p.Config.BaseURL + escapePath(p.Permalink())
}

// Permalink is the page's address below the base URL: that of its folder,
// however links to it are written. The single-file edition has that of the home
// page.
func (r *Ref) Permalink() string {
	if r.Kind == KindSingle {
		return ""
	}
	if dir, name := path.Split(r.URL); name == "index.html" {
		return dir
	}
	return r.URL
}

// Root leads from the page to the site's root: "../../". The page for missing
// addresses is shown at any depth, so its root is absolute.
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

// Address joins the way to the site's root with an address below it.
func Address(root, u string) string {
	s := root + escapePath(u)
	if first, _, _ := strings.Cut(s, "/"); s == "" || strings.Contains(first, ":") {
		return "./" + s // nothing, or a name that would be read as a scheme
	}
	return s
}

func escapePath(s string) string { return (&url.URL{Path: s}).EscapedPath() }

// href returns what is in the href of a link on the page.
func (p *Page) href(t target) string {
	path := ""
	switch {
	case t.Ref == nil:
		path = Address(p.Root(), t.File)
	case t.Ref != p.Ref || t.Fragment == "":
		path = p.Href(t.Ref)
	}
	return t.attribute(path, t.Fragment)
}

// attribute returns an address as it is in an href, and behind it, since the
// kind of a claim shows at every mention, that.
func (t target) attribute(path, id string) string {
	s := html.EscapeString(path + fragment(id))
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

// address is what links to the page of a folder are written from: the one place
// that knows of portable sites.
func address(folder string, portable bool) string {
	if portable && (folder == "" || strings.HasSuffix(folder, "/")) {
		return folder + "index.html"
	}
	return folder
}

// validName reports whether the name of a file or folder makes a good address.
func validName(s string) bool {
	for _, r := range s {
		if !text.IsWord(r) && r != '-' && r != '_' && r != '.' {
			return false
		}
	}
	return s != "" && s[0] != '.'
}
