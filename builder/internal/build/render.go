package build

import (
	"slices"
	"sync"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/site"
)

// rendered is a Page with the bytes it became under a layout.
type rendered struct {
	page   *site.Page
	assets *marks // the names that the layout knew
	look   string // of the layout
	file   *File
	hashed []hashed
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
	now := make([]rendered, len(pages))
	made, failed := make([]bool, len(pages)), make([]diag.Diagnostic, len(pages))
	hashes := w.marks.hashes(w.assets.URLs)
	run := w.layouts.NewRun()
	parallel(len(pages), func(i int) {
		p := pages[i]
		old, known := w.pages.of(i, p)
		look := w.layouts.Look(p)
		if known && old.look == look && old.assets.same(w.marks) && old.page == p {
			now[i] = w.rehashed(old, hashes)
			return
		}
		made[i] = p.Doc.Path != ""
		buffer := w.buffer()
		defer w.buffers.Put(buffer)
		out, found, fromContent := run.Render((*buffer)[:0], p)
		if found.Message != "" {
			folder := w.options.Layouts
			if fromContent {
				folder = w.options.Content
			}
			failed[i] = diag.In(folder, []diag.Diagnostic{found})[0]
			return
		}
		*buffer = out
		now[i] = rendered{page: p, assets: w.marks, look: look}
		now[i].file, now[i].hashed = w.finish(outputPath(p.URL), out, hashes)
	})
	for _, m := range made {
		if m {
			w.snapshot.Rendered++
		}
	}
	if w.reportOnce(failed) {
		return
	}
	w.explain(pages, made)
	w.pages = &memory{list: now}
	w.hashes = hashes
	for _, p := range pages {
		if p.Doc.Path != "" {
			w.snapshot.Pages++
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

// finish makes the file of a rendered page: in memory, or, if the build has an
// Output, there.
func (w *work) finish(name string, page []byte, hashes []string) (*File, []hashed) {
	if w.options.Output == nil {
		data, found := w.marks.fill(make([]byte, 0, len(page)), page, hashes)
		return newFile(data), found
	}
	buffer := w.buffer()
	defer w.buffers.Put(buffer)
	data, found := w.marks.fill((*buffer)[:0], page, hashes)
	*buffer = data
	f := newFile(data)
	w.options.Output.put(name, f)
	return &File{Sum: f.Sum}, found
}

// rehashed is what a page became, with the hashes that hold now.
func (w *work) rehashed(old rendered, hashes []string) rendered {
	old.assets = w.marks
	for _, h := range old.hashed {
		if w.hashes[h.asset] != hashes[h.asset] {
			old.file = newFile(refill(old.file.Data, old.hashed, hashes))
			break
		}
	}
	return old
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
