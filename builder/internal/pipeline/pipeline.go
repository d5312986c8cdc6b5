// Package pipeline runs the stops of a build: it has the folders scanned, the
// files parsed, placed and rendered, and gives what comes out to an Output.
//
// A build is a function from three folders to a Snapshot; an incremental build
// is the same function with memory. There is no second path for changes: each
// stop calls pure functions, and a result whose inputs are equal to those of the
// previous build is used again (package memo).
//
//	scan     a file that was not touched           -> it is not read again
//	parse    the same File                         -> the same Document
//	place    parts equal to the previous ones      -> the same pointers
//	render   the same Page, what it gathers, and the same layouts and names of
//	         assets                                -> the same bytes
//	publish  equal bytes                           -> the file is not touched
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
// Deliberately absent: watching, the network, and how files reach the disk
// (package publish).
package pipeline

import (
	"fmt"
	"slices"
	"time"

	"analysis/builder/internal/asset"
	"analysis/builder/internal/content"
	"analysis/builder/internal/diag"
	"analysis/builder/internal/export"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/layout"
	"analysis/builder/internal/lint"
	"analysis/builder/internal/memo"
	"analysis/builder/internal/parallel"
	"analysis/builder/internal/publish"
	"analysis/builder/internal/scan"
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
	PlainNames               bool   // assets keep their names, without a hash: a style sheet that changes renders no page
}

// SingleName is the name of the only file of a Snapshot built with
// Options.Single.
const SingleName = "single.html"

// Output takes the rendered pages and the texts of the search as they are made, by
// several goroutines at once. What Put returns is the File of the Snapshot; the bytes given to it may be
// overwritten afterwards.
type Output interface {
	Put(name string, data []byte) *publish.File
}

// Snapshot is the outcome of one build. It is never changed.
type Snapshot struct {
	Files       map[string]*publish.File // by path below the site's root; nil if there were errors
	Pages       int                      // that the content makes
	Rendered    int                      // of them, by running a layout in this build
	Diagnostics []diag.Diagnostic        // sorted
	Site        *site.Site               // what the files are made of
	Explanation []string                 // what the build did and why: files that differ, and what made it render a page
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
	options  Options
	folders  [3]scan.Folder // of content, layouts and static files
	parser   *content.Parser
	placer   *site.Placer
	export   export.Exporter
	index    search.Index
	checker  lint.Checker
	tables   tables
	previous *work // the last build without errors, for explanations alone
}

// tables remember the results of the functions that are called here.
type tables struct {
	documents memo.Table[string, *scan.File, *content.Document] // by path
	assets    memo.Table[struct{}, []*scan.File, *loaded[*asset.Set]]
	layouts   memo.Table[struct{}, layoutsInput, *loaded[*layout.Set]]
	pages     memo.Table[string, pageInput, pageOutput] // by address
	files     memo.Table[string, []byte, *publish.File] // by name, of what is no page
	conflicts memo.Table[struct{}, []named, []diag.Diagnostic]
}

// New makes a Builder that remembers nothing yet.
func New(options Options) *Builder {
	b := &Builder{options: options, parser: content.NewParser(), placer: site.NewPlacer()}
	b.folders = [3]scan.Folder{{Name: options.Content}, {Name: options.Layouts}, {Name: options.Static}}
	t := &b.tables
	t.documents.SameIn = memo.Equal
	t.assets.SameIn = slices.Equal
	t.layouts.SameIn = func(a, b layoutsInput) bool { return slices.Equal(a.files, b.files) && sameNames(a.names, b.names) }
	t.pages.SameIn = pageInput.same
	t.files.SameIn = sameBytes
	t.conflicts.SameIn = slices.Equal
	return b
}

// work is one build on its way through the stops.
type work struct {
	*Builder
	to       Output
	snapshot *Snapshot
	files    [3][]*scan.File // of the folders
	config   frontmatter.Config
	docs     []*content.Document
	extra    []*scan.File // of the content folder that are not Markdown
	assets   *loaded[*asset.Set]
	layouts  *loaded[*layout.Set]
	site     *site.Site
	fresh    []pageInput // of pages that were rendered
}

// Build builds once. An error means that the folders could not be read at all, or
// that what all pages make together could not be made; everything an author can mend
// is a diagnostic in the Snapshot.
func (b *Builder) Build(to Output) (*Snapshot, error) {
	w := &work{Builder: b, to: to, snapshot: &Snapshot{}}
	if err := w.scan(); err != nil {
		return nil, err
	}
	w.explainInputs()
	w.configure()
	parallel.Do(w.parse, w.prepare)
	w.report(w.options.Content, w.documentFindings()...)
	w.report(w.options.Static, w.assets.found...)
	w.report(w.options.Layouts, w.layouts.found...)
	w.place()
	if !w.failed() { // a page with a broken link has no address to show
		if err := w.finish(); err != nil {
			return nil, err
		}
	}
	diag.Sort(w.snapshot.Diagnostics)
	w.snapshot.Diagnostics = slices.Compact(w.snapshot.Diagnostics)
	return w.snapshot, nil
}

// finish renders the pages and makes everything else of a site without errors.
func (w *work) finish() (err error) {
	var files, index map[string]*publish.File
	var warnings []diag.Diagnostic
	var exported map[string][]byte
	parallel.Do(
		func() { files = w.render() },
		func() { warnings = w.checker.Check(w.site) },
		func() { exported = w.export.Files(w.site) },
		func() { index = w.index.Files(w.site, w.to.Put) },
	)
	w.report(w.options.Content, warnings...)
	if w.failed() {
		return nil
	}
	w.collect(files, index, exported)
	if w.failed() {
		return nil
	}
	if w.site.Single != nil {
		if files, err = w.single(files); err != nil {
			return err
		}
	}
	w.explainPages()
	w.previous, w.snapshot.Files = w, files
	return nil
}

func (w *work) report(folder string, list ...diag.Diagnostic) {
	w.snapshot.Diagnostics = append(w.snapshot.Diagnostics, diag.In(folder, list)...)
}

func (w *work) failed() bool {
	errors, _ := diag.Count(w.snapshot.Diagnostics)
	return errors > 0
}
