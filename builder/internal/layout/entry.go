package layout

import (
	"bytes"
	"html/template"
	"sync"
	"sync/atomic"
	"text/template/parse"

	"analysis/builder/internal/compiled"
)

// entry is a template that can be rendered: a layout, or a partial by itself. Its
// Program writes it, and where there is none or it gives up, html/template does
// and says what is wrong.
type entry struct {
	fast func() *compiled.Template  // nil if it has none
	slow func() *template.Template // the same for html/template
	left *atomic.Int64             // how often it was asked
	look string                    // see look
}

// newEntry readies the template of a name among trees. files are those that the
// trees were parsed of, in the order in which they may replace each other's parts.
func newEntry(name string, trees map[string]*parse.Tree, files []source, left *atomic.Int64) *entry {
	return &entry{
		left: left,
		fast: sync.OnceValue(func() *compiled.Template {
			p, err := compiled.Compile(name, trees, functions())
			if err != nil {
				return nil
			}
			return p
		}),
		slow: sync.OnceValue(func() *template.Template {
			t := template.New("").Funcs(functions())
			for _, f := range files {
				if _, err := t.New(f.name).Parse(string(f.text)); err != nil {
					return t // it was parsed before, so this cannot be
				}
			}
			return t.Lookup(name)
		}),
	}
}

// append appends what the template writes for data.
func (e *entry) append(b []byte, data any) ([]byte, error) {
	if p := e.fast(); p != nil {
		if out, err := p.Append(b, data); err == nil {
			return out, nil
		}
	}
	e.left.Add(1)
	to := bytes.NewBuffer(b)
	err := e.slow().Execute(to, data)
	return to.Bytes(), err
}

