package content

import (
	"bytes"
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	gtext "github.com/yuin/goldmark/text"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/frontmatter"
)

// span is [text]{lang=ps} or [text]{dir=rtl}: words of another language or
// direction inside a text. It may hold whatever a line may.
type span struct {
	ast.BaseInline
	attributes string // between the braces
	at         int    // where they begin
	lang, dir  string // as far as they hold
}

// spanOpen stands for the bracket of a span until its end is reached.
type spanOpen struct {
	ast.BaseInline
	end    int      // where its closing bracket stands
	bottom ast.Node // the last delimiter of emphasis before it, or nil
}

var (
	kindSpan     = ast.NewNodeKind("Span")
	kindSpanOpen = ast.NewNodeKind("SpanOpen")
)

func (n *span) Kind() ast.NodeKind             { return kindSpan }
func (n *span) Dump(src []byte, level int)     { ast.DumpHelper(n, src, level, nil, nil) }
func (n *spanOpen) Kind() ast.NodeKind         { return kindSpanOpen }
func (n *spanOpen) Dump(src []byte, level int) { ast.DumpHelper(n, src, level, nil, nil) }

// spans is what the parser remembers of one file.
type spans struct {
	scanned bool        // whether ends holds for the block that is being parsed
	ends    map[int]int // the closing bracket of each span of that block, by its opening one
	open    []*spanOpen
	found   []*span
}

var spansKey = parser.NewContextKey()

// expectSpans readies a context for the spans of a body, if there may be any.
func expectSpans(pc parser.Context, body []byte) {
	if bytes.Contains(body, spanMiddle) {
		pc.Set(spansKey, &spans{})
	}
}

// spanMiddle stands in every span.
var spanMiddle = []byte("]{")

// spansIn are the spans that were parsed in a context.
func spansIn(pc parser.Context) []*span {
	s, _ := pc.Get(spansKey).(*spans)
	if s == nil {
		return nil
	}
	return s.found
}

// spanParser stands before goldmark's parser of links and takes the brackets
// that braces follow. All others are left to that one.
type spanParser struct{}

func (spanParser) Trigger() []byte { return []byte{'[', ']'} }

func (p spanParser) Parse(parent ast.Node, block gtext.Reader, pc parser.Context) ast.Node {
	s, _ := pc.Get(spansKey).(*spans)
	if s == nil {
		return nil
	}
	line, segment := block.PeekLine()
	if line[0] == ']' {
		return s.shut(parent, block, pc, line, segment.Start)
	}
	if !s.scanned {
		s.scanned, s.ends = true, spanEnds(block)
	}
	end, ok := s.ends[segment.Start]
	if !ok {
		return nil
	}
	n := &spanOpen{end: end}
	n.SetPos(segment.Start)
	if d := pc.LastDelimiter(); d != nil {
		n.bottom = d
	}
	s.open = append(s.open, n)
	block.Advance(1)
	return n
}

// shut makes a span of all that stands behind its opening bracket.
func (s *spans) shut(parent ast.Node, block gtext.Reader, pc parser.Context, line []byte, at int) ast.Node {
	i := slices.IndexFunc(s.open, func(n *spanOpen) bool { return n.end == at })
	if i < 0 || s.open[i].Parent() != parent {
		return nil
	}
	open := s.open[i]
	s.abandon(i + 1)
	s.open = s.open[:i]
	parser.ProcessDelimiters(open.bottom, pc)
	length := len(braces.Find(line[1:]))
	n := &span{attributes: string(line[2:length]), at: at + 2}
	n.SetPos(open.Pos())
	for c := open.NextSibling(); c != nil; c = open.NextSibling() {
		n.AppendChild(n, c)
	}
	parent.RemoveChild(parent, open)
	block.Advance(1 + length)
	s.found = append(s.found, n)
	return n
}

