package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/kind"
)

// TestSchemas keeps the files of the schema folder, which editors read, as the
// builder's own checks are. With -update they are written anew.
func TestSchemas(t *testing.T) {
	want := map[string]map[string]any{"site": frontmatter.ConfigSchema()}
	for _, kind := range []kind.Kind{
		kind.Home, kind.Index, kind.Page, kind.Section, kind.Actor,
		kind.Place, kind.Event, kind.Concept, kind.Source,
	} {
		want[string(kind)] = frontmatter.JSONSchema(kind)
	}
	files, err := filepath.Glob("schema/*.json")
	if err != nil || len(files) != len(want) && !*update {
		t.Errorf("%d schemas, want %d (%v)", len(files), len(want), err)
	}
	for name, schema := range want {
		text, err := json.MarshalIndent(schema, "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		text = append(text, '\n')
		file := filepath.Join("schema", name+".json")
		if *update {
			if err := os.WriteFile(file, text, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if got, err := os.ReadFile(file); err != nil || string(got) != string(text) {
			t.Errorf("%s is not what the builder checks; run go test ./builder -run Schemas -update (%v)", file, err)
		}
	}
}
