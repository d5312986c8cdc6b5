package export

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"analysis/builder/internal/frontmatter"
)

// counted adds an event with figures to everything.
func counted() map[string]string {
	files := maps.Clone(everything)
	files["places/hall.md"] = "---\ntitle: Hall\ntype: house\n---\n"
	files["events/f.md"] = "---\ntitle: The =fall\nsummary: One, \"two\".\ndate: 2024-12\nprecision: month\nplaces: [hall]\nactors: [king, queen]\nfigures:\n  - {what: Hurt, value: -5, claimant: The king, source: radio, date: 2024-12-24}\n  - {what: Hurt, value: \"7, or 8\", claimant: The queen, source: paper, date: 2025}\n---\n"
	files["analysis/third.md"] = "---\ntitle: Third\n---\n> [!reported] Its file is named like another one {#schema}\n> Text.\n>\n> - source: [[radio]]\n> - held by: [[queen]]\n\n> [!reported] Its id is not in ASCII {#чай}\n> Text.\n>\n> - source: [[radio]]\n> - held by: [[queen]]\n"
	return files
}

// rows reads a CSV file as another program would.
func rows(t *testing.T, data []byte) (list []string) {
	t.Helper()
	all, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range all {
		list = append(list, strings.Join(row, "|"))
	}
	return list
}

