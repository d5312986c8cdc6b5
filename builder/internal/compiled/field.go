package compiled

import (
	"reflect"
	"sync/atomic"
)

// fields follows names from a value, the last with arguments.
func (c *compiler) fields(of get, names []string, args []argument) get {
	for i, name := range names {
		f := &field{name: name, methods: c.methods}
		if i == len(names)-1 {
			f.args = args
		}
		from := of
		of = func(m *machine) value { return f.get(m, from(m)) }
	}
	return of
}

// field is a name behind a dot. It remembers where that lies in each type it met.
type field struct {
	name    string
	args    []argument
	methods map[methodName]Method
	known   atomic.Pointer[access]
}

// access is the way to a field of one type.
type access struct {
	of          reflect.Type
	addressable bool
	next        *access // of other types

	index  []int // of a field
	isMap  bool
	direct func(*machine, value, []argument) value
	method *call
	addr   bool // the method is one of the pointer
}

func (f *field) get(m *machine, v value) value {
	if v.kind != other {
		panic(giveUp{})
	}
	t, addressable := v.of.Type(), v.of.CanAddr()
	a := f.known.Load()
	for a != nil && (a.of != t || a.addressable != addressable) {
		a = a.next
	}
	if a == nil {
		a = f.find(t, addressable)
		for {
			a.next = f.known.Load()
			if f.known.CompareAndSwap(a.next, a) {
				break
			}
		}
	}
	switch {
	case a.direct != nil:
		return a.direct(m, v, f.args)
	case a.method != nil && a.addr:
		return a.method.run(m, v.of.Addr(), f.args)
	case a.method != nil:
		return a.method.run(m, v.of, f.args)
	case a.isMap:
		if plain, ok := v.of.Interface().(map[string]any); ok {
			return found(valueOf(plain[f.name]))
		}
		return found(reflected(v.of.MapIndex(reflect.ValueOf(f.name))))
	}
	at := v.of
	for _, i := range a.index {
		if at.Kind() == reflect.Pointer {
			if at.IsNil() {
				panic(giveUp{})
			}
			at = at.Elem()
		}
		at = at.Field(i)
	}
	return reflected(at)
}

// found is a value that must be there.
func found(v value) value {
	if v.kind == none {
		panic(giveUp{})
	}
	return v
}

// find looks for a method first, as text/template does, then for a field.
func (f *field) find(t reflect.Type, addressable bool) *access {
	a := &access{of: t, addressable: addressable}
	owner := t
	if addressable && t.Kind() != reflect.Pointer {
		owner, a.addr = reflect.PointerTo(t), true
	}
	if d, ok := f.methods[methodName{owner, f.name}]; ok && !a.addr && len(f.args) == d.args {
		a.direct = d.call
		return a
	}
	if method, ok := owner.MethodByName(f.name); ok {
		a.method = newCall(method.Func, 1, f.args)
		return a
	}
	a.addr = false
	inner := t
	if t.Kind() == reflect.Pointer {
		inner = t.Elem()
	}
	switch {
	case len(f.args) > 0:
		panic(giveUp{})
	case inner.Kind() == reflect.Struct:
		s, ok := inner.FieldByName(f.name)
		if !ok || !s.IsExported() {
			panic(giveUp{})
		}
		a.index = s.Index
	case t.Kind() == reflect.Map && stringType.AssignableTo(t.Key()):
		a.isMap = true
	default:
		panic(giveUp{})
	}
	return a
}
