package site

import (
	"html"
	"net/url"
	"path"
	"strings"
	"unicode/utf8"

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
// however links to it are written. The single-file edition stands for the home
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
	n := len("../") * strings.Count(p.URL, "/")
	if n > len(up) {
		return strings.Repeat("../", n/len("../"))
	}
	return up[:n]
}

// up leads from a page of usual depth to the site's root.
const up = "../../../../../../../../"

// Href is the relative address of r as seen from the page.
func (p *Page) Href(r *Ref) string { return Address(p.Root(), r.URL) }

// Address joins the way to the site's root with an address below it.
func Address(root, u string) string {
	s := root + escapePath(u)
	if isPlain(s) {
		return s
	}
	if first, _, _ := strings.Cut(s, "/"); s == "" || strings.Contains(first, ":") {
		return "./" + s // nothing, or a name that would be read as a scheme
	}
	return s
}

func escapePath(s string) string {
	if isPlain(s) {
		return s
	}
	return (&url.URL{Path: s}).EscapedPath()
}

// isPlain reports whether an address stands for itself wherever it is written,
// in a URL and in HTML. Those of nearly all pages do.
func isPlain(s string) bool {
	for i := range len(s) {
		if c := s[i]; !(c < utf8.RuneSelf && text.IsWord(rune(c))) && c != '/' && c != '-' && c != '.' && c != '_' {
			return false
		}
	}
	return s != ""
}

// address appends what stands in the href of a link.
func (p *Page) address(b []byte, t target) []byte {
	switch {
	case t.Ref == p.Ref && t.Fragment != "":
	case t.Ref == nil:
		b = appendEscaped(b, Address(p.Root(), t.File))
	case isPlain(t.Ref.URL):
		b = appendEscaped(b, p.Root())
		b = append(b, t.Ref.URL...)
	default:
		b = appendEscaped(b, p.Href(t.Ref))
	}
	return t.attribute(b, t.Fragment)
}

// attribute appends what is behind the path of a link: the fragment and, since
// the kind of a claim shows at every mention, that.
func (t target) attribute(b []byte, id string) []byte {
	if id != "" {
		b = appendEscaped(b, fragment(id))
	}
	if t.Ref != nil && t.Ref.Kind == kind.Claim {
		b = append(b, `" class="claim-link `...)
		b = append(b, t.Ref.Type...)
	}
	return b
}

func appendEscaped(b []byte, s string) []byte {
	if isPlain(s) {
		return append(b, s...)
	}
	return append(b, html.EscapeString(s)...)
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
