package pipeline

import (
	"os"
	"slices"
	"strings"
	"testing"

	"analysis/builder/internal/publish"
)

func TestFilesOfASite(t *testing.T) {
	w := newTestSite(t, map[string]string{
		"content/index.md":         "# Home\n",
		"content/docs/index.md":    "# Documents\n",
		"content/docs/a.md":        "---\ntitle: A\nredirect_from: [old/a]\n---\nText, see [the plan](plan.pdf).\n",
		"content/docs/draft.md":    "---\ntitle: D\ndraft: true\n---\n",
		"content/docs/plan.pdf":    "%PDF",
		"static/.well-known/a.txt": "a",
	})
	s := w.good(nil)
	want := []string{".well-known/a.txt", "404.html", "_redirects", "css/site.4d6c1c4eb3.css", "docs/a/index.html", "docs/index.html", "docs/plan.pdf", "index.html", "old/a/index.html", "robots.txt",
		"search/pages.0e5a29c7.js", "search/parts.js", "search/text-0.a3eff70e.js", "search/words.87cf1b2b.js", "site.webmanifest"}
	want[3] = cssName(s)
	if got := names(s); !slices.Equal(got, want) {
		t.Errorf("files %q, want %q", got, want)
	}
	if s.Pages != 3 || s.Rendered != 3 {
		t.Errorf("%d pages, %d rendered, want 3 and 3", s.Pages, s.Rendered)
	}
	if got := string(s.Files["docs/plan.pdf"].Data); got != "%PDF" {
		t.Errorf("the plan became %q", got)
	}
	if got := string(s.Files["docs/a/index.html"].Data); !strings.Contains(got, `<p>Text, see <a href="../../docs/plan.pdf">the plan</a>.</p>`) || !strings.Contains(got, `href="../../`+cssName(s)+`"`) {
		t.Errorf("the page became\n%s", got)
	}
	if got, want := string(s.Files["old/a/index.html"].Data), `<a href="../../docs/a/">A</a>`; got != want {
		t.Errorf("the redirect became %s, want %s", got, want)
	}
	w.wantReported(s)

	with := w.options()
	with.Drafts = true
	if got := w.good(New(with)); got.Files["docs/draft/index.html"] == nil || got.Pages != 4 {
		t.Errorf("with drafts: %d pages, files %q", got.Pages, names(got))
	}
}

// cssName is the published name of css/site.css.
func cssName(s *Snapshot) string {
	for _, name := range names(s) {
		if strings.HasPrefix(name, "css/site.") {
			return name
		}
	}
	return ""
}

func TestBaseURL(t *testing.T) {
	w := newTestSite(t, map[string]string{"content/index.md": "# Home\n", "content/site.yaml": "title: Site\nbase_url: https://example.org/a/\n"})
	if s := w.good(nil); !strings.Contains(string(s.Files["sitemap.xml"].Data), "<loc>https://example.org/a/</loc>") || s.Files["feed.xml"] != nil {
		t.Errorf("files %q", names(s))
	}
	o := w.options()
	o.BaseURL = "https://example.org/b/"
	if s := w.good(New(o)); !strings.Contains(string(s.Files["sitemap.xml"].Data), "<loc>https://example.org/b/</loc>") {
		t.Error("the option does not win over site.yaml")
	}
}

// A file for hosts that a publisher writes is published, and not the builder's.
func TestFilesForHostsAreGiven(t *testing.T) {
	w := newTestSite(t, map[string]string{"content/index.md": "---\ntitle: Home\nredirect_from: [old]\n---\n", "content/site.yaml": "title: Site\nbase_url: https://example.org/\n"})
	w.remove("static/robots.txt")
	b := New(w.options())
	for name, by := range map[string]string{"robots.txt": "static/", "_redirects": "static/", "site.webmanifest": "content/"} {
		made := string(w.good(b).Files[name].Data)
		w.write(by+name, "mine")
		if got := string(w.good(b).Files[name].Data); got != "mine" || made == "mine" {
			t.Errorf("%s is %q, and without that file %q", name, got, made)
		}
		w.remove(by + name)
		if got := string(w.good(b).Files[name].Data); got != made {
			t.Errorf("%s without that file is %q, and was %q", name, got, made)
		}
	}
}

