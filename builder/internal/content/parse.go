package content

import (
	"bytes"
	"fmt"
	"html"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	xast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"analysis/builder/internal/diag"
)

// Parser parses Markdown files. It may be used by several goroutines at once.
type Parser struct {
	markdown goldmark.Markdown
}

// NewParser sets up the one dialect that the site is written in.
func NewParser() *Parser {
	quotes := map[extension.TypographicPunctuation]string{
		extension.LeftSingleQuote: "‘", extension.RightSingleQuote: "’",
		extension.LeftDoubleQuote: "“", extension.RightDoubleQuote: "”",
		extension.EnDash: "–", extension.EmDash: "—", extension.Ellipsis: "…",
		extension.LeftAngleQuote: "«", extension.RightAngleQuote: "»", extension.Apostrophe: "’",
	}
	return &Parser{goldmark.New(
		goldmark.WithExtensions(
			extension.GFM, extension.Footnote, extension.DefinitionList,
			extension.NewTypographer(extension.WithTypographicSubstitutions(quotes)),
		),
		goldmark.WithParserOptions(
			parser.WithBlockParsers(
				util.Prioritized(headingParser{parser.NewSetextHeadingParser(parser.WithHeadingAttribute())}, 90),
				util.Prioritized(headingParser{parser.NewATXHeadingParser(parser.WithHeadingAttribute())}, 590),
				util.Prioritized(calloutParser{parser.NewBlockquoteParser()}, 790),
			),
			parser.WithInlineParsers(util.Prioritized(wikilinkParser{}, 150), util.Prioritized(spanParser{}, 160)),
		),
		goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(nodes{}, 100))),
	)}
}

// Parse reads one file. name is its path below the content folder.
func (p *Parser) Parse(name string, src []byte) *Document {
	d := &Document{Path: name, Kind: KindOf(name)}
	src = bytes.TrimPrefix(src, []byte("\ufeff"))
	if bytes.IndexByte(src, '\r') >= 0 {
		src = bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n"))
		src = bytes.ReplaceAll(src, []byte("\r"), []byte("\n"))
	}
	lines := newLines(name, src)
	if at := invalidUTF8(src); at >= 0 {
		d.report(diag.Errorf(lines.at(at), "this is not UTF-8 text").WithHint("save the file in UTF-8"))
		src = bytes.ToValidUTF8(src, []byte("\ufffd"))
		lines = newLines(name, src)
	}
	d.src = src
	body := d.parseFront(src)

	context := parser.NewContext()
	root := p.markdown.Parser().Parse(text.NewReader(src[body:]), parser.WithContext(context))
	w := &writer{doc: d, src: src[body:], body: body, lines: lines, level: 1}
	w.prepare(root)
	w.checkSpans(spansIn(context))
	if err := p.markdown.Renderer().Render(w, w.src, root); err != nil {
		d.report(diag.Errorf(diag.Position{File: name}, "this page cannot be written as HTML: %v", err))
	}
	d.HTML = w.buf
	d.Words = countWords(d.HTML)
	w.finish()
	if d.Front.Title == "" && !slices.ContainsFunc(d.Diagnostics, func(e diag.Diagnostic) bool { return e.Severity == diag.Error }) {
		d.report(diag.Errorf(diag.Position{File: name, Line: 1, Column: 1}, "this page has no title").
			WithHint("begin the file with front matter: a line ---, a line `title: …`, a line ---"))
	}
	return d
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
func (d *Document) parseFront(src []byte) int {
	front, body, closed := splitFront(src)
	if !closed {
		d.report(diag.Errorf(diag.Position{File: d.Path, Line: 1, Column: 1}, "the front matter has no end").
			WithHint("put a line with three hyphens after its last key"))
		return body
	}
	m := &matter{file: d.Path, what: "the front matter", schema: schemaFor(d.Kind, &d.Front)}
	if body > 0 {
		m.line = 1
	}
	if body > 0 || len(kindSchema(d.Kind, &d.Front)) > 0 {
		m.decode(front)
	}
	if f := d.Front; d.Kind == KindEvent && f.Precision != "" && f.Precision != f.Date.Precision() && len(m.found) == 0 {
		m.found = append(m.found, diag.Errorf(f.precisionAt,
			"the date %q does not have the precision %q", f.Date, f.Precision).
			WithHint("2024-12-24 is a day, 2024-12 a month, 2024 a year; unknown has no date"))
	}
	d.Front.Dir = directed(d.Front.Lang, d.Front.Dir)
	d.report(m.found...)
	for _, p := range d.Front.Passages {
		d.Anchors = append(d.Anchors, p.Anchor())
	}
	return body
}

// writer receives the HTML of one body and notes in the Document what stands
// where. It is goldmark's util.BufWriter.
type writer struct {
	doc     *Document
	src     []byte // the body
	body    int    // where it begins in the file
	lines   *lines
	buf     []byte
	opened  []marks // where the claims that are open began, one unless they are nested by mistake
	quiet   int     // how many headings, links and quotations are open: no names are linked there
	level   int     // of the last heading
	heading bool    // inside one
	texts   []Run   // of every text, the quiet too
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
			w.doc.Front.Title = Typographic(plain(h, w.src))
		}
		if _, bare := h.FirstChild().(*ast.Text); h.ChildCount() != 1 || !bare {
			w.plainTitle(h)
		}
		root.RemoveChild(root, h)
	}
	w.doc.Anchors = append(w.doc.Anchors, footnoteAnchors(root)...)
	used := map[string]bool{}
	for _, id := range w.doc.Anchors {
		used[id] = true
	}
	w.identifyClaims(root, used)
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if h, ok := n.(*ast.Heading); ok && entering {
			w.identify(h, used)
		}
		return ast.WalkContinue, nil
	})
}

