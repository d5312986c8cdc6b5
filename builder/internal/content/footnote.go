package content

import (
	"bytes"
	"regexp"
	"strconv"

	"github.com/yuin/goldmark/ast"
	xast "github.com/yuin/goldmark/extension/ast"

	"analysis/builder/internal/diag"
)

var footnoteMark = regexp.MustCompile(`\[\^([^\]\s]+)\]`)

// checkFootnotes reports footnote marks that were left as text. goldmark may have
// divided such a text, so the texts that follow each other in the body are joined
// first.
func (w *writer) checkFootnotes(root ast.Node) {
	if !bytes.Contains(w.src, []byte("[^")) {
		return
	}
	start, stop := 0, 0
	below(root, func(n ast.Node) bool {
		t, ok := n.(*ast.Text)
		if !ok || t.Parent().Kind() == ast.KindCodeSpan {
			return true
		}
		if t.Segment.Start != stop {
			w.checkFootnoteMarks(start, stop)
			start = t.Segment.Start
		}
		stop = t.Segment.Stop
		return true
	})
	w.checkFootnoteMarks(start, stop)
}

// checkFootnoteMarks reports the marks in a stretch of the body, but for those
// that are meant as text: spelt with an escape or an entity.
func (w *writer) checkFootnoteMarks(start, stop int) {
	for _, m := range footnoteMark.FindAllSubmatchIndex(w.src[start:stop], -1) {
		at, label := start+m[0], string(w.src[start+m[2]:start+m[3]])
		if at > 0 && w.src[at-1] == '\\' || string(resolved([]byte(label))) != label {
			continue
		}
		w.doc.report(diag.Errorf(w.position(at), "no footnote %q", label).
			WithHint("write it at the end of the file: [^%s]: text", label))
	}
}

// footnoteAnchors lists the ids that goldmark gives to the footnotes below a node
// and to the marks that refer to them.
func footnoteAnchors(root ast.Node) (ids []string) {
	below(root, func(n ast.Node) bool {
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
		return true
	})
	return ids
}
