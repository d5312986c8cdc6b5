package pipeline

import (
	"maps"
	"reflect"
	"slices"
	"sync"
	"sync/atomic"

	"analysis/builder/internal/compiled"
	"analysis/builder/internal/diag"
	"analysis/builder/internal/gather"
	"analysis/builder/internal/parallel"
	"analysis/builder/internal/paths"
	"analysis/builder/internal/publish"
	"analysis/builder/internal/site"
)

// pageInput holds everything that the bytes of a page depend on.
type pageInput struct {
	page     *site.Page
	gathered *gather.Overview  // nil if the page gathers nothing
	layout   string            // fingerprint of its layout and the partials that this uses
	names    map[string]string // addresses of assets by name
}

func (in pageInput) same(o pageInput) bool {
	return in.page == o.page && in.layout == o.layout && reflect.DeepEqual(in.gathered, o.gathered) && sameNames(in.names, o.names)
}

// sameNames is maps.Equal, but fast if both are the same map, as they usually are.
func sameNames(a, b map[string]string) bool {
	return reflect.ValueOf(a).Pointer() == reflect.ValueOf(b).Pointer() || maps.Equal(a, b)
}

// pageOutput is the result of rendering a page. file is nil if there was an error.
type pageOutput struct {
	file     *publish.File
	found    *diag.Diagnostic // an error, a note, or nil
	exceeded bool             // the error is that it exceeded a limit
}

// render renders the pages whose input changed since the previous build, and returns
// the files of all pages. Pages that gather from the whole site come first: one takes
// as long as a hundred others, and at the end the other processors would wait for it.
// After a page that exceeded a limit it renders no more, since that takes seconds.
func (w *work) render() map[string]*publish.File {
	in := w.pageInputs()
	w.compileLayouts(in)
	buffers := sync.Pool{New: func() any { return new([]byte) }}
	defer w.layouts.set.Forget()
	var exceeded atomic.Bool
	w.tables.pages.Stopped = func() bool { return exceeded.Load() || w.ctx.Err() != nil }
	out, fresh := w.tables.pages.Map(len(in), func(i int) (string, pageInput) { return in[i].page.URL, in[i] }, func(_ int, in pageInput) pageOutput {
		defer w.timed(in.page.Doc.Path, "/"+in.page.URL)()
		buffer := buffers.Get().(*[]byte)
		defer buffers.Put(buffer)
		budget := compiled.NewBudget(w.ctx)
		page, found, fromContent := w.layouts.set.Render(budget, (*buffer)[:0], in.page, in.gathered)
		out := pageOutput{exceeded: budget.Exceeded()}
		if out.exceeded {
			exceeded.Store(true)
		}
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
	if i := slices.IndexFunc(out, func(o pageOutput) bool { return o.exceeded }); i >= 0 {
		out = out[:i+1] // all before were rendered, and some after
	}
	w.reportOnce(out)
	return files
}

// pageInputs returns the inputs of all pages, those with an Overview first.
func (w *work) pageInputs() []pageInput {
	pages := w.site.Pages
	if w.site.Single != nil {
		pages = append(slices.Clone(pages), w.site.Single)
	}
	w.gatherer = gather.New(w.site)
	w.gatherer.Audits, w.gatherer.History, w.gatherer.Data = w.audits, w.snapshot.History, w.exported
	w.gatherer.Strip = w.tables.strip.One(w.gatherer.Strip, func(s *gather.Strip) *gather.Strip { return s })
	large, small := []pageInput{}, make([]pageInput, 0, len(pages))
	for _, p := range pages {
		if in := w.pageInput(p); in.gathered != nil && in.gathered.Strip == nil {
			large = append(large, in)
		} else {
			small = append(small, in)
		}
	}
	return append(large, small...)
}

func (w *work) pageInput(p *site.Page) pageInput {
	return pageInput{p, w.gatherer.Collect(p), w.layouts.set.Fingerprint(p), w.assets.set.URLs}
}

// compileLayouts compiles all layouts that are used, in parallel. Otherwise all
// processors would wait for the first page of each layout.
func (w *work) compileLayouts(in []pageInput) {
	shown := map[string]*site.Page{}
	for _, p := range in {
		shown[p.layout] = p.page
	}
	pages := slices.Collect(maps.Values(shown))
	parallel.For(len(pages), func(i int) { w.layouts.set.Ready(pages[i]) })
}

// reportOnce reports each mistake in a layout once, not once for every page.
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
