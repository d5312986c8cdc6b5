package content

import (
	"cmp"
	"html"
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	gtext "github.com/yuin/goldmark/text"

	"analysis/builder/internal/diag"
)

// callout is a quotation that begins with [!word]: a note, a tip, a warning, or a
// claim. A claim has an id after its title.
type callout struct {
	ast.BaseBlock
	word string
	id   string // the id of a claim
}

func (n *callout) kind() string { return strings.ToLower(n.word) }

// calloutTitle is the rest of a callout's first line.
type calloutTitle struct {
	ast.BaseBlock
}

var (
	kindCallout      = ast.NewNodeKind("Callout")
	kindCalloutTitle = ast.NewNodeKind("CalloutTitle")
)

func (n *callout) Kind() ast.NodeKind              { return kindCallout }
func (n *callout) Dump(src []byte, level int)      { ast.DumpHelper(n, src, level, nil, nil) }
func (n *calloutTitle) Kind() ast.NodeKind         { return kindCalloutTitle }
func (n *calloutTitle) Dump(src []byte, level int) { ast.DumpHelper(n, src, level, nil, nil) }

// calloutWords are the words of callouts that Git hosts support. One without a title has the
// word of the interface as its title.
var calloutWords = []string{"caution", "important", "note", "tip", "warning"}

// calloutParser opens callouts. It uses goldmark's parser for quotations for
// everything else.
type calloutParser struct {
	parser.BlockParser
}

// calloutStart matches the first line. A sign directly after the bracket folds a callout
// elsewhere; here it is left out.
var calloutStart = regexp.MustCompile(`^ {0,3}> {0,3}\[![ \t]*(\pL[^\[\]\n]*)\](?:[-+](?:[ \t]+|\n?$)|[ \t]+)?(.*?)[ \t]*\n?$`)

var claimID = regexp.MustCompile(`[ \t]*\{#([^{}\n]*)\}$`)

func (p calloutParser) Open(_ ast.Node, reader gtext.Reader, _ parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	m := calloutStart.FindSubmatchIndex(line)
	if m == nil {
		return nil, parser.NoChildren
	}
	n := &callout{word: string(line[m[2]:m[3]])}
	title := &calloutTitle{}
	title.SetPos(segment.Start + m[2])
	note := slices.Contains(calloutWords, n.kind())
	if id := claimID.FindSubmatchIndex(line[m[4]:m[5]]); id != nil && !note {
		n.id = string(line[m[4]+id[2] : m[4]+id[3]])
		m[5] = m[4] + id[0]
	}
	if start, stop := segment.Start-segment.Padding+m[4], segment.Start-segment.Padding+m[5]; stop > start {
		title.Lines().Append(gtext.NewSegment(start, stop))
	}
	n.AppendChild(n, title)
	reader.AdvanceToEOL()
	return n, parser.HasChildren
}

func renderCallout(w *writer, node ast.Node, entering bool) {
	n := node.(*callout)
	word := n.kind()
	switch {
	case isClaim(word) && entering:
		w.openClaim(n)
	case isClaim(word):
		w.closeClaim()
	case entering:
		if !slices.Contains(calloutWords, word) {
			words := slices.Clone(calloutWords)
			for _, k := range ClaimKinds {
				words = append(words, string(k))
			}
			meant, _, _ := strings.Cut(word, "|") // Obsidian's form of options
			w.errorf(n.FirstChild(), cmp.Or(diag.DidYouMean(strings.TrimSpace(meant), slices.Values(words)), "write one of: "+strings.Join(words, ", ")), "unknown callout %q", n.word)
		}
		w.print(`<div class="callout `, html.EscapeString(word), `" role="note">`, "\n")
	default:
		w.print("</div>\n")
	}
}

func renderCalloutTitle(w *writer, node ast.Node, entering bool) {
	element(`<p class="callout-title">`, "</p>\n", true)(w, node, entering)
	if word := node.Parent().(*callout).kind(); entering && !node.HasChildren() && slices.Contains(calloutWords, word) {
		w.escape(w.words.Text("callout-" + word))
	}
}
