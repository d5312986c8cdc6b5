package layout

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"analysis/builder/internal/diag"
)

var variety = map[string]string{
	"index.md":     "",
	"docs/a.md":    "Text & *more*.",
	"docs/b.md":    "---\ntitle: B\nlayout: wide\n---\n",
	"actors/c.md":  "---\ntitle: C\ntype: state\n---\n",
	"actors/d.md":  "---\ntitle: D\ntype: state\nlayout: page\n---\n",
	"sources/e.md": "---\ntitle: E\ntype: column\nredirect_from: [old]\n---\n",
}

var layouts = map[string]string{
	"base.html":          `[{{template "partials/mark.html" .}}|{{template "main" .}}]`,
	"partials/mark.html": `{{.ID}}`,
	"page.html":          `{{define "main"}}page{{end}}`,
	"actor.html":         `{{define "main"}}actor{{end}}`,
	"wide.html":          `{{define "main"}}wide{{end}}`,
	"redirect.html":      `alone: {{.Href .Target}}`,
	"home.html":          `{{define "main"}}home{{template "more" .}}{{end}}{{define "more"}}+{{end}}`,
	"notes.txt":          `{{`,
	"old/page.html":      `{{`,
}

func TestChoiceOfLayout(t *testing.T) {
	pages := pagesOf(t, variety)
	set := load(t, layouts, nil)
	for url, want := range map[string]string{
		"":           "[home|home+]",
		"docs/a/":    "[a|page]",
		"docs/b/":    "[b|wide]",  // its front matter says so
		"actors/c/":  "[c|actor]", // its kind
		"actors/d/":  "[d|page]",  // front matter is stronger
		"sources/e/": "[e|page]",  // there is no source.html
		"old/":       "alone: ../sources/e/",
		"404.html":   "[|page]",
	} {
		if got := render(t, set, pages[url]); got != want {
			t.Errorf("%q becomes %q, want %q", url, got, want)
		}
	}
}

func TestUnknownLayout(t *testing.T) {
	for name, hint := range map[string]string{"wiide": `did you mean "wide"?`, "zzzzzz": "there are actor, home, page, redirect, wide"} {
		p := pagesOf(t, map[string]string{"docs/a.md": "---\ntitle: A\nlayout: " + name + "\n---\n"})["docs/a/"]
		out, found, fromContent := load(t, layouts, nil).Render(budget(), nil, p, nil)
		want := diag.Errorf(diag.Position{File: "docs/a.md", Line: 3, Column: 9}, "no layout %q", name).WithHint("%s", hint)
		if out != nil || found != want || !fromContent {
			t.Errorf("got %q, %v, %t, want %v", out, found, fromContent, want)
		}
		more := maps.Clone(layouts)
		more["another.html"] = more["page.html"]
		if load(t, more, nil).Fingerprint(p) == load(t, layouts, nil).Fingerprint(p) {
			t.Error("the error lists the layouts, but does not depend on them")
		}
	}
}

func TestMissingLayouts(t *testing.T) {
	for _, c := range []struct {
		layouts map[string]string
		want    string
	}{
		{map[string]string{}, "page.html: error: this layout is missing\n  hint: every kind of page without a layout of its own uses it"},
		{map[string]string{"actor.html": "x"}, "page.html: error: this layout is missing\n  hint: every kind of page without a layout of its own uses it"},
		{map[string]string{"page.html": `{{define "main"}}x{{end}}`}, "base.html: error: this layout is missing\n  hint: layouts that define \"main\" are put into it"},
	} {
		_, found := Load(bytesOf(c.layouts), nil, nil)
		if len(found) != 1 || found[0].String() != c.want {
			t.Errorf("%v: reported %v, want %s", c.layouts, found, c.want)
		}
	}
	// A site whose layouts all stand alone needs no base.
	load(t, map[string]string{"page.html": "x"}, nil)
}

