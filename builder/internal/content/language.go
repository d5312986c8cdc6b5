package content

import (
	"analysis/builder/internal/diag"
	"analysis/builder/internal/frontmatter"
)

// languageTag and direction are what an author wrote, or "" and a finding.
func (w *writer) languageTag(pos diag.Position, s string) string {
	if frontmatter.IsLanguageTag(s) {
		return s
	}
	w.errorAt(pos, frontmatter.LanguageTagHint, "%q is not a language tag", s)
	return ""
}

func (w *writer) direction(pos diag.Position, s string) string {
	if s == frontmatter.LeftToRight || s == frontmatter.RightToLeft {
		return s
	}
	w.errorAt(pos, "write dir=ltr or dir=rtl", "%q is no direction", s)
	return ""
}

// printLanguage writes the attributes of an element whose text is of another
// language or direction. What the text around it has is not known here, so the
// direction is always said.
func (w *writer) printLanguage(l frontmatter.Language) {
	if l.Lang != "" {
		w.printAttribute("lang", l.Lang)
	}
	if dir := l.Direction(); dir != "" {
		w.printAttribute("dir", dir)
	}
}
