package site

import (
	"cmp"
	"iter"
	"slices"

	"analysis/builder/internal/content"
	"analysis/builder/internal/diag"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/kind"
)

// assembly is the state in which the Pages of a site are built.
type assembly struct {
	*placing
	pages  []*Page // those of all entries, then those of all claims
	byRef  map[*Ref]*Page
	crumbs map[string][]*Ref // by folder
}

// assemble builds the Pages. A Page that equals one of the previous build is
// replaced by that one.
func (w *placing) assemble() *Site {
	n := len(w.entries) + len(w.claims)
	m := &assembly{w, make([]*Page, 0, n+1), make(map[*Ref]*Page, n), map[string][]*Ref{}}
	for _, e := range w.entries {
		m.add(&Page{
			Ref: e.ref, Config: w.config, Doc: e.doc, Menu: w.menu, Section: e.section, Crumbs: m.crumbsOf(e),
			Mentions: e.reading.pages, links: e.links.targets, names: e.reading.names, Arrows: w.arrows(e),
		})
	}
	m.addClaims()
	m.setNeighbours()
	m.addRoles()
	for i, e := range w.entries {
		m.addRelations(e, m.pages[i])
		m.addCitations(e)
	}
	m.reportParts()
	for i, list := range m.backlinks() {
		m.pages[i].Backlinks = list
	}
	for _, p := range m.pages {
		p.joinCitations()
		for i := range p.Relations {
			list := &p.Relations[i].Pages
			slices.SortStableFunc(*list, InOrder)
			*list = slices.Compact(*list)
		}
	}
	s := &Site{Config: w.config, Whole: w.makeWhole(), LeftOut: w.filesOfDrafts()}
	for _, c := range w.claims {
		if placed := (PlacedClaim{c.claim, c.written, c.page.doc}); c.claim.Gone {
			s.Gone = append(s.Gone, placed)
		} else {
			s.Claims = append(s.Claims, placed)
		}
	}
	all := append(m.pages, w.extraPages()...)
	s.Pages, _ = w.Placer.pages.Map(len(all), func(i int) (string, *Page) { return all[i].URL, all[i] }, func(_ int, p *Page) *Page { return p })
	if last := len(s.Pages) - 1; w.in.Single {
		s.Single, s.Pages = s.Pages[last], s.Pages[:last]
	}
	s.Diagnostics = w.found
	return s
}

func (m *assembly) add(p *Page) {
	m.pages = append(m.pages, p)
	m.byRef[p.Ref] = p
}

// addClaims adds a Page for each claim.
func (m *assembly) addClaims() {
	crumbs := m.crumbsTo(claimFolder)
	var last *Page // of a claim that is not gone
	for _, c := range m.claims {
		p := &Page{
			Ref: c.ref, Config: m.config, Doc: c.doc, Menu: m.menu, Section: m.folders[claimFolder], Crumbs: crumbs,
			Claim: c.claim, links: c.targets(), names: c.names,
		}
		if !c.claim.Gone {
			if last != nil {
				p.Prev, last.Next = last.Ref, p.Ref
			}
			last = p
		}
		m.add(p)
		on := m.byRef[c.page.ref]
		on.Labels = append(on.Labels, c.claim.Statement)
	}
}

