package compiled

import (
	"html/template"
	"reflect"
	"text/template/parse"
)

// compiler makes functions of the nodes of escaped templates.
type compiler struct {
	set     *template.Template
	funcs   template.FuncMap
	methods map[methodName]Method
	bodies  map[string]*body

	escapers map[string]escaper
	unaries  map[string]unary
	binaries map[string]binary
	builtins map[string]func([]value) value

	vars  []variable // that are in scope
	slots int        // of the template that is being compiled
}

type variable struct {
	name string
	slot int
}

// body compiles a template, once.
func (c *compiler) body(name string) (*body, error) {
	if b, known := c.bodies[name]; known {
		return b, nil
	}
	t := c.set.Lookup(name)
	if t == nil || t.Tree == nil {
		return nil, unknown(&parse.TextNode{Text: []byte(name)})
	}
	b := &body{}
	c.bodies[name] = b // before its nodes, for they may call it
	vars, slots := c.vars, c.slots
	c.vars, c.slots = []variable{{"$", 0}}, 1
	var err error
	b.steps, err = c.list(t.Tree.Root)
	b.slots = c.slots
	c.vars, c.slots = vars, slots
	return b, err
}

func (c *compiler) declare(name string) (slot int) {
	slot = c.slots
	c.slots++
	c.vars = append(c.vars, variable{name, slot})
	return slot
}

func (c *compiler) slot(name string) (int, bool) {
	for i := len(c.vars) - 1; i >= 0; i-- {
		if c.vars[i].name == name {
			return c.vars[i].slot, true
		}
	}
	return 0, false
}

func (c *compiler) list(l *parse.ListNode) ([]step, error) {
	if l == nil {
		return nil, nil
	}
	var steps []step
	for _, n := range l.Nodes {
		s, err := c.node(n)
		if err != nil {
			return nil, err
		}
		steps = append(steps, s)
	}
	return steps, nil
}

func (c *compiler) node(n parse.Node) (step, error) {
	switch n := n.(type) {
	case *parse.TextNode:
		return func(m *machine) { m.out = append(m.out, n.Text...) }, nil
	case *parse.ActionNode:
		return c.action(n.Pipe)
	case *parse.IfNode:
		return c.branch(&n.BranchNode, false)
	case *parse.WithNode:
		return c.branch(&n.BranchNode, true)
	case *parse.RangeNode:
		return c.rangeOver(n)
	case *parse.TemplateNode:
		return c.template(n)
	}
	return nil, unknown(n)
}

// action writes what a pipeline comes to, or sets a variable.
func (c *compiler) action(p *parse.PipeNode) (step, error) {
	if len(p.Decl) > 0 {
		return c.assign(p)
	}
	known := c.escapers
	cmds := p.Cmds
	var chain []escaper
	for i := range cmds {
		name, _ := cmds[i].Args[0].(*parse.IdentifierNode)
		switch {
		case name != nil && known[name.Ident] != nil && i > 0:
			chain = append(chain, known[name.Ident])
		case len(chain) > 0:
			return nil, unknown(cmds[i])
		}
	}
	if len(chain) == 0 {
		return nil, unknown(p) // some other escaper
	}
	eval, err := c.commands(cmds[:len(cmds)-len(chain)])
	if err != nil {
		return nil, err
	}
	if len(chain) == 1 {
		escape := chain[0]
		return func(m *machine) { m.out = append(m.out, escape(eval(m).string())...) }, nil
	}
	return func(m *machine) {
		s, safe := eval(m).string()
		for _, e := range chain {
			s, safe = e(s, safe), plain
		}
		m.out = append(m.out, s...)
	}, nil
}

func (c *compiler) assign(p *parse.PipeNode) (step, error) {
	eval, err := c.commands(p.Cmds)
	if err != nil || len(p.Decl) != 1 {
		return nil, unknown(p)
	}
	slot, known := c.slot(p.Decl[0].Ident[0])
	if !p.IsAssign {
		slot, known = c.declare(p.Decl[0].Ident[0]), true
	}
	if !known {
		return nil, unknown(p)
	}
	return func(m *machine) { m.vars[slot] = eval(m) }, nil
}

// branch is an if or a with.
func (c *compiler) branch(b *parse.BranchNode, with bool) (step, error) {
	mark := len(c.vars)
	defer func() { c.vars = c.vars[:mark] }()
	eval, err := c.pipe(b.Pipe)
	if err != nil {
		return nil, err
	}
	inside := len(c.vars)
	yes, err := c.list(b.List)
	if err != nil {
		return nil, err
	}
	c.vars = c.vars[:inside]
	no, err := c.list(b.ElseList)
	if err != nil {
		return nil, err
	}
	if !with {
		return func(m *machine) {
			if eval(m).truth() {
				m.run(yes)
			} else {
				m.run(no)
			}
		}, nil
	}
	return func(m *machine) {
		v := eval(m)
		if !v.truth() {
			m.run(no)
			return
		}
		dot := m.dot
		m.dot = v
		m.run(yes)
		m.dot = dot
	}, nil
}

