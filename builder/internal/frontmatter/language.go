package frontmatter

import (
	"regexp"

	"golang.org/x/text/language"
)

// The directions of a text, as HTML names them.
const (
	LeftToRight = "ltr"
	RightToLeft = "rtl"
)

// rightToLeftScripts are those in use today.
var rightToLeftScripts = map[string]bool{
	"Adlm": true, "Arab": true, "Aran": true, "Hebr": true, "Mand": true, "Nkoo": true,
	"Rohg": true, "Samr": true, "Syrc": true, "Thaa": true, "Yezi": true,
}

// Direction returns the direction of the script in which a language is written:
// the one that its tag names, or else the usual one of the language and region.
func Direction(tag string) string {
	t, _ := language.Parse(tag) // of an unknown tag, what it can
	script, _ := t.Script()
	base, _ := t.Base()
	name, unknown := base.String(), script.String() == "Zzzz"
	if rightToLeftScripts[script.String()] || unknown && (name == "prs" || name == "azb") { // the library knows no script of these
		return RightToLeft
	}
	return LeftToRight
}

// Dir is the direction of the site's language.
func (c Config) Dir() string { return Direction(c.Language) }

var languageTag = regexp.MustCompile(`^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$`)

// LanguageTagHint says how a language tag is written.
const LanguageTagHint = "write a tag such as en, en-GB or ur"

// Direction is Dir, or else the direction of Lang if there is one.
func (l Language) Direction() string {
	if l.Dir == "" && l.Lang != "" {
		return Direction(l.Lang)
	}
	return l.Dir
}

// IsLanguageTag reports whether s is made as a language tag (BCP 47) is.
func IsLanguageTag(s string) bool { return languageTag.MatchString(s) }
