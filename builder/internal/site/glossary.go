package site

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"analysis/builder/internal/content"
)

// Letter is a heading of the glossary and what stands under it.
type Letter struct {
	Letter  string
	Entries []*Ref
}

// glossary lists actors, places and concepts by their first letter.
func (w *placing) glossary() *Overview {
	var refs []*Ref
	for _, e := range w.entries {
		switch e.doc.Kind {
		case content.KindActor, content.KindPlace, content.KindConcept:
			refs = append(refs, e.ref)
		}
	}
	key := func(r *Ref) string { return strings.TrimPrefix(strings.ToLower(r.Title), "the ") }
	slices.SortStableFunc(refs, func(a, b *Ref) int { return strings.Compare(key(a), key(b)) })
	o := &Overview{}
	for _, r := range refs {
		first, _ := utf8.DecodeRuneInString(key(r))
		letter := string(unicode.ToUpper(first))
		if n := len(o.Glossary); n == 0 || o.Glossary[n-1].Letter != letter {
			o.Glossary = append(o.Glossary, Letter{Letter: letter})
		}
		last := &o.Glossary[len(o.Glossary)-1]
		last.Entries = append(last.Entries, r)
	}
	return o
}
