package pipeline

import (
	"bytes"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/publish"
)

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
		"layouts/place.html":      `{{define "main"}}{{template "partials/place.html" .}}{{.Part "part.html" .Config ""}}{{end}}`,

		"layouts/partials/place.html": `{{.Title}}{{.Body}}`,
		"layouts/partials/part.html":  `part`,
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
		{"a layout", "layouts/page.html", plainLayouts["layouts/page.html"] + "{{/* note */}}", 5}, // the places have another
		{"a layout that no page has", "layouts/wide.html", plainLayouts["layouts/wide.html"] + "{{/* note */}}", 0},
		{"a partial of all", "layouts/partials/nav.html", "<nav>{{range .Section.Pages}}{{.Title}}{{end}}</nav>", all},
		{"a partial of two", "layouts/partials/place.html", "{{.Title}}", 2},
		{"a partial that a method renders for two", "layouts/partials/part.html", "other", 2},
		{"a partial of none", "layouts/partials/none.html", "x", 0},
		{"a word of the interface", "layouts/words/en.yaml", "home: Start\n", all},
		{"a comment in a file of words", "layouts/words/en.yaml", "# home: Start\n", 0},
		{"a word in a language that is not the site's", "layouts/words/de.yaml", "home: Anfang\n", 0},
		// As in a preview, its name has no hash.
		{"a style sheet", "static/css/site.css", "body { color: blue }\n", 0},
		{"another style sheet", "static/css/more.css", "body { color: blue }\n", all},
		{"the configuration", "content/site.yaml", "title: Other\n", all},
		{"a comment in the configuration", "content/site.yaml", "title: Site # note\n", 0},
		{"an ignored file", "content/docs/.a.md.swp", "x", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newTestSite(t, site)
			o := w.options()
			o.PlainNames = true
			b := New(o)
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
			for _, d := range differences(s, w.good(New(o))) {
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
	w := newTestSite(t, map[string]string{"content/index.md": "---\ntitle: Home\nredirect_from: [a, b, c]\n---\n"})
	if s := w.good(nil); s.Pages != 1 || s.Rendered != 1 || len(s.Files) != 13 {
		t.Errorf("%d pages, %d rendered, files %q", s.Pages, s.Rendered, names(s))
	}
}

// Errors do not make the Builder forget.
func TestRenderedAfterErrors(t *testing.T) {
	w := newTestSite(t, map[string]string{"content/index.md": "# Home\n", "content/a.md": "# A\n", "content/b.md": "# B\n"})
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
	w := newTestSite(t, map[string]string{"content/index.md": "# Home\n", "content/a.md": "# A\n", "content/b.md": "# B\n"})
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

// newSmallSite writes the site of the golden test, whose layouts show all
// that a page holds; here they show the hedge in every place as well.
func newSmallSite(t *testing.T) *testSite {
	t.Helper()
	w := &testSite{t, t.TempDir()}
	small := os.DirFS("../../testdata/small")
	for _, dir := range []string{"content", "layouts", "static"} {
		must(t, fs.WalkDir(small, dir, func(name string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			data, err := fs.ReadFile(small, name)
			w.write(name, string(data))
			return err
		}))
	}
	for _, name := range []string{"docs/data", "audit", "changes", "whole", "claims/map", "claims/matrix", "claims/chain"} { // they show all claims
		w.write("content/"+name+".md", "---\ntitle: Page "+name+"\nmenu: foot\n---\n")
	}
	w.edit("layouts/partials/claims.html", "</dd>", " {{.Wording}}</dd>")
	w.edit("layouts/partials/bearing.html", "{{range .Claims}}<p>", "{{range .Claims}}<p>{{.Wording}} ")
	w.edit("layouts/partials/bearing.html", `<dl class="claim">`, `<dl class="claim">{{.Wording}}`)
	return w
}

// edit replaces a text that stands in a file once.
func (w *testSite) edit(name, old, new string) {
	w.t.Helper()
	src, err := os.ReadFile(w.path(name))
	must(w.t, err)
	if strings.Count(string(src), old) != 1 {
		w.t.Fatalf("%s has %q not once", name, old)
	}
	w.write(name, strings.Replace(string(src), old, new, 1))
}

// A claim stands on many pages. An edit renders those that show what it
// changes, and no other: the pages listed are those whose bytes change, and so
// many are rendered. The page of a file that was edited is rendered in any case.
func TestRenderedClaims(t *testing.T) {
	for _, c := range []struct {
		name, file, old, new string
		want                 []string
	}{
		// Eleven pages: the one that tells it and its own; its neighbour, whose pager
		// shows it; its holder; the source it cites and the source it was checked
		// against; the page that links to it in its text; three overviews, and the home page.
		// Nothing on tensions and forecasts, nor on the pages of other claims.
		{"a title", "content/analysis/pot.md", "The water should be boiling as it meets the leaves {#", "Water should boil {#", []string{
			"analysis/pot/", "claims/boiling/", "claims/drunk-hot/", "actors/george-orwell/", "sources/nice-cup/", "sources/iso-3103/",
			"analysis/milk/", "claims/", "claims/evidence/", "claims/who-says-what/", "",
		}},
		// Fourteen: the page that tells it and its own; its neighbours, of which one
		// supports it and is what it depends on; the claim that it contradicts; its
		// holder, the actor addressed, the concept and the event that it is about; the
		// source it cites; the overviews of all claims, of tensions and of holders; the home page.
		{"the title of a claim with relations", "content/analysis/milk.md", "The milk goes in first {#", "Milk first {#", []string{
			"analysis/milk/", "claims/milk-goes-first/", "claims/judge-the-milk/", "claims/proteins/", "claims/tea-first/",
			"actors/rsc/", "actors/george-orwell/", "concepts/milk-first/", "events/advice-of-2003/", "sources/rsc-advice/",
			"claims/", "claims/tensions/", "claims/who-says-what/", "",
		}},
		{"a word of its text", "content/analysis/strength.md", "are about right", "are about enough", []string{"analysis/strength/", "claims/six-teaspoons/"}},
		{"a word of its text beside a link", "content/analysis/strength.md", "in a time of rationing", "in a year of rationing", []string{"analysis/strength/", "claims/twenty-cups/", "events/essay-printed/"}},
		// No position reaches the page of a claim.
		{"a line above", "content/analysis/strength.md", "One strong cup,", "Another line.\n\nOne strong cup,", []string{"analysis/strength/"}},
		{"a line above, with a name and a link", "content/analysis/strength.md", "One strong cup,", "See [it](#not-what-london-drank).\n\nOne strong cup,", []string{"analysis/strength/"}},
		{"a line in the front matter", "content/analysis/strength.md", "weight: 30", "weight: 30\naliases: [strength of tea]", []string{"analysis/strength/"}},
		{"a record in another order", "content/analysis/pot.md", "> - held by: [[george-orwell]]\n> - wording: none\n", "> - wording: none\n> - held by: [[george-orwell]]\n", []string{"analysis/pot/"}},
		// The hedge stands in every label, list and overview of the claim, but not in
		// a pager or a link.
		{"a hedge", "content/analysis/milk.md", "- wording: likely", "- wording: is likely", []string{
			"analysis/milk/", "claims/judge-the-milk/", "claims/tea-first/", "actors/george-orwell/", "concepts/milk-first/", "sources/nice-cup/", "claims/", "claims/who-says-what/", "",
		}},
		{"a note of a relation", "content/analysis/milk.md", "the same cup, the other way round", "the same cup", []string{"analysis/milk/", "claims/milk-goes-first/", "claims/tea-first/", "claims/tensions/"}},
		{"an outcome's note", "content/analysis/strength.md", "the sum gives fewer", "it gives fewer", []string{"analysis/strength/", "claims/twenty-cups/", "claims/forecasts/"}},
		{"a cause's note", "content/analysis/pot.md", "the pot was warm", "it was warm", []string{"analysis/pot/", "claims/drunk-hot/", "claims/forecasts/"}},
		{"a check's note", "content/analysis/strength.md", "two grams to a hundred millilitres\n> - leads", "two grams\n> - leads", []string{"analysis/strength/", "claims/six-teaspoons/", "sources/iso-3103/", "claims/evidence/"}},
		// The gist of a paragraph stands on the source's page and with the claims that
		// cite it.
		{"a gist", "content/sources/nice-cup.md", "Carries the pot to the kettle", "Takes the pot to the kettle", []string{"sources/nice-cup/", "claims/boiling/"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newSmallSite(t)
			b := New(w.options())
			before := w.good(b)
			w.edit(c.file, c.old, c.new)
			after := w.good(b)
			got := []string{strings.TrimSuffix(strings.TrimPrefix(c.file, "content/"), ".md") + "/"}
			for _, name := range names(after) {
				if old := before.Files[name]; path.Ext(name) == ".html" && (old == nil || !bytes.Equal(old.Data, after.Files[name].Data)) {
					got = append(got, strings.TrimSuffix(name, "index.html"))
				}
			}
			slices.Sort(got)
			got = slices.Compact(got)
			slices.Sort(c.want)
			if !slices.Equal(got, c.want) {
				t.Errorf("changed %q\nwant %q", got, c.want)
			}
			if after.Rendered != len(c.want) {
				t.Errorf("rendered %d pages, want %d", after.Rendered, len(c.want))
			}
			for _, d := range differences(after, w.good(nil)) {
				t.Error(d)
			}
		})
	}
}

// The layouts that are published here are executed by package compiled alone.
// html/template, which takes several times as long, is for what that does not know.
func TestLayoutsAreCompiled(t *testing.T) {
	for _, root := range []string{"../../..", "../../testdata/small", "../../bench/ours"} {
		o := Options{Content: root + "/content", Layouts: root + "/layouts", Static: root + "/static"}
		if root == "../../bench/ours" {
			o.Content = "../../testdata/small/content"
		}
		s, err := New(o).Build(t.Context(), publish.Memory{})
		must(t, err)
		noted := slices.ContainsFunc(s.Diagnostics, func(d diag.Diagnostic) bool { return d.Severity == diag.Note })
		if !s.OK() || noted {
			t.Errorf("%s: %v", root, s.Diagnostics)
		}
	}
}

// A picture shows claims and pages from elsewhere: the home page that draws it
// is rendered anew whenever one of them changes, and only then.
func TestPictureIsRenderedAnew(t *testing.T) {
	claim := func(kind, title, holder string) string {
		return "---\ntitle: One\n---\n> [!" + kind + "] " + title + " {#tea}\n> It may be.\n>\n> - source: [[s]] ¶1\n> - held by: [[" + holder + "]]\n"
	}
	actor := func(title string) string { return "---\ntitle: " + title + "\ntype: state\n---\n" }
	const home = "---\ntitle: Home\npicture:\n  - {from: p, to: q, claim: tea, says: pours}\n---\nText.\n"
	site := map[string]string{
		"layouts/home.html": `{{define "main"}}{{with $p := .Picture}}{{.Width}}{{range .Lifelines}}<p>{{(index $p.Pages .Node).Title}} {{.X}} {{.Y}} {{.Height}}</p>{{end}}` +
			`{{range $i, $m := .Messages}}{{with index $.Arrows $i}}<a href="{{$.Href .Claim.Ref}}">{{.Claim.Type}} {{.Claim.Title}} {{.From.Title}} {{.To.Title}} {{.Says}} {{$m.Shaft}}{{range .Claim.HeldBy}} {{.Title}}{{end}}</a>{{end}}{{end}}{{end}}{{end}}`,
		"content/index.md":          home,
		"content/actors/index.md":   "# Actors\n",
		"content/actors/p.md":       actor("Pee"),
		"content/actors/q.md":       actor("Queue"),
		"content/actors/r.md":       actor("Are"),
		"content/sources/index.md":  "# Sources\n",
		"content/sources/s.md":      "---\ntitle: Ess\ntype: note\npassages: [{n: 1, gist: One}]\n---\n",
		"content/claims/index.md":   "# Claims\n",
		"content/analysis/index.md": "# Analysis\n",
		"content/analysis/one.md":   claim("reported", "Tea is poured", "p"),
	}
	for _, c := range []struct {
		name, file, text string
		changes          bool
	}{
		{"nothing", "content/index.md", home, false},
		{"a claim's title", "content/analysis/one.md", claim("reported", "Tea was poured", "p"), true},
		{"a claim's kind", "content/analysis/one.md", claim("assessment", "Tea is poured", "p"), true},
		{"a claim's holder", "content/analysis/one.md", claim("reported", "Tea is poured", "r"), true},
		{"an actor's title", "content/actors/q.md", actor("The very long name of a queue"), true},
		{"what an arrow says", "content/index.md", strings.Replace(home, "pours", "may pour", 1), true},
		{"another actor's title", "content/actors/r.md", actor("Other"), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newTestSite(t, site)
			b := New(w.options())
			before := w.good(b)
			w.write(c.file, c.text)
			after := w.good(b)
			if changes := string(before.Files["index.html"].Data) != string(after.Files["index.html"].Data); changes != c.changes {
				t.Errorf("the home page changes: %t", changes)
			}
			for _, d := range differences(after, w.good(nil)) {
				t.Error(d)
			}
			if again := w.good(b); again.Rendered != 0 {
				t.Errorf("rendered %d when nothing had changed", again.Rendered)
			}
		})
	}
}
