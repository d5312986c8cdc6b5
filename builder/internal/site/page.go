package site

import (
	"html"
	"net/url"
	"path"
	"slices"
	"strings"

	"analysis/builder/internal/content"
	"analysis/builder/internal/diag"
)

// KindRedirect, KindNotFound and KindSingle are the kinds of pages that no file
// makes. KindSingle is the frame of the single-file edition.
const (
	KindRedirect content.Kind = "redirect"
	KindNotFound content.Kind = "404"
	KindSingle   content.Kind = "single"
)

// Page is a Document in its place, and all that a layout may read. It is never
// changed once made.
type Page struct {
	*Ref
	Config     *content.Config
	Doc        *content.Document // an empty one for pages that no file makes
	Menu       *Menu
	Section    *Section // in which the page is listed; its own for an index
	Crumbs     []*Ref   // from the home page to the folder it stands in
	Prev, Next *Ref     // neighbours in Section, nil at its ends
	Relations  []Relation
	Figures    []Figure
	Backlinks  []Backlink
	Mentions   []*Ref // the pages that the text links to, in its order
	Citations  []Citation
	Target     *Ref // where a redirect leads

	Claim    *Claim       // of a claim's page
	Labels   []*Statement // of the claims in the text, by content.Hole.Link
	Roles    []Role       // the claims whose records name this page, by key
	Carried  []Carried    // of a source: the claims by paragraph
	Checks   []Check      // of a source: the claims that it was held against
	Overview *Overview    // of a page that gathers from the whole site, else nil
	Picture  *Picture     // of a page whose front matter draws one, else nil

	links []target // by content.Hole.Link
	names []name   // ascending
}

// Relation lists the pages that a page's front matter names under a key, or
// (Inverse) the pages that name it there.
type Relation struct {
	Key     string // "part_of", "places", "actors", "figures"
	Inverse bool
	Pages   []*Ref
}

// Figure is a claimed number with its source.
type Figure struct {
	content.Figure
	Source *Ref
}

// Backlink is a link that leads here, in its sentence.
type Backlink struct {
	From                 *Ref
	Fragment             string // of the heading above the link, or ""
	Before, Match, After string // plain text
}

// Citation lists the pages that link to one place on a page.
type Citation struct {
	Anchor string
	Pages  []*Ref
}

// Cited returns the pages that link to an anchor of this page.
func (p *Page) Cited(anchor string) []*Ref {
	for _, c := range p.Citations {
		if c.Anchor == anchor {
			return c.Pages
		}
	}
	return nil
}

// Within reports whether the page stands below the page of an index.
func (p *Page) Within(index *Ref) bool {
	return slices.Contains(p.Crumbs, index) && index.Kind != content.KindHome
}

// Relation returns the pages under a key, and nil if there are none.
func (p *Page) Relation(key string, inverse bool) []*Ref {
	for _, r := range p.Relations {
		if r.Key == key && r.Inverse == inverse {
			return r.Pages
		}
	}
	return nil
}

// Minutes is the reading time at 220 words a minute, at least 1.
func (p *Page) Minutes() int { return max(1, (p.Doc.Words+110)/220) }

// Canonical is the page's full address, or "" without a base URL.
func (p *Page) Canonical() string {
	if p.Config.BaseURL == "" {
		return ""
	}
	return p.Config.BaseURL + escapePath(p.Permalink())
}

// Permalink is the page's address below the base URL: that of its folder,
// however links to it are written. The single-file edition stands for the home
// page.
func (r *Ref) Permalink() string {
	if r.Kind == KindSingle {
		return ""
	}
	if dir, name := path.Split(r.URL); name == "index.html" {
		return dir
	}
	return r.URL
}

// Root leads from the page to the site's root: "../../". The page for missing
// addresses is shown at any depth, so its root is absolute.
func (p *Page) Root() string {
	if p.Kind == KindNotFound {
		if u, err := url.Parse(p.Config.BaseURL); err == nil && p.Config.BaseURL != "" {
			return u.EscapedPath()
		}
		return "/"
	}
	return strings.Repeat("../", strings.Count(p.URL, "/"))
}

// Href is the relative address of r as seen from the page.
func (p *Page) Href(r *Ref) string { return Address(p.Root(), r.URL) }

// Address joins the way to the site's root with an address below it.
func Address(root, u string) string {
	s := root + escapePath(u)
	if first, _, _ := strings.Cut(s, "/"); s == "" || strings.Contains(first, ":") {
		return "./" + s // nothing, or a name that would be read as a scheme
	}
	return s
}

