package layout

import (
	"cmp"
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
	texttemplate "text/template"
	"text/template/parse"

	"analysis/builder/internal/compiled"
	"analysis/builder/internal/diag"
	"analysis/builder/internal/gather"
	"analysis/builder/internal/kind"
	"analysis/builder/internal/site"
	"analysis/builder/internal/words"
)

// Set is all layouts, parsed. It is immutable apart from its fragments, and may be used
// by several goroutines at once.
type Set struct {
	layouts   map[string]*tmpl // by name without ".html"
	partials  map[string]*tmpl // by name
	assets    map[string]string
	files     map[string][]byte // by name
	words     *words.Set
	fragments sync.Map // *fragment, by partial and data
}

const (
	base     = "base.html"
	fallback = "page"
	nav      = "partials/nav.html"
	masthead = "partials/masthead.html"
	label    = "partials/claim.html"
)

// Load parses the layouts. files holds the files of the layouts folder by name. assets
// maps the name of each file of the static folder to its address below the site's root. The
// words of the interface are those of w.
func Load(files map[string][]byte, assets map[string]string, w *words.Set) (*Set, []diag.Diagnostic) {
	s := &Set{layouts: map[string]*tmpl{}, partials: map[string]*tmpl{}, assets: assets, files: files, words: w}
	var found []diag.Diagnostic
	var own []string
	common := map[string]*parse.Tree{}
	uses := map[string][]string{}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		uses[name] = usesOf(files[name])
		switch dir := path.Dir(name); {
		case path.Ext(name) != ".html":
		case dir == "." && name != base:
			own = append(own, name)
		case dir == "." || dir == "partials":
			found = append(found, s.define(common, name)...)
		}
	}
	for name, t := range common {
		s.partials[name] = newTmpl(name, t.ParseName, common, w)
	}
	for _, file := range own {
		trees := maps.Clone(common)
		found = append(found, s.define(trees, file)...)
		name := file
		if definesMain.Match(files[file]) {
			name = base
		}
		if trees[name] != nil {
			t := newTmpl(name, file, trees, w)
			t.fingerprint = s.fingerprint(name, trees, uses)
			s.layouts[strings.TrimSuffix(file, ".html")] = t
		} else if name == base {
			found = append(found, missing(base, "layouts that define \"main\" are put into it"))
		}
	}
	if s.layouts[fallback] == nil && len(found) == 0 {
		found = append(found, missing(fallback+".html", "every kind of page without a layout of its own uses it"))
	}
	return s, found
}

// Has reports whether a kind of page has a layout of its own.
func (s *Set) Has(k kind.Kind) bool { return s.layouts[string(k)] != nil }

// define parses a file and adds its templates to trees. An empty template does not
// replace another one.
func (s *Set) define(trees map[string]*parse.Tree, name string) []diag.Diagnostic {
	parsed, err := parseFile(name, s.files[name], s.words)
	if err != nil {
		d := s.diagnosticOf(err, "", name)
		d.Column = columnOf(err, name, s.files[name], s.words)
		return []diag.Diagnostic{s.inCharacters(d)}
	}
	e := newExpander(s.words, name, s.files[name])
	for _, t := range parsed.Templates() {
		if e.list(t.Root); e.err != nil {
			return []diag.Diagnostic{s.diagnosticOf(e.err, "", name)}
		}
		if trees[t.Name()] == nil || !parse.IsEmptyTree(t.Root) {
			trees[t.Name()] = t.Tree
			if deep := compiled.Mark(name, t.Root); deep != nil {
				at, _ := t.ErrorContext(deep)
				err := fmt.Errorf("template: %s: more than %d loops are inside each other", at, compiled.MaxLoops)
				return []diag.Diagnostic{s.inCharacters(s.diagnosticOf(err, "", name))}
			}
		}
	}
	return nil
}

func parseFile(name string, text []byte, w *words.Set) (*texttemplate.Template, error) {
	return texttemplate.New(name).Funcs(functions(w)).Parse(string(text))
}

// definesMain matches a layout that is put into the base. The parsed trees cannot be
// used instead, because the base may define a main itself.
var definesMain = regexp.MustCompile(`\{\{-?\s*define\s+["\x60]main["\x60]`)

// missing reports that a layout is missing, and what it is used for.
func missing(file, use string) diag.Diagnostic {
	return diag.Errorf(diag.Position{File: file}, "this layout is missing").WithHint("%s", use)
}

// Render appends the bytes of one page to b. o is nil if the page gathers nothing. What
// it costs counts against budget. If found is an error, there are no bytes. Its file is below the layouts folder, or, if
// fromContent is true, below the content folder. If found is a note, html/template
// executed the layout, because package compiled does not support something in it.
func (s *Set) Render(budget *compiled.Budget, b []byte, p *site.Page, o *gather.Overview) (out []byte, found diag.Diagnostic, fromContent bool) {
	name, t := s.choose(p)
	switch {
	case t == nil && p.Doc.Path == "":
		return nil, missing(name+".html", "the single-file edition is made with it"), false
	case t == nil && s.layouts[name] != nil:
		return nil, diag.Errorf(p.Doc.Front.LayoutAt, "the layout %q is not for a page that has a file", name).
			WithHint("name another, or take the line away"), true
	case t == nil:
		return nil, diag.Errorf(p.Doc.Front.LayoutAt, "no layout %q", name).
			WithHint("%s", cmp.Or(diag.DidYouMean(name, maps.Keys(s.layouts)),
				"there are "+s.Fingerprint(p))), true
	}
	from := len(b)
	out, reason, err := t.append(b, &View{Page: p, Overview: o, Picture: gather.DrawPicture(p), set: s, budget: budget}, budget)
	switch {
	case err != nil:
		return nil, s.diagnosticOf(err, p.Doc.Path, name+".html"), false
	case reason != nil:
		at, message := position("template: "+reason.Error(), diag.Position{File: t.file})
		found = diag.Notef(at, "this layout takes several times as long as others: %s", strings.TrimPrefix(message, "template: ")).
			WithHint("the package comment of builder/internal/compiled says what it knows")
	}
	if err == nil && s.words.HasEnglish() {
		out = append(out[:from], markEnglish(out[from:])...)
	}
	return out, found, false
}

// Fingerprint returns a hash of the files that the layout of a page uses, or the names of
// all layouts if it has none, which its error lists. Changes of other partials do not affect it.
func (s *Set) Fingerprint(p *site.Page) string {
	if _, t := s.choose(p); t != nil {
		return t.fingerprint
	}
	return strings.Join(slices.Sorted(maps.Keys(s.layouts)), ", ")
}

// Ready compiles the layout of a page. Without it, Render does so for the first such
// page.
func (s *Set) Ready(p *site.Page) {
	if _, t := s.choose(p); t != nil {
		t.compiled()
	}
}

// choose returns the name of a page's layout, and the layout, or nil if it does not
// exist.
func (s *Set) choose(p *site.Page) (string, *tmpl) {
	own, named := string(p.Kind), p.Doc.Front.Layout
	switch {
	case p.Kind == site.KindSingle:
		return own, s.layouts[own] // no other layout can be used
	case slices.Contains([]kind.Kind{site.KindRedirect, site.KindNotFound, site.KindSingle, site.KindCard}, kind.Kind(named)):
		return named, nil // made for pages without a Document
	case named != "":
		return named, s.layouts[named]
	}
	for _, name := range []string{p.Doc.Front.Shows, own} {
		if t := s.layouts[name]; t != nil {
			return name, t
		}
	}
	return fallback, s.layouts[fallback]
}
