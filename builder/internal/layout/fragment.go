package layout

import (
	"bytes"
	"fmt"
	"html/template"
	"slices"
	"strings"
	"sync"

	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/site"
)

// fragments are the partials of one build that many pages share, rendered once
// each. They may be used by several goroutines at once.
type fragments struct {
	partials map[string]*entry
	done     sync.Map // of shared to *fragment
}

// shared names a partial and all that it may depend on: a comparable value of
// pointers to what never changes during a build.
type shared struct {
	name string
	data any
}

// fragment is a rendered partial.
type fragment struct {
	html  []byte
	hrefs func() map[string]int // where each address in it ends
}

// Part is what a partial for one thing sees.
type Part struct {
	Of      any // a pointer
	without string
	root    string
}

// Href is the relative address of r.
func (p Part) Href(r *site.Ref) string { return site.Address(p.root, r.URL) }

// Without reports whether the partial is to leave something out.
func (p Part) Without(word string) bool {
	for option := range strings.FieldsSeq(p.without) {
		if option == word {
			return true
		}
	}
	return false
}

func (f *fragments) get(s shared) (*fragment, error) {
	if found, ok := f.done.Load(s); ok {
		return found.(*fragment), nil
	}
	e := f.partials[s.name]
	if e == nil {
		return nil, fmt.Errorf("no %s", s.name)
	}
	html, err := e.append(nil, s.data)
	if err != nil {
		return nil, err
	}
	found, _ := f.done.LoadOrStore(s, &fragment{html, sync.OnceValue(func() map[string]int { return hrefs(html) })})
	return found.(*fragment), nil
}

// hrefs finds the addresses in HTML, and the offset behind each.
func hrefs(html []byte) map[string]int {
	ends := map[string]int{}
	for at := 0; ; {
		i := bytes.Index(html[at:], []byte(`href="`))
		if i < 0 {
			return ends
		}
		start := at + i + len(`href="`)
		length := bytes.IndexByte(html[start:], '"')
		if length < 0 {
			return ends
		}
		at = start + length + 1
		ends[string(html[start:at-1])] = at
	}
}

// marked is the fragment with one of its addresses marked as current, if it has
// that address.
func (f *fragment) marked(href, current string) template.HTML {
	at, ok := f.hrefs()[href]
	if !ok {
		return template.HTML(f.html)
	}
	return template.HTML(slices.Concat(f.html[:at], []byte(` aria-current="`+current+`"`), f.html[at:]))
}

// Part is a partial that depends on one thing alone and not on the page, such as
// an entry of a list. It is rendered once for all pages of the same depth. without
// names, in one string, what the partial is to leave out.
func (v *View) Part(name string, of any, without string) (template.HTML, error) {
	f, err := v.run.fragments.get(shared{"partials/" + name, Part{of, without, v.Root()}})
	if err != nil {
		return "", err
	}
	return template.HTML(f.html), nil
}

// Nav is what the partials of the navigation see.
type Nav struct {
	Config  *frontmatter.Config
	Menu    *site.Menu
	Section *site.Section // nil in the masthead
	root    string
}

// Href is the relative address of r.
func (n Nav) Href(r *site.Ref) string { return site.Address(n.root, r.URL) }

// Nav is partials/nav.html with the link to the current page marked.
func (v *View) Nav() (template.HTML, error) {
	f, err := v.run.fragments.get(shared{nav, Nav{v.Config, v.Menu, v.Section, v.Root()}})
	if err != nil {
		return "", err
	}
	return f.marked(v.Href(v.Ref), "page"), nil
}

// Masthead is partials/masthead.html with the link to the current page marked,
// or else the link to the part of the site in which it stands.
func (v *View) Masthead() (template.HTML, error) {
	f, err := v.run.fragments.get(shared{masthead, Nav{Config: v.Config, Menu: v.Menu, root: v.Root()}})
	if err != nil {
		return "", err
	}
	for _, r := range v.Menu.Items {
		if r != v.Ref && v.Within(r) {
			return f.marked(v.Href(r), "true"), nil
		}
	}
	return f.marked(v.Href(v.Ref), "page"), nil
}
