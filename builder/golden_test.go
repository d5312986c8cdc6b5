package main

import (
	"flag"
	"html"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"analysis/builder/internal/pipeline"
	"analysis/builder/internal/publish"
)

var update = flag.Bool("update", false, "rewrite the golden files, and what the scripts expect")

// smallContent is an analysis of another subject, with every form of writing
// that the builder knows.
const smallContent = "testdata/small/content"

// TestGolden compares the small site with the files under golden, byte for
// byte. It has layouts of its own, which show all that a page holds and seldom
// change.
func TestGolden(t *testing.T) {
	const golden = "testdata/small/golden"
	got := mustBuild(t, pipeline.Options{
		Content: smallContent, Layouts: "testdata/small/layouts", Static: "testdata/small/static",
	}).Files
	if *update {
		if err := os.RemoveAll(golden); err != nil {
			t.Fatal(err)
		}
		for name, f := range got {
			file := filepath.Join(golden, name)
			if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, f.Data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	want := folder(t, golden)
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if got[name] == nil {
			t.Errorf("%s: not published", name)
		} else if have := string(got[name].Data); have != want[name] {
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

// TestSmallSite shows that the project's own layouts and style serve another
// subject as well: nothing to report, no link that leads nowhere, and no word
// of theirs that belongs to this project's analysis.
func TestSmallSite(t *testing.T) {
	for name, drafts := range map[string]bool{"published": false, "with drafts": true} {
		t.Run(name, func(t *testing.T) {
			s := mustBuild(t, pipeline.Options{Content: smallContent, Layouts: "../layouts", Static: "../static", Drafts: drafts})
			if len(s.Diagnostics) > 0 {
				t.Errorf("%d diagnostics, want none", len(s.Diagnostics))
			}
			if draft := s.Files["docs/unfinished/index.html"] != nil; draft != drafts {
				t.Errorf("the draft is published: %t, want %t", draft, drafts)
			}
			for _, problem := range brokenLinks(s.Files, "https://tea.example/guide/") {
				t.Error(problem)
			}
			for name, f := range s.Files {
				if word := subject.Find(f.Data); word != nil {
					t.Errorf("%s: contains %q", name, word)
				}
			}
		})
	}
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

// Attributes as the builder writes them: in double quotes, with quotes in the
// text around them escaped.
var (
	anchors = regexp.MustCompile(` id="([^"]*)"`)
	links   = regexp.MustCompile(` (?:href="|src="|content="0; url=)([^"]*)"`)
)

// brokenLinks follows every link of a site that is published at base, and
// describes those that lead to no file, to no anchor, or to two.
func brokenLinks(files map[string]*publish.File, base string) (problems []string) {
	ids := map[string]map[string]bool{}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		ids[name] = map[string]bool{}
		for _, m := range anchors.FindAllSubmatch(files[name].Data, -1) {
			id := html.UnescapeString(string(m[1]))
			if ids[name][id] {
				problems = append(problems, name+": the id "+id+" stands there twice")
			}
			ids[name][id] = true
		}
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if path.Ext(name) != ".html" {
			continue
		}
		from, err := url.Parse(base + name)
		if err != nil {
			return []string{err.Error()}
		}
		for _, m := range links.FindAllSubmatch(files[name].Data, -1) {
			link := html.UnescapeString(string(m[1]))
			to, err := from.Parse(link)
			if err != nil {
				problems = append(problems, name+": "+err.Error())
				continue
			}
			target, inside := strings.CutPrefix("https://"+to.Host+to.Path, base)
			if to.Scheme == "mailto" || to.Host != from.Host {
				continue
			}
			if target == "" || strings.HasSuffix(target, "/") {
				target += "index.html"
			}
			switch {
			case !inside || files[target] == nil:
				problems = append(problems, name+": the link "+link+" leads nowhere")
			case to.Fragment != "" && !ids[target][to.Fragment]:
				problems = append(problems, name+": the link "+link+" leads to no anchor")
			}
		}
	}
	return problems
}
