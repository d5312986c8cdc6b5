package layout

import "strings"

// TeX is plain text as BibTeX and TeX are to have it.
func (v *View) TeX(text string) string { return tex.Replace(text) }

var tex = strings.NewReplacer(
	`\`, `\textbackslash{}`, `{`, `\{`, `}`, `\}`, `&`, `\&`, `%`, `\%`, `$`, `\$`, `#`, `\#`, `_`, `\_`,
	`~`, `\textasciitilde{}`, `^`, `\textasciicircum{}`,
)
