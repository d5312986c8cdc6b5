package layout

import (
	"bytes"
	"html/template"
	"sync"
	"sync/atomic"
	"text/template/parse"

	"analysis/builder/internal/compiled"
)

// tmpl is a template that can be executed: a layout, or a partial by itself.
// Package compiled executes it. If it cannot, html/template does, which takes
// several times as long, and says what is wrong if anything is.
type tmpl struct {
	file        string
	fingerprint string // of a layout
	compiled    func() (*compiled.Template, error)
	interpreted func() *template.Template
	reason      atomic.Pointer[string] // why html/template executed it
}

// newTmpl readies the template of a name among trees, which were parsed from files:
// their names, in the order in which they may replace each other's definitions.
func (s *Set) newTmpl(name, file string, trees map[string]*parse.Tree, files []string) *tmpl {
	return &tmpl{
		file: file,
		compiled: sync.OnceValues(func() (*compiled.Template, error) {
			return compiled.Compile(name, trees, functions())
		}),
		interpreted: sync.OnceValue(func() *template.Template {
			t := template.New("").Funcs(functions())
			for _, f := range files {
				template.Must(t.New(f).Parse(string(s.files[f]))) // as Load did
			}
			return t.Lookup(name)
		}),
	}
}

// append appends what the template writes for data.
func (t *tmpl) append(b []byte, data any) ([]byte, error) {
	c, err := t.compiled()
	if err == nil {
		var out []byte
		if out, err = c.Append(b, data); err == nil {
			return out, nil
		}
	}
	to := bytes.NewBuffer(b)
	if failed := t.interpreted().Execute(to, data); failed != nil {
		return nil, failed
	}
	reason := err.Error()
	t.reason.CompareAndSwap(nil, &reason)
	return to.Bytes(), nil
}
