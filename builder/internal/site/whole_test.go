package site

import (
	"strings"
	"testing"
)

// analysed is a site whose analysis has two sections, in an order that is not
// that of their names.
var analysed = files{
	"index.md":          page("title: Home", ""),
	"whole.md":          page("title: Whole\nshows: whole", "## Its own {#own}\n"),
	"other.md":          page("title: Other", ""),
	"actors/index.md":   "",
	"actors/zoe.md":     about("Zoe", "person", ""),
	"sources/index.md":  "",
	"sources/paper.md":  about("Paper", "essay", "passages: [{n: 1, gist: One}]"),
	"claims/index.md":   "",
	"analysis/index.md": "",
	"analysis/a.md": page("title: A\nweight: 2\nsummary: The second.", "Back to [b](b.md), [its heading](b.md#deep), [what it claims](b.md#comes) and [[comes]].\n\n"+
		"## Deep {#deep}\n\n### Deeper\n\n#### Still\n\n##### Lower\n\n###### Deepest\n\nZoe and [the paper](../sources/paper.md#p1), [below](#deep), [out](https://example.org/#deep), [whole](../whole.md#own), [index](index.md).\n"),
	"analysis/b.md": page("title: B\nweight: 1", "Told.[^n]\n\n[^n]: By somebody.\n\n## Deep & wide {#deep}\n\n"+
		"> [!forecast] It comes {#comes}\n> It will.\n>\n> - source: [[paper]] ¶1\n> - held by: [[zoe]]\n> - horizon: 2025\n"),
}

func wholeOf(t *testing.T, f files) (*Page, *Whole) {
	t.Helper()
	s := place(t, f)
	return at(t, s, "whole/"), s.Whole
}

func part(p *Page, w *Whole, i int) string {
	return string(p.AppendPart(nil, w.Parts[i], func(b []byte, st *Statement) []byte { return append(b, "{of "+st.ID+"}"...) }))
}

func TestWholeIsAllSectionsInOrder(t *testing.T) {
	_, w := wholeOf(t, analysed)
	var got []string
	for _, p := range w.Parts {
		got = append(got, p.Title+" "+p.Summary)
		for _, h := range p.Headings {
			got = append(got, strings.Repeat("#", h.Level)+" "+h.Text+" "+h.ID)
		}
	}
	want := "B |### Deep & wide b--deep|A The second.|### Deep a--deep|#### Deeper a--deeper|##### Still a--still|###### Lower a--lower|###### Deepest a--deepest"
	if strings.Join(got, "|") != want {
		t.Errorf("the parts are %q, want %q", strings.Join(got, "|"), want)
	}
	if o := w.Parts[1].Outline(); len(o) != 1 || o[0].ID != "a--deep" {
		t.Errorf("the outline is %v", o)
	}
}

// A link to what stands on the page is an anchor of it, every other leads where
// it led.
func TestWholeKeepsItsLinksInside(t *testing.T) {
	p, w := wholeOf(t, analysed)
	got := part(p, w, 1)
	for _, want := range []string{
		`<a href="#b">b</a>`, `<a href="#b--deep">its heading</a>`, `<a href="#comes">what it claims</a>`,
		`<a href="#comes" class="claim-link forecast">It comes</a>`,
		`<h3 id="a--deep">Deep</h3>`, `<h6 id="a--deepest">Deepest</h6>`, `<a href="#a--deep">below</a>`,
		`<a href="../actors/zoe/">Zoe</a>`, `<a href="../sources/paper/#p1">the paper</a>`,
		`<a href="https://example.org/#deep">out</a>`, `<a href="#own">whole</a>`, `<a href="../analysis/">index</a>`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in %s", want, got)
		}
	}
}

func TestWholeKeepsClaimsAndFootnotes(t *testing.T) {
	p, w := wholeOf(t, analysed)
	got := part(p, w, 0)
	for _, want := range []string{
		`<div class="claim claim-forecast" id="comes">` + "\n{of comes}", `<sup id="b--fnref:1"><a href="#b--fn:1"`,
		`<li id="b--fn:1">`, `href="#b--fnref:1"`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in %s", want, got)
		}
	}
}

