package pipeline

import (
	"maps"
	"reflect"
	"slices"
	"sync"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/gather"
	"analysis/builder/internal/parallel"
	"analysis/builder/internal/paths"
	"analysis/builder/internal/publish"
	"analysis/builder/internal/site"
)

// pageInput is all that the bytes of a page depend on.
type pageInput struct {
	page     *site.Page
	gathered *gather.Overview  // from the whole site, nil for nothing
	layout   string            // fingerprint of the files that its layout is made of
	names    map[string]string // of assets
}

func (in pageInput) same(o pageInput) bool {
	return in.page == o.page && in.layout == o.layout && reflect.DeepEqual(in.gathered, o.gathered) && sameNames(in.names, o.names)
}

// sameNames compares two maps, which are nearly always one.
func sameNames(a, b map[string]string) bool {
	return reflect.ValueOf(a).Pointer() == reflect.ValueOf(b).Pointer() || maps.Equal(a, b)
}

// pageOutput is a rendered page, nil if there was an error, and what was found.
type pageOutput struct {
	file  *publish.File
	found *diag.Diagnostic // an error, a note, or nil
}

// render renders the pages that differ from the previous build, and returns the
// files of all. Those that gather from the whole site come first: one such page
// takes as long as a hundred others, and would keep the last processor busy alone.
func (w *work) render() map[string]*publish.File {
	in := w.pageInputs()
	w.ready(in)
	buffers := sync.Pool{New: func() any { return new([]byte) }}
	defer w.layouts.set.Forget()
	out, fresh := w.tables.pages.Map(len(in), func(i int) (string, pageInput) { return in[i].page.URL, in[i] }, func(_ int, in pageInput) pageOutput {
		buffer := buffers.Get().(*[]byte)
		defer buffers.Put(buffer)
		page, found, fromContent := w.layouts.set.Render((*buffer)[:0], in.page, in.gathered)
		var out pageOutput
		if found.Message != "" {
			folder := w.options.Layouts
			if fromContent {
				folder = w.options.Content
			}
			out.found = &diag.In(folder, []diag.Diagnostic{found})[0]
		}
		if found.Severity != diag.Error {
			*buffer = page
			out.file = w.to.Put(paths.File(in.page.URL), page)
		}
		return out
	})
	files := make(map[string]*publish.File, len(in))
	for i := range in {
		if in[i].page.Doc.Path != "" {
			w.snapshot.Pages++
		}
		files[paths.File(in[i].page.URL)] = out[i].file
	}
	for _, i := range fresh {
		if in[i].page.Doc.Path != "" {
			w.snapshot.Rendered++
			w.fresh = append(w.fresh, in[i])
		}
	}
	w.reportOnce(out)
	return files
}

func (w *work) pageInputs() []pageInput {
	pages := w.site.Pages
	if w.site.Single != nil {
		pages = append(slices.Clone(pages), w.site.Single)
	}
	large, small := []pageInput{}, make([]pageInput, 0, len(pages))
	for _, p := range pages {
		if in := w.pageInput(p); in.gathered != nil {
			large = append(large, in)
		} else {
			small = append(small, in)
		}
	}
	return append(large, small...)
}

func (w *work) pageInput(p *site.Page) pageInput {
	return pageInput{p, gather.Collect(w.site, p), w.layouts.set.Fingerprint(p), w.assets.set.URLs}
}

// ready readies each layout on its own, or all processors would wait for the
// first page of each.
func (w *work) ready(in []pageInput) {
	shown := map[string]*site.Page{}
	for _, p := range in {
		shown[p.layout] = p.page
	}
	pages := slices.Collect(maps.Values(shown))
	parallel.For(len(pages), func(i int) { w.layouts.set.Ready(pages[i]) })
}

// reportOnce reports the first of those findings that differ only in the page they
// were seen on.
func (w *work) reportOnce(out []pageOutput) {
	seen := map[diag.Diagnostic]bool{}
	for _, o := range out {
		if o.found == nil {
			continue
		}
		found := *o.found
		if found.Hint = ""; !seen[found] { // which names the page
			w.snapshot.Diagnostics = append(w.snapshot.Diagnostics, *o.found)
		}
		seen[found] = true
	}
}
