package singlefile

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"analysis/builder/internal/content"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/site"
)

// oneFile places a content folder and puts it into one file, with a page that
// has the given <main>.
func oneFile(t *testing.T, frame, main string, more map[string]string) (string, error) {
	t.Helper()
	in := site.Input{Config: frontmatter.Config{Title: "Site", Language: "en"}, Single: true}
	parser := content.NewParser()
	docs := map[string]string{
		"index.md": "---\ntitle: Home\n---\n", "whole.md": "---\ntitle: Whole\nshows: whole\n---\n", "search.md": "---\ntitle: Search\nshows: search\n---\n",
		"analysis/index.md": "---\ntitle: Analysis\n---\n", "analysis/part.md": "---\ntitle: Part\n---\n## Head\n",
		"notes/index.md": "---\ntitle: Notes\n---\n", "notes/note.md": "---\ntitle: Note\nredirect_from: [old/note/]\n---\n",
	}
	for _, name := range slices.Sorted(maps.Keys(docs)) {
		in.Docs = append(in.Docs, parser.Parse(name, []byte(docs[name])))
	}
	s := site.NewPlacer().Place(in)
	files := map[string][]byte{}
	for _, p := range s.Pages {
		files[p.URL+"index.html"] = []byte("<body class=\"kind-" + string(p.Kind) + "\"><main id=\"m\"><h1>" + p.Title + "</h1></main>")
	}
	files["notes/note/index.html"] = []byte(`<body class="kind-page"><main>` + main + `</main><p>foot</p>`)
	for name, data := range more {
		files[name] = []byte(data)
	}
	out, err := Make(s, []byte(frame), files)
	return string(out), err
}

const plainFrame = `<head></head><body><main id="site-main"><slot name="home"></slot><h2 id="part">Part</h2><h3 id="part--head">Head</h3><p id="site-whole"></p><slot name="pages"></slot></main></body>`

func TestSingleRewritesAPage(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"heading":           {`<h1 id="x">A</h1><h6>B</h6>`, `<h3 id="note--x">A</h3><h6>B</h6>`},
		"to itself":         {`<i id="x"></i><a href="#x">A</a>`, `<i id="note--x"></i><a href="#note--x">A</a>`},
		"page":              {`<a href="../">A</a>`, `<a href="#notes">A</a>`},
		"home":              {`<a href="../../">A</a>`, `<a href="#home">A</a>`},
		"section":           {`<a href="../../analysis/part/">A</a>`, `<a href="#part">A</a>`},
		"heading elsewhere": {`<a href="../../analysis/part/#head">A</a>`, `<a href="#part--head">A</a>`},
		"made by a layout":  {`<a href="../../analysis/part/#site-x">A</a>`, `<a href="#part">A</a>`},
		"the whole":         {`<a href="../../whole/">A</a>`, `<a href="#site-whole">A</a>`},
		"the search":        {`<a href="../../search/">A</a>`, `<a href="#site-whole">A</a>`},
		"in the whole":      {`<a href="../../whole/#part--head">A</a>`, `<a href="#part--head">A</a>`},
		"old address":       {`<a href="../../old/note/">A</a>`, `<a href="#note">A</a>`},
		"elsewhere":         {`<a href="https://example.org/#x" class="a">A &amp; b</a>`, `<a href="https://example.org/#x" class="a">A &amp; b</a>`},
		"names of ids":      {`<p id="a" aria-labelledby="a  b" for="a">`, `<p id="note--a" aria-labelledby="note--a note--b" for="note--a">`},
		"radio buttons":     {`<input type="radio" name="a" id="b" checked>`, `<input type="radio" name="note--a" id="note--b" checked>`},
		"of its own":        {`<i id="site-x"></i><a href="#site-x">A</a><b id="site-main"></b>`, `<i id="site-x"></i><a href="#site-x">A</a><b id="note--site-main"></b>`},
		"navigation":        {`<nav aria-label="N"><a href="../">A</a></nav>B`, `B`},
		"landmarks":         {`<section class="s" aria-labelledby="a"><div role="region" hidden id="a">`, `<section class="s"><div role="group" hidden id="note--a">`},
		"drawing":           {`<path marker-end="url(#a)"/>`, `<path marker-end="url(#note--a)"/>`},
		"picture":           {`<img src="../p.png" alt="P">`, `<img src="data:image/png;base64,UA==" alt="P">`},
		"file":              {`<a href="../p.txt">A</a>`, `<a href="data:text/plain;charset=utf-8;base64,dA==" download="p.txt">A</a>`},
		"file to save":      {`<a href="../p.txt" download="a.txt">A</a>`, `<a href="data:text/plain;charset=utf-8;base64,dA==" download="a.txt">A</a>`},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := oneFile(t, plainFrame, c.in, map[string]string{"notes/p.png": "P", "notes/p.txt": "t"})
			if err != nil {
				t.Fatal(err)
			}
			want := `<article id="note" class="kind-page">` + "\n" + c.want + "</article>\n"
			if !strings.Contains(got, want) {
				t.Errorf("no %s in %s", want, got)
			}
		})
	}
}

