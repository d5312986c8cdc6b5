package pipeline

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"analysis/builder/internal/publish"
)

// testSite is a temporary folder with a site's three folders in it.
type testSite struct {
	t   testing.TB
	dir string
}

// layouts that show all that a page holds, so that whatever changes in a page
// changes in its bytes.
var plainLayouts = map[string]string{
	"layouts/base.html": `<!doctype html><html lang="{{.Config.Language}}"><title>{{.Title}} – {{.Config.Title}}</title><link rel="stylesheet" href="{{.Asset "css/site.css"}}">` +
		`{{with .Canonical}}<link rel="canonical" href="{{.}}">{{end}}{{with .Card}}<meta property="og:image" content="{{.}}">{{end}}{{with .CardAddress}}<a href="{{.}}">card</a>{{end}}<p>{{range .Crumbs}}<a href="{{$.Href .}}">{{.Title}}</a>/{{end}}` +
		`{{with .Menu.Home}}<b>{{.Title}}</b>{{end}}{{range .Menu.Items}}<a href="{{$.Href .}}">{{.Title}}</a>{{end}}</p>{{.Nav}}{{template "main" .}}`,
	"layouts/page.html": `{{define "main"}}<h1>{{.Title}}</h1><p>{{.Summary}} {{.Type}} {{date .Date}} {{.Later}} {{.Weight}} {{.Minutes}}</p>{{.Body}}` +
		`{{range .Doc.Front.Aliases}}[{{.Name}}]{{end}}{{with .Prev}}<a rel="prev" href="{{$.Href .}}">{{.Title}}</a>{{end}}{{with .Next}}<a rel="next" href="{{$.Href .}}">{{.Title}}</a>{{end}}` +
		`{{range .Relations}}<p>{{.Key}} {{.Inverse}}{{range .Pages}} {{.Title}} {{.Summary}}{{end}}</p>{{end}}{{range .Figures}}<p>{{.Value}} {{.Source.Title}}</p>{{end}}` +
		`{{range .Citations}}<p>{{.Anchor}}{{range .Pages}} {{.Title}}{{end}}</p>{{end}}{{template "partials/backlinks.html" .}}` +
		`{{with .Claim}}<p>{{.Type}} {{.ToldOn.Title}} {{.HeldNote}} {{.Wording}} {{.Unhedged}} {{range .Noted}}{{.Ref.ID}} {{.Note}}{{end}} {{.Horizon}} {{.Likely}} {{.Outcome.Word}} {{.Cause.Word}}{{range .HeldBy}} {{.Title}}{{end}}{{range .Cites}} {{.Source.Title}} {{.Places}}{{end}}{{range .Passages}} {{.Place}} {{.Of}} {{.Gist}}{{end}}` +
		`{{range .About}} {{.Title}}{{end}}{{range .Checks}} {{.Word}} {{.Note}}{{range .Sources}} {{.Title}}{{end}}{{end}}{{range .Relations}} {{.Key}} {{.Inverse}} {{.Claim.Title}} {{.Note}}{{end}}{{range .Dependents}} {{.Title}} {{.Steps}}{{end}}</p>{{end}}` +
		`{{range .Roles}}<p>{{.Key}}{{range .Claims}}{{$.Part "statement.html" . "it"}}{{end}}</p>{{end}}{{range .ByPassage}}<p>{{.N}}{{range .Claims}} {{.Title}}{{end}}</p>{{end}}{{range .Checks}}<p>{{.Claim.Title}} {{.Word}}</p>{{end}}` +
		`{{range .Doc.Front.Passages}}{{$n := .N}}<p>{{.N}} {{.Gist}} {{.NoClaim}}{{range .Sentences}} {{.Print}} {{.NoClaim}}{{range $.CarriesSentence $n .N}} {{.Title}}{{end}}{{end}}</p>{{end}}` +
		`{{with .Overview}}{{range .Audits}}<p>{{.Source.Title}} {{.Copy}} {{.Changed}}</p>{{end}}{{range .Claims}}{{$.Part "statement.html" . ""}}{{end}}{{range .Tensions.Within}}<p>{{.A.Title}} {{.B.Title}} {{.Note}}</p>{{end}}{{range .Tensions.Between}}<p>{{.A.Title}} {{.B.Title}} {{.Note}}</p>{{end}}{{range .Forecasts}}<p>{{.Title}} {{.By}} {{.Outcome.Word}} {{.Cause.Word}}</p>{{end}}` +
		`{{range .Evidence}}<p>{{with .Event}}{{.Title}}{{end}}{{range .Figures}} {{.Value}}{{end}}{{range .Checks}} {{.Claim.Title}}{{end}}</p>{{end}}{{range .Holders}}<p>{{.Title}}{{range .Claims}} {{.Title}}{{end}}</p>{{end}}{{with .Whole}}{{range .Parts}}<p>{{.Title}} {{.Summary}}</p>{{$.Text .}}{{end}}{{end}}{{end}}{{end}}`,
	"layouts/partials/statement.html": `<p><a href="{{.Href .Of.Ref}}">{{.Of.Title}}</a> {{.Of.Wording}} {{.Of.ToldOn.Title}}{{range .Of.HeldBy}} {{.Title}}{{end}}{{if .Without "it"}}{{else}} it{{end}}</p>`,
	"layouts/partials/claim.html":     `<p>{{.claim.Type}} {{.claim.Title}}</p>`,
	"layouts/wide.html":               `{{define "main"}}wide {{.Title}}{{.Body}}{{end}}`,
	"layouts/redirect.html":           `<a href="{{.Href .Target}}">{{.Title}}</a>`,
	"layouts/partials/nav.html":       `<nav>{{range .Section.Pages}}<a href="{{$.Href .}}">{{.Title}}</a>{{end}}</nav>`,
	"layouts/partials/backlinks.html": `{{range .Backlinks}}<p>{{.From.Title}} {{.Fragment}}: {{.Before}}<mark>{{.Match}}</mark>{{.After}}</p>{{end}}`,
	"static/css/site.css":             "body { color: black }\n",
	"static/robots.txt":               "User-agent: *\n",
	"content/site.yaml":               "title: Site\n",
}

