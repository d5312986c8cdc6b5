package pipeline

import (
	"os"
	"syscall"
	"testing"

	"analysis/builder/internal/publish"
)

// A build that is told of a file knows what has become of it: it makes the same as
// one that looks at everything.
func TestHints(t *testing.T) {
	symlink := func(w *workshop, to, name string) { must(w.t, os.Symlink(to, w.path(name))) }
	for name, c := range map[string]struct {
		change func(w *workshop)
		hints  []string
	}{
		"changed":             {func(w *workshop) { w.write("content/docs/a.md", "# Other\n") }, []string{"content/docs/a.md"}},
		"new":                 {func(w *workshop) { w.write("content/docs/b.md", "# B\n") }, []string{"content/docs/b.md"}},
		"new, told twice":     {func(w *workshop) { w.write("content/docs/b.md", "# B\n") }, []string{"content/docs/b.md", "content/docs/b.md"}},
		"deleted":             {func(w *workshop) { w.remove("content/docs/a.md") }, []string{"content/docs/a.md"}},
		"deleted, told twice": {func(w *workshop) { w.remove("content/docs/a.md") }, []string{"content/docs/a.md", "content/docs/a.md"}},
		"renamed":             {func(w *workshop) { must(w.t, os.Rename(w.path("content/docs/a.md"), w.path("content/c.md"))) }, []string{"content/docs/a.md", "content/c.md"}},
		"one of each folder": {func(w *workshop) {
			w.write("content/docs/a.md", "# O\n")
			w.write("layouts/page.html", `{{define "main"}}x{{end}}`)
			w.write("static/css/b.css", "i{}")
		}, []string{"static/css/b.css", "content/docs/a.md", "layouts/page.html"}},
		"never there":         {func(*workshop) {}, []string{"content/docs/z.md", "content/y/z.md", "static/z"}},
		"in a new folder":     {func(w *workshop) { w.write("content/x/y/z.md", "# Z\n") }, []string{"content/x/y/z.md"}},
		"in a deleted folder": {func(w *workshop) { w.remove("content/docs/deep") }, []string{"content/docs/deep/d.md"}},
		"new folder":          {func(w *workshop) { w.write("content/x/z.md", "# Z\n") }, []string{"content/x"}},
		"deleted folder":      {func(w *workshop) { w.remove("content/docs") }, []string{"content/docs"}},
		"folder":              {func(w *workshop) { w.write("content/docs/b.md", "# B\n") }, []string{"content/docs"}},
		"folder that moved in": {func(w *workshop) {
			w.write("spare/z.md", "# Z\n")
			must(w.t, os.Rename(w.path("spare"), w.path("content/z")))
		}, []string{"content/z"}},
		"file, once a folder": {func(w *workshop) { w.remove("content/docs"); w.write("content/docs", "x") }, []string{"content/docs"}},
		"folder, once a file": {func(w *workshop) { w.remove("content/plan.txt"); w.write("content/plan.txt/z.md", "# Z\n") }, []string{"content/plan.txt"}},
		"in what was a file":  {func(w *workshop) { w.remove("content/plan.txt"); w.write("content/plan.txt/z.md", "# Z\n") }, []string{"content/plan.txt/z.md"}},
		"link":                {func(w *workshop) { symlink(w, "plan.txt", "content/link.txt") }, []string{"content/link.txt"}},
		"link for a file":     {func(w *workshop) { w.remove("content/docs/a.md"); symlink(w, "../index.md", "content/docs/a.md") }, []string{"content/docs/a.md"}},
		"link out":            {func(w *workshop) { symlink(w, "../layouts/page.html", "content/link.txt") }, []string{"content/link.txt"}},
		"linked folder":       {func(w *workshop) { symlink(w, "docs", "content/papers") }, []string{"content/papers"}},
		"in a linked folder":  {func(w *workshop) { symlink(w, "docs", "content/papers") }, []string{"content/papers/a.md"}},
		"link for a folder": {func(w *workshop) {
			must(w.t, os.Rename(w.path("content/docs"), w.path("content/papers")))
			symlink(w, "papers", "content/docs")
		}, []string{"content/docs"}},
		"pipe": {func(w *workshop) { must(w.t, syscall.Mkfifo(w.path("content/pipe"), 0o644)) }, []string{"content/pipe"}},
		"pipe for file": {func(w *workshop) {
			w.remove("content/plan.txt")
			must(w.t, syscall.Mkfifo(w.path("content/plan.txt"), 0o644))
		}, []string{"content/plan.txt"}},
		"link to a pipe": {func(w *workshop) {
			must(w.t, syscall.Mkfifo(w.path("content/pipe"), 0o644))
			symlink(w, "pipe", "content/link.txt")
		}, []string{"content/link.txt"}},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorkshop(t, map[string]string{"content/index.md": "# Home\n", "content/docs/index.md": "# D\n", "content/docs/a.md": "# A\n", "content/docs/deep/d.md": "# E\n", "content/plan.txt": "plan"})
			b := New(w.options())
			w.good(b)
			w.calm(b)
			c.change(w)
			fresh := w.build(nil)
			for _, hints := range [][]string{c.hints, nil} {
				for i := range hints {
					hints[i] = w.path(hints[i])
				}
				s, err := b.Build(publish.Memory{}, hints...)
				must(t, err)
				for _, d := range differences(s, fresh) {
					t.Errorf("told of %q: %s", hints, d)
				}
			}
		})
	}
}

// What a build is not told of, it need not see; the next one does. Where there are
// links, names do not tell what has changed, and everything is looked at.
func TestHintsAreNotAll(t *testing.T) {
	for name, c := range map[string]struct {
		hint string
		link bool
		seen bool
	}{
		"another file":                  {"content/docs/a.md", false, false},
		"an ignored name":               {"content/.index.md.swp", false, false},
		"in an ignored folder":          {"content/.git/index.md", false, false},
		"outside":                       {"contents/index.md", false, false},
		"another file, beside a link":   {"content/docs/a.md", true, true},
		"an ignored name, beside links": {"content/.index.md.swp", true, true},
		"a folder":                      {"content/docs", false, true},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorkshop(t, map[string]string{"content/index.md": "# Home\n", "content/docs/a.md": "# A\n", "content/docs/index.md": "# D\n"})
			if c.link {
				must(t, os.Symlink("docs/map.png", w.path("content/map.png")))
				w.write("content/docs/map.png", "map")
			}
			b := New(w.options())
			before := w.good(b)
			w.write("content/index.md", "# Other\n")
			w.write("content/.index.md.swp", "x")
			w.write("content/.git/index.md", "x")
			fresh := w.good(nil)
			s, err := b.Build(publish.Memory{}, w.path(c.hint))
			must(t, err)
			want := before
			if c.seen {
				want = fresh
			}
			for _, d := range differences(s, want) {
				t.Error(d)
			}
			if !c.seen && s.Rendered != 0 {
				t.Errorf("rendered %d", s.Rendered)
			}
			for _, d := range differences(w.good(b), fresh) {
				t.Errorf("told of nothing: %s", d)
			}
		})
	}
}
