package compiled

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"text/template/parse"
)

// builtin is a function of text/template. It gives up at arguments that it does not
// support.
type builtin struct {
	args int  // least number of arguments
	more bool // whether there may be more
	call func(args []reflect.Value) reflect.Value
}

// builtins are the functions of text/template that layouts call often.
var builtins = map[string]builtin{
	"not":   {1, false, func(a []reflect.Value) reflect.Value { return reflect.ValueOf(!truth(a[0])) }},
	"len":   {1, false, func(a []reflect.Value) reflect.Value { return reflect.ValueOf(length(a[0])) }},
	"index": {2, false, func(a []reflect.Value) reflect.Value { return element(a[0], a[1]) }},
	"eq": {2, true, func(a []reflect.Value) reflect.Value {
		return reflect.ValueOf(slices.ContainsFunc(a[1:], func(b reflect.Value) bool { return equal(a[0], b) }))
	}},
	"ne": {2, false, func(a []reflect.Value) reflect.Value { return reflect.ValueOf(!equal(a[0], a[1])) }},
	"lt": {2, false, func(a []reflect.Value) reflect.Value { return reflect.ValueOf(compare(a[0], a[1]) < 0) }},
	"le": {2, false, func(a []reflect.Value) reflect.Value { return reflect.ValueOf(compare(a[0], a[1]) <= 0) }},
	"gt": {2, false, func(a []reflect.Value) reflect.Value { return reflect.ValueOf(compare(a[0], a[1]) > 0) }},
	"ge": {2, false, func(a []reflect.Value) reflect.Value { return reflect.ValueOf(compare(a[0], a[1]) >= 0) }},
}

// rareBuiltins are other functions of text/template. They are called by reflection, like
// the functions of the caller.
var rareBuiltins = map[string]any{
	"print":  fmt.Sprint,
	"printf": fmt.Sprintf,
	"slice":  func(s string, from, to int) string { return s[from:to] },
}

// function compiles a call of a named function.
func (c *compiler) function(n *parse.IdentifierNode, args []argument) expression {
	b, known := builtins[n.Ident]
	f := c.funcs[n.Ident]
	if f == nil {
		f = rareBuiltins[n.Ident]
	}
	switch {
	case f != nil:
		call := newCall(n.Ident, reflect.ValueOf(f), false, args)
		return func(s *state) reflect.Value { return call.run(s, reflect.Value{}) }
	case (n.Ident == "and" || n.Ident == "or") && len(args) > 0:
		return andOr(n.Ident == "or", args)
	case !known || len(args) < b.args || len(args) > b.args && !b.more:
		panic(c.unsupported(n))
	}
	return func(s *state) reflect.Value {
		from := len(s.args)
		for _, a := range args {
			v := a.value(s)
			s.args = append(s.args, v)
		}
		v := b.call(s.args[from:])
		s.args = s.args[:from]
		return v
	}
}

// andOr compiles "and" or "or": the first argument whose truth is decides, or the last.
func andOr(decides bool, args []argument) expression {
	return func(s *state) (v reflect.Value) {
		for _, a := range args {
			if v = a.value(s); truth(v) == decides {
				break
			}
		}
		return v
	}
}

func length(v reflect.Value) int {
	switch v.Kind() {
	case reflect.Slice, reflect.Array, reflect.Map, reflect.String:
		return v.Len()
	}
	panic(fallback("len of neither a list nor a string"))
}

func element(list, index reflect.Value) reflect.Value {
	if list.Kind() == reflect.Slice && index.Kind() == reflect.Int && index.Int() >= 0 && index.Int() < int64(list.Len()) {
		return concrete(list.Index(int(index.Int())))
	}
	panic(fallback("index that is not in a list"))
}

// equal compares two strings, integers, booleans or pointers.
func equal(a, b reflect.Value) bool {
	switch k := a.Kind(); {
	case k != b.Kind():
	case k == reflect.String:
		return a.String() == b.String()
	case k == reflect.Int:
		return a.Int() == b.Int()
	case k == reflect.Bool:
		return a.Bool() == b.Bool()
	case k == reflect.Pointer && a.Type() == b.Type():
		return a.Pointer() == b.Pointer()
	}
	panic(fallback("eq of different types"))
}

// compare compares two strings or integers, like cmp.Compare.
func compare(a, b reflect.Value) int {
	switch k := a.Kind(); {
	case k != b.Kind():
	case k == reflect.String:
		return strings.Compare(a.String(), b.String())
	case k == reflect.Int:
		return cmp.Compare(a.Int(), b.Int())
	}
	panic(fallback("comparison of different types"))
}
