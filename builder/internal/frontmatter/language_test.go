package frontmatter

import "testing"

func TestDirection(t *testing.T) {
	for tag, want := range map[string]string{
		"ar": RightToLeft, "fa": RightToLeft, "ur": RightToLeft, "ps": RightToLeft, "he": RightToLeft, "yi": RightToLeft, "dv": RightToLeft,
		"ckb": RightToLeft, "sd": RightToLeft, "ug": RightToLeft, "prs": RightToLeft, "prs-AF": RightToLeft, "azb": RightToLeft, "pnb": RightToLeft,
		"ku-Arab": RightToLeft, "pa-PK": RightToLeft, "UR-pk": RightToLeft, "ff-Adlm": RightToLeft, "zz-Arab": RightToLeft, "ur-Aran": RightToLeft,
		"en": LeftToRight, "en-GB": LeftToRight, "ku": LeftToRight, "pa": LeftToRight, "ur-Latn": LeftToRight, "prs-Latn": LeftToRight,
		"zh-Hant": LeftToRight, "zz": LeftToRight, "": LeftToRight, "not a tag": LeftToRight,
	} {
		if got := directionOf(tag); got != want {
			t.Errorf("%s runs %s, want %s", tag, got, want)
		}
	}
}

// Pages of every kind may be of a language of their own, and so may aliases.
func TestFrontLanguage(t *testing.T) {
	for front, want := range map[string]Language{
		"":                     {},
		"lang: ur\n":           {Lang: "ur", Dir: RightToLeft},
		"lang: de\n":           {Lang: "de", Dir: LeftToRight},
		"lang: ur\ndir: ltr\n": {Lang: "ur", Dir: LeftToRight},
		"dir: rtl\n":           {Dir: RightToLeft},
	} {
		got, found := parse("docs/a.md", "title: T\n"+front)
		if got.Language != want || len(found) > 0 {
			t.Errorf("%q gives %+v and %v", front, got.Language, found)
		}
	}
	for k := range schemas {
		f, _, found := Parse("a.md", k, []byte("---\ntitle: T\ntype: term\nprecision: unknown\nlang: ur\n---\n"))
		if f.Lang != "ur" {
			t.Errorf("a page of kind %s has no language: %v", k, found)
		}
	}
	f, found := parse("docs/a.md", "title: T\naliases: [a, {name: b, lang: ur}, {name: c, dir: rtl}, {name: d, lang: ur, dir: ltr}]\n")
	wantFound(t, "docs/a.md", found)
	for i, want := range []Language{{}, {Lang: "ur", Dir: RightToLeft}, {Dir: RightToLeft}, {Lang: "ur", Dir: LeftToRight}} {
		if a := f.Aliases[i]; a.Language != want {
			t.Errorf("the alias %q is %+v", a.Name, a.Language)
		}
	}
	for front, want := range map[string]string{
		"lang: Urdu script\n":                 "3:7: error: \"Urdu script\" is not a language tag\n  hint: write a tag such as en, en-GB or ur",
		"lang: no\n":                          "",
		"lang: [ur]\n":                        "3:7: error: this must be text, not a list\n  hint: write plain text, in quotes if it begins with a bracket",
		"dir: right\n":                        "3:6: error: unknown word \"right\"\n  hint: write one of: ltr, rtl",
		"aliases: [{name: b, lang: ur_PK}]\n": "3:27: error: \"ur_PK\" is not a language tag\n  hint: write a tag such as en, en-GB or ur",
	} {
		if want == "" {
			wantMistakes(t, "docs/a.md", "title: T\n"+front)
		} else {
			wantMistakes(t, "docs/a.md", "title: T\n"+front, want)
		}
	}
}

func TestConfigDirection(t *testing.T) {
	if dir := (Config{Language: "ur"}).Dir(); dir != RightToLeft {
		t.Errorf("a site in Urdu runs %s", dir)
	}
}
