package site

import (
	"reflect"
	"slices"

	"analysis/builder/internal/content"
	"analysis/builder/internal/diag"
)

// kept is what a Placer remembers of the last site: the work and what came of
// it.
type kept struct {
	in   Input
	work *placing
	site *Site
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
	if last == nil || !onlyOfFolders(last.site.Diagnostics) || !sameWorld(last.in, in) {
		return nil, false
	}
	w := *last.work
	w.in, w.found, w.each = in, nil, p.each
	var changed []*replaced
	for i, e := range w.entries {
		if d := in.Docs[i]; d != e.doc {
			r, ok := w.replace(i, d)
			if !ok {
				return nil, false
			}
			changed = append(changed, r)
		}
	}
	if len(changed) == 0 {
		last.in = in
		return last.site, true
	}
	s := *last.site
	s.Pages, s.Claims = slices.Clone(s.Pages), slices.Clone(s.Claims)
	for _, r := range changed {
		w.put(&s, r)
	}
	s.Whole = w.whole()   // it shows their texts
	if len(w.found) > 0 { // what was put is what these Documents are now, for Place too
		return nil, false
	}
	p.last = &kept{in, &w, &s}
	return &s, true
}

// onlyOfFolders reports whether nothing was found but folders without a page,
// which no text changes.
func onlyOfFolders(found []diag.Diagnostic) bool {
	return !slices.ContainsFunc(found, func(d diag.Diagnostic) bool { return d.Severity != diag.Warning || d.Position.Line > 0 })
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

// replaced is a Document that takes the place of another, with its claims.
type replaced struct {
	at     int // among the entries
	entry  *entry
	claims []*claimEntry
}

// replace makes the entry of a Document that takes the place of the last one,
// if it shows the same elsewhere.
func (w *placing) replace(at int, d *content.Document) (*replaced, bool) {
	old := w.entries[at]
	e := &entry{doc: d, ref: old.ref, folder: old.folder, section: old.section, claims: old.claims, page: old.page}
	if found := w.resolve(e); len(found) > 0 || !slices.Equal(e.links, old.links) {
		return nil, false
	}
	e.names = w.names.find(e)
	if e.mentions = new(sentences).mentions(e); !slices.Equal(e.mentions, old.mentions) {
		return nil, false
	}
	r := &replaced{at: at, entry: e}
	for i, was := range old.claims {
		c := *was
		c.made = &d.Claims[i]
		c.doc, c.links = c.made.Body, e.links[c.made.Link:][:len(c.made.Body.Links)]
		c.names = w.names.find(&c.entry)
		r.claims = append(r.claims, &c)
	}
	return r, true
}

// put puts a Document and its pages into the site. The entries stay the same
// pointers, by which others know them.
func (w *placing) put(s *Site, r *replaced) {
	*w.entries[r.at] = *r.entry
	s.Pages[r.at] = w.entries[r.at].renew()
	for i, c := range r.claims {
		was := r.entry.claims[i]
		*was = *c
		n := slices.Index(w.claims, was)
		s.Pages[len(w.entries)+n] = was.renew()
		s.Claims[n] = PlacedClaim{was.claim, was.made, was.on.doc}
	}
}

// renew makes the page of an entry whose text alone is another.
func (e *entry) renew() *Page {
	page := *e.page
	page.Doc, page.links, page.names = e.doc, e.links, e.names
	e.page = page.kept(e.page)
	return e.page
}
