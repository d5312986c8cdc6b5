// Package pipeline runs the stops of a build: it scans the folders, parses the
// files, places and renders the pages, and passes the rendered files to an Output.
//
// A build is a function from three folders to a Snapshot. An incremental build is
// the same function with memory: if the inputs of a step are equal to those of the
// previous build, its result is used again (packages scan and memo). There is no
// separate code for changes.
//
//	scan     a file that was not changed           -> it is not read again
//	parse    the same File                         -> the same Document
//	place    parts equal to the previous ones      -> the same pointers
//	render   equal Page, Overview, layout files and names of assets
//	                                               -> the same File
//	publish  equal bytes                           -> the file is not written
//
// Invariant: after any sequence of changes, the files and diagnostics are the same
// as those of a new Builder, byte for byte.
//
// Invariant: nothing is published from a build with errors. Such a Snapshot
// has diagnostics and no files.
//
// Invariant: the output depends on the input alone: not on the clock, the order of
// a map or the path of a folder.
//
// Deliberately absent: watching, the network, and how files reach the disk
// (package publish).
package pipeline

import (
	"context"
	"fmt"
	"io/fs"
	"slices"
	"sync"
	"time"

	"analysis/builder/internal/asset"
	"analysis/builder/internal/audit"
	"analysis/builder/internal/content"
	"analysis/builder/internal/diag"
	"analysis/builder/internal/edition"
	"analysis/builder/internal/export"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/gather"
	"analysis/builder/internal/layout"
	"analysis/builder/internal/lint"
	"analysis/builder/internal/memo"
	"analysis/builder/internal/parallel"
	"analysis/builder/internal/progress"
	"analysis/builder/internal/publish"
	"analysis/builder/internal/scan"
	"analysis/builder/internal/search"
	"analysis/builder/internal/site"
	"analysis/builder/internal/words"
)

// Options say what to build from.
type Options struct {
	Content, Layouts, Static string           // folders
	Defaults                 [2]fs.FS         // the layouts and static files that those folders need not have, or nil
	BaseURL                  string           // if not empty, replaces the one in site.yaml
	Edition                  frontmatter.Date // of what edition this is an old state, or ""
	Drafts                   bool             // include drafts
	Portable                 bool             // links name index.html, so that the site can be opened from disk
	Single                   bool             // make only one file, SingleName, that holds the whole site
	Files                    []*scan.File     // if not nil, the files of the content folder, which is not scanned
	PlainNames               bool             // no hashes in the names of assets, so a changed style sheet renders no page
	Progress                 *progress.Line   // where a long build shows how far it is, or nil

	// Slow, if not nil, is called when the parsing of a file, or the rendering of it or of
	// the page at an address, has taken SlowAfter and goes on. It is called from several
	// goroutines.
	Slow      func(file string)
	SlowAfter time.Duration
}

// SingleName is the name of the only file of a Snapshot built with
// Options.Single.
const SingleName = "single.html"

// Output receives the rendered pages and the search index as they are made, from
// several goroutines at once. Put returns the File for the Snapshot. The caller may
// overwrite data afterwards.
type Output interface {
	Put(name string, data []byte) *publish.File
}

// Snapshot is the outcome of one build. It is never changed.
type Snapshot struct {
	Files       map[string]*publish.File // by path below the site's root; nil if there were errors
	Pages       int                      // number of pages made from the content
	Rendered    int                      // number of those rendered by this build
	Diagnostics []diag.Diagnostic        // sorted
	Site        *site.Site               // also set if there were errors
	History     *edition.History         // nil without editions
	Explanation []string                 // lines that say which files differ, and why pages were rendered
}

// OK reports whether the build had no errors.
func (s *Snapshot) OK() bool { return s.Files != nil }

// Summary describes a build without errors: "84 pages, 3 rendered, 6 ms".
func (s *Snapshot) Summary(took time.Duration) string {
	return fmt.Sprintf("%s, %d rendered, %d ms", diag.Number(s.Pages, "page"), s.Rendered, took.Milliseconds())
}

// Builder builds a site and remembers the results. It is not for concurrent use.
type Builder struct {
	options  Options
	folders  [3]scan.Folder // content, layouts and static files
	parser   *content.Parser
	placer   *site.Placer
	export   export.Exporter
	index    search.Index
	checker  lint.Checker
	tables   tables
	ctx      context.Context // of the current build
	previous *work           // the last build without errors, used only for explanations
}

// tables keeps the results of the functions that this package calls.
type tables struct {
	words     memo.Table[struct{}, wordsInput, *loaded[*words.Set]]
	documents memo.Table[string, documentInput, *content.Document] // by path
	assets    memo.Table[struct{}, assetsInput, *loaded[*asset.Set]]
	layouts   memo.Table[struct{}, layoutsInput, *loaded[*layout.Set]]
	strip     memo.Table[struct{}, *gather.Strip, *gather.Strip]
	editions  memo.Table[string, *scan.File, *loaded[*edition.Edition]]
	history   memo.Table[struct{}, edition.Input, *edition.History]
	pages     memo.Table[string, pageInput, pageOutput] // by address
	files     memo.Table[string, source, *publish.File] // by name, for files that are not pages
	conflicts memo.Table[struct{}, []outputName, []diag.Diagnostic]
}

