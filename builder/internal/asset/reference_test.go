package asset

import (
	"bytes"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// refer publishes a file that refers to others and returns its bytes, with the
// hashes in them replaced by HASH.
func refer(t *testing.T, name, text string, others ...string) string {
	t.Helper()
	files := map[string]string{name: text}
	for _, o := range others {
		files[o] = ""
	}
	s := load(t, files)
	got := string(s.Files[s.URLs[name]])
	for _, o := range others {
		// What is referred to must be there under that name.
		if _, ok := s.Files[s.URLs[o]]; !ok {
			t.Errorf("%q is published as %q, which is not there", o, s.URLs[o])
		}
	}
	return strings.ReplaceAll(got, hashOf(""), "HASH")
}

func TestReferencesInStyleSheets(t *testing.T) {
	for _, c := range []struct{ name, file, in, want string }{
		{"address", "css/a.css", `i{background:url(../img/b.png)}`, `i{background:url(../img/b.HASH.png)}`},
		{"address in quotes", "css/a.css", `i{background:url("../img/b.png")}`, `i{background:url(../img/b.HASH.png)}`},
		{"address in single quotes", "css/a.css", `i{background:url('../img/b.png')}`, `i{background:url(../img/b.HASH.png)}`},
		{"import", "css/a.css", `@import "b.css";`, `@import "./b.HASH.css";`},
		{"import by address", "css/a.css", `@import url("b.css");`, `@import "./b.HASH.css";`},
		{"import from a folder", "css/a.css", `@import "lib/c.css";`, `@import "./lib/c.HASH.css";`},
		{"upwards", "css/lib/c.css", `@import "../b.css";`, `@import "../b.HASH.css";`},
		{"with a fragment", "css/a.css", `i{mask:url(../img/b.svg#x)}`, `i{mask:url(../img/b.HASH.svg#x)}`},
		{"with a query", "css/a.css", `@font-face{src:url(../img/b.svg?x)}`, `@font-face{src:url(../img/b.HASH.svg?x)}`},
		{"to a file that keeps its name", "css/a.css", `i{background:url(../favicon.ico)}`, `i{background:url(../favicon.ico)}`},
		{"from a file that keeps its name", "a.css", `i{background:url(img/b.png)}`, `i{background:url(./img/b.HASH.png)}`},
		{"twice", "css/a.css", `i{background:url(../img/b.png),url(../img/b.svg)}`, `i{background:url(../img/b.HASH.png),url(../img/b.HASH.svg)}`},
		{"to another site", "css/a.css", `i{background:url(https://example.org/img/b.png)}`, `i{background:url(https://example.org/img/b.png)}`},
		{"to no file of ours", "css/a.css", `i{background:url(../img/none.png)}`, `i{background:url(../img/none.png)}`},
		{"to data", "css/a.css", `i{background:url(data:image/png;base64,AA)}`, `i{background:url(data:image/png;base64,AA)}`},
		{"text is no reference", "css/a.css", `i:after{content:"b.css is here"}`, `i:after{content:"b.css is here"}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			others := slices.DeleteFunc([]string{"css/b.css", "css/lib/c.css", "img/b.png", "img/b.svg", "favicon.ico"}, func(o string) bool { return o == c.file })
			if got := refer(t, c.file, c.in, others...); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestReferencesInScripts(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"import", `import "./b.js"`, `import"./b.HASH.js"`},
		{"import of names", `import {x} from './lib/c.js'; x()`, `import{x}from"./lib/c.HASH.js";x()`},
		{"import at run time", `import("./b.js")`, `import("./b.HASH.js")`},
		{"upwards", `fetch("../img/b.png")`, `fetch("../img/b.HASH.png")`},
		{"a package's name", `import "b"`, `import"b"`},
		{"to another site", `fetch("https://example.org/js/b.js")`, `fetch("https://example.org/js/b.js")`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := refer(t, "js/a.js", c.in, "js/b.js", "js/lib/c.js", "img/b.png"); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// Cameras and scanners write endings in capitals.
func TestReferenceToEndingInCapitals(t *testing.T) {
	if got, want := refer(t, "css/a.css", `i{background:url(Map.PNG)}`, "css/Map.PNG"), `i{background:url(./Map.HASH.PNG)}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// Other files are published as they are, even if they name files.
func TestNoReferencesInOtherFiles(t *testing.T) {
	for _, name := range []string{"img/a.svg", "data/a.json", "a/b.html"} {
		if got, want := refer(t, name, `url(../img/b.png) "../img/b.png"`, "img/b.png"), `url(../img/b.png) "../img/b.png"`; got != want {
			t.Errorf("%s becomes %s", name, got)
		}
	}
}

// A cached style sheet must not lead to an image that is there no more.
func TestChangedReferenceChangesTheName(t *testing.T) {
	files := map[string]string{
		"css/a.css": `@import "b.css";`, "css/b.css": `i{background:url(../img/c.png)}`, "css/z.css": "i{color:red}", "img/c.png": "1",
	}
	before := load(t, files)
	files["img/c.png"] = "2"
	after := load(t, files)
	for name, change := range map[string]bool{"css/a.css": true, "css/b.css": true, "img/c.png": true, "css/z.css": false} {
		if (before.URLs[name] != after.URLs[name]) != change {
			t.Errorf("%s: %q became %q", name, before.URLs[name], after.URLs[name])
		}
	}
}

func TestCircles(t *testing.T) {
	const hint = "\n  hint: a name with a hash in it cannot stand in a circle; break it"
	for _, c := range []struct {
		files map[string]string
		want  string
	}{
		{map[string]string{"css/a.css": `@import "b.css";`, "css/b.css": `@import "a.css";`},
			"css/a.css: error: files refer to each other in a circle: css/a.css → css/b.css → css/a.css" + hint},
		{map[string]string{"js/a.js": `import "./b.js"`, "js/b.js": `import "./c.js"`, "js/c.js": `import "./b.js"`},
			"js/b.js: error: files refer to each other in a circle: js/b.js → js/c.js → js/b.js" + hint},
	} {
		for range 10 { // which of them is looked at first must not depend on chance
			_, found := Load(bytesOf(c.files), nil, true, nil)
			if len(found) != 1 || found[0].String() != c.want {
				t.Fatalf("reported %v, want %s", found, c.want)
			}
		}
	}
	// A file may name itself, as scripts do in a comment or a stack trace.
	load(t, map[string]string{"js/a.js": `console.log("a.js")`})
	// Two ways to one file are no circle.
	load(t, map[string]string{"css/a.css": `@import "b.css";@import "c.css";`, "css/b.css": `@import "d.css";`, "css/c.css": `@import "d.css";`, "css/d.css": "i{color:red}"})
}

// references finds what reference finds, by a pattern that is easier to read but far
// slower.
var references = regexp.MustCompile(`(url\(\s*["']?|["'])((?:\.{1,2}/)+[^"'()\s?#]+|[\w-][\w./-]*\.[A-Za-z0-9]{2,5})(["')?#])`)

func FuzzReference(f *testing.F) {
	files, err := filepath.Glob("../../../static/*/*")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range files {
		if src, err := os.ReadFile(name); err == nil {
			f.Add(src)
		}
	}
	for _, src := range []string{
		`url(a.css)url( "../b.png"?x)'./c.js'"d/e.woff2#`, `"../""../../"'./'url(.../a.b)`, `"a.b""a.toolong"'a_b-c/d.e_f'".a.css""/a.css"`,
		"url(\n'\n\"x.css\"", "'é.css'\"../é.css\"\xff.css\"../\xff.css\"", `uurl(url(""a.css"")`, `"a.css"b.css"`, `u`, `"`, `url(`,
	} {
		f.Add([]byte(src))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		l := &loader{src: map[string][]byte{}, refs: map[string]string{}}
		for _, m := range references.FindAllSubmatch(src, -1) {
			to := path.Join("css", string(m[2]))
			l.src[to], l.refs[to] = nil, to+".HASH"
		}
		want := references.ReplaceAllFunc(src, func(match []byte) []byte {
			m := references.FindSubmatch(match)
			to := path.Join("css", string(m[2]))
			return slices.Concat(m[1], []byte(relative("css", l.prepare(to))), m[3])
		})
		if got := l.rewrite("css/a", bytes.Clone(src)); !bytes.Equal(got, want) {
			t.Errorf("%q became\n%q\nwant\n%q", src, got, want)
		}
	})
}
