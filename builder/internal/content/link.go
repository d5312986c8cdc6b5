package content

import (
	"fmt"
	"html"
	"net/url"
	"strings"

	"github.com/yuin/goldmark/ast"
	xast "github.com/yuin/goldmark/extension/ast"
	ghtml "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"

	"analysis/builder/internal/text"
)

// readLink parses the address of a link inside the site. For an address outside the
// site, which is rendered unchanged, it returns nil and true. For an address that is
// not allowed, it reports an error and returns nil and false.
func (w *writer) readLink(n ast.Node, form LinkForm, dest string) (l *Link, outside bool) {
	scheme, rest, found := strings.Cut(dest, ":")
	scheme = strings.ToLower(scheme)
	absolute := found && !strings.ContainsAny(scheme, "/?#.")
	web := absolute && (scheme == "http" || scheme == "https") && strings.HasPrefix(rest, "//")
	switch {
	case web && form == Wiki:
		w.errorf(n, fmt.Sprintf("write [text](%s)", dest), "a link in double brackets names a page, not %q", dest)
		return nil, false
	case web && form == Image:
		w.errorf(n, "put the picture beside the page", "the picture %q stands on another site", dest)
		return nil, true
	case web, absolute && scheme == "mailto" && form == Relative:
		return nil, true
	case absolute:
		w.errorf(n, "links may begin with https:, http: or mailto:", "the scheme of %q is not allowed", dest)
		return nil, false
	case strings.HasPrefix(dest, "//"):
		w.errorf(n, "begin the link with https://", "the link %q names no scheme", dest)
		return nil, false
	}
	target, fragment, _ := strings.Cut(dest, "#")
	query := ""
	if form != Wiki {
		if i := strings.IndexByte(target, '?'); i >= 0 {
			target, query = target[:i], target[i:]
		}
		target, fragment = unescape(target), unescape(fragment)
	}
	if target == "" && fragment == "" {
		w.errorf(n, "say where it leads", "this link leads nowhere")
	}
	pos := w.positionOf(n)
	return &Link{Form: form, Target: target, Query: query, Fragment: fragment, Line: pos.Line, Column: pos.Column}, false
}

func unescape(s string) string {
	if u, err := url.PathUnescape(s); err == nil {
		return u
	}
	return s
}

// addHole adds a hole here for the last link in the Document.
func (w *writer) addHole(kind HoleKind) {
	w.doc.Holes = append(w.doc.Holes, Hole{At: w.Len(), Link: len(w.doc.Links) - 1, Kind: kind})
}

// printAddress writes the value of href or src: a hole for a link inside the site,
// or the address of a link outside it. It reports whether the link is inside, and
// then adds it to the Document.
func (w *writer) printAddress(n ast.Node, form LinkForm, dest, address string) (inside bool) {
	l, outside := w.readLink(n, form, dest)
	if l != nil {
		w.doc.Links = append(w.doc.Links, *l)
		w.addHole(HoleHref)
	} else if outside {
		w.escape(address)
		pos := w.positionOf(n)
		w.doc.Outside = append(w.doc.Outside, Link{Form: form, Target: dest, Line: pos.Line, Column: pos.Column})
	}
	return l != nil
}

// beginLabel records that the label of the last link begins here, if the link is
// inside the site.
func (w *writer) beginLabel(inside bool) {
	if inside {
		w.doc.Links[len(w.doc.Links)-1].At = w.Len()
	}
}

func renderLink(w *writer, node ast.Node, entering bool) {
	n := node.(*ast.Link)
	w.suspendAutolink(entering)
	if !entering {
		w.print("</a>")
		return
	}
	if contains(n, kindWikilink, ast.KindAutoLink, xast.KindFootnoteLink) { // invalid in HTML
		w.errorf(n, "put the inner link or footnote behind the outer link", "this link has another inside it")
	}
	w.print(`<a href="`)
	inside := w.printAddress(n, Relative, destination(n.Destination), string(util.URLEscape(n.Destination, true)))
	w.print(`"`)
	if len(n.Title) > 0 {
		w.print(` title="`)
		ghtml.DefaultWriter.Write(w, n.Title)
		w.print(`"`)
	}
	if !inside && bareAddress(plain(n, w.src)) == bareAddress(destination(n.Destination)) {
		w.print(` class="bare"`)
	}
	w.print(">")
	w.beginLabel(inside)
}

// bareAddress is an address as people write it. A link of the class bare has it for its text, so that paper shows it
// once.
func bareAddress(s string) string {
	_, rest, found := strings.Cut(s, "://")
	if !found {
		rest = s
	}
	return strings.TrimSuffix(strings.TrimPrefix(rest, "www."), "/")
}

// destination returns a link's address as a browser would see it, for checks.
func destination(raw []byte) string { return strings.TrimSpace(string(unescapeMarkdown(raw))) }

// unescapeMarkdown returns a text with its escapes and entities resolved.
func unescapeMarkdown(raw []byte) []byte {
	return util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(raw)))
}

func renderAutoLink(w *writer, node ast.Node) {
	n := node.(*ast.AutoLink)
	dest := string(n.URL(w.src))
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(dest), "mailto:") {
		dest = "mailto:" + dest
	}
	w.print(`<a href="`)
	inside := w.printAddress(n, Relative, dest, string(util.URLEscape([]byte(dest), false)))
	w.print(`" class="bare">`)
	w.beginLabel(inside)
	w.escape(string(n.Label(w.src)))
	w.print("</a>")
}

func renderImage(w *writer, node ast.Node) {
	n := node.(*ast.Image)
	w.print(`<img src="`)
	w.beginLabel(w.printAddress(n, Image, destination(n.Destination), ""))
	alt := text.Typographic(plain(n, w.src))
	if alt == "" {
		w.warn(n.Pos(), "say in the brackets what it shows: ![a map of the frontier](map.png)", "this picture has no description")
	}
	w.print(`" alt="`, html.EscapeString(alt), `" loading="lazy">`)
}
