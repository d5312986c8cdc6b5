package main

import (
	"crypto/sha256"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"analysis/builder/internal/verify"
)

var update = flag.Bool("update", false, "rewrite the golden files, and what the scripts expect")

// TestGolden compares the small site, an analysis of another subject with every
// form of writing that the builder knows, with the files under golden, byte for
// byte. It has layouts of its own, which show all that a page holds and seldom
// change. build.json names the builder and its Go, so it is not among those files:
// what it lists is what was published.
func TestGolden(t *testing.T) {
	const small, golden = "testdata/small/", "testdata/small/golden"
	out := t.TempDir()
	if status := run(t.Context(), []string{"build", "-content", small + "content", "-layouts", small + "layouts", "-static", small + "static", "-out", out}, io.Discard, t.Output(), [2]fs.FS{}); status != exitOK {
		t.Fatalf("exit status %d", status)
	}
	got := folder(t, out)
	maps.DeleteFunc(got, func(name, _ string) bool { return strings.HasPrefix(name, ".builder/") })
	listed(t, got)
	delete(got, verify.Name)
	if *update {
		if err := os.RemoveAll(golden); err != nil {
			t.Fatal(err)
		}
		for name, text := range got {
			file := filepath.Join(golden, name)
			if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	want := folder(t, golden)
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if have, ok := got[name]; !ok {
			t.Errorf("%s: not published", name)
		} else if have != want[name] {
			line, have, wanted := firstDifference(have, want[name])
			t.Errorf("%s:%d:\n got %s\nwant %s", name, line, have, wanted)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(got)) {
		if _, ok := want[name]; !ok {
			t.Errorf("%s: published, but there is no golden file", name)
		}
	}
}

// listed checks that build.json lists all other files, with their sizes and sums.
func listed(t *testing.T, files map[string]string) {
	t.Helper()
	var r verify.Record
	if err := json.Unmarshal([]byte(files[verify.Name]), &r); err != nil {
		t.Fatalf("%s: %v", verify.Name, err)
	}
	var want []verify.File
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if name != verify.Name {
			want = append(want, verify.File{Path: name, Bytes: int64(len(files[name])), SHA256: fmt.Sprintf("%x", sha256.Sum256([]byte(files[name])))})
		}
	}
	if !slices.Equal(r.Files, want) {
		t.Errorf("%s lists\n%v\nand there is\n%v", verify.Name, r.Files, want)
	}
}

// firstDifference returns the number of the first line in which two texts
// differ, and the line in each.
func firstDifference(a, b string) (line int, inA, inB string) {
	as, bs := strings.SplitAfter(a, "\n"), strings.SplitAfter(b, "\n")
	for line < min(len(as), len(bs)) && as[line] == bs[line] {
		line++
	}
	at := func(lines []string) string {
		return strings.TrimSuffix(strings.Join(lines[line:min(line+1, len(lines))], ""), "\n")
	}
	return line + 1, at(as), at(bs)
}

// subject finds the words that only this project's content may contain.
var subject = regexp.MustCompile(`(?i)pakistan|afghan|taliban`)

// TestNoSubject keeps the machinery free of the subject: the next publisher
// empties the content folder and has nothing else to change.
func TestNoSubject(t *testing.T) {
	for _, dir := range []string{".", "../layouts", "../static"} {
		for name, text := range folder(t, dir) {
			if dir == "." && (path.Ext(name) != ".go" && path.Ext(name) != ".js" || strings.HasSuffix(name, "_test.go")) {
				continue
			}
			for i, line := range strings.Split(text, "\n") {
				if word := subject.FindString(line); word != "" {
					t.Errorf("%s:%d: contains %q", path.Join("builder", dir, name), i+1, word)
				}
			}
		}
	}
}

// folder reads all files below a folder.
func folder(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	fsys := os.DirFS(dir)
	err := fs.WalkDir(fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(fsys, name)
		files[name] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