// rangeOver knows slices and arrays.
func (c *compiler) rangeOver(n *parse.RangeNode) (step, error) {
	if n.Pipe.IsAssign {
		return nil, unknown(n)
	}
	mark := len(c.vars)
	defer func() { c.vars = c.vars[:mark] }()
	eval, err := c.commands(n.Pipe.Cmds)
	if err != nil {
		return nil, err
	}
	index, element := -1, -1
	switch d := n.Pipe.Decl; len(d) {
	case 1:
		element = c.declare(d[0].Ident[0])
	case 2:
		index, element = c.declare(d[0].Ident[0]), c.declare(d[1].Ident[0])
	}
	each, err := c.list(n.List)
	if err != nil {
		return nil, err
	}
	c.vars = c.vars[:mark]
	none, err := c.list(n.ElseList)
	if err != nil {
		return nil, err
	}
	return func(m *machine) {
		v := eval(m)
		if v.kind == other && v.of.Kind() == reflect.Pointer {
			v = reflected(v.of.Elem())
		}
		if v.kind != other || v.of.Kind() != reflect.Slice && v.of.Kind() != reflect.Array {
			panic(giveUp{})
		}
		length := v.of.Len()
		if length == 0 {
			m.run(none)
			return
		}
		dot := m.dot
		for i := range length {
			m.dot = reflected(v.of.Index(i))
			if index >= 0 {
				m.vars[index] = reflected(reflect.ValueOf(i))
			}
			if element >= 0 {
				m.vars[element] = m.dot
			}
			m.run(each)
		}
		m.dot = dot
	}, nil
}

// template calls one that calls itself; all others have been put in.
func (c *compiler) template(n *parse.TemplateNode) (step, error) {
	b, err := c.body(n.Name)
	if err != nil {
		return nil, err
	}
	if n.Pipe == nil {
		return nil, unknown(n)
	}
	eval, err := c.pipe(n.Pipe)
	if err != nil {
		return nil, err
	}
	return func(m *machine) { m.call(b, eval(m)) }, nil
}

// pipe is a pipeline that may set a variable as well.
func (c *compiler) pipe(p *parse.PipeNode) (get, error) {
	eval, err := c.commands(p.Cmds)
	if err != nil || len(p.Decl) == 0 {
		return eval, err
	}
	if len(p.Decl) != 1 || p.IsAssign {
		return nil, unknown(p)
	}
	slot := c.declare(p.Decl[0].Ident[0])
	return func(m *machine) value {
		v := eval(m)
		m.vars[slot] = v
		return v
	}, nil
}

// commands are those of a pipeline, each the last argument of the next.
func (c *compiler) commands(cmds []*parse.CommandNode) (eval get, err error) {
	for _, cmd := range cmds {
		if eval, err = c.command(cmd, eval); err != nil {
			return nil, err
		}
	}
	return eval, nil
}

func (c *compiler) command(cmd *parse.CommandNode, last get) (get, error) {
	args := make([]argument, 0, len(cmd.Args))
	for _, n := range cmd.Args[1:] {
		a, err := c.argument(n)
		if err != nil {
			return nil, err
		}
		args = append(args, a)
	}
	if last != nil {
		args = append(args, argument{get: last})
	}
	if id, ok := cmd.Args[0].(*parse.IdentifierNode); ok {
		return c.function(id, args)
	}
	return c.operand(cmd.Args[0], args)
}

// argument is one of a call. node is set if it is a constant, whose type is that of
// the parameter.
type argument struct {
	get
	node parse.Node
}

func (c *compiler) argument(n parse.Node) (argument, error) {
	switch n.(type) {
	case *parse.StringNode, *parse.NumberNode, *parse.BoolNode:
		v, ok := constant(n, nil)
		if !ok {
			return argument{}, unknown(n)
		}
		return argument{func(*machine) value { return v }, n}, nil
	case *parse.IdentifierNode:
		get, err := c.function(n.(*parse.IdentifierNode), nil)
		return argument{get: get}, err
	}
	get, err := c.operand(n, nil)
	return argument{get: get}, err
}

// operand is anything but a function: with arguments it must end in a method.
func (c *compiler) operand(n parse.Node, args []argument) (get, error) {
	switch n := n.(type) {
	case *parse.DotNode:
		if len(args) == 0 {
			return func(m *machine) value { return m.dot }, nil
		}
	case *parse.FieldNode:
		return c.fields(func(m *machine) value { return m.dot }, n.Ident, args), nil
	case *parse.VariableNode:
		slot, known := c.slot(n.Ident[0])
		if known && (len(n.Ident) > 1 || len(args) == 0) {
			return c.fields(func(m *machine) value { return m.vars[slot] }, n.Ident[1:], args), nil
		}
	case *parse.ChainNode:
		of, err := c.argument(n.Node)
		if err != nil {
			return nil, err
		}
		return c.fields(of.get, n.Field, args), nil
	case *parse.PipeNode:
		if len(args) == 0 && len(n.Decl) == 0 {
			return c.commands(n.Cmds)
		}
	case *parse.StringNode, *parse.NumberNode, *parse.BoolNode:
		if v, ok := constant(n, nil); ok && len(args) == 0 {
			return func(*machine) value { return v }, nil
		}
	}
	return nil, unknown(n)
}
