package site

import (
	"maps"
	"reflect"
	"slices"
	"testing"

	"analysis/builder/internal/frontmatter"
)

// A build renders only the pages that differ from the last ones. So a Placer
// must give equal pages for equal input, and a change must differ on exactly
// the pages that show it.

var sampleSite = files{
	"index.md":         "[[docs]]",
	"docs/index.md":    page("title: Documents", ""),
	"docs/a.md":        page("title: A\nweight: 1", "Text with [[b]] and Kabul in it."),
	"docs/b.md":        page("title: B\nweight: 2", "## Part\n\nMore text."),
	"docs/c.md":        page("title: C\nweight: 3", "Even more, see [it](b.md#part)."),
	"places/index.md":  page("title: Places", ""),
	"places/kabul.md":  about("Kabul", "city", "summary: A city."),
	"places/kunar.md":  about("Kunar", "province", ""),
	"events/index.md":  page("title: Events", ""),
	"events/strike.md": page("title: Strike\nprecision: unknown\nplaces: [kunar]", ""),
	"map.png":          "",
}

// changed places the sample site, and again after an edit, with one Placer. It
// returns the addresses of those pages that became other ones.
func changed(t *testing.T, edit func(f files, in *Input)) []string {
	t.Helper()
	p := NewPlacer()
	before := p.Place(input(sampleSite))
	f := maps.Clone(sampleSite)
	in := input(f)
	edit(f, &in)
	if !maps.Equal(f, sampleSite) {
		in = input(f)
	}
	after := p.Place(in)
	if got := errorsOf(after); len(got) > 0 {
		t.Fatalf("the edited site has errors: %q", got)
	}
	old := map[string]*Page{}
	for _, p := range before.Pages {
		old[p.URL] = p
	}
	list := []string{}
	for _, p := range after.Pages {
		if !reflect.DeepEqual(old[p.URL], p) {
			list = append(list, p.URL)
		}
		delete(old, p.URL)
	}
	for url := range old {
		list = append(list, "-"+url)
	}
	slices.Sort(list)
	return list
}

func TestPlacingTwice(t *testing.T) {
	p := NewPlacer()
	one, two := p.Place(input(sampleSite)), p.Place(input(sampleSite))
	if one.Config != two.Config {
		t.Error("equal configurations are two")
	}
	for i := range one.Pages {
		a, b := one.Pages[i], two.Pages[i]
		if !reflect.DeepEqual(a, b) {
			t.Errorf("%q differs:\n%+v\n%+v", a.URL, a, b)
		}
		if a.Menu != b.Menu {
			t.Errorf("%q has another menu", a.URL)
		}
		if a.Kind == KindNotFound {
			continue // it is made anew each time and shown in no list
		}
		if a.Ref != b.Ref || a.Section != b.Section {
			t.Errorf("%q has another Ref or Section", a.URL)
		}
		for j, r := range a.Section.Pages {
			if r != b.Section.Pages[j] {
				t.Errorf("%q lists another Ref for %q", a.URL, r.URL)
			}
		}
		for j := range a.Backlinks {
			if a.Backlinks[j].From != b.Backlinks[j].From {
				t.Errorf("%q is linked from another Ref", a.URL)
			}
		}
	}
}

// What a Placer remembers shows in no page.
func TestPlacerRemembersNothingThatShows(t *testing.T) {
	p := NewPlacer()
	p.Place(input(files{"index.md": "", "docs/z.md": "old", "docs/index.md": "old"}))
	p.Place(input(files{}))
	got, want := p.Place(input(sampleSite)), NewPlacer().Place(input(sampleSite))
	if !reflect.DeepEqual(got, want) {
		t.Error("a Placer with a past places otherwise than a new one")
	}
}

func TestWhatAnEditChanges(t *testing.T) {
	body := func(name, front, text string) func(files, *Input) {
		return func(f files, _ *Input) { f[name] = page(front, text) }
	}
	everything := []string{"", "404.html", "docs/", "docs/a/", "docs/b/", "docs/c/", "events/", "events/strike/", "places/", "places/kabul/", "places/kunar/"}
	for _, c := range []struct {
		name string
		edit func(f files, in *Input)
		want []string
	}{
		{"nothing", func(files, *Input) {}, []string{}},
		{"a word outside the sentences of links", body("docs/b.md", "title: B\nweight: 2", "## Part\n\nOther text."), []string{"docs/b/"}},
		{"a word in the sentence of a link", body("docs/c.md", "title: C\nweight: 3", "Much more, see [it](b.md#part)."), []string{"docs/b/", "docs/c/"}},
		{"a new link", body("docs/b.md", "title: B\nweight: 2", "## Part\n\nMore text on Kunar."), []string{"docs/b/", "places/kunar/"}},
		{"a link less", body("docs/a.md", "title: A\nweight: 1", "Text with [[b]] in it."), []string{"docs/a/", "docs/b/", "places/kabul/"}},
		// A title shows in the lists of its section, and where it is linked.
		{"a title", body("docs/b.md", "title: Bee\nweight: 2", "## Part\n\nMore text."), []string{"docs/", "docs/a/", "docs/b/", "docs/c/", "places/kabul/"}},
		{"a title that is in no link", func(f files, _ *Input) { f["places/kunar.md"] = about("Kunar valley", "province", "") },
			[]string{"events/strike/", "places/", "places/kabul/", "places/kunar/"}},
		{"a summary", func(f files, _ *Input) { f["places/kabul.md"] = about("Kabul", "city", "summary: The city.") },
			[]string{"docs/a/", "places/", "places/kabul/", "places/kunar/"}},
		{"an alias that is mentioned nowhere", func(f files, _ *Input) { f["places/kunar.md"] = about("Kunar", "province", "aliases: [Konar]") }, []string{"places/kunar/"}},
		{"an alias that is mentioned", func(f files, _ *Input) { f["places/kunar.md"] = about("Kunar", "province", "aliases: [text]") },
			[]string{"docs/a/", "docs/b/", "places/kunar/"}},
		{"the title of a section", body("docs/index.md", "title: Papers", ""), everything},
		{"the configuration", func(_ files, in *Input) { in.Config.Title = "Other" }, everything},
		{"a file that no page shows", func(f files, _ *Input) { f["other.png"] = "" }, []string{}},
		{"a new page", func(f files, _ *Input) { f["places/herat.md"] = about("Herat", "city", "") }, []string{"places/", "places/herat/", "places/kabul/", "places/kunar/"}},
		{"a page less", func(f files, _ *Input) { delete(f, "docs/c.md") }, []string{"-docs/c/", "docs/", "docs/a/", "docs/b/"}},
		{"a relation", body("events/strike.md", "title: Strike\nprecision: unknown\nplaces: [kunar, kabul]", ""), []string{"events/strike/", "places/kabul/"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := changed(t, c.edit); !slices.Equal(got, c.want) {
				t.Errorf("changed %q, want %q", got, c.want)
			}
		})
	}
}

// A Document that is kept from the last build is one of the parts that are
// compared by their pointer alone.
func TestDocumentsAreNotChanged(t *testing.T) {
	in := input(sampleSite)
	kept := input(sampleSite)
	p := NewPlacer()
	p.Place(in)
	p.Place(in)
	for i, d := range in.Docs {
		if !reflect.DeepEqual(d, kept.Docs[i]) {
			t.Errorf("placing changed %s", d.Path)
		}
	}
	if in.Config != (frontmatter.Config{Title: "Site", Language: "en"}) {
		t.Errorf("placing changed the configuration to %+v", in.Config)
	}
}