// What an author writes is no tag, however much it looks like one.
func TestWholeLeavesTextAlone(t *testing.T) {
	f := files{"whole.md": analysed["whole.md"], "index.md": "", "analysis/index.md": "",
		"analysis/a.md": "Said: id=\"x\" href=\"#x\" `<h2 id=\"x\">` \\<h2 id=\"x\">\n\n[t](https://example.org/ ' id=\"x\" <h2>')\n"}
	p, w := wholeOf(t, f)
	text := string(at(t, place(t, f), "analysis/a/").AppendBody(nil, nil))
	if got := part(p, w, 0); got != text {
		t.Errorf("got  %s\nwant %s", got, text)
	}
}

func TestWholeReportsIDsThatStandTwice(t *testing.T) {
	const hint = "\n  hint: give the heading another id: ## Title {#another}"
	wantErrors(t, files{
		"index.md": "", "analysis/index.md": "",
		"whole.md":      page("title: Whole\nshows: whole", "## A\n\n## C\n"),
		"again.md":      page("title: Again\nshows: whole", "## C\n"),
		"third.md":      page("title: Third\nshows: whole", "## A\n"),
		"analysis/a.md": "## B\n", "analysis/a--b.md": "", "analysis/site-main.md": "", "docs/site-x.md": "",
	},
		`analysis/a--b.md:1:1: error: on the page of the whole, the id "a--b" of this page is also one of analysis/a.md`+hint,
		`analysis/site-main.md: error: on the page of the whole, the id "site-main" of this page is one of those that layouts use`+"\n  hint: give the file a name that does not begin with site-",
		`third.md:1:1: error: on the page of the whole, the id "a" of this page is also one of analysis/a.md`+hint,
		`whole.md:1:1: error: on the page of the whole, the id "a" of this page is also one of analysis/a.md`+hint,
	)
}

func TestSingleNeedsTheWhole(t *testing.T) {
	in := input(files{"index.md": page("title: Home", "")})
	in.Single = true
	s := NewPlacer().Place(in)
	if got := errorsOf(s); len(got) != 1 || !strings.HasPrefix(got[0], "whole.md: error: no page shows the whole analysis") {
		t.Errorf("reported %q", got)
	}
	in = input(analysed)
	in.Single = true
	s = NewPlacer().Place(in)
	if p := s.Single; p.Title != "Home" || p.Kind != KindSingle || len(s.Whole.Parts) != 2 || p.Canonical() != "" {
		t.Errorf("the frame is %+v", p)
	}
}

// A portable site names index.html wherever it names a folder; what others are
// told of it stays as it was.
func TestPortableAddresses(t *testing.T) {
	f := files{"old.md": page("title: New\nredirect_from: [former/place/]", "")}
	for name, src := range analysed {
		f[name] = src
	}
	in := input(f)
	in.Config.BaseURL = "https://example.org/s/"
	plain := NewPlacer().Place(in)
	in.Portable = true
	s := NewPlacer().Place(in)
	if e := errorsOf(s); len(e) > 0 {
		t.Fatal(e)
	}
	if len(s.Pages) != len(plain.Pages)-1 {
		t.Errorf("%d pages, want all %d but the one for missing addresses", len(s.Pages), len(plain.Pages))
	}
	for i, p := range s.Pages {
		if want := plain.Pages[i].URL + "index.html"; p.URL != want {
			t.Errorf("the address is %q, want %q", p.URL, want)
		}
		if got, want := p.Canonical(), plain.Pages[i].Canonical(); got != want {
			t.Errorf("the canonical address is %q, want %q", got, want)
		}
		if got, want := p.Root(), plain.Pages[i].Root(); got != want {
			t.Errorf("%s: the root is %q, want %q", p.URL, got, want)
		}
	}
	a := at(t, s, "analysis/a/index.html")
	text := bodyOf(a)
	for _, want := range []string{`"../../analysis/b/index.html#deep"`, `"../../claims/comes/index.html"`, `"../../actors/zoe/index.html"`, `"#deep"`} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s in %s", want, text)
		}
	}
	if home := a.Menu.Home; a.Href(home) != "../../index.html" || a.Within(home) || !a.Within(a.Section.Index) {
		t.Errorf("the home page is at %q; within it: %t", a.Href(home), a.Within(home))
	}
}
