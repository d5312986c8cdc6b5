package frontmatter

import (
	"fmt"
	"maps"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// schema describes the keys of a YAML mapping that is read into a T.
type schema[T any] map[string]field[T]

// field describes one key.
type field[T any] struct {
	required bool
	doc      string // one sentence, shown by editors that complete keys
	shape    shape
	set      func(d *decoder, to *T, value *yaml.Node) // stores the value in to
}

// shape is a JSON Schema (draft 2020-12) for a value. In place of a JSON Schema it may
// contain a schema, which stands for a mapping with these keys.
type shape map[string]any

var (
	textTypes   = []string{"string", "number"} // what YAML makes of a text without quotes
	textShape   = shape{"type": textTypes, "minLength": 1}
	boolShape   = shape{"type": "boolean"}
	numberShape = shape{"type": "integer"}
	urlShape    = shape{"type": "string", "format": "uri"}
	// dateShape allows integers, because YAML reads 2024 as a number.
	dateShape = shape{"anyOf": []any{shape{"type": "string", "pattern": `^-?\d{4}(-\d\d(-\d\d)?)?$`}, shape{"type": "integer", "minimum": -9999, "maximum": 9999}}}
)

func (f field[T]) asRequired() field[T] {
	f.required = true
	return f
}

// join returns a schema with the keys of all parts.
func join[T any](parts ...schema[T]) schema[T] {
	all := schema[T]{}
	for _, s := range parts {
		maps.Copy(all, s)
	}
	return all
}

func textField[T any](doc string, of func(*T) *string) field[T] {
	return field[T]{doc: doc, shape: textShape, set: func(d *decoder, to *T, n *yaml.Node) { *of(to) = d.prose(n) }}
}

func shortField[T any](doc string, limit int, s shape, of func(*T) *string) field[T] {
	return field[T]{doc: doc, shape: s, set: func(d *decoder, to *T, n *yaml.Node) {
		text := d.prose(n)
		if length := utf8.RuneCountInString(text); length > limit {
			d.errorf(n, fmt.Sprintf("shorten it to at most %d characters", limit), "this is %d characters long", length)
		}
		*of(to) = text
	}}
}

func dateField[T any](doc string, of func(*T) *Date) field[T] {
	return field[T]{doc: doc, shape: dateShape, set: func(d *decoder, to *T, n *yaml.Node) { *of(to) = d.date(n) }}
}

func refField[T any](key, doc string, of func(*T) *Ref) field[T] {
	return field[T]{doc: doc, shape: textShape, set: func(d *decoder, to *T, n *yaml.Node) { *of(to) = d.ref(key, n) }}
}

// autolinkField is a boolean. It stores the opposite of what the author writes.
func autolinkField[T any](doc string, no func(*T) *bool) field[T] {
	return field[T]{doc: doc, shape: boolShape, set: func(d *decoder, to *T, n *yaml.Node) { *no(to) = !d.boolean(n) }}
}

func wordField[T any](doc string, of func(*T) *string, words ...string) field[T] {
	return field[T]{doc: doc, shape: shape{"enum": words}, set: func(d *decoder, to *T, n *yaml.Node) { *of(to) = d.oneOf(n, words...) }}
}

// tagField is a language tag (BCP 47).
func tagField[T any](doc string, of func(*T) *string) field[T] {
	return field[T]{doc: doc, shape: shape{"type": "string", "pattern": languageTag.String()}, set: func(d *decoder, to *T, n *yaml.Node) {
		tag := d.text(n)
		if *of(to) = tag; tag != "" && !languageTag.MatchString(tag) {
			d.errorf(n, LanguageTagHint, "%q is not a language tag", tag)
		}
	}}
}

// languageKeys are the keys for the language of a text.
func languageKeys[T any](of func(*T) *Language) schema[T] {
	return schema[T]{
		"lang": tagField("Its language where that differs, a tag such as en, en-GB or ur.", func(to *T) *string { return &of(to).Lang }),
		"dir":  wordField("Its direction if that is not the usual one of its language.", func(to *T) *string { return &of(to).Dir }, LeftToRight, RightToLeft),
	}
}

// listField is a list. It calls set for each entry.
func listField[T any](doc string, entry any, set func(d *decoder, to *T, entry *yaml.Node)) field[T] {
	return field[T]{doc: doc, shape: shape{"type": "array", "items": entry}, set: func(d *decoder, to *T, n *yaml.Node) {
		d.eachEntry(n, func(n *yaml.Node) { set(d, to, n) })
	}}
}

// mappingsField is a list of mappings. It appends each of them to a slice.
func mappingsField[T, E any](doc, what string, s schema[E], of func(*T) *[]E) field[T] {
	return listField(doc, s, func(d *decoder, to *T, n *yaml.Node) {
		var e E
		mapping(d, n, what, s, &e)
		*of(to) = append(*of(to), e)
	})
}
