package layout

import (
	"cmp"
	"fmt"
	"html/template"
	"maps"
	"strings"

	"analysis/builder/internal/diag"
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
