package pipeline

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"analysis/builder/internal/publish"
)

func TestSymbolicLinks(t *testing.T) {
	const hint = "\n  hint: make it readable, or take it away; a symbolic link must lead to a file or folder in the same folder"
	outside := t.TempDir()
	must(t, os.WriteFile(filepath.Join(outside, "secret.md"), []byte("# Secret\n"), 0o644))
	for name, c := range map[string]struct{ to, want string }{
		"out of the folder":           {filepath.Join(outside, "secret.md"), "content/link.md: error: this file cannot be read: path escapes from parent" + hint},
		"out of the folder, relative": {"../layouts/page.html", "content/link.md: error: this file cannot be read: path escapes from parent" + hint},
		"a folder outside":            {outside, "content/link.md: error: this file cannot be read: path escapes from parent" + hint},
		"nowhere":                     {"nosuch.md", "content/link.md: error: this file cannot be read: no such file or directory" + hint},
		"itself":                      {"link.md", "content/link.md: error: this file cannot be read: too many levels of symbolic links" + hint},
		"the folder it stands in":     {".", "content/link.md: error: this link leads back to a folder that it stands in\n  hint: take it away, or let it lead to another folder"},
		"a file inside":               {"docs/a.md", ""},
		"a file inside, the long way": {"docs/../docs/a.md", ""},
	} {
		t.Run(name, func(t *testing.T) {
			w := newTestSite(t, map[string]string{"content/index.md": "# Home\n", "content/docs/a.md": "# A\n", "content/docs/index.md": "# D\n"})
			b := New(w.options())
			w.good(b)
			must(t, os.Symlink(c.to, w.path("content/link.md")))
			s := w.build(b)
			if c.want == "" {
				w.wantReported(s)
				if s.Files["link/index.html"] == nil {
					t.Errorf("files %q", names(s))
				}
				return
			}
			w.wantReported(s, c.want)
			if s.OK() {
				t.Error("there are files in spite of that")
			}
			w.remove("content/link.md")
			w.good(b)
		})
	}
}

// A link to a folder inside is followed, and what changes behind it changes here.
func TestLinkedFolders(t *testing.T) {
	w := newTestSite(t, map[string]string{"content/index.md": "# Home\n", "static/pictures/a.svg": "<svg/>", "static/pictures/deep/b.svg": "<svg/>"})
	b := New(w.options())
	w.good(b)
	must(t, os.Symlink("pictures", w.path("static/linked")))
	linked := func(s *Snapshot) (files []string) {
		for _, name := range names(s) {
			if dir, _, _ := strings.Cut(name, "."); strings.HasPrefix(dir, "linked/") {
				files = append(files, dir+string(s.Files[name].Data))
			}
		}
		return files
	}
	if got, want := linked(w.good(b)), []string{"linked/a<svg/>", "linked/deep/b<svg/>"}; !slices.Equal(got, want) {
		t.Errorf("published %q, want %q", got, want)
	}
	w.write("static/pictures/deep/b.svg", "<svg><g/></svg>")
	s := w.good(b)
	if got, want := linked(s), []string{"linked/a<svg/>", "linked/deep/b<svg><g/></svg>"}; !slices.Equal(got, want) {
		t.Errorf("published %q, want %q", got, want)
	}
	for _, d := range differences(s, w.good(nil)) {
		t.Error(d)
	}

	// Two links that lead into each other's folder, and one that leads up.
	must(t, os.Symlink("..", w.path("static/pictures/deep/up")))
	must(t, os.Symlink("../../linked", w.path("static/pictures/deep/round")))
	const back = ": error: this link leads back to a folder that it stands in\n  hint: take it away, or let it lead to another folder"
	w.wantReported(w.build(b),
		"static/linked/deep/round"+back, "static/linked/deep/up"+back, "static/pictures/deep/round"+back, "static/pictures/deep/up"+back)
	w.remove("static/pictures/deep/up")
	w.remove("static/pictures/deep/round")
	w.good(b)
}

// The folder itself may be reached by a link, as it is on many machines.
func TestFolderThatIsALink(t *testing.T) {
	w := newTestSite(t, map[string]string{"content/index.md": "# Home\n"})
	want := w.good(nil)
	must(t, os.Rename(w.path("content"), w.path("elsewhere")))
	must(t, os.Symlink("elsewhere", w.path("content")))
	for _, d := range differences(w.good(nil), want) {
		t.Error(d)
	}
}