// A base with a default for "main" does not swallow the layouts that stand
// alone.
func TestBaseWithMain(t *testing.T) {
	pages := pagesOf(t, variety)
	set := load(t, map[string]string{
		"base.html": `base {{block "main" .}}nothing{{end}}`, "page.html": `{{define "main"}}page{{end}}`, "redirect.html": `alone`,
	}, nil)
	if got := render(t, set, pages["docs/a/"]); got != "base page" {
		t.Errorf("the page became %q", got)
	}
	if got := render(t, set, pages["old/"]); got != "alone" {
		t.Errorf("the redirect became %q", got)
	}
}

// What one layout defines, another does not see.
func TestLayoutsAreApart(t *testing.T) {
	pages := pagesOf(t, variety)
	set := load(t, map[string]string{
		"base.html":  `{{template "main" .}}`,
		"actor.html": `{{define "main"}}{{template "x" .}}{{end}}{{define "x"}}1{{end}}`,
		"page.html":  `{{define "main"}}{{template "x" .}}{{end}}{{define "x"}}2{{end}}`,
	}, nil)
	if got := render(t, set, pages["actors/c/"]) + render(t, set, pages["docs/a/"]); got != "12" {
		t.Errorf("rendered %q, want 12", got)
	}
}

func TestEscaping(t *testing.T) {
	p := pagesOf(t, map[string]string{"docs/a.md": "---\ntitle: a < b & \"c\"\n---\nText & *more* [[a|\\<i>]].\n"})["docs/a/"]
	set := load(t, map[string]string{"page.html": `<h1 title="{{.Title}}">{{.Title}} – {{.Config.Title}}</h1>{{.Body}}`}, nil)
	want := "<h1 title=\"a &lt; b &amp; “c”\">a &lt; b &amp; “c” – Site &amp; Co</h1>" +
		"<p>Text &amp; <em>more</em> <a href=\"../../docs/a/\">&lt;i&gt;</a>.</p>\n"
	if got := render(t, set, p); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestAsset(t *testing.T) {
	pages := pagesOf(t, variety)
	assets := map[string]string{"css/site.css": "css/site.0123456789.css", "favicon.svg": "favicon.svg"}
	set := load(t, map[string]string{"page.html": `{{.Asset "css/site.css"}} {{.Asset "favicon.svg"}}`}, assets)
	for url, want := range map[string]string{
		"":         "css/site.0123456789.css favicon.svg",
		"docs/a/":  "../../css/site.0123456789.css ../../favicon.svg",
		"404.html": "/css/site.0123456789.css /favicon.svg",
	} {
		if got := render(t, set, pages[url]); got != want {
			t.Errorf("%q becomes %q, want %q", url, got, want)
		}
	}
}

// The bytes depend on the page and the layouts alone, whatever was rendered
// before and by how many at once.
func TestRenderingAtOnce(t *testing.T) {
	files := map[string]string{"docs/index.md": ""}
	for i := range 40 {
		files[fmt.Sprintf("docs/page-%d.md", i)] = "Text."
	}
	pages := pagesOf(t, files)
	urls := slices.Sorted(maps.Keys(pages))
	all := maps.Clone(layouts)
	all["base.html"] = `{{.Nav}}{{template "main" .}}`
	all["partials/nav.html"] = `{{range .Section.Pages}}<a href="{{$.Href .}}">{{.Title}}</a>{{end}}`
	want := map[string]string{}
	slow := load(t, all, nil)
	for _, url := range urls {
		want[url] = render(t, slow, pages[url])
	}
	fast := load(t, all, nil)
	var group sync.WaitGroup
	got := make([]string, len(urls))
	for i := len(urls) - 1; i >= 0; i-- {
		group.Go(func() {
			out, _, _ := fast.Render(budget(), nil, pages[urls[i]], nil)
			got[i] = string(out)
		})
	}
	group.Wait()
	for i, url := range urls {
		if got[i] != want[url] {
			t.Errorf("%q becomes\n%s\nby itself, and with others\n%s", url, want[url], got[i])
		}
		if strings.Count(got[i], "</a>") != 40 && pages[url].Doc.Path != "" {
			t.Errorf("%q lists %d pages", url, strings.Count(got[i], "</a>"))
		}
	}
}
