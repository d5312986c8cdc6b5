package pipeline

import (
	"strings"
	"syscall"
	"testing"

	"analysis/builder/internal/publish"
)

// Same input, same message.
func TestBugSeveralMissingFolders(t *testing.T) {
	seen := map[string]bool{}
	for range 50 {
		_, err := New(Options{Content: "no/content", Layouts: "no/layouts", Static: "no/static"}).Build(publish.Memory{})
		seen[err.Error()] = true
	}
	if len(seen) != 1 {
		t.Errorf("%d messages: %v", len(seen), seen)
	}
}

// One path cannot be a file and a folder.
func TestBugFileAndFolderOfOneName(t *testing.T) {
	for name, files := range map[string]map[string]string{
		"file and page":     {"content/index.md": "# H\n", "content/about.md": "# A\n", "content/about": "x"},
		"redirect and file": {"content/index.md": "---\ntitle: H\nredirect_from: [robots.txt]\n---\n"},
		"redirect and 404":  {"content/index.md": "---\ntitle: H\nredirect_from: [404.html]\n---\n"},
	} {
		w := newTestSite(t, files)
		s := w.build(nil)
		if !s.OK() {
			continue
		}
		t.Errorf("%s: no finding, and then: %v", name, publishInto(w.path("public"), s.Files))
	}
}

// The builder's own folder is no address.
func TestBugRedirectIntoOwnFolder(t *testing.T) {
	for _, p := range []string{".builder/new", ".builder/manifest.json", ".builder"} {
		w := newTestSite(t, map[string]string{"content/index.md": "---\ntitle: H\nredirect_from: [" + p + "]\n---\n"})
		s := w.build(nil)
		if !s.OK() {
			continue
		}
		for range 2 {
			if err := publishInto(w.path("public"), s.Files); err != nil {
				t.Errorf("%s: %v", p, err)
			}
		}
		if got := tree(t, w.path("public")); len(got) != len(s.Files) {
			t.Errorf("%s: %d of %d files are published", p, len(got), len(s.Files))
		}
	}
}

// What is no file is not waited for.
func TestBugNamedPipe(t *testing.T) {
	w := newTestSite(t, map[string]string{"content/index.md": "# H\n"})
	must(t, syscall.Mkfifo(w.path("content/pipe"), 0o644))
	s, err := New(w.options()).Build(publish.Memory{})
	must(t, err)
	if s.OK() || !strings.Contains(w.reported(s)[0], "content/pipe: error: ") {
		t.Error(w.reported(s))
	}
}

// Two of the folders may be the same one.
func TestBugOneFolderForTwo(t *testing.T) {
	w := newTestSite(t, map[string]string{"content/index.md": "# H\n", "layouts/base.html": "{{template \"main\" .}}", "layouts/page.html": "{{define \"main\"}}x{{end}}"})
	o := w.options()
	o.Static = o.Layouts
	w.remove("layouts/partials")
	s, err := New(o).Build(publish.Memory{})
	must(t, err)
	if !s.OK() {
		t.Error(w.reported(s))
	}
}
