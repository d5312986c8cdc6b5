package site

// Unlisted are the backlinks from pages that cite no passage of this one. Those
// that do are listed at the passage, see Cited.
func (p *Page) Unlisted() []Backlink {
	if len(p.Doc.Front.Passages) == 0 {
		return p.Backlinks
	}
	listed := map[*Ref]bool{}
	for _, passage := range p.Doc.Front.Passages {
		for _, r := range p.Cited(passage.Anchor()) {
			listed[r] = true
		}
	}
	var rest []Backlink
	for _, b := range p.Backlinks {
		if !listed[b.From] {
			rest = append(rest, b)
		}
	}
	return rest
}