func TestUnreadableFile(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("the superuser can read every file")
	}
	w := newTestSite(t, map[string]string{"content/index.md": "# Home\n", "content/a.md": "# A\n", "static/img/b.png": "b"})
	must(t, os.Chmod(w.path("content/a.md"), 0))
	must(t, os.Chmod(w.path("static/img/b.png"), 0))
	const hint = "\n  hint: make it readable, or take it away; a symbolic link must lead to a file or folder in the same folder"
	w.wantReported(w.build(nil), "content/a.md: error: this file cannot be read: permission denied"+hint, "static/img/b.png: error: this file cannot be read: permission denied"+hint)
	b := New(w.options())
	w.build(b)
	must(t, os.Chmod(w.path("content/a.md"), 0o644))
	must(t, os.Chmod(w.path("static/img/b.png"), 0o644))
	for _, d := range differences(w.good(b), w.good(nil)) {
		t.Error(d)
	}
}

// A file that another of the same size and time has replaced is another file.
func TestSameSizeAndTime(t *testing.T) {
	for name, replace := range map[string]func(w *testSite, name, text string){
		"in place": func(w *testSite, name, text string) { w.write(name, text) },
		"by rename": func(w *testSite, name, text string) {
			w.write("spare", text)
			must(w.t, os.Rename(w.path("spare"), w.path(name)))
		},
	} {
		t.Run(name, func(t *testing.T) {
			site := map[string]string{"content/index.md": "# Home\n", "layouts/wide.html": plainLayouts["layouts/wide.html"], "static/css/site.css": "a { color: red }\n"}
			w := newTestSite(t, site)
			b := New(w.options())
			for i, text := range []string{"# Hope\n", "# Rope\n"} {
				w.good(b)
				w.settle(b)
				for file, text := range map[string]string{"content/index.md": text, "layouts/page.html": strings.Replace(plainLayouts["layouts/page.html"], "h1>", "h"+string(rune('2'+i))+">", 2), "static/css/site.css": []string{"i { color: red }\n", "b { color: red }\n"}[i]} {
					info, err := os.Stat(w.path(file))
					must(t, err)
					replace(w, file, text)
					must(t, os.Chtimes(w.path(file), info.ModTime(), info.ModTime()))
					if now, err := os.Stat(w.path(file)); err != nil || now.Size() != info.Size() || !now.ModTime().Equal(info.ModTime()) {
						t.Fatalf("%s has another size or time: %v, %v", file, now, err)
					}
				}
				s := w.good(b)
				if page := string(s.Files["index.html"].Data); !strings.Contains(page, "<h"+string(rune('2'+i))+">"+text[2:6]) {
					t.Errorf("the page is still %s", page)
				}
				for _, d := range differences(s, w.good(nil)) {
					t.Error(d)
				}
			}
		})
	}
}

// A file that is only touched stays the file that it was.
func TestTouchedFile(t *testing.T) {
	for name, touch := range map[string]func(w *testSite, name string){
		"time":       func(w *testSite, name string) { must(w.t, os.Chtimes(w.path(name), time.Unix(1, 0), time.Unix(1, 0))) },
		"mode":       func(w *testSite, name string) { must(w.t, os.Chmod(w.path(name), 0o600)) },
		"same bytes": func(w *testSite, name string) { w.write(name, mustRead(w.t, w.path(name))) },
		"replaced": func(w *testSite, name string) {
			w.write("spare", mustRead(w.t, w.path(name)))
			must(w.t, os.Rename(w.path("spare"), w.path(name)))
		},
		"away and back": func(w *testSite, name string) {
			must(w.t, os.Rename(w.path(name), w.path("spare")))
			must(w.t, os.Rename(w.path("spare"), w.path(name)))
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newTestSite(t, map[string]string{"content/index.md": "# Home\n"})
			b := New(w.options())
			before := w.good(b)
			doc, layouts, assets := b.previous.docs[0], b.previous.layouts, b.previous.assets
			w.settle(b)
			for _, file := range []string{"content/index.md", "content/site.yaml", "layouts/page.html", "static/css/site.css"} {
				touch(w, file)
			}
			s := w.good(b)
			if s.Rendered != 0 {
				t.Errorf("rendered %d", s.Rendered)
			}
			if b.previous.docs[0] != doc || b.previous.layouts != layouts || b.previous.assets != assets {
				t.Error("parsed again")
			}
			for _, d := range differences(s, before) {
				t.Error(d)
			}
		})
	}
}

