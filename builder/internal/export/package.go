package export

import (
	"cmp"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"maps"
	"path"
	"slices"
	"strings"

	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/media"
	"analysis/builder/internal/site"
)

// PackageName is the name of the Data Package (https://datapackage.org/standard/data-package/),
// which describes all data files.
const PackageName = "datapackage.json"

// dataFile is a file of data and the number of records in it, 0 for a schema.
type dataFile struct {
	data    []byte
	records int
}

// Resource describes a data file, or the files of single claims together.
type Resource struct {
	Name      string          `json:"name"`
	Path      string          `json:"path"` // of the first file
	Type      string          `json:"type,omitempty"`
	Format    string          `json:"format"`
	MediaType string          `json:"mediatype"`
	Encoding  string          `json:"encoding"`
	Bytes     int             `json:"bytes"`
	Hash      string          `json:"hash"`
	Schema    json.RawMessage `json:"schema,omitempty"`
	Fields    []string        `json:"-"` // of a table
	Records   int             `json:"-"`
	Files     int             `json:"-"`
}

// dataInput is all that the data files depend on: the pages of claims, events and sources.
type dataInput struct {
	config *frontmatter.Config
	pages  []*site.Page
}

// packaged is the data files by name, and what is in them, with one Resource for all single claims.
type packaged struct {
	files     map[string][]byte
	resources []Resource
}

// pack makes the data files, and describes them sorted by name, those of single claims last.
func pack(in dataInput) packaged {
	made, out := dataFiles(in.pages), packaged{files: map[string][]byte{}}
	if len(made) == 0 {
		return out
	}
	var all []Resource
	for _, name := range slices.SortedFunc(maps.Keys(made), func(a, b string) int {
		return cmp.Or(strings.Count(a, "/")-strings.Count(b, "/"), strings.Compare(a, b))
	}) {
		r := describe(name, made[name])
		all, out.files[name] = append(all, r), made[name].data
		if n := len(out.resources); n > 0 && path.Dir(name) != "." && path.Dir(name) == path.Dir(out.resources[n-1].Path) {
			last := &out.resources[n-1]
			last.Files, last.Bytes, last.Records = last.Files+1, last.Bytes+r.Bytes, last.Records+r.Records
		} else {
			out.resources = append(out.resources, r)
		}
	}
	c, l, by := in.config, map[string]string{"path": in.config.LicenseURL(), "name": in.config.License}, map[string]string{"title": in.config.Author}
	if strings.ContainsAny(c.License, ":+") { // a name has none of these
		delete(l, "name")
	}
	d := map[string]any{
		"$schema": "https://datapackage.org/profiles/2.0/datapackage.json", "name": "data", "title": c.Title, "description": c.Description,
		"homepage": c.BaseURL, "contributors": []any{by}, "licenses": []any{l}, "resources": all,
	}
	for key, value := range map[string]string{"description": c.Description, "homepage": c.BaseURL, "contributors": c.Author, "licenses": c.License} {
		if value == "" {
			delete(d, key)
		}
	}
	out.files[PackageName] = encodeJSON(d)
	return out
}

// describe describes a data file. claims.csv is the resource claims, claims.json is claims-json.
func describe(name string, f dataFile) Resource {
	sum := sha256.Sum256(f.data)
	r := Resource{
		Name: strings.NewReplacer("/", "-", ".", "-").Replace(name), Path: name, Format: path.Ext(name)[1:], MediaType: media.Type(name), Encoding: "utf-8",
		Bytes: len(f.data), Hash: "sha256:" + hex.EncodeToString(sum[:]), Records: f.records, Files: 1,
	}
	if r.Format == "csv" {
		r.Name, r.Type = strings.TrimSuffix(name, ".csv"), "table"
		r.Schema, r.Fields = columns(name)
	}
	return r
}

// tables describes the columns of the CSV files, as https://datapackage.org/standard/table-schema/.
//
//go:embed tables.json
var tables []byte

// columns returns the description of a table, and the names of its columns.
func columns(name string) (schema json.RawMessage, names []string) {
	var all map[string]json.RawMessage
	var table struct{ Fields []struct{ Name string } }
	err := json.Unmarshal(tables, &all)
	if err = cmp.Or(err, json.Unmarshal(all[name], &table)); err != nil {
		panic(err)
	}
	for _, f := range table.Fields {
		names = append(names, f.Name)
	}
	return all[name], names
}
