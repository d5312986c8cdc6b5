package website

import (
	"regexp"
	"strings"
	"testing"

	"analysis/builder/internal/pipeline"
)

// Every page shows the addresses of site.yaml that fit it, and its corrections: in a folder,
// from disk and in the single file, with or without an address of the site. An old edition says
// that it is one.
func TestReplies(t *testing.T) {
	root := t.TempDir()
	for name, text := range map[string]string{
		"site.yaml": "title: S\nreport: mailto:x@tea.example?subject={title}&body={url}\nsource: https://tea.example/edit/{path}\nhistory: https://tea.example/log/{path}\n" +
			"discuss: https://tea.example/new?t={id}\n",
		"index.md":            "---\ntitle: S & co\n---\n",
		"whole.md":            "---\ntitle: Whole\nshows: whole\n---\n",
		"docs/a-b.md":         "# A\n",
		"docs/index.md":       "---\ntitle: Docs\nlang: de\ncorrections: [{date: 2026-01-02, was: falsch, now: richtig, by: F. Leser}]\n---\n",
		"docs/corrections.md": "---\ntitle: Corrections\nshows: corrections\n---\n",
		"actors/index.md":     "# Actors\n",
		"actors/p.md":         "---\ntitle: P\ntype: person\n---\n",
		"sources/index.md":    "# Sources\n",
		"sources/s.md":        "---\ntitle: S\ntype: report\n---\n",
		"claims/index.md":     "---\ntitle: Claims\nshows: claims\n---\n",
		"analysis/index.md":   "# Analysis\n",
		"analysis/one.md":     "# One\n\n> [!reported] They are tied {#ties}\n> Tied.\n>\n> - source: [[s]]\n> - held by: [[p]]\n",
	} {
		write(t, root, name, text)
	}
	o := Options(root)
	has := func(o pipeline.Options, name string, wants ...string) {
		t.Helper()
		page := string(Build(t, o).Files[name].Data)
		for _, want := range wants {
			if !regexp.MustCompile(want).MatchString(page) {
				t.Errorf("%s does not show %q", name, want)
			}
		}
	}
	const claim = `<a href="mailto:x@tea.example\?subject=They%20are%20tied&amp;body=claims%2Fties%2F">Question this claim</a>`
	has(o, "claims/ties/index.html", claim, `<a href="https://tea.example/edit/analysis/one.md">Edit this page</a>`,
		`<a href="https://tea.example/log/analysis/one.md">History</a>`, `<a href="https://tea.example/new\?t=ties">Discuss</a>`)
	has(o, "docs/a-b/index.html", `<a href="mailto:x@tea.example\?subject=A&amp;body=docs%2Fa-b%2F">Report an error</a>`, `edit/docs/a-b.md"`)
	has(o, "index.html", `subject=S%20%26%20co&amp;body=.%2F"`)
	has(o, "docs/index.html", `<time datetime="2026-01-02" lang="en"[^>]*>2 January 2026</time>`, `<dd>falsch</dd>`, `<dd>richtig</dd>`, `<dd>F. Leser</dd>`)
	has(o, "docs/corrections/index.html", `<dl class="facts" lang="de">`, `<a href="../../docs/" lang="de">Docs</a>`)
	o.BaseURL = "https://tea.example/x/"
	has(o, "claims/ties/index.html", `body=https%3A%2F%2Ftea.example%2Fx%2Fclaims%2Fties%2F"`)
	o.BaseURL, o.Portable = "", true
	has(o, "claims/ties/index.html", claim)
	o.Edition = "2026-01-02"
	has(o, "claims/ties/index.html", `"noindex"`, `old edition, of <time datetime="2026-01-02">.*<a href="../../../../claims/ties/index.html">The same page`)
	o.Portable = false
	has(o, "404.html", `<a href="/../../">The site as it is now`)
	has(o, "claims/ties/index.html", `<a href="../../../../claims/ties/">The same page`)
	for _, base := range []string{"https://tea.example/x/", "https://tea.example/x/editions/2026-01-02/"} { // its own address
		o.BaseURL = base
		has(o, "claims/ties/index.html", `<link rel="canonical" href="https://tea.example/x/editions/2026-01-02/claims/ties/">`)
		has(o, "404.html", `<a href="/x/editions/2026-01-02/../../">The site as it is now`)
	}
	o.BaseURL, o.Single = "", true
	has(o, pipeline.SingleName, `old edition, of <time datetime="2026-01-02">[^<]*</time>.</span>`)
	o.Edition = ""
	has(o, pipeline.SingleName, claim, `<dd>falsch</dd>`)
	if page := Build(t, Options(root)).Files["404.html"].Data; strings.Contains(string(page), "Report an error") {
		t.Error("the page for missing addresses asks to report an error on it")
	}
	write(t, root, "site.yaml", "title: S\nreport: https://tea.example/{version}\n")
	write(t, root, "docs/index.md", "# Docs\n")
	if page := string(Build(t, Options(root)).Files["docs/index.html"].Data); strings.Contains(page, "replies") {
		t.Error("a page without what an address names shows it")
	}
	has(Options(root), "claims/ties/index.html", `<a href="https://tea.example/[0-9a-f]{8}">Question this claim</a>`)
	has(Options(root), "docs/corrections/index.html", `None so far`)
}
