package site

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"analysis/builder/internal/diag"
)

// atlas has pages at every level, and folders with and without an index.
var atlas = files{
	"index.md":              page("title: Home", ""),
	"method.md":             page("title: Method\nweight: 20", ""),
	"analysis/index.md":     page("title: Analysis\nweight: 10", ""),
	"analysis/z.md":         page("title: First by weight\nweight: 1", ""),
	"analysis/a.md":         page("title: Second by weight\nweight: 2", ""),
	"analysis/beta.md":      page("title: beta", ""),
	"analysis/alpha.md":     page("title: Alpha", ""),
	"events/index.md":       page("title: Events", ""),
	"events/late.md":        page("title: Late\nprecision: day\ndate: 2024-12-24", ""),
	"events/early.md":       page("title: Early\nprecision: month\ndate: 2024-11", ""),
	"events/undated.md":     page("title: Undated\nprecision: unknown", ""),
	"events/year.md":        page("title: Year\nprecision: year\ndate: 2024", ""),
	"docs/tools/index.md":   page("title: Tools", ""),
	"docs/tools/kettle.md":  page("title: Kettle", ""),
	"docs/loose.md":         page("title: Loose", ""),
	"docs/tools/x/spoon.md": page("title: Spoon", ""),
}

func TestSections(t *testing.T) {
	s := place(t, atlas)
	for url, want := range map[string]struct{ index, pages string }{
		"":                    {"Home", "Analysis, Method, Events"},
		"analysis/":           {"Analysis", "First by weight, Second by weight, Alpha, beta"},
		"analysis/z/":         {"Analysis", "First by weight, Second by weight, Alpha, beta"},
		"events/":             {"Events", "Undated, Year, Early, Late"},
		"docs/loose/":         {"", "Loose, Tools"}, // a folder's own page is listed in the folder above
		"docs/tools/":         {"Tools", "Kettle"},
		"docs/tools/x/spoon/": {"", "Spoon"},
		"method/":             {"Home", "Analysis, Method, Events"},
		"404.html":            {"", ""},
	} {
		section := at(t, s, url).Section
		index := ""
		if section.Index != nil {
			index = section.Index.Title
		}
		if index != want.index || titles(section.Pages) != want.pages {
			t.Errorf("the section of %q is %q with %q, want %q with %q", url, index, titles(section.Pages), want.index, want.pages)
		}
	}
}

func TestNeighbours(t *testing.T) {
	s := place(t, atlas)
	for url, want := range map[string]struct{ prev, next string }{
		"analysis/z/":     {"", "Second by weight"},
		"analysis/a/":     {"First by weight", "Alpha"},
		"analysis/alpha/": {"Second by weight", "beta"},
		"analysis/beta/":  {"Alpha", ""},
		"method/":         {"Analysis", "Events"},
		// A folder's own page has no neighbours: it stands before its pages.
		"analysis/":           {"", ""},
		"":                    {"", ""},
		"docs/tools/x/spoon/": {"", ""},
		"404.html":            {"", ""},
	} {
		p := at(t, s, url)
		var prev, next string
		if p.Prev != nil {
			prev = p.Prev.Title
		}
		if p.Next != nil {
			next = p.Next.Title
		}
		if prev != want.prev || next != want.next {
			t.Errorf("%q stands between %q and %q, want %q and %q", url, prev, next, want.prev, want.next)
		}
	}
}

func TestCrumbs(t *testing.T) {
	s := place(t, atlas)
	for url, want := range map[string]string{
		"":                    "",
		"method/":             "Home",
		"analysis/":           "Home",
		"analysis/z/":         "Home, Analysis",
		"docs/loose/":         "Home", // docs/ has no page of its own
		"docs/tools/":         "Home",
		"docs/tools/kettle/":  "Home, Tools",
		"docs/tools/x/spoon/": "Home, Tools",
		"404.html":            "",
	} {
		if got := titles(at(t, s, url).Crumbs); got != want {
			t.Errorf("%q is reached by %q, want %q", url, got, want)
		}
	}
}

