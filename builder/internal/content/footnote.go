package content

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"

	"github.com/yuin/goldmark/ast"
	xast "github.com/yuin/goldmark/extension/ast"
)

var footnoteMark = regexp.MustCompile(`\[\^([^\]\s]+)\]`)

// checkFootnotes reports footnote marks that goldmark left as text because there is
// no such footnote. It accepts marks with an escape or an entity, which are text.
func (w *writer) checkFootnotes(root ast.Node) {
	if !w.hasFootnotes() {
		return
	}
	for n := range all(root) {
		t, ok := n.(*ast.Text)
		if !ok || t.Parent().Kind() == ast.KindCodeSpan || !bytes.Contains(t.Value(w.src), []byte("[")) {
			continue
		}
		w.joinTexts(t)
		for _, m := range footnoteMark.FindAllSubmatchIndex(t.Value(w.src), -1) {
			at, label := t.Segment.Start+m[0], string(t.Value(w.src)[m[2]:m[3]])
			if at > 0 && w.src[at-1] == '\\' || string(unescapeMarkdown([]byte(label))) != label {
				continue
			}
			w.errorAt(w.position(at), fmt.Sprintf("write it at the end of the file: [^%s]: text", label), "no footnote %q", label)
		}
	}
}

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