func TestSinglePutsPagesInOrder(t *testing.T) {
	got, err := oneFile(t, plainFrame, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	at := 0
	for _, want := range []string{`<article id="home"`, "<h1>Home</h1>", `<h2 id="part">`, `<article id="analysis"`, "<h2>Analysis</h2>", `<article id="notes"`, `<article id="note"`} {
		i := strings.Index(got[at:], want)
		if i < 0 {
			t.Fatalf("no %s behind %s", want, got[:at])
		}
		at += i
	}
	for _, not := range []string{"foot", `id="whole"`, `id="search"`, `article id="part`, "slot", "404"} {
		if strings.Contains(got, not) {
			t.Errorf("%s in %s", not, got)
		}
	}
}

func TestSingleTakesInStylesAndScripts(t *testing.T) {
	frame := `<head><meta http-equiv="Content-Security-Policy" content="x"><link rel="icon" href="i.svg"><link rel="canonical" href="https://example.org/"><link rel="alternate" href="feed.xml">` +
		`<script src="js/first.js"></script><link rel="stylesheet" href="css/a.css"><script defer src="js/index.js"></script><script defer src="js/b.js"></script></head>` +
		strings.TrimPrefix(plainFrame, "<head></head>")
	got, err := oneFile(t, frame, `<link rel="stylesheet" href="../../css/b.css"><script defer src="../../js/c.js"></script>`, map[string]string{
		"i.svg": "I", "js/first.js": "first('</script><!--')", "js/index.js": "index()", "js/b.js": "b()", "js/c.js": "c()",
		"css/a.css": "a{background:url(../i.svg);color:red}", "css/b.css": "b{}",
		"search/pages.js": `siteIndex.add("pages",[{"u":"notes/note/#x","t":"\"u\": no"},{"u":"analysis/part/#head"},{"u":"none/"}])`,
	})
	if err != nil {
		t.Fatal(err)
	}
	at := 0
	for _, want := range []string{
		`<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'sha256-`, `; img-src data:; form-action 'none'; base-uri 'none'">`,
		`<link rel="icon" href="data:image/svg+xml;base64,SQ=="><link rel="canonical" href="https://example.org/"><script>first('<\/script><\!--')</script>`,
		"<style>a{background:url(\"data:image/svg+xml;base64,SQ==\");color:red}</style>\n<style>b{}</style>\n</head>",
		"<script>index()</script>\n" + `<script>siteIndex.add("pages",[{"u":"#note--x","t":"\"u\": no"},{"u":"#part--head"},{"u":"none/"}])</script>` + "\n",
		"<script>b()</script>\n<script>c()</script>\n</body>",
	} {
		i := strings.Index(got[at:], want)
		if i < 0 {
			t.Fatalf("no %s behind %s", want, got[at:])
		}
		at += i
	}
	if strings.Count(got, "sha256-") != 5+2 {
		t.Errorf("%d hashes, want one for each of 5 scripts and 2 styles", strings.Count(got, "sha256-"))
	}
}

func TestSingleReportsWhatDoesNotHold(t *testing.T) {
	for in, want := range map[string]string{
		`<img src="none.png">`:                  `: <img> names "none.png", which is no file of the site`,
		`<a href="#none">A</a>`:                 `a link leads to "note--none", which does not stand in it`,
		`<i id="x"></i><b id="x"></b>`:          `the id "note--x" stands in it 2 times`,
		`<a href="../../none/">A</a><p id="a">`: `: <a> names "../../none/", which is no file of the site`,
	} {
		if _, err := oneFile(t, plainFrame, in, nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: reported %v, want %s", in, err, want)
		}
	}
}
