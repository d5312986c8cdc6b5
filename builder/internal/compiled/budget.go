package compiled

import (
	"context"
	"errors"
	"fmt"
	"html/template"
	"strconv"
	"text/template/parse"
)

// Limits of one page. They are counts and not times, so that a page exceeds them on
// every machine or on none.
const (
	maxSteps = 3_000_000 // rounds of loops, and calls of templates
	maxDepth = 1_000     // calls inside each other; a stack holds many more
	maxSize  = 64 << 20  // bytes
)

// Budget counts what rendering a page costs, and ends it beyond a limit or when its
// context is done. It is not for concurrent use.
type Budget struct {
	Failed error // the first error, with which rendering the page ends

	ctx   context.Context
	steps int
	depth int
	part  int // depth at which the next fragment begins
	size  int // bytes written by the executions that have ended
}

// NewBudget returns the budget of a page.
func NewBudget(ctx context.Context) *Budget { return &Budget{ctx: ctx} }

// Limit is the error of a page that costs too much.
type Limit string

func (l Limit) Error() string { return string(l) }

// Exceeded reports whether the page exceeded a limit.
func (b *Budget) Exceeded() bool {
	var limit Limit
	return errors.As(b.Failed, &limit)
}

// Step counts a round of a loop. size is the number of bytes that the current execution
// has written.
func (b *Budget) Step(size int) error {
	b.steps++
	switch {
	case b.steps > maxSteps:
		return Limit(fmt.Sprintf("exceeded %d steps: a loop or a template that calls itself does not end", maxSteps))
	case b.size+size > maxSize:
		return Limit(fmt.Sprintf("exceeded %d MiB: the page is too large", maxSize>>20))
	case b.steps%1024 == 0:
		return b.ctx.Err()
	}
	return nil
}

// Enter counts the beginning of a call, and Leave its end.
func (b *Budget) Enter(size int) error {
	if b.depth++; b.depth > maxDepth {
		return Limit(fmt.Sprintf("exceeded maximum template depth (%d): a template calls itself without an end", maxDepth))
	}
	return b.Step(size)
}

func (b *Budget) Leave() { b.depth-- }

// Wrote counts the output of an execution that has ended.
func (b *Budget) Wrote(size int) { b.size += size }

// Part returns the budget of a fragment. What the fragment may cost does not depend on
// the page, since other pages use it too. Only the fragments around it count: the page
// is the only thing by which a fragment can make others, and they belong to that page.
func (b *Budget) Part() *Budget {
	b.part += maxDepth / 100
	return &Budget{ctx: b.ctx, depth: b.part}
}

// End ends the making of a fragment.
func (b *Budget) End() { b.part -= maxDepth / 100 }

// Add adds what a fragment cost.
func (b *Budget) Add(part *Budget) { b.steps, b.size = b.steps+part.steps, b.size+part.size }

// Names of the functions that count. An author cannot call them, since the parser does
// not know them.
const (
	stepName  = "_step"
	enterName = "_enter"
	leaveName = "_leave"
)

// Mark adds to the nodes of a parsed file calls of the functions that count: at the
// beginning of each round of a loop, and around each call of a template.
func Mark(file string, l *parse.ListNode) {
	if l == nil {
		return
	}
	nodes := make([]parse.Node, 0, len(l.Nodes))
	branch := func(n *parse.BranchNode) {
		Mark(file, n.List)
		Mark(file, n.ElseList)
	}
	for _, n := range l.Nodes {
		switch n := n.(type) {
		case *parse.IfNode:
			branch(&n.BranchNode)
		case *parse.WithNode:
			branch(&n.BranchNode)
		case *parse.RangeNode:
			branch(&n.BranchNode)
			n.List.Nodes = append([]parse.Node{counter(stepName, file, n.Pos)}, n.List.Nodes...)
		case *parse.TemplateNode:
			nodes = append(nodes, counter(enterName, file, n.Pos), n, counter(leaveName, file, n.Pos))
			continue
		}
		nodes = append(nodes, n)
	}
	l.Nodes = nodes
}

// counter returns {{$_ := name "file" at}}. It sets a variable because html/template adds
// no escaper then.
func counter(name, file string, at parse.Pos) parse.Node {
	return &parse.ActionNode{NodeType: parse.NodeAction, Pipe: &parse.PipeNode{
		NodeType: parse.NodePipe,
		Decl:     []*parse.VariableNode{{NodeType: parse.NodeVariable, Ident: []string{"$_"}}},
		Cmds: []*parse.CommandNode{{NodeType: parse.NodeCommand, Args: []parse.Node{
			parse.NewIdentifier(name),
			&parse.StringNode{NodeType: parse.NodeString, Quoted: strconv.Quote(file), Text: file},
			&parse.NumberNode{NodeType: parse.NodeNumber, IsInt: true, Int64: int64(at), Text: strconv.Itoa(int(at))},
		}}},
	}}
}

// Overrun is an error of a Budget and where it happened.
type Overrun struct {
	File   string
	Offset int
	Err    error
}

func (o *Overrun) Error() string { return fmt.Sprintf("%s at byte %d: %v", o.File, o.Offset, o.Err) }
func (o *Overrun) Unwrap() error { return o.Err }

// Counters returns the functions that count, for html/template. current returns the
// Budget of the execution and the number of bytes that it has written.
func Counters(current func() (*Budget, int)) template.FuncMap {
	call := func(count func(*Budget, int) error) func(string, int) (bool, error) {
		return func(file string, at int) (bool, error) {
			if err := count(current()); err != nil {
				return false, &Overrun{file, at, err}
			}
			return true, nil
		}
	}
	return template.FuncMap{
		stepName:  call((*Budget).Step),
		enterName: call((*Budget).Enter),
		leaveName: call(func(b *Budget, _ int) error { b.Leave(); return nil }),
	}
}

// count compiles a call of a function that counts, nil for any other action.
func count(p *parse.PipeNode) step {
	id, ok := p.Cmds[0].Args[0].(*parse.IdentifierNode)
	if !ok {
		return nil
	}
	switch id.Ident {
	case stepName:
		return func(s *state) { s.giveUp(s.budget.Step(len(s.out) - s.from)) }
	case enterName:
		return func(s *state) { s.giveUp(s.budget.Enter(len(s.out) - s.from)) }
	case leaveName:
		return func(s *state) { s.budget.Leave() }
	}
	return nil
}

func (s *state) giveUp(err error) {
	if err != nil {
		panic(fallback(err.Error()))
	}
}
