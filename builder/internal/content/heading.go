package content

import (
	"bytes"
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	xast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	gtext "github.com/yuin/goldmark/text"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/text"
)

// headingParser supports a span at the end of a heading. goldmark reads braces at
// the end of the line as attributes of the heading, which is right only if they
// contain an id or do not follow the bracket of a span.
type headingParser struct {
	parser.BlockParser
}

var braces = regexp.MustCompile(`^\{[^{}\n]*\}`)

// Close turns the heading's attributes back into text if they belong to a span: if
// the braces follow a bracket that is neither escaped nor the end of a wikilink.
func (p headingParser) Close(n ast.Node, reader gtext.Reader, pc parser.Context) {
	p.BlockParser.Close(n, reader, pc)
	src, last := reader.Source(), n.Lines().Len()-1
	if _, own := n.AttributeString("id"); own || last < 0 || len(n.Attributes()) == 0 {
		return
	}
	line := n.Lines().At(last)
	text := src[line.Start:line.Stop]
	if bytes.HasSuffix(text, []byte("]")) && !bytes.HasSuffix(text, []byte("]]")) && !bytes.HasSuffix(text, []byte(`\]`)) {
		if length := len(braces.Find(src[line.Stop:])); length > 0 {
			n.RemoveAttributes()
			line.Stop += length
			n.Lines().Set(last, line)
		}
	}
}

// hasOnly reports whether a block has nothing but inlines of some kinds.
func (w *writer) hasOnly(block ast.Node, kinds ...ast.NodeKind) bool {
	for n := block.FirstChild(); n != nil; n = n.NextSibling() {
		if t, ok := n.(*ast.Text); !slices.Contains(kinds, n.Kind()) && (!ok || len(bytes.TrimSpace(t.Value(w.src))) > 0) {
			return false
		}
	}
	return block.HasChildren()
}

// inPicture reports whether an inline is in the description of a picture, which is text alone.
// What is nested is bounded (see limits).
func inPicture(n ast.Node) bool {
	for p := n.Parent(); p != nil && p.Type() == ast.TypeInline; p = p.Parent() {
		if p.Kind() == ast.KindImage {
			return true
		}
	}
	return false
}

// isHTML reports whether a block has nothing but HTML.
func (w *writer) isHTML(n ast.Node) bool {
	return n.Kind() == ast.KindHTMLBlock || n.Kind() == ast.KindParagraph && w.hasOnly(n, ast.KindRawHTML, kindAnchor)
}

// identifyAll removes the title from the body and gives every claim and heading an
// id. Claims come first, because their ids must never change.
func (w *writer) identifyAll(root ast.Node) {
	hosts := map[string]int{}
	first := root.FirstChild()
	for first != nil && w.isHTML(first) { // such as <a id="x"></a>
		first = first.NextSibling()
	}
	if h, ok := first.(*ast.Heading); ok && (h.Level == 1 || w.doc.Front.Title == "") {
		w.readTitle(h, hosts)
	}
	for _, id := range slices.Concat(w.doc.Anchors, w.footnoteAnchors(root)) {
		w.used[id] = 1
	}
	var headings []*ast.Heading
	var anchors []*anchorNode
	for n := range all(root) {
		switch n := n.(type) {
		case *ast.Heading:
			headings = append(headings, n)
		case *anchorNode:
			if inPicture(n) {
				w.warn(n.Pos(), "write <a id=…> before the picture", "no link leads into the description of a picture")
			} else {
				anchors = append(anchors, n)
			}
		case *callout:
			if isClaim(n.kind()) {
				w.identifyClaim(n)
			}
		}
	}
	for _, h := range headings {
		if h.Level == 1 {
			w.errorf(h, "write ## for a heading; only the title, above all else, may have #", "a heading of level one below the title")
		}
		w.takeID(h, attributeOf(h, "id"))
	}
	for _, n := range anchors {
		w.takeID(n, n.id)
		w.doc.Anchors = append(w.doc.Anchors, n.id)
	}
	for _, h := range headings {
		heading := plain(h, w.src)
		if id := attributeOf(h, "id"); id != "" {
			heading += " {#" + id + "}" // a host shows it
		} else {
			w.identifyHeading(h)
		}
		h.SetAttributeString("host", []byte(hostID(hosts, heading)))
	}
}

// footnoteAnchors returns the ids that goldmark gives to footnotes and footnote marks
// in a tree.
func (w *writer) footnoteAnchors(root ast.Node) (ids []string) {
	if !bytes.Contains(w.src, []byte("[^")) {
		return nil
	}
	for n := range all(root) {
		switch n := n.(type) {
		case *xast.FootnoteLink:
			mark := "fnref"
			if n.RefIndex > 0 {
				mark += strconv.Itoa(n.RefIndex)
			}
			ids = append(ids, mark+":"+strconv.Itoa(n.Index))
		case *xast.Footnote:
			ids = append(ids, "fn:"+strconv.Itoa(n.Index))
		}
	}
	return ids
}