func escapePath(s string) string { return (&url.URL{Path: s}).EscapedPath() }

// address is what stands in the href of a link.
func (p *Page) address(t target) string {
	switch {
	case t.Ref == p.Ref && t.Fragment != "":
		return t.attribute(fragment(t.Fragment))
	case t.Ref == nil:
		return t.attribute(Address(p.Root(), t.File) + fragment(t.Fragment))
	}
	return t.attribute(p.Href(t.Ref) + fragment(t.Fragment))
}

// attribute is an address as it is written between quotes. The kind of a claim
// shows at every mention.
func (t target) attribute(address string) string {
	s := html.EscapeString(address)
	if t.Ref != nil && t.Ref.Kind == content.KindClaim {
		s += `" class="claim-link ` + t.Ref.Type
	}
	return s
}

func fragment(id string) string {
	if id == "" {
		return ""
	}
	return "#" + (&url.URL{Fragment: id}).EscapedFragment()
}

// text is a Document's body with all that fills its holes.
type text struct {
	doc    *content.Document
	links  []target     // by content.Hole.Link
	labels []*Statement // of its claims, by content.Hole.Link
	names  []name       // ascending
}

// label appends the label of a claim that stands in a text.
type label = func(b []byte, st *Statement) []byte

// AppendBody appends the page's HTML, its holes filled and its names linked.
func (p *Page) AppendBody(b []byte, l label) []byte {
	return text{p.Doc, p.links, p.Labels, p.names}.append(b, l, p.address, func(b, src []byte) []byte { return append(b, src...) })
}

// append appends the HTML: address says what stands in the href of a link, and
// piece appends a stretch between two holes.
func (t text) append(b []byte, l label, address func(target) string, piece func(b, src []byte) []byte) []byte {
	src, at, n := t.doc.HTML, 0, 0
	upTo := func(end int) {
		for ; n < len(t.names) && t.names[n].Start < end; n++ {
			m := t.names[n]
			b = piece(b, src[at:m.Start])
			b = append(b, `<a href="`...)
			b = append(b, address(target{Ref: m.Ref})...)
			b = append(b, `">`...)
			b = append(b, src[m.Start:m.End]...)
			b = append(b, "</a>"...)
			at = m.End
		}
		b = piece(b, src[at:end])
		at = end
	}
	for _, h := range t.doc.Holes {
		upTo(h.At)
		switch h.Kind {
		case content.HoleHref:
			b = append(b, address(t.links[h.Link])...)
		case content.HoleTitle:
			b = t.links[h.Link].appendTitle(b)
		case content.HoleClaim:
			b = l(b, t.labels[h.Link])
		}
	}
	upTo(len(src))
	return b
}

// appendTitle appends what a link without a label shows, marked as what it is if
// its language or direction is not the site's.
func (t target) appendTitle(b []byte) []byte {
	if t.Ref == nil {
		return append(b, html.EscapeString(t.File)...)
	}
	title := html.EscapeString(t.Ref.Title)
	if t.Ref.Lang == "" && t.Ref.Dir == "" {
		return append(b, title...)
	}
	b = append(b, "<bdi"...)
	for _, a := range [][2]string{{"lang", t.Ref.Lang}, {"dir", t.Ref.Dir}} {
		if a[1] != "" {
			b = append(b, " "+a[0]+`="`+html.EscapeString(a[1])+`"`...)
		}
	}
	return append(append(append(b, '>'), title...), "</bdi>"...)
}

// relationKinds says which kind of page each key of front matter names; a
// part_of names a page of the same kind.
var relationKinds = map[string]content.Kind{"places": content.KindPlace, "actors": content.KindActor}

