package compiled

import (
	"reflect"
	"slices"
	"sync/atomic"
)

// fields compiles a chain of fields of a value. The last one gets the arguments.
func fields(value expression, names []string, args []argument) expression {
	for i, name := range names {
		of, f := value, &field{name: name}
		if i == len(names)-1 {
			f.args = args
		}
		value = func(s *state) reflect.Value { return f.of(s, of(s)) }
	}
	return value
}

// field is a name after a dot: a method, a field of a struct or a key of a map. It
// remembers the access for each type it has seen.
type field struct {
	name  string
	args  []argument
	known atomic.Pointer[access]
}

// access is the way to get a field from values of one type.
type access struct {
	typ  reflect.Type
	get  func(s *state, v reflect.Value) reflect.Value
	next *access // of another type
}

// of returns the field of a value. It uses a pointer to an addressable value, because
// the pointer has all methods.
func (f *field) of(s *state, v reflect.Value) reflect.Value {
	switch {
	case !v.IsValid():
		panic(fallback("nil has no ." + f.name))
	case v.Kind() != reflect.Pointer && v.CanAddr():
		v = v.Addr()
	}
	typ := v.Type()
	first := f.known.Load()
	a := first
	for a != nil && a.typ != typ {
		a = a.next
	}
	if a == nil {
		a = &access{typ, f.find(typ), first}
		f.known.Store(a) // one stored by another goroutine may be lost; it is found again
	}
	return concrete(a.get(s, v))
}

// find looks for a method first, like text/template, and then for a field or a key.
func (f *field) find(t reflect.Type) func(*state, reflect.Value) reflect.Value {
	if m, ok := t.MethodByName(f.name); ok {
		return newCall(f.name, m.Func, true, f.args).run
	}
	inner := t
	if t.Kind() == reflect.Pointer {
		inner = t.Elem()
	}
	switch inner.Kind() {
	case reflect.Struct:
		if field, ok := inner.FieldByName(f.name); ok && field.IsExported() && len(f.args) == 0 {
			return follow(field.Index)
		}
	case reflect.Map:
		if key := reflect.ValueOf(f.name); stringType.AssignableTo(inner.Key()) && len(f.args) == 0 {
			return func(_ *state, v reflect.Value) reflect.Value { return reflect.Indirect(v).MapIndex(key) }
		}
	}
	panic(fallback("no field or method ." + f.name + " that takes these arguments in " + t.String()))
}

// follow returns a function that gets a field through embedded structs.
func follow(index []int) func(*state, reflect.Value) reflect.Value {
	return func(_ *state, v reflect.Value) reflect.Value {
		for _, i := range index {
			if v = reflect.Indirect(v); !v.IsValid() {
				panic(fallback("field of a nil pointer"))
			}
			v = v.Field(i)
		}
		return v
	}
}

// call is a function that is called by reflection.
type call struct {
	name   string
	f      reflect.Value
	method bool // its first argument is the receiver
	args   []argument
	in     []reflect.Type // types of the parameters for args
	fails  bool           // it also returns an error
}

// newCall prepares a call. It gives up if the function takes a different number of
// arguments or has results that a template cannot use.
func newCall(name string, f reflect.Value, method bool, args []argument) *call {
	t := f.Type()
	in := slices.Collect(t.Ins())
	if method {
		in = in[1:]
	}
	if t.IsVariadic() {
		more := in[len(in)-1].Elem()
		in = in[:len(in)-1]
		for len(in) < len(args) {
			in = append(in, more)
		}
	}
	fails := t.NumOut() == 2 && t.Out(1) == reflect.TypeFor[error]()
	if len(in) != len(args) || t.NumOut() != 1 && !fails {
		panic(fallback("call of " + name + " with other arguments or results"))
	}
	return &call{name, f, method, args, in, fails}
}

func (c *call) run(s *state, receiver reflect.Value) reflect.Value {
	from := len(s.args)
	if c.method {
		s.args = append(s.args, receiver)
	}
	for i, a := range c.args {
		v := convert(a.value(s), c.in[i], a.literal)
		s.args = append(s.args, v)
	}
	out := c.invoke(s.args[from:])
	s.args = s.args[:from]
	if c.fails && !out[1].IsNil() {
		panic(fallback(c.name + " fails"))
	}
	return concrete(out[0])
}

// invoke calls the function. If the function panics, text/template would return an
// error, so invoke gives up.
func (c *call) invoke(in []reflect.Value) []reflect.Value {
	defer func() {
		if r := recover(); r != nil {
			panic(fallback(c.name + " panics"))
		}
	}()
	return c.f.Call(in)
}

// convert converts a value to the type of a parameter.
func convert(v reflect.Value, t reflect.Type, literal bool) reflect.Value {
	switch {
	case !v.IsValid():
	case v.Type().AssignableTo(t):
		return v
	case literal && v.Kind() == t.Kind():
		return v.Convert(t)
	}
	panic(fallback("argument is no " + t.String()))
}