// New makes a Builder that remembers nothing yet.
func New(options Options) *Builder {
	b := &Builder{options: options, parser: content.NewParser(), placer: site.NewPlacer()}
	b.folders = [3]scan.Folder{{Name: options.Content}, {Name: options.Layouts}, {Name: options.Static, Hidden: true}}
	for i, files := range options.Defaults {
		if files != nil {
			b.folders[i+1].Defaults = scan.Embedded(files)
		}
	}
	t := &b.tables
	t.documents.SameIn, t.editions.SameIn = memo.Equal, memo.Equal
	t.words.SameIn = func(a, b wordsInput) bool {
		return a.language == b.language && slices.Equal(a.layouts, b.layouts) && slices.Equal(a.static, b.static)
	}
	t.words.SameOut = func(a, b *loaded[*words.Set]) bool {
		return a.set.Hash() == b.set.Hash() && slices.Equal(a.found, b.found)
	}
	t.assets.SameIn = func(a, b assetsInput) bool { return slices.Equal(a.files, b.files) && a.words == b.words }
	t.layouts.SameIn = func(a, b layoutsInput) bool {
		return slices.Equal(a.files, b.files) && sameNames(a.names, b.names) && a.words == b.words
	}
	t.documents.Stopped = func() bool { return b.ctx.Err() != nil }
	t.documents.Progress = func(done, all int) { options.Progress.Show("parsing", done, all, "pages") }
	t.pages.Progress = func(done, all int) { options.Progress.Show("rendering", done, all, "pages") }
	t.strip.SameIn = (*gather.Strip).Same
	t.history.SameIn = edition.Input.Same
	t.pages.SameIn = pageInput.same
	t.files.SameIn = source.same
	t.conflicts.SameIn = slices.Equal
	return b
}

// work is the state of one build.
type work struct {
	*Builder
	to       Output
	snapshot *Snapshot
	files    [3][]*scan.File // by folder
	config   frontmatter.Config
	docs     []*content.Document
	extra    []*scan.File // files of the content folder that are not Markdown
	words    *loaded[*words.Set]
	assets   *loaded[*asset.Set]
	layouts  *loaded[*layout.Set]
	site     *site.Site
	audits   []audit.Record
	exported func() (map[string][]byte, []export.Resource)
	gatherer *gather.Gatherer
	fresh    []pageInput // of the pages that this build rendered
}

// Build builds the site once. It returns an error if a folder cannot be read or the
// single-file edition cannot be made, and the error of ctx soon after that is done, except
// while a single file is parsed. Mistakes of the author are diagnostics in the
// Snapshot.
func (b *Builder) Build(ctx context.Context, to Output) (*Snapshot, error) {
	b.ctx = ctx
	defer b.options.Progress.End()
	w := &work{Builder: b, to: to, snapshot: &Snapshot{}}
	if err := w.scan(); err != nil {
		return nil, err
	}
	w.explainInputs()
	w.configure()
	parallel.Do(w.parse, w.prepare)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	w.report(w.options.Content, w.documentFindings()...)
	w.report(w.options.Static, w.assets.found...)
	w.report(w.options.Layouts, w.words.found...)
	w.report(w.options.Layouts, w.layouts.found...)
	w.place()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if !w.failed() { // layouts need the addresses of all links
		if err := w.finish(); err != nil {
			return nil, err
		}
	}
	diag.Sort(w.snapshot.Diagnostics)
	w.snapshot.Diagnostics = slices.Compact(w.snapshot.Diagnostics)
	return w.snapshot, nil
}

// finish renders the pages and makes all other files. The site has no errors yet.
func (w *work) finish() (err error) {
	var files, index map[string]*publish.File
	var warnings []diag.Diagnostic
	w.exported = sync.OnceValues(func() (map[string][]byte, []export.Resource) { return w.export.Files(w.site, w.snapshot.History) })
	parallel.Do(
		func() { files = w.render() },
		func() { warnings = w.checker.Check(w.site) },
		func() { w.exported() },
		func() { index = w.index.Files(w.site, w.layouts.set, !w.options.PlainNames, w.to.Put) },
	)
	if err := w.ctx.Err(); err != nil {
		return err
	}
	w.report(w.options.Content, warnings...)
	if w.failed() {
		return nil
	}
	data, _ := w.exported()
	w.collect(files, index, data)
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

// timed calls Options.Slow unless done is called in time.
func (w *work) timed(file, address string) (done func() bool) {
	if w.options.Slow == nil {
		return func() bool { return false }
	}
	return time.AfterFunc(w.options.SlowAfter, func() {
		if file != "" {
			address = w.options.Content + "/" + file
		}
		w.options.Slow(address)
	}).Stop
}

func (w *work) failed() bool {
	errors, _ := diag.Count(w.snapshot.Diagnostics)
	return errors > 0
}