// pages makes the Pages of all entries.
func (w *placing) pages(menu *Menu) []*Page {
	pages := make([]*Page, len(w.entries), len(w.entries)+len(w.claims))
	byRef := make(map[*Ref]*Page, cap(pages))
	for i, e := range w.entries {
		p := &Page{
			Ref: e.ref, Config: w.config, Doc: e.doc, Menu: menu, Section: e.section,
			links: e.links, names: e.names, Crumbs: w.crumbs(e.doc.Path), Overview: w.overview(e.doc.Front.Shows), Picture: w.picture(e),
		}
		if i := slices.Index(e.section.Pages, e.ref); i >= 0 {
			if i > 0 {
				p.Prev = e.section.Pages[i-1]
			}
			if i+1 < len(e.section.Pages) {
				p.Next = e.section.Pages[i+1]
			}
		}
		pages[i], byRef[e.ref] = p, p
	}
	for _, p := range w.claimPages(menu) {
		pages = append(pages, p)
		byRef[p.Ref] = p
	}
	w.bear(byRef)
	var ss sentences
	for i, e := range w.entries {
		for _, c := range e.claims {
			pages[i].Labels = append(pages[i].Labels, c.claim.Statement)
		}
		w.relate(e, pages[i], byRef)
		for _, t := range e.links {
			if to := byRef[t.Ref]; to != nil && to != pages[i] && t.Fragment != "" {
				to.cite(t.Fragment, e.ref)
			}
		}
		for _, m := range ss.mentions(e) {
			pages[i].Mentions = append(pages[i].Mentions, m.to)
			if to := byRef[m.to]; to != nil {
				to.Backlinks = append(to.Backlinks, m.Backlink)
			}
		}
	}
	for _, p := range pages {
		for i := range p.Relations {
			slices.SortStableFunc(p.Relations[i].Pages, inOrder)
		}
	}
	return pages
}

// relate resolves what a page's front matter names, and enters it at both ends.
func (w *placing) relate(e *entry, p *Page, byRef map[*Ref]*Page) {
	for _, r := range e.doc.Front.Refs {
		kind := relationKinds[r.Key]
		if kind == "" {
			kind = e.doc.Kind
		}
		if to := w.ref(r, kind); to == e.ref {
			w.report(diag.Errorf(r.At, "%q names this page itself", r.ID).WithHint("name another page, or take the line away"))
		} else if to != nil {
			p.add(r.Key, false, to)
			byRef[to].add(r.Key, true, e.ref)
		}
	}
	for _, f := range e.doc.Front.Figures {
		if to := w.ref(f.Source, content.KindSource); to != nil {
			p.Figures = append(p.Figures, Figure{f, to})
			byRef[to].add("figures", true, e.ref)
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

// claimPages makes the Pages of all claims.
func (w *placing) claimPages(menu *Menu) []*Page {
	var pages []*Page
	crumbs := w.crumbs(claimFolder + "/claim.md")
	for i, c := range w.claims {
		p := &Page{
			Ref: c.ref, Config: w.config, Doc: c.doc, Menu: menu, Section: c.section, Crumbs: crumbs,
			Claim: c.claim, links: c.links, names: c.names,
		}
		if i > 0 {
			p.Prev = w.claims[i-1].ref
		}
		if i+1 < len(w.claims) {
			p.Next = w.claims[i+1].ref
		}
		pages = append(pages, p)
	}
	return pages
}

// crumbs lead from the home page down to the folder above a file's page.
func (w *placing) crumbs(file string) []*Ref {
	var crumbs []*Ref
	parts := strings.Split(file, "/")
	for i := range parts {
		index := strings.Join(append(slices.Clone(parts[:i]), "index.md"), "/")
		if up := w.byPath[index]; up != nil && index != file {
			crumbs = append(crumbs, up.ref)
		}
	}
	return crumbs
}

// extra makes the pages that no file makes: one for each old address, and the
// one for addresses that do not exist. A portable site has no server that could
// show the latter.
func (w *placing) extra(menu *Menu) []*Page {
	taken := map[string]string{}
	for _, e := range w.entries {
		taken[e.ref.Permalink()] = e.doc.Path
	}
	for _, c := range w.claims {
		taken[c.ref.Permalink()] = c.doc.Path
	}
	var pages []*Page
	for _, e := range w.entries {
		for _, r := range e.doc.Front.RedirectFrom {
			if other := taken[r.Path]; other != "" {
				w.report(diag.Errorf(r.At, "the address %q belongs to %s", r.Path, other).
					WithHint("redirect only from addresses that no page has any more"))
				continue
			}
			taken[r.Path] = e.doc.Path
			pages = append(pages, &Page{
				Ref:    &Ref{URL: w.address(r.Path), Title: e.ref.Title, Kind: KindRedirect},
				Config: w.config, Doc: &content.Document{}, Menu: menu, Section: &Section{}, Target: e.ref,
			})
		}
	}
	if w.in.Portable {
		return pages
	}
	return append(pages, &Page{
		Ref:    &Ref{URL: "404.html", Title: "404", Kind: KindNotFound},
		Config: w.config, Doc: &content.Document{}, Menu: menu, Section: &Section{},
	})
}
