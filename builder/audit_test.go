package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"analysis/builder/internal/passage"
	"analysis/builder/website"
)

// Each alteration of this project's analysis is found by the audit, and without one it
// finds nothing. The test needs a copy of the source, which is not a part of the project.
func TestSabotage(t *testing.T) {
	name := os.Getenv("COLUMN")
	if name == "" {
		t.Skip("set COLUMN to the file with a copy of the column, as for .ci/run")
	}
	if !filepath.IsAbs(name) { // it is named from the project's folder
		name = filepath.Join("..", name)
	}
	whole, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir("website") // whose tests find the project's folders from there
	var list []struct{ What, In, From, To, Finds string }
	website.Expect(t, "sabotages", &list)
	words := strings.Fields(passage.Paragraphs(whole)[1].Text)
	copied := strings.Join(words[3:10], " ")
	audit := func(t *testing.T, dir, text string) (status int, out string) {
		file := filepath.Join(t.TempDir(), "copy.txt")
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		status = run(t.Context(), []string{"check", "-strict", "-source", "column=" + file, "-content", filepath.Join(dir, "content"), "-layouts", filepath.Join(dir, "layouts"), "-static", "../../static"}, &b, &b, [2]fs.FS{})
		return status, b.String()
	}
	if status, out := audit(t, "../..", string(whole)); status != exitOK {
		t.Fatalf("as it is, the record does not hold:\n%s", out)
	}
	for _, c := range list {
		t.Run(c.What, func(t *testing.T) {
			dir, text := t.TempDir(), string(whole)
			for _, name := range []string{"content", "layouts"} {
				if err := os.CopyFS(filepath.Join(dir, name), os.DirFS(filepath.Join("../..", name))); err != nil {
					t.Fatal(err)
				}
			}
			change := func(s string) string {
				if !strings.Contains(s, c.From) {
					t.Fatalf("%s has no %q", c.In, c.From)
				}
				return strings.Replace(s, c.From, strings.Replace(c.To, "COPIED", copied, 1), 1)
			}
			if c.In == "copy" {
				text = change(text)
			} else if err := edit(filepath.Join(dir, c.In), change); err != nil {
				t.Fatal(err)
			}
			if status, out := audit(t, dir, text); status != exitDiagnostics || !regexp.MustCompile(c.Finds).MatchString(out) {
				t.Errorf("exit status %d, want a finding such as %s in\n%s", status, c.Finds, out)
			}
		})
	}
}

// edit changes a file.
func edit(name string, change func(string) string) error {
	text, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	return os.WriteFile(name, []byte(change(string(text))), fs.FileMode(0o644))
}
