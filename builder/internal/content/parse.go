package content

import (
	"bytes"
	"fmt"
	"html"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	xast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	gtext "github.com/yuin/goldmark/text"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/kind"
	"analysis/builder/internal/text"
)

// Parse reads one file. name is its path below the content folder.
func (p *Parser) Parse(name string, src []byte) *Document {
	d := &Document{Path: name, Kind: kind.Of(name)}
	src = bytes.TrimPrefix(src, []byte("\ufeff"))
	if bytes.IndexByte(src, '\r') >= 0 {
		src = bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n"))
		src = bytes.ReplaceAll(src, []byte("\r"), []byte("\n"))
	}
	if at := invalidUTF8(src); at >= 0 {
		d.report(diag.Errorf(place(name, src, at), "this is not UTF-8 text").WithHint("save the file in UTF-8"))
		src = bytes.ToValidUTF8(src, []byte("\ufffd"))
	}
	d.src = src
	p.parseBody(d, src, p.parseFront(d, src))
	if d.Front.Title == "" && !slices.ContainsFunc(d.Diagnostics, func(e diag.Diagnostic) bool { return e.Severity == diag.Error }) {
		d.report(diag.Errorf(diag.Position{File: name, Line: 1, Column: 1}, "this page has no title").
			WithHint("begin the file with front matter: a line ---, a line `title: …`, a line ---"))
	}
	return d
}

// parseBody fills what a Document has of its text, which begins at an offset of
// the file.
func (p *Parser) parseBody(d *Document, src []byte, from int) {
	body := src[from:]
	context := parser.NewContext()
	expectSpans(context, body)
	root := p.dialectFor(body).Parse(gtext.NewReader(body), parser.WithContext(context))

	w := p.writers.Get().(*writer)
	defer p.writers.Put(w)
	w.begin(d, src, from)
	w.prepare(root)
	w.checkSpans(spansIn(context))
	w.write(root)
	w.finish()
}

