package search

import (
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"testing"

	"analysis/builder/internal/content"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/publish"
	"analysis/builder/internal/site"
)

// filesOf places a content folder of whole files and makes its index.
func filesOf(t *testing.T, config frontmatter.Config, files map[string]string) map[string][]byte {
	t.Helper()
	in := site.Input{Config: config}
	parser := content.NewParser()
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if path.Ext(name) != ".md" {
			in.Files = append(in.Files, name)
			continue
		}
		in.Docs = append(in.Docs, parser.Parse(name, []byte(files[name])))
	}
	out := map[string][]byte{}
	for name, f := range new(Index).Files(site.NewPlacer().Place(in), noSentences{}, false, publish.Memory{}.Put) {
		out[name] = f.Data
	}
	return out
}

// smallSite reads the folder of the golden test.
func smallSite(t *testing.T) (frontmatter.Config, map[string]string) {
	t.Helper()
	const dir = "../../testdata/small/content"
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		rel, _ := filepath.Rel(dir, name)
		files[filepath.ToSlash(rel)] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	config, found := frontmatter.ParseConfig([]byte(files[frontmatter.ConfigFile]))
	if len(found) > 0 {
		t.Fatal(found)
	}
	return config, files
}

// noSentences are layouts that say nothing of claims.
type noSentences struct{}

func (noSentences) Standing(*site.Statement) string { return "" }
