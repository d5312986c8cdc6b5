package compiled

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"html/template"
	"text/template/parse"
)

// Limits of one page. They are counts and not times, so that a page exceeds them on
// every machine or on none.
const (
	maxSteps = 3_000_000 // rounds of loops, and calls of templates
	maxDepth = 1_000     // calls inside each other; a stack holds many more
	maxSize  = 64 << 20  // bytes
)

// MaxLoops is the number of loops that may be inside each other. html/template takes
// twice the time to parse with each of them.
const MaxLoops = 12

// Limit is the error of a page that costs too much.
type Limit string

func (l Limit) Error() string { return string(l) }

// Overrun is an error of a Budget and where it happened.
type Overrun struct {
	File   string
	Offset int
	error
}

func (o *Overrun) Unwrap() error { return o.error }

// Budget counts what rendering a page costs, and ends it beyond a limit or when its
// context is done. It is not for concurrent use.
type Budget struct {
	Failed error // the first error, with which rendering the page ends

	ctx   context.Context
	steps int
	depth int // number of calls that have not ended
	part  int // depth at which the next fragment begins
	size  int // bytes written by the executions that have ended
}

// NewBudget returns the budget of a page.
func NewBudget(ctx context.Context) *Budget { return &Budget{ctx: ctx} }

// Exceeded reports whether the page exceeded a limit.
func (b *Budget) Exceeded() bool {
	var limit Limit
	return errors.As(b.Failed, &limit)
}

// Count counts the beginning of a call if calls is positive, its end if negative, and a
// round of a loop if 0. size is the number of bytes that the current execution has written.
func (b *Budget) Count(calls, size int) error {
	b.depth += calls
	if calls >= 0 {
		b.steps++
	}
	switch {
	case b.depth > maxDepth:
		return Limit(fmt.Sprintf("exceeded maximum template depth (%d): a template calls itself without an end", maxDepth))
	case b.steps > maxSteps:
		return Limit(fmt.Sprintf("exceeded %d steps: a loop or a template that calls itself does not end", maxSteps))
	case b.size+size > maxSize:
		return Limit(fmt.Sprintf("exceeded %d MiB: the page is too large", maxSize>>20))
	case b.steps%1024 == 0:
		return b.ctx.Err()
	}
	return nil
}

// Wrote counts the output of an execution that has ended.
func (b *Budget) Wrote(size int) { b.size += size }

// Part returns the budget of a fragment. What the fragment may cost does not depend on
// the page, since other pages use it too. Only the fragments around it count: the page
// is the only thing by which a fragment can make others, and they belong to that page.
func (b *Budget) Part() *Budget {
	b.part += maxDepth / 100
	return &Budget{ctx: b.ctx, depth: b.part}
}

// EndPart ends the making of a fragment.
func (b *Budget) EndPart() { b.part -= maxDepth / 100 }

// Add adds what a fragment cost.
func (b *Budget) Add(part *Budget) { b.steps, b.size = b.steps+part.steps, b.size+part.size }

// counter is the name of the function that counts. An author cannot call it, since the
// parser does not know it.
const counter = "_count"

// Counter returns the function that counts, for html/template. current returns the Budget
// of the execution and the number of bytes that it has written.
func Counter(current func() (*Budget, int)) template.FuncMap {
	return template.FuncMap{counter: func(file string, at, calls int) (bool, error) {
		b, size := current()
		if err := b.Count(calls, size); err != nil {
			return false, &Overrun{file, at, err}
		}
		return true, nil
	}}
}

// count compiles a call of the function that counts, nil for any other action.
func count(p *parse.PipeNode) step {
	args := p.Cmds[0].Args
	if id, ok := args[0].(*parse.IdentifierNode); !ok || id.Ident != counter {
		return nil
	}
	calls := int(args[3].(*parse.NumberNode).Int64)
	return func(s *state) {
		if err := s.budget.Count(calls, len(s.out)-s.from); err != nil {
			panic(fallback(err.Error()))
		}
	}
}

// Mark adds to the nodes of a parsed file calls of the function that counts: at the
// beginning of each round of a loop, and around each call of a template. A call in many blocks counts more than once, since blocks
// take room on the stack too. It returns the body of a loop that is inside MaxLoops others, or nil.
func Mark(file string, l *parse.ListNode) (deep parse.Node) { return markList(file, l, 0, 0) }

func markList(file string, l *parse.ListNode, depth, loops int) (deep parse.Node) {
	if l == nil {
		return nil
	}
	if loops > MaxLoops {
		return l
	}
	nodes := make([]parse.Node, 0, len(l.Nodes))
	for _, n := range l.Nodes {
		switch n := n.(type) {
		case *parse.IfNode:
			deep = cmp.Or(deep, markList(file, n.List, depth+1, loops), markList(file, n.ElseList, depth+1, loops))
		case *parse.WithNode:
			deep = cmp.Or(deep, markList(file, n.List, depth+1, loops), markList(file, n.ElseList, depth+1, loops))
		case *parse.RangeNode:
			deep = cmp.Or(deep, markList(file, n.List, depth+1, loops+1), markList(file, n.ElseList, depth+1, loops))
			n.List.Nodes = append([]parse.Node{mark(file, n.Pos, 0)}, n.List.Nodes...)
		case *parse.TemplateNode:
			calls := 1 + depth/50
			nodes = append(nodes, mark(file, n.Pos, calls), n, mark(file, n.Pos, -calls))
			continue
		}
		nodes = append(nodes, n)
	}
	l.Nodes = nodes
	return deep
}

// mark returns a call of the function that counts. It sets a variable because html/template
// adds no escaper then.
func mark(file string, at parse.Pos, calls int) parse.Node {
	text := fmt.Sprintf("{{$_ := %s %q %d %d}}", counter, file, at, calls)
	trees, err := parse.Parse("", text, "", "", map[string]any{counter: count})
	if err != nil {
		panic(err) // text is always valid
	}
	return trees[""].Root.Nodes[0]
}
