package verify

import (
	"reflect"
	"strings"
	"testing"

	"analysis/builder/internal/publish"
)

// What is read is what was written, and the order of a map has no part in it.
func TestRecord(t *testing.T) {
	files := map[string]*publish.File{Name: publish.NewFile(nil)}
	for _, name := range []string{"b/ü & <c>.html", "a", "b.html", "b/a", "é"} {
		files[name] = publish.NewFile([]byte(name))
	}
	r := &Record{"builder v1 (0123, changed) go1", "v1.2+x/y", Flags{"https://tea.example/x/", true, true, "2026-12-01"}, List(files)}
	text := string(r.Encode())
	got, err := parse([]byte(text))
	if err != nil || !reflect.DeepEqual(got, r) {
		t.Errorf("%v\n%+v\nwant\n%+v", err, got, r)
	}
	if !strings.Contains(text, `"path": "b/ü & <c>.html"`) || strings.Contains(text, Name) {
		t.Error(text)
	}
	if want := "builder build -base-url https://tea.example/x/ -drafts -portable -edition-banner 2026-12-01 -revision v1.2+x/y"; r.String() != want {
		t.Errorf("%s, want %s", r, want)
	}
}

func TestIsRevision(t *testing.T) {
	for text, want := range map[string]bool{
		"e614966": true, "v1.2.0": true, "release/2026-12": true, strings.Repeat("a", maxText): true, strings.Repeat("a", maxText+1): false,
		"": false, "-x": false, "a b": false, "a\n": false, "HEAD~1": false, "a:b": false, "$(x)": false,
	} {
		if IsRevision(text) != want {
			t.Errorf("%q: %t", text, !want)
		}
	}
}
