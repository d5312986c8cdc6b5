package content

import (
	"html"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	xast "github.com/yuin/goldmark/extension/ast"
	ghtml "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/text"
)

func renderHeading(w *writer, node ast.Node, entering bool) ast.WalkStatus {
	n := node.(*ast.Heading)
	w.hush(entering)
	w.heading = entering
	if entering {
		if n.Level > w.level+1 {
			w.doc.report(diag.Warningf(w.at(n), "this heading jumps from level %d to level %d", w.level, n.Level).
				WithHint("write it with %s", strings.Repeat("#", w.level+1)))
		}
		w.level = n.Level
		v, _ := n.AttributeString("id")
		id := string(textOf(v))
		w.doc.Anchors = append(w.doc.Anchors, id)
		at := len(w.buf)
		w.buf = append(append(w.buf, "<h"...), byte('0'+n.Level))
		w.buf = append(w.buf, ` id="`...)
		w.escape(id)
		w.buf = append(w.buf, '"')
		w.attributes(n, "class")
		w.headingTongue(n)
		w.buf = append(w.buf, '>')
		w.doc.Headings = append(w.doc.Headings, Heading{Level: n.Level, ID: id, At: at})
		return ast.WalkContinue
	}
	w.buf = append(append(w.buf, "</h"...), byte('0'+n.Level), '>', '\n')
	h := &w.doc.Headings[len(w.doc.Headings)-1]
	h.Text = text.PlainText(w.buf[h.At:])
	return ast.WalkContinue
}

// attributes writes those attributes of a node that are named.
func (w *writer) attributes(n ast.Node, names ...string) {
	for _, a := range n.Attributes() {
		if v, ok := a.Value.([]byte); ok && slices.Contains(names, string(a.Name)) {
			w.buf = append(w.buf, " "+string(a.Name)+`="`+html.EscapeString(string(v))+`"`...)
		}
	}
}

func renderBlockquote(w *writer, _ ast.Node, entering bool) ast.WalkStatus {
	w.hush(entering)
	if entering {
		w.buf = append(w.buf, "<blockquote>\n"...)
	} else {
		w.buf = append(w.buf, "</blockquote>\n"...)
	}
	return ast.WalkContinue
}

// renderParagraph makes a picture that stands alone a figure.
func renderParagraph(w *writer, n ast.Node, entering bool) ast.WalkStatus {
	figure := n.ChildCount() == 1 && n.FirstChild().Kind() == ast.KindImage
	switch {
	case figure && entering:
		w.buf = append(w.buf, "<figure>"...)
	case figure:
		if title := n.FirstChild().(*ast.Image).Title; len(title) > 0 {
			w.buf = append(w.buf, "<figcaption>"...)
			w.escape(text.Typographic(string(util.UnescapePunctuations(title))))
			w.buf = append(w.buf, "</figcaption>"...)
		}
		w.buf = append(w.buf, "</figure>\n"...)
	case entering:
		w.buf = append(w.buf, "<p>"...)
	default:
		w.buf = append(w.buf, "</p>\n"...)
	}
	return ast.WalkContinue
}

func renderHTMLBlock(w *writer, node ast.Node, entering bool) ast.WalkStatus {
	n := node.(*ast.HTMLBlock)
	if !entering {
		return ast.WalkContinue
	}
	w.buf = append(w.buf, "<pre class=\"raw\" tabindex=\"0\"><code>"...)
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		w.escape(string(line.Value(w.src)))
	}
	if n.HasClosure() {
		w.escape(string(n.ClosureLine.Value(w.src)))
	}
	w.buf = append(w.buf, "</code></pre>\n"...)
	return ast.WalkContinue
}

// renderCodeBlock writes code that can be scrolled by keyboard.
func renderCodeBlock(w *writer, node ast.Node, entering bool) ast.WalkStatus {
	if !entering {
		return ast.WalkContinue
	}
	w.buf = append(w.buf, "<pre tabindex=\"0\"><code"...)
	if n, ok := node.(*ast.FencedCodeBlock); ok && n.Language(w.src) != nil {
		w.buf = append(w.buf, " class=\"language-"...)
		ghtml.DefaultWriter.Write(w, n.Language(w.src))
		w.buf = append(w.buf, '"')
	}
	w.buf = append(w.buf, '>')
	for i := range node.Lines().Len() {
		line := node.Lines().At(i)
		ghtml.DefaultWriter.RawWrite(w, line.Value(w.src))
	}
	w.buf = append(w.buf, "</code></pre>\n"...)
	return ast.WalkContinue
}

