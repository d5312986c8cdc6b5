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

	"go.yaml.in/yaml/v3"
)

// paths are one file for each kind, since the kind decides which front matter
// a file may have.
var paths = []string{
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
	parser, full := NewParser(), NewParser()
	full.lean = full.full
	f.Fuzz(func(t *testing.T, kind byte, src []byte) {
		name := paths[int(kind)%len(paths)]
		given := bytes.Clone(src)
		d := parser.Parse(name, src)
		if !bytes.Equal(src, given) {
			t.Error("the bytes that were given are changed")
		}
		if again := NewParser().Parse(name, src); !reflect.DeepEqual(d, again) {
			t.Errorf("parsed first into\n%+v\nthen into\n%+v", d, again)
		}
		if whole := full.Parse(name, src); !reflect.DeepEqual(d, whole) {
			t.Errorf("parsed without what it does not need into\n%+v\nelse into\n%+v", d, whole)
		}
		text := html.UnescapeString(someTag.ReplaceAllString(string(d.HTML), ""))
		if got, want := PlainText(d.HTML), strings.Join(strings.Fields(text), " "); got != want {
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

// FuzzPlainMapping holds plainMapping against the library.
func FuzzPlainMapping(f *testing.F) {
	for _, src := range []string{
		"title: A page\nsummary: What it says, in one sentence.\n", "type: state\ntype: true\n", "title: on\n", "title: a: b\n", "title: a #b\n",
		"title: a\n b\n", "title:  a\n", "title: a\n\nsummary: b\n", "title: a \n", "title: a - b\n", "title: <<\n", "title: nil\n", "title: e1\n",
		"title: inf\n", "title: NaN\n", "title: it's (so); or/and\n", "title: Null\n", "title: \"a: b, é\"\nupdated: 2026-11-23\nweight: 10\ndraft: true\naliases: [ISI, air strike, é]\n", "aliases: []\n",
		"aliases: [é, b]\n", "aliases: [a,b]\n", "aliases: [a, true]\n", "aliases: [a é, b]\n", "weight: 010\nupdated: 2024-02-30\n", "title: \"a\\\\b\"\n",
		"title: \"a\"b\"\n", "title: \"\n", "title: \"\"\n", "title: \" \"\n", "title: \"a\u0085b\"\n", "title: a\u2028b\n", "title: a\ufeffb\n", "title: a\xff\n", "title: a\n---\n", "title: a\n...\n",
	} {
		f.Add([]byte(src))
	}
	keys := newFrontParser(KindActor).schema
	f.Fuzz(func(t *testing.T, src []byte) {
		got, ok := plainMapping(src, keys)
		if !ok {
			return
		}
		var want yaml.Node
		if err := yaml.Unmarshal(src, &want); err != nil {
			t.Fatalf("%q is not YAML: %v", src, err)
		}
		if !reflect.DeepEqual(got, want.Content[0]) {
			t.Errorf("%q became\n%+v\nwant\n%+v", src, got.Content, want.Content[0].Content)
		}
	})
}

var someTag = regexp.MustCompile(`<[^>]*>`)

func indexOfKind(name string) byte {
	for i, p := range paths {
		if KindOf(p) == KindOf(name) {
			return byte(i)
		}
	}
	return 0
}
