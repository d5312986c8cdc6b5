package layout

import (
	"bytes"
	"html/template"
	"sync"
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

// append appends what the template writes for data. reason says why html/template
// had to execute it, if it had to.
func (t *tmpl) append(b []byte, data any) (out []byte, reason, err error) {
	c, reason := t.compiled()
	if reason == nil {
		if out, reason = c.Append(b, data); reason == nil {
			return out, nil, nil
		}
	}
	to := bytes.NewBuffer(b)
	if err := t.interpreted().Execute(to, data); err != nil {
		return nil, nil, err
	}
	return to.Bytes(), reason, nil
}
