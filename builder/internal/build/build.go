// Package build runs the stops of a build: it scans the folders, has the files
// parsed, placed and rendered, and publishes what comes out.
//
// A build is a function from three folders to a Snapshot; an incremental build
// is the same function with memory. There is no second path for changes: what
// has equal inputs is reused, stop by stop.
//
//	scan     a file's bytes are those of the last time -> the same Document
//	place    parts equal to the last ones              -> the same pointers
//	render   an equal Page and the same layouts        -> the same bytes
//	publish  equal bytes                               -> the file is not touched
//
// Invariant: the Snapshot after any sequence of changes equals that of a
// Builder that sees the folders for the first time, byte for byte.
//
// Invariant: nothing is published from a build with errors. Such a Snapshot
// has diagnostics and no files.
//
// Invariant: same input, same bytes: no clock, no order of a map, no path of
// the machine in the output.
//
// Invariant: output is safe. Each file is written beside the site and renamed
// into its place; equal bytes are not rewritten; only files that our own
// manifest lists are deleted or replaced; a folder that is not empty and that
// we did not make is refused.
//
// Concurrency is one parallel map: over files to parse, over pages to render,
// and over the two halves of a stop that do not need each other.
//
// Deliberately absent: watching, and the network.
package build

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"path"
	"reflect"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"analysis/builder/internal/asset"
	"analysis/builder/internal/content"
	"analysis/builder/internal/diag"
	"analysis/builder/internal/export"
	"analysis/builder/internal/layout"
	"analysis/builder/internal/lint"
	"analysis/builder/internal/site"
)

// Options say what to build from.
type Options struct {
	Content, Layouts, Static string // folders
	BaseURL                  string // instead of the one in site.yaml, if not empty
	Drafts                   bool   // include drafts
	Portable                 bool   // links name index.html, so that the site works when it is opened from disk
	Single                   bool   // one file, SingleName, that holds the whole site, and no other
}

// SingleName is the name of the only file of a Snapshot built with
// Options.Single.
const SingleName = "single.html"

// File is one published file.
type File struct {
	Data []byte
	Sum  string // 16 hex digits of its SHA-256
}

// Snapshot is the outcome of one build. It is never changed.
type Snapshot struct {
	Files       map[string]*File // by path below the site's root; nil if there were errors
	Pages       int              // that the content makes
	Rendered    int              // of them, by running a layout in this build
	Diagnostics []diag.Diagnostic
	Site        *site.Site // what the files are made of
}

// OK reports whether the build had no errors.
func (s *Snapshot) OK() bool { return s.Files != nil }

// Summary is the one line that says a build went well: "84 pages, 3 rendered,
// 6 ms".
func (s *Snapshot) Summary(took time.Duration) string {
	return fmt.Sprintf("%s, %d rendered, %d ms", diag.Number(s.Pages, "page"), s.Rendered, took.Milliseconds())
}

// Builder builds, and remembers what it built. It is not for concurrent use.
type Builder struct {
	options Options
	parser  *content.Parser
	placer  site.Placer

	docs    map[string]parsed
	static  map[string][]byte
	assets  *asset.Set
	badness []diag.Diagnostic // what the assets' preparation found
	sources map[string][]byte // of the layouts
	layouts *layout.Set
	misfits []diag.Diagnostic // what the layouts' parsing found
	pages   map[string]rendered
	export  export.Exporter
	checker lint.Checker
	raw     map[string]*File // by name, those that were made of no page
}

// parsed is a Document with the bytes it was made of.
type parsed struct {
	src []byte
	doc *content.Document
}

// rendered is a Page with the bytes it became under a Set of layouts.
type rendered struct {
	page *site.Page
	set  *layout.Set
	file *File
}

// New makes a Builder that remembers nothing yet.
func New(options Options) *Builder {
	return &Builder{options: options, parser: content.NewParser(), export: export.Exporter{Each: parallel}}
}

// Build builds once. An error means that the folders could not be read at all;
// everything an author can mend is a diagnostic in the Snapshot.
func (b *Builder) Build() (*Snapshot, error) {
	w := &work{Builder: b, snapshot: &Snapshot{}}
	if err := w.scan(); err != nil {
		return nil, err
	}
	w.place()
	if !w.failed() { // a page with a broken link has no address to show
		var warnings []diag.Diagnostic
		parallel(2, func(i int) {
			if i == 0 {
				w.render()
			} else {
				warnings = w.checker.Check(w.site)
			}
		})
		w.report(w.options.Content, warnings...)
	}
	if err := w.collect(); err != nil {
		return nil, err
	}
	s := w.snapshot
	diag.Sort(s.Diagnostics)
	s.Diagnostics = slices.Compact(s.Diagnostics)
	if !w.failed() {
		s.Files = w.files
	}
	return s, nil
}

