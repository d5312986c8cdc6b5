// Package compiled executes html/template templates faster than html/template does. It
// compiles one to a Template, which writes exactly the same bytes.
//
// Package layout calls it to render pages. The input is parsed files, to which Mark has
// added what counts against a Budget, and the functions that they may call. The output is a Template, or the reason why there is none.
// html/template walks through a tree of nodes for every page and finds each field by
// name. A Template does that once:
//
//	inline    each {{template}} is replaced by the content of that template
//	escape    html/template adds its escapers to the resulting tree
//	compile   each node becomes a function; a field remembers its index
//
// It is a second implementation of html/template. The builder keeps it for cold builds:
// without it they take one and a half times as long (1,000 short pages) to two and a
// half times (pages full of claims). TestTemplates, TestEscapers, FuzzEscape and FuzzLimits
// compare the two. It imports no other package of the builder. Without it, layout would render
// the same bytes, but more slowly.
//
// Invariant: a Template writes what html/template writes, or gives up with a reason. It
// gives up at anything it does not support: a construct, an error, a nil where a value
// is needed. The caller then uses html/template, which reports any mistake.
//
// Deliberately absent: escaping in scripts and styles (unless the type of the value says
// that it is safe), messages for authors, and decisions about safety: html/template
// decides which escaper is needed.
package compiled

import (
	"errors"
	"fmt"
	"html/template"
	"reflect"
	"text/template/parse"
)

// Template is a compiled template. It may be used by several goroutines at once.
type Template struct {
	main *body
}

// Compile compiles the named template and all that it calls. trees holds all templates
// by name and is not changed. The error says what is not supported, and where.
func Compile(name string, trees map[string]*parse.Tree, funcs template.FuncMap) (t *Template, err error) {
	defer recoverFallback(&err)
	in := &inliner{trees: trees, roots: map[string]*parse.ListNode{}, inlined: map[*parse.WithNode]bool{}}
	in.root(name)
	if err := escape(name, in.roots, funcs); err != nil {
		return nil, err
	}
	c := &compiler{inliner: in, funcs: funcs, bodies: map[string]*body{}}
	return &Template{c.body(name)}, nil
}

// escape makes html/template add its escapers to the nodes below roots. html/template
// does so when it executes a template, so escape executes it until its first write.
func escape(name string, roots map[string]*parse.ListNode, funcs template.FuncMap) error {
	t := template.New(name).Funcs(funcs)
	for name, root := range roots {
		root.Nodes = append([]parse.Node{&parse.TextNode{NodeType: parse.NodeText}}, root.Nodes...)
		if _, err := t.AddParseTree(name, &parse.Tree{Name: name, ParseName: name, Root: root}); err != nil {
			return err
		}
	}
	err := t.ExecuteTemplate(failingWriter{}, name, nil)
	var unsafe *template.Error
	switch {
	case errors.Is(err, errRefused):
		return nil
	case errors.As(err, &unsafe):
		// Its Error method needs the file of a node, which inlined nodes do not have.
		return fmt.Errorf("%s: %s", unsafe.Name, unsafe.Description)
	}
	return err
}

// failingWriter always fails, even for the empty text that escape puts at the beginning
// of a template. So nothing else of the template is executed.
type failingWriter struct{}

var errRefused = errors.New("refused")

func (failingWriter) Write([]byte) (int, error) { return 0, errRefused }

// Append appends the output of the template for data. If it returns an error, the
// template gave up: out is not valid, and the caller has to use html/template, with the
// Budget as it was before.
func (t *Template) Append(b []byte, data any, budget *Budget) (out []byte, err error) {
	defer recoverFallback(&err)
	s := &state{out: b, from: len(b), budget: budget}
	s.call(t.main, reflect.ValueOf(data))
	return s.out, nil
}

// fallback is the value of the panic that leaves a template to html/template: the
// reason. This package recovers from no other panic, since any other is a bug. If a
// function that a template calls panics, html/template reports an error, so that
// becomes a fallback too: see invoke.
type fallback string

func (f fallback) Error() string { return string(f) }

func recoverFallback(err *error) {
	switch r := recover().(type) {
	case nil:
	case fallback:
		*err = r
	default:
		panic(r)
	}
}

// state is one execution of a Template.
type state struct {
	out  []byte
	dot  reflect.Value
	vars []reflect.Value // variables of the current body, by slot
	args []reflect.Value // arguments of the current calls, the innermost last

	from   int // where its output begins
	budget *Budget
}

// step writes output or sets a variable.
type step func(s *state)

// body is a compiled template with its own variables.
type body struct {
	steps []step
	slots int // number of variables
}

func (s *state) run(steps []step) {
	for _, step := range steps {
		step(s)
	}
}

// with runs steps with a different dot.
func (s *state) with(dot reflect.Value, steps []step) {
	outer := s.dot
	s.dot = dot
	s.run(steps)
	s.dot = outer
}

// call executes a body.
func (s *state) call(b *body, data reflect.Value) {
	vars := s.vars
	s.vars = make([]reflect.Value, b.slots)
	s.vars[0] = data // $
	s.with(data, b.steps)
	s.vars = vars
}
