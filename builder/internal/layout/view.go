package layout

import (
	"cmp"
	"context"
	"fmt"
	"html"
	"html/template"
	"maps"
	"net/url"
	"slices"
	"strings"

	"analysis/builder/internal/compiled"
	"analysis/builder/internal/diag"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/gather"
	"analysis/builder/internal/site"
	"analysis/builder/internal/text"
)

// View is the dot of a layout.
type View struct {
	*site.Page
	Overview *gather.Overview // what the page gathers from the whole site, or nil
	Picture  *gather.Picture  // what its front matter draws, or nil

	set    *Set
	budget *compiled.Budget
}

// Body returns the page's text, with partials/claim.html before each claim.
func (v *View) Body() (template.HTML, error) {
	return v.labelled(make([]byte, 0, len(v.Doc.HTML)+1024), v.AppendBody)
}

// Day returns when what the page says was last changed: for a claim, the edition in which its
// present version first stood, and else the day in the front matter.
func (v *View) Day() frontmatter.Date {
	if v.Overview != nil && v.Overview.Since != "" {
		return v.Overview.Since
	}
	return v.Doc.Front.Updated
}

// Sections is a Body cut before each heading of level two.
type Sections struct {
	Lead template.HTML   // before the first such heading
	Rest []template.HTML // from each such heading to the next, without the last
	Last template.HTML   // from the last such heading on
}

// Sections returns the Body in parts.
func (v *View) Sections() (s Sections, err error) {
	body, err := v.Body()
	var parts []template.HTML
	for _, h := range v.Doc.Headings {
		if h.Level != 2 || h.Inside {
			continue
		}
		if before, _, found := strings.Cut(string(body), `<h2 id="`+html.EscapeString(h.ID)+`"`); found {
			parts, body = append(parts, template.HTML(before)), body[len(before):]
		}
	}
	if len(parts) == 0 {
		return Sections{Lead: body}, err
	}
	return Sections{parts[0], parts[1:], body}, err
}

// GroupFigures groups figures by what they count and by claimant.
func (v *View) GroupFigures(figures []site.Figure) []gather.FigureGroup {
	return gather.GroupFigures(figures, cmp.Or(v.Config.FigureWords, text.AmountWords), v.Config.Words)
}

// Standing returns the sentence about a claim that partials/standing.html makes, as plain
// text, or "" if there is no such partial or it fails.
func (s *Set) Standing(st *site.Statement) string {
	t := s.partials["partials/standing.html"]
	if t == nil {
		return ""
	}
	out, _, err := t.append(nil, st, compiled.NewBudget(context.Background()))
	if err != nil {
		return ""
	}
	return strings.TrimSpace(text.PlainText([]byte(unmarked.Replace(string(out)))))
}

// Text returns the text of a part of the whole, for this page.
func (v *View) Text(part *site.Part) (template.HTML, error) {
	return v.labelled(nil, func(b []byte, label func([]byte, *site.Statement) []byte) []byte {
		return v.AppendPart(b, part, label)
	})
}

// labelled returns what text appends to b, with the label of each claim.
func (v *View) labelled(b []byte, text func([]byte, func([]byte, *site.Statement) []byte) []byte) (template.HTML, error) {
	var failed error
	body := text(b, func(b []byte, st *site.Statement) []byte {
		t := v.set.partials[label]
		if t == nil {
			return b
		}
		out, _, err := t.append(b, map[string]any{"page": v, "claim": st}, v.budget)
		if err != nil {
			failed = cmp.Or(failed, err)
			return b
		}
		return out
	})
	return template.HTML(body), failed
}

// Asset returns the relative address of a file of the static folder, with the hash of
// its content in its name.
func (v *View) Asset(name string) (string, error) {
	if u, ok := v.set.assets[name]; ok {
		return site.Address(v.Root(), u), nil
	}
	if hint := diag.DidYouMean(name, maps.Keys(v.set.assets)); hint != "" {
		return "", fmt.Errorf("no file %q in the static folder; %s", name, hint)
	}
	return "", fmt.Errorf("no file %q in the static folder", name)
}

