package export

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"maps"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"analysis/builder/internal/content"
	"analysis/builder/internal/diag"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/site"
)

// filesOf places a content folder of whole files, which must have no errors,
// and exports it.
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
	s := site.NewPlacer().Place(in)
	found := s.Diagnostics
	for _, d := range in.Docs {
		found = append(found, d.Diagnostics...)
	}
	for _, d := range found {
		if d.Severity == diag.Error {
			t.Fatal(d)
		}
	}
	made, _ := new(Exporter).Files(s, nil)
	return made
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

// everything has a claim of each kind, and in them every field.
var everything = map[string]string{
	"index.md":           "---\ntitle: Home\n---\n",
	"actors/king.md":     "---\ntitle: The <King> & \"co\"\ntype: person\n---\n",
	"actors/queen.md":    "---\ntitle: Queen\ntype: person\n---\n",
	"events/e.md":        "---\ntitle: Event\nprecision: unknown\n---\n",
	"sources/paper.md":   "---\ntitle: Paper; no. 1\ntype: column\npassages: [{n: 1, gist: a}, {n: 2, gist: b}]\n---\n",
	"sources/radio.md":   "---\ntitle: Radio\ntype: broadcast\n---\n",
	"analysis/first.md":  "---\ntitle: First\nweight: 1\n---\n" + everyClaim,
	"analysis/second.md": "---\ntitle: Second\nweight: 2\n---\n> [!reported] Least {#least}\n> Text.\n>\n> - source: [[radio]]\n> - held by: [[queen]]\n",
}

const everyClaim = `> [!forecast] Full, "quoted" & <more> {#full}
> It could [be](second.md), says [[king]]; *x* & "y".
>
> One line
> more.
>
> - source: [[paper]] ¶2, ¶1, [[radio]]
> - held by: [[queen]], [[king]] — in "haste", <so>
> - about: [[e]], [[king]]
> - wording: could, may
> - horizon: by 2025; or so
> - outcome: came in part [[radio]], [[paper]] — half
> - cause: disputed [[radio]] — by one
> - probability: 12.5 %
> - answer: it could not
> - checked: agrees with [[radio]], [[paper]] — well
> - checked: no evidence found
> - supports: [[advice]]
> - contradicts: [[least]] — the same, "not"
> - depends on: [[told]]

> [!recommendation] Do it {#advice}
> Text.
>
> - source: [[radio]]
> - held by: [[queen]]
> - addressee: [[king]], [[queen]]

> [!assessment] It is {#told}
> Text.
>
> - source: [[paper]] ¶1
> - held by: [[king]]
> - wording: none
`

