package devserver

import (
	"hash/maphash"
	"maps"
	"net/url"
	"path"
	"strings"

	"analysis/builder/internal/kind"
	"analysis/builder/internal/paths"
	"analysis/builder/internal/pipeline"
	"analysis/builder/internal/site"
)

// deletedPage holds what is needed to find out where a deleted page has moved.
type deletedPage struct {
	id, title string
	kind      kind.Kind
	text      uint64   // hash of the page's HTML
	near      []string // addresses of the page that has its claim, and of its section's index
}

var seed = maphash.MakeSeed() // for the hashes of texts

// maxDeleted limits the number of deletedPages, since a preview may run for weeks.
const maxDeleted = 1000

// addDeleted adds to deleted the pages of the old site that the next one does not have.
// If there would be too many, it drops those from earlier builds.
func addDeleted(deleted map[string]deletedPage, old, next *pipeline.Snapshot) map[string]deletedPage {
	added := map[string]deletedPage{}
	for _, p := range old.Site.Pages {
		name := paths.File(p.URL)
		if next.Files[name] != nil || p.Target != nil || len(added) == maxDeleted { // redirects do not move
			continue
		}
		f := deletedPage{id: p.ID, title: p.Title, kind: p.Kind, text: maphash.Bytes(seed, p.Doc.HTML)}
		if p.Claim != nil && p.Claim.ToldOn != nil {
			f.near = append(f.near, p.Claim.ToldOn.URL)
		}
		if p.Section != nil && p.Section.Index != nil {
			f.near = append(f.near, p.Section.Index.URL)
		}
		added[name] = f
	}
	all := map[string]deletedPage{}
	if len(deleted)+len(added) <= maxDeleted {
		maps.Copy(all, deleted)
	}
	maps.Copy(all, added)
	return all
}

// successor returns the address to go to from a file that does not exist. If its page
// seems to have moved, that is the new address. Otherwise it is a page nearby.
func (s *state) successor(name string) (address string, moved bool) {
	link := func(to string) string { return (&url.URL{Path: "/" + to}).EscapedPath() }
	has := func(to string) bool { return s.site.Files[paths.File(to)] != nil }
	if was, ok := s.deleted[name]; ok {
		if to, ok := s.find(was); ok {
			return link(to), true
		}
		for _, to := range was.near {
			if has(to) {
				return link(to), false
			}
		}
	}
	folder := strings.TrimSuffix(name, "index.html")
	for found := false; folder != "" && !found; found = has(folder) {
		folder, _ = path.Split(strings.TrimSuffix(folder, "/"))
	}
	return link(folder), false
}

// find returns the new address of a deleted page. It looks for a page of its kind with
// the same id, or else the same text, or else the same title.
func (s *state) find(was deletedPage) (address string, ok bool) {
	for _, same := range []func(p *site.Page) bool{
		func(p *site.Page) bool { return was.id != "" && p.ID == was.id },
		func(p *site.Page) bool { return len(p.Doc.HTML) > 0 && maphash.Bytes(seed, p.Doc.HTML) == was.text },
		func(p *site.Page) bool { return p.Title == was.title },
	} {
		for _, p := range s.site.Site.Pages {
			if p.Kind == was.kind && same(p) {
				return p.URL, true
			}
		}
	}
	return "", false
}
