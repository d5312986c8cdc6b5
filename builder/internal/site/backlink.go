package site

// backlinks are all mentions by the page to which they lead.
type backlinks struct {
	start []int       // of each page's part of the list
	list  []*Backlink // in the order of the pages they stand on
}

func (b *backlinks) of(page int) []*Backlink { return b.list[b.start[page]:b.start[page+1]] }

// backlinks sorts the mentions of all texts.
func (m *making) backlinks() *backlinks {
	first := make([]int, len(m.entries)+1) // of each entry's mentions, among all
	for i, e := range m.entries {
		first[i+1] = first[i] + len(e.mentions)
	}
	leads := make([]int32, first[len(m.entries)]) // to which page
	m.each(len(m.entries), func(from, to int) {
		for i, e := range m.entries[from:to] {
			for j := range e.mentions {
				leads[first[from+i]+j] = int32(m.number[e.mentions[j].to])
			}
		}
	})
	b := &backlinks{make([]int, len(m.pages)+1), make([]*Backlink, len(leads))}
	for _, page := range leads {
		b.start[page+1]++
	}
	for i := range m.pages {
		b.start[i+1] += b.start[i]
	}
	next, n := append([]int(nil), b.start...), 0
	for _, e := range m.entries {
		for j := range e.mentions {
			page := leads[n]
			b.list[next[page]] = &e.mentions[j].Backlink
			next[page]++
			n++
		}
	}
	return b
}
