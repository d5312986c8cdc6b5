// Package website builds websites for tests, with the project's own layouts and styles:
// this project's analysis, and the small one of the builder's tests. The tests in this
// folder examine the built files; those in the folder browser open them in Chromium.
//
// Build takes a content folder and returns a Snapshot without errors. What tests expect
// only of this project's analysis is in content/.expected.yaml.
//
// Invariant: every test passes whatever analysis the content folder holds. Without that
// file, expectations of this project's analysis are skipped.
//
// Deliberately absent: anything that the command uses.
package website

import (
	"errors"
	"io/fs"
	"os"
	"slices"
	"testing"

	"go.yaml.in/yaml/v3"

	"analysis/builder/internal/pipeline"
	"analysis/builder/internal/publish"
	"analysis/builder/internal/site"
)

// Folders, as seen from a folder of tests in builder.
const (
	Analysis = "../../content"                // of this project
	Small    = "../testdata/small/content"    // of another subject, with every construct
	expected = "../../content/.expected.yaml" // what tests look for in Analysis
)

// Options returns the options to build a content folder with the project's layouts.
func Options(content string) pipeline.Options {
	return pipeline.Options{Content: content, Layouts: "../../layouts", Static: "../../static"}
}

// Build builds a site that must have no errors.
func Build(t testing.TB, o pipeline.Options) *pipeline.Snapshot {
	t.Helper()
	s, err := pipeline.New(o).Build(t.Context(), publish.Memory{})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range s.Diagnostics {
		t.Log(d)
	}
	if !s.OK() {
		t.Fatal("the site has errors")
	}
	return s
}

// Each runs a test on this project's analysis, and on the small one.
func Each(t *testing.T, test func(t *testing.T, o pipeline.Options)) {
	t.Helper()
	t.Run("analysis", func(t *testing.T) { test(t, Options(Analysis)) })
	t.Run("small", func(t *testing.T) { test(t, Options(Small)) })
}

// Shows returns the page that shows an overview. It skips the test if there is none.
func Shows(t testing.TB, s *pipeline.Snapshot, overview string) *site.Page {
	t.Helper()
	return Find(t, s, "shows "+overview, func(p *site.Page) bool { return p.Doc.Front.Shows == overview })
}

// Find returns the first page for which ok is true. It skips the test if there is none.
func Find(t testing.TB, s *pipeline.Snapshot, what string, ok func(p *site.Page) bool) *site.Page {
	t.Helper()
	i := slices.IndexFunc(s.Site.Pages, ok)
	if i < 0 {
		t.Skipf("no page %s", what)
	}
	return s.Site.Pages[i]
}

// Expect decodes a key of content/.expected.yaml. It skips the test if the file or the key
// does not exist.
func Expect(t testing.TB, key string, into any) {
	t.Helper()
	var all map[string]yaml.Node
	data, err := os.ReadFile(expected)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("content/.expected.yaml: not there, so nothing is asserted about this analysis")
	}
	if err == nil {
		err = yaml.Unmarshal(data, &all)
	}
	node, ok := all[key]
	if err == nil && !ok {
		t.Skipf("content/.expected.yaml: no %s, so none are asserted about this analysis", key)
	}
	if err == nil {
		err = node.Decode(into)
	}
	if err != nil {
		t.Fatalf("content/.expected.yaml: %v", err)
	}
}
