package site

import (
	"cmp"
	"maps"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/kind"
)

// sections gathers the pages of each folder. A folder's own page is listed in
// the folder above.
func (w *placing) sections(old map[string]*Section) map[string]*Section {
	all := map[string]*Section{}
	at := func(dir string) *Section {
		if all[dir] == nil {
			all[dir] = &Section{}
		}
		return all[dir]
	}
	for _, e := range w.entries {
		for up := e.folder; all[up] == nil; up = folderOf(up) {
			at(up)
		}
		switch e.doc.Kind {
		case kind.Home:
			at(".").Index = e.ref
		case kind.Index:
			at(e.folder).Index = e.ref
			above := at(folderOf(e.folder))
			above.Pages = append(above.Pages, e.ref)
		default:
			s := at(e.folder)
			s.Pages = append(s.Pages, e.ref)
		}
	}
	if len(w.claims) > 0 {
		at(claimFolder)
	}
	for _, dir := range slices.Sorted(maps.Keys(all)) {
		s := all[dir]
		if s.Index == nil {
			w.report(diag.Warningf(diag.Position{File: path.Join(dir, "index.md")}, "this folder has no page of its own").
				WithHint("create the file with a title, so that the pages in it can be reached"))
		}
		slices.SortStableFunc(s.Pages, InOrder)
		if old[dir].same(s) {
			all[dir] = old[dir]
		}
	}
	for _, e := range w.entries {
		e.section = all[e.folder]
	}
	for _, c := range w.claims {
		c.section = all[claimFolder]
	}
	return all
}

// InOrder compares two pages for sorting: by weight (none comes last), then date,
// then title.
func InOrder(a, b *Ref) int {
	return cmp.Or(
		cmp.Compare(uint(a.Weight-1), uint(b.Weight-1)),
		cmp.Compare(a.Date, b.Date),
		compareLower(a.Title, b.Title),
		cmp.Compare(a.URL, b.URL),
	)
}

// compareLower compares two texts as if in lower case.
func compareLower(a, b string) int {
	for i := range min(len(a), len(b)) {
		x, y := a[i], b[i]
		if x >= utf8.RuneSelf || y >= utf8.RuneSelf {
			return cmp.Compare(strings.ToLower(a[i:]), strings.ToLower(b[i:]))
		}
		if x, y = lowerByte(x), lowerByte(y); x != y {
			return cmp.Compare(x, y)
		}
	}
	return cmp.Compare(len(a), len(b))
}

func lowerByte(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		c += 'a' - 'A'
	}
	return c
}

// newMenu gathers what stands next below the home page.
func (w *placing) newMenu() *Menu {
	m := &Menu{}
	for _, e := range w.entries {
		switch {
		case e.doc.Kind == kind.Home:
			m.Home = e.ref
		case e.folder == "." || e.doc.Kind == kind.Index && folderOf(e.folder) == ".":
			if e.doc.Front.Menu == "foot" {
				m.Foot = append(m.Foot, e.ref)
			} else {
				m.Items = append(m.Items, e.ref)
			}
		}
	}
	slices.SortStableFunc(m.Items, InOrder)
	slices.SortStableFunc(m.Foot, InOrder)
	return m
}