// work is one build on its way through the stops.
type work struct {
	*Builder
	snapshot *Snapshot
	config   content.Config
	sorted   []*content.Document
	extra    map[string][]byte // files of the content folder that are not Markdown
	site     *site.Site
	files    map[string]*File
}

func (w *work) report(folder string, list ...diag.Diagnostic) {
	w.snapshot.Diagnostics = append(w.snapshot.Diagnostics, diag.In(folder, list)...)
}

func (w *work) failed() bool {
	errors, _ := diag.Count(w.snapshot.Diagnostics)
	return errors > 0
}

// scan reads the folders and parses what is new in them.
func (w *work) scan() error {
	var contentFiles, layouts, static map[string][]byte
	for _, from := range []struct {
		folder string
		to     *map[string][]byte
	}{{w.options.Content, &contentFiles}, {w.options.Layouts, &layouts}, {w.options.Static, &static}} {
		files, found, err := read(from.folder)
		if err != nil {
			return err
		}
		*from.to = files
		w.report(from.folder, found...)
	}

	w.configure(contentFiles)
	parallel(2, func(i int) {
		if i == 0 {
			w.parse(contentFiles)
		} else {
			w.prepare(static, layouts)
		}
	})
	w.report(w.options.Static, w.badness...)
	w.report(w.options.Layouts, w.misfits...)
	return nil
}

// prepare readies the assets and the layouts, if they are not those of the last
// time.
func (w *work) prepare(static, layouts map[string][]byte) {
	if w.assets == nil || !maps.EqualFunc(static, w.static, bytes.Equal) {
		w.static, w.layouts = static, nil
		w.assets, w.badness = asset.Load(static)
	}
	if w.layouts == nil || !maps.EqualFunc(layouts, w.sources, bytes.Equal) {
		w.sources = layouts
		w.layouts, w.misfits = layout.Load(layouts, w.assets.URLs)
	}
}

// configure reads the site's own file.
func (w *work) configure(files map[string][]byte) {
	if src, ok := files[content.ConfigFile]; !ok {
		w.report(w.options.Content, diag.Errorf(diag.Position{File: content.ConfigFile}, "the site has no %s", content.ConfigFile).
			WithHint("create it with a line `title: …`, or run `builder new home`"))
	} else {
		config, found := content.ParseConfig(src)
		w.config = config
		w.report(w.options.Content, found...)
	}
	if w.options.BaseURL != "" {
		w.config.BaseURL = w.options.BaseURL
	}
}

func (w *work) parse(files map[string][]byte) {
	docs := map[string]parsed{}
	w.extra = map[string][]byte{}
	var fresh []string
	for name, src := range files {
		switch old, ok := w.docs[name]; {
		case name == content.ConfigFile:
		case path.Ext(name) != ".md":
			w.extra[name] = src
		case ok && bytes.Equal(old.src, src):
			docs[name] = old
		default:
			fresh = append(fresh, name)
		}
	}
	made := make([]*content.Document, len(fresh))
	parallel(len(fresh), func(i int) { made[i] = w.parser.Parse(fresh[i], files[fresh[i]]) })
	for i, name := range fresh {
		docs[name] = parsed{files[name], made[i]}
	}
	w.docs = docs
	for _, name := range slices.Sorted(maps.Keys(docs)) {
		w.sorted = append(w.sorted, docs[name].doc)
		w.report(w.options.Content, docs[name].doc.Diagnostics...)
	}
	if len(docs) == 0 {
		w.report(w.options.Content, diag.Errorf(diag.Position{File: "index.md"}, "the site has no page").
			WithHint("run `builder new home`"))
	}
}

func (w *work) place() {
	w.site = w.placer.Place(site.Input{
		Config: w.config, Docs: w.sorted, Files: slices.Sorted(maps.Keys(w.extra)), Drafts: w.options.Drafts,
		Portable: w.options.Portable, Single: w.options.Single,
	})
	w.snapshot.Site = w.site
	w.report(w.options.Content, w.site.Diagnostics...)
}

