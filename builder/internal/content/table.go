package content

import (
	"github.com/yuin/goldmark/ast"
	xast "github.com/yuin/goldmark/extension/ast"
)

// renderTable puts a table into a box that scrolls sideways by itself.
func renderTable(w *writer, _ ast.Node, entering bool) ast.WalkStatus {
	if entering {
		w.print("<div class=\"scroll\" tabindex=\"0\">\n<table>\n")
	} else {
		w.print("</table>\n</div>\n")
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
		w.html = append(w.html, closing...)
		return ast.WalkContinue
	}
	w.html = append(w.html, opening...)
	if n.Alignment != xast.AlignNone && n.Alignment != xast.AlignLeft {
		w.html = append(w.html, ` class="`+n.Alignment.String()+`"`...)
	}
	w.print(">")
	return ast.WalkContinue
}
