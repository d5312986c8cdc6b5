package compiled

import (
	"fmt"
	"html/template"
	"reflect"
	"strconv"
)

// value is what an expression comes to. Plain strings, which are most, are kept as
// they are; all else is held as reflection has it, never as an interface.
type value struct {
	kind kind
	text string
	of   reflect.Value
}

type kind uint8

const (
	none  kind = iota // nil without a type
	text              // a string in text
	other             // in of
)

var stringType = reflect.TypeFor[string]()

func textValue(s string) value { return value{kind: text, text: s} }

func valueOf(v any) value {
	if s, ok := v.(string); ok {
		return textValue(s)
	}
	return reflected(reflect.ValueOf(v))
}

// reflected is the value that reflection found, out of its interface.
func reflected(v reflect.Value) value {
	if v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	switch {
	case !v.IsValid():
		return value{}
	case v.Kind() == reflect.String && v.Type() == stringType:
		return textValue(v.String())
	}
	return value{kind: other, of: v}
}

// reflect is the value as reflection has it.
func (v value) reflect() reflect.Value {
	if v.kind == text {
		return reflect.ValueOf(v.text)
	}
	return v.of
}

// any is the value as functions take it. None is a nil that no caller has
// wanted, so it is given up.
func (v value) any() any {
	switch {
	case v.kind == text:
		return v.text
	case v.kind == none || !v.of.CanInterface():
		panic(giveUp{})
	}
	return v.of.Interface()
}

// truth is what {{if}} makes of a value.
func (v value) truth() bool {
	switch v.kind {
	case text:
		return v.text != ""
	case none:
		return false
	}
	switch v.of.Kind() {
	case reflect.Bool:
		return v.of.Bool()
	case reflect.String, reflect.Slice, reflect.Array, reflect.Map:
		return v.of.Len() > 0
	case reflect.Pointer:
		return !v.of.IsNil()
	case reflect.Struct:
		return true
	case reflect.Int:
		return v.of.Int() != 0
	}
	panic(giveUp{})
}

// content says what a text is safe as, by its type.
type content uint8

const (
	plain content = iota
	safeHTML
	safeJS
	safeURL
	safeOther
)

var safeTypes = map[reflect.Type]content{
	reflect.TypeFor[template.HTML](): safeHTML, reflect.TypeFor[template.JS](): safeJS, reflect.TypeFor[template.URL](): safeURL,
	reflect.TypeFor[template.CSS](): safeOther, reflect.TypeFor[template.HTMLAttr](): safeOther,
	reflect.TypeFor[template.JSStr](): safeOther, reflect.TypeFor[template.Srcset](): safeOther,
}

// string is how html/template's escapers see a value.
func (v value) string() (string, content) {
	switch v.kind {
	case text:
		return v.text, plain
	case none:
		panic(giveUp{})
	}
	t := v.of.Type()
	switch t.Kind() {
	case reflect.String:
		if c := safeTypes[t]; c != plain || t.NumMethod() == 0 {
			return v.of.String(), c
		}
	case reflect.Int:
		if t.NumMethod() == 0 {
			return strconv.FormatInt(v.of.Int(), 10), plain
		}
	case reflect.Pointer:
		panic(giveUp{})
	}
	return fmt.Sprint(v.any()), plain
}