func invalidUTF8(src []byte) int {
	if utf8.Valid(src) {
		return -1
	}
	at := 0
	for at < len(src) {
		r, size := utf8.DecodeRune(src[at:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		at += size
	}
	return at
}

func (d *Document) report(found ...diag.Diagnostic) {
	d.Diagnostics = append(d.Diagnostics, found...)
}

// parseFront fills d.Front and returns the offset at which the body begins.
func (p *Parser) parseFront(d *Document, src []byte) int {
	front, body, found := p.fronts.Parse(d.Path, d.Kind, src)
	d.Front = front
	d.report(found...)
	for _, p := range d.Front.Passages {
		d.Anchors = append(d.Anchors, p.Anchor())
	}
	return body
}

// writer receives the HTML of one body and notes in the Document what stands
// where. It is goldmark's util.BufWriter. It is used for one body after the
// other, so that its buffers are made once; a Document gets copies of its own.
type writer struct {
	writes  []writeFunc // by kind of node
	doc     *Document
	src     []byte // the body
	body    int    // where it begins in the file
	lines   lines
	buf     []byte
	opened  []marks // where the claims that are open began, one unless they are nested by mistake
	quiet   int     // how many headings, links and quotations are open: no names are linked there
	level   int     // of the last heading
	heading bool    // inside one
	notes   bool    // whether the body may hold marks of footnotes
	texts   []Run   // of every text, the quiet too, if there may be such marks

	headings []*ast.Heading // of the body
	claims   []*callout
	used     map[string]bool // the ids that are taken

	spare spare
}

// spare are the slices in which the parts of a Document are gathered.
type spare struct {
	holes   []Hole
	runs    []Run
	links   []Link
	outline []Heading
	anchors []string
}

// begin makes the writer ready for the body of a file.
func (w *writer) begin(d *Document, src []byte, body int) {
	clear(w.used)
	*w = writer{
		writes: w.writes, doc: d, src: src[body:], body: body, lines: lines{d.Path, src, w.lines.starts[:0]}, level: 1,
		buf: w.buf[:0], opened: w.opened[:0], texts: w.texts[:0], headings: w.headings[:0], claims: w.claims[:0], used: w.used, spare: w.spare,
	}
	w.lines.find()
	w.notes = bytes.Contains(w.src, []byte("[^"))
	s := &w.spare
	d.Holes, d.Runs, d.Links, d.Headings = s.holes[:0], s.runs[:0], s.links[:0], s.outline[:0]
	d.Anchors = append(s.anchors[:0], d.Anchors...)
}

// finish gives the Document copies of what was gathered.
func (w *writer) finish() {
	d := w.doc
	d.HTML = exactly(w.buf)
	d.Words = text.CountWords(d.HTML)
	w.checkNotes()
	w.spare = spare{d.Holes, d.Runs, d.Links, d.Headings, d.Anchors}
	d.Holes, d.Runs, d.Links, d.Headings, d.Anchors = exactly(d.Holes), exactly(d.Runs), exactly(d.Links), exactly(d.Headings), exactly(d.Anchors)
}

// exactly copies a list into as little memory as it needs.
func exactly[T any](list []T) []T {
	if len(list) == 0 {
		return nil
	}
	made := make([]T, len(list))
	copy(made, list)
	return made
}

func (w *writer) Write(p []byte) (int, error)       { w.buf = append(w.buf, p...); return len(p), nil }
func (w *writer) WriteString(s string) (int, error) { w.buf = append(w.buf, s...); return len(s), nil }
func (w *writer) WriteByte(c byte) error            { w.buf = append(w.buf, c); return nil }
func (w *writer) WriteRune(r rune) (int, error) {
	w.buf = utf8.AppendRune(w.buf, r)
	return utf8.RuneLen(r), nil
}
func (w *writer) Available() int { return 0 }
func (w *writer) Buffered() int  { return len(w.buf) }
func (w *writer) Flush() error   { return nil }

func (w *writer) at(n ast.Node) diag.Position { return w.lines.at(w.body + max(n.Pos(), 0)) }

func (w *writer) errorf(n ast.Node, hint, format string, args ...any) {
	d := diag.Errorf(w.at(n), format, args...)
	d.Hint = hint
	w.doc.report(d)
}

// prepare takes the title out of the body and gives every heading an id.
func (w *writer) prepare(root ast.Node) {
	if h, ok := root.FirstChild().(*ast.Heading); ok && h.Level == 1 {
		if w.doc.Front.Title == "" {
			w.doc.Front.Title = text.Typographic(plain(h, w.src))
		}
		w.plainTitle(h)
		root.RemoveChild(root, h)
	}
	w.collect(root)
	for _, id := range w.doc.Anchors {
		w.used[id] = true
	}
	for _, n := range w.claims {
		w.identifyClaim(n)
	}
	for _, h := range w.headings {
		w.identify(h)
	}
}

// collect notes the headings, claims and footnotes of the body.
func (w *writer) collect(parent ast.Node) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Text:
			continue
		case *ast.Heading:
			w.headings = append(w.headings, n)
		case *callout:
			if isClaim(n.kind()) {
				w.claims = append(w.claims, n)
			}
		default:
			if id := footnoteAnchor(n); id != "" {
				w.doc.Anchors = append(w.doc.Anchors, id)
			}
		}
		if w.notes || n.Type() == ast.TypeBlock {
			w.collect(n)
		}
	}
}

// below calls visit for all that stands below a node, in order, until it returns
// false.
func below(parent ast.Node, visit func(ast.Node) bool) bool {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		if !visit(n) || !below(n, visit) {
			return false
		}
	}
	return true
}

// plainTitle reports what a title in the body cannot keep.
func (w *writer) plainTitle(h ast.Node) {
	below(h, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.Link, *ast.Image, *wikilink, *xast.FootnoteLink:
			w.errorf(h, "put it into the text below", "a title cannot hold a link, a picture or a footnote")
			return false
		}
		return true
	})
}

