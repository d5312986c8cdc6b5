package content

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	gtext "github.com/yuin/goldmark/text"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/frontmatter"
)

// span is [text]{lang=ps} or [text]{dir=rtl}: words in another language or direction
// inside a text. The brackets may contain inline markup, but no other brackets that
// are text. The braces follow directly, on the same line, and contain lang=TAG,
// dir=ltr or dir=rtl, or one of each, without quotes.
type span struct {
	ast.BaseInline
	frontmatter.Language
}

var kindSpan = ast.NewNodeKind("Span")

func (n *span) Kind() ast.NodeKind         { return kindSpan }
func (n *span) Dump(src []byte, level int) { ast.DumpHelper(n, src, level, nil, nil) }

var (
	// spanToken matches an escape, a bracket with the braces after it, or a brace at
	// the beginning of a text.
	spanToken     = regexp.MustCompile(`\\.|\[|\](\{([^{}\n]*\})?)?|^\{`)
	spanAttribute = regexp.MustCompile(`[^\s{}]+`)
)

// Hints for errors in spans.
const (
	spanForm    = `write [text]{lang=ur} or [text]{dir=rtl}; a bracket that is only text is written \[`
	spanBracket = `a span holds no other brackets than those of links; one that is only text is written \]`
)

// findSpans makes spans of brackets that goldmark left as text, after it has parsed
// links and emphasis. It reports text that looks like the end of a span but is not.
func (w *writer) findSpans(parent ast.Node) {
	var open *ast.Text // the text with the last open bracket, nil if that is escaped
	from := -1         // offset of that bracket, -1 if there is none
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		t, ok := n.(*ast.Text)
		if !ok {
			if n.Kind() != ast.KindCodeSpan {
				w.findSpans(n)
			}
			continue
		}
		w.joinTexts(t)
		for at := t.Segment.Start; ; {
			m := spanToken.FindIndex(w.src[at:t.Segment.Stop])
			if m == nil {
				break
			}
			start, end := at+m[0], at+m[1]
			at = end
			switch token := string(w.src[start:end]); {
			case token == `\[`:
				open, from = nil, start
			case token == "[":
				open, from = t, start
			case token == "{" && start == t.Segment.Start && start > 0 && w.src[start-1] == ']':
				w.errorAt(w.position(start), spanBracket, "these braces are behind a link, not behind a span")
			case strings.HasPrefix(token, "]{") && (open != nil || from < 0):
				if rest := w.makeSpan(open, from, t, start, end); rest != nil {
					n, t = rest, rest
				}
				open, from = nil, -1
			case token[0] == ']':
				open, from = nil, -1
			}
		}
	}
}

// makeSpan makes a span of the nodes from the opening bracket, at offset from in the
// text open, to the closing bracket, at offset to in the text closing. Its braces end
// at offset end. It returns the text after the braces, or reports an error and
// returns nil.
func (w *writer) makeSpan(open *ast.Text, from int, closing *ast.Text, to, end int) (rest *ast.Text) {
	switch {
	case open == nil:
		w.errorAt(w.position(to), spanBracket, "no bracket opens this span")
		return nil
	case w.src[end-1] != '}': // they continue on the next line or contain markup
		w.errorAt(w.position(from), spanForm, "this is no span")
		return nil
	}
	rest = split(closing, end)
	closing.Segment.Stop = to
	first := split(open, from)
	first.Segment.Start++ // skip the bracket
	n := &span{}
	n.SetPos(from)
	for c := ast.Node(first); c != ast.Node(rest); c = open.NextSibling() {
		n.AppendChild(n, c)
	}
	open.Parent().InsertAfter(open.Parent(), open, n)
	if strings.TrimSpace(plain(n, w.src)) == "" {
		w.errorf(n, "put the words into the brackets", "this span is empty")
	}
	w.readAttributes(n, w.src[to+1:end], to+1)
	return rest
}

// joinTexts merges a text with the texts directly after it. goldmark ends a text
// wherever markup could begin.
func (w *writer) joinTexts(t *ast.Text) {
	for t.NextSibling() != nil && t.Merge(t.NextSibling(), w.src) {
		t.Parent().RemoveChild(t.Parent(), t.NextSibling())
	}
}

// split cuts a text at an offset and inserts a text with the rest after it.
func split(t *ast.Text, at int) *ast.Text {
	rest := ast.NewTextSegment(gtext.NewSegment(at, t.Segment.Stop))
	t.Segment.Stop = at
	rest.SetSoftLineBreak(t.SoftLineBreak())
	rest.SetHardLineBreak(t.HardLineBreak())
	t.SetSoftLineBreak(false)
	t.SetHardLineBreak(false)
	t.Parent().InsertAfter(t.Parent(), t, rest)
	return rest
}

// readAttributes reads the braces of a span, which are at an offset in the body.
func (w *writer) readAttributes(n *span, braces []byte, at int) {
	seen := map[string]bool{}
	for _, m := range spanAttribute.FindAllIndex(braces, -1) {
		key, value, _ := strings.Cut(string(braces[m[0]:m[1]]), "=")
		pos := w.position(at + m[0])
		switch {
		case seen[key]:
			w.errorAt(pos, "keep one of the two", "attribute %q stands here twice", key)
		case key == "lang" || key == "dir":
			w.setLanguage(&n.Language, pos, key, value)
		default:
			hint := cmp.Or(diag.DidYouMean(key, slices.Values([]string{"lang", "dir"})), spanForm)
			w.errorAt(pos, hint, "unknown attribute %q of a span", key)
		}
		seen[key] = true
	}
	if len(seen) == 0 {
		w.errorf(n, spanForm, "this span does not say of what language it is")
	}
}

// renderSpan renders a span. Names are not linked in words in another language.
func renderSpan(w *writer, node ast.Node, entering bool) {
	n := node.(*span)
	if n.Lang != "" {
		w.suspendAutolink(entering)
	}
	if !entering {
		w.print("</span>")
		return
	}
	w.print("<span")
	w.printLanguage(n.Language)
	w.print(">")
}

// setLanguage sets Lang or Dir from an attribute, or reports an invalid value.
func (w *writer) setLanguage(l *frontmatter.Language, pos diag.Position, key, value string) {
	switch {
	case key == "lang" && frontmatter.IsLanguageTag(value):
		l.Lang = value
	case key == "lang":
		w.errorAt(pos, frontmatter.LanguageTagHint, "%q is not a language tag", value)
	case value == frontmatter.LeftToRight || value == frontmatter.RightToLeft:
		l.Dir = value
	default:
		w.errorAt(pos, "write dir=ltr or dir=rtl", "%q is no direction", value)
	}
}

// printLanguage writes the attributes of an element in another language. It always
// writes the direction, because that of the text around it is not known here.
func (w *writer) printLanguage(l frontmatter.Language) {
	w.printAttribute("lang", l.Lang)
	w.printAttribute("dir", l.Direction())
}
