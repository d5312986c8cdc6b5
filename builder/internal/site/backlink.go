package site

import "slices"

// backlinksInput is everything that the backlinks of all pages depend on.
type backlinksInput struct {
	pages    []*Ref
	readings []*reading
}

func (in backlinksInput) same(o backlinksInput) bool {
	return slices.Equal(in.pages, o.pages) && slices.EqualFunc(in.readings, o.readings, func(a, b *reading) bool {
		return a == b || same(a.mentions, b.mentions)
	})
}

// backlinks returns the backlinks of each page, in the order of in.pages.
func (in backlinksInput) backlinks() [][]Backlink {
	number := make(map[*Ref]int, len(in.pages))
	for i, r := range in.pages {
		number[r] = i
	}
	lists := make([][]Backlink, len(in.pages))
	for _, r := range in.readings {
		for i := range r.mentions {
			m := &r.mentions[i]
			n := number[m.to]
			lists[n] = append(lists[n], m.Backlink)
		}
	}
	return lists
}
