package site

import (
	"analysis/builder/internal/content"
	"analysis/builder/internal/diag"
)

// extra makes the pages that no file makes: one for each old address, and the
// one for addresses that do not exist. A portable site has no server that could
// show the latter.
func (w *placing) extra() []*Page {
	var pages []*Page
	var taken map[string]string
	old := w.lastExtra()
	for _, e := range w.entries {
		for _, r := range e.doc.Front.RedirectFrom {
			if taken == nil {
				taken = w.addresses()
			}
			if other := taken[r.Path]; other != "" {
				w.report(diag.Errorf(r.At, "the address %q belongs to %s", r.Path, other).
					WithHint("redirect only from addresses that no page has any more"))
				continue
			}
			taken[r.Path] = e.doc.Path
			pages = append(pages, w.pageOf(Ref{URL: w.address(r.Path), Title: e.ref.Title, Kind: KindRedirect}, Page{Target: e.ref}, old))
		}
	}
	if w.in.Portable {
		return pages
	}
	return append(pages, w.pageOf(Ref{URL: "404.html", Title: "404", Kind: KindNotFound}, Page{}, old))
}

// addresses are those of all pages, with the files that make them.
func (w *placing) addresses() map[string]string {
	taken := make(map[string]string, len(w.entries)+len(w.claims))
	for _, e := range w.entries {
		taken[e.ref.Permalink()] = e.doc.Path
	}
	for _, c := range w.claims {
		taken[c.ref.Permalink()] = c.doc.Path
	}
	return taken
}

// lastExtra are the pages of the last site that no file made, by address.
func (w *placing) lastExtra() map[string]*Page {
	if w.last == nil {
		return nil
	}
	old := map[string]*Page{}
	if s := w.last.site; s.Single != nil {
		old[s.Single.URL] = s.Single
	}
	for _, p := range w.last.site.Pages[len(w.last.work.entries)+len(w.last.work.claims):] {
		old[p.URL] = p
	}
	return old
}

// pageOf completes a page that no file makes. If it came out like one of the old
// ones, it is that.
func (w *placing) pageOf(ref Ref, p Page, old map[string]*Page) *Page {
	p.Config, p.Menu = w.config, w.menu
	was := old[ref.URL]
	if was == nil || *was.Ref != ref {
		p.Ref, p.Doc, p.Section = &ref, &content.Document{}, &Section{}
		return &p
	}
	if p.Ref, p.Doc, p.Section = was.Ref, was.Doc, was.Section; p.same(was) {
		return was
	}
	return &p
}
