package frontmatter

import (
	"fmt"
	"maps"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// schema is the set of keys that a mapping read into a T may have.
type schema[T any] map[string]field[T]

// field is one key: what it means, what its value looks like, and where it goes.
type field[T any] struct {
	required bool
	doc      string // one sentence for editors that complete keys
	shape    shape
	set      func(d *decoder, to *T, value *yaml.Node)
}

// shape is what a value looks like, as JSON Schema (draft 2020-12), in which the
// keys of a mapping are its schema.
type shape map[string]any

var (
	plainText = shape{"type": "string", "minLength": 1}
	yesOrNo   = shape{"type": "boolean"}
	number    = shape{"type": "integer"}
	webPage   = shape{"type": "string", "format": "uri"}
	// YAML reads 2024 as a number and 2024-12-24 as a date or a text.
	dateShape = shape{"anyOf": []any{shape{"type": "string", "pattern": `^\d{4}(-\d\d(-\d\d)?)?$`}, shape{"type": "integer", "minimum": 1, "maximum": 9999}}}
)

// must makes a field required.
func (f field[T]) must() field[T] {
	f.required = true
	return f
}

// join is a schema with the keys of several.
func join[T any](parts ...schema[T]) schema[T] {
	all := schema[T]{}
	for _, s := range parts {
		maps.Copy(all, s)
	}
	return all
}

func textField[T any](doc string, of func(*T) *string) field[T] {
	return field[T]{doc: doc, shape: plainText, set: func(d *decoder, to *T, n *yaml.Node) { *of(to) = d.prose(n) }}
}

// shortField takes a text of so many characters at most.
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
	return field[T]{doc: doc, shape: plainText, set: func(d *decoder, to *T, n *yaml.Node) { *of(to) = d.ref(key, n) }}
}

// autolinkField is written the other way round from how it is kept.
func autolinkField[T any](doc string, no func(*T) *bool) field[T] {
	return field[T]{doc: doc, shape: yesOrNo, set: func(d *decoder, to *T, n *yaml.Node) { *no(to) = !d.flag(n) }}
}

func wordField[T any](doc string, of func(*T) *string, words ...string) field[T] {
	return field[T]{doc: doc, shape: shape{"enum": words}, set: func(d *decoder, to *T, n *yaml.Node) { *of(to) = d.oneOf(n, words...) }}
}

// tagField takes a language tag (BCP 47).
func tagField[T any](doc string, of func(*T) *string) field[T] {
	return field[T]{doc: doc, shape: shape{"type": "string", "pattern": languageTag.String()}, set: func(d *decoder, to *T, n *yaml.Node) {
		tag := d.text(n)
		if *of(to) = tag; tag != "" && !languageTag.MatchString(tag) {
			d.errorf(n, LanguageTagHint, "%q is not a language tag", tag)
		}
	}}
}

// languageKeys say of what language a text is.
func languageKeys[T any](of func(*T) *Language) schema[T] {
	return schema[T]{
		"lang": tagField("Its language where that differs, a tag such as en, en-GB or ur.", func(to *T) *string { return &of(to).Lang }),
		"dir":  wordField("Its direction if that is not the usual one of its language.", func(to *T) *string { return &of(to).Dir }, LeftToRight, RightToLeft),
	}
}

// listField takes a list; set is called for each of its entries.
func listField[T any](doc string, entry any, set func(d *decoder, to *T, entry *yaml.Node)) field[T] {
	return field[T]{doc: doc, shape: shape{"type": "array", "items": entry}, set: func(d *decoder, to *T, n *yaml.Node) {
		d.each(n, func(n *yaml.Node) { set(d, to, n) })
	}}
}

// mappingsField takes a list of mappings, each of which is appended to a list.
func mappingsField[T, E any](doc, what string, s schema[E], of func(*T) *[]E) field[T] {
	return listField(doc, s, func(d *decoder, to *T, n *yaml.Node) {
		var e E
		mapping(d, n, what, s, &e)
		*of(to) = append(*of(to), e)
	})
}
