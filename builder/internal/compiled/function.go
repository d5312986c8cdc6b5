package compiled

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"text/template/parse"
)

// builtin is a function of text/template, as far as it is known here; anything
// else is given up.
type builtin struct {
	args int // at least
	more bool
	call func(args []reflect.Value) reflect.Value
}

// builtins are those that layouts call often.
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

// seldom are those that are called by reflection, as the functions of the caller
// are.
var seldom = map[string]any{
	"print":  fmt.Sprint,
	"printf": fmt.Sprintf,
	"slice":  func(s string, from, to int) string { return s[from:to] },
}

// function is a call of a function that has a name.
func (c *compiler) function(n *parse.IdentifierNode, args []argument) expression {
	b, known := builtins[n.Ident]
	f := c.funcs[n.Ident]
	if f == nil {
		f = seldom[n.Ident]
	}
	switch {
	case f != nil:
		call := newCall(n.Ident, reflect.ValueOf(f), false, args)
		return func(s *state) reflect.Value { return call.run(s, reflect.Value{}) }
	case (n.Ident == "and" || n.Ident == "or") && len(args) > 0:
		return andOr(n.Ident == "or", args)
	case !known || len(args) < b.args || len(args) > b.args && !b.more:
		panic(c.unknown(n))
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

// andOr is the value of the first argument that decides, or of the last.
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

// equal compares strings, integers, truths and pointers, each with its like.
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

// compare is negative, 0 or positive as the first of two strings or integers is
// less, equal or greater.
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
