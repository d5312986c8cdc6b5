package asset

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"analysis/builder/internal/words"
)

// load prepares files that have no mistakes.
func load(t *testing.T, files map[string]string) *Set {
	t.Helper()
	s, found := Load(bytesOf(files), nil, true, nil)
	for _, d := range found {
		t.Fatal(d)
	}
	return s
}

func bytesOf(files map[string]string) map[string][]byte {
	src := map[string][]byte{}
	for name, text := range files {
		src[name] = []byte(text)
	}
	return src
}

// hashOf is the part of a published name that stands for its content.
func hashOf(data string) string {
	sum := sha256.Sum256([]byte(data))
	return hex.EncodeToString(sum[:5])
}

func TestNames(t *testing.T) {
	for name, want := range map[string]string{
		"css/site.css":              "css/site." + hashOf("x") + ".css",
		"js/lib/a.min.js":           "js/lib/a.min." + hashOf("x") + ".js",
		"img/map.png":               "img/map." + hashOf("x") + ".png",
		"img/no-ending":             "img/no-ending." + hashOf("x"),
		"downloads/a b.pdf":         "downloads/a b." + hashOf("x") + ".pdf",
		"robots.txt":                "robots.txt",
		"favicon.ico":               "favicon.ico",
		"site.css":                  "site.css",
		".well-known/security.txt":  ".well-known/security.txt",
		".well-known/a/deep.txt":    ".well-known/a/deep.txt",
		"well-known/security.txt":   "well-known/security." + hashOf("x") + ".txt",
		"img/.hidden/not-at-top.md": "img/.hidden/not-at-top." + hashOf("x") + ".md",
	} {
		s := load(t, map[string]string{name: "x"})
		if got := s.URLs[name]; got != want {
			t.Errorf("%q is published as %q, want %q", name, got, want)
		}
		if got := slices.Collect(maps.Keys(s.Files)); !slices.Equal(got, []string{want}) || string(s.Files[want]) != "x" {
			t.Errorf("%q: published %q", name, got)
		}
	}
}

func TestNameFollowsContent(t *testing.T) {
	one, same, other := load(t, map[string]string{"a/b.png": "1", "a/c.png": "1"}), load(t, map[string]string{"a/b.png": "1"}), load(t, map[string]string{"a/b.png": "2"})
	if one.URLs["a/b.png"] != same.URLs["a/b.png"] {
		t.Error("equal bytes have two names")
	}
	if one.URLs["a/b.png"] == other.URLs["a/b.png"] {
		t.Error("different bytes have one name")
	}
	if one.URLs["a/b.png"] == one.URLs["a/c.png"] || len(one.Files) != 2 {
		t.Error("two files with equal bytes became one")
	}
}

func TestMinifying(t *testing.T) {
	s := load(t, map[string]string{
		"css/a.css":   "/* note */\nbody {\n  color : red ;\n}\n",
		"js/a.js":     "// note\nfunction f ( x ) {\n  return x + 1 ;\n}\n",
		"site.css":    "b { color: red; }",
		"img/a.svg":   "<svg>  <!-- kept --> </svg>\n",
		"data/a.json": "{ \"a\": 1 }\n",
	})
	for name, want := range map[string]string{
		"css/a.css":   "body{color:red}",
		"js/a.js":     "function f(e){return e+1}",
		"site.css":    "b{color:red}", // its name stays, its bytes are minified all the same
		"img/a.svg":   "<svg>  <!-- kept --> </svg>\n",
		"data/a.json": "{ \"a\": 1 }\n",
	} {
		if got := string(s.Files[s.URLs[name]]); got != want {
			t.Errorf("%s becomes %q, want %q", name, got, want)
		}
	}
	// The hash is that of what is published.
	if got, want := s.URLs["css/a.css"], "css/a."+hashOf("body{color:red}")+".css"; got != want {
		t.Errorf("published as %q, want %q", got, want)
	}
}

func TestBadScript(t *testing.T) {
	_, found := Load(bytesOf(map[string]string{"js/a.js": "function (", "js/b.js": "let b = 1"}), nil, true, nil)
	if len(found) != 1 || found[0].File != "js/a.js" || found[0].Hint != "mend its syntax" {
		t.Errorf("reported %v", found)
	}
}

func TestNothing(t *testing.T) {
	s := load(t, nil)
	if len(s.URLs) > 0 || len(s.Files) > 0 {
		t.Errorf("nothing becomes %v", s)
	}
}

