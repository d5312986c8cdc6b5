package pipeline

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"analysis/builder/internal/site"
)

// A build says which files were others, which pages it rendered, and which part of
// each differed.
func TestExplanation(t *testing.T) {
	site := map[string]string{
		"content/index.md": "# Home\n", "content/docs/index.md": "# Documents\n",
		"content/docs/a.md": "---\ntitle: A\n---\nSee [[b]].\n\nMore.\n", "content/docs/b.md": "# B\n",
		"layouts/index.html": `{{define "main"}}{{.Title}}{{end}}`,
	}
	for _, c := range []struct {
		name, file, text string // no text: the file is removed
		want             []string
	}{
		{"nothing", "content/docs/b.md", "# B\n", nil},
		{"a word", "content/docs/a.md", "---\ntitle: A\n---\nSee [[b]].\n\nLess.\n", []string{
			"content/docs/a.md changed", "  rendered /docs/a/: its text"}},
		{"a linking sentence", "content/docs/a.md", "---\ntitle: A\n---\nRead [[b]].\n\nMore.\n", []string{
			"content/docs/a.md changed", "  rendered /docs/a/: its text", "  rendered /docs/b/: who links to it"}},
		{"a title", "content/docs/b.md", "# Bee\n", []string{
			"content/docs/b.md changed", "  rendered /docs/a/: the pages of its section, the page after it, the titles it shows",
			"  rendered /docs/b/: its title, summary or date, its text, the pages of its section, who links to it", "  rendered /docs/: the pages of its section"}},
		{"a new page", "content/c.md", "# C\n", []string{"content/c.md is new", "  rendered /c/: it is new", "  rendered /docs/a/: the menu", "  rendered /docs/b/: the menu",
			"  rendered /docs/: the menu", "  rendered /: the menu, the pages of its section"}},
		{"a layout", "layouts/index.html", `{{define "main"}}other{{end}}`, []string{"layouts/index.html changed", "  rendered /docs/: its layout changed"}},
		{"a style sheet", "static/css/site.css", "i{color:red}", []string{"static/css/site.css changed"}},
		{"a file less", "static/robots.txt", "", []string{"static/robots.txt was deleted", "  rendered /docs/a/: the static folder has other files",
			"  rendered /docs/b/: the static folder has other files", "  rendered /docs/: the static folder has other files", "  rendered /: the static folder has other files"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newTestSite(t, site)
			o := w.options()
			o.PlainNames = true
			b := New(o)
			first := w.good(b).Explanation
			if len(first) != 4 || slices.ContainsFunc(first, func(s string) bool { return !strings.HasSuffix(s, ": it is new") }) {
				t.Errorf("the first build says %q", first)
			}
			if c.text == "" {
				w.remove(c.file)
			} else {
				w.write(c.file, c.text)
			}
			var got []string
			for _, line := range w.good(b).Explanation {
				got = append(got, strings.ReplaceAll(line, w.dir+"/", ""))
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("it says\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
		})
	}
}

// A change that reaches everything is told in a few lines.
func TestLongExplanation(t *testing.T) {
	files := map[string]string{"content/index.md": "# Home\n"}
	for _, c := range "abcdefghijklmnopqrstuvwxyz" {
		files["content/"+string(c)+".md"] = "# " + string(c) + "\n"
	}
	w := newTestSite(t, files)
	b := New(w.options())
	w.good(b)
	for name := range files {
		w.write(name, files[name]+"\nMore.\n")
	}
	lines := w.good(b).Explanation
	if len(lines) != 2*(maxListed+1) || lines[maxListed] != "and 7 files more" || lines[len(lines)-1] != "  and 7 pages more" {
		t.Errorf("it says\n%s", strings.Join(lines, "\n"))
	}
}

// Every part of a page has a name in the words of an editor.
func TestPartsAreNamed(t *testing.T) {
	page := reflect.TypeFor[site.Page]()
	for i := range page.NumField() {
		if name := page.Field(i).Name; page.Field(i).IsExported() && partNames[name] == "" {
			t.Errorf("the part %s has no name", name)
		}
	}
}
