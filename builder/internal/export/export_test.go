package export

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"

	"analysis/builder/internal/content"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/site"
)

// exported places a content folder and exports it.
func exported(t *testing.T, config frontmatter.Config, files map[string]string) map[string]string {
	t.Helper()
	in := site.Input{Config: config}
	parser := content.NewParser()
	for _, name := range slices.Sorted(maps.Keys(files)) {
		d := parser.Parse(name, []byte("---\n"+files[name]+"\n---\n"))
		for _, f := range d.Diagnostics {
			t.Fatal(f)
		}
		in.Docs = append(in.Docs, d)
	}
	texts := map[string]string{}
	made, _ := new(Exporter).Files(site.NewPlacer().Place(in), nil)
	for name, data := range made {
		if strings.HasPrefix(name, "search/") {
			continue
		}
		texts[name] = string(data)
		wellFormed(t, name, data)
	}
	return texts
}

func wellFormed(t *testing.T, name string, data []byte) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(data))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatalf("%s: %v in\n%s", name, err, data)
		}
	}
}

var sample = map[string]string{
	"index.md":      "title: Home",
	"docs/index.md": "title: Documents\nupdated: 2024-12-01",
	"docs/a.md":     "title: A < B & C\nupdated: 2024-12-24\nsummary: One & \"two\".\nredirect_from: [old]",
	"docs/b.md":     "title: Month\nupdated: 2024-12",
	"docs/c.md":     "title: Same day\nupdated: 2024-12-24",
	"docs/d.md":     "title: Draft\nupdated: 2025-01-01\ndraft: true",
	"docs/پاک.md":   "title: پاک",
}

func TestSitemap(t *testing.T) {
	got := exported(t, frontmatter.Config{Title: "T", BaseURL: "https://example.org/s/"}, sample)["sitemap.xml"]
	want := `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
 <url>
  <loc>https://example.org/s/docs/a/</loc>
  <lastmod>2024-12-24</lastmod>
 </url>
 <url>
  <loc>https://example.org/s/docs/b/</loc>
  <lastmod>2024-12</lastmod>
 </url>
 <url>
  <loc>https://example.org/s/docs/c/</loc>
  <lastmod>2024-12-24</lastmod>
 </url>
 <url>
  <loc>https://example.org/s/docs/</loc>
  <lastmod>2024-12-01</lastmod>
 </url>
 <url>
  <loc>https://example.org/s/docs/%D9%BE%D8%A7%DA%A9/</loc>
 </url>
 <url>
  <loc>https://example.org/s/</loc>
 </url>
</urlset>
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestOnlyTheseFiles(t *testing.T) {
	for base, want := range map[string][]string{
		"":                       {"_redirects", "site.webmanifest"},
		"https://example.org/":   {"_redirects", "robots.txt", "site.webmanifest", "sitemap.xml"},
		"https://example.org/s/": {"site.webmanifest", "sitemap.xml"},
	} {
		if names := slices.Sorted(maps.Keys(exported(t, frontmatter.Config{Title: "T", BaseURL: base}, sample))); !slices.Equal(names, want) {
			t.Errorf("exported %q with the base URL %q, want %q", names, base, want)
		}
	}
	got := exported(t, frontmatter.Config{Title: "T", BaseURL: "https://example.org/"}, sample)
	for range 5 {
		if again := exported(t, frontmatter.Config{Title: "T", BaseURL: "https://example.org/"}, sample); !maps.Equal(again, got) {
			t.Fatal("exported in two ways")
		}
	}
}

// An Exporter that saw other sites before makes the same files as a new one, and
// what it makes of the same pages is the same slice of bytes.
func TestExporterRemembers(t *testing.T) {
	var x Exporter
	placer := site.NewPlacer()
	parser, docs := content.NewParser(), map[string]*content.Document{}
	var last map[string][]byte
	for _, c := range []struct {
		name, file, text string
		changed          []string
	}{
		{"a body", "events/e.md", everything["events/e.md"] + "Text.\n", []string{}},
		{"a claim", "analysis/second.md", everything["analysis/second.md"] + "> - checked: no evidence found\n", []string{"claims.argdown", "claims.csv", "claims.json", "claims/least.json", "datapackage.json"}},
		{"a title", "actors/queen.md", strings.Replace(everything["actors/queen.md"], "Queen", "The Queen", 1), []string{"claims.json", "claims/advice.json", "claims/full.json", "claims/least.json", "datapackage.json"}},
		{"a day", "events/e.md", "---\ntitle: Event\nprecision: unknown\nupdated: 2024-01-02\n---\n", []string{"sitemap.xml"}},
		{"an old address", "events/e.md", "---\ntitle: Event\nprecision: unknown\nredirect_from: [old]\n---\n", []string{"_redirects"}},
	} {
		for _, edited := range []bool{false, true} {
			files := maps.Clone(everything)
			if edited {
				files[c.file] = c.text
			}
			in := site.Input{Config: frontmatter.Config{Title: "T", Language: "en", BaseURL: "https://example.org/"}}
			for _, name := range slices.Sorted(maps.Keys(files)) {
				key := name + files[name]
				if docs[key] == nil {
					docs[key] = parser.Parse(name, []byte(files[name]))
				}
				in.Docs = append(in.Docs, docs[key])
			}
			s := placer.Place(in)
			now, _ := x.Files(s, nil)
			if fresh, _ := new(Exporter).Files(s, nil); !maps.EqualFunc(now, fresh, bytes.Equal) {
				t.Errorf("%s: the files differ from those of a new Exporter", c.name)
			}
			again, _ := x.Files(s, nil)
			changed := []string{}
			for _, name := range slices.Sorted(maps.Keys(now)) {
				if edited && !bytes.Equal(now[name], last[name]) {
					changed = append(changed, name)
				}
				if &again[name][0] != &now[name][0] {
					t.Errorf("%s: %s is made again of the same site", c.name, name)
				}
			}
			if edited && !slices.Equal(changed, c.changed) {
				t.Errorf("%s: made new %q, want %q", c.name, changed, c.changed)
			}
			last = now
		}
	}
}
