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

// former is what is kept of a page that is no longer there, to find out where it
// has moved.
type former struct {
	id, title string
	kind      kind.Kind
	text      uint64   // hash of its HTML
	near      []string // addresses: of the page that its claim is told on, of its section's page
}

var seed = maphash.MakeSeed() // of the hashes of texts

// maxGone is how many pages that are no longer there are kept, so that a preview
// may run for weeks.
const maxGone = 1000

// vanished adds to gone the pages of the old site that the next one has no files
// of. If there would be too many, those known before are forgotten.
func vanished(gone map[string]former, old, next *pipeline.Snapshot) map[string]former {
	added := map[string]former{}
	for _, p := range old.Site.Pages {
		name := paths.File(p.URL)
		if next.Files[name] != nil || p.Target != nil || len(added) == maxGone { // a redirect does not move
			continue
		}
		f := former{id: p.ID, title: p.Title, kind: p.Kind, text: maphash.Bytes(seed, p.Doc.HTML)}
		if p.Claim != nil && p.Claim.ToldOn != nil {
			f.near = append(f.near, p.Claim.ToldOn.URL)
		}
		if p.Section != nil && p.Section.Index != nil {
			f.near = append(f.near, p.Section.Index.URL)
		}
		added[name] = f
	}
	all := map[string]former{}
	if len(gone)+len(added) <= maxGone {
		maps.Copy(all, gone)
	}
	maps.Copy(all, added)
	return all
}

// successor returns the address to go on to from a file that is not there: that
// of the page that was in it, if it seems to have moved, or else of one nearby.
func (s *state) successor(name string) (address string, moved bool) {
	link := func(to string) string { return (&url.URL{Path: "/" + to}).EscapedPath() }
	has := func(to string) bool { return s.site.Files[paths.File(to)] != nil }
	if was, ok := s.gone[name]; ok {
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

// find looks for a page in its new place: one of its kind with the same id, or
// else the same text, or else the same title.
func (s *state) find(was former) (address string, ok bool) {
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
