package compiled

import (
	"reflect"
	"strconv"
	"text/template/parse"
)

// expression computes a value. The value is never an interface, but what an interface
// holds. The zero Value is an untyped nil.
type expression func(s *state) reflect.Value

// pipe compiles a pipeline, which may also set a variable. Without one, the value is nil.
func (c *compiler) pipe(p *parse.PipeNode) expression {
	if p == nil {
		return func(*state) reflect.Value { return reflect.Value{} }
	}
	value := c.commands(p.Cmds)
	var slot int
	switch {
	case len(p.Decl) == 0:
		return value
	case len(p.Decl) > 1:
		panic(c.unsupported(p))
	case p.IsAssign:
		slot = c.slot(p.Decl[0])
	default:
		slot = c.declare(p.Decl[0].Ident[0])
	}
	return func(s *state) reflect.Value {
		v := value(s)
		s.vars[slot] = v
		return v
	}
}

// commands compiles the commands of a pipeline. Each is the last argument of the next.
func (c *compiler) commands(cmds []*parse.CommandNode) expression {
	var last expression
	for _, cmd := range cmds {
		args := make([]argument, 0, len(cmd.Args))
		for _, n := range cmd.Args[1:] {
			args = append(args, argument{c.operand(n, nil), isLiteral(n)})
		}
		if last != nil {
			args = append(args, argument{value: last})
		}
		last = c.operand(cmd.Args[0], args)
	}
	return last
}

// argument is an argument of a call. A literal gets the type of the parameter.
type argument struct {
	value   expression
	literal bool
}

func isLiteral(n parse.Node) bool {
	switch n.(type) {
	case *parse.StringNode, *parse.NumberNode, *parse.BoolNode:
		return true
	}
	return false
}

// operand compiles a node that has a value. If there are arguments, it is called.
func (c *compiler) operand(n parse.Node, args []argument) expression {
	switch n := n.(type) {
	case *parse.IdentifierNode:
		return c.function(n, args)
	case *parse.FieldNode:
		return fields(func(s *state) reflect.Value { return s.dot }, n.Ident, args)
	case *parse.ChainNode:
		return fields(c.operand(n.Node, nil), n.Field, args)
	case *parse.VariableNode:
		if slot := c.slot(n); len(n.Ident) > 1 || len(args) == 0 {
			return fields(func(s *state) reflect.Value { return s.vars[slot] }, n.Ident[1:], args)
		}
	}
	if len(args) > 0 {
		panic(c.unsupported(n))
	}
	var v any
	switch n := n.(type) {
	case *parse.DotNode:
		return func(s *state) reflect.Value { return s.dot }
	case *parse.PipeNode:
		if len(n.Decl) == 0 {
			return c.commands(n.Cmds)
		}
	case *parse.StringNode:
		v = n.Text
	case *parse.BoolNode:
		v = n.True
	case *parse.NumberNode:
		if i, err := strconv.Atoi(n.Text); err == nil && strconv.Itoa(i) == n.Text {
			v = i
		}
	}
	if v == nil {
		panic(c.unsupported(n))
	}
	value := reflect.ValueOf(v)
	return func(*state) reflect.Value { return value }
}

// concrete returns what v holds if it is an interface, and v otherwise.
func concrete(v reflect.Value) reflect.Value {
	if v.Kind() == reflect.Interface {
		return v.Elem()
	}
	return v
}

// truth reports whether a value is true for {{if}}.
func truth(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Invalid:
		return false
	case reflect.Bool:
		return v.Bool()
	case reflect.String, reflect.Slice, reflect.Array, reflect.Map:
		return v.Len() > 0
	case reflect.Pointer:
		return !v.IsNil()
	case reflect.Struct:
		return true
	case reflect.Int:
		return v.Int() != 0
	}
	panic(fallback("if of a value of type " + v.Type().String()))
}
