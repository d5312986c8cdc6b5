package compiled

import (
	"reflect"
	"text/template/parse"
)

// methodName names a method of a type.
type methodName struct {
	of   reflect.Type
	name string
}

// Method is one that is called without reflection. Method0 and Method1 make it.
type Method struct {
	methodName
	args int
	call func(*machine, value, []argument) value
}

// Method0 is a method of R, a pointer, without arguments.
func Method0[R, T any](name string, f func(R) T) Method {
	return Method{methodName{reflect.TypeFor[R](), name}, 0, func(_ *machine, of value, _ []argument) value {
		return valueOf(f(as[R](of)))
	}}
}

// Method1 is a method of R with one argument.
func Method1[R, A, T any](name string, f func(R, A) T) Method {
	return Method{methodName{reflect.TypeFor[R](), name}, 1, func(m *machine, of value, args []argument) value {
		return valueOf(f(as[R](of), as[A](args[0].get(m))))
	}}
}

func as[T any](v value) T {
	t, ok := v.any().(T)
	if !ok {
		panic(giveUp{})
	}
	return t
}

// call is a function that is called by reflection.
type call struct {
	f         reflect.Value
	in        []reflect.Type  // of the arguments that a template gives
	constants []reflect.Value // of them, those known beforehand
	skip      int             // arguments before those
	fails     bool            // it returns an error as well
	ok        bool
}

// newCall readies a function for the arguments that stand behind it in a
// template; skip is how many it gets before them.
func newCall(f reflect.Value, skip int, args []argument) *call {
	t := f.Type()
	c := &call{f: f, skip: skip, fails: t.NumOut() == 2, ok: t.NumOut() == 1 || t.NumOut() == 2 && t.Out(1) == reflect.TypeFor[error]()}
	fixed := t.NumIn() - skip
	if t.IsVariadic() {
		fixed--
	}
	if len(args) < fixed || len(args) > fixed && !t.IsVariadic() {
		c.ok = false
		return c
	}
	for i, a := range args {
		in := t.In(min(i+skip, t.NumIn()-1))
		if i >= fixed {
			in = in.Elem()
		}
		var known reflect.Value
		if a.node != nil {
			v, ok := constant(a.node, in)
			c.ok = c.ok && ok
			known = v.reflect()
		}
		c.in, c.constants = append(c.in, in), append(c.constants, known)
	}
	return c
}

// run calls the function; of is the receiver of a method.
func (c *call) run(m *machine, of reflect.Value, args []argument) value {
	if !c.ok {
		panic(giveUp{})
	}
	in := make([]reflect.Value, 0, 8)
	if c.skip > 0 {
		in = append(in, of)
	}
	for i, a := range args {
		if c.constants[i].IsValid() {
			in = append(in, c.constants[i])
		} else {
			in = append(in, fit(a.get(m), c.in[i]))
		}
	}
	out := c.f.Call(in)
	if c.fails && !out[1].IsNil() {
		panic(giveUp{})
	}
	return reflected(out[0])
}

// fit makes a value one that a parameter takes.
func fit(v value, t reflect.Type) reflect.Value {
	r := v.reflect()
	switch {
	case v.kind == none:
		panic(giveUp{})
	case r.Type().AssignableTo(t):
		return r
	case r.Kind() == reflect.Pointer && !r.IsNil() && r.Type().Elem().AssignableTo(t):
		return r.Elem()
	case r.CanAddr() && reflect.PointerTo(r.Type()).AssignableTo(t):
		return r.Addr()
	}
	panic(giveUp{})
}

// constant is what a literal means for a parameter of a type; nil for any.
func constant(n parse.Node, t reflect.Type) (value, bool) {
	if t == nil {
		t = reflect.TypeFor[any]()
	}
	free := t.Kind() == reflect.Interface && t.NumMethod() == 0
	switch n := n.(type) {
	case *parse.StringNode:
		if free {
			return textValue(n.Text), true
		}
		if t.Kind() == reflect.String {
			v := reflect.New(t).Elem()
			v.SetString(n.Text)
			return reflected(v), true
		}
	case *parse.BoolNode:
		if free {
			return valueOf(n.True), true
		}
		if t.Kind() == reflect.Bool {
			v := reflect.New(t).Elem()
			v.SetBool(n.True)
			return reflected(v), true
		}
	case *parse.NumberNode:
		switch {
		case !n.IsInt || n.Text[0] == '\'' || n.IsComplex && !n.IsFloat:
		case free:
			return valueOf(int(n.Int64)), int64(int(n.Int64)) == n.Int64 && !fraction(n.Text)
		case t.Kind() == reflect.Int:
			v := reflect.New(t).Elem()
			v.SetInt(n.Int64)
			return reflected(v), true
		}
	}
	return value{}, false
}

// fraction reports whether a number is written as one that is no integer: 1.0.
func fraction(s string) bool {
	for _, c := range s {
		if c < '0' || c > '9' {
			return c != '-' && c != '+'
		}
	}
	return false
}

// function is a call of one that has a name.
func (c *compiler) function(n *parse.IdentifierNode, args []argument) (get, error) {
	if f, ok := c.funcs[n.Ident]; ok {
		switch f := f.(type) {
		case func(...any) (map[string]any, error):
			return func(m *machine) value {
				in := make([]any, len(args))
				for i, a := range args {
					in[i] = a.get(m).any()
				}
				out, err := f(in...)
				if err != nil {
					panic(giveUp{})
				}
				return value{kind: other, of: reflect.ValueOf(out)}
			}, nil
		}
		run := newCall(reflect.ValueOf(f), 0, args)
		if !run.ok {
			return nil, unknown(n)
		}
		return func(m *machine) value { return run.run(m, reflect.Value{}, args) }, nil
	}
	switch {
	case n.Ident == "and" || n.Ident == "or":
		return junction(n, args)
	case len(args) == 1 && c.unaries[n.Ident] != nil:
		f, a := c.unaries[n.Ident], args[0].get
		return func(m *machine) value { return f(a(m)) }, nil
	case len(args) == 2 && c.binaries[n.Ident] != nil:
		f, a, b := c.binaries[n.Ident], args[0].get, args[1].get
		return func(m *machine) value { return f(a(m), b(m)) }, nil
	case c.builtins[n.Ident] != nil:
		f := c.builtins[n.Ident]
		return func(m *machine) value {
			in := make([]value, 0, 4)
			for _, a := range args {
				in = append(in, a.get(m))
			}
			return f(in)
		}, nil
	}
	return nil, unknown(n)
}

// junction is and, or: the value of the first argument that decides, or of the
// last.
func junction(n *parse.IdentifierNode, args []argument) (get, error) {
	if len(args) == 0 {
		return nil, unknown(n)
	}
	decides := n.Ident == "or"
	return func(m *machine) (v value) {
		for _, a := range args {
			if v = a.get(m); v.truth() == decides {
				break
			}
		}
		return v
	}, nil
}