// renderTable puts a table into a box that scrolls sideways by itself.
func renderTable(w *writer, _ ast.Node, entering bool) ast.WalkStatus {
	if entering {
		w.buf = append(w.buf, "<div class=\"scroll\" tabindex=\"0\">\n<table>\n"...)
	} else {
		w.buf = append(w.buf, "</table>\n</div>\n"...)
	}
	return ast.WalkContinue
}

func renderTableCell(w *writer, node ast.Node, entering bool) ast.WalkStatus {
	n := node.(*xast.TableCell)
	opening, closing := "<td", "</td>\n"
	if n.Parent().Kind() == xast.KindTableHeader {
		opening, closing = `<th scope="col"`, "</th>\n"
	}
	if !entering {
		w.buf = append(w.buf, closing...)
		return ast.WalkContinue
	}
	w.buf = append(w.buf, opening...)
	if n.Alignment != xast.AlignNone && n.Alignment != xast.AlignLeft {
		w.buf = append(w.buf, ` class="`+n.Alignment.String()+`"`...)
	}
	w.buf = append(w.buf, '>')
	return ast.WalkContinue
}

func renderTaskCheckBox(w *writer, node ast.Node, entering bool) ast.WalkStatus {
	if !entering {
		return ast.WalkContinue
	}
	if node.(*xast.TaskCheckBox).IsChecked {
		w.buf = append(w.buf, `<input type="checkbox" disabled checked aria-label="done"> `...)
	} else {
		w.buf = append(w.buf, `<input type="checkbox" disabled aria-label="to do"> `...)
	}
	return ast.WalkContinue
}

func renderDefinitionTerm(w *writer, _ ast.Node, entering bool) ast.WalkStatus {
	w.hush(entering)
	if entering {
		w.buf = append(w.buf, "<dt>"...)
	} else {
		w.buf = append(w.buf, "</dt>\n"...)
	}
	return ast.WalkContinue
}

func renderCallout(w *writer, node ast.Node, entering bool) ast.WalkStatus {
	n := node.(*callout)
	word := n.kind()
	switch {
	case isClaim(word) && entering:
		w.openClaim(n)
		return ast.WalkContinue
	case isClaim(word):
		w.closeClaim()
		return ast.WalkContinue
	case !entering:
		w.buf = append(w.buf, "</div>\n"...)
		return ast.WalkContinue
	}
	if _, known := callouts[word]; !known {
		words := slices.Sorted(maps.Keys(callouts))
		for _, k := range ClaimKinds {
			words = append(words, string(k))
		}
		hint := diag.DidYouMean(word, slices.Values(words))
		if hint == "" {
			hint = "write one of: " + strings.Join(words, ", ")
		}
		w.errorf(n.FirstChild(), hint, "unknown callout %q", n.word)
	}
	w.buf = append(w.buf, `<div class="callout `+html.EscapeString(word)+`" role="note">`+"\n"...)
	return ast.WalkContinue
}

func renderCalloutTitle(w *writer, node ast.Node, entering bool) ast.WalkStatus {
	w.hush(entering)
	if !entering {
		w.buf = append(w.buf, "</p>\n"...)
		return ast.WalkContinue
	}
	w.buf = append(w.buf, `<p class="callout-title">`...)
	if !node.HasChildren() {
		w.escape(callouts[strings.ToLower(node.Parent().(*callout).word)])
	}
	return ast.WalkContinue
}

// footnoteAnchors lists the ids that goldmark gives to footnotes and to the
// marks that refer to them.
func footnoteAnchors(root ast.Node) []string {
	var ids []string
	below(root, func(n ast.Node) bool {
		if id := footnoteAnchor(n); id != "" {
			ids = append(ids, id)
		}
		return true
	})
	return ids
}

func footnoteAnchor(n ast.Node) string {
	switch n := n.(type) {
	case *xast.FootnoteLink:
		mark := "fnref"
		if n.RefIndex > 0 {
			mark += strconv.Itoa(n.RefIndex)
		}
		return mark + ":" + strconv.Itoa(n.Index)
	case *xast.Footnote:
		return "fn:" + strconv.Itoa(n.Index)
	}
	return ""
}