// setNeighbours sets Prev and Next of the pages in each section.
func (m *assembly) setNeighbours() {
	for _, s := range m.folders {
		for i, r := range s.Pages {
			p := m.byRef[r]
			if p.Section != s { // an index page, which is listed in the parent folder
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

// crumbsOf returns the pages from the home page to the one above the entry's page.
func (m *assembly) crumbsOf(e *entry) []*Ref {
	switch e.doc.Kind {
	case kind.Home:
		return nil
	case kind.Index:
		return m.crumbsTo(folderOf(e.folder))
	}
	return m.crumbsTo(e.folder)
}

// crumbsTo returns the pages from the home page to the folder's own page.
func (m *assembly) crumbsTo(folder string) []*Ref {
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

// relationKinds maps a key of front matter to the kind of page it names. The keys
// part_of and origin are missing: they name a page of the same kind.
var relationKinds = map[string]kind.Kind{"places": kind.Place, "actors": kind.Actor}

// refKind returns the kind of page that front matter should name. An origin may also be
// an actor.
func (w *placing) refKind(r frontmatter.Ref, own kind.Kind) kind.Kind {
	if r.Key == "origin" {
		if to, _ := w.findID(r.ID, kind.Actor); to != nil && to.ref.Kind == kind.Actor {
			return kind.Actor
		}
	}
	return cmp.Or(relationKinds[r.Key], own)
}

// isAbove reports whether a name in front matter is that of the one page above its own: what it
// is part of, or whose account it carries.
func isAbove(r frontmatter.Ref) bool { return r.Key == "part_of" || r.Key == "origin" }

// above returns the page above a page, nil if there is none.
func (w *placing) above(e *entry) *entry {
	i := slices.IndexFunc(e.doc.Front.Refs, isAbove)
	if i < 0 {
		return nil
	}
	r := e.doc.Front.Refs[i]
	want := w.refKind(r, e.doc.Kind)
	if to, _ := w.findID(r.ID, want); to != nil && to.ref.Kind == want {
		return to
	}
	return nil
}

// addRelations resolves the pages that a page's front matter names. It adds each
// relation to both pages.
func (m *assembly) addRelations(e *entry, p *Page) {
	for _, r := range e.doc.Front.Refs {
		if to := m.resolveRef(r, m.refKind(r, e.doc.Kind)); to == e.ref {
			m.report(diag.Errorf(r.At, "%q names this page itself", r.ID).WithHint("name another page, or take the line away"))
		} else if to != nil {
			p.addRelation(r.Key, false, to)
			m.byRef[to].addRelation(r.Key, true, e.ref)
		}
	}
	for _, f := range e.doc.Front.Figures {
		if to := m.resolveRef(f.Source, kind.Source); to != nil {
			p.Figures = append(p.Figures, Figure{f, to})
			m.byRef[to].addRelation("figures", true, e.ref)
		}
	}
}

// reportParts reports pages that are part of themselves through other pages, and sources
// that carry their own account through others.
func (w *placing) reportParts() {
	parts := slices.DeleteFunc(slices.Clone(w.entries), func(e *entry) bool { return !slices.ContainsFunc(e.doc.Front.Refs, isAbove) })
	whole := func(e *entry) iter.Seq[*entry] {
		return func(yield func(*entry) bool) {
			if to := w.above(e); to != nil {
				yield(to)
			}
		}
	}
	for _, circle := range circles(parts, whole) {
		refs, what := circle[len(circle)-1].doc.Front.Refs, "pages are part of one another"
		if circle[0].doc.Kind == kind.Source {
			what = "sources carry one another’s account"
		}
		w.report(diag.Errorf(refs[slices.IndexFunc(refs, isAbove)].At, "these %s in a circle: %s", what,
			circleText(circle, func(e *entry) string { return e.ref.ID })).WithHint("take one of these lines away"))
	}
}

func (p *Page) addRelation(key string, inverse bool, r *Ref) {
	i := slices.IndexFunc(p.Relations, func(rel Relation) bool { return rel.Key == key && rel.Inverse == inverse })
	if i < 0 {
		i = len(p.Relations)
		p.Relations = append(p.Relations, Relation{Key: key, Inverse: inverse})
	}
	p.Relations[i].Pages = append(p.Relations[i].Pages, r)
}

// addCitations adds a page to the Citations of each page to whose anchors it links.
func (m *assembly) addCitations(e *entry) {
	for _, t := range e.links.targets {
		to := m.byRef[t.Ref]
		if t.Fragment == "" || to == nil || to.Ref == e.ref {
			continue
		}
		to.Citations = append(to.Citations, Citation{t.Fragment, []*Ref{e.ref}})
	}
}

// joinCitations makes one Citation of those of each anchor, sorted by anchor.
func (p *Page) joinCitations() {
	slices.SortStableFunc(p.Citations, func(a, b Citation) int { return cmp.Compare(a.Anchor, b.Anchor) })
	joined := p.Citations[:0]
	for _, c := range p.Citations {
		last := len(joined) - 1
		if last < 0 || joined[last].Anchor != c.Anchor {
			joined = append(joined, c)
		} else if to := &joined[last]; to.Pages[len(to.Pages)-1] != c.Pages[0] {
			to.Pages = append(to.Pages, c.Pages[0])
		}
	}
	p.Citations = joined
}

// backlinks returns the backlinks of each page, in the order of m.pages.
func (m *assembly) backlinks() [][]Backlink {
	in := backlinksInput{make([]*Ref, len(m.pages)), make([]*reading, len(m.entries))}
	for i, p := range m.pages {
		in.pages[i] = p.Ref
	}
	for i, e := range m.entries {
		in.readings[i] = e.reading
	}
	return m.Placer.backlinks.One(in, backlinksInput.backlinks)
}

// extraPages makes the pages without a source file: the redirects, the cards, the 404 page,
// and last the frame of the single-file edition if Input.Single is set. A portable
// site gets no 404 page, because it has no server that could show it.
func (w *placing) extraPages() (pages []*Page) {
	var taken map[string]string // made only if there is a redirect
	redirect := func(r frontmatter.Redirect, to *Ref, fragment string) {
		if taken == nil {
			taken = w.fileByAddress()
		}
		if other := taken[r.Path]; other != "" {
			w.report(diag.Errorf(r.At, "the address %q belongs to %s", r.Path, other).
				WithHint("redirect only from addresses that no page has any more"))
			return
		}
		taken[r.Path] = r.At.File
		pages = append(pages, &Page{Ref: &Ref{URL: address(r.Path, w.in.Portable), Title: to.Title, Kind: KindRedirect}, Target: to, Fragment: fragment, moved: r.At})
	}
	for _, e := range w.entries {
		for _, r := range e.doc.Front.RedirectFrom {
			to, fragment := w.redirectTarget(e, r)
			redirect(r, to, fragment)
		}
	}
	for _, c := range w.claims {
		for _, id := range c.claim.Was {
			redirect(frontmatter.Redirect{Path: claimFolder + "/" + id + "/", At: c.written.Was.At}, c.ref, "")
		}
	}
	if w.in.Cards {
		for _, c := range w.claims {
			// Also at each former id, since in a frame without scripts no page can redirect.
			for _, id := range append([]string{c.ref.ID}, c.claim.Was...) {
				pages = append(pages, &Page{Claim: c.claim, Ref: &Ref{
					URL: address(claimFolder+"/"+id+"/card/", w.in.Portable), Title: c.ref.Title, Kind: KindCard, Type: c.ref.Type, Lang: c.ref.Lang, Dir: c.ref.Dir,
				}})
			}
		}
	}
	if !w.in.Portable {
		pages = append(pages, &Page{Ref: &Ref{URL: "404.html", Title: "404", Kind: KindNotFound}})
	}
	if w.in.Single {
		pages = append(pages, w.singlePage())
	}
	refs, _ := w.extraRefs.Map(len(pages), func(i int) (string, *Ref) { return pages[i].URL, pages[i].Ref }, func(_ int, r *Ref) *Ref { return r })
	for i, p := range pages {
		p.Ref, p.Config, p.Menu, p.Doc, p.Section = refs[i], w.config, w.menu, &content.Document{}, &w.noSection
	}
	return pages
}

// redirectTarget returns where an old address leads that is written on the page of e: the
// page, a claim on it, or an anchor.
func (w *placing) redirectTarget(e *entry, r frontmatter.Redirect) (to *Ref, fragment string) {
	if r.To.ID == "" {
		return e.ref, ""
	}
	id, found := e.anchor(r.To.ID[1:])
	if found.Message != "" && !e.doc.Unread {
		w.reportAt(r.To.At, found)
	}
	if i := slices.IndexFunc(e.claims, func(c *claimEntry) bool { return c.written.ID == id }); i >= 0 {
		return e.claims[i].ref, ""
	}
	return e.ref, id
}

// fileByAddress maps the address of each page to the path of its file.
func (w *placing) fileByAddress() map[string]string {
	files := make(map[string]string, len(w.entries)+len(w.claims))
	for _, e := range w.entries {
		files[e.ref.Permalink()] = e.doc.Path
	}
	for _, c := range w.claims {
		files[c.ref.Permalink()] = c.doc.Path
	}
	return files
}