// schema is claims.schema.json, as a reader of the data would use it.
func schema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(claimsSchema))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("claims.schema.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("claims.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// valid holds data against the schema.
func valid(t *testing.T, s *jsonschema.Schema, data []byte) error {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return s.Validate(v)
}

// read is claims.json as a stranger would read it.
type read struct {
	Schema               string `json:"$schema"`
	Title, Language, URL string
	Claims               []map[string]any
}

func readClaims(t *testing.T, files map[string][]byte) (r read) {
	t.Helper()
	if err := json.Unmarshal(files["claims.json"], &r); err != nil {
		t.Fatal(err)
	}
	return r
}

func TestClaimsHoldAgainstTheSchema(t *testing.T) {
	config, small := smallSite(t)
	for name, files := range map[string]map[string][]byte{
		"small":      filesOf(t, config, small),
		"everything": filesOf(t, frontmatter.Config{Title: "T", Language: "en", BaseURL: "https://example.org/s/"}, everything),
		"no address": filesOf(t, frontmatter.Config{Title: "T", Language: "en"}, everything),
	} {
		t.Run(name, func(t *testing.T) {
			if err := valid(t, schema(t), files["claims.json"]); err != nil {
				t.Error(err)
			}
			if !bytes.Equal(files["claims.schema.json"], claimsSchema) {
				t.Error("the schema beside it is another")
			}
		})
	}
}

func TestEveryFieldOfAClaim(t *testing.T) {
	files := filesOf(t, frontmatter.Config{Title: "T & U", Language: "en-GB", BaseURL: "https://example.org/s/"}, everything)
	r := readClaims(t, files)
	if r.Schema != "claims.schema.json" || r.Title != "T & U" || r.Language != "en-GB" || r.URL != "https://example.org/s/" || len(r.Claims) != 4 {
		t.Errorf("%q %q %q %q, %d claims", r.Schema, r.Title, r.Language, r.URL, len(r.Claims))
	}
	page := func(id, title, url string) map[string]any {
		return map[string]any{"id": id, "title": title, "url": "https://example.org/s/" + url}
	}
	king, queen, radio, paper := page("king", "The <King> & “co”", "actors/king/"), page("queen", "Queen", "actors/queen/"), page("radio", "Radio", "sources/radio/"), page("paper", "Paper; no. 1", "sources/paper/")
	cite := func(of map[string]any, passages ...any) map[string]any {
		c := maps.Clone(of)
		c["passages"] = append([]any{}, passages...)
		return c
	}
	none := []any{}
	for i, want := range []map[string]any{
		{
			"id": "full", "kind": "forecast", "title": "Full, “quoted” & <more>", "url": "https://example.org/s/claims/full/",
			"text":    "It could be, says The <King> & “co”; x & “y”. One line more.",
			"told_in": page("first", "First", "analysis/first/#full"), "held_by": []any{queen, king}, "held_note": "in “haste”, <so>",
			"sources": []any{cite(paper, 2.0, 1.0), cite(radio)}, "about": []any{page("e", "Event", "events/e/"), king},
			"wording": "could, may", "result": "agreed", "reports": 2.0, "origins": 2.0, "answer": "it could not", "horizon": "by 2025; or so",
			"outcome": map[string]any{"word": "came in part", "sources": []any{radio, paper}, "note": "half"},
			"cause":   map[string]any{"word": "disputed", "sources": []any{radio}, "note": "by one"}, "probability": 0.125,
			"checked": []any{map[string]any{"word": "agrees with", "sources": []any{radio, paper}, "note": "well"}, map[string]any{"word": "no evidence found", "sources": none}},
			"relations": []any{
				map[string]any{"type": "supports", "direction": "out", "claim": "advice"},
				map[string]any{"type": "contradicts", "direction": "both", "claim": "least", "note": "the same, “not”"},
				map[string]any{"type": "depends on", "direction": "out", "claim": "told"},
			},
		},
		{
			"id": "advice", "kind": "recommendation", "title": "Do it", "url": "https://example.org/s/claims/advice/", "text": "Text.",
			"told_in": page("first", "First", "analysis/first/#advice"), "held_by": []any{queen}, "sources": []any{cite(radio)}, "about": none,
			"addressees": []any{king, queen}, "result": "unchecked", "reports": 0.0, "origins": 0.0, "checked": none, "relations": []any{map[string]any{"type": "supports", "direction": "in", "claim": "full"}},
		},
		{
			"id": "told", "kind": "assessment", "title": "It is", "url": "https://example.org/s/claims/told/", "text": "Text.",
			"told_in": page("first", "First", "analysis/first/#told"), "held_by": []any{king}, "sources": []any{cite(paper, 1.0)}, "about": none,
			"wording": "none", "result": "unchecked", "reports": 0.0, "origins": 0.0, "checked": none, "relations": []any{map[string]any{"type": "depends on", "direction": "in", "claim": "full"}},
		},
		{
			"id": "least", "kind": "reported", "title": "Least", "url": "https://example.org/s/claims/least/", "text": "Text.",
			"told_in": page("second", "Second", "analysis/second/#least"), "held_by": []any{queen}, "sources": []any{cite(radio)}, "about": none,
			"result": "unchecked", "reports": 0.0, "origins": 0.0, "checked": none, "relations": []any{map[string]any{"type": "contradicts", "direction": "both", "claim": "full", "note": "the same, “not”"}},
		},
	} {
		got := r.Claims[i]
		delete(got, "version") // a hash
		for _, key := range slices.Sorted(maps.Keys(want)) {
			if !reflect.DeepEqual(got[key], want[key]) {
				t.Errorf("claim %d has the %s\n%#v\nwant\n%#v", i, key, got[key], want[key])
			}
			delete(got, key)
		}
		if len(got) > 0 {
			t.Errorf("claim %d has more: %v", i, got)
		}
	}
	// For people who open the file: indented, with the signs as they are.
	if text := string(files["claims.json"]); !strings.Contains(text, "\n {") && !strings.Contains(text, "\n  {") || strings.Contains(text, `\u003c`) || !strings.HasSuffix(text, "}\n") {
		t.Errorf("the file is\n%s", text)
	}
}

// Without a base URL addresses stand below the site's root.
func TestClaimsWithoutBaseURL(t *testing.T) {
	r := readClaims(t, filesOf(t, frontmatter.Config{Title: "T", Language: "en"}, everything))
	if r.URL != "" || r.Claims[0]["url"] != "claims/full/" || r.Claims[0]["told_in"].(map[string]any)["url"] != "analysis/first/#full" {
		t.Errorf("%q: %v", r.URL, r.Claims[0])
	}
}

// Addresses are written as in the sitemap, whatever the script of an id.
func TestBugClaimAddressesOfOtherScripts(t *testing.T) {
	files := maps.Clone(everything)
	files["analysis/پاک.md"] = "---\ntitle: P\n---\n" + strings.ReplaceAll(everything["analysis/second.md"][len("---\ntitle: Second\nweight: 2\n---\n"):], "{#least}", "{#دعوی}")
	r := readClaims(t, filesOf(t, frontmatter.Config{Title: "T", Language: "en", BaseURL: "https://example.org/"}, files))
	last := r.Claims[len(r.Claims)-1]
	if got, want := last["url"], "https://example.org/claims/%D8%AF%D8%B9%D9%88%DB%8C/"; got != want {
		t.Errorf("the claim is at %v, want %s", got, want)
	}
	if got, want := last["told_in"].(map[string]any)["url"], "https://example.org/analysis/%D9%BE%D8%A7%DA%A9/#%D8%AF%D8%B9%D9%88%DB%8C"; got != want {
		t.Errorf("it is told in %v, want %s", got, want)
	}
}

// The schema is only worth what it refuses.
func TestSchemaRefuses(t *testing.T) {
	s := schema(t)
	good := filesOf(t, frontmatter.Config{Title: "T", Language: "en"}, everything)["claims.json"]
	for name, edit := range map[string]func(f map[string]any, forecast, advice, told map[string]any){
		"another key":              func(f, _, _, _ map[string]any) { f["nosuch"] = 1 },
		"another schema":           func(f, _, _, _ map[string]any) { f["$schema"] = "x" },
		"no title":                 func(f, _, _, _ map[string]any) { delete(f, "title") },
		"another key of a claim":   func(_, c, _, _ map[string]any) { c["nosuch"] = 1 },
		"an unknown kind":          func(_, c, _, _ map[string]any) { c["kind"] = "guess" },
		"no id":                    func(_, c, _, _ map[string]any) { c["id"] = "" },
		"nobody":                   func(_, c, _, _ map[string]any) { c["held_by"] = []any{} },
		"no source":                func(_, c, _, _ map[string]any) { c["sources"] = []any{} },
		"null for a list":          func(_, c, _, _ map[string]any) { c["about"] = nil },
		"no outcome of a forecast": func(_, c, _, _ map[string]any) { delete(c, "outcome") },
		"an outcome of another":    func(_, c, _, told map[string]any) { told["outcome"] = c["outcome"] },
		"a cause of another":       func(_, c, _, told map[string]any) { told["cause"] = c["cause"] },
		"a former outcome":         func(_, c, _, _ map[string]any) { c["outcome"].(map[string]any)["word"] = "borne out" },
		"an unknown cause":         func(_, c, _, _ map[string]any) { c["cause"].(map[string]any)["word"] = "likely" },
		"a probability above 1":    func(_, c, _, _ map[string]any) { c["probability"] = 20 },
		"a horizon of another":     func(_, _, _, told map[string]any) { told["horizon"] = "2025" },
		"addressees of another":    func(_, _, advice, told map[string]any) { told["addressees"] = advice["addressees"] },
		"an unknown relation": func(_, c, _, _ map[string]any) {
			c["relations"] = []any{map[string]any{"type": "likes", "direction": "out", "claim": "x"}}
		},
		"an unknown direction": func(_, c, _, _ map[string]any) {
			c["relations"] = []any{map[string]any{"type": "supports", "direction": "up", "claim": "x"}}
		},
		"paragraph 0": func(_, c, _, _ map[string]any) {
			c["sources"] = []any{map[string]any{"id": "a", "title": "b", "url": "c", "passages": []any{0}}}
		},
	} {
		var f map[string]any
		if err := json.Unmarshal(good, &f); err != nil {
			t.Fatal(err)
		}
		list := f["claims"].([]any)
		edit(f, list[0].(map[string]any), list[1].(map[string]any), list[2].(map[string]any))
		data, err := json.Marshal(f)
		if err != nil {
			t.Fatal(err)
		}
		if valid(t, s, data) == nil {
			t.Errorf("%s: the schema allows it", name)
		}
	}
}

func TestClaimTable(t *testing.T) {
	config, small := smallSite(t)
	for name, files := range map[string]map[string][]byte{
		"small": filesOf(t, config, small), "everything": filesOf(t, frontmatter.Config{Title: "T", Language: "en"}, everything),
	} {
		rows, err := csv.NewReader(bytes.NewReader(files["claims.csv"])).ReadAll() // which asks for rows of one length
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		claims := readClaims(t, files).Claims
		if len(rows) != len(claims)+1 {
			t.Errorf("%s: %d rows for %d claims", name, len(rows), len(claims))
		}
		for i, c := range claims {
			row := map[string]string{}
			for j, column := range rows[0] {
				row[column] = rows[i+1][j]
			}
			for _, column := range []string{"id", "kind", "title", "text", "url"} {
				if row[column] != c[column] {
					t.Errorf("%s: row %d has the %s %q, want %q", name, i, column, row[column], c[column])
				}
			}
		}
	}
	rows, _ := csv.NewReader(bytes.NewReader(filesOf(t, frontmatter.Config{Title: "T", Language: "en"}, everything)["claims.csv"])).ReadAll()
	for i, want := range []string{
		"id|version|kind|title|held_by|sources|wording|horizon|probability|outcome|cause|result|reports|origins|answer|checked|about|addressees|told_in|url|text",
		"full|VERSION|forecast|Full, “quoted” & <more>|queen; king|paper ¶2 ¶1; radio|could, may|by 2025; or so|0.125|came in part radio; paper|disputed radio|agreed|2|2|it could not|agrees with radio; paper; no evidence found|e; king||first|claims/full/|It could be, says The <King> & “co”; x & “y”. One line more.",
		"advice|VERSION|recommendation|Do it|queen|radio||||||unchecked|0|0||||king; queen|first|claims/advice/|Text.",
		"told|VERSION|assessment|It is|king|paper ¶1|none|||||unchecked|0|0|||||first|claims/told/|Text.",
		"least|VERSION|reported|Least|queen|radio||||||unchecked|0|0|||||second|claims/least/|Text.",
	} {
		if got := strings.Join(rows[i], "|"); got != strings.Replace(want, "VERSION", rows[i][1], 1) {
			t.Errorf("row %d is\n%s\nwant\n%s", i, got, want)
		}
	}
}

// No cell is a formula in a spreadsheet, and no other cell changes.
func TestNoFormulas(t *testing.T) {
	for cell, want := range map[string]string{
		`=HYPERLINK("https://example.org")`: `'=HYPERLINK("https://example.org")`, "+1": "'+1", "-1": "'-1", "@SUM(A1)": "'@SUM(A1)", "\t=1": "'\t=1", "\r=1": "'\r=1",
		"＝1": "'＝1", "": "", "1-1": "1-1", "'80s": "'80s", "–1": "–1", "a=1": "a=1",
	} {
		if got := asText(cell); got != want {
			t.Errorf("%q becomes %q, want %q", cell, got, want)
		}
	}
	formula := map[string]string{}
	for name, text := range everything {
		formula[name] = strings.ReplaceAll(text, "Full, ", "=1+")
	}
	if table := filesOf(t, frontmatter.Config{Title: "T", Language: "en"}, formula)["claims.csv"]; !bytes.Contains(table, []byte(`,'=1+“quoted”`)) {
		t.Errorf("a title is a formula in\n%s", table)
	}
}

func TestClaimsAreExportedInOneWay(t *testing.T) {
	want := filesOf(t, frontmatter.Config{Title: "T", Language: "en"}, everything)
	if got := slices.Sorted(maps.Keys(want)); !slices.Equal(got, []string{
		"claims.argdown", "claims.csv", "claims.json", "claims.schema.json", "claims/advice.json", "claims/full.json", "claims/least.json", "claims/told.json",
		"datapackage.json", "events.csv", "relations.csv", "site.webmanifest", "sources.csv",
	}) {
		t.Errorf("exported %q", got)
	}
	for range 5 {
		if got := filesOf(t, frontmatter.Config{Title: "T", Language: "en"}, everything); !maps.EqualFunc(got, want, bytes.Equal) {
			t.Fatal("exported in two ways")
		}
	}
}

// A site without claims has no such files, nor has one whose claims are drafts.
func TestNoClaims(t *testing.T) {
	for name, files := range map[string]map[string]string{
		"no claim": {"index.md": "---\ntitle: Home\n---\n> [!note]\n> x\n"},
		"a draft":  {"index.md": "---\ntitle: Home\n---\n", "actors/k.md": everything["actors/queen.md"], "sources/r.md": everything["sources/radio.md"], "a.md": "---\ntitle: A\ndraft: true\n---\n> [!reported] A {#x}\n> Text.\n> - source: [[r]]\n> - held by: [[k]]\n"},
	} {
		if got := filesOf(t, frontmatter.Config{Title: "T", Language: "en"}, files); got["claims.json"] != nil || got["claims.csv"] != nil || got["claims.schema.json"] != nil {
			t.Errorf("%s: exported %q", name, slices.Collect(maps.Keys(got)))
		}
	}
}
