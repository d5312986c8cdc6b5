package search

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"testing"

	"analysis/builder/internal/content"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/site"
)

// An Index that saw other sites before makes the same files as one that did
// not, and what is made of the same parts is the same slice of bytes.
func TestIndexRemembers(t *testing.T) {
	pages := func(n int, word string) map[string]string {
		f := map[string]string{"index.md": "# Home\n", "docs/index.md": "# Documents\n"}
		for i := range n {
			f[fmt.Sprintf("docs/p%03d.md", i)] = fmt.Sprintf("# Page %d\n\nText %d.\n", i, i)
		}
		f["docs/p007.md"] = "# Page 7\n\n" + word + "\n"
		return f
	}
	parser, docs := content.NewParser(), map[string]*content.Document{}
	place := func(p *site.Placer, files map[string]string) *site.Site {
		in := site.Input{Config: frontmatter.Config{Title: "Site", Language: "en", BaseURL: "https://example.org/"}}
		for _, name := range slices.Sorted(maps.Keys(files)) {
			if docs[name+files[name]] == nil {
				docs[name+files[name]] = parser.Parse(name, []byte(files[name]))
			}
			in.Docs = append(in.Docs, docs[name+files[name]])
		}
		return p.Place(in)
	}
	placer := site.NewPlacer()
	var x Index
	var last map[string][]byte
	for _, c := range []struct {
		site    map[string]string
		changed []string // and no other
	}{
		{pages(120, "One."), nil},
		{pages(120, "Two, which is longer."), []string{"search/text-0.js"}},
		{pages(10, "Two."), nil},
		{pages(120, "One."), nil},
	} {
		s := place(placer, c.site)
		now, fresh := map[string][]byte{}, map[string][]byte{}
		x.Add(s, now)
		new(Index).Add(place(site.NewPlacer(), c.site), fresh)
		if !maps.EqualFunc(now, fresh, bytes.Equal) {
			t.Errorf("files %q, want the same as of a new Index, %q", slices.Sorted(maps.Keys(now)), slices.Sorted(maps.Keys(fresh)))
		}
		if c.changed != nil {
			var changed []string
			for name, data := range now {
				if &data[0] != &last[name][0] && name != "search/text.js" {
					changed = append(changed, name)
				}
			}
			if !slices.Equal(changed, c.changed) {
				t.Errorf("made %q anew, want %q", changed, c.changed)
			}
		}
		last = now
	}
}
