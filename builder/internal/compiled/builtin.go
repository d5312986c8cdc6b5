package compiled

import (
	"fmt"
	"reflect"
	"strings"
)

// Those functions of text/template that are known here, for what layouts do with
// them; anything else is given up. Most take one value or two.
type (
	unary  func(value) value
	binary func(a, b value) value
)

func unaries() map[string]unary {
	return map[string]unary{
		"not": func(v value) value { return valueOf(!v.truth()) },
		"len": func(v value) value { return valueOf(length(v)) },
	}
}

func binaries() map[string]binary {
	return map[string]binary{
		"eq": func(a, b value) value { return valueOf(equals(a, b)) },
		"ne": func(a, b value) value { return valueOf(!equals(a, b)) },
		"lt": func(a, b value) value { return valueOf(compared(a, b) < 0) },
		"le": func(a, b value) value { return valueOf(compared(a, b) <= 0) },
		"gt": func(a, b value) value { return valueOf(compared(a, b) > 0) },
		"ge": func(a, b value) value { return valueOf(compared(a, b) >= 0) },
		"index": func(a, b value) value {
			i := number(b)
			if a.kind != other || a.of.Kind() != reflect.Slice || i < 0 || i >= a.of.Len() {
				panic(giveUp{})
			}
			return reflected(a.of.Index(i))
		},
	}
}

func builtins() map[string]func([]value) value {
	return map[string]func([]value) value{
		"eq": func(in []value) value { return valueOf(equalsAny(in)) },
		"print": func(in []value) value {
			return textValue(fmt.Sprint(anys(in)...))
		},
		"printf": func(in []value) value {
			if len(in) == 0 || in[0].kind != text {
				panic(giveUp{})
			}
			return textValue(fmt.Sprintf(in[0].text, anys(in[1:])...))
		},
		"slice": func(in []value) value {
			if len(in) != 3 || in[0].kind != text {
				panic(giveUp{})
			}
			s, from, to := in[0].text, number(in[1]), number(in[2])
			if from < 0 || from > to || to > len(s) {
				panic(giveUp{})
			}
			return textValue(s[from:to])
		},
	}
}

func anys(in []value) []any {
	out := make([]any, len(in))
	for i, v := range in {
		out[i] = v.any()
	}
	return out
}

func number(v value) int {
	if v.kind != other || v.of.Kind() != reflect.Int {
		panic(giveUp{})
	}
	return int(v.of.Int())
}

func length(v value) int {
	switch {
	case v.kind == text:
		return len(v.text)
	case v.kind == other:
		switch v.of.Kind() {
		case reflect.Slice, reflect.Array, reflect.Map, reflect.String:
			return v.of.Len()
		}
	}
	panic(giveUp{})
}

func equalsAny(in []value) bool {
	if len(in) < 2 {
		panic(giveUp{})
	}
	for _, v := range in[1:] {
		if equals(in[0], v) {
			return true
		}
	}
	return false
}

// equals compares strings, integers, truths and pointers, each with its like.
func equals(a, b value) bool {
	if s, ok := a.asText(); ok {
		t, ok := b.asText()
		if !ok {
			panic(giveUp{})
		}
		return s == t
	}
	if a.kind != other || b.kind != other {
		panic(giveUp{})
	}
	switch x, y := a.of, b.of; {
	case x.CanInt() && y.CanInt():
		return x.Int() == y.Int()
	case x.Kind() == reflect.Bool && y.Kind() == reflect.Bool:
		return x.Bool() == y.Bool()
	case x.Kind() == reflect.Pointer && y.Type() == x.Type():
		return x.Pointer() == y.Pointer()
	}
	panic(giveUp{})
}

// compared is negative, 0 or positive as the first of two strings or integers is
// less, equal or greater.
func compared(a, b value) int {
	if s, ok := a.asText(); ok {
		if t, ok := b.asText(); ok {
			return strings.Compare(s, t)
		}
	} else if a.kind == other && b.kind == other && a.of.CanInt() && b.of.CanInt() {
		switch x, y := a.of.Int(), b.of.Int(); {
		case x < y:
			return -1
		case x > y:
			return 1
		}
		return 0
	}
	panic(giveUp{})
}

// asText is the string of a value of any type of strings.
func (v value) asText() (string, bool) {
	switch {
	case v.kind == text:
		return v.text, true
	case v.kind == other && v.of.Kind() == reflect.String:
		return v.of.String(), true
	}
	return "", false
}