func TestNothingFromErrors(t *testing.T) {
	for name, c := range map[string]struct{ file, text, want string }{
		"content": {"content/index.md", "# Home\n\n[[nosuch]]\n", "content/index.md:3:1: error: no page or claim \"nosuch\""},
		"layout":  {"layouts/page.html", "{{define \"main\"}}\n{{end", "layouts/page.html:2:1: error: unclosed action"},
		"partial": {"layouts/partials/backlinks.html", "{{.Nosuch}}", "layouts/partials/backlinks.html:1:3: error: executing \"partials/backlinks.html\" at <.Nosuch>: " +
			"can't evaluate field Nosuch in type *layout.View\n  hint: seen while rendering index.md"},
		"static": {"static/css/b.css", "@import \"site.css\";", "static/css/b.css: error: files refer to each other in a circle: css/b.css → css/site.css → css/b.css\n" +
			"  hint: a name with a hash in it cannot stand in a circle; break it"},
		"config": {"content/site.yaml", "title: Site\ntitel: Site\n", "content/site.yaml:2:1: error: unknown key \"titel\"\n  hint: did you mean \"title\"?"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newTestSite(t, map[string]string{
				"content/index.md": "# Home\n", "static/css/site.css": "@import \"b.css\";", "static/css/b.css": "i{color:red}",
			})
			b := New(w.options())
			good := w.good(b)
			before := mustRead(t, w.path(c.file))
			w.write(c.file, c.text)
			bad := w.build(b)
			if bad.OK() || bad.Files != nil {
				t.Errorf("there are files in spite of %v", bad.Diagnostics)
			}
			w.wantReported(bad, c.want)
			w.write(c.file, before)
			for _, d := range differences(w.good(b), good) {
				t.Errorf("after the error is mended: %s", d)
			}
		})
	}
}

func mustRead(t testing.TB, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	must(t, err)
	return string(data)
}

// A mistake in a layout that all pages use is one mistake.
func TestLayoutMistakeIsReportedOnce(t *testing.T) {
	w := newTestSite(t, map[string]string{
		"content/a.md": "# A\n", "content/b.md": "# B\n", "content/index.md": "# Home\n",
		"layouts/page.html": "{{define \"main\"}}\n  {{.Nosuch}}{{end}}",
	})
	w.wantReported(w.build(nil), "layouts/page.html:2:5: error: executing \"main\" at <.Nosuch>: can't evaluate field Nosuch in type *layout.View\n  hint: seen while rendering a.md")
}

func TestEmptySite(t *testing.T) {
	w := newTestSite(t, nil)
	w.wantReported(w.build(nil), "content/index.md: error: the site has no page\n  hint: run `builder new home`")
	w.write("content/index.md", "# Home\n")
	w.remove("content/site.yaml")
	w.wantReported(w.build(nil), "content/site.yaml: error: the site has no site.yaml\n  hint: create it with a line `title: …`, or run `builder new home`")
}

// A folder that is not there is no mistake in what an author wrote.
func TestMissingFolder(t *testing.T) {
	for _, folder := range []string{"content", "layouts", "static"} {
		w := newTestSite(t, map[string]string{"content/index.md": "# Home\n"})
		b := New(w.options())
		good := w.good(b)
		must(t, os.Rename(w.path(folder), w.path("away")))
		if s, err := b.Build(t.Context(), publish.Memory{}); err == nil || s != nil || !strings.HasPrefix(err.Error(), "open folder: ") {
			t.Errorf("without %s: %v, %v", folder, s, err)
		}
		must(t, os.Rename(w.path("away"), w.path(folder)))
		for _, d := range differences(w.good(b), good) {
			t.Errorf("with %s again: %s", folder, d)
		}
	}
}

