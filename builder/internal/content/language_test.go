package content

import "testing"

func TestDirection(t *testing.T) {
	for tag, want := range map[string]string{
		"ar": RightToLeft, "fa": RightToLeft, "ur": RightToLeft, "ps": RightToLeft, "he": RightToLeft, "yi": RightToLeft, "dv": RightToLeft,
		"ckb": RightToLeft, "sd": RightToLeft, "ug": RightToLeft, "prs": RightToLeft, "prs-AF": RightToLeft, "azb": RightToLeft, "pnb": RightToLeft,
		"ku-Arab": RightToLeft, "pa-PK": RightToLeft, "UR-pk": RightToLeft, "ff-Adlm": RightToLeft, "zz-Arab": RightToLeft, "ur-Aran": RightToLeft,
		"en": LeftToRight, "en-GB": LeftToRight, "ku": LeftToRight, "pa": LeftToRight, "ur-Latn": LeftToRight, "prs-Latn": LeftToRight,
		"zh-Hant": LeftToRight, "zz": LeftToRight, "": LeftToRight, "not a tag": LeftToRight,
	} {
		if got := Direction(tag); got != want {
			t.Errorf("%s runs %s, want %s", tag, got, want)
		}
	}
}

// Pages of every kind may be of a language of their own, and so may aliases.
func TestFrontLanguage(t *testing.T) {
	for front, want := range map[string]Front{
		"":                     {},
		"lang: ur\n":           {Lang: "ur", Dir: RightToLeft},
		"lang: de\n":           {Lang: "de", Dir: LeftToRight},
		"lang: ur\ndir: ltr\n": {Lang: "ur", Dir: LeftToRight},
		"dir: rtl\n":           {Dir: RightToLeft},
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
	for i, want := range []Alias{{}, {Lang: "ur", Dir: RightToLeft}, {Dir: RightToLeft}, {Lang: "ur", Dir: LeftToRight}} {
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
	if f := d.Claims[0].Body.Front; f.Lang != "ur" || f.Dir != RightToLeft {
		t.Errorf("its page is %q, %q", f.Lang, f.Dir)
	}
	if dir := (Config{Language: "ur"}).Dir(); dir != RightToLeft {
		t.Errorf("a site in Urdu runs %s", dir)
	}
}
