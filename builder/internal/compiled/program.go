// Package program makes templates fast: it turns one that html/template has made
// safe into a Program, which writes the very same bytes and takes a small part of
// the time.
//
// It serves the fourth stop of a build, below layout. In come parsed files and the
// functions they may call; out comes a Program, or the reason why there can be
// none. html/template finds its way through a tree of nodes anew for every page
// and calls functions by reflection, escapers too. A Program does the finding once:
//
//	inline    a {{template}} gives way to the nodes that it stands for
//	escape    html/template adds its escapers to that one tree
//	compile   each node becomes a function; a field knows where it lies
//
// Invariant: a Program writes what html/template writes, or nothing. Whatever is
// out of the ordinary (a construct not known here, an error, a nil where a value
// was due) makes Append give up, and the caller has html/template do it all and say
// what is wrong.
//
// Deliberately absent: escaping in scripts and styles (such a template has no
// Program, unless the value is typed as safe), messages for authors, and any
// decision about safety: which escaper stands where is html/template's.
package compiled

import (
	"errors"
	"fmt"
	"html/template"
	"text/template/parse"
)

// Program is a compiled template. It may be used by several goroutines at once.
type Program struct {
	main *body
}

// Options are what a template may call.
type Options struct {
	Funcs   template.FuncMap
	Methods []Method // that are called without reflection
}

// Compile makes a Program of the template of a name and all that it calls. trees
// are those of all files by name; they are not changed.
func Compile(name string, trees map[string]*parse.Tree, o Options) (*Program, error) {
	in := &inliner{trees: trees, kept: map[string]*parse.ListNode{}}
	if _, err := in.whole(name); err != nil {
		return nil, err
	}
	t := template.New(name).Funcs(o.Funcs)
	for _, n := range in.names {
		if _, err := t.AddParseTree(n, &parse.Tree{Name: n, ParseName: n, Root: in.kept[n]}); err != nil {
			return nil, err
		}
	}
	if err := escape(t.Lookup(name)); err != nil {
		return nil, err
	}
	c := &compiler{
		set: t, funcs: o.Funcs, methods: map[methodName]Method{}, bodies: map[string]*body{},
		escapers: escapers(), unaries: unaries(), binaries: binaries(), builtins: builtins(),
	}
	for _, m := range o.Methods {
		c.methods[m.methodName] = m
	}
	main, err := c.body(name)
	if err != nil {
		return nil, err
	}
	return &Program{main}, nil
}

// escape has html/template add its escapers, which it does before it writes
// anything.
func escape(t *template.Template) error {
	err := t.Execute(full{}, nil)
	var unsafe *template.Error
	if errors.As(err, &unsafe) {
		return err
	}
	return nil
}

// full is a writer that takes nothing.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("full") }

// Append appends what the template writes for data. If it is false, the bytes
// appended mean nothing, and html/template has to be asked.
func (p *Program) Append(b []byte, data any) (out []byte, ok bool) {
	m := &machine{out: b}
	defer func() {
		if r := recover(); r != nil { // a giveUp, or what a function that was called has thrown
			out, ok = b, false
		}
	}()
	m.call(p.main, valueOf(data))
	return m.out, true
}

// giveUp is what is thrown where a Program does not know what html/template
// would do.
type giveUp struct{}

// machine is one run of a Program.
type machine struct {
	out  []byte
	dot  value
	vars []value // of the template that runs, by slot
}

// step writes, or sets a variable.
type step func(m *machine)

// get is an expression.
type get func(m *machine) value

// body is a compiled template.
type body struct {
	steps []step
	slots int
}

func (m *machine) run(steps []step) {
	for _, s := range steps {
		s(m)
	}
}

// call runs a template with variables of its own.
func (m *machine) call(b *body, data value) {
	dot, vars := m.dot, m.vars
	m.dot, m.vars = data, make([]value, b.slots)
	m.vars[0] = data // $
	m.run(b.steps)
	m.dot, m.vars = dot, vars
}

// unknown says that a template has no Program.
func unknown(n parse.Node) error { return fmt.Errorf("no program for %s", n) }
