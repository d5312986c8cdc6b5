package site

import (
	"reflect"
	"slices"

	"analysis/builder/internal/content"
)

// kept is what a Placer remembers of the last site: the work and what came of
// it.
type kept struct {
	in    Input
	work  *placing
	names *names
	site  *Site
}

// again makes the site if all that a Document shows to other pages is what it
// was: then every page is the last one, but for the pages of the Documents that
// changed and of their claims. It is false if that cannot be said, and Place
// must do all.
//
// What a Document shows elsewhere is its front matter, its anchors, where its
// links lead, the sentences in which it mentions other pages, and its claims.
func (p *Placer) again(in Input) (*Site, bool) {
	last := p.last
	if last == nil || len(last.site.Diagnostics) > 0 || !sameWorld(last.in, in) {
		return nil, false
	}
	w := *last.work
	w.in, w.found = in, nil
	var changed []*replaced
	for i, e := range last.work.entries {
		if d := in.Docs[i]; d != e.doc {
			r, ok := w.replace(i, d, last.names)
			if !ok {
				return nil, false
			}
			changed = append(changed, r)
		}
	}
	if len(changed) == 0 {
		p.last = &kept{in, last.work, last.names, last.site}
		return last.site, true
	}
	s := *last.site
	s.Pages, s.Claims = slices.Clone(s.Pages), slices.Clone(s.Claims)
	w.entries, w.claims = slices.Clone(w.entries), slices.Clone(w.claims)
	for _, r := range changed {
		w.put(&s, r)
	}
	w.onePage = nil
	for i, page := range s.Pages {
		if page.Overview != nil && page.Overview.Whole != nil { // it shows their texts
			page := *page
			page.Overview = w.overview("whole")
			s.Pages[i] = &page
		}
	}
	if len(w.found) > 0 {
		return nil, false
	}
	p.last = &kept{in, &w, last.names, &s}
	return &s, true
}

// sameWorld reports whether all but the texts of the Documents is the same.
func sameWorld(a, b Input) bool {
	if len(a.Docs) != len(b.Docs) || a.Config != b.Config || a.Drafts != b.Drafts || a.Portable != b.Portable || a.Single || b.Single || !slices.Equal(a.Files, b.Files) {
		return false
	}
	for i, d := range a.Docs {
		if d != b.Docs[i] && !sameFace(d, b.Docs[i]) || d.Front.Draft && !a.Drafts { // which has no entry
			return false
		}
	}
	return true
}

// sameFace reports whether two Documents are the same to other pages, as far as
// that can be told before their links are resolved.
func sameFace(a, b *content.Document) bool {
	return a.Path == b.Path && reflect.DeepEqual(a.Front, b.Front) && slices.Equal(a.Anchors, b.Anchors) &&
		sameBut(reflect.ValueOf(a.Claims), reflect.ValueOf(b.Claims))
}

// sameBut is reflect.DeepEqual, but that it passes over where something stands
// and the text of a claim.
func sameBut(a, b reflect.Value) bool {
	switch a.Kind() {
	case reflect.Slice:
		if a.Len() != b.Len() {
			return false
		}
		for i := range a.Len() {
			if !sameBut(a.Index(i), b.Index(i)) {
				return false
			}
		}
		return true
	case reflect.Struct:
		for i := range a.NumField() {
			if t := a.Type().Field(i); !places[t.Name] && !sameBut(a.Field(i), b.Field(i)) {
				return false
			}
		}
		return true
	}
	return a.Equal(b)
}

// places are the fields of claims and of what they consist of that say where it
// stands, and the text.
var places = map[string]bool{"At": true, "Start": true, "End": true, "Line": true, "Column": true, "Body": true}

// replaced is a Document that takes the place of another.
type replaced struct {
	at     int // among the entries
	entry  *entry
	claims map[int]*claimEntry // by their number among all claims
}

// replace makes the entry of a Document that takes the place of the last one,
// if it shows the same elsewhere.
func (w *placing) replace(at int, d *content.Document, names *names) (*replaced, bool) {
	old := w.entries[at]
	e := &entry{doc: d, ref: old.ref, section: old.section}
	w.resolve(e)
	e.names = names.find(e)
	if len(w.found) > 0 || !slices.Equal(e.links, old.links) || !slices.Equal(new(sentences).mentions(e), new(sentences).mentions(old)) {
		return nil, false
	}
	r := &replaced{at, e, map[int]*claimEntry{}}
	for i, was := range old.claims {
		made := &d.Claims[i]
		c := &claimEntry{made: made, on: e, claim: was.claim, edges: was.edges}
		c.entry = entry{doc: made.Body, ref: was.ref, section: was.section, links: e.links[made.Link:][:len(made.Body.Links)]}
		c.names = names.find(&c.entry)
		e.claims = append(e.claims, c)
		r.claims[slices.Index(w.claims, was)] = c
	}
	return r, true
}

// put puts a Document's pages into the site.
func (w *placing) put(s *Site, r *replaced) {
	page := *s.Pages[r.at]
	page.Doc, page.links, page.names = r.entry.doc, r.entry.links, r.entry.names
	s.Pages[r.at], w.entries[r.at] = &page, r.entry
	for n, c := range r.claims {
		page := *s.Pages[len(w.entries)+n]
		page.Doc, page.links, page.names = c.doc, c.links, c.names
		s.Pages[len(w.entries)+n], w.claims[n] = &page, c
		s.Claims[n] = PlacedClaim{c.claim, c.made, c.on.doc}
	}
}