func TestTwoFilesInOnePlace(t *testing.T) {
	for name, c := range map[string]struct {
		files map[string]string
		want  string
	}{
		"page and file":      {map[string]string{"content/a.md": "# A\n", "content/a/index.html": "x"}, "content/a/index.html: error: this would be published as \"a/index.html\", and so would content/a.md\n  hint: rename one of the two"},
		"static and content": {map[string]string{"content/robots.txt": "x"}, "content/robots.txt: error: this would be published as \"robots.txt\", and so would static/robots.txt\n  hint: rename one of the two"},
		"sitemap and content": {map[string]string{"content/sitemap.xml": "x", "content/site.yaml": "title: S\nbase_url: https://example.org/\n"},
			"content/sitemap.xml: error: this would be published as \"sitemap.xml\", and so would the builder's own sitemap.xml\n  hint: rename one of the two"},
		"redirect and card": {map[string]string{"content/actors/sen.md": "---\ntitle: Sen\ntype: person\n---\n", "content/sources/s.md": "---\ntitle: S\ntype: essay\n---\n",
			"content/actors/index.md": "# Actors\n", "content/sources/index.md": "# Sources\n", "content/claims/index.md": "# Claims\n", "content/old.md": "---\ntitle: Old\nredirect_from: [claims/c/card/]\n---\n", "layouts/card.html": "card",
			"content/b.md": "# B\n\n> [!assessment] C {#c}\n> T.\n>\n> - source: [[s]]\n> - held by: [[sen]]\n"},
			"content/old.md:3:17: error: this would be published as \"claims/c/card/index.html\", and so would the builder's own claims/c/card/index.html\n  hint: rename one of the two"},
		"page and build.json": {map[string]string{"content/build.json.md": "# A\n"},
			"content/build.json.md: error: this would be published in the folder \"build.json\", which is the name of the builder's own build.json\n  hint: rename one of the two"},
	} {
		t.Run(name, func(t *testing.T) {
			c.files["content/index.md"] = "# Home\n"
			w := newTestSite(t, c.files)
			s := w.build(nil)
			w.wantReported(s, c.want)
			if s.OK() {
				t.Error("there are files in spite of that")
			}
		})
	}
}

func TestDiagnosticsInReadingOrder(t *testing.T) {
	w := newTestSite(t, map[string]string{
		"content/b.md": "# B\n\n[[y]] [[x]]\n", "content/a.md": "# A\n\n[[z]]\n", "content/index.md": "# Home\n\n## A\n\n#### B\n\n[[w]]\n",
		"layouts/page.html": "{{nosuch}}", "static/js/a.js": "let = (",
	})
	for range 5 {
		var at []string
		for _, d := range w.reported(w.build(nil)) {
			at = append(at, strings.SplitN(d, " ", 3)[0])
		}
		if want := []string{"content/a.md:3:1:", "content/b.md:3:1:", "content/b.md:3:7:", "content/index.md:5:1:", "content/index.md:7:1:", "layouts/page.html:1:3:", "static/js/a.js:1:8:"}; !slices.Equal(at, want) {
			t.Fatalf("reported at %q, want %q", at, want)
		}
	}
}

// One path cannot be a file and a folder.
func TestFileAndFolderOfOneName(t *testing.T) {
	for name, files := range map[string]map[string]string{
		"file and page":     {"content/index.md": "# H\n", "content/about.md": "# A\n", "content/about": "x"},
		"redirect and file": {"content/index.md": "---\ntitle: H\nredirect_from: [robots.txt]\n---\n"},
		"redirect and 404":  {"content/index.md": "---\ntitle: H\nredirect_from: [404.html]\n---\n"},
	} {
		w := newTestSite(t, files)
		s := w.build(nil)
		if !s.OK() {
			continue
		}
		t.Errorf("%s: no finding, and then: %v", name, publishInto(w.path("public"), s.Files))
	}
}

// The builder's own folder is no address.
func TestRedirectIntoOwnFolder(t *testing.T) {
	for _, p := range []string{".builder/new", ".builder/manifest.json", ".builder"} {
		w := newTestSite(t, map[string]string{"content/index.md": "---\ntitle: H\nredirect_from: [" + p + "]\n---\n"})
		s := w.build(nil)
		if !s.OK() {
			continue
		}
		for range 2 {
			if err := publishInto(w.path("public"), s.Files); err != nil {
				t.Errorf("%s: %v", p, err)
			}
		}
		if got := tree(t, w.path("public")); len(got) != len(s.Files) {
			t.Errorf("%s: %d of %d files are published", p, len(got), len(s.Files))
		}
	}
}

// heldUp is an Output that holds up a page until its build is called slow.
type heldUp struct {
	publish.Memory
	page string
	said chan string
}

func (h heldUp) Put(name string, data []byte) *publish.File {
	if name == h.page {
		h.said <- <-h.said
	}
	return h.Memory.Put(name, data)
}

// A file that takes long is named while it is built.
func TestSlowFile(t *testing.T) {
	for page, want := range map[string]string{"slow/index.html": "content/slow.md", "404.html": "/404.html"} {
		w := newTestSite(t, map[string]string{"content/slow.md": "# S\n"})
		h := heldUp{page: page, said: make(chan string, 2)}
		o := w.options()
		o.Slow = func(file string) {
			if strings.HasSuffix(file, want) {
				h.said <- file
			}
		}
		s, err := New(o).Build(t.Context(), h)
		must(t, err)
		if got := <-h.said; !s.OK() || !strings.HasSuffix(got, want) {
			t.Errorf("%s: %q is slow", page, got)
		}
	}
}
