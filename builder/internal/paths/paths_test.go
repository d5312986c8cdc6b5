package paths

import (
	"os"
	"path/filepath"
	"testing"
)

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

func TestContains(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, filepath.FromSlash(name)) }
	for _, name := range []string{"content/pub/deep", "content-public", "public"} {
		if err := os.MkdirAll(at(name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for link, to := range map[string]string{"web": "content/pub", "again": "web", "up": ".", "c": "content", "public/in": "../content"} {
		if err := os.Symlink(to, at(link)); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		folder, name string
		want         bool
	}{
		{"content", "web", true},
		{"content", "web/new/deeper", true},
		{"content", "again/deep", true},
		{"content", "public/in/new", true},
		{"content", "up/content/new", true},
		{"c", "content", true},
		{"c", "content/pub", true},
		{"up", "content", true},
		{"web", "content/pub/deep", true},
		{"content", "content", true},
		{"content", "content/../public", false},
		{"content", "content-public", false},
		{"content", "public", false},
		{"web", "content", false},
		{"content", "up", false},
		{"nosuch", "nosuch/a", true},
		{"nosuch", "other", false},
	} {
		if got := Contains(at(c.folder), at(c.name)); got != c.want {
			t.Errorf("Contains(%q, %q) is %v", c.folder, c.name, got)
		}
	}
}

func TestFold(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"actors/TTP/index.html", "actors/ttp/index.html", true},
		{"jose\u0301", "jos\u00e9", true},
		{"JOSE\u0301", "jos\u00e9", true},
		{"\u212a", "k", true}, // the Kelvin sign
		{"a/b", "a-b", false},
	} {
		if got := Fold(c.a) == Fold(c.b); got != c.same {
			t.Errorf("%q and %q are the same: %v", c.a, c.b, got)
		}
	}
}

func TestRefused(t *testing.T) {
	for name, want := range map[string]string{
		"actors/con/index.html": "actors/con",
		"AUX":                   "AUX",
		"nul.tar.gz":            "nul.tar.gz",
		"img/Prn .png":          "img/Prn .png",
		"a/CONIN$":              "a/CONIN$",
		"com1/x":                "com1",
		"lpt9.1a2b.css":         "lpt9.1a2b.css",
		"COM².txt":              "COM².txt",
		"a./b":                  "a.",
		"a/b ":                  "a/b ",
		"docs/a:b/c?":           "docs/a:b",
		`a\b`:                   `a\b`,
		"a|b":                   "a|b",
		"console/auxiliary":     "",
		"com/com0/com10/lpt":    "",
		"com1 2/nulls.txt":      "",
		".nojekyll":             "",
		"é ü/.well-known/x":     "",
		"":                      "",
	} {
		if got := Refused(name); got != want {
			t.Errorf("Refused(%q) is %q, want %q", name, got, want)
		}
	}
}