func TestWithin(t *testing.T) {
	s := place(t, atlas)
	home, tools := at(t, s, "").Ref, at(t, s, "docs/tools/").Ref
	for url, want := range map[string]bool{"docs/tools/kettle/": true, "docs/tools/x/spoon/": true, "docs/tools/": false, "docs/loose/": false, "method/": false} {
		if got := at(t, s, url).Within(tools); got != want {
			t.Errorf("%q is within Tools: %t", url, got)
		}
		// All pages stand below the home page, so that to say so says nothing.
		if at(t, s, url).Within(home) {
			t.Errorf("%q is said to be within the home page", url)
		}
	}
}

func TestMenu(t *testing.T) {
	s := place(t, atlas)
	for _, p := range s.Pages {
		if p.Menu.Home.Title != "Home" || titles(p.Menu.Items) != "Analysis, Method, Events" {
			t.Errorf("the menu of %q is %q with %q", p.URL, p.Menu.Home.Title, titles(p.Menu.Items))
		}
	}
	if s := place(t, files{"a.md": ""}); s.Pages[0].Menu.Home != nil {
		t.Error("a site without an index.md has a home page in its menu")
	}
}

func TestOrderOfPages(t *testing.T) {
	var urls []string
	for _, p := range place(t, files{"index.md": "", "b.md": page("title: B\nredirect_from: [old]", ""), "a/c.md": "", "a/index.md": ""}).Pages {
		urls = append(urls, p.URL)
	}
	want := []string{"a/c/", "a/", "b/", "", "old/", "404.html"}
	if len(urls) != len(want) {
		t.Fatalf("pages %q, want %q", urls, want)
	}
	for i := range want {
		if urls[i] != want[i] {
			t.Errorf("pages %q, want %q", urls, want)
		}
	}
}

func TestFolderWithoutIndex(t *testing.T) {
	s := NewPlacer().Place(input(files{"index.md": "", "a/b.md": ""}))
	if len(s.Diagnostics) != 1 {
		t.Fatalf("reported %v", s.Diagnostics)
	}
	want := diag.Warningf(diag.Position{File: "a/index.md"}, "this folder has no page of its own").
		WithHint("create the file with a title, so that the pages in it can be reached")
	if s.Diagnostics[0] != want {
		t.Errorf("reported %v, want %v", s.Diagnostics[0], want)
	}
}

func TestIDsTwice(t *testing.T) {
	wantErrors(t, files{"index.md": "", "a/x.md": "", "a/X.md": "", "b/x.md": ""},
		"a/x.md:1:1: error: the id \"a/x\" is taken by a/X.md\n  hint: rename one of the two files; the file's name is its id")
	wantErrors(t, files{"index.md": "", "home.md": ""},
		"index.md:1:1: error: the id \"home\" is taken by home.md\n  hint: rename one of the two files; the file's name is its id")
	wantErrors(t, files{"index.md": "", "a/index.md": "", "a.md": ""},
		"a/index.md:1:1: error: the id \"a\" is taken by a.md\n  hint: rename one of the two files; the file's name is its id")
	wantErrors(t, files{"index.md": "", "caf\u00e9.md": "", "cafe\u0301.md": ""},
		"caf\u00e9.md:1:1: error: the id \"caf\u00e9\" is taken by cafe\u0301.md\n  hint: rename one of the two files; the file's name is its id")
	// A draft takes no id away.
	wantErrors(t, files{"index.md": "", "a/x.md": page("title: A\ndraft: true", ""), "b/x.md": ""})
}

func TestFileNames(t *testing.T) {
	hint := "\n  hint: name files and folders with letters, digits, hyphens, dots and underscores only"
	for name, want := range map[string]string{
		"a b.md":     "a b.md: error: the name \"a b\" makes no good address" + hint,
		"a/b?.md":    "a/b?.md: error: the name \"b?\" makes no good address" + hint,
		"a#/b.md":    "a#/b.md: error: the name \"a#\" makes no good address" + hint,
		"a:b.md":     "a:b.md: error: the name \"a:b\" makes no good address" + hint,
		"A-b_c.1.md": "", "پاک.md": "", "हिन्दी.md": "", "中国.md": "",
	} {
		if want == "" {
			wantErrors(t, files{"index.md": "", name: "x"})
		} else {
			wantErrors(t, files{"index.md": "", name: "x"}, want)
		}
	}
}

