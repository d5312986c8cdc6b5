package layout

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"

	"analysis/builder/internal/compiled"
	"analysis/builder/internal/content"
	"analysis/builder/internal/diag"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/kind"
	"analysis/builder/internal/site"
)

// pagesOf places a content folder whose values are bodies, or whole files that
// begin with front matter.
func pagesOf(t *testing.T, files map[string]string) map[string]*site.Page {
	t.Helper()
	in := site.Input{Config: frontmatter.Config{Title: "Site & Co", Language: "en"}}
	parser := content.NewParser()
	for _, name := range slices.Sorted(maps.Keys(files)) {
		src := files[name]
		if !strings.HasPrefix(src, "---\n") {
			src = "---\ntitle: " + kind.ID(name) + "\n---\n" + src
		}
		d := parser.Parse(name, []byte(src))
		for _, f := range d.Diagnostics {
			t.Fatal(f)
		}
		in.Docs = append(in.Docs, d)
	}
	s := site.NewPlacer().Place(in)
	pages := map[string]*site.Page{}
	for _, p := range s.Pages {
		pages[p.URL] = p
	}
	for _, d := range s.Diagnostics {
		if d.Severity == diag.Error {
			t.Fatal(d)
		}
	}
	return pages
}

// load parses layouts that have no mistakes.
func load(t *testing.T, layouts map[string]string, assets map[string]string) *Set {
	t.Helper()
	s, found := Load(bytesOf(layouts), assets, nil)
	for _, d := range found {
		t.Fatal(d)
	}
	return s
}

func bytesOf(layouts map[string]string) map[string][]byte {
	files := map[string][]byte{}
	for name, src := range layouts {
		files[name] = []byte(src)
	}
	return files
}

func budget() *compiled.Budget { return compiled.NewBudget(context.Background()) }

func render(t *testing.T, s *Set, p *site.Page) string {
	t.Helper()
	out, found, _ := s.Render(budget(), nil, p, nil)
	if found.Message != "" {
		t.Fatal(found)
	}
	return string(out)
}
