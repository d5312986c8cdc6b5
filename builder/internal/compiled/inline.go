package compiled

import (
	"fmt"
	"slices"
	"text/template/parse"
)

// inliner puts the nodes of a template in place of each {{template}} that calls
// it, with a variable for its dot. So all that a page needs is one tree, and
// html/template has no copies to make for the places that are not plain text.
// Templates that call themselves stay what they are.
type inliner struct {
	trees map[string]*parse.Tree
	kept  map[string]*parse.ListNode // templates that are called, by name
	names []string                   // theirs, in the order found
	open  []string                   // the templates that are being put in
	count int
}

// scope is what dot, $ and variables mean in the nodes that are being copied. "" for
// the dot and the root are those of the tree that is being made.
type scope struct {
	dot, root string // variables
	prefix    string // of the names of variables
	noDot     bool   // the template was called without one
}

// whole is the tree of a template, everything in it put in.
func (in *inliner) whole(name string) (*parse.ListNode, error) {
	tree := in.trees[name]
	if tree == nil || tree.Root == nil {
		return nil, fmt.Errorf("no template %q", name)
	}
	in.names = append(in.names, name)
	in.kept[name] = nil
	open := in.open
	in.open = []string{name}
	list, err := in.list(tree.Root, scope{})
	in.open = open
	in.kept[name] = list
	return list, err
}

func (in *inliner) list(l *parse.ListNode, s scope) (*parse.ListNode, error) {
	if l == nil {
		return nil, nil
	}
	out := &parse.ListNode{NodeType: parse.NodeList, Pos: l.Pos}
	for _, n := range l.Nodes {
		nodes, err := in.node(n, s)
		if err != nil {
			return nil, err
		}
		out.Nodes = append(out.Nodes, nodes...)
	}
	return out, nil
}

func (in *inliner) node(n parse.Node, s scope) ([]parse.Node, error) {
	switch n := n.(type) {
	case *parse.TextNode:
		return []parse.Node{&parse.TextNode{NodeType: n.NodeType, Pos: n.Pos, Text: n.Text}}, nil
	case *parse.CommentNode:
		return nil, nil
	case *parse.ActionNode:
		c := n.Copy().(*parse.ActionNode)
		return []parse.Node{c}, s.pipe(c.Pipe)
	case *parse.IfNode:
		c := &parse.IfNode{BranchNode: n.BranchNode}
		return []parse.Node{c}, in.branch(&c.BranchNode, s, s)
	case *parse.WithNode:
		c := &parse.WithNode{BranchNode: n.BranchNode}
		return []parse.Node{c}, in.branch(&c.BranchNode, s, s.within())
	case *parse.RangeNode:
		c := &parse.RangeNode{BranchNode: n.BranchNode}
		return []parse.Node{c}, in.branch(&c.BranchNode, s, s.within())
	case *parse.TemplateNode:
		return in.template(n, s)
	}
	return nil, unknown(n)
}

// within is the scope of a block that has a dot of its own.
func (s scope) within() scope {
	s.dot, s.noDot = "", false
	return s
}

// branch copies what is below a node that has been copied.
func (in *inliner) branch(b *parse.BranchNode, s, inside scope) (err error) {
	b.Pipe = b.Pipe.CopyPipe()
	if err := s.pipe(b.Pipe); err != nil {
		return err
	}
	if b.List, err = in.list(b.List, inside); err != nil {
		return err
	}
	b.ElseList, err = in.list(b.ElseList, s)
	return err
}

// template gives the nodes that a call stands for.
func (in *inliner) template(n *parse.TemplateNode, s scope) ([]parse.Node, error) {
	c := n.Copy().(*parse.TemplateNode)
	if err := s.pipe(c.Pipe); err != nil {
		return nil, err
	}
	if slices.Contains(in.open, n.Name) {
		if _, known := in.kept[n.Name]; !known {
			if _, err := in.whole(n.Name); err != nil {
				return nil, err
			}
		}
		return []parse.Node{c}, nil
	}
	tree := in.trees[n.Name]
	if tree == nil || tree.Root == nil {
		return nil, fmt.Errorf("no template %q", n.Name)
	}
	in.count++
	inner := scope{prefix: fmt.Sprintf("$%d ", in.count), noDot: c.Pipe == nil}
	var nodes []parse.Node
	if c.Pipe != nil {
		inner.dot = inner.prefix
		c.Pipe.Decl = []*parse.VariableNode{{NodeType: parse.NodeVariable, Pos: n.Pos, Ident: []string{inner.dot}}}
		nodes = []parse.Node{&parse.ActionNode{NodeType: parse.NodeAction, Pos: n.Pos, Line: n.Line, Pipe: c.Pipe}}
	}
	inner.root = inner.dot
	in.open = append(in.open, n.Name)
	list, err := in.list(tree.Root, inner)
	in.open = in.open[:len(in.open)-1]
	if err != nil {
		return nil, err
	}
	return append(nodes, list.Nodes...), nil
}

// pipe renames what stands in a copied pipeline.
func (s scope) pipe(p *parse.PipeNode) error {
	if p == nil {
		return nil
	}
	for _, v := range p.Decl {
		s.rename(v)
	}
	for _, cmd := range p.Cmds {
		for i, arg := range cmd.Args {
			renamed, err := s.arg(arg)
			if err != nil {
				return err
			}
			cmd.Args[i] = renamed
		}
	}
	return nil
}

func (s scope) arg(n parse.Node) (parse.Node, error) {
	switch n := n.(type) {
	case *parse.DotNode:
		return s.ofDot(n, nil)
	case *parse.FieldNode:
		return s.ofDot(n, n.Ident)
	case *parse.VariableNode:
		s.rename(n)
		if n.Ident[0] == "$" && s.noDot {
			return nil, unknown(n)
		}
	case *parse.ChainNode:
		inner, err := s.arg(n.Node)
		n.Node = inner
		return n, err
	case *parse.PipeNode:
		return n, s.pipe(n)
	}
	return n, nil
}

// ofDot is a dot and fields of it, or those of the variable that stands for it.
func (s scope) ofDot(n parse.Node, fields []string) (parse.Node, error) {
	switch {
	case s.noDot:
		return nil, unknown(n)
	case s.dot == "":
		return n, nil
	}
	return &parse.VariableNode{NodeType: parse.NodeVariable, Pos: n.Position(), Ident: append([]string{s.dot}, fields...)}, nil
}

// rename keeps the variables of one template from those of another.
func (s scope) rename(v *parse.VariableNode) {
	switch {
	case v.Ident[0] != "$":
		v.Ident[0] = s.prefix + v.Ident[0]
	case s.root != "":
		v.Ident[0] = s.root
	}
}
