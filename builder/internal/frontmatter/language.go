package frontmatter

import (
	"go.yaml.in/yaml/v3"
	"golang.org/x/text/language"

	"analysis/builder/internal/diag"
)

// The directions of a text, as HTML names them.
const (
	LeftToRight = "ltr"
	RightToLeft = "rtl"
)

// fromTheRight are the scripts in use that run from right to left.
var fromTheRight = map[string]bool{
	"Adlm": true, "Arab": true, "Aran": true, "Hebr": true, "Mand": true, "Nkoo": true,
	"Rohg": true, "Samr": true, "Syrc": true, "Thaa": true, "Yezi": true,
}

// Direction is that of the script in which a language is written: the one that
// its tag names, or else the usual one of the language and region.
func Direction(tag string) string {
	t, _ := language.Parse(tag) // of an unknown tag, what it can
	script, _ := t.Script()
	base, _ := t.Base()
	switch base.String() {
	case "prs", "azb": // the library knows no script of these
		if script.String() == "Zzzz" {
			return RightToLeft
		}
	}
	if fromTheRight[script.String()] {
		return RightToLeft
	}
	return LeftToRight
}

// Dir is the direction of the site's language.
func (c Config) Dir() string { return Direction(c.Language) }

// LanguageTagHint says how a language tag is written.
const LanguageTagHint = "write a tag such as en, en-GB or ur"

// tongue are the keys that say in which language a text is, and in which
// direction it runs.
func tongue(lang, dir *string) schema {
	return schema{
		"lang": tagField("Its language where that differs, a tag such as en, en-GB or ur.", lang),
		"dir":  wordField("Its direction if that is not the usual one of its language.", func(s string, _ diag.Position) { *dir = s }, LeftToRight, RightToLeft),
	}
}

// tagField takes a language tag (BCP 47).
func tagField(doc string, to *string) field {
	return field{doc: doc, shape: shape{"type": "string", "pattern": languageTag.String()}, set: func(m *matter, n *yaml.Node) {
		if *to = m.text(n); *to != "" && !languageTag.MatchString(*to) {
			m.errorf(n, LanguageTagHint, "%q is not a language tag", *to)
		}
	}}
}

// Directed is a direction, or else that of the language if one is given.
func Directed(lang, dir string) string {
	if dir == "" && lang != "" {
		return Direction(lang)
	}
	return dir
}

// IsLanguageTag reports whether s is made as a language tag (BCP 47) is.
func IsLanguageTag(s string) bool { return languageTag.MatchString(s) }
