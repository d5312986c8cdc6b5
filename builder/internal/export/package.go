package export

import (
	"cmp"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"

	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/media"
	"analysis/builder/internal/site"
)

// Resource describes a data file, or the files of single claims together.
type Resource struct {
	Name           string          `json:"name"`
	Path           string          `json:"path"` // of the first file
	Type           string          `json:"type,omitempty"`
	Format         string          `json:"format"`
	MediaType      string          `json:"mediatype"`
	Encoding       string          `json:"encoding"`
	Bytes          int             `json:"bytes"`
	Hash           string          `json:"hash"`
	Schema         json.RawMessage `json:"schema,omitempty"`
	Fields         []string        `json:"-"` // of a table
	Records, Files int             `json:"-"` // no records in a schema
	data           []byte
}

// dataInput is all that the data files depend on: the pages of claims, events and sources.
type dataInput struct {
	config *frontmatter.Config
	pages  []*site.Page
}

// packaged is the data files by name, with a Data Package (https://datapackage.org/standard/data-package/)
// that describes them, and what is in them, with one Resource for all single claims.
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
		r := made[name].named(name)
		all, out.files[name] = append(all, r), r.data
		if n := len(out.resources); n > 0 && path.Dir(name) != "." && path.Dir(name) == path.Dir(out.resources[n-1].Path) {
			last := &out.resources[n-1]
			last.Files, last.Bytes, last.Records = last.Files+1, last.Bytes+r.Bytes, last.Records+r.Records
		} else {
			out.resources = append(out.resources, r)
		}
	}
	c := in.config
	d := map[string]any{
		"$schema": "https://datapackage.org/profiles/2.0/datapackage.json", "name": "data", "title": c.Title, "description": c.Description,
		"homepage": c.BaseURL, "contributors": []any{map[string]string{"title": c.Author}},
		"licenses": []any{map[string]string{"path": c.LicenseURL(), "title": c.License}}, "resources": all,
	}
	for key, value := range map[string]string{"description": c.Description, "homepage": c.BaseURL, "contributors": c.Author, "licenses": c.License} {
		if value == "" {
			delete(d, key)
		}
	}
	out.files["datapackage.json"] = encodeJSON(d)
	return out
}

// named returns the description of a file with its data and records. claims.csv is the resource
// claims, claims.json is claims-json.
func (r Resource) named(name string) Resource {
	sum := sha256.Sum256(r.data)
	r.Name, r.Path, r.Format, r.MediaType = url.PathEscape(strings.NewReplacer("/", "_", ".", "-").Replace(name)), name, path.Ext(name)[1:], media.Type(name)
	r.Name = strings.ToLower(strings.ReplaceAll(r.Name, "%", ".")) // programs take these letters alone
	r.Encoding, r.Bytes, r.Hash, r.Files = "utf-8", len(r.data), "sha256:"+hex.EncodeToString(sum[:]), 1
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
