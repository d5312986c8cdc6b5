package frontmatter

import (
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"analysis/builder/internal/kind"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"
)

// jsonSchema describes the mapping that a schema reads, as JSON Schema (draft
// 2020-12), for editors that complete and check keys.
func jsonSchema[T any](s schema[T], title string) shape {
	made := objectShape(s)
	made["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	made["title"] = title
	return made
}

func schemaOfKind(k kind.Kind) shape {
	return jsonSchema(schemas[k], "Front matter of a page of kind "+string(k))
}

func objectShape[T any](s schema[T]) shape {
	keys, required := shape{}, []string{}
	for _, key := range slices.Sorted(maps.Keys(s)) {
		f := s[key]
		of := written(f.shape).(shape)
		of["description"] = f.doc
		keys[key] = of
		if f.required {
			required = append(required, key)
		}
	}
	return shape{"type": "object", "additionalProperties": false, "properties": keys, "required": required}
}

// written copies a shape, with the schemas of mappings written out.
func written(v any) any {
	switch v := v.(type) {
	case schema[Alias]:
		return objectShape(v)
	case schema[Correction]:
		return objectShape(v)
	case schema[Redirect]:
		return objectShape(v)
	case schema[Arrow]:
		return objectShape(v)
	case schema[Figure]:
		return objectShape(v)
	case schema[Passage]:
		return objectShape(v)
	case shape:
		made := shape{}
		for key := range v {
			made[key] = written(v[key])
		}
		return made
	case []any:
		made := make([]any, len(v))
		for i := range v {
			made[i] = written(v[i])
		}
		return made
	}
	return v
}

var update = flag.Bool("update", false, "write builder/schema anew")

// TestSchemas keeps the files of the schema folder, which editors read, as the
// builder's own checks are. With -update they are written anew.
func TestSchemas(t *testing.T) {
	want := map[string]shape{"site": jsonSchema(configKeys, ConfigFile)}
	for _, k := range kind.OfFiles {
		want[string(k)] = schemaOfKind(k)
	}
	const folder = "../../schema"
	files, err := filepath.Glob(folder + "/*.json")
	if err != nil || len(files) != len(want) && !*update {
		t.Errorf("%d schemas, want %d (%v)", len(files), len(want), err)
	}
	for name, schema := range want {
		text, err := json.MarshalIndent(schema, "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		text = append(text, '\n')
		file := filepath.Join(folder, name+".json")
		if *update {
			if err := os.WriteFile(file, text, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if got, err := os.ReadFile(file); err != nil || string(got) != string(text) {
			t.Errorf("%s is not what the builder checks; run go test ./builder/internal/frontmatter -run Schemas -update (%v)", file, err)
		}
	}
}

// compiled is a schema as an editor would read it: from its JSON.
func compiled(t *testing.T, schema shape) *jsonschema.Schema {
	t.Helper()
	data, err := json.Marshal(schema)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(string(data)))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("front.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("front.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// instance is YAML as a validator sees it.
func instance(t *testing.T, src string) any {
	t.Helper()
	var v any
	if err := yaml.Unmarshal([]byte(src), &v); err != nil {
		t.Fatalf("%v in\n%s", err, src)
	}
	data, err := json.Marshal(plainly(v))
	if err != nil {
		t.Fatal(err)
	}
	v, err = jsonschema.UnmarshalJSON(strings.NewReader(string(data)))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// plainly writes dates and keys as they were written.
func plainly(v any) any {
	switch v := v.(type) {
	case time.Time:
		return v.Format(time.DateOnly)
	case map[any]any: // with a number among its keys
		keyed := map[string]any{}
		for k, value := range v {
			keyed[fmt.Sprint(k)] = plainly(value)
		}
		return keyed
	case map[string]any:
		for key := range v {
			v[key] = plainly(v[key])
		}
	case []any:
		for i := range v {
			v[i] = plainly(v[i])
		}
	}
	return v
}

func TestJSONSchemaOfKinds(t *testing.T) {
	common := []string{"aliases", "also", "autolink", "corrections", "dir", "draft", "image", "lang", "layout", "menu", "redirect_from", "summary", "title", "updated", "weight"}
	own := map[kind.Kind][]string{
		kind.Home: {"picture", "shows"}, kind.Index: {"picture", "shows"}, kind.Page: {"picture", "shows"}, kind.Section: nil,
		kind.Actor: {"part_of", "type"}, kind.Place: {"part_of", "type"}, kind.Concept: {"type"},
		kind.Event:  {"actors", "date", "figures", "places", "precision"},
		kind.Source: {"accessed", "archived", "author", "origin", "passages", "perspective", "published", "publisher", "reliability", "type", "url"},
	}
	required := map[kind.Kind][]string{
		kind.Actor: {"type"}, kind.Place: {"type"}, kind.Concept: {"type"}, kind.Event: {"precision"}, kind.Source: {"type"},
	}
	for _, kind := range kind.OfFiles {
		t.Run(string(kind), func(t *testing.T) {
			s := schemaOfKind(kind)
			compiled(t, s)
			data, err := json.Marshal(s)
			if err != nil {
				t.Fatal(err)
			}
			var read struct {
				Schema     string `json:"$schema"`
				Title      string `json:"title"`
				Type       string `json:"type"`
				More       *bool  `json:"additionalProperties"`
				Required   []string
				Properties map[string]struct{ Description string }
			}
			if err := json.Unmarshal(data, &read); err != nil {
				t.Fatal(err)
			}
			if read.Schema != "https://json-schema.org/draft/2020-12/schema" || read.Type != "object" || !strings.HasSuffix(read.Title, " "+string(kind)) {
				t.Errorf("%q is a schema of %q for %q", read.Title, read.Type, read.Schema)
			}
			if read.More == nil || *read.More {
				t.Error("it allows keys that it does not know")
			}
			if read.Required == nil || !slices.Equal(read.Required, append([]string{}, required[kind]...)) {
				t.Errorf("requires %q, want %q", read.Required, required[kind])
			}
			if got, want := slices.Sorted(maps.Keys(read.Properties)), slices.Sorted(slices.Values(append(own[kind], common...))); !slices.Equal(got, want) {
				t.Errorf("has the keys %q, want %q", got, want)
			}
			for key, p := range read.Properties {
				if !strings.HasSuffix(p.Description, ".") {
					t.Errorf("%s is described as %q", key, p.Description)
				}
			}
		})
	}
}

// The front matter of every page there is holds against the schema of its
// kind, and with one key more it does not.
func TestJSONSchemaOfPages(t *testing.T) {
	schemas := map[kind.Kind]*jsonschema.Schema{}
	for _, kind := range kind.OfFiles {
		schemas[kind] = compiled(t, schemaOfKind(kind))
	}
	for _, dir := range []string{"../../testdata/small/content", "../../../content"} {
		pages, seen := os.DirFS(dir), map[kind.Kind]int{}
		err := fs.WalkDir(pages, ".", func(name string, _ fs.DirEntry, err error) error {
			if err != nil || path.Ext(name) != ".md" {
				return err
			}
			src, err := fs.ReadFile(pages, name)
			if err != nil {
				return err
			}
			front, body, _ := Split(src)
			if body == 0 {
				return nil // none
			}
			if _, _, found := Parse(name, kind.Of(name), src); len(found) > 0 {
				t.Logf("%s: has mistakes, and is left out: %v", name, found)
				return nil
			}
			kind := kind.Of(name)
			seen[kind]++
			if err := schemas[kind].Validate(instance(t, string(front))); err != nil {
				t.Errorf("%s: %v", path.Join(dir, name), err)
			}
			if schemas[kind].Validate(instance(t, string(front)+"\nnosuch: 1\n")) == nil {
				t.Errorf("%s: may have any key", path.Join(dir, name))
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, kind := range kind.OfFiles {
			if seen[kind] == 0 && dir != "../../../content" {
				t.Errorf("%s: no page of kind %s", dir, kind)
			}
		}
		t.Logf("%s: %v", dir, seen)
	}
}

// What the parser accepts the schema accepts, and what the one refuses so does
// the other.
func TestJSONSchemaAgrees(t *testing.T) {
	for _, c := range []struct {
		path, front string
		valid       bool
	}{
		{"docs/a.md", "title: A\n", true},
		{"docs/a.md", "title: 3\n", true},
		{"docs/a.md", "title: \"\"\n", false},
		{"docs/a.md", "title: A\nweight: 3\n", true},
		{"docs/a.md", "title: A\nweight: x\n", false},
		{"docs/a.md", "title: A\ndraft: true\nautolink: false\n", true},
		{"docs/a.md", "title: A\ndraft: \"true\"\n", false},
		{"docs/a.md", "title: A\nupdated: 2024-12-24\n", true},
		{"docs/a.md", "title: A\nupdated: 2024-12\n", true},
		{"docs/a.md", "title: A\nupdated: 2024\n", true},
		{"docs/a.md", "title: A\nupdated: \"2024\"\n", true},
		{"docs/a.md", "title: A\nupdated: 24.12.2024\n", false},
		{"events/a.md", "title: A\ndate: -0322\nprecision: year\n", true},
		{"events/a.md", "title: A\ndate: \"-0322-06\"\nprecision: month\n", true},
		{"docs/a.md", "title: A\nupdated: [2024]\n", false},
		{"docs/a.md", "title: A\naliases: [b, {name: c, autolink: false}]\nredirect_from: [old/, {from: older/, to: \"#a\"}]\ncorrections: [{date: 2024-12-24, was: A, now: B}]\n", true},
		{"docs/a.md", "title: A\nredirect_from: [{from: older/}]\n", false},
		{"docs/a.md", "title: A\ncorrections: [{date: 2024-12, was: A, now: B}]\n", false},
		{"docs/a.md", "title: A\naliases: b\n", false},
		{"docs/a.md", "title: A\naliases: [{autolink: false}]\n", false},
		{"docs/a.md", "title: A\naliases: [{name: b, nosuch: c}]\n", false},
		{"docs/a.md", "title: A\nlang: ur\ndir: rtl\naliases: [{name: b, lang: en-GB, dir: ltr}]\n", true},
		{"docs/a.md", "title: A\nlang: ur_PK\n", false},
		{"docs/a.md", "title: A\ndir: right\n", false},
		{"docs/a.md", "title: A\naliases: [{name: b, lang: Urdu script}]\n", false},
		{"docs/a.md", "title: A\nsummary: " + strings.Repeat("ä", 300) + "\n", true},
		{"docs/a.md", "title: A\nsummary: " + strings.Repeat("ä", 301) + "\n", false},
		{"docs/a.md", "title: A\nshows: tensions\n", true},
		{"docs/a.md", "title: A\nshows: nonsense\n", false},
		{"analysis/a.md", "title: A\nshows: tensions\n", false},
		{"actors/a.md", "title: A\ntype: state\npart_of: b\n", true},
		{"actors/a.md", "title: A\ntype: club\n", true},
		{"actors/a.md", "title: A\n", false},
		{"places/a.md", "title: A\ntype: anything\n", true},
		{"concepts/a.md", "title: A\ntype: anything\n", true},
		{"docs/a.md", "title: [3]\n", false},
		{"docs/a.md", "title: A\nmenu: none\n", true},
		{"events/a.md", "title: A\ndate: 2024-12-24\nprecision: day\nplaces: [b]\nactors: [c]\nfigures: [{what: d, value: \"4\", claimant: e, source: f, date: 2024}]\n", true},
		{"events/a.md", "title: A\nprecision: unknown\nfigures: [{what: d, value: 4, claimant: e, source: f, date: 2024}]\n", true},
		{"events/a.md", "title: A\nprecision: unknown\nfigures: [{what: d}]\n", false},
		{"sources/a.md", "title: A\ntype: b\nurl: https://example.org/\npassages: [{n: 1, gist: c, no_claim: d, sha256: " + strings.Repeat("0a", 32) + "}]\n", true},
		{"sources/a.md", "title: A\ntype: b\nurl: example\n", false},
		{"sources/a.md", "title: A\ntype: b\npassages: [{n: 0, gist: c}]\n", false},
		{"sources/a.md", "title: A\ntype: b\npassages: [{n: 1}]\n", false},
		{"sources/a.md", "title: A\ntype: b\npassages: [{n: 1, gist: \"\"}]\n", true},
		{"sources/a.md", "title: A\ntype: b\npassages: [{n: 1, gist: c, sha256: ABC}]\n", false},
		{"analysis/a.md", "title: A\nimage: a/b.png\n", true},
		{"analysis/a.md", "title: A\nimage: [a.png]\n", false},
	} {
		if _, found := parse(c.path, c.front); (len(found) == 0) != c.valid {
			t.Errorf("%s: %q: the parser reports %v", c.path, c.front, found)
		}
		if err := compiled(t, schemaOfKind(kind.Of(c.path))).Validate(instance(t, c.front)); (err == nil) != c.valid {
			t.Errorf("%s: %q: the schema reports %v", c.path, c.front, err)
		}
	}
}

func TestConfigSchema(t *testing.T) {
	s := compiled(t, jsonSchema(configKeys, ConfigFile))
	for _, file := range []string{"../../testdata/small/content/site.yaml", "../../../content/site.yaml"} {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Validate(instance(t, string(src))); err != nil {
			t.Errorf("%s: %v", file, err)
		}
	}
	for src, valid := range map[string]bool{
		"title: A\n": true,
		"title: A\nlanguage: en-GB\nas_of: 2024\nbase_url: https://example.org/\nhedges: [could]\nspellings: [Khan]\nlater: B\nimage: a.png\nauthor: C\nlicense: CC-BY-4.0\ndescription: D\n": true,
		"title: A\nopeners: [It]\nignore_keys: [tags]\nschema_types: {people: Organization, court: GovernmentOrganization}\n":                                                                 true,
		"title: A\nschema_types: {people: a people}\n": false,
		"title: A\nschema_types: [people]\n":           false,
		"language: en\n":                               false,
		"title: A\nlanguage: english one\n":            false,
		"title: A\nnosuch: 1\n":                        false,
		"title: A\nhedges: could\n":                    false,
		"title: A\nbase_url: example\n":                false,
		"title: A\nlicense: https://example.org/a\n":   true,
		"title: A\nlicense: CC BY 4.0\n":               false,
	} {
		if _, found := ParseConfig([]byte(src)); (len(found) == 0) != valid {
			t.Errorf("%q: the parser reports %v", src, found)
		}
		if err := s.Validate(instance(t, src)); (err == nil) != valid {
			t.Errorf("%q: the schema reports %v", src, err)
		}
	}
}
