package website

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"analysis/builder/internal/kind"
	"analysis/builder/internal/pipeline"
	"analysis/builder/internal/publish"
)

// The analysis on one page holds every section and every claim of the sections,
// and leads to no section's own page.
func TestOnePageHoldsTheWhole(t *testing.T) {
	Each(t, func(t *testing.T, o pipeline.Options) {
		s := Build(t, o)
		whole := Shows(t, s, "whole")
		d := examine(s.Files[whole.URL+"index.html"].Data)
		for _, p := range d.problems {
			t.Error(p)
		}
		sections := 0
		for _, p := range s.Site.Pages {
			if p.Kind != kind.Section {
				continue
			}
			sections++
			if d.ids[p.ID] != 1 {
				t.Errorf("the section %s stands on it %d times", p.ID, d.ids[p.ID])
			}
			for _, h := range p.Doc.Headings {
				if d.ids[p.ID+"--"+h.ID] != 1 {
					t.Errorf("no heading %s of %s", h.ID, p.ID)
				}
			}
			for _, c := range p.Labels {
				if d.ids[c.ID] != 1 {
					t.Errorf("no claim %s of %s", c.ID, p.ID)
				}
			}
			if slices.Contains(d.links, strings.Repeat("../", strings.Count(whole.URL, "/"))+p.URL) {
				t.Errorf("a link leads to %s, which stands on the page", p.URL)
			}
		}
		if o.Content != Analysis && sections == 0 {
			t.Error("no sections")
		}
	})
}

func TestSectionsOfTheAnalysis(t *testing.T) {
	var least int
	Expect(t, "sections", &least)
	sections := 0
	for _, p := range Build(t, Options(Analysis)).Site.Pages {
		if p.Kind == kind.Section {
			sections++
		}
	}
	if sections < least {
		t.Errorf("%d sections", sections)
	}
}

// A change in a section reaches the page of the whole.
func TestOnePageFollowsItsSections(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"site.yaml": "title: Tea\n", "index.md": "# Tea\n", "whole.md": "---\ntitle: All\nshows: whole\n---\n", "analysis/index.md": "# Analysis\n",
		"analysis/a.md": "# First\n\nSee [the second](b.md#how).\n", "analysis/b.md": "# Second\n\n## How\n\nText.\n",
	} {
		write(t, dir, name, text)
	}
	options := Options(dir)
	builder := pipeline.New(options)
	whole := func() string {
		t.Helper()
		s, err := builder.Build(t.Context(), publish.Memory{})
		if err != nil || !s.OK() {
			t.Fatal(err, s)
		}
		if clean := Build(t, options); string(clean.Files["whole/index.html"].Data) != string(s.Files["whole/index.html"].Data) {
			t.Error("the page differs from that of a clean build")
		}
		return string(s.Files["whole/index.html"].Data)
	}
	if text := whole(); !strings.Contains(text, `<a href="#b--how">the second</a>`) || !strings.Contains(text, `<h3 id="b--how">How</h3>`) {
		t.Error(text)
	}
	write(t, dir, "analysis/b.md", "---\ntitle: Second\nweight: 1\n---\n\n## How {#how}\n\nOther.\n")
	if text := whole(); !strings.Contains(text, "<p>Other.</p>") || strings.Index(text, `<h2 id="b">`) > strings.Index(text, `<h2 id="a">`) {
		t.Error(text)
	}
	if err := os.Remove(filepath.Join(dir, "analysis/a.md")); err != nil {
		t.Fatal(err)
	}
	if text := whole(); strings.Contains(text, "First") {
		t.Error(text)
	}
}

// write writes a file below a folder.
func write(t *testing.T, dir, name, text string) {
	t.Helper()
	file := filepath.Join(dir, filepath.FromSlash(name))
	if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, []byte(text), 0o644)); err != nil {
		t.Fatal(err)
	}
}
