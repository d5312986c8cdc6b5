package content

import (
	"bytes"
	"html"
	"io/fs"
	"os"
	"path"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"analysis/builder/internal/kind"
	"analysis/builder/internal/text"
)

// files are one file for each kind, since the kind decides which front matter
// a file may have.
var files = []string{
	"index.md", "docs/index.md", "analysis/a.md", "actors/a.md", "places/a.md", "events/a.md", "concepts/a.md", "sources/a.md", "docs/a.md",
}

// FuzzParse gives Parse any bytes whatever. Beside the corpus in testdata, the
// site's own pages are its seeds.
func FuzzParse(f *testing.F) {
	pages := os.DirFS("../../../content")
	_ = fs.WalkDir(pages, ".", func(name string, _ fs.DirEntry, err error) error {
		if err != nil || path.Ext(name) != ".md" {
			return nil // the site may have been emptied for another one
		}
		if src, err := fs.ReadFile(pages, name); err == nil {
			f.Add(indexOfKind(name), src)
		}
		return nil
	})
	parser := NewParser()
	full := &Parser{full: parser.full, lean: parser.full}
	f.Fuzz(func(t *testing.T, kind byte, src []byte) {
		name := files[int(kind)%len(files)]
		given := bytes.Clone(src)
		d := parser.Parse(name, src)
		if !bytes.Equal(src, given) {
			t.Error("the bytes that were given are changed")
		}
		if again := NewParser().Parse(name, src); !reflect.DeepEqual(d, again) {
			t.Errorf("parsed first into\n%+v\nthen into\n%+v", d, again)
		}
		if slow := full.Parse(name, src); !reflect.DeepEqual(d, slow) {
			t.Errorf("parsed into\n%+v\nby the full dialect into\n%+v", d, slow)
		}
		words := html.UnescapeString(someTag.ReplaceAllString(string(d.HTML), ""))
		if got, want := text.PlainText(d.HTML), strings.Join(strings.Fields(words), " "); got != want {
			t.Errorf("the plain text is\n%q\nwant\n%q", got, want)
		}
		for _, b := range broken(d, src) {
			t.Error(b)
		}
		if t.Failed() {
			t.Logf("HTML:\n%s", d.HTML)
		}
	})
}

var someTag = regexp.MustCompile(`<[^>]*>`)

func indexOfKind(name string) byte {
	for i, p := range files {
		if kind.Of(p) == kind.Of(name) {
			return byte(i)
		}
	}
	return 0
}
