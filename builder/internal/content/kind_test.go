package content

import "testing"

func TestKindAndID(t *testing.T) {
	for _, c := range []struct {
		path, id string
		kind     Kind
	}{
		{"index.md", "home", KindHome},
		{"actors/index.md", "actors", KindIndex},
		{"a/b/index.md", "a/b", KindIndex},
		{"analysis/why.md", "why", KindSection},
		{"actors/ttp.md", "ttp", KindActor},
		{"places/kabul.md", "kabul", KindPlace},
		{"events/strike.md", "strike", KindEvent},
		{"concepts/depth.md", "depth", KindConcept},
		{"sources/column.md", "column", KindSource},
		{"about/method.md", "method", KindPage},
		{"method.md", "method", KindPage},
		// The top folder decides, however deep the file lies.
		{"actors/armed/ttp.md", "ttp", KindActor},
		{"about/actors/ttp.md", "ttp", KindPage},
		// Only a whole name is a folder's or an index's.
		{"actors2/ttp.md", "ttp", KindPage},
		{"actors.md", "actors", KindPage},
		{"actors/my-index.md", "my-index", KindActor},
		{"actors/index.md.md", "index.md", KindActor},
		{"actors/v1.2.md", "v1.2", KindActor},
	} {
		if got := KindOf(c.path); got != c.kind {
			t.Errorf("%s is of kind %q, want %q", c.path, got, c.kind)
		}
		if got := ID(c.path); got != c.id {
			t.Errorf("%s has the id %q, want %q", c.path, got, c.id)
		}
	}
}

func TestFolderOf(t *testing.T) {
	for kind, want := range map[Kind]string{
		KindSection: "analysis", KindActor: "actors", KindPlace: "places", KindEvent: "events",
		KindConcept: "concepts", KindSource: "sources", KindPage: "", KindHome: "", KindIndex: "", "nonsense": "",
	} {
		if got := FolderOf(kind); got != want {
			t.Errorf("pages of kind %q stand in %q, want %q", kind, got, want)
		}
	}
}
