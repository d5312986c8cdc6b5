package content

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	xast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	gtext "github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"analysis/builder/internal/text"
)

// writerKey is the key of the writer in a parser's context.
var writerKey = parser.NewContextKey()

func (w *writer) parse(markdown goldmark.Markdown) ast.Node {
	pc := parser.NewContext()
	pc.Set(writerKey, w)
	return markdown.Parser().Parse(gtext.NewReader(w.src), parser.WithContext(pc))
}

// checker completes a tree: it makes spans, removes comments, and reports markup that
// stayed text and text that is not shown.
type checker struct{}

// Transform implements parser.ASTTransformer.
func (checker) Transform(root *ast.Document, _ gtext.Reader, pc parser.Context) {
	w := pc.Get(writerKey).(*writer)
	if bytes.Contains(w.src, []byte("]{")) {
		w.findSpans(root)
	}
	w.check(root)
}

// check does the work of checker in one walk, after spans are made.
func (w *writer) check(root ast.Node) {
	var comments []ast.Node
	var definitions []*ast.LinkReferenceDefinition
	used, footnotes, isHTMLReported := map[string]bool{}, map[string]bool{}, false
	for n := range all(root) {
		switch n := n.(type) {
		case *ast.Text:
			w.checkText(n)
		case *ast.Paragraph, *ast.TextBlock:
			if first := n.FirstChild(); first == nil || first.Kind() != xast.KindTaskCheckBox {
				w.checkLines(n)
			}
		case *ast.RawHTML, *ast.HTMLBlock:
			if w.isComment(n) {
				comments = append(comments, n)
			} else if !isHTMLReported {
				isHTMLReported = true
				w.warn(max(0, n.Pos()), "write Markdown; put code between backticks", "HTML is shown as text")
			}
		case *ast.Link:
			noteReference(used, n.Reference)
		case *ast.Image:
			noteReference(used, n.Reference)
			if len(n.Title) > 0 && !isFigure(n) {
				w.warn(n.Pos(), "put the picture into a paragraph of its own", "the caption of this picture is not shown")
			}
		case *ast.LinkReferenceDefinition:
			definitions = append(definitions, n)
		case *xast.Footnote:
			w.checkFootnote(n, footnotes)
		case *xast.Table:
			w.checkTable(n)
		case *ast.FencedCodeBlock:
			w.checkFence(n)
		case *ast.Heading:
			w.checkHeading(n)
		}
	}
	w.checkDefinitions(definitions, used)
	for _, n := range comments {
		before, _ := n.PreviousSibling().(*ast.Text)
		after, _ := n.NextSibling().(*ast.Text)
		if before != nil && after != nil && bytes.HasSuffix(before.Value(w.src), []byte(" ")) && bytes.HasPrefix(after.Value(w.src), []byte(" ")) {
			after.Segment.Start++
		}
		n.Parent().RemoveChild(n.Parent(), n)
	}
}

// isComment reports whether a node of HTML holds only comments. It reports one without an
// end, which would hide what follows.
func (w *writer) isComment(n ast.Node) bool {
	code := htmlOf(n, w.src)
	if i := bytes.LastIndex(code, []byte("<!--")); i >= 0 && !bytes.Contains(code[i:], []byte("-->")) {
		w.errorf(n, "write --> behind it; begin it on a line of its own if it has an empty line in it", "this comment has no end")
	}
	return len(bytes.TrimSpace(comment.ReplaceAll(code, nil))) == 0
}

func noteReference(used map[string]bool, r *ast.ReferenceLink) {
	if r != nil {
		used[util.ToLinkReference(r.Value)] = true
	}
}

// checkDefinitions reports definitions of links that nothing uses. One without an address
// is a common form of comment.
func (w *writer) checkDefinitions(list []*ast.LinkReferenceDefinition, used map[string]bool) {
	seen := map[string]bool{}
	for _, n := range list {
		label := util.ToLinkReference(n.Label)
		switch {
		case seen[label]:
			w.warn(n.Pos(), "give it another name; only the first is used", "the link %q is defined twice", n.Label)
		case !used[label] && len(bytes.Trim(n.Destination, "#")) > 0:
			w.warn(n.Pos(), fmt.Sprintf("write [text][%s] where it belongs, or take it away", n.Label), "no link uses the definition %q", n.Label)
		}
		seen[label] = true
	}
}

func (w *writer) checkFootnote(n *xast.Footnote, seen map[string]bool) {
	switch {
	case seen[string(n.Ref)]:
		w.warn(n.Pos(), "give it another name; only the first is shown", "the footnote %q stands here twice", n.Ref)
	case n.Index < 0:
		w.warn(n.Pos(), fmt.Sprintf("write [^%s] where it belongs, or take it away", n.Ref), "no mark leads to the footnote %q, so it is not shown", n.Ref)
	}
	seen[string(n.Ref)] = true
}

// checkFence reports code that goes on to the end of the file.
func (w *writer) checkFence(n *ast.FencedCodeBlock) {
	if last := n.Lines().Len() - 1; last >= 0 && n.Lines().At(last).Stop >= len(w.src) {
		w.warn(n.Pos(), "write the same signs on a line of their own behind the code", "nothing closes this code")
	}
}

// checkHeading reports attributes that are not shown, and a link that would show an id.
func (w *writer) checkHeading(n *ast.Heading) {
	for _, a := range n.Attributes() {
		if _, ok := a.Value.([]byte); !ok || !strings.Contains("id class lang dir", string(a.Name)) {
			w.warn(n.Pos(), "a heading may have {#id .class lang=ur dir=rtl}", "the attribute %q of this heading has no effect", a.Name)
		}
	}
	for c := n.FirstChild(); c != nil && n.Level > 1; c = c.NextSibling() {
		if l, ok := c.(*wikilink); ok && l.label == "" && (strings.Contains(l.dest, "#") || l.dest == text.Slug(l.dest)) {
			w.warn(l.Pos(), fmt.Sprintf("write its words behind a bar: [[%s|words]]", l.dest), "this heading shows %q", l.dest)
		}
	}
}

var escape = regexp.MustCompile(`\\.`)

// markup matches what is markup in a text, but not in a label.
var markup = regexp.MustCompile("(?s)\\*[^\\s*](?:.*[^\\s*])?\\*|\\b_[^\\s_].*_\\b|`[^`]+`|~~[^~]+~~|\\]\\(|\\[\\[|</?[a-zA-Z]")

// unmarked returns the form in which a label or caption is shown: typographic, without
// escapes and comments. It reports markup, which has no effect there.
func (w *writer) unmarked(at int, s []byte) string {
	if bytes.ContainsAny(s, "*_`~[<\\&") {
		s = comment.ReplaceAll(s, nil)
		if m := markup.Find(escape.ReplaceAll(s, nil)); m != nil {
			w.warn(at, "write the words alone; markup stands in brackets: [*words*](page.md)", "%q is shown as it is written here", shorten(string(m)))
		}
		s = unescapeMarkdown(s)
	}
	return text.Typographic(joinLines(string(s)))
}