// render renders the pages that differ from the last time.
func (w *work) render() {
	pages := w.site.Pages
	if w.site.Single != nil {
		pages = append(slices.Clone(pages), w.site.Single)
	}
	now := make([]rendered, len(pages))
	failed := make([]diag.Diagnostic, len(pages))
	var count atomic.Int64
	run := w.layouts.NewRun()
	parallel(len(pages), func(i int) {
		p := pages[i]
		if old, ok := w.pages[p.URL]; ok && old.set == w.layouts && (old.page == p || reflect.DeepEqual(old.page, p)) {
			now[i] = old
			return
		}
		if p.Doc.Path != "" {
			count.Add(1)
		}
		out, found, fromContent := run.Render(p)
		if found.Message != "" {
			folder := w.options.Layouts
			if fromContent {
				folder = w.options.Content
			}
			failed[i] = diag.In(folder, []diag.Diagnostic{found})[0]
			return
		}
		now[i] = rendered{p, w.layouts, newFile(out)}
	})
	w.snapshot.Rendered = int(count.Load())
	if w.reportOnce(failed) {
		return
	}
	w.pages = map[string]rendered{}
	for i, p := range pages {
		w.pages[p.URL] = now[i]
		if p.Doc.Path != "" {
			w.snapshot.Pages++
		}
	}
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

// collect gathers all files under the paths they will have.
func (w *work) collect() error {
	if w.failed() {
		return nil
	}
	w.files = make(map[string]*File, len(w.pages))
	raw := make(map[string]*File, len(w.raw))
	plain := func(name string, data []byte) *File {
		if raw[name] = w.raw[name]; raw[name] == nil || !same(raw[name].Data, data) {
			raw[name] = newFile(data)
		}
		return raw[name]
	}
	defer func() { w.raw = raw }()
	from := map[string]string{}
	add := func(name, source string, f *File) {
		if other, taken := from[name]; taken {
			w.snapshot.Diagnostics = append(w.snapshot.Diagnostics,
				diag.Errorf(diag.Position{File: source}, "this would be published as %q, and so would %s", name, other).
					WithHint("rename one of the two"))
			return
		}
		from[name], w.files[name] = source, f
	}
	for i, p := range w.site.Pages { // what is made of pages knows them again
		if known := w.pages[p.URL].page; known != p { // a Site that is being served has only these
			w.site.Pages[i] = known
		}
	}
	exported, err := w.export.Files(w.site)
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	for _, name := range slices.Sorted(maps.Keys(exported)) {
		add(name, "the builder's own "+name, plain(name, exported[name]))
	}
	for _, p := range w.site.Pages {
		source := w.options.Content + "/" + p.Doc.Path
		if p.Target != nil {
			source = "the redirect to " + outputPath(p.Target.URL)
		} else if p.Doc.Path == "" {
			source = "the builder's own " + p.URL
		}
		add(outputPath(p.URL), source, w.pages[p.URL].file)
	}
	for name, data := range w.assets.Files {
		add(name, w.options.Static+"/"+name, plain(name, data))
	}
	for name, data := range w.extra {
		add(name, w.options.Content+"/"+name, plain(name, data))
	}
	for name, source := range from {
		for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
			if file, taken := from[dir]; taken {
				w.snapshot.Diagnostics = append(w.snapshot.Diagnostics,
					diag.Errorf(diag.Position{File: file}, "this would be published as %q, which is a folder for %s", dir, source).
						WithHint("rename one of the two"))
				break
			}
		}
	}
	if w.site.Single != nil && !w.failed() {
		return w.single()
	}
	return nil
}

// single puts the files together into one.
func (w *work) single() error {
	files := make(map[string][]byte, len(w.files))
	for name, f := range w.files {
		files[name] = f.Data
	}
	one, err := export.Single(w.site, w.pages[w.site.Single.URL].file.Data, files)
	if err != nil {
		return fmt.Errorf("single-file edition: %w", err)
	}
	w.files = map[string]*File{SingleName: newFile(one)}
	return nil
}

// outputPath is the file in which the page at an address is published.
func outputPath(url string) string {
	if url == "" || url[len(url)-1] == '/' {
		return url + "index.html"
	}
	return url
}

func newFile(data []byte) *File {
	sum := sha256.Sum256(data)
	return &File{Data: data, Sum: hex.EncodeToString(sum[:8])}
}

// same reports whether two slices are the very same bytes, or equal.
func same(a, b []byte) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0] || bytes.Equal(a, b))
}

// parallel calls f for 0 to n-1, on all processors.
func parallel(n int, f func(i int)) {
	var next atomic.Int64
	var group sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		group.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				f(i)
			}
		})
	}
	group.Wait()
}