// CloseBlock makes text again of brackets whose end was never reached, because
// it stands in code or in an address.
func (spanParser) CloseBlock(_ ast.Node, _ gtext.Reader, pc parser.Context) {
	if s, _ := pc.Get(spansKey).(*spans); s != nil {
		s.abandon(0)
		s.scanned, s.ends, s.open = false, nil, nil
	}
}

func (s *spans) abandon(from int) {
	for _, n := range s.open[from:] {
		ast.MergeOrReplaceTextSegment(n.Parent(), n, gtext.NewSegment(n.Pos(), n.Pos()+1))
	}
}

var braces = regexp.MustCompile(`^\{[^{}\n]*\}`)

// spanEnds finds the spans in the rest of a block: pairs of brackets with braces
// behind them.
func spanEnds(block gtext.Reader) map[int]int {
	line, position := block.Position()
	defer block.SetPosition(line, position)
	var src []byte
	var at []int // where each byte stands
	for {
		line, segment := block.PeekLine()
		if line == nil {
			break
		}
		for i := range line {
			at = append(at, segment.Start-segment.Padding+i)
		}
		src = append(src, line...)
		block.AdvanceLine()
	}
	ends := map[int]int{}
	for open, shut := range pairs(src) {
		ends[at[open]] = at[shut]
	}
	return ends
}

// pairs finds the brackets in a text that braces follow.
func pairs(src []byte) map[int]int {
	if !bytes.Contains(src, spanMiddle) {
		return nil
	}
	found := map[int]int{}
	noCode := map[int]bool{} // lengths of backtick strings that nothing closes
	var open []int
	for i := 0; i < len(src); i++ {
		switch src[i] {
		case '\\':
			i++
		case '`':
			run := len(src[i:]) - len(bytes.TrimLeft(src[i:], "`"))
			if end := closingTicks(src[i+run:], run); noCode[run] || end < 0 {
				noCode[run] = true
				i += run - 1
			} else {
				i += run + end - 1
			}
		case '[':
			if end := wikilinkEnd(src[i:]); end > 0 {
				i += end - 1
				continue
			}
			open = append(open, i)
		case ']':
			if len(open) == 0 {
				continue
			}
			if length := len(braces.Find(src[i+1:])); length > 0 {
				found[open[len(open)-1]] = i
				i += length
			}
			open = open[:len(open)-1]
		}
	}
	return found
}

// closingTicks is the offset behind the first string of exactly n backticks, or
// -1.
func closingTicks(src []byte, n int) int {
	for i := 0; i < len(src); i++ {
		if src[i] != '`' {
			continue
		}
		run := len(src[i:]) - len(bytes.TrimLeft(src[i:], "`"))
		if i += run; run == n {
			return i
		}
	}
	return -1
}

// headingParser lets a heading that ends in a span keep it: goldmark takes all
// braces at the end of a line for the heading's own. An id can only be meant for
// the heading.
type headingParser struct {
	parser.BlockParser
}

func (p headingParser) Open(parent ast.Node, reader gtext.Reader, pc parser.Context) (ast.Node, parser.State) {
	n, state := p.BlockParser.Open(parent, reader, pc)
	if n != nil {
		giveBack(n, reader.Source())
	}
	return n, state
}

func (p headingParser) Close(n ast.Node, reader gtext.Reader, pc parser.Context) {
	p.BlockParser.Close(n, reader, pc)
	giveBack(n, reader.Source())
}

func giveBack(n ast.Node, src []byte) {
	last := n.Lines().Len() - 1
	if _, own := n.AttributeString("id"); own || last < 0 || len(n.Attributes()) == 0 {
		return
	}
	line := n.Lines().At(last)
	whole, _, _ := bytes.Cut(src[line.Start:], []byte("\n"))
	whole = bytes.TrimRight(whole, " \t")
	for _, shut := range pairs(whole) {
		if line.Start+shut+1 == line.Stop {
			n.RemoveAttributes()
			line.Stop = line.Start + len(whole)
			n.Lines().Set(last, line)
			return
		}
	}
}

