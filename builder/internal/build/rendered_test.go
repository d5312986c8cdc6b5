package build

import "testing"

// How many pages an edit renders again. That these are enough is for
// FuzzIncremental to say; that they are not too many is said here.
func TestRendered(t *testing.T) {
	site := map[string]string{
		"content/index.md":        "# Home\n",
		"content/docs/index.md":   "---\ntitle: Documents\n---\n",
		"content/docs/a.md":       "---\ntitle: A\n---\nText with [[b|it]].\n\nAnd more.\n",
		"content/docs/b.md":       "---\ntitle: B\n---\nText.\n",
		"content/places/index.md": "---\ntitle: Places\n---\n",
		"content/places/k.md":     "---\ntitle: Kabul\ntype: city\n---\n",
		"content/places/z.md":     "---\ntitle: Kunar\ntype: province\n---\n",
	}
	const all = 7
	for _, c := range []struct {
		name, file, text string // no text: the file is removed
		want             int
	}{
		{"nothing", "content/docs/b.md", site["content/docs/b.md"], 0},
		{"a word", "content/docs/b.md", "---\ntitle: B\n---\nOther text.\n", 1},
		{"a word in another sentence than a link", "content/docs/a.md", "---\ntitle: A\n---\nText with [[b|it]].\n\nAnd less.\n", 1},
		{"a word in the sentence of a link", "content/docs/a.md", "---\ntitle: A\n---\nWords with [[b|it]].\n\nAnd more.\n", 2},
		{"a mention of another page", "content/docs/b.md", "---\ntitle: B\n---\nText on Kabul.\n", 2},
		// The page, those beside it in its section, its section's page, and none
		// in the other section.
		{"a title", "content/docs/b.md", "---\ntitle: Bee\n---\nText.\n", 3},
		// The other section's pages show it too: it is in the menu of all.
		{"a section's title", "content/docs/index.md", "---\ntitle: Papers\n---\n", all},
		{"a new page", "content/docs/c.md", "---\ntitle: C\n---\n", 4},
		{"a page less", "content/places/z.md", "", 2},
		{"a file beside the pages", "content/docs/plan.pdf", "%PDF", 0},
		{"a layout", "layouts/page.html", plainLayouts["layouts/page.html"] + "{{/* note */}}", all},
		{"a style sheet", "static/css/site.css", "body { color: blue }\n", all},
		{"the configuration", "content/site.yaml", "title: Other\n", all},
		{"a comment in the configuration", "content/site.yaml", "title: Site # note\n", 0},
		{"an ignored file", "content/docs/.a.md.swp", "x", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorkshop(t, site)
			b := New(w.options())
			if s := w.good(b); s.Rendered != all || s.Pages != all {
				t.Fatalf("the first build rendered %d of %d pages, want all %d", s.Rendered, s.Pages, all)
			}
			if c.text == "" {
				w.remove(c.file)
			} else {
				w.write(c.file, c.text)
			}
			s := w.good(b)
			if s.Rendered != c.want {
				t.Errorf("rendered %d, want %d", s.Rendered, c.want)
			}
			for _, d := range differences(s, w.good(nil)) {
				t.Error(d)
			}
			if again := w.good(b); again.Rendered != 0 {
				t.Errorf("rendered %d when nothing had changed", again.Rendered)
			}
		})
	}
}

// Redirects and the page for missing addresses are made by no file, so they do
// not count as pages.
func TestRenderedCountsPages(t *testing.T) {
	w := newWorkshop(t, map[string]string{"content/index.md": "---\ntitle: Home\nredirect_from: [a, b, c]\n---\n"})
	if s := w.good(nil); s.Pages != 1 || s.Rendered != 1 || len(s.Files) != 7 {
		t.Errorf("%d pages, %d rendered, files %q", s.Pages, s.Rendered, names(s))
	}
}

// Errors do not make the Builder forget.
func TestRenderedAfterErrors(t *testing.T) {
	w := newWorkshop(t, map[string]string{"content/index.md": "# Home\n", "content/a.md": "# A\n", "content/b.md": "# B\n"})
	b := New(w.options())
	w.good(b)
	w.write("content/a.md", "# A\n\n[[nosuch]]\n")
	if s := w.build(b); s.OK() || s.Rendered != 0 {
		t.Errorf("rendered %d of a site with errors", s.Rendered)
	}
	w.write("content/a.md", "# A\n\nMended.\n")
	if s := w.good(b); s.Rendered != 1 {
		t.Errorf("rendered %d after the error was mended, want 1", s.Rendered)
	}
}

// A page that only the layouts can refuse does not cost the memory of the
// others.
func TestRenderedAfterLayoutErrors(t *testing.T) {
	w := newWorkshop(t, map[string]string{"content/index.md": "# Home\n", "content/a.md": "# A\n", "content/b.md": "# B\n"})
	b := New(w.options())
	w.good(b)
	w.write("content/a.md", "---\ntitle: A\nlayout: nosuch\n---\n")
	s := w.build(b)
	w.wantReported(s, "content/a.md:3:9: error: no layout \"nosuch\"\n  hint: there are page, redirect, wide")
	w.write("content/a.md", "---\ntitle: A\nlayout: wide\n---\n")
	if s := w.good(b); s.Rendered != 1 {
		t.Errorf("rendered %d, want 1", s.Rendered)
	}
}
