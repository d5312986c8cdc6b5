// Package compiled executes templates of html/template faster than html/template
// does: it turns one into a Template, which writes the very same bytes.
//
// It serves the fourth stop of a build, below layout. In come parsed files and the
// functions that they may call; out comes a Template, or the reason why there can
// be none. html/template walks through a tree of nodes for every page and finds
// each field by name. A Template does that once:
//
//	inline    a {{template}} is replaced by the content of what it calls
//	escape    html/template adds its escapers to the one tree that this gives
//	compile   each node becomes a function; a field remembers where it lies
//
// It is a second implementation of what html/template does, which the builder keeps
// for cold builds: without it they take one and a half times as long (1,000 short
// pages) to two and a half times (pages full of claims). TestTemplates, TestEscapers
// and FuzzEscape hold the two together. It imports no other package of the builder;
// without its one call, in layout, all is rendered as before.
//
// Invariant: a Template writes what html/template writes, or nothing. Whatever it
// does not know (a construct, an error, a nil where a value is needed) makes it
// give up with a reason. The caller then has html/template do it all, and say what
// is wrong if something is.
//
// Deliberately absent: escaping in scripts and styles (unless the value is typed
// as safe), messages for authors, and any decision about safety: which escaper is
// needed where, html/template says.
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

// Compile compiles the template of a name and all that it calls. trees are those
// of all files, by the name of the template; they are not changed. The error says
// what is not known here, and where.
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

// escape has html/template add its escapers to the nodes below roots. It does so
// before it executes a template, so this one is executed, until it writes.
func escape(name string, roots map[string]*parse.ListNode, funcs template.FuncMap) error {
	t := template.New(name).Funcs(funcs)
	for name, root := range roots {
		root.Nodes = append([]parse.Node{&parse.TextNode{NodeType: parse.NodeText}}, root.Nodes...)
		if _, err := t.AddParseTree(name, &parse.Tree{Name: name, ParseName: name, Root: root}); err != nil {
			return err
		}
	}
	err := t.ExecuteTemplate(refusing{}, name, nil)
	var unsafe *template.Error
	switch {
	case errors.Is(err, errRefused):
		return nil
	case errors.As(err, &unsafe):
		// Its own text looks for the file in a node, which an inlined one does not know.
		return fmt.Errorf("%s: %s", unsafe.Name, unsafe.Description)
	}
	return err
}

// refusing is a writer that takes nothing, not even the empty text with which
// escape has a template begin. So nothing else of it is executed.
type refusing struct{}

var errRefused = errors.New("refused")

func (refusing) Write([]byte) (int, error) { return 0, errRefused }

// Append appends what the template writes for data. If there is an error, the
// template gave up: out means nothing, and html/template has to be asked.
func (t *Template) Append(b []byte, data any) (out []byte, err error) {
	defer recoverFallback(&err)
	s := &state{out: b}
	s.call(t.main, reflect.ValueOf(data))
	return s.out, nil
}

// fallback is the panic with which this package leaves a template to html/template:
// the reason. It is the only panic that is recovered from here; any other is a bug.
// A function that a template calls and that panics is an error of the template to
// html/template, which words it, so that becomes a fallback too: see invoke.
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
	vars []reflect.Value // of the body that is executed, by slot
	args []reflect.Value // of the calls under way, the innermost last

	depth int // of bodies that call themselves
}

// maxDepth is less than what text/template allows: there is an end to every stack.
const maxDepth = 10_000

// step writes, or sets a variable.
type step func(s *state)

// body is a compiled template with variables of its own.
type body struct {
	steps []step
	slots int
}

func (s *state) run(steps []step) {
	for _, step := range steps {
		step(s)
	}
}

// with runs steps that have a dot of their own.
func (s *state) with(dot reflect.Value, steps []step) {
	outer := s.dot
	s.dot = dot
	s.run(steps)
	s.dot = outer
}

// call executes a body.
func (s *state) call(b *body, data reflect.Value) {
	if s.depth++; s.depth > maxDepth {
		panic(fallback("templates call themselves without an end"))
	}
	vars := s.vars
	s.vars = make([]reflect.Value, b.slots)
	s.vars[0] = data // $
	s.with(data, b.steps)
	s.vars = vars
	s.depth--
}
