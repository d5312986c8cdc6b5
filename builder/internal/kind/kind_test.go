package kind

import "testing"

func TestKindAndID(t *testing.T) {
	for _, c := range []struct {
		path, id string
		kind     Kind
	}{
		{"index.md", "home", Home},
		{"actors/index.md", "actors", Index},
		{"a/b/index.md", "a/b", Index},
		{"analysis/why.md", "why", Section},
		{"actors/ttp.md", "ttp", Actor},
		{"places/kabul.md", "kabul", Place},
		{"events/strike.md", "strike", Event},
		{"concepts/depth.md", "depth", Concept},
		{"sources/column.md", "column", Source},
		{"about/method.md", "method", Page},
		{"method.md", "method", Page},
		// The top folder decides, however deep the file lies.
		{"actors/armed/ttp.md", "ttp", Actor},
		{"about/actors/ttp.md", "ttp", Page},
		// Only a whole name is a folder's or an index's.
		{"actors2/ttp.md", "ttp", Page},
		{"actors.md", "actors", Page},
		{"actors/my-index.md", "my-index", Actor},
		{"actors/index.md.md", "index.md", Actor},
		{"actors/v1.2.md", "v1.2", Actor},
	} {
		if got := Of(c.path); got != c.kind {
			t.Errorf("%s is of kind %q, want %q", c.path, got, c.kind)
		}
		if got := ID(c.path); got != c.id {
			t.Errorf("%s has the id %q, want %q", c.path, got, c.id)
		}
	}
}

func TestFolder(t *testing.T) {
	for kind, want := range map[Kind]string{
		Section: "analysis", Actor: "actors", Place: "places", Event: "events",
		Concept: "concepts", Source: "sources", Page: "", Home: "", Index: "", "nonsense": "",
	} {
		if got := Folder(kind); got != want {
			t.Errorf("pages of kind %q stand in %q, want %q", kind, got, want)
		}
	}
}