func TestTables(t *testing.T) {
	files := filesOf(t, frontmatter.Config{Title: "T", Language: "en", BaseURL: "https://example.org/"}, counted())
	for name, want := range map[string][]string{
		"relations.csv": {"from|type|to|note", "full|supports|advice|", "full|contradicts|least|the same, “not”", "full|depends on|told|"},
		"events.csv": {"id|title|date|precision|places|actors|summary|page", "e|Event||unknown||||https://example.org/events/e/",
			"f|The =fall|2024-12|month|hall|queen; king|One, “two”.|https://example.org/events/f/"},
		"figures.csv": {"event|what|value|claimant|source|date", "f|Hurt|'-5|The king|radio|2024-12-24", "f|Hurt|7, or 8|The queen|paper|2025"},
		"sources.csv": {"id|title|type|author|publisher|published|url|archived|accessed|origin|perspective|reliability|passages|page",
			"paper|Paper; no. 1|column||||||||||2|https://example.org/sources/paper/", "radio|Radio|broadcast||||||||||0|https://example.org/sources/radio/"},
	} {
		if got := rows(t, files[name]); !slices.Equal(got, want) {
			t.Errorf("%s is\n%s\nwant\n%s", name, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
	// A file is made only if there is a record for it.
	if got := slices.Sorted(maps.Keys(filesOf(t, frontmatter.Config{Title: "T", Language: "en"}, map[string]string{"index.md": "# S\n", "sources/radio.md": everything["sources/radio.md"]}))); !slices.Equal(got, []string{"datapackage.json", "site.webmanifest", "sources.csv"}) {
		t.Errorf("of a source alone: %q", got)
	}
}

func TestArgdown(t *testing.T) {
	config := frontmatter.Config{Title: "A = {b}", Language: "en", License: "CC-BY-4.0"}
	want := `===
title: "A \u003d \u007bb\u007d"
license: "https://creativecommons.org/licenses/by/4.0/"
===

# First

[full]: Full, “quoted” & \<more\> #(queen) #(king) {"depends on":["told"],"kind":"forecast","result":"agreed","sources":["paper ¶2 ¶1","radio"],"url":"claims/full/","wording":"could, may"}
  +> [advice]
  -> [least]

[advice]: Do it #(queen) {"kind":"recommendation","result":"unchecked","sources":["radio"],"url":"claims/advice/"}

[told]: It is #(king) {"kind":"assessment","result":"unchecked","sources":["paper ¶1"],"url":"claims/told/","wording":"none"}

# Second

[least]: Least #(queen) {"kind":"reported","result":"unchecked","sources":["radio"],"url":"claims/least/"}
  -> [full]
`
	if got := string(filesOf(t, config, everything)["claims.argdown"]); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestEachClaimHasAFile(t *testing.T) {
	files := filesOf(t, frontmatter.Config{Title: "T", Language: "en"}, everything)
	var one any
	for _, c := range readClaims(t, files).Claims {
		if err := json.Unmarshal(files["claims/"+c["id"].(string)+".json"], &one); err != nil {
			t.Fatal(err)
		}
		if a, b := fmt.Sprint(one), fmt.Sprint(any(c)); a != b {
			t.Errorf("%s is\n%s\nand in claims.json\n%s", c["id"], a, b)
		}
	}
}

// plain matches the name of a resource, as Data Package 1 has it and 2 recommends it.
var plain = regexp.MustCompile(`^[-a-z0-9._/]+$`)

// anyText matches in place of patterns that Go does not have; make audit tries those.
type anyText struct{}

func (anyText) MatchString(string) bool { return true }
func (anyText) String() string          { return "" }

// Each data file is in the package with its size, hash and columns, and the package is valid.
func TestDataPackage(t *testing.T) {
	text, err := os.ReadFile("../../audit/datapackage.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	c.UseRegexpEngine(func(string) (jsonschema.Regexp, error) { return anyText{}, nil })
	if err := c.AddResource("datapackage.json", doc); err != nil {
		t.Fatal(err)
	}
	profile, err := c.Compile("datapackage.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, config := range []frontmatter.Config{
		{Title: "T", Language: "en"},
		{Title: "T", Description: "D.", Author: "A", Language: "en", BaseURL: "https://example.org/", License: "CC-BY-4.0"},
		{Title: "T", Language: "en", License: "https://example.org/terms"},
	} {
		files := filesOf(t, config, counted())
		if err := valid(t, profile, files["datapackage.json"]); err != nil {
			t.Error(err)
		}
		var p struct {
			Resources []Resource
			Licenses  []map[string]string
		}
		if err := json.Unmarshal(files["datapackage.json"], &p); err != nil {
			t.Fatal(err)
		}
		described, names := map[string]bool{"sitemap.xml": true, "feed.xml": true, "datapackage.json": true}, map[string]bool{}
		for _, r := range p.Resources {
			if described[r.Path] || names[r.Name] || !plain.MatchString(r.Name) {
				t.Errorf("%s stands there twice, or its name %q is none", r.Path, r.Name)
			}
			described[r.Path], names[r.Name] = true, true
			if want := fmt.Sprintf("sha256:%x", sha256.Sum256(files[r.Path])); r.Bytes != len(files[r.Path]) || r.Hash != want {
				t.Errorf("%s: %d bytes with the hash %s, want %d and %s", r.Path, r.Bytes, r.Hash, len(files[r.Path]), want)
			}
			if strings.HasSuffix(r.Path, ".csv") {
				var header []string
				for _, f := range strings.Split(string(r.Schema), `"name": "`)[1:] {
					name, _, _ := strings.Cut(f, `"`)
					header = append(header, name)
				}
				if got := rows(t, files[r.Path])[0]; got != strings.Join(header, "|") || r.Type != "table" {
					t.Errorf("%s, a %q: columns %s, described as %q", r.Path, r.Type, got, header)
				}
			}
		}
		for name := range files {
			if !described[name] && !ForHosts(name) {
				t.Errorf("%s is not in the package", name)
			}
		}
		want := map[string]string{"": "[]", "CC-BY-4.0": "[map[path:https://creativecommons.org/licenses/by/4.0/ title:CC-BY-4.0]]", "https://example.org/terms": "[map[path:https://example.org/terms title:https://example.org/terms]]"}[config.License]
		if got := fmt.Sprint(p.Licenses); got != want {
			t.Errorf("licences %s, want %s", got, want)
		}
	}
}
