package pipeline

import (
	"reflect"
	"slices"
	"sync"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/gather"
	"analysis/builder/internal/layout"
	"analysis/builder/internal/parallel"
	"analysis/builder/internal/publish"
	"analysis/builder/internal/site"
)

// rendered is a Page with the bytes it became under a layout.
type rendered struct {
	page   *site.Page
	shows  *gather.Overview // what the page gathers from the whole site, not drawn
	set    *layout.Set      // the last one that would have made the same
	assets *marks           // whose names the layout knew
	look   string           // of the layout
	file   *publish.File
	hashed []hashed
	fresh  bool // it was rendered in this build
}

// memory finds the pages of the last build again: most stand where they stood.
type memory struct {
	list  []rendered
	byURL map[string]int // made when it is needed
	mutex sync.Mutex
}

// of returns what became of a page the last time; i is its place now.
func (m *memory) of(i int, p *site.Page) (old rendered, ok bool) {
	if i < len(m.list) && (m.list[i].page == p || m.list[i].page.URL == p.URL) {
		return m.list[i], true
	}
	m.mutex.Lock()
	if m.byURL == nil {
		m.byURL = make(map[string]int, len(m.list))
		for i, r := range m.list {
			m.byURL[r.page.URL] = i
		}
	}
	m.mutex.Unlock()
	if i, ok = m.byURL[p.URL]; ok {
		old = m.list[i]
	}
	return old, ok
}

// render renders the pages that differ from the last time. Of those that only show
// other hashes of assets, it changes the digits.
func (w *work) render() {
	pages := w.site.Pages
	if w.site.Single != nil {
		pages = append(slices.Clone(pages), w.site.Single)
	}
	hashes := w.marks.hashes(w.assets.URLs)
	now, due := w.known(pages, slices.Equal(hashes, w.hashes))
	failed := make([]diag.Diagnostic, len(due))
	order := w.order(now, due)
	run := w.layouts.NewRun()
	parallel.For(len(order), func(k int) {
		n := order[k]
		i := due[n]
		if now[i].file != nil {
			now[i].file = publish.NewFile(refill(now[i].file.Data, now[i].hashed, hashes))
			return
		}
		buffer := w.buffer()
		defer w.buffers.Put(buffer)
		out, found, fromContent := run.Render((*buffer)[:0], pages[i], now[i].shows)
		if found.Message != "" {
			folder := w.options.Layouts
			if fromContent {
				folder = w.options.Content
			}
			failed[n] = diag.In(folder, []diag.Diagnostic{found})[0]
			return
		}
		*buffer = out
		now[i].file, now[i].hashed = w.finish(outputPath(pages[i].URL), out, hashes)
	})
	w.count(now, due)
	if w.reportOnce(failed) {
		return
	}
	w.explain(now, due)
	for _, i := range due {
		now[i].fresh = false
	}
	w.pages = &memory{list: now}
	w.hashes = hashes
}

// known is what became of the pages the last time, and which of them there is
// something to do for: those without a file are to be rendered, the others show
// hashes that are others now.
func (w *work) known(pages []*site.Page, sameHashes bool) (now []rendered, due []int) {
	now = make([]rendered, len(pages))
	for i, p := range pages {
		old, ok := w.pages.of(i, p)
		shows := gather.Collect(w.site, p)
		switch {
		case !ok || old.page != p || !reflect.DeepEqual(old.shows, shows) || old.set != w.layouts && !w.alike(old, p):
			now[i] = rendered{page: p, shows: shows, set: w.layouts, assets: w.marks, look: w.layouts.Look(p), fresh: true}
			due = append(due, i)
			continue
		case !sameHashes && len(old.hashed) > 0:
			due = append(due, i)
		}
		old.set, old.assets = w.layouts, w.marks
		now[i] = old
	}
	return now, due
}

// order readies the layouts of pages, each on its own, or all would wait for the
// first to be ready. It says in which order to render: first what gathers from the
// whole site, for one such page takes as long as a hundred others.
func (w *work) order(pages []rendered, due []int) []int {
	var first []*site.Page
	var large, small []int
	seen := map[string]bool{}
	for n, i := range due {
		if look := pages[i].look; !seen[look] {
			seen[look] = true
			first = append(first, pages[i].page)
		}
		if pages[i].shows != nil {
			large = append(large, n)
		} else {
			small = append(small, n)
		}
	}
	parallel.For(len(first), func(i int) { w.layouts.Ready(first[i]) })
	return append(large, small...)
}

// alike reports whether the layouts make the same of a page as those before.
func (w *work) alike(old rendered, p *site.Page) bool {
	return old.look == w.layouts.Look(p) && old.assets.same(w.marks)
}

// count counts the pages that files make, and those of them that are rendered.
func (w *work) count(now []rendered, due []int) {
	for _, r := range now {
		if r.page.Doc.Path != "" {
			w.snapshot.Pages++
		}
	}
	for _, i := range due {
		if now[i].fresh && now[i].page.Doc.Path != "" {
			w.snapshot.Rendered++
		}
	}
}

// buffer is what a page is rendered into before its size is known.
func (b *Builder) buffer() *[]byte {
	if b, ok := b.buffers.Get().(*[]byte); ok {
		return b
	}
	return new([]byte)
}

// finish makes the file of a rendered page.
func (w *work) finish(name string, page []byte, hashes []string) (*publish.File, []hashed) {
	buffer := w.buffer()
	defer w.buffers.Put(buffer)
	data, found := w.marks.fill((*buffer)[:0], page, hashes)
	*buffer = data
	return w.to.Put(name, data), found
}

// reportOnce reports the first of those failures that differ only in the page
// they were seen on. It reports whether there were any.
func (w *work) reportOnce(failed []diag.Diagnostic) (any bool) {
	type mistake struct {
		diag.Position
		message string
	}
	seen := map[mistake]bool{}
	for _, d := range failed {
		if m := (mistake{d.Position, d.Message}); d.Message != "" && !seen[m] {
			seen[m], any = true, true
			w.snapshot.Diagnostics = append(w.snapshot.Diagnostics, d)
		}
	}
	return any
}
