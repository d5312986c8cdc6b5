package content

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/yuin/goldmark/ast"
	xast "github.com/yuin/goldmark/extension/ast"
	ghtml "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/text"
)

// link notes a link inside the site, or reports why it cannot be one. It
// returns false for an address outside of the site, which is written as it is.
func (w *writer) link(n ast.Node, form LinkForm, dest string) (inside bool) {
	scheme, rest, found := strings.Cut(dest, ":")
	pos := w.positionOf(n)
	switch {
	case found && !strings.ContainsAny(scheme, "/?#."):
		switch scheme = strings.ToLower(scheme); {
		case scheme == "mailto" && form == Relative:
			return false
		case (scheme == "http" || scheme == "https") && strings.HasPrefix(rest, "//"):
			if form == Wiki {
				w.errorf(n, fmt.Sprintf("write [text](%s)", dest), "a link in double brackets names a page, not %q", dest)
				return true
			}
			if form == Image {
				w.errorf(n, "put the picture beside the page", "the picture %q stands on another site", dest)
			}
			return false
		}
		w.errorf(n, "links may begin with https:, http: or mailto:", "the scheme of %q is not allowed", dest)
		return true
	case strings.HasPrefix(dest, "/"):
		w.errorf(n, "link to the file, as seen from this one: ../actors/name.md", "the link %q begins with a slash", dest)
		return true
	}
	target, fragment, _ := strings.Cut(dest, "#")
	if form != Wiki {
		target, fragment = unescape(target), unescape(fragment)
	}
	if target == "" && fragment == "" {
		w.errorf(n, "say where it leads", "this link leads nowhere")
	}
	w.doc.Links = append(w.doc.Links, Link{Form: form, Target: target, Fragment: fragment, Line: pos.Line, Column: pos.Column})
	return true
}

func unescape(s string) string {
	if u, err := url.PathUnescape(s); err == nil {
		return u
	}
	return s
}

// hole leaves a hole for the last link that was noted.
func (w *writer) hole(kind HoleKind) {
	w.doc.Holes = append(w.doc.Holes, Hole{At: len(w.html), Link: len(w.doc.Links) - 1, Kind: kind})
}

// printAddress writes the value of href or src: a hole for a link inside the
// site, and else an address outside of it. It reports whether a link was noted.
func (w *writer) printAddress(n ast.Node, form LinkForm, dest, outside string) (noted bool) {
	before := len(w.doc.Links)
	inside := w.link(n, form, dest)
	noted = len(w.doc.Links) > before
	if noted {
		w.hole(HoleHref)
	} else if !inside {
		w.escape(outside)
	}
	return noted
}

// beginLabel notes that the label of the last link begins here, if it was noted.
func (w *writer) beginLabel(noted bool) {
	if noted {
		w.doc.Links[len(w.doc.Links)-1].At = len(w.html)
	}
}

func renderLink(w *writer, node ast.Node, entering bool) ast.WalkStatus {
	n := node.(*ast.Link)
	w.quieten(entering)
	if !entering {
		w.print("</a>")
		return ast.WalkContinue
	}
	w.checkNested(n)
	w.print(`<a href="`)
	noted := w.printAddress(n, Relative, destination(n.Destination), string(util.URLEscape(n.Destination, true)))
	w.print(`"`)
	if len(n.Title) > 0 {
		w.print(` title="`)
		ghtml.DefaultWriter.Write(w, n.Title)
		w.print(`"`)
	}
	w.print(">")
	w.beginLabel(noted)
	return ast.WalkContinue
}

// checkNested reports a link that has another inside it, which HTML does not
// allow.
func (w *writer) checkNested(n *ast.Link) {
	below(n, func(inner ast.Node) bool {
		switch inner.(type) {
		case *wikilink, *ast.AutoLink, *xast.FootnoteLink:
			w.errorf(n, "put the inner link or footnote behind the outer link", "this link has another inside it")
			return false
		}
		return true
	})
}

// destination is a link's address as a browser would see it, which is what must
// be checked.
func destination(raw []byte) string { return strings.TrimSpace(string(resolved(raw))) }

// resolved is a text without escapes and entities.
func resolved(raw []byte) []byte {
	return util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(raw)))
}

func renderAutoLink(w *writer, node ast.Node, entering bool) ast.WalkStatus {
	n := node.(*ast.AutoLink)
	if !entering {
		return ast.WalkContinue
	}
	dest := string(n.URL(w.src))
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(dest), "mailto:") {
		dest = "mailto:" + dest
	}
	w.print(`<a href="`)
	noted := w.printAddress(n, Relative, dest, string(util.URLEscape([]byte(dest), false)))
	w.print(`">`)
	w.beginLabel(noted)
	w.escape(string(n.Label(w.src)))
	w.print("</a>")
	return ast.WalkSkipChildren
}

func renderImage(w *writer, node ast.Node, entering bool) ast.WalkStatus {
	n := node.(*ast.Image)
	if !entering {
		return ast.WalkContinue
	}
	w.print(`<img src="`)
	w.beginLabel(w.printAddress(n, Image, destination(n.Destination), ""))
	alt := text.Typographic(plain(n, w.src))
	if alt == "" {
		w.doc.report(diag.Warningf(w.positionOf(n), "this picture has no description").
			WithHint("say in the brackets what it shows: ![a map of the frontier](map.png)"))
	}
	w.print(`"`)
	w.printAttribute("alt", alt)
	w.print(` loading="lazy">`)
	return ast.WalkSkipChildren
}
