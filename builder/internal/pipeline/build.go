// Package build runs the stops of a build: it scans the folders, has the files
// parsed, placed and rendered, and publishes what comes out.
//
// A build is a function from three folders to a Snapshot; an incremental build
// is the same function with memory. There is no second path for changes: what
// has equal inputs is reused, stop by stop.
//
//	scan     a file has not been touched                -> it is not read again
//	parse    its bytes are those of the last time       -> the same Document
//	place    parts equal to the last ones               -> the same pointers
//	render   an equal Page and the same layouts         -> the same bytes
//	publish  equal bytes                                -> the file is not touched
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
// Concurrency is one parallel map: over files to parse, over pages to render and
// to write, and over the parts of a stop that do not need each other.
//
// Deliberately absent: watching, and the network.
package pipeline

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"analysis/builder/internal/asset"
	"analysis/builder/internal/content"
	"analysis/builder/internal/diag"
	"analysis/builder/internal/export"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/layout"
	"analysis/builder/internal/lint"
	"analysis/builder/internal/parallel"
	"analysis/builder/internal/publish"
	"analysis/builder/internal/search"
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

// Snapshot is the outcome of one build. It is never changed.
type Snapshot struct {
	Files       map[string]*publish.File // by path below the site's root; nil if there were errors
	Pages       int                      // that the content makes
	Rendered    int                      // of them, by running a layout in this build
	Diagnostics []diag.Diagnostic
	Site        *site.Site // what the files are made of
	Explanation Explanation
}

// OK reports whether the build had no errors.
func (s *Snapshot) OK() bool { return s.Files != nil }

// Summary is the one line that says a build went well: "84 pages, 3 rendered,
// 6 ms".
func (s *Snapshot) Summary(took time.Duration) string {
	return fmt.Sprintf("%s, %d rendered, %d ms", diag.Number(s.Pages, "page"), s.Rendered, took.Milliseconds())
}

// Output takes the files of a build as they are made, by several goroutines at
// once. What it returns is the File of the Snapshot.
type Output interface {
	Put(name string, data []byte) *publish.File
}

// Builder builds, and remembers what it built. It is not for concurrent use.
type Builder struct {
	options Options
	parser  *content.Parser
	placer  *site.Placer

	content, layoutFiles, static folder
	docs                         []parsed  // ascending by name
	extra                        []*source // files of the content folder that are not Markdown
	assets                       *asset.Set
	assetsOf, layoutsOf          []*source         // what the assets and the layouts were made of
	badness                      []diag.Diagnostic // what the assets' preparation found
	marks                        *marks
	layouts                      *layout.Set
	misfits                      []diag.Diagnostic // what the layouts' parsing found
	pages                        *memory
	hashes                       []string // of the assets in those pages
	export                       export.Exporter
	index                        search.Index
	checker                      lint.Checker
	last                         *collection
	buffers                      sync.Pool
}

// parsed is a Document with the file it was made of.
type parsed struct {
	*source
	doc *content.Document
}

// New makes a Builder that remembers nothing yet.
func New(options Options) *Builder {
	return &Builder{
		options: options, parser: content.NewParser(), pages: &memory{},
		placer: site.NewPlacer(), checker: lint.Checker{Each: parallel.For}, export: export.Exporter{},
		content: folder{name: options.Content}, layoutFiles: folder{name: options.Layouts}, static: folder{name: options.Static},
	}
}

func (b *Builder) folders() []*folder { return []*folder{&b.content, &b.layoutFiles, &b.static} }