func (w *writer) identify(h *ast.Heading) {
	if h.Level == 1 {
		w.errorf(h, "write ## for a heading; only the title, above all else, may have #", "a heading of level one below the title")
	}
	if v, ok := h.AttributeString("id"); ok && len(textOf(v)) > 0 {
		id := string(textOf(v))
		if strings.ContainsFunc(id, unicode.IsSpace) {
			w.errorf(h, fmt.Sprintf("write {#%s}", text.Slug(id)), "the id %q has a space in it", id)
		}
		if w.used[id] {
			w.errorf(h, "give each heading an id of its own", "the id %q stands on this page twice", id)
		}
		w.used[id] = true
		return
	}
	base := text.Slug(plain(h, w.src))
	if base == "" {
		base = "section"
	}
	id := base
	for n := 2; w.used[id]; n++ {
		id = base + "-" + strconv.Itoa(n)
	}
	w.used[id] = true
	h.SetAttributeString("id", []byte(id))
}

// textOf is an attribute's value if it is text; goldmark also makes numbers and
// lists of what an author writes.
func textOf(v any) []byte {
	text, _ := v.([]byte)
	return text
}

var footnoteMark = regexp.MustCompile(`\[\^([^\]\s]+)\]`)

// checkNotes reports footnote marks that were left as text.
func (w *writer) checkNotes() {
	for _, text := range w.texts {
		if !bytes.Contains(w.buf[text.Start:text.End], []byte("[^")) {
			continue
		}
		at := text.From - w.body
		for _, mark := range footnoteMark.FindAllStringSubmatch(html.UnescapeString(string(w.buf[text.Start:text.End])), -1) {
			i := bytes.Index(w.src[at:], []byte(mark[0]))
			if i < 0 || at+i > 0 && w.src[at+i-1] == '\\' {
				continue // spelt with an entity or an escape: meant as text
			}
			at += i
			pos := w.lines.at(w.body + at)
			at += len(mark[0])
			w.doc.report(diag.Errorf(pos, "no footnote %q", mark[1]).
				WithHint("write it at the end of the file: %s: text", mark[0]))
		}
	}
}

// link notes a link inside the site, or reports why it cannot be one. It
// returns false for an address that leaves the site and is to be written as it
// stands.
func (w *writer) link(n ast.Node, form LinkForm, dest string) (inside bool) {
	scheme, rest, found := strings.Cut(dest, ":")
	pos := w.at(n)
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

// hole leaves a hole of a kind for the link noted last.
func (w *writer) hole(kind HoleKind) {
	w.doc.Holes = append(w.doc.Holes, Hole{At: len(w.buf), Link: len(w.doc.Links) - 1, Kind: kind})
}

// wrote notes that what was appended from start on is text in which names may be
// linked, and where in the body it stands.
func (w *writer) wrote(start, from int) {
	run := Run{start, len(w.buf), w.body + from}
	if w.notes {
		w.texts = extend(w.texts, run)
	}
	if w.quiet == 0 && run.End > start {
		w.doc.Runs = extend(w.doc.Runs, run)
	}
}

// extend adds a run to a list, or to the last run of it if that ends where it
// begins.
func extend(list []Run, run Run) []Run {
	if i := len(list) - 1; i >= 0 && list[i].End == run.Start {
		list[i].End = run.End
		return list
	}
	return append(list, run)
}

// plain is the text of a node without its markup.
func plain(n ast.Node, src []byte) string {
	if only, ok := n.FirstChild().(*ast.Text); ok && n.ChildCount() == 1 && !only.SoftLineBreak() && !only.HardLineBreak() {
		return string(only.Value(src))
	}
	var b strings.Builder
	add := func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Text:
			b.Write(n.Value(src))
			if n.SoftLineBreak() || n.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.AutoLink:
			b.Write(n.Label(src))
		case *ast.RawHTML:
			b.Write(n.Segments.Value(src))
		case *ast.String:
			b.Write(n.Value)
		case *wikilink:
			b.WriteString(n.shown())
		}
		return true
	}
	add(n)
	below(n, add)
	return b.String()
}
