package compiled

import (
	"fmt"
	"html/template"
	"reflect"
	"text/template/parse"
)

// compiler compiles the nodes of escaped templates to functions. Its methods give up
// at a node that is not supported.
type compiler struct {
	*inliner
	funcs  template.FuncMap
	bodies map[string]*body

	vars  []string   // names of the variables in scope, by slot
	slots int        // number of variables of the current body
	at    parse.Node // the current node of the source
}

// unsupported returns the fallback for a node that cannot be compiled. Nodes that
// html/template added have no position, so that of c.at is used.
func (c *compiler) unsupported(n parse.Node) fallback {
	where, _ := (*parse.Tree)(nil).ErrorContext(c.at)
	return fallback(fmt.Sprintf("%s: %s is not known", where, n))
}

// body compiles a template, once.
func (c *compiler) body(name string) *body {
	if b := c.bodies[name]; b != nil {
		return b
	}
	root := c.roots[name]
	if root == nil {
		panic(fallback("a template that calls itself stands where html/template makes a copy of it: " + name))
	}
	b := &body{}
	c.bodies[name] = b // before its nodes, for they may call it
	vars, slots := c.vars, c.slots
	c.vars, c.slots = []string{"$"}, 1
	b.steps = c.list(root)
	b.slots = c.slots
	c.vars, c.slots = vars, slots
	return b
}

func (c *compiler) declare(name string) int {
	c.vars = append(c.vars, name)
	c.slots = max(c.slots, len(c.vars))
	return len(c.vars) - 1
}

// slot returns the slot of a variable, from the innermost scope that has its name.
func (c *compiler) slot(v *parse.VariableNode) int {
	for i := len(c.vars) - 1; i >= 0; i-- {
		if c.vars[i] == v.Ident[0] {
			return i
		}
	}
	panic(c.unsupported(v))
}

// list compiles nodes in their own scope.
func (c *compiler) list(l *parse.ListNode) []step {
	if l == nil {
		return nil
	}
	outer := c.vars
	var steps []step
	for _, n := range l.Nodes {
		vars := c.vars
		steps = append(steps, c.node(n))
		if _, ok := n.(*parse.ActionNode); !ok {
			c.vars = vars // the variable of {{if $x := …}} ends with it
		}
	}
	c.vars = outer
	return steps
}

func (c *compiler) node(n parse.Node) step {
	if text, ok := n.(*parse.TextNode); ok {
		return func(s *state) { s.out = append(s.out, text.Text...) }
	}
	if with, ok := n.(*parse.WithNode); ok && c.inlined[with] {
		return c.template(with)
	}
	c.at = n
	switch n := n.(type) {
	case *parse.ActionNode:
		return c.action(n.Pipe)
	case *parse.IfNode:
		return c.branch(&n.BranchNode, false)
	case *parse.WithNode:
		return c.branch(&n.BranchNode, true)
	case *parse.RangeNode:
		return c.rangeOver(&n.BranchNode)
	case *parse.TemplateNode:
		data, b := c.pipe(n.Pipe), c.body(n.Name)
		return func(s *state) { s.call(b, data(s)) }
	}
	panic(c.unsupported(n))
}

// action writes the value of a pipeline, or sets a variable. html/template has added
// its escapers to the end of a pipeline that is written.
func (c *compiler) action(p *parse.PipeNode) step {
	if count := count(p); count != nil {
		return count
	}
	if len(p.Decl) > 0 {
		set := c.pipe(p)
		return func(s *state) { set(s) }
	}
	n := len(p.Cmds)
	for n > 1 && escaperOf(p.Cmds[n-1]) != nil {
		n--
	}
	if n == len(p.Cmds) {
		panic(c.unsupported(p.Cmds[n-1])) // another escaper
	}
	var chain []escaper
	for _, cmd := range p.Cmds[n:] {
		chain = append(chain, escaperOf(cmd))
	}
	value := c.commands(p.Cmds[:n])
	return func(s *state) {
		text, of := stringOf(value(s))
		for _, escape := range chain {
			text, of = escape(text, of), stringType
		}
		s.out = append(s.out, text...)
	}
}

// branch compiles an {{if}}, or a {{with}}, whose value is the dot of its content.
func (c *compiler) branch(b *parse.BranchNode, with bool) step {
	value := c.pipe(b.Pipe)
	yes, no := c.list(b.List), c.list(b.ElseList)
	return func(s *state) {
		switch v := value(s); {
		case !truth(v):
			s.run(no)
		case with:
			s.with(v, yes)
		default:
			s.run(yes)
		}
	}
}

// template compiles an inlined call. The outer variables stay visible in its content,
// but the parser has made sure that the content uses none of them.
func (c *compiler) template(w *parse.WithNode) step {
	data := c.pipe(w.Pipe)
	root := c.declare("$")
	steps := c.list(w.List)
	return func(s *state) {
		v := data(s)
		s.vars[root] = v
		s.with(v, steps)
	}
}

// rangeOver compiles a {{range}} over a slice or an array.
func (c *compiler) rangeOver(b *parse.BranchNode) step {
	if b.Pipe.IsAssign {
		panic(c.unsupported(b.Pipe))
	}
	value := c.commands(b.Pipe.Cmds)
	none := c.list(b.ElseList)
	index, element := -1, -1
	switch d := b.Pipe.Decl; len(d) {
	case 1:
		element = c.declare(d[0].Ident[0])
	case 2:
		index, element = c.declare(d[0].Ident[0]), c.declare(d[1].Ident[0])
	}
	each := c.list(b.List)
	return func(s *state) {
		v := value(s)
		if v.Kind() != reflect.Slice && v.Kind() != reflect.Array {
			panic(fallback("range over neither a slice nor an array"))
		}
		length := v.Len()
		if length == 0 {
			s.run(none)
		}
		for i := range length {
			e := concrete(v.Index(i))
			if index >= 0 {
				s.vars[index] = reflect.ValueOf(i)
			}
			if element >= 0 {
				s.vars[element] = e
			}
			s.with(e, each)
		}
	}
}
