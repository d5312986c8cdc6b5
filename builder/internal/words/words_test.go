package words

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"
)

// load loads files given by language, for a language.
func load(lang string, files map[string]string, uses ...string) (*Set, string) {
	all, used := map[string][]byte{}, map[string]bool{}
	for name, text := range files {
		all[Folder+name] = []byte(text)
	}
	for _, key := range uses {
		used[key] = true
	}
	s, found := Load(all, lang, func() map[string]bool { return used })
	var lines []string
	for _, d := range found {
		lines = append(lines, d.String())
	}
	return s, strings.Join(lines, "\n")
}

// What each file in the program has to be: complete, and without a mistake.
func TestFiles(t *testing.T) {
	for _, name := range slices.Sorted(maps.Keys(program())) {
		if _, found := load(name, nil); found != "" {
			t.Errorf("%s.yaml: %s", name, found)
		}
		if found := program()[name]().check(program()[english]().words, func(string) bool { return false }); len(found) > 0 {
			t.Errorf("%s.yaml: %v", name, found)
		}
	}
}

func TestLayers(t *testing.T) {
	own := map[string]string{"en.yaml": "home: Start\nmy-key: Mine\n", "ja.yaml": "home: Xome\nclaims: {other: \"{n} x\"}\n", "pt-BR.yaml": "home: Início\n", "README.yaml.txt": "x"}
	for lang, want := range map[string]string{"en": "Start Menu Mine", "en-GB": "Start Menu Mine", "ja": "Xome Menu Mine", "ja-Latn-JP": "Xome Menu Mine", "pt-BR": "Início Menu Mine", "pt-br": "Início Menu Mine", "pt": "Start Menu Mine", "cy": "Start Menu Mine"} {
		s, found := load(lang, own, "my-key")
		if got := s.Text("home") + " " + s.Text("menu") + " " + s.Text("my-key"); got != want {
			t.Errorf("%s: got %q, want %q", lang, got, want)
		}
		home, _ := s.Word("home")
		menu, _ := s.Word("menu")
		if home.English != (lang == "pt" || lang == "cy") || menu.English != !strings.HasPrefix(lang, "en") {
			t.Errorf("%s: home is English: %t, menu: %t", lang, home.English, menu.English)
		}
		if noted := strings.Contains(found, ".yaml: note: "); noted == strings.HasPrefix(lang, "en") {
			t.Errorf("%s: found %q", lang, found)
		}
	}
	var none *Set
	if none.Text("home") != "Home" || none.Fill("claims", 1, "n", "1") != "1 claim" || none.Hash() == "" {
		t.Error("no Set is not English")
	}
}

