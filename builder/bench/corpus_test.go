package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"analysis/builder/internal/pipeline"
	"analysis/builder/internal/publish"
)

func write(t *testing.T, size int) corpus {
	t.Helper()
	c, err := writeCorpus(filepath.Join(t.TempDir(), "corpus"), size)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func contents(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	fsys := os.DirFS(dir)
	err := fs.WalkDir(fsys, ".", func(name string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			files[name], err = fs.ReadFile(fsys, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestCorpusIsDeterministic(t *testing.T) {
	a, b := contents(t, write(t, 60).dir), contents(t, write(t, 60).dir)
	if len(a) != len(b) {
		t.Fatalf("%d files, then %d", len(a), len(b))
	}
	for name, data := range a {
		if !bytes.Equal(data, b[name]) {
			t.Errorf("%s differs", name)
		}
	}
}

func TestBuilderTakesCorpus(t *testing.T) {
	c := write(t, 20)
	s, err := pipeline.New(c.options()).Build(t.Context(), publish.Memory{})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range s.Diagnostics {
		t.Error(d)
	}
	if s.OK() && s.Files["pages/s0000/p000019/index.html"] == nil {
		t.Error("the last page was not built")
	}
}

func TestPageIsAsTheDocumentationSays(t *testing.T) {
	for _, d := range []dialect{inOurs, inHugo} {
		text := d.page(7, 100)
		if n := len(strings.Fields(text)); n < 550 || n > 700 {
			t.Errorf("%s: %d words", d.root, n)
		}
		if n := strings.Count(text, "]("); n != 8 {
			t.Errorf("%s: %d links", d.root, n)
		}
	}
}