// newTestSite writes the plain layouts and the given files.
func newTestSite(t testing.TB, files map[string]string) *testSite {
	t.Helper()
	w := &testSite{t, t.TempDir()}
	all := maps.Clone(plainLayouts)
	maps.Copy(all, files)
	for name, text := range all {
		w.write(name, text)
	}
	return w
}

func (w *testSite) path(name string) string { return filepath.Join(w.dir, filepath.FromSlash(name)) }

func (w *testSite) write(name, text string) {
	w.t.Helper()
	must(w.t, os.MkdirAll(filepath.Dir(w.path(name)), 0o755))
	must(w.t, os.WriteFile(w.path(name), []byte(text), 0o644))
}

func (w *testSite) remove(name string) {
	w.t.Helper()
	must(w.t, os.RemoveAll(w.path(name)))
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (w *testSite) options() Options {
	return Options{Content: w.path("content"), Layouts: w.path("layouts"), Static: w.path("static")}
}

// build runs b, or a new Builder if b is nil.
func (w *testSite) build(b *Builder) *Snapshot {
	w.t.Helper()
	if b == nil {
		b = New(w.options())
	}
	s, err := b.Build(w.t.Context(), publish.Memory{})
	must(w.t, err)
	return s
}

// settle makes a Builder trust all files that it has read, as it does two seconds
// later: the clock of the file system has ticked by then.
func (w *testSite) settle(b *Builder) {
	w.t.Helper()
	clock := func() time.Time {
		must(w.t, os.WriteFile(w.path("probe"), nil, 0o644))
		info, err := os.Lstat(w.path("probe"))
		must(w.t, err)
		return info.ModTime()
	}
	for before := clock(); clock().Equal(before); {
	}
	for i := range b.folders {
		f := &b.folders[i]
		f.Clock = func() time.Time { return time.Now().Add(time.Hour) }
		_ = f.Scan() // a folder that is gone is for the next build to report
		f.Clock = nil
	}
}

// good builds a site that must have no errors.
func (w *testSite) good(b *Builder) *Snapshot {
	w.t.Helper()
	s := w.build(b)
	if !s.OK() {
		w.t.Fatalf("the site has errors:\n%s", strings.Join(w.reported(s), "\n"))
	}
	return s
}

// reported are the findings, their files as seen from the testSite.
func (w *testSite) reported(s *Snapshot) []string {
	var list []string
	for _, d := range s.Diagnostics {
		list = append(list, strings.ReplaceAll(d.String(), w.dir+"/", ""))
	}
	return list
}

func (w *testSite) wantReported(s *Snapshot, want ...string) {
	w.t.Helper()
	if got := w.reported(s); !slices.Equal(got, want) {
		w.t.Errorf("reported\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}

func names(s *Snapshot) []string { return slices.Sorted(maps.Keys(s.Files)) }

// differences between what two Builders made of the same folders.
func differences(got, want *Snapshot) (list []string) {
	report := func(format string, args ...any) { list = append(list, fmt.Sprintf(format, args...)) }
	if got.OK() != want.OK() {
		report("one has files: %t, the other: %t", got.OK(), want.OK())
	}
	if !slices.Equal(got.Diagnostics, want.Diagnostics) {
		report("diagnostics\n%v\nand\n%v", got.Diagnostics, want.Diagnostics)
	}
	if got.OK() && got.Pages != want.Pages {
		report("%d and %d pages", got.Pages, want.Pages)
	}
	if !slices.Equal(names(got), names(want)) {
		report("files %q and %q", names(got), names(want))
		return list
	}
	for name, f := range got.Files {
		if other := want.Files[name]; !bytes.Equal(f.Data, other.Data) || f.Sum != other.Sum || f.Size != other.Size {
			report("%s (%s and %s):\n%s\nand\n%s", name, f.Sum, other.Sum, f.Data, other.Data)
		}
	}
	return list
}

// tree reads the files of a published site, without the builder's own.
func tree(t testing.TB, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	must(t, fs.WalkDir(os.DirFS(dir), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if e.IsDir() {
			if name == ".builder" {
				return fs.SkipDir
			}
			return nil
		}
		data, err := os.ReadFile(filepath.Join(dir, name))
		files[name] = string(data)
		return err
	}))
	return files
}

// folders lists the folders of a published site, without the builder's own.
func folders(t testing.TB, dir string) (list []string) {
	t.Helper()
	must(t, fs.WalkDir(os.DirFS(dir), ".", func(name string, e fs.DirEntry, err error) error {
		if name == ".builder" {
			return fs.SkipDir
		}
		if e.IsDir() && name != "." {
			list = append(list, name)
		}
		return err
	}))
	return list
}

// publishInto publishes files into a folder.
func publishInto(out string, files map[string]*publish.File) (err error) {
	f, err := publish.Open(out)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return f.Publish(files)
}