// spanAttribute is one of those between the braces.
var spanAttribute = regexp.MustCompile(`([^\s="']+)(?:=(?:"([^"]*)"|'([^']*)'|([^\s"']*)))?|\S+`)

// spanForm is how a span is to be written, for hints.
const spanForm = `write [text]{lang=ur} or [text]{dir=rtl}; a bracket that is only text is written \[`

// checkSpans reads the attributes of all spans and reports what does not hold,
// also in those that stand where only their text is kept.
func (w *writer) checkSpans(all []*span) {
	for _, n := range all {
		if strings.TrimSpace(plain(n, w.src)) == "" {
			w.errorf(n, "put the words into the brackets", "this span is empty")
		}
		w.readSpan(n)
	}
}

func (w *writer) readSpan(n *span) {
	words := spanAttribute.FindAllStringSubmatchIndex(n.attributes, -1)
	if len(words) == 0 {
		w.errorf(n, spanForm, "this span does not say of what language it is")
	}
	seen := map[string]bool{}
	for _, m := range words {
		at := w.lines.at(w.body + n.at + m[0])
		key, value := n.attributes[m[0]:m[1]], ""
		if m[2] >= 0 {
			key = n.attributes[m[2]:m[3]]
		}
		for group := 4; group < len(m); group += 2 {
			if m[group] >= 0 {
				value = n.attributes[m[group]:m[group+1]]
			}
		}
		switch {
		case seen[key]:
			w.report(at, "keep one of the two", "attribute %q stands here twice", key)
		case key == "lang":
			n.lang = w.tag(at, value)
		case key == "dir" && value != frontmatter.LeftToRight && value != frontmatter.RightToLeft:
			w.report(at, "write dir=ltr or dir=rtl", "%q is no direction", value)
		case key == "dir":
			n.dir = value
		default:
			hint := diag.DidYouMean(key, slices.Values([]string{"lang", "dir"}))
			if hint == "" {
				hint = spanForm
			}
			w.report(at, hint, "unknown attribute %q of a span", key)
		}
		seen[key] = true
	}
}

// tag is a language tag, or "" and a finding.
func (w *writer) tag(at diag.Position, s string) string {
	if !frontmatter.IsLanguageTag(s) {
		w.report(at, frontmatter.LanguageTagHint, "%q is not a language tag", s)
		return ""
	}
	return s
}

// tongue writes the attributes of an element whose text is of another language
// or direction. What the text around it has is not known here, so the direction
// is always said.
func (w *writer) tongue(lang, dir string) {
	if lang != "" {
		w.buf = append(w.buf, ` lang="`+lang+`"`...)
	}
	if dir = frontmatter.Directed(lang, dir); dir != "" {
		w.buf = append(w.buf, ` dir="`+dir+`"`...)
	}
}

// renderSpan writes a span. No names are linked in words of another language.
func renderSpan(w *writer, node ast.Node, entering bool) ast.WalkStatus {
	n := node.(*span)
	if n.lang != "" {
		w.hush(entering)
	}
	if !entering {
		w.buf = append(w.buf, "</span>"...)
		return ast.WalkContinue
	}
	w.buf = append(w.buf, "<span"...)
	w.tongue(n.lang, n.dir)
	w.buf = append(w.buf, '>')
	return ast.WalkContinue
}

// headingTongue writes the language and direction of a whole heading:
// ## Title {lang=ur}.
func (w *writer) headingTongue(h *ast.Heading) {
	of := func(key string) string {
		v, _ := h.AttributeString(key)
		return string(textOf(v))
	}
	lang, dir := of("lang"), of("dir")
	if lang != "" {
		lang = w.tag(w.at(h), lang)
	}
	if dir != "" && dir != frontmatter.LeftToRight && dir != frontmatter.RightToLeft {
		w.errorf(h, "write dir=ltr or dir=rtl", "%q is no direction", dir)
		dir = ""
	}
	w.tongue(lang, dir)
}
