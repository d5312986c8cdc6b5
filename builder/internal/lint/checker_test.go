package lint

import (
	"maps"
	"slices"
	"testing"

	"analysis/builder/internal/content"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/site"
)

// A Checker of long memory finds what a new one does, in the same order.
func TestCheckerAgain(t *testing.T) {
	base := with(gazetteer)
	base["docs/a.md"] = page("title: A", "In Kabol. "+claim("forecast", "x", "It may be in Kabel."))
	base["docs/b.md"] = page("title: B", "Nothing of Wazirstan &amp; Khast.")
	base["docs/c.md"] = page("title: C", claim("reported", "y", "It is so.", "source: [[paper]]"))
	var k Checker
	placer := site.NewPlacer()
	parser := content.NewParser()
	docs := map[string]*content.Document{} // by path and text
	for _, c := range []struct {
		name   string
		config frontmatter.Config
		edit   files
	}{
		{"at first", frontmatter.Config{}, nil},
		{"nothing", frontmatter.Config{}, nil},
		{"a text", frontmatter.Config{}, files{"docs/b.md": page("title: B", "Kabbul.")}},
		{"a page more, before others", frontmatter.Config{}, files{"docs/aa.md": page("title: AA", "Kabl.")}},
		{"a title that is right", frontmatter.Config{}, files{"docs/aa.md": page("title: Kabol", "Kabl.")}},
		{"a name more", frontmatter.Config{}, files{"places/herat.md": page("title: Herat\ntype: city", ""), "docs/b.md": page("title: B", "Heraat.")}},
		{"an alias", frontmatter.Config{}, files{"places/kabul.md": page("title: Kabul\ntype: city\naliases: [Kabel]", "")}},
		{"a name less", frontmatter.Config{}, files{"places/herat.md": "", "docs/aa.md": ""}},
		{"a claim", frontmatter.Config{}, files{"docs/c.md": page("title: C", claim("reported", "y", "It may be so."))}},
		{"the configuration", frontmatter.Config{Spellings: "Kabl\nKabol", Hedges: "so"}, nil},
	} {
		for name, text := range c.edit {
			if base[name] = text; text == "" {
				delete(base, name)
			}
		}
		if c.config.Language == "" {
			c.config.Language = "en"
		}
		in := site.Input{Config: c.config}
		for _, name := range slices.Sorted(maps.Keys(base)) {
			if docs[name+base[name]] == nil {
				docs[name+base[name]] = parser.Parse(name, []byte(base[name]))
			}
			in.Docs = append(in.Docs, docs[name+base[name]])
		}
		s := placer.Place(in)
		got, want := k.Check(s), new(Checker).Check(s)
		if !slices.Equal(got, want) || len(want) == 0 {
			t.Errorf("after %s: found\n%v\nwant\n%v", c.name, got, want)
		}
	}
}