// Build builds once. If changed is given, these files are looked at and no others:
// names below the folders of the Options. That is for speed; what else may have
// changed is found by the next call without. An error means that the folders could
// not be read at all; everything an author can mend is a diagnostic in the
// Snapshot.
func (b *Builder) Build(to Output, changed ...string) (*Snapshot, error) {
	w := &work{Builder: b, to: to, snapshot: &Snapshot{}}
	if err := w.scan(changed); err != nil {
		return nil, err
	}
	w.place()
	if !w.failed() { // a page with a broken link has no address to show
		var warnings []diag.Diagnostic
		var exported map[string][]byte
		var err error
		parallel.Do(
			w.render,
			func() { warnings = w.checker.Check(w.site) },
			func() { exported, err = w.exported() },
		)
		if err != nil {
			return nil, fmt.Errorf("export: %w", err)
		}
		if !w.failed() {
			if err := w.collect(exported); err != nil {
				return nil, err
			}
		}
		w.report(w.options.Content, warnings...)
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
	to       Output
	snapshot *Snapshot
	config   frontmatter.Config
	sorted   []*content.Document
	site     *site.Site
	files    map[string]*publish.File
}

func (w *work) report(folder string, list ...diag.Diagnostic) {
	w.snapshot.Diagnostics = append(w.snapshot.Diagnostics, diag.In(folder, list)...)
}

func (w *work) failed() bool {
	errors, _ := diag.Count(w.snapshot.Diagnostics)
	return errors > 0
}

// scan reads the folders and parses what is new in them.
func (w *work) scan(changed []string) error {
	var before [3][]*source
	for i, f := range w.folders() {
		before[i] = f.files
		if len(changed) > 0 && f.look(below(f.name, changed)) {
			continue
		}
		if err := f.scan(); err != nil {
			return err
		}
	}
	for _, f := range w.folders() {
		w.report(f.name, f.found...)
	}
	w.inputs(before)
	w.configure()
	parallel.Do(w.parse, w.prepare)
	w.report(w.options.Static, w.badness...)
	w.report(w.options.Layouts, w.misfits...)
	return nil
}

// below gives those files that are in a folder, by their names there.
func below(folder string, files []string) (names []string) {
	for _, f := range files {
		if name, ok := strings.CutPrefix(f, folder+"/"); ok && !slices.ContainsFunc(strings.Split(name, "/"), Ignored) {
			names = append(names, name)
		}
	}
	return names
}

// prepare readies the assets and the layouts, if they are not those of the last
// time. Layouts know the names of assets, and a mark for each hash.
func (w *work) prepare() {
	old := w.assets
	if w.assets == nil || !slices.Equal(w.static.files, w.assetsOf) {
		w.assetsOf = w.static.files
		w.assets, w.badness = asset.Load(bytesOf(w.static.files))
	}
	if w.layouts == nil || !slices.Equal(w.layoutFiles.files, w.layoutsOf) || old != w.assets && !w.marks.of(w.assets.URLs) {
		w.layoutsOf = w.layoutFiles.files
		w.marks = newMarks(w.assets.URLs, w.layoutsOf)
		w.layouts, w.misfits = layout.Load(bytesOf(w.layoutsOf), w.marks.urls)
	}
}

// configure reads the site's own file.
func (w *work) configure() {
	if src, ok := w.content.known[frontmatter.ConfigFile]; !ok {
		w.report(w.options.Content, diag.Errorf(diag.Position{File: frontmatter.ConfigFile}, "the site has no %s", frontmatter.ConfigFile).
			WithHint("create it with a line `title: …`, or run `builder new home`"))
	} else {
		config, found := frontmatter.ParseConfig(src.data)
		w.config = config
		w.report(w.options.Content, found...)
	}
	if w.options.BaseURL != "" {
		w.config.BaseURL = w.options.BaseURL
	}
}

// parse makes Documents of the files that are new.
func (w *work) parse() {
	old := w.docs
	docs := make([]parsed, 0, len(old)+1)
	w.extra = nil
	var fresh []int
	for _, src := range w.content.files {
		if src.name == frontmatter.ConfigFile {
			continue
		}
		if path.Ext(src.name) != ".md" {
			w.extra = append(w.extra, src)
			continue
		}
		for len(old) > 0 && old[0].source != src && old[0].name < src.name {
			old = old[1:]
		}
		if len(old) > 0 && old[0].source == src {
			docs, old = append(docs, old[0]), old[1:]
			continue
		}
		fresh = append(fresh, len(docs))
		docs = append(docs, parsed{source: src})
	}
	parallel.For(len(fresh), func(i int) {
		d := &docs[fresh[i]]
		d.doc = w.parser.Parse(d.name, d.data)
	})
	w.docs = docs
	w.sorted = make([]*content.Document, len(docs))
	for i, d := range docs {
		w.sorted[i] = d.doc
		if len(d.doc.Diagnostics) > 0 {
			w.report(w.options.Content, d.doc.Diagnostics...)
		}
	}
	if len(docs) == 0 {
		w.report(w.options.Content, diag.Errorf(diag.Position{File: "index.md"}, "the site has no page").
			WithHint("run `builder new home`"))
	}
}

func (w *work) place() {
	w.site = w.placer.Place(site.Input{
		Config: w.config, Docs: w.sorted, Files: namesOf(w.extra), Drafts: w.options.Drafts,
		Portable: w.options.Portable, Single: w.options.Single,
	})
	w.snapshot.Site = w.site
	w.report(w.options.Content, w.site.Diagnostics...)
}

// outputPath is the file in which the page at an address is published.
func outputPath(url string) string {
	if url == "" || url[len(url)-1] == '/' {
		return url + "index.html"
	}
	return url
}
