// Package layout turns Pages into bytes with the templates of the layouts
// folder.
//
// It is the fourth stop of a build. A page's layout is the one its front matter
// names, or else that of what it shows, or else that of its kind, or else
// page.html. A layout that defines
// "main" is put into base.html; one that does not stands alone. Files under
// partials/ may be used by all. html/template makes them safe and says what is
// wrong with them; package program makes them fast.
//
// A template sees a View: the Page, what it gathers from the whole site, and the few functions that need to know
// about layouts or assets. What is the same on many pages (the masthead, the
// navigation of a section, the entry of a claim in a list) is rendered once as a
// fragment; the current page is marked in it by a splice.
//
// Invariant: the bytes depend on the Page, its Overview and the Set alone; no clock, no
// counter, no order of rendering shows in them.
//
// Deliberately absent: which pages there are and where the bytes go.
package layout

import (
	"cmp"
	"fmt"
	"html/template"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"text/template/parse"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/gather"
	"analysis/builder/internal/kind"
	"analysis/builder/internal/site"
)

// Set is all layouts, parsed. What it renders never changes, and it may be used by
// several goroutines at once.
type Set struct {
	layouts  map[string]*entry // by name without ".html"
	partials map[string]*entry // by name
	assets   map[string]string
	sources  map[string][]byte // by name, to count the characters of a line
	slow     atomic.Int64
}

// Slow is how often a template was left to html/template because it has no
// Program, or because that gave up.
func (s *Set) Slow() int64 { return s.slow.Load() }

const (
	base     = "base.html"
	fallback = "page"
	nav      = "partials/nav.html"
	masthead = "partials/masthead.html"
	label    = "partials/claim.html"
)

// source is the text of a file.
type source struct {
	name string
	text []byte
}

// Load parses the layouts. files are those of the layouts folder by name;
// assets maps the name of each file of the static folder to its address below
// the site's root.
func Load(files map[string][]byte, assets map[string]string) (*Set, []diag.Diagnostic) {
	s := &Set{layouts: map[string]*entry{}, partials: map[string]*entry{}, assets: assets, sources: files}
	var found []diag.Diagnostic
	known := functions()
	for _, name := range builtins {
		known[name] = true
	}
	define := func(trees map[string]*parse.Tree, f source) {
		parsed, err := parse.Parse(f.name, string(f.text), "", "", known)
		if err != nil {
			found = append(found, located(err, "", f.name))
		}
		for name, t := range parsed {
			if old := trees[name]; old == nil || !parse.IsEmptyTree(t.Root) {
				trees[name] = t
			}
		}
	}
	common := map[string]*parse.Tree{}
	var shared, own []source
	for _, name := range slices.Sorted(maps.Keys(files)) {
		f := source{name, files[name]}
		switch dir := path.Dir(name); {
		case path.Ext(name) != ".html":
		case dir == "." && name != base:
			own = append(own, f)
		case dir == "." || dir == "partials":
			shared = append(shared, f)
			define(common, f)
		}
	}
	for name := range common {
		s.partials[name] = newEntry(name, common, shared, &s.slow)
	}
	for _, f := range own {
		trees := maps.Clone(common)
		define(trees, f)
		name := f.name
		if definesMain.Match(f.text) {
			name = base
		}
		if trees[name] == nil {
			if name == base {
				found = append(found, diag.Errorf(diag.Position{File: base}, "this layout is missing").
					WithHint("layouts that define \"main\" are put into it"))
			}
			continue
		}
		e := newEntry(name, trees, append(slices.Clip(shared), f), &s.slow)
		e.look = look(name, trees, files)
		s.layouts[strings.TrimSuffix(f.name, ".html")] = e
	}
	if s.layouts[fallback] == nil && len(found) == 0 {
		found = append(found, diag.Errorf(diag.Position{File: fallback + ".html"}, "this layout is missing").
			WithHint("every kind of page without a layout of its own uses it"))
	}
	return s, found
}

// builtins are the names of text/template's own functions, which its parser has
// to be told.
var builtins = []string{
	"and", "call", "eq", "ge", "gt", "html", "index", "js", "le", "len", "lt", "ne", "not", "or", "print", "printf", "println", "slice", "urlquery",
}

// definesMain matches a layout that is put into the base. The template set does
// not tell: the base may have a main of its own to fall back on.
var definesMain = regexp.MustCompile(`\{\{-?\s*define\s+["\x60]main["\x60]`)

// Run renders the pages of one build. It may be used by several goroutines at
// once.
type Run struct {
	set       *Set
	fragments fragments
}

// NewRun begins the rendering of one build.
func (s *Set) NewRun() *Run {
	return &Run{set: s, fragments: fragments{partials: s.partials}}
}

// Render appends the bytes of one page to b, with what it gathers from the whole
// site, nil for nothing. A Diagnostic that has a Message says
// why there are none; its file is below the layouts folder, or, if fromContent
// is true, below the content folder.
func (r *Run) Render(b []byte, p *site.Page, o *gather.Overview) (out []byte, found diag.Diagnostic, fromContent bool) {
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
	out, err := t.append(b, &View{Page: p, Overview: o, Picture: gather.DrawPicture(p), run: r})
	if err != nil {
		return nil, r.set.inCharacters(located(err, p.Doc.Path, name+".html")), false
	}
	return out, diag.Diagnostic{}, false
}

// Look is a fingerprint of the files that the layout of a page is made of; "" if it
// has none. What does not use a changed partial keeps its look.
func (s *Set) Look(p *site.Page) string {
	if _, e := s.choose(p); e != nil {
		return e.look
	}
	return ""
}

// Ready makes the Program of a page's layout, which the first page would do else.
func (s *Set) Ready(p *site.Page) {
	if _, e := s.choose(p); e != nil {
		e.fast()
	}
}

func (s *Set) choose(p *site.Page) (string, *entry) {
	if p.Kind == site.KindSingle {
		return string(p.Kind), s.layouts[string(p.Kind)] // no other can frame it
	}
	switch name := p.Doc.Front.Layout; kind.Kind(name) {
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
	Overview *gather.Overview // what the page gathers from the whole site, else nil
	Picture  *gather.Picture  // what its front matter draws, else nil
	run      *Run
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
		e := v.run.set.partials[label]
		if e == nil {
			return b
		}
		b, err := e.append(b, map[string]any{"page": v, "claim": st})
		failed = cmp.Or(failed, err)
		return b
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