func TestMistakes(t *testing.T) {
	const what = "words/ja.yaml:1:1: error: "
	for src, want := range map[string]string{
		"hone: x\n":                    what + "unknown key \"hone\"\n  hint: did you mean \"home\"?",
		"home: \"{page}\"\n":           what + "\"home\" has no {page}\n  hint: take it away",
		"see: siehe\n":                 what + "the text of \"see\" lacks {page}\n  hint: put {page} where what it stands for belongs",
		"see: \"{pag} {page}\"\n":      what + "\"see\" has no {pag}\n  hint: did you mean \"{page}\"?",
		"claims: x\n":                  what + "\"claims\" needs a text for each plural form\n  hint: write {other: …}",
		"claims: {one: x, other: x}\n": what + "\"claims\" has the plural form \"one\", which the language does not have\n  hint: it has other",
		"home: {other: x}\n":           what + "\"home\" has no plural forms\n  hint: write one text",
		"home: x\nhome: y\n":           "words/ja.yaml:2:1: error: key \"home\" stands here twice\n  hint: keep one of the two",
		"home:\n":                      "words/ja.yaml:1:6: error: this must be text\n  hint: write a text, in quotes if it begins with a sign",
		"home: [x]\n":                  "words/ja.yaml:1:7: error: this must be text\n  hint: write a text, in quotes if it begins with a sign",
		"home: \"{{word}}\"\n":         "words/ja.yaml:1:7: error: a word is no template\n  hint: write a placeholder in single braces: {name}",
		"- x\n":                        "words/ja.yaml:1:1: error: this must be a mapping\n  hint: write it as lines of `key: text`",
		"home: x\n: : :\n\tx\n":        "words/ja.yaml:",
		"said-agreed: {other: \"in {n} {some}\"}\n": what + "\"said-agreed\" has no {some}\n  hint: ",
		"home: \" \"\n":                    "words/ja.yaml:1:7: error: this must be text",
		"home: !!binary eA==\n":            "words/ja.yaml:1:7: error: this must be text",
		"home: x\n---\nmenu: y\n":          "words/ja.yaml:2:1: error: what follows this line is not read",
		"home: x\nmenu: \xff\n":            "words/ja.yaml:2:1: error: this is not UTF-8\n  hint: save the file as UTF-8",
		"own-file: Datei\nmonth-1: \"\"\n": "words/ja.yaml:2:10: error: this must be text",
	} {
		_, found := load("ja", map[string]string{"ja.yaml": src})
		found, _, _ = strings.Cut(found, "\nwords/ja.yaml: note")
		if !strings.HasPrefix(found, want) {
			t.Errorf("%q: found\n%s\nwant\n%s", src, found, want)
		}
	}
	if _, found := load("de", map[string]string{"de.yaml": "claims: {other: x}\n"}); !strings.Contains(found, "\"claims\" lacks the plural form \"one\"\n  hint: write {one: …, other: …}") {
		t.Errorf("found %s", found)
	}
	if _, found := load("en", map[string]string{"english words.yaml": "x: y\n"}); !strings.Contains(found, "\"english words\" is no language\n  hint: name the file as en.yaml or pt-BR.yaml") {
		t.Errorf("found %s", found)
	}
	if _, found := load("pt-BR", map[string]string{"pt-br.yaml": "home: x\n"}); !strings.HasPrefix(found, "words/pt-br.yaml: error: the language of this file is written \"pt-BR\"\n  hint: rename it to pt-BR.yaml") {
		t.Errorf("found %s", found)
	}
	for _, name := range []string{"ja.yml", "ja/x.yaml", "ja.yaml/x"} {
		if _, found := load("en", map[string]string{name: "home: x\n"}); found != "words/"+name+": error: the words of a language are not read from here\n  hint: write them into words/en.yaml or words/pt-BR.yaml" {
			t.Errorf("found %s", found)
		}
	}
	// A site may write an old tag of a language, whose file has the new one.
	if s, found := load("iw", map[string]string{"he.yaml": "home: x\n"}); s.Text("home") != "x" || !strings.HasPrefix(found, "words/he.yaml: note: ") {
		t.Errorf("iw: %q, found %s", s.Text("home"), found)
	}
	if _, found := load("xx-YY", nil); found != "words/xx.yaml: note: no language \"xx-YY\" is known, so the words of the interface are English\n  hint: write another tag as `language` in site.yaml" {
		t.Errorf("found %s", found)
	}
	// A text with a mistake is not used, so that it leads to no other.
	if s, _ := load("en", map[string]string{"en.yaml": "see: \"{{page}}\"\n"}); strings.Contains(s.Text("see"), "{{") {
		t.Errorf("a text with a mistake is used: %q", s.Text("see"))
	}
	if _, found := load("en", map[string]string{"en.yaml": "hone: x\n"}); found != "words/en.yaml:1:1: error: unknown key \"hone\"\n  hint: did you mean \"home\"?" {
		t.Errorf("found %s", found)
	}
}

func TestUses(t *testing.T) {
	got := Uses(map[string][]byte{"a.html": []byte(`{{word "one"}} {{choose "two-" .X}} (count "three" 1)`), "b.js": []byte(`"{{word four}}"`), "c.txt": []byte(`{{word "five"}}`)})
	if got := slices.Sorted(maps.Keys(got)); !slices.Equal(got, []string{"four", "one", "three", "two-"}) {
		t.Errorf("used %q", got)
	}
}

func TestForms(t *testing.T) {
	for lang, want := range map[string]string{"en": "one other", "de": "one other", "fr": "one other", "ur": "one other", "zh": "other", "pl": "one few many other", "ar": "zero one two few many other"} {
		if got := strings.Join(Forms(language.Make(lang)), " "); got != want {
			t.Errorf("%s has %s, want %s", lang, got, want)
		}
	}
	for n, want := range map[int]string{0: "one", 1: "one", 2: "other"} {
		if got := FormOf(language.French, n); got != want {
			t.Errorf("%d in French: %s", n, got)
		}
	}
}