// What a link leads to is read as it is now.
func TestLinkedFileChanges(t *testing.T) {
	w := newTestSite(t, map[string]string{"content/index.md": "# Home\n", "static/a.txt": "one", "static/b.txt": "two"})
	must(t, os.Symlink("a.txt", w.path("static/link.txt")))
	b := New(w.options())
	for _, c := range []struct {
		name   string
		change func()
		want   string
	}{
		{"at first", func() {}, "one"},
		{"its file changes", func() { w.write("static/a.txt", "six") }, "six"},
		{"its file is replaced", func() {
			w.write("spare", "ten")
			must(t, os.Rename(w.path("spare"), w.path("static/a.txt")))
		}, "ten"},
		{"it leads elsewhere", func() {
			must(t, os.Symlink("b.txt", w.path("spare")))
			must(t, os.Rename(w.path("spare"), w.path("static/link.txt")))
		}, "two"},
		{"it is written through", func() { w.write("static/link.txt", "all") }, "all"},
		{"it becomes a file", func() {
			w.remove("static/link.txt")
			w.write("static/link.txt", "two")
		}, "two"},
		{"it becomes a link again", func() {
			w.remove("static/link.txt")
			must(t, os.Symlink("a.txt", w.path("static/link.txt")))
		}, "ten"},
	} {
		w.settle(b)
		c.change()
		s := w.good(b)
		if got := textOf(s, "link."); got != c.want {
			t.Errorf("%s: it holds %q, want %q", c.name, got, c.want)
		}
		for _, d := range differences(s, w.good(nil)) {
			t.Errorf("%s: %s", c.name, d)
		}
	}
}

// textOf is the text of the file whose name begins so.
func textOf(s *Snapshot, start string) string {
	for _, name := range names(s) {
		if strings.HasPrefix(name, start) {
			return string(s.Files[name].Data)
		}
	}
	return ""
}

// What is no file is not waited for.
func TestNamedPipe(t *testing.T) {
	w := newTestSite(t, map[string]string{"content/index.md": "# H\n"})
	must(t, mkfifo(w.path("content/pipe"), 0o644))
	s, err := New(w.options()).Build(t.Context(), publish.Memory{})
	must(t, err)
	if s.OK() || !strings.Contains(w.reported(s)[0], "content/pipe: error: ") {
		t.Error(w.reported(s))
	}
}

// A name that cannot be shown everywhere is a finding; nothing is published from it.
func TestNamesOfFiles(t *testing.T) {
	for name, want := range map[string]string{
		"caf\xe9.pdf":        `content/docs/caf\xe9.pdf: error: the name "caf\xe9.pdf" is not UTF-8`,
		"a\nb.png":           `content/docs/a\nb.png: error: the name "a\nb.png" has characters that cannot be seen`,
		"a\x1b[2Jb.md":       `content/docs/a\x1b[2Jb.md: error: the name "a\x1b[2Jb.md" has characters that cannot be seen`,
		"gnp\u202eexe.md":    `content/docs/gnp\u202eexe.md: error: the name "gnp\u202eexe.md" has characters that cannot be seen`,
		"caf\xe9/a.png":      `content/docs/caf\xe9: error: the name "caf\xe9" is not UTF-8`,
		"caf\xe9.md~":        "",
		"\u06a9\u200c\u06a9": "",
	} {
		w := newTestSite(t, map[string]string{"content/index.md": "# Home\n", "content/docs/index.md": "# D\n"})
		b := New(w.options())
		before := w.good(b)
		file := w.path("content/docs/" + name)
		must(t, os.MkdirAll(filepath.Dir(file), 0o755))
		if err := os.WriteFile(file, nil, 0o644); err != nil {
			t.Skip(err) // the disk takes no such name
		}
		s := w.build(b)
		if want == "" {
			w.wantReported(s)
			continue
		}
		w.wantReported(s, want+"\n  hint: rename it")
		must(t, os.RemoveAll(w.path("content/docs/"+strings.Split(name, "/")[0])))
		for _, d := range differences(w.good(b), before) {
			t.Error(d)
		}
	}
}
