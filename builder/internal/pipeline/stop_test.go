package pipeline

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"analysis/builder/internal/publish"
)

// stopper stops the build that puts a page.
type stopper struct {
	publish.Memory
	stop func()
}

func (s stopper) Put(name string, data []byte) *publish.File {
	s.stop()
	return s.Memory.Put(name, data)
}

// A build that is stopped returns the error of its context, at any stop, and changes
// nothing for the next one.
func TestStopped(t *testing.T) {
	files := map[string]string{"layouts/page.html": "{{.Title}}"}
	for i := range 50 {
		files[fmt.Sprintf("content/p%d.md", i)] = "# P\n"
	}
	w := newTestSite(t, files)
	b := New(w.options())
	for range 3 {
		ctx, stop := context.WithCancel(t.Context())
		if s, err := b.Build(ctx, stopper{stop: stop}); s != nil || !errors.Is(err, context.Canceled) {
			t.Errorf("got %v, %v", s, err)
		}
		w.write("content/p7.md", "# Changed\n")
	}
	if d := differences(w.good(b), w.build(nil)); d != nil {
		t.Error(d)
	}
}

// A layout without an end fails one page and not all, and works once it is mended.
func TestLayoutWithoutEnd(t *testing.T) {
	files := map[string]string{
		"layouts/page.html": "{{template \"a\" .}}{{define \"a\"}}{{if gt .Doc.Front.Weight 3}}\n{{template \"a\" .}}{{end}}{{end}}",
	}
	for i := range 50 {
		files[fmt.Sprintf("content/p%d.md", i)] = fmt.Sprintf("---\ntitle: P\nweight: %d\n---\n", i)
	}
	w := newTestSite(t, files)
	b := New(w.options())
	want := w.reported(w.build(nil))
	if got := w.reported(w.build(b)); len(got) == 0 || !slices.Equal(got, want) {
		t.Errorf("reported %q, a clean build %q", got, want)
	}
	w.write("layouts/page.html", "{{.Title}}")
	if d := differences(w.good(b), w.build(nil)); d != nil {
		t.Error(d)
	}
}
