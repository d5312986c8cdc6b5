package frontmatter

import (
	"reflect"
	"testing"

	"analysis/builder/internal/kind"

	"go.yaml.in/yaml/v3"
)

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
	keys := newFrontParser(kind.Actor).schema
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
