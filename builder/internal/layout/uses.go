package layout

import (
	"crypto/sha256"
	"maps"
	"slices"
	"text/template/parse"
)

// uses finds what a template is made of: itself, the templates that it calls, and
// the partials that methods of View render for it.
type uses struct {
	trees map[string]*parse.Tree
	names map[string]bool
}

// look is a fingerprint of all files that a template is made of. Two sets of
// layouts in which a layout has the same look make the same bytes of a page.
func look(name string, trees map[string]*parse.Tree, sources map[string][]byte) string {
	u := &uses{trees, map[string]bool{}}
	u.add(name)
	sum := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(u.names)) {
		file := "" // there is none
		if t := trees[name]; t != nil {
			file = t.ParseName
		}
		sum.Write([]byte(name + "\x00" + file + "\x00"))
		sum.Write(sources[file])
		sum.Write([]byte{0})
	}
	return string(sum.Sum(nil))
}

func (u *uses) add(name string) {
	if u.names[name] {
		return
	}
	u.names[name] = true
	if t := u.trees[name]; t != nil && t.Root != nil {
		u.list(t.Root)
	}
}

func (u *uses) list(l *parse.ListNode) {
	if l == nil {
		return
	}
	for _, n := range l.Nodes {
		switch n := n.(type) {
		case *parse.ActionNode:
			u.pipe(n.Pipe)
		case *parse.IfNode:
			u.branch(&n.BranchNode)
		case *parse.WithNode:
			u.branch(&n.BranchNode)
		case *parse.RangeNode:
			u.branch(&n.BranchNode)
		case *parse.TemplateNode:
			u.add(n.Name)
			u.pipe(n.Pipe)
		}
	}
}

func (u *uses) branch(b *parse.BranchNode) {
	u.pipe(b.Pipe)
	u.list(b.List)
	u.list(b.ElseList)
}

func (u *uses) pipe(p *parse.PipeNode) {
	if p == nil {
		return
	}
	for _, cmd := range p.Cmds {
		for _, arg := range cmd.Args {
			switch n := arg.(type) {
			case *parse.FieldNode:
				u.fields(n.Ident, cmd.Args)
			case *parse.VariableNode:
				u.fields(n.Ident[1:], cmd.Args)
			case *parse.ChainNode:
				u.fields(n.Field, cmd.Args)
				if inner, ok := n.Node.(*parse.PipeNode); ok {
					u.pipe(inner)
				}
			case *parse.PipeNode:
				u.pipe(n)
			}
		}
	}
}

// fields looks for the methods that render partials.
func (u *uses) fields(names []string, args []parse.Node) {
	for _, name := range names {
		switch name {
		case "Nav":
			u.add(nav)
		case "Masthead":
			u.add(masthead)
		case "Body", "Text":
			u.add(label)
		case "Part":
			if len(args) > 1 {
				if s, ok := args[1].(*parse.StringNode); ok {
					u.add("partials/" + s.Text)
					continue
				}
			}
			for all := range u.trees { // its name is not known before
				u.add(all)
			}
		}
	}
}