func TestSameInputSameOutput(t *testing.T) {
	files := map[string]string{
		"css/a.css": `@import "b.css"; i{background:url(../img/c.png)}`, "css/b.css": "b{background:url(../img/c.png)}", "img/c.png": "c",
		"js/a.js": `import "./b.js"`, "js/b.js": "let b=1", "robots.txt": "",
	}
	src := bytesOf(files)
	want, _ := Load(src, nil, true, nil)
	for range 20 {
		if got, _ := Load(src, nil, true, nil); !reflect.DeepEqual(got, want) {
			t.Fatal("the same files are prepared in two ways")
		}
	}
	for name, text := range files {
		if !bytes.Equal(src[name], []byte(text)) {
			t.Errorf("%s was changed", name)
		}
	}
}

// Without hashes in the names, a style sheet still changes when what it refers to
// does, and a circle is still a mistake.
func TestPlainNames(t *testing.T) {
	files := map[string]string{"css/a.css": "i{background:url(../img/c.png)}", "img/c.png": "c"}
	s, found := Load(bytesOf(files), nil, false, nil)
	if len(found) > 0 || s.URLs["css/a.css"] != "css/a.css" || s.URLs["img/c.png"] != "img/c.png" || len(s.Files) != 2 {
		t.Errorf("published as %v, found %v", s.URLs, found)
	}
	if got, want := string(s.Files["css/a.css"]), "i{background:url(../img/c.png?"+hashOf("c")+")}"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if _, found := Load(bytesOf(map[string]string{"css/a.css": `@import "b.css"`, "css/b.css": `@import "a.css"`}), nil, false, nil); len(found) == 0 {
		t.Error("a circle is not reported")
	}
}

// Words of the interface in scripts and style sheets, and mistakes in naming them.
func TestWords(t *testing.T) {
	japanese, _ := words.Load(map[string][]byte{"words/ja.yaml": []byte("close: 'a\"b`$c\\'\npreview-more: \"{n} x\"\nsearch-results: {other: \"{n} y\"}\n")}, "ja", nil)
	broken, _ := words.Load(map[string][]byte{"words/ja.yaml": []byte("close: \"x\\r\\n\\fy\"\n")}, "ja", nil)
	french, _ := words.Load(map[string][]byte{"words/fr.yaml": []byte("search-results: {one: \"{n} résultat\", other: \"{n} résultats\"}\n")}, "fr", nil)
	for _, c := range []struct {
		words         *words.Set
		name, in, out string
	}{
		{nil, "a/b.js", "x(\"{{word close}}\")", `x("Close")`},
		{japanese, "a/b.js", "x(\"{{word close}}\")", "x('a\"b`$c\\\\')"},
		{japanese, "a/b.css", `a::after { content: "{{word close}}: " }`, "a::after{content:\"a\\\"b`$c\\\\: \"}"},
		{broken, "a/b.js", "x(\"{{word close}}\")", "x(`x\\r\n\fy`)"},
		{broken, "a/b.css", `a::after { content: "{{word close}}" }`, `a::after{content:"x\d \a \c y"}`},
		{nil, "a/b.js", "x(`{{word preview-more n ${y.z}}}`)", "x(`and ${y.z} more`)"},
		{japanese, "a/b.js", "x(`{{word preview-more n ${y}}}`)", "x(`${y} x`)"},
		{nil, "a/b.js", "x(`{{count search-results n ${y}}}`)", "x(`${y===1?`${y} result`:`${y} results`}`)"},
		{french, "a/b.js", "x(`{{count search-results n ${y}}}`)", "x(`${{one:`${y} résultat`,other:`${y} résultats`}[new Intl.PluralRules(\"fr\").select(y)]}`)"},
	} {
		s, found := Load(map[string][]byte{c.name: []byte(c.in)}, nil, false, c.words)
		if got := string(s.Files[c.name]); got != c.out || len(found) > 0 {
			t.Errorf("%s gives %s and %v, want %s", c.in, got, found, c.out)
		}
	}
	for in, want := range map[string]string{
		"x(\"{{word clse}}\")":                         "there is no word \"clse\"; did you mean \"close\"?",
		"x(\"{{count close}}\")":                       "\"close\" is named with word if it has no plural forms, and else with count",
		"x(`{{word preview-more}}`)":                   "\"preview-more\" lacks a value for {n}",
		"x(`{{word preview-more n ${y} other ${z}}}`)": "\"preview-more\" has other placeholders",
		"x(\"{{word Close}}\")":                        "this names no word",
	} {
		_, found := Load(map[string][]byte{"a/b.js": []byte("y();\n " + in)}, nil, false, nil)
		if len(found) != 1 || !strings.HasPrefix(found[0].String(), "a/b.js:2:5: error: "+want) {
			t.Errorf("%s: found %v, want %s", in, found, want)
		}
	}
}
