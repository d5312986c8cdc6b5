package site

import (
	"cmp"
	"maps"
	"path"
	"slices"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/kind"
)

// makeSections lists the pages of each folder in a Section. The index page of a
// folder is listed in the parent folder.
func (w *placing) makeSections() {
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
		list := at(e.folder)
		switch e.doc.Kind {
		case kind.Home:
			list.Index = e.ref
			continue
		case kind.Index:
			list.Index = e.ref
			list = at(folderOf(e.folder))
		}
		list.Pages = append(list.Pages, e.ref)
	}
	if len(w.claims) > 0 {
		at(claimFolder)
	}
	dirs := slices.Sorted(maps.Keys(all))
	for _, dir := range dirs {
		if all[dir].Index == nil {
			w.report(diag.Warningf(diag.Position{File: path.Join(dir, "index.md")}, "this folder has no page of its own").
				WithHint("create the file with a title, so that the pages in it can be reached"))
		}
	}
	sorted, _ := w.sections.Map(len(dirs), func(i int) (string, *Section) { return dirs[i], all[dirs[i]] }, func(_ int, s *Section) *Section {
		return &Section{s.Index, slices.SortedStableFunc(slices.Values(s.Pages), InOrder)}
	})
	for i, dir := range dirs {
		all[dir] = sorted[i]
	}
	w.folders = all
	for _, e := range w.entries {
		e.section = all[e.folder]
	}
}

const (
	longSection   = 24 // pages of a section that are listed on each of its pages
	sectionBlock  = 4  // pages of a longer one that have the same navigation
	sectionMargin = 3  // pages shown before and behind these
)

// Group is a part of a long section: consecutive pages behind some that are left out.
type Group struct {
	Skipped int
	Pages   []*Ref
}

// Position returns the place of a page in the section, counted from 1, or 0 if it is
// not listed.
func (s *Section) Position(r *Ref) int {
	if i, listed := slices.BinarySearchFunc(s.Pages, r, InOrder); listed {
		return i + 1
	}
	return 0
}

// Block returns the number of the block of a long section that contains a page, 0 if
// none does.
func (s *Section) Block(r *Ref) int {
	if len(s.Pages) <= longSection {
		return 0
	}
	return max(0, s.Position(r)-1) / sectionBlock
}

// Groups returns the pages to list on the pages of a block: all, or of a long section
// its neighbours, so that the length of all lists together does not grow with the
// square of the pages. An empty group at the end counts those left out behind them.
func (s *Section) Groups(block int) []Group {
	n := len(s.Pages)
	if n <= longSection {
		return []Group{{0, s.Pages}}
	}
	from, to := max(0, block*sectionBlock-sectionMargin), min(n, (block+1)*sectionBlock+sectionMargin)
	return []Group{{from, s.Pages[from:to]}, {n - to, nil}}
}

// InOrder compares two pages for sorting: by weight (pages without one come last),
// then date, then title as the site's language files them, then address.
func InOrder(a, b *Ref) int {
	return cmp.Or(
		cmp.Compare(uint(a.Weight-1), uint(b.Weight-1)),
		a.Date.Compare(b.Date),
		cmp.Compare(a.order, b.order),
		cmp.Compare(a.URL, b.URL),
	)
}

// manyItems is the number of entries that a masthead can have on a narrow screen.
const manyItems = 10

// maxItems is the number of entries of the masthead that are shown.
const maxItems = 100

// makeMenu lists the pages and folders directly below the home page, and those of the
// foot, which may be anywhere.
func (w *placing) makeMenu() {
	m := &Menu{Editions: slices.ContainsFunc(w.in.Files, IsEdition), Cards: w.in.Cards}
	for _, e := range w.entries {
		switch {
		case e.doc.Kind == kind.Home:
			m.Home = e.ref
		case e.doc.Front.Menu == "foot":
			m.Foot = append(m.Foot, e.ref)
		case e.folder == "." || e.doc.Kind == kind.Index && folderOf(e.folder) == ".":
			if e.doc.Front.Menu != "none" {
				m.Items = append(m.Items, e.ref)
			}
		}
	}
	slices.SortStableFunc(m.Items, InOrder)
	slices.SortStableFunc(m.Foot, InOrder)
	if n := len(m.Items); n > maxItems {
		m.Items = m.Items[:maxItems]
		w.report(diag.Warningf(diag.Position{File: frontmatter.ConfigFile}, "the masthead shows the first %d of %d entries", maxItems, n).
			WithHint("write `menu: none` on the pages at the top that need not be there, or move pages into a folder"))
	} else if n > manyItems {
		w.report(diag.Notef(diag.Position{File: frontmatter.ConfigFile}, "the masthead of every page has %d entries", len(m.Items)).
			WithHint("write `menu: foot` or `menu: none` on the pages at the top that need not be there, or move pages into a folder"))
	}
	w.menu = w.Placer.menu.One(m, func(m *Menu) *Menu { return m })
}
