package content

import (
	"bytes"
	"fmt"
	"slices"
	"sync"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"
	"golang.org/x/text/unicode/norm"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/kind"
	"analysis/builder/internal/words"
)

// Parser parses Markdown files. It is safe for concurrent use.
type Parser struct {
	full goldmark.Markdown
	lean goldmark.Markdown // does not link bare addresses, and so is faster

	Words *words.Set // of the interface: titles of callouts without one
}

// NewParser returns a Parser for the site's dialect of Markdown.
func NewParser() *Parser {
	return &Parser{full: dialect(linkAddresses()), lean: dialect()}
}

// dialect returns the site's dialect of Markdown with more extensions.
func dialect(more ...parser.Option) goldmark.Markdown {
	p := parser.NewParser(append(more,
		parser.WithBlockParsers(
			util.Prioritized(headingParser{parser.NewSetextHeadingParser(parser.WithHeadingAttribute())}, 100),
			util.Prioritized(parser.NewThematicBreakParser(), 200),
			util.Prioritized(parser.NewListParser(), 300),
			util.Prioritized(parser.NewListItemParser(), 400),
			util.Prioritized(parser.NewCodeBlockParser(), 500),
			util.Prioritized(headingParser{parser.NewATXHeadingParser(parser.WithHeadingAttribute())}, 600),
			util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
			util.Prioritized(calloutParser{parser.NewBlockquoteParser()}, 790),
			util.Prioritized(parser.NewBlockquoteParser(), 800),
			util.Prioritized(htmlParser{parser.NewHTMLBlockParser()}, 900),
			util.Prioritized(parser.NewParagraphParser(), 1000),
		),
		parser.WithInlineParsers(
			util.Prioritized(parser.NewCodeSpanParser(), 100),
			util.Prioritized(wikilinkParser{}, 150),
			util.Prioritized(parser.NewLinkParser(), 200),
			util.Prioritized(parser.NewAutoLinkParser(), 300),
			util.Prioritized(anchorParser{}, 390),
			util.Prioritized(parser.NewRawHTMLParser(), 400),
			util.Prioritized(emphasisParser{parser.NewEmphasisParser()}, 500),
			util.Prioritized(emphasisParser{extension.NewStrikethroughParser()}, 500),
			util.Prioritized(typographer{}, 9999),
		),
		parser.WithParagraphTransformers(
			util.Prioritized(parser.LinkReferenceParagraphTransformer, 100),
			util.Prioritized(tableParser{extension.NewTableParagraphTransformer()}, 200),
		),
		parser.WithASTTransformers(
			util.Prioritized(extension.NewTableASTTransformer(), 0),
			util.Prioritized(checker{}, 500), // before unused footnotes are removed, at 999
		),
	)...)
	return goldmark.New(
		goldmark.WithParser(p),
		goldmark.WithExtensions(extension.TaskList, extension.Footnote, extension.DefinitionList),
		goldmark.WithRendererOptions(renderer.WithNodeRenderers(
			util.Prioritized(nodeRenderer{}, 1),
			util.Prioritized(extension.NewStrikethroughHTMLRenderer(), 500),
			util.Prioritized(extension.NewTableHTMLRenderer(), 500),
		)),
	)
}

// dialectFor returns the lean dialect if it renders the body as the full one does.
// That also excludes bodies with white space at the end of a line: the full dialect
// splits text at every space to look for addresses, and so keeps such white space.
func (p *Parser) dialectFor(body []byte) goldmark.Markdown {
	signs, last := []string{"://", "www.", "@", " \n", "\t\n"}, len(body)-1
	if slices.ContainsFunc(signs, func(s string) bool { return bytes.Contains(body, []byte(s)) }) ||
		last >= 0 && util.IsSpace(body[last]) && body[last] != '\n' {
		return p.full
	}
	return p.lean
}

// Parse reads one file. name is its path below the content folder.
func (p *Parser) Parse(name string, src []byte) *Document {
	d := &Document{Path: name, Kind: kind.Of(name)}
	src = bytes.TrimPrefix(src, []byte("\ufeff"))
	if bytes.IndexByte(src, '\r') >= 0 { // avoids a copy of most files
		src = bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n"))
		src = bytes.ReplaceAll(src, []byte("\r"), []byte("\n"))
	}
	if !utf8.Valid(src) {
		for at, r := range string(src) {
			if r == utf8.RuneError && !bytes.HasPrefix(src[at:], []byte("\ufffd")) {
				d.report(diag.Errorf(newPositions(name, src).at(at), "this is not UTF-8 text").WithHint("save the file in UTF-8"))
				break
			}
		}
		src = bytes.ToValidUTF8(src, []byte("\ufffd"))
	}
	src = norm.NFC.Bytes(src)
	d.positions = newPositions(name, src)
	front, body, found := frontmatter.Parse(name, d.Kind, src)
	d.Front = front
	d.report(found...)
	for _, passage := range front.Passages {
		d.Anchors = append(d.Anchors, passage.Anchor())
		for _, s := range passage.Sentences {
			d.Anchors = append(d.Anchors, fmt.Sprintf("%s.%d", passage.Anchor(), s.N))
		}
	}
	p.parseBody(d, body)
	if d.Front.Title == "" && !slices.ContainsFunc(d.Diagnostics, func(e diag.Diagnostic) bool { return e.Severity == diag.Error }) {
		d.report(diag.Errorf(d.first(), "this page has no title").WithHint("%s", d.titleHint(body)))
	}
	return d
}

func (d *Document) first() diag.Position { return diag.Position{File: d.Path, Line: 1, Column: 1} }

// titleHint says how to give a page a title. The body begins at an offset.
func (d *Document) titleHint(body int) string {
	line := "title: …"
	if d.Front.Title != "" {
		line = fmt.Sprintf("title: %q", d.Front.Title)
	} else if len(d.Headings) > 0 {
		line = fmt.Sprintf("title: %q", d.Headings[0].Text)
	}
	if body > 0 {
		return "add a line `" + line + "` to its front matter"
	}
	return "begin the file with front matter: a line ---, a line `" + line + "`, a line ---"
}

// buffers are reused, since the HTML of a Document is copied from one in the end.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// parseBody parses and renders the body, which begins at offset from in the file.
func (p *Parser) parseBody(d *Document, from int) {
	w := &writer{Buffer: buffers.Get().(*bytes.Buffer), doc: d, src: d.positions.src[from:], from: from, level: 1, used: map[string]int{}, words: p.Words}
	defer buffers.Put(w.Buffer)
	w.Reset()
	if l := checkLimits(w.src); l.found != "" {
		w.errorAt(w.position(l.at), l.hint, "%s", l.found)
		d.Unread = true
		return
	}
	markdown := p.dialectFor(w.src)
	root := w.parse(markdown)
	w.identifyAll(root)
	_ = markdown.Renderer().Render(w, w.src, root)            // fails only if w does, and w never does
	d.HTML = append([]byte(nil), w.Bytes()...)                // nil if there is none
	d.Runs = slices.Clone(d.Runs)                             // copied to free spare capacity
	d.Anchors = append(d.Anchors, w.footnoteAnchors(root)...) // only those still in the tree
}
