package site

import (
	"slices"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/kind"
)

// making is the Pages of a site while they are made.
type making struct {
	*placing
	pages  []Page       // of all entries, then of all claims
	number map[*Ref]int // where the page of a Ref is
	crumbs map[string][]*Ref
}

// of is the page of a Ref, nil if it has none.
func (m *making) of(r *Ref) *Page {
	if i, ok := m.number[r]; ok {
		return &m.pages[i]
	}
	return nil
}

// makePages makes the Pages of all entries and claims. Those that came out like
// the last time are the last ones.
func (w *placing) makePages() []*Page {
	n := len(w.entries) + len(w.claims)
	m := &making{w, make([]Page, n), make(map[*Ref]int, n), map[string][]*Ref{}}
	for i, e := range w.entries {
		m.number[e.ref] = i
		m.pages[i] = Page{
			Ref: e.ref, Config: w.config, Doc: e.doc, Menu: w.menu, Section: e.section,
			links: e.links, names: e.names, Crumbs: m.crumbsOf(e), Arrows: m.arrows(e),
		}
	}
	m.claimPages()
	m.neighbours()
	m.addRoles()
	for i, e := range w.entries {
		m.join(e, &m.pages[i])
	}
	in := m.backlinks()
	made := make([]*Page, n)
	w.each(n, func(from, to int) {
		for i := from; i < to; i++ {
			made[i] = m.finish(i, in.of(i))
		}
	})
	return made
}

// claimPages makes the Pages of all claims.
func (m *making) claimPages() {
	crumbs := m.crumbsTo(claimFolder)
	for i, c := range m.claims {
		p := Page{
			Ref: c.ref, Config: m.config, Doc: c.doc, Menu: m.menu, Section: c.section, Crumbs: crumbs,
			Claim: c.claim, links: c.links, names: c.names,
		}
		if i > 0 {
			p.Prev = m.claims[i-1].ref
		}
		if i+1 < len(m.claims) {
			p.Next = m.claims[i+1].ref
		}
		n := len(m.entries) + i
		m.pages[n], m.number[c.ref] = p, n
	}
}

// neighbours tells the pages of each section which stand beside them.
func (m *making) neighbours() {
	for _, s := range m.folders {
		for i, r := range s.Pages {
			p := m.of(r)
			if p.Section != s { // an index, listed in the folder above
				continue
			}
			if i > 0 {
				p.Prev = s.Pages[i-1]
			}
			if i+1 < len(s.Pages) {
				p.Next = s.Pages[i+1]
			}
		}
	}
}

// crumbsOf lead from the home page down to the folder above a file's page.
func (m *making) crumbsOf(e *entry) []*Ref {
	switch e.doc.Kind {
	case kind.Home:
		return nil
	case kind.Index:
		return m.crumbsTo(folderOf(e.folder))
	}
	return m.crumbsTo(e.folder)
}

// crumbsTo lead from the home page down to a folder's own page.
func (m *making) crumbsTo(folder string) []*Ref {
	if list, ok := m.crumbs[folder]; ok {
		return list
	}
	var list []*Ref
	index := folder + "/index.md"
	if folder == "." {
		index = "index.md"
	} else {
		list = m.crumbsTo(folderOf(folder))
	}
	if up := m.byPath[index]; up != nil {
		list = append(slices.Clip(list), up.ref)
	}
	m.crumbs[folder] = list
	return list
}

// join enters what a page says of others, there and here.
func (m *making) join(e *entry, p *Page) {
	for _, c := range e.claims {
		p.Labels = append(p.Labels, c.claim.Statement)
	}
	m.relate(e, p)
	for i := range e.links {
		t := &e.links[i]
		if t.Fragment == "" {
			continue
		}
		if to := m.of(t.Ref); to != nil && to != p {
			to.cite(t.Fragment, e.ref)
		}
	}
}

// relationKinds says which kind of page each key of front matter names; a
// part_of names a page of the same kind.
var relationKinds = map[string]kind.Kind{"places": kind.Place, "actors": kind.Actor}

// relate resolves what a page's front matter names, and enters it at both ends.
func (m *making) relate(e *entry, p *Page) {
	for _, r := range e.doc.Front.Refs {
		kind := relationKinds[r.Key]
		if kind == "" {
			kind = e.doc.Kind
		}
		if to := m.ref(r, kind); to == e.ref {
			m.report(diag.Errorf(r.At, "%q names this page itself", r.ID).WithHint("name another page, or take the line away"))
		} else if to != nil {
			p.add(r.Key, false, to)
			m.of(to).add(r.Key, true, e.ref)
		}
	}
	for _, f := range e.doc.Front.Figures {
		if to := m.ref(f.Source, kind.Source); to != nil {
			p.Figures = append(p.Figures, Figure{f, to})
			m.of(to).add("figures", true, e.ref)
		}
	}
}

func (p *Page) add(key string, inverse bool, r *Ref) {
	for i := range p.Relations {
		if rel := &p.Relations[i]; rel.Key == key && rel.Inverse == inverse {
			if !slices.Contains(rel.Pages, r) {
				rel.Pages = append(rel.Pages, r)
			}
			return
		}
	}
	p.Relations = append(p.Relations, Relation{key, inverse, []*Ref{r}})
}

func (p *Page) cite(anchor string, from *Ref) {
	for i := range p.Citations {
		if c := &p.Citations[i]; c.Anchor == anchor {
			if c.Pages[len(c.Pages)-1] != from {
				c.Pages = append(c.Pages, from)
			}
			return
		}
	}
	p.Citations = append(p.Citations, Citation{anchor, []*Ref{from}})
}

// finish completes a page with what mentions it, and returns it, or that of the
// last site if it came out the same.
func (m *making) finish(i int, in []*Backlink) *Page {
	e := m.entryOf(i)
	p, old := &m.pages[i], &Page{}
	if e.was != nil && e.was.page != nil {
		old = e.was.page
	}
	for i := range p.Relations {
		slices.SortStableFunc(p.Relations[i].Pages, InOrder)
	}
	p.Backlinks = collect(old.Backlinks, in, func(b *Backlink) Backlink { return *b })
	p.Mentions = collect(old.Mentions, e.mentions, func(m mention) *Ref { return m.to })
	e.page = p.kept(old)
	return e.page
}

// entryOf is the entry of the i-th page.
func (m *making) entryOf(i int) *entry {
	if i < len(m.entries) {
		return m.entries[i]
	}
	return &m.claims[i-len(m.entries)].entry
}

// collect makes a list of parts of others, or returns the old one if that is
// what comes out.
func collect[T comparable, S any](old []T, from []S, of func(S) T) []T {
	if len(old) == len(from) {
		i := 0
		for i < len(old) && of(from[i]) == old[i] {
			i++
		}
		if i == len(old) {
			return old
		}
	}
	if len(from) == 0 {
		return nil
	}
	list := make([]T, len(from))
	for i, f := range from {
		list[i] = of(f)
	}
	return list
}
