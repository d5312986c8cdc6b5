package frontmatter

import (
	"maps"
	"slices"

	"go.yaml.in/yaml/v3"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/kind"
)

// schema is the set of keys a mapping may have.
type schema map[string]field

// field is one key: what it means, what its value looks like, and what to do
// with it.
type field struct {
	required bool
	doc      string // one sentence for editors that complete keys
	shape    shape
	set      func(m *matter, value *yaml.Node)
}

// shape is what a value looks like, as JSON Schema (draft 2020-12).
type shape map[string]any

var (
	plainText = shape{"type": "string", "minLength": 1}
	yesOrNo   = shape{"type": "boolean"}
	number    = shape{"type": "integer"}
	webPage   = shape{"type": "string", "format": "uri"}
	// YAML reads 2024 as a number and 2024-12-24 as a date or a text.
	dateShape = shape{"anyOf": []shape{{"type": "string", "pattern": `^\d{4}(-\d\d(-\d\d)?)?$`}, {"type": "integer", "minimum": 1, "maximum": 9999}}}
)

// must makes a field required.
func (f field) must() field {
	f.required = true
	return f
}

func textField(doc string, to *string) field {
	return field{doc: doc, shape: plainText, set: func(m *matter, n *yaml.Node) { *to = m.prose(n) }}
}

func dateField(doc string, to *Date) field {
	return field{doc: doc, shape: dateShape, set: func(m *matter, n *yaml.Node) { *to = m.date(n) }}
}

func flagField(doc string, to *bool) field {
	return field{doc: doc, shape: yesOrNo, set: func(m *matter, n *yaml.Node) { *to = m.flag(n) }}
}

func wordField(doc string, set func(string, diag.Position), words ...string) field {
	return field{doc: doc, shape: shape{"enum": words}, set: func(m *matter, n *yaml.Node) { set(m.oneOf(n, words...), m.at(n)) }}
}

func listField(doc string, of shape, set func(m *matter, n *yaml.Node)) field {
	return field{doc: doc, shape: shape{"type": "array", "items": of}, set: func(m *matter, n *yaml.Node) {
		m.each(n, func(n *yaml.Node) { set(m, n) })
	}}
}

// shape is that of a mapping with these keys.
func (s schema) shape() shape {
	keys, required := shape{}, []string{}
	for _, key := range slices.Sorted(maps.Keys(s)) {
		f := s[key]
		of := maps.Clone(f.shape)
		of["description"] = f.doc
		keys[key] = of
		if f.required {
			required = append(required, key)
		}
	}
	return shape{"type": "object", "additionalProperties": false, "properties": keys, "required": required}
}

// JSONSchema describes the front matter of a kind of page, as JSON Schema
// (draft 2020-12), for editors that complete and check keys.
func JSONSchema(k kind.Kind) map[string]any {
	s := schemaFor(k, &Front{}).shape()
	s["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	s["title"] = "Front matter of a page of kind " + string(k)
	return s
}

// ConfigSchema describes site.yaml.
func ConfigSchema() map[string]any {
	s := configSchema(&Config{}).shape()
	s["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	s["title"] = ConfigFile
	return s
}
