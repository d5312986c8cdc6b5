package content

import (
	"html"

	"github.com/yuin/goldmark/ast"
	xast "github.com/yuin/goldmark/extension/ast"
	ghtml "github.com/yuin/goldmark/renderer/html"
)

// renderParagraph renders a paragraph, or a figure if it contains only a picture.
func renderParagraph(w *writer, n ast.Node, entering bool) {
	image, _ := n.FirstChild().(*ast.Image)
	switch {
	case w.hasOnly(n, kindAnchor):
	case image == nil || !isFigure(image):
		element("<p>", "</p>\n", false)(w, n, entering)
	case entering:
		w.print("<figure>")
	default:
		if len(image.Title) > 0 {
			w.print("<figcaption>", html.EscapeString(w.unmarked(image.Pos(), image.Title)), "</figcaption>")
		}
		w.print("</figure>\n")
	}
}

// isFigure reports whether a picture is the whole of a paragraph.
func isFigure(n *ast.Image) bool {
	return n.Parent().Kind() == ast.KindParagraph && n.Parent().ChildCount() == 1
}

func renderTableCell(w *writer, node ast.Node, entering bool) {
	n := node.(*xast.TableCell)
	opening, closing := "<td", "</td>\n"
	if n.Parent().Kind() == xast.KindTableHeader {
		opening, closing = `<th scope="col"`, "</th>\n"
	}
	if !entering {
		w.print(closing)
		return
	}
	w.print(opening)
	if n.Alignment != xast.AlignNone && n.Alignment != xast.AlignLeft {
		w.printAttribute("class", n.Alignment.String())
	}
	w.print(">")
}

// renderCodeBlock renders code. Its tabindex lets readers scroll it by keyboard.
func renderCodeBlock(w *writer, node ast.Node) {
	w.print("<pre tabindex=\"0\"><code")
	if n, ok := node.(*ast.FencedCodeBlock); ok && n.Language(w.src) != nil {
		w.print(" class=\"language-")
		ghtml.DefaultWriter.Write(w, n.Language(w.src))
		w.print(`"`)
	}
	w.print(">")
	ghtml.DefaultWriter.RawWrite(w, node.Lines().Value(w.src))
	w.print("</code></pre>\n")
}

func renderHTMLBlock(w *writer, node ast.Node) {
	w.print("<pre class=\"raw\" tabindex=\"0\"><code>", html.EscapeString(string(comment.ReplaceAll(htmlOf(node, w.src), nil))), "</code></pre>\n")
}

func renderRawHTML(w *writer, node ast.Node) {
	w.escape(string(htmlOf(node, w.src)))
}

func renderTaskCheckBox(w *writer, node ast.Node) {
	checked, word := "", "task-open"
	if node.(*xast.TaskCheckBox).IsChecked {
		checked, word = " checked", "task-done"
	}
	w.print(`<input type="checkbox" disabled`, checked, ` aria-label="`, html.EscapeString(w.words.Text(word)), `"> `)
}
