package content

import (
	"bytes"
	"strconv"

	"github.com/yuin/goldmark/ast"
	xast "github.com/yuin/goldmark/extension/ast"
)

// hasFootnotes reports whether the text may contain a footnote mark.
func (w *writer) hasFootnotes() bool { return bytes.Contains(w.src, []byte("[^")) }

// footnoteAnchors returns the ids that goldmark gives to footnotes and footnote marks
// in a tree.
func (w *writer) footnoteAnchors(root ast.Node) (ids []string) {
	if !w.hasFootnotes() {
		return nil
	}
	for n := range all(root) {
		switch n := n.(type) {
		case *xast.FootnoteLink:
			mark := "fnref"
			if n.RefIndex > 0 {
				mark += strconv.Itoa(n.RefIndex)
			}
			ids = append(ids, mark+":"+strconv.Itoa(n.Index))
		case *xast.Footnote:
			ids = append(ids, "fn:"+strconv.Itoa(n.Index))
		}
	}
	return ids
}
