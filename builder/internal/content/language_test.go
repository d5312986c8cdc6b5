package content

import (
	"testing"

	"analysis/builder/internal/frontmatter"
)

func TestDirection(t *testing.T) {
	for tag, want := range map[string]string{
		"ar": frontmatter.RightToLeft, "fa": frontmatter.RightToLeft, "ur": frontmatter.RightToLeft, "ps": frontmatter.RightToLeft, "he": frontmatter.RightToLeft, "yi": frontmatter.RightToLeft, "dv": frontmatter.RightToLeft,
		"ckb": frontmatter.RightToLeft, "sd": frontmatter.RightToLeft, "ug": frontmatter.RightToLeft, "prs": frontmatter.RightToLeft, "prs-AF": frontmatter.RightToLeft, "azb": frontmatter.RightToLeft, "pnb": frontmatter.RightToLeft,
		"ku-Arab": frontmatter.RightToLeft, "pa-PK": frontmatter.RightToLeft, "UR-pk": frontmatter.RightToLeft, "ff-Adlm": frontmatter.RightToLeft, "zz-Arab": frontmatter.RightToLeft, "ur-Aran": frontmatter.RightToLeft,
		"en": frontmatter.LeftToRight, "en-GB": frontmatter.LeftToRight, "ku": frontmatter.LeftToRight, "pa": frontmatter.LeftToRight, "ur-Latn": frontmatter.LeftToRight, "prs-Latn": frontmatter.LeftToRight,
		"zh-Hant": frontmatter.LeftToRight, "zz": frontmatter.LeftToRight, "": frontmatter.LeftToRight, "not a tag": frontmatter.LeftToRight,
	} {
		if got := frontmatter.Direction(tag); got != want {
			t.Errorf("%s runs %s, want %s", tag, got, want)
		}
	}
}

// Pages of every kind may be of a language of their own, and so may aliases.
func TestFrontLanguage(t *testing.T) {
	for front, want := range map[string]frontmatter.Front{
		"":                     {},
		"lang: ur\n":           {Lang: "ur", Dir: frontmatter.RightToLeft},
		"lang: de\n":           {Lang: "de", Dir: frontmatter.LeftToRight},
		"lang: ur\ndir: ltr\n": {Lang: "ur", Dir: frontmatter.LeftToRight},
		"dir: rtl\n":           {Dir: frontmatter.RightToLeft},
	} {
		d := parseFront("docs/a.md", "title: T\n"+front)
		if d.Front.Lang != want.Lang || d.Front.Dir != want.Dir {
			t.Errorf("%q gives %q, %q", front, d.Front.Lang, d.Front.Dir)
		}
		wantReported(t, d)
	}
	for _, path := range paths {
		if d := parseFront(path, "title: T\ntype: term\nprecision: unknown\nlang: ur\n"); d.Front.Lang != "ur" {
			t.Errorf("%s has no language: %v", path, reported(d))
		}
	}
	d := parseFront("docs/a.md", "title: T\naliases: [a, {name: b, lang: ur}, {name: c, dir: rtl}, {name: d, lang: ur, dir: ltr}]\n")
	wantReported(t, d)
	for i, want := range []frontmatter.Alias{{}, {Lang: "ur", Dir: frontmatter.RightToLeft}, {Dir: frontmatter.RightToLeft}, {Lang: "ur", Dir: frontmatter.LeftToRight}} {
		if a := d.Front.Aliases[i]; a.Lang != want.Lang || a.Dir != want.Dir {
			t.Errorf("the alias %q is %q, %q", a.Name, a.Lang, a.Dir)
		}
	}
	for front, want := range map[string]string{
		"lang: Urdu script\n":                 "3:7: error: \"Urdu script\" is not a language tag\n  hint: write a tag such as en, en-GB or ur",
		"lang: no\n":                          "",
		"lang: [ur]\n":                        "3:7: error: this must be text, not a list\n  hint: write plain text",
		"dir: right\n":                        "3:6: error: unknown word \"right\"\n  hint: write one of: ltr, rtl",
		"aliases: [{name: b, lang: ur_PK}]\n": "3:27: error: \"ur_PK\" is not a language tag\n  hint: write a tag such as en, en-GB or ur",
	} {
		d := parseFront("docs/a.md", "title: T\n"+front)
		if want == "" {
			wantReported(t, d)
		} else {
			wantReported(t, d, want)
		}
	}
}

// The text of a claim is of the language of the page it stands on.
func TestClaimLanguage(t *testing.T) {
	d := NewParser().Parse("docs/a.md", []byte("---\ntitle: T\nlang: ur\n---\n> [!reported] A {#a}\n> B.\n>\n> - source: [[s]]\n> - held by: [[h]]\n"))
	if f := d.Claims[0].Body.Front; f.Lang != "ur" || f.Dir != frontmatter.RightToLeft {
		t.Errorf("its page is %q, %q", f.Lang, f.Dir)
	}
	if dir := (frontmatter.Config{Language: "ur"}).Dir(); dir != frontmatter.RightToLeft {
		t.Errorf("a site in Urdu runs %s", dir)
	}
}
