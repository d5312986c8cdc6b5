package program

import (
	"fmt"
	"reflect"
	"strings"
)

// builtins are those functions of text/template that are known here, for what
// layouts do with them; anything else is given up.
func builtins() map[string]func([]value) value {
	return map[string]func([]value) value{
		"not": func(in []value) value { wants(in, 1); return valueOf(!in[0].truth()) },
		"len": func(in []value) value { wants(in, 1); return valueOf(length(in[0])) },
		"eq":  func(in []value) value { return valueOf(equalsAny(in)) },
		"ne":  func(in []value) value { wants(in, 2); return valueOf(!equals(in[0], in[1])) },
		"lt":  func(in []value) value { return valueOf(compared(in) < 0) },
		"le":  func(in []value) value { return valueOf(compared(in) <= 0) },
		"gt":  func(in []value) value { return valueOf(compared(in) > 0) },
		"ge":  func(in []value) value { return valueOf(compared(in) >= 0) },
		"print": func(in []value) value {
			return textValue(fmt.Sprint(anys(in)...))
		},
		"printf": func(in []value) value {
			if len(in) == 0 || in[0].kind != text {
				panic(giveUp{})
			}
			return textValue(fmt.Sprintf(in[0].text, anys(in[1:])...))
		},
		"index": func(in []value) value {
			wants(in, 2)
			list, i := in[0].of, number(in[1])
			if in[0].kind != other || list.Kind() != reflect.Slice || i < 0 || i >= list.Len() {
				panic(giveUp{})
			}
			return reflected(list.Index(i))
		},
		"slice": func(in []value) value {
			wants(in, 3)
			if in[0].kind != text {
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

func wants(in []value, n int) {
	if len(in) != n {
		panic(giveUp{})
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
func compared(in []value) int {
	wants(in, 2)
	if s, ok := in[0].asText(); ok {
		if t, ok := in[1].asText(); ok {
			return strings.Compare(s, t)
		}
	} else if in[0].kind == other && in[1].kind == other && in[0].of.CanInt() && in[1].of.CanInt() {
		switch x, y := in[0].of.Int(), in[1].of.Int(); {
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
