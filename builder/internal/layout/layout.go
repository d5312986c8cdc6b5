// Package layout turns Pages into bytes with the templates of the layouts
// folder.
//
// It is the fourth stop of a build. A page's layout is the one its front matter
// names, or else that of what it shows, or else that of its kind, or else
// page.html. A layout that defines
// "main" is put into base.html; one that does not stands alone. Files under
// partials/ may be used by all.
//
// A template sees a View: the Page, and the few functions that need to know
// about layouts or assets. What is the same on many pages (the masthead, the
// navigation of a section, the entry of a claim in a list) is rendered once as a
// fragment; the current page is marked in it by a splice.
//
// Invariant: the bytes depend on the Page and the Set alone; no clock, no
// counter, no order of rendering shows in them.
//
// Deliberately absent: which pages there are and where the bytes go.
package layout

import (
	"bytes"
	"cmp"
	"fmt"
	"html/template"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"analysis/builder/internal/content"
	"analysis/builder/internal/diag"
	"analysis/builder/internal/site"
)

// Set is all layouts, parsed. It is immutable and may be used by several
// goroutines at once.
type Set struct {
	layouts map[string]*template.Template // by name without ".html"
	common  *template.Template            // all of partials/, the same for all layouts
	assets  map[string]string
	sources map[string][]byte // by name, to count the characters of a line
}

const (
	base     = "base.html"
	fallback = "page"
	nav      = "partials/nav.html"
	masthead = "partials/masthead.html"
	label    = "partials/claim.html"
)

// Load parses the layouts. files are those of the layouts folder by name;
// assets maps the name of each file of the static folder to its address below
// the site's root.
func Load(files map[string][]byte, assets map[string]string) (*Set, []diag.Diagnostic) {
	s := &Set{layouts: map[string]*template.Template{}, assets: assets, sources: files}
	var found []diag.Diagnostic
	common := template.New("").Funcs(functions())
	var own []string
	for _, name := range slices.Sorted(maps.Keys(files)) {
		switch dir := path.Dir(name); {
		case path.Ext(name) != ".html":
		case dir == "." && name != base:
			own = append(own, name)
		case dir == "." || dir == "partials":
			found = append(found, define(common, name, files[name])...)
		}
	}
	if t, err := common.Clone(); err == nil {
		s.common = t
	}
	for _, name := range own {
		t, err := common.Clone()
		if err != nil {
			found = append(found, located(err, "", name))
			continue
		}
		found = append(found, define(t, name, files[name])...)
		entry := t.Lookup(name)
		if definesMain.Match(files[name]) {
			entry = t.Lookup(base)
		}
		if entry == nil {
			found = append(found, diag.Errorf(diag.Position{File: base}, "this layout is missing").
				WithHint("layouts that define \"main\" are put into it"))
			continue
		}
		s.layouts[strings.TrimSuffix(name, ".html")] = entry
	}
	if s.layouts[fallback] == nil && len(found) == 0 {
		found = append(found, diag.Errorf(diag.Position{File: fallback + ".html"}, "this layout is missing").
			WithHint("every kind of page without a layout of its own uses it"))
	}
	return s, found
}

// definesMain matches a layout that is put into the base. The template set does
// not tell: the base may have a main of its own to fall back on.
var definesMain = regexp.MustCompile(`\{\{-?\s*define\s+["\x60]main["\x60]`)

// define parses one file into t.
func define(t *template.Template, name string, src []byte) []diag.Diagnostic {
	if _, err := t.New(name).Parse(string(src)); err != nil {
		return []diag.Diagnostic{located(err, "", name)}
	}
	return nil
}

// Run renders the pages of one build. It may be used by several goroutines at
// once.
type Run struct {
	set       *Set
	label     *template.Template // partials/claim.html, nil if there is none
	fragments fragments
}

// NewRun begins the rendering of one build.
func (s *Set) NewRun() *Run {
	r := &Run{set: s, fragments: fragments{partials: s.common}}
	if s.common != nil {
		r.label = s.common.Lookup(label)
	}
	return r
}

// Render returns the bytes of one page. A Diagnostic that has a Message says
// why there are none; its file is below the layouts folder, or, if fromContent
// is true, below the content folder.
func (r *Run) Render(p *site.Page) (out []byte, found diag.Diagnostic, fromContent bool) {
	name, t := r.set.choose(p)
	switch {
	case t == nil && p.Doc.Path == "":
		return nil, diag.Errorf(diag.Position{File: name + ".html"}, "this layout is missing").
			WithHint("the single-file edition is made with it"), false
	case t == nil:
		return nil, diag.Errorf(p.Doc.Front.LayoutAt, "no layout %q", name).
			WithHint("%s", cmp.Or(diag.DidYouMean(name, maps.Keys(r.set.layouts)),
				"there are "+strings.Join(slices.Sorted(maps.Keys(r.set.layouts)), ", "))), true
	}
	var b bytes.Buffer
	b.Grow(len(p.Doc.HTML) + 8<<10)
	if err := t.Execute(&b, &View{Page: p, run: r}); err != nil {
		return nil, r.set.inCharacters(located(err, p.Doc.Path, name+".html")), false
	}
	return b.Bytes(), diag.Diagnostic{}, false
}

func (s *Set) choose(p *site.Page) (string, *template.Template) {
	if p.Kind == site.KindSingle {
		return string(p.Kind), s.layouts[string(p.Kind)] // no other can frame it
	}
	switch name := p.Doc.Front.Layout; content.Kind(name) {
	case "":
		if t := s.layouts[p.Doc.Front.Shows]; t != nil {
			return p.Doc.Front.Shows, t
		}
	case site.KindRedirect, site.KindNotFound, site.KindSingle:
		return name, nil // made for pages without a Document
	default:
		return name, s.layouts[name]
	}
	if t := s.layouts[string(p.Kind)]; t != nil {
		return string(p.Kind), t
	}
	return fallback, s.layouts[fallback]
}

// View is what a template sees.
type View struct {
	*site.Page
	run *Run
}

// Body is the page's text, each claim in it headed by partials/claim.html.
func (v *View) Body() (template.HTML, error) {
	return v.labelled(make([]byte, 0, len(v.Doc.HTML)+1024), v.AppendBody)
}

// Text is that of a part of the whole, as it stands on this page.
func (v *View) Text(part *site.Part) (template.HTML, error) {
	return v.labelled(nil, func(b []byte, label func([]byte, *site.Statement) []byte) []byte {
		return v.AppendPart(b, part, label)
	})
}

// labelled is what text appends to b, with the label of each claim.
func (v *View) labelled(b []byte, text func([]byte, func([]byte, *site.Statement) []byte) []byte) (template.HTML, error) {
	var failed error
	body := text(b, func(b []byte, st *site.Statement) []byte {
		if v.run.label == nil {
			return b
		}
		to := bytes.NewBuffer(b)
		failed = cmp.Or(failed, v.run.label.Execute(to, map[string]any{"page": v, "claim": st}))
		return to.Bytes()
	})
	return template.HTML(body), failed
}

// Asset is the relative address of a file of the static folder, with the hash
// of its content in its name.
func (v *View) Asset(name string) (string, error) {
	u, ok := v.run.set.assets[name]
	if !ok {
		if hint := diag.DidYouMean(name, maps.Keys(v.run.set.assets)); hint != "" {
			return "", fmt.Errorf("no file %q in the static folder; %s", name, hint)
		}
		return "", fmt.Errorf("no file %q in the static folder", name)
	}
	return site.Address(v.Root(), u), nil
}
