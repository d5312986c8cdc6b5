package layout

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"fmt"
	"html/template"
	"maps"
	"regexp"
	"slices"
	"sync"
	"text/template/parse"

	"analysis/builder/internal/compiled"
	"analysis/builder/internal/words"
)

// tmpl is a template that can be executed: a layout or a partial. Package compiled
// executes it. If that gives up, html/template does, which takes several times as long
// and reports any mistake.
type tmpl struct {
	file         string
	fingerprint  string // of a layout
	compiled     func() (*compiled.Template, error)
	interpreters sync.Pool // *interpreter
}

// newTmpl makes the tmpl of a name, whose text is in file.
func newTmpl(name, file string, trees map[string]*parse.Tree, w *words.Set) *tmpl {
	return &tmpl{
		file: file,
		compiled: sync.OnceValues(func() (*compiled.Template, error) {
			return compiled.Compile(name, trees, allFunctions(w))
		}),
		interpreters: sync.Pool{New: func() any { return newInterpreter(name, trees, w) }},
	}
}

// interpreter is a template of html/template, for one execution at a time: its
// functions count against the budget of that execution.
type interpreter struct {
	template *template.Template
	budget   *compiled.Budget
	out      *bytes.Buffer
	from     int // where its output begins
}

func newInterpreter(name string, trees map[string]*parse.Tree, w *words.Set) *interpreter {
	in := &interpreter{}
	t := template.New("").Funcs(allFunctions(w)).Funcs(compiled.Counter(func() (*compiled.Budget, int) {
		return in.budget, in.out.Len() - in.from
	}))
	for name, tree := range trees {
		template.Must(t.AddParseTree(name, tree.Copy())) // html/template changes it
	}
	in.template = t.Lookup(name)
	return in
}

// append appends the output of the template for data. If html/template had to execute
// it, reason says why.
func (t *tmpl) append(b []byte, data any, budget *compiled.Budget) (out []byte, reason, err error) {
	if budget.Failed != nil {
		return nil, nil, budget.Failed
	}
	if err := budget.Count(1, 0); err != nil {
		return nil, nil, err
	}
	defer budget.Count(-1, 0)
	before := *budget
	c, reason := t.compiled()
	if reason == nil {
		out, reason = c.Append(b, data, budget)
	}
	if reason != nil && budget.Failed == nil {
		*budget = before
		out, budget.Failed = t.interpret(b, data, budget)
	}
	budget.Wrote(len(out) - len(b))
	return out, reason, budget.Failed
}

// interpret is append by html/template.
func (t *tmpl) interpret(b []byte, data any, budget *compiled.Budget) ([]byte, error) {
	in := t.interpreters.Get().(*interpreter)
	in.budget, in.out, in.from = budget, bytes.NewBuffer(b), len(b)
	if err := in.template.Execute(in.out, data); err != nil {
		return nil, err
	}
	out := in.out.Bytes()
	in.budget, in.out = nil, nil
	t.interpreters.Put(in)
	return out, nil
}

// usePattern matches where a template uses another file: a call of a template by name,
// or a method of View that renders a partial. It may match too much. Then a page is
// rendered although nothing in it changed.
var usePattern = regexp.MustCompile("\\{\\{-?\\s*(?:template|block)\\b(?:\\s+[\"`]([^\"`\\\\]+)[\"`])?" +
	`|\.(Nav|Masthead|Body|Text)\b|\.Part\b(?:\s+"([^"\\]+)")?|\(show\s+"([^"\\]+)"`)

// partialOf names the partials that methods of View render.
var partialOf = map[string]string{"Nav": nav, "Masthead": masthead, "Body": label, "Text": label}

// usesOf returns the names of the templates that a file uses; "" means any template.
func usesOf(text []byte) (names []string) {
	for _, m := range usePattern.FindAllSubmatch(text, -1) {
		name := cmp.Or(string(m[1]), partialOf[string(m[2])], string(m[4]))
		if len(m[3]) > 0 {
			name = "partials/" + string(m[3])
		}
		names = append(names, name)
	}
	return names
}

// fingerprint returns a hash of the words and of all files that a template may use. If a layout has the
// same fingerprint in two Sets, both render the same bytes for a page.
func (s *Set) fingerprint(name string, trees map[string]*parse.Tree, uses map[string][]string) string {
	used := map[string]bool{}
	var add func(name string)
	add = func(name string) {
		if name == "" {
			for all := range trees {
				add(all)
			}
		} else if t := trees[name]; t != nil && !used[t.ParseName] {
			used[t.ParseName] = true
			for _, name := range uses[t.ParseName] {
				add(name)
			}
		}
	}
	add(name)
	hash := sha256.New()
	fmt.Fprintf(hash, "%q\n", s.words.Hash())
	for _, file := range slices.Sorted(maps.Keys(used)) {
		fmt.Fprintf(hash, "%s\x00%d\x00%s", file, len(s.files[file]), s.files[file])
	}
	return string(hash.Sum(nil))
}