// Card returns the absolute address of the picture for link previews: the page's, or else the
// site's, or else img/card.png of the static folder. It is "" if there is none, or the site has no address.
func (v *View) Card() string {
	name := cmp.Or(v.Doc.Front.Image, v.Config.Image, v.set.assets["img/card.png"])
	if name == "" || v.Config.BaseURL == "" {
		return ""
	}
	return v.Config.BaseURL + (&url.URL{Path: name}).EscapedPath()
}

// TeX escapes plain text for BibTeX and TeX.
func (v *View) TeX(text string) (string, error) { return tex.Replace(text), checkText(len(text)) }

var tex = strings.NewReplacer(
	`\`, `\textbackslash{}`, `{`, `\{`, `}`, `\}`, `&`, `\&`, `%`, `\%`, `$`, `\$`, `#`, `\#`, `_`, `\_`,
	`~`, `\textasciitilde{}`, `^`, `\textasciicircum{}`,
)

// fragment is a rendered partial, and what that cost.
type fragment struct {
	html template.HTML
	cost *compiled.Budget
}

// fragment renders a partial that many pages share, once for all of them. data is all
// that its bytes depend on: a comparable value with pointers to immutable values.
func (v *View) fragment(partial string, data any) (template.HTML, error) {
	if v.budget.Failed != nil {
		return "", v.budget.Failed
	}
	key := [2]any{partial, data}
	f, ok := v.set.fragments.Load(key)
	if !ok {
		t := v.set.partials[partial]
		if t == nil {
			return "", fmt.Errorf("no %s", partial)
		}
		cost := v.budget.Part()
		out, _, err := t.append(nil, data, cost)
		v.budget.EndPart()
		if err != nil {
			v.budget.Failed = cost.Failed
			return "", err
		}
		f, _ = v.set.fragments.LoadOrStore(key, &fragment{template.HTML(out), cost})
	}
	v.budget.Add(f.(*fragment).cost)
	return f.(*fragment).html, nil
}

// Forget drops the fragments of a build. The next build could rarely use them, since
// most of their data is new then.
func (s *Set) Forget() { s.fragments.Clear() }

// relative is all that a fragment may know about the page that it is on: the relative
// address of the site's root.
type relative struct{ root string }

// Href returns the relative address of r.
func (from relative) Href(r *site.Ref) string { return site.Address(from.root, r.URL) }

// Part is the dot of a partial for one thing.
type Part struct {
	Of any // a pointer
	relative
	without string
}

// Without reports whether the partial should leave something out.
func (p Part) Without(word string) bool { return slices.Contains(strings.Fields(p.without), word) }

// Part renders a partial that depends only on one thing and not on the page, such as an
// entry of a list. It is rendered once for all pages of the same depth. without lists,
// in one string, what the partial should leave out.
func (v *View) Part(name string, of any, without string) (template.HTML, error) {
	return v.fragment("partials/"+name, Part{of, relative{v.Root()}, without})
}

// Nav is the dot of the partials of the navigation.
type Nav struct {
	Config  *frontmatter.Config
	Menu    *site.Menu
	Section *site.Section // nil in the masthead
	relative
	block int // see Groups
}

// Groups returns the pages of the section that are listed on the page, in groups.
func (n Nav) Groups() []site.Group { return n.Section.Groups(n.block) }

// Nav renders partials/nav.html with the link to the current page marked.
func (v *View) Nav() (template.HTML, error) { return v.navigation(nav, v.Section, v.Ref, "page") }

// Masthead renders partials/masthead.html with the link to the current page marked, or
// else the link to the part of the site that contains it.
func (v *View) Masthead() (template.HTML, error) {
	for _, r := range v.Menu.Items {
		if r != v.Ref && v.Within(r) {
			return v.navigation(masthead, nil, r, "true")
		}
	}
	return v.navigation(masthead, nil, v.Ref, "page")
}

// navigation renders a partial and marks the links to one page as current.
func (v *View) navigation(partial string, section *site.Section, current *site.Ref, mark string) (template.HTML, error) {
	dot := Nav{v.Config, v.Menu, section, relative{v.Root()}, 0}
	if section != nil {
		dot.block = section.Block(current)
	}
	html, err := v.fragment(partial, dot)
	link := `href="` + v.Href(current) + `"`
	return template.HTML(strings.ReplaceAll(string(html), link, link+` aria-current="`+mark+`"`)), err
}