// plainTitle reports what a title in the body cannot keep.
func (w *writer) plainTitle(h ast.Node) {
	_ = ast.Walk(h, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n.(type) {
		case *ast.Link, *ast.Image, *wikilink, *xast.FootnoteLink:
			if entering {
				w.errorf(h, "put it into the text below", "a title cannot hold a link, a picture or a footnote")
				return ast.WalkStop, nil
			}
		}
		return ast.WalkContinue, nil
	})
}

func (w *writer) identify(h *ast.Heading, used map[string]bool) {
	if h.Level == 1 {
		w.errorf(h, "write ## for a heading; only the title, above all else, may have #", "a heading of level one below the title")
	}
	if v, ok := h.AttributeString("id"); ok && len(textOf(v)) > 0 {
		id := string(textOf(v))
		if strings.ContainsFunc(id, unicode.IsSpace) {
			w.errorf(h, fmt.Sprintf("write {#%s}", slug(id)), "the id %q has a space in it", id)
		}
		if used[id] {
			w.errorf(h, "give each heading an id of its own", "the id %q stands on this page twice", id)
		}
		used[id] = true
		return
	}
	base := slug(plain(h, w.src))
	if base == "" {
		base = "section"
	}
	id := base
	for n := 2; used[id]; n++ {
		id = base + "-" + itoa(n)
	}
	used[id] = true
	h.SetAttributeString("id", []byte(id))
}

// textOf is an attribute's value if it is text; goldmark also makes numbers and
// lists of what an author writes.
func textOf(v any) []byte {
	text, _ := v.([]byte)
	return text
}

var footnoteMark = regexp.MustCompile(`\[\^([^\]\s]+)\]`)

// finish reports footnote marks that were left as text.
func (w *writer) finish() {
	for _, text := range w.texts {
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

// text notes that what write appends is text in which names may be linked.
func (w *writer) text(from int, write func()) {
	start := len(w.buf)
	write()
	if i := len(w.texts) - 1; i >= 0 && w.texts[i].End == start {
		w.texts[i].End = len(w.buf)
	} else {
		w.texts = append(w.texts, Run{start, len(w.buf), w.body + from})
	}
	if w.quiet > 0 || len(w.buf) == start {
		return
	}
	if i := len(w.doc.Runs) - 1; i >= 0 && w.doc.Runs[i].End == start {
		w.doc.Runs[i].End = len(w.buf)
		return
	}
	w.doc.Runs = append(w.doc.Runs, Run{start, len(w.buf), w.body + from})
}

// plain is the text of a node without its markup.
func plain(n ast.Node, src []byte) string {
	var b strings.Builder
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
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
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}
