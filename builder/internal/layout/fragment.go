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

// fragment is a partial that many pages share, rendered once for them all.
type fragment struct {
	html  []byte
	hrefs func() map[string]int // where each address in it ends
}

// fragmentKey names a partial and all that its bytes depend on: a comparable value
// of pointers to what never changes.
type fragmentKey struct {
	partial string
	data    any
}

// fragment renders a partial, unless that was done for another page.
func (s *Set) fragment(partial string, data any) (*fragment, error) {
	key := fragmentKey{partial, data}
	if f, ok := s.fragments.Load(key); ok {
		return f.(*fragment), nil
	}
	t := s.partials[partial]
	if t == nil {
		return nil, fmt.Errorf("no %s", partial)
	}
	html, _, err := t.append(nil, data)
	if err != nil {
		return nil, err
	}
	f, _ := s.fragments.LoadOrStore(key, &fragment{html, sync.OnceValue(func() map[string]int { return hrefs(html) })})
	return f.(*fragment), nil
}

// Forget forgets the fragments of a build, for most of what they were made of is
// not seen again.
func (s *Set) Forget() { s.fragments.Clear() }

// hrefs finds the addresses in HTML, and the offset behind each.
func hrefs(html []byte) map[string]int {
	const attribute = `href="`
	ends := map[string]int{}
	for at := 0; ; {
		_, rest, _ := bytes.Cut(html[at:], []byte(attribute))
		href, _, ok := bytes.Cut(rest, []byte{'"'})
		if !ok {
			return ends
		}
		at = len(html) - len(rest) + len(href) + 1
		ends[string(href)] = at
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

// relative is the place in the site from which a fragment is seen: all that it
// knows of the page.
type relative struct{ root string }

// Href is the relative address of r.
func (from relative) Href(r *site.Ref) string { return site.Address(from.root, r.URL) }

// Part is what a partial for one thing sees.
type Part struct {
	Of any // a pointer
	relative
	without string
}

// Without reports whether the partial is to leave something out.
func (p Part) Without(word string) bool {
	for option := range strings.FieldsSeq(p.without) {
		if option == word {
			return true
		}
	}
	return false
}

// Part is a partial that depends on one thing alone and not on the page, such as
// an entry of a list. It is rendered once for all pages of the same depth. without
// names, in one string, what the partial is to leave out.
func (v *View) Part(name string, of any, without string) (template.HTML, error) {
	f, err := v.set.fragment("partials/"+name, Part{of, relative{v.Root()}, without})
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
	relative
}

// Nav is partials/nav.html with the link to the current page marked.
func (v *View) Nav() (template.HTML, error) {
	f, err := v.set.fragment(nav, Nav{v.Config, v.Menu, v.Section, relative{v.Root()}})
	if err != nil {
		return "", err
	}
	return f.marked(v.Href(v.Ref), "page"), nil
}

// Masthead is partials/masthead.html with the link to the current page marked,
// or else the link to the part of the site in which it stands.
func (v *View) Masthead() (template.HTML, error) {
	f, err := v.set.fragment(masthead, Nav{v.Config, v.Menu, nil, relative{v.Root()}})
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
