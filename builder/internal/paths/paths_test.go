package paths

import "testing"

func TestInside(t *testing.T) {
	for _, c := range []struct {
		folder, name string
		want         bool
	}{
		{"/a/b", "/a/b/c", true},
		{"/a/b", "/a/b", true},
		{"/a/b", "/a", false},
		{"/a/b", "/a/bc", false},
		{"/a/b", "/a/b/../c", false},
		{"/a/b", "/a/b/..c", true},
		{"a", "a/b", true},
		{"a", "/a/b", false},
	} {
		if got := Inside(c.folder, c.name); got != c.want {
			t.Errorf("Inside(%q, %q) is %v", c.folder, c.name, got)
		}
	}
}

func TestFile(t *testing.T) {
	for address, want := range map[string]string{
		"": "index.html", "actors/ttp/": "actors/ttp/index.html", "404.html": "404.html", "a/index.html": "a/index.html",
	} {
		if got := File(address); got != want {
			t.Errorf("File(%q) is %q, want %q", address, got, want)
		}
	}
}
