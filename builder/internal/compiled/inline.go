package compiled

import (
	"fmt"
	"slices"
	"text/template/parse"
)

// inliner copies templates and replaces each {{template}} by the content of the template
// that it calls. Otherwise html/template would make a copy of that template for each
// context, which other packages cannot access.
type inliner struct {
	trees   map[string]*parse.Tree
	roots   map[string]*parse.ListNode // copies by name: the main template, and those that call themselves
	inlined map[*parse.WithNode]bool   // former {{template}} nodes, which run for an empty dot too and set $
	open    []string                   // templates that are being copied
}

// maxInlined limits the calls that are replaced. If each template calls the next one
// twice, their number doubles with each.
const maxInlined = 100_000

// root copies a template into roots.
func (in *inliner) root(name string) {
	if in.roots[name] != nil {
		return
	}
	open := in.open
	in.open = nil
	in.roots[name] = &parse.ListNode{} // because it may call itself
	*in.roots[name] = *in.content(name)
	in.open = open
}

func (in *inliner) content(name string) *parse.ListNode {
	tree := in.trees[name]
	if tree == nil || tree.Root == nil {
		panic(fallback(fmt.Sprintf("no template %q", name)))
	}
	list := tree.Root.CopyList()
	in.open = append(in.open, name)
	in.list(list)
	in.open = in.open[:len(in.open)-1]
	return list
}

// list inlines the templates that the nodes of a copied list call. A template that calls
// itself is not inlined.
func (in *inliner) list(l *parse.ListNode) {
	if l == nil {
		return
	}
	for i, n := range l.Nodes {
		switch n := n.(type) {
		case *parse.IfNode:
			in.branch(&n.BranchNode)
		case *parse.WithNode:
			in.branch(&n.BranchNode)
		case *parse.RangeNode:
			in.branch(&n.BranchNode)
		case *parse.TemplateNode:
			if slices.Contains(in.open, n.Name) {
				in.root(n.Name)
				continue
			}
			if len(in.inlined) >= maxInlined {
				panic(fallback("too many calls of templates"))
			}
			w := &parse.WithNode{BranchNode: parse.BranchNode{NodeType: parse.NodeWith, Pos: n.Pos, Line: n.Line, Pipe: n.Pipe, List: in.content(n.Name)}}
			in.inlined[w] = true
			l.Nodes[i] = w
		}
	}
}

func (in *inliner) branch(b *parse.BranchNode) {
	in.list(b.List)
	in.list(b.ElseList)
}