// hostID returns the id that Git hosts give a heading. Of equal ones, they number all
// but the first.
func hostID(numbers map[string]int, heading string) string {
	id := text.HostSlug(heading)
	n := numbers[id]
	if numbers[id]++; n > 0 {
		id += "-" + strconv.Itoa(n)
	}
	return id
}

// readTitle takes the page's title from its first heading. A heading that differs from
// the title in the front matter stays in the text.
func (w *writer) readTitle(h *ast.Heading, hosts map[string]int) {
	title, front := text.Typographic(plain(h, w.src)), &w.doc.Front.Title
	switch {
	case h.Level > 1:
		*front = title
		w.doc.report(diag.Warningf(w.doc.first(), "this page has no title, and so has that of its first heading").WithHint("%s", w.doc.titleHint(w.from)))
		return
	case *front == "":
		*front = title
	case text.Fold(title) != text.Fold(*front):
		h.Level = 2
		w.warn(h.Pos(), "keep one of the two, or write ## for a heading of the text", "the page's title is %q, and this heading is another", *front)
		return
	}
	w.doc.TitleHostID = hostID(hosts, plain(h, w.src))
	w.checkTitle(h)
	h.Parent().RemoveChild(h.Parent(), h)
}

func (w *writer) checkTitle(h ast.Node) {
	if contains(h, ast.KindLink, ast.KindImage, kindWikilink, xast.KindFootnoteLink) {
		w.errorf(h, "put it into the text below", "a title cannot hold a link, a picture or a footnote")
	}
}

// takeID checks the id that the author gave a heading or an anchor, if any.
func (w *writer) takeID(h ast.Node, id string) {
	switch {
	case id == "":
		return
	case strings.ContainsFunc(id, unicode.IsSpace):
		w.errorf(h, fmt.Sprintf("write {#%s}", text.Slug(id)), "the id %q has a space in it", id)
	case isReserved(id):
		w.errorf(h, fmt.Sprintf("write {#%s}", unreserved(id)), "the id %q is one of those that layouts use", id)
	case w.used[id] > 0:
		w.errorf(h, "give each heading and anchor an id of its own", "the id %q stands on this page twice", id)
	}
	w.used[id] = max(1, w.used[id])
}

// identifyHeading makes the id of a heading from its text.
func (w *writer) identifyHeading(h *ast.Heading) {
	base := unreserved(cmp.Or(text.Slug(plain(h, w.src)), "section"))
	id := base
	for w.used[id] > 0 {
		w.used[base]++
		id = base + "-" + strconv.Itoa(w.used[base])
	}
	h.SetAttributeString("id", []byte(id))
	w.used[id] = 1
}

var version = regexp.MustCompile(`^v-[0-9a-f]{8}$`)

// isReserved reports whether an id may be one that a layout uses: it begins with "site-" or is
// that of a version of a claim.
func isReserved(id string) bool { return strings.HasPrefix(id, "site-") || version.MatchString(id) }

func unreserved(id string) string {
	if isReserved(id) {
		return "the-" + id
	}
	return id
}

// attributeOf returns an attribute of a node. It returns "" if the attribute is not
// text: goldmark also parses numbers and lists.
func attributeOf(n ast.Node, name string) string {
	v, _ := n.AttributeString(name)
	text, _ := v.([]byte)
	return string(text)
}

// renderHeading renders a heading with its id and adds it to Document.Headings.
func renderHeading(w *writer, node ast.Node, entering bool) {
	n := node.(*ast.Heading)
	w.suspendAutolink(entering)
	w.inHeading = entering
	level := strconv.Itoa(n.Level)
	if !entering {
		w.print("</h", level, ">\n")
		h := &w.doc.Headings[len(w.doc.Headings)-1]
		h.Text = text.PlainText(text.WithoutNotes(w.Bytes()[h.At:]))
		return
	}
	if n.Level > w.level+1 {
		w.warn(n.Pos(), "write it with "+strings.Repeat("#", w.level+1), "this heading jumps from level %d to level %d", w.level, n.Level)
	}
	w.level = n.Level
	id := attributeOf(n, "id")
	w.doc.Anchors = append(w.doc.Anchors, id)
	w.doc.Headings = append(w.doc.Headings, Heading{Level: n.Level, ID: id, HostID: attributeOf(n, "host"), At: w.Len(), Inside: n.Parent().Kind() != ast.KindDocument})
	w.print("<h", level)
	w.printAttribute("id", id)
	w.printAttribute("class", attributeOf(n, "class"))
	var l frontmatter.Language
	for _, key := range []string{"lang", "dir"} {
		if value := attributeOf(n, key); value != "" {
			w.setLanguage(&l, w.positionOf(n), key, value)
		}
	}
	w.printLanguage(l)
	w.print(">")
}