func TestFootOfTheMenu(t *testing.T) {
	m := at(t, place(t, files{"index.md": "", "all.md": page("title: All\nmenu: foot", ""), "none.md": page("title: None\nmenu: none", ""), "used.md": "", "actors/index.md": "", "actors/deep.md": page("title: Deep\ntype: person\nmenu: foot", ""), "told.md": ""}), "").Menu
	if got, want := titles(m.Items)+" | "+titles(m.Foot), "actors, told, used | All, Deep"; got != want {
		t.Errorf("the menu is %s, want %s", got, want)
	}
}

// The navigation of a long section shows the neighbours of a page and says how many it skips.
func TestLongSection(t *testing.T) {
	f := files{"index.md": "", "p/index.md": ""}
	for i := range 25 {
		f[fmt.Sprintf("p/n%02d.md", i)] = ""
	}
	shown := func(s *Section, r *Ref) (text string) {
		for _, g := range s.Groups(s.Block(r)) {
			text += fmt.Sprintf("+%d", g.Skipped)
			if n := len(g.Pages); n > 0 {
				text += fmt.Sprintf(" %s–%s ", g.Pages[0].ID, g.Pages[n-1].ID)
			}
		}
		return text
	}
	s := place(t, f)
	for url, want := range map[string]string{
		"p/":     "+0 n00–n06 +18",
		"p/n00/": "+0 n00–n06 +18",
		"p/n12/": "+9 n09–n18 +6",
		"p/n23/": "+17 n17–n24 +0",
		"p/n24/": "+21 n21–n24 +0",
	} {
		if p := at(t, s, url); shown(p.Section, p.Ref) != want {
			t.Errorf("%s shows %s, want %s", url, shown(p.Section, p.Ref), want)
		}
	}
	for url, want := range map[string]int{"p/": 0, "p/n00/": 1, "p/n24/": 25} {
		if p := at(t, s, url); p.Section.Position(p.Ref) != want {
			t.Errorf("%s is number %d, want %d", url, p.Section.Position(p.Ref), want)
		}
	}
	delete(f, "p/n24.md")
	if p := at(t, place(t, f), "p/n12/"); shown(p.Section, p.Ref) != "+0 n00–n23 " {
		t.Errorf("a section of 24 shows %s", shown(p.Section, p.Ref))
	}
}

// The masthead, which is on every page, does not grow with the pages at the top.
func TestLongMenu(t *testing.T) {
	f := files{"index.md": ""}
	for i := range maxItems + 1 {
		f[fmt.Sprintf("n%03d.md", i)] = ""
	}
	s := NewPlacer().Place(input(f))
	if menu := at(t, s, "n100/").Menu; len(menu.Items) != maxItems || menu.Items[0].ID != "n000" {
		t.Errorf("the menu has %d items", len(menu.Items))
	}
	const want = "the masthead shows the first 100 of 101 entries"
	if !slices.ContainsFunc(s.Diagnostics, func(d diag.Diagnostic) bool { return d.Severity == diag.Warning && d.Message == want && d.Hint != "" }) {
		t.Errorf("reported %v, want %q", s.Diagnostics, want)
	}
}

// Titles are filed as the site's language does, and numbers by their value.
func TestTitlesInOrder(t *testing.T) {
	for language, want := range map[string]string{
		"en": "Äthiopien, Čapek, Cyprus, Part 1, Part 2, Part 10, Zürich",
		"sv": "Čapek, Cyprus, Part 1, Part 2, Part 10, Zürich, Äthiopien",
	} {
		f := files{"index.md": "", "a/index.md": ""}
		for i, title := range strings.Split(want, ", ") {
			f[fmt.Sprintf("a/p%d.md", 9-i)] = page("title: "+title, "")
		}
		in := input(f)
		in.Config.Language = language
		if got := titles(at(t, NewPlacer().Place(in), "a/p9/").Section.Pages); got != want {
			t.Errorf("%s: %s, want %s", language, got, want)
		}
	}
}
