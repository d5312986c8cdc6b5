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

// span is [text]{lang=ps} or [text]{dir=rtl}: words of another language or
// direction inside a text. Between the brackets may be any inline markup, but no
// other bracket that is text. The braces follow at once, on the same line, with
// lang=TAG, dir=ltr or dir=rtl, or one of each, without quotes.
type span struct {
	ast.BaseInline
	frontmatter.Language
}

var kindSpan = ast.NewNodeKind("Span")

func (n *span) Kind() ast.NodeKind         { return kindSpan }
func (n *span) Dump(src []byte, level int) { ast.DumpHelper(n, src, level, nil, nil) }

var (
	// spanToken is what matters in a text: an escape, a bracket with the braces
	// behind it, braces at the beginning.
	spanToken     = regexp.MustCompile(`\\.|\[|\](\{([^{}\n]*\})?)?|^\{`)
	spanAttribute = regexp.MustCompile(`[^\s{}]+`)
)

// Hints: how a span is written, and what to do with a bracket that ends none.
const (
	spanForm    = `write [text]{lang=ur} or [text]{dir=rtl}; a bracket that is only text is written \[`
	spanBracket = `a span holds no other brackets than those of links; one that is only text is written \]`
)

// findSpans makes spans of the brackets that goldmark left as text, once links
// and emphasis are read. What looks like the end of a span and is none is
// reported.
func (w *writer) findSpans(parent ast.Node) {
	var open *ast.Text // the text with the last bracket that is open, nil if that is escaped
	from := -1         // offset of that bracket, -1 for none
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
				if behind := w.makeSpan(open, from, t, start, end); behind != nil {
					n, t = behind, behind
				}
				open, from = nil, -1
			case token[0] == ']':
				open, from = nil, -1
			}
		}
	}
}

// makeSpan makes a span of what is between a bracket in one text and a bracket in
// another, and returns the text behind its braces; nil and a finding if it is none.
func (w *writer) makeSpan(open *ast.Text, from int, shut *ast.Text, to, end int) (behind *ast.Text) {
	switch {
	case open == nil:
		w.errorAt(w.position(to), spanBracket, "no bracket opens this span")
		return nil
	case w.src[end-1] != '}': // they go on over the line, or hold markup
		w.errorAt(w.position(from), spanForm, "this is no span")
		return nil
	}
	behind = divide(shut, end)
	shut.Segment.Stop = to
	first := divide(open, from)
	first.Segment.Start++ // without the bracket
	n := &span{}
	n.SetPos(from)
	for c := ast.Node(first); c != ast.Node(behind); c = open.NextSibling() {
		n.AppendChild(n, c)
	}
	open.Parent().InsertAfter(open.Parent(), open, n)
	if strings.TrimSpace(plain(n, w.src)) == "" {
		w.errorf(n, "put the words into the brackets", "this span is empty")
	}
	w.readAttributes(n, w.src[to+1:end], to+1)
	return behind
}

// joinTexts joins a text with those that follow it without a gap: goldmark ends
// one wherever markup might have begun.
func (w *writer) joinTexts(t *ast.Text) {
	for t.NextSibling() != nil && t.Merge(t.NextSibling(), w.src) {
		t.Parent().RemoveChild(t.Parent(), t.NextSibling())
	}
}

// divide shortens a text to what is before an offset and puts a text with the
// rest behind it.
func divide(t *ast.Text, at int) *ast.Text {
	rest := ast.NewTextSegment(gtext.NewSegment(at, t.Segment.Stop))
	t.Segment.Stop = at
	rest.SetSoftLineBreak(t.SoftLineBreak())
	rest.SetHardLineBreak(t.HardLineBreak())
	t.SetSoftLineBreak(false)
	t.SetHardLineBreak(false)
	t.Parent().InsertAfter(t.Parent(), t, rest)
	return rest
}

// readAttributes reads the braces of a span, which begin at an offset.
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

// renderSpan writes a span. No names are linked in words of another language.
func renderSpan(w *writer, node ast.Node, entering bool) {
	n := node.(*span)
	if n.Lang != "" {
		w.quieten(entering)
	}
	if !entering {
		w.print("</span>")
		return
	}
	w.print("<span")
	w.printLanguage(n.Language)
	w.print(">")
}

// setLanguage takes what an author wrote under lang or dir, or reports it.
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

// printLanguage writes the attributes of an element whose text is of another
// language or direction. What the text around it has is not known here, so the
// direction is always said.
func (w *writer) printLanguage(l frontmatter.Language) {
	w.printAttribute("lang", l.Lang)
	w.printAttribute("dir", l.Direction())
}
