package frontmatter

import (
	"strings"

	"regexp"

	"golang.org/x/text/language"
)

// LeftToRight and RightToLeft are the values of HTML's attribute dir.
const (
	LeftToRight = "ltr"
	RightToLeft = "rtl"
)

// rightToLeftScripts are the right-to-left scripts in use today.
var rightToLeftScripts = map[string]bool{
	"Adlm": true, "Arab": true, "Aran": true, "Hebr": true, "Mand": true, "Nkoo": true,
	"Rohg": true, "Samr": true, "Syrc": true, "Thaa": true, "Yezi": true,
}

// directionOf returns the direction of a language's script. That is the script in the
// tag, or else the usual script of the language and region.
func directionOf(tag string) string {
	t, _ := language.Parse(tag) // an invalid tag is parsed as far as possible
	script, _ := t.Script()
	base, _ := t.Base()
	name, unknown := base.String(), script.String() == "Zzzz"
	if rightToLeftScripts[script.String()] || unknown && (name == "prs" || name == "azb") { // the library lacks their scripts
		return RightToLeft
	}
	return LeftToRight
}

// Dir returns the direction of the site's language.
func (c Config) Dir() string { return directionOf(c.Language) }

// Locale returns the language with its country as Open Graph writes it, "en_GB" for
// "en-GB", or "" if the language names no country.
func (c Config) Locale() string {
	language, country, _ := strings.Cut(c.Language, "-")
	if len(country) != 2 {
		return ""
	}
	return language + "_" + strings.ToUpper(country)
}

var languageTag = regexp.MustCompile(`^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$`)

// LanguageTagHint is the hint for an invalid language tag.
const LanguageTagHint = "write a tag such as en, en-GB or ur"

// Direction returns Dir, or the direction of Lang if Dir is empty.
func (l Language) Direction() string {
	if l.Dir == "" && l.Lang != "" {
		return directionOf(l.Lang)
	}
	return l.Dir
}

// IsLanguageTag reports whether s has the form of a language tag (BCP 47).
func IsLanguageTag(s string) bool { return languageTag.MatchString(s) }
