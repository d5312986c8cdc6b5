package build

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// Same input, same message.
func TestBugSeveralMissingFolders(t *testing.T) {
	seen := map[string]bool{}
	for range 50 {
		_, err := New(Options{Content: "no/content", Layouts: "no/layouts", Static: "no/static"}).Build()
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
		w := newWorkshop(t, files)
		s := w.build(nil)
		if !s.OK() {
			continue
		}
		t.Errorf("%s: no finding, and then: %v", name, Publish(w.path("public"), s))
	}
}

// Nothing is published from a build with errors.
func TestBugPublishOfErrors(t *testing.T) {
	out := t.TempDir()
	publish(t, out, map[string]string{"index.html": "i"})
	if err := Publish(out, &Snapshot{}); err == nil {
		t.Errorf("the site is now %v", tree(t, out))
	}
}

// The builder's own folder is no address.
func TestBugRedirectIntoOwnFolder(t *testing.T) {
	for _, p := range []string{".builder/new", ".builder/manifest.json", ".builder"} {
		w := newWorkshop(t, map[string]string{"content/index.md": "---\ntitle: H\nredirect_from: [" + p + "]\n---\n"})
		s := w.build(nil)
		if !s.OK() {
			continue
		}
		for range 2 {
			if err := Publish(w.path("public"), s); err != nil {
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
	w := newWorkshop(t, map[string]string{"content/index.md": "# H\n"})
	must(t, syscall.Mkfifo(w.path("content/pipe"), 0o644))
	s, err := New(w.options()).Build()
	must(t, err)
	if s.OK() || !strings.Contains(w.reported(s)[0], "content/pipe: error: ") {
		t.Error(w.reported(s))
	}
}

// Two of the folders may be the same one.
func TestBugOneFolderForTwo(t *testing.T) {
	w := newWorkshop(t, map[string]string{"content/index.md": "# H\n", "layouts/base.html": "{{template \"main\" .}}", "layouts/page.html": "{{define \"main\"}}x{{end}}"})
	o := w.options()
	o.Static = o.Layouts
	w.remove("layouts/partials")
	s, err := New(o).Build()
	must(t, err)
	if !s.OK() {
		t.Error(w.reported(s))
	}
}

// What is not ours and stands in the way is found before anything is written.
func TestBugForeignFileInTheWay(t *testing.T) {
	for name, foreign := range map[string]string{"in place of a folder": "zz", "below a file": "robots.txt/mine"} {
		t.Run(name, func(t *testing.T) {
			out := t.TempDir()
			publish(t, out, map[string]string{"index.html": "old"})
			mine := filepath.Join(out, foreign)
			must(t, os.MkdirAll(filepath.Dir(mine), 0o755))
			must(t, os.WriteFile(mine, []byte("mine"), 0o644))
			before := tree(t, out)
			err := Publish(out, snapshot(map[string]string{"index.html": "new", "aa/index.html": "a", "zz/index.html": "z", "robots.txt": "r"}))
			if err == nil || !strings.Contains(err.Error(), fmt.Sprintf("the file %q stands in the way", foreign)) {
				t.Errorf("got %v", err)
			}
			if after := tree(t, out); !maps.Equal(before, after) {
				t.Errorf("the folder was %v and is %v", before, after)
			}
		})
	}
}
