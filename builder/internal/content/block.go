package content

import (
	"github.com/yuin/goldmark/ast"
	xast "github.com/yuin/goldmark/extension/ast"
	ghtml "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"

	"analysis/builder/internal/text"
)

// renderParagraph makes a figure of a picture that has a paragraph to itself.
func renderParagraph(w *writer, n ast.Node, entering bool) ast.WalkStatus {
	figure := n.ChildCount() == 1 && n.FirstChild().Kind() == ast.KindImage
	switch {
	case figure && entering:
		w.print("<figure>")
	case figure:
		if title := n.FirstChild().(*ast.Image).Title; len(title) > 0 {
			w.print("<figcaption>")
			w.escape(text.Typographic(string(util.UnescapePunctuations(title))))
			w.print("</figcaption>")
		}
		w.print("</figure>\n")
	case entering:
		w.print("<p>")
	default:
		w.print("</p>\n")
	}
	return ast.WalkContinue
}

func renderBlockquote(w *writer, _ ast.Node, entering bool) ast.WalkStatus {
	w.quieten(entering)
	if entering {
		w.print("<blockquote>\n")
	} else {
		w.print("</blockquote>\n")
	}
	return ast.WalkContinue
}

// renderCodeBlock writes code that can be scrolled by keyboard.
func renderCodeBlock(w *writer, node ast.Node, entering bool) ast.WalkStatus {
	if !entering {
		return ast.WalkContinue
	}
	w.print("<pre tabindex=\"0\"><code")
	if n, ok := node.(*ast.FencedCodeBlock); ok && n.Language(w.src) != nil {
		w.print(" class=\"language-")
		ghtml.DefaultWriter.Write(w, n.Language(w.src))
		w.print(`"`)
	}
	w.print(">")
	for i := range node.Lines().Len() {
		line := node.Lines().At(i)
		ghtml.DefaultWriter.RawWrite(w, line.Value(w.src))
	}
	w.print("</code></pre>\n")
	return ast.WalkContinue
}

func renderHTMLBlock(w *writer, node ast.Node, entering bool) ast.WalkStatus {
	n := node.(*ast.HTMLBlock)
	if !entering {
		return ast.WalkContinue
	}
	w.print("<pre class=\"raw\" tabindex=\"0\"><code>")
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		w.escape(string(line.Value(w.src)))
	}
	if n.HasClosure() {
		w.escape(string(n.ClosureLine.Value(w.src)))
	}
	w.print("</code></pre>\n")
	return ast.WalkContinue
}

func renderRawHTML(w *writer, node ast.Node, entering bool) ast.WalkStatus {
	n := node.(*ast.RawHTML)
	if entering {
		for i := range n.Segments.Len() {
			segment := n.Segments.At(i)
			w.escape(string(segment.Value(w.src)))
		}
	}
	return ast.WalkSkipChildren
}

func renderTaskCheckBox(w *writer, node ast.Node, entering bool) ast.WalkStatus {
	if !entering {
		return ast.WalkContinue
	}
	if node.(*xast.TaskCheckBox).IsChecked {
		w.print(`<input type="checkbox" disabled checked aria-label="done"> `)
	} else {
		w.print(`<input type="checkbox" disabled aria-label="to do"> `)
	}
	return ast.WalkContinue
}

func renderDefinitionTerm(w *writer, _ ast.Node, entering bool) ast.WalkStatus {
	w.quieten(entering)
	if entering {
		w.print("<dt>")
	} else {
		w.print("</dt>\n")
	}
	return ast.WalkContinue
}
