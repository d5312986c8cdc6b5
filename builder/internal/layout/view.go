package layout

import (
	"cmp"
	"fmt"
	"html/template"
	"maps"
	"slices"
	"strings"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/gather"
	"analysis/builder/internal/site"
)

// View is what a template sees.
type View struct {
	*site.Page
	Overview *gather.Overview // what the page gathers from the whole site, else nil
	Picture  *gather.Picture  // what its front matter draws, else nil

	set *Set
}

// Body is the page's text, each claim in it headed by partials/claim.html.
func (v *View) Body() (template.HTML, error) {
	return v.labelled(make([]byte, 0, len(v.Doc.HTML)+1024), v.AppendBody)
}

// Text is that of a part of the whole, as it is on this page.
func (v *View) Text(part *site.Part) (template.HTML, error) {
	return v.labelled(nil, func(b []byte, label func([]byte, *site.Statement) []byte) []byte {
		return v.AppendPart(b, part, label)
	})
}

// labelled is what text appends to b, with the label of each claim.
func (v *View) labelled(b []byte, text func([]byte, func([]byte, *site.Statement) []byte) []byte) (template.HTML, error) {
	var failed error
	body := text(b, func(b []byte, st *site.Statement) []byte {
		t := v.set.partials[label]
		if t == nil {
			return b
		}
		out, _, err := t.append(b, map[string]any{"page": v, "claim": st})
		if err != nil {
			failed = cmp.Or(failed, err)
			return b
		}
		return out
	})
	return template.HTML(body), failed
}

// Asset is the relative address of a file of the static folder, with the hash
// of its content in its name.
func (v *View) Asset(name string) (string, error) {
	if u, ok := v.set.assets[name]; ok {
		return site.Address(v.Root(), u), nil
	}
	if hint := diag.DidYouMean(name, maps.Keys(v.set.assets)); hint != "" {
		return "", fmt.Errorf("no file %q in the static folder; %s", name, hint)
	}
	return "", fmt.Errorf("no file %q in the static folder", name)
}

// TeX is plain text as BibTeX and TeX need it.
func (v *View) TeX(text string) string { return tex.Replace(text) }

var tex = strings.NewReplacer(
	`\`, `\textbackslash{}`, `{`, `\{`, `}`, `\}`, `&`, `\&`, `%`, `\%`, `$`, `\$`, `#`, `\#`, `_`, `\_`,
	`~`, `\textasciitilde{}`, `^`, `\textasciicircum{}`,
)

// fragment renders a partial that many pages share, unless that was done for
// another page. data is all that its bytes depend on: a comparable value of
// pointers to what never changes.
func (s *Set) fragment(partial string, data any) (template.HTML, error) {
	key := [2]any{partial, data}
	if f, ok := s.fragments.Load(key); ok {
		return f.(template.HTML), nil
	}
	t := s.partials[partial]
	if t == nil {
		return "", fmt.Errorf("no %s", partial)
	}
	out, _, err := t.append(nil, data)
	if err != nil {
		return "", err
	}
	f, _ := s.fragments.LoadOrStore(key, template.HTML(out))
	return f.(template.HTML), nil
}

// Forget forgets the fragments of a build, for most of what they were made of is
// not seen again.
func (s *Set) Forget() { s.fragments.Clear() }

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
func (p Part) Without(word string) bool { return slices.Contains(strings.Fields(p.without), word) }

// Part is a partial that depends on one thing alone and not on the page, such as
// an entry of a list. It is rendered once for all pages of the same depth. without
// names, in one string, what the partial is to leave out.
func (v *View) Part(name string, of any, without string) (template.HTML, error) {
	return v.set.fragment("partials/"+name, Part{of, relative{v.Root()}, without})
}

// Nav is what the partials of the navigation see.
type Nav struct {
	Config  *frontmatter.Config
	Menu    *site.Menu
	Section *site.Section // nil in the masthead
	relative
}

// Nav is partials/nav.html with the link to the current page marked.
func (v *View) Nav() (template.HTML, error) { return v.navigation(nav, v.Section, v.Ref, "page") }

// Masthead is partials/masthead.html with the link to the current page marked,
// or else the link to the part of the site in which it is.
func (v *View) Masthead() (template.HTML, error) {
	for _, r := range v.Menu.Items {
		if r != v.Ref && v.Within(r) {
			return v.navigation(masthead, nil, r, "true")
		}
	}
	return v.navigation(masthead, nil, v.Ref, "page")
}

// navigation is a partial in which links to one page are marked as current.
func (v *View) navigation(partial string, section *site.Section, current *site.Ref, mark string) (template.HTML, error) {
	html, err := v.set.fragment(partial, Nav{v.Config, v.Menu, section, relative{v.Root()}})
	link := `href="` + v.Href(current) + `"`
	return template.HTML(strings.ReplaceAll(string(html), link, link+` aria-current="`+mark+`"`)), err
}
