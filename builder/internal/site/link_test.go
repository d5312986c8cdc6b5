package site

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/frontmatter"
)

// country is a small folder to link around in.
func country(from string) files {
	return files{
		"index.md":            "",
		"docs/index.md":       page("title: Documents", ""),
		"docs/from.md":        page("title: From", from),
		"docs/other.md":       page("title: Other", "## Part one\n\n## Teil zwei {#Teil_2}\n"),
		"actors/ttp.md":       about("The Pakistani Taliban", "armed group", "aliases: [TTP, {name: Tehrik, autolink: false}]"),
		"actors/s.p.d.md":     about("Dotted", "agency", ""),
		"sources/paper.md":    about("Paper", "column", "passages: [{n: 7, gist: a}]"),
		"docs/plan.pdf":       "",
		"docs/cafe\u0301.md":  "# Caf\u00e9\n\n## \u2699\ufe0f A/B (cabinet)\n\n## Same\n\n## Same\n\n## Named {#own}\n",
		"docs/cafe\u0301.pdf": "",
		"bare/page.md":        "---\ntitle: \"Bare page: it\"\n---\n\n# Bare page: it\n\n## Part\n",
		"docs/my plan.pdf":    "",
		"map.png":             "",
	}
}

func TestLinks(t *testing.T) {
	for in, want := range map[string]string{
		"[x](other.md)":                "<p>{x|../../docs/other/}</p>\n",
		"[x](./other.md)":              "<p>{x|../../docs/other/}</p>\n",
		"[x](../docs/other.md)":        "<p>{x|../../docs/other/}</p>\n",
		"[x](other.md#part-one)":       "<p>{x|../../docs/other/#part-one}</p>\n",
		"[x](other.md#Teil_2)":         "<p>{x|../../docs/other/#Teil_2}</p>\n",
		"[x](../actors/ttp.md)":        "<p>{x|../../actors/ttp/}</p>\n",
		"[x](../actors/s.p.d.md)":      "<p>{x|../../actors/s.p.d/}</p>\n",
		"[x](../sources/paper.md#p7)":  "<p>{x|../../sources/paper/#p7}</p>\n",
		"[x](../index.md)":             "<p>{x|../../}</p>\n",
		"[x](../)":                     "<p>{x|../../}</p>\n",
		"[x](./)":                      "<p>{x|../../docs/}</p>\n",
		"[x](index.md)":                "<p>{x|../../docs/}</p>\n",
		"[x](from.md)":                 "<p>{x|../../docs/from/}</p>\n",
		"## Here\n\n[x](#here)":        "<h2 id=\"here\">Here</h2>\n<p>{x|#here}</p>\n",
		"## Here\n\n[x](from.md#here)": "<h2 id=\"here\">Here</h2>\n<p>{x|#here}</p>\n",
		"## قصہ\n\n[x](#قصہ)":          "<h2 id=\"قصہ\">قصہ</h2>\n<p>{x|#%D9%82%D8%B5%DB%81}</p>\n",
		"[x](plan.pdf)":                "<p>{x|../../docs/plan.pdf}</p>\n",
		"[x](plan.pdf#page=3)":         "<p>{x|../../docs/plan.pdf#page=3}</p>\n",
		"[x](my%20plan.pdf)":           "<p>{x|../../docs/my%20plan.pdf}</p>\n",
		"a ![m](../map.png)":           "<p>a <img src=\"../../map.png\" alt=\"m\" loading=\"lazy\"></p>\n",
		"[[ttp]]":                      "<p>{The Pakistani Taliban|../../actors/ttp/}</p>\n",
		"[[TTP|they]]":                 "<p>{they|../../actors/ttp/}</p>\n",
		"[[the pakistani taliban]]":    "<p>{The Pakistani Taliban|../../actors/ttp/}</p>\n",
		// Not to be found in a text by itself is no reason not to be linked to.
		"[[Tehrik|they]]":         "<p>{they|../../actors/ttp/}</p>\n",
		"[[other#part-one]]":      "<p>{Other|../../docs/other/#part-one}</p>\n",
		"[[paper#p7|¶7]]":         "<p>{¶7|../../sources/paper/#p7}</p>\n",
		"[[docs]] [[home]]":       "<p>{Documents|../../docs/} {home|../../}</p>\n",
		"## Here\n\n[[#here|up]]": "<h2 id=\"here\">Here</h2>\n<p>{up|#here}</p>\n",
		// Paths: from the content folder, of folders, in any spelling, with a query.
		"[x](/docs/other.md) [x](/)":                       "<p>{x|../../docs/other/} {x|../../}</p>\n",
		"[x](../docs) [x](.)":                              "<p>{x|../../docs/} {x|../../docs/}</p>\n",
		"[x](caf\u00e9.md) [[Cafe\u0301]] [[CAF\u00c9|y]]": "<p>{x|../../docs/caf%C3%A9/} {caf\u00e9|../../docs/caf%C3%A9/} {y|../../docs/caf%C3%A9/}</p>\n",
		"[x](caf%C3%A9.pdf)":                               "<p>{x|../../docs/cafe%CC%81.pdf}</p>\n",
		"[x](other.md?a=1&b#part-one)":                     "<p>{x|../../docs/other/?a=1&amp;b#part-one}</p>\n",
		"[x](plan.pdf?dl=1)":                               "<p>{x|../../docs/plan.pdf?dl=1}</p>\n",
		"a ![m](/map.png)":                                 "<p>a <img src=\"../../map.png\" alt=\"m\" loading=\"lazy\"></p>\n",
		"[[docs/other]] [[/docs/Other|y]]":                 "<p>{Other|../../docs/other/} {y|../../docs/other/}</p>\n",
		// Fragments: in any spelling, as Git hosts write them, the text of a heading, the top.
		"[x](other.md#Part-One)":                 "<p>{x|../../docs/other/#part-one}</p>\n",
		"[x](caf\u00e9.md#-ab-cabinet)":          "<p>{x|../../docs/caf%C3%A9/#a-b-cabinet}</p>\n",
		"[x](caf\u00e9.md#%EF%B8%8F-ab-cabinet)": "<p>{x|../../docs/caf%C3%A9/#a-b-cabinet}</p>\n",
		"[x](caf\u00e9.md#same-1)":               "<p>{x|../../docs/caf%C3%A9/#same-2}</p>\n",
		"[x](caf\u00e9.md#named-own)":            "<p>{x|../../docs/caf%C3%A9/#own}</p>\n",
		"[[other#Teil zwei|x]]":                  "<p>{x|../../docs/other/#Teil_2}</p>\n",
		"[x](#top) [x](other.md#top)":            "<p>{x|#top} {x|../../docs/other/#top}</p>\n",
		"[x](../bare/page.md#bare-page-it)":      "<p>{x|../../bare/page/#top}</p>\n",
		"a[^1]\n\n[^1]: [[other]]": "<p>a<sup id=\"fnref:1\"><a href=\"#fn:1\" class=\"footnote-ref\" role=\"doc-noteref\">1</a></sup></p>\n" +
			"<div class=\"footnotes\" role=\"doc-endnotes\">\n<hr>\n<ol>\n<li id=\"fn:1\">\n<p>{Other|../../docs/other/}&#160;" +
			"<a href=\"#fnref:1\" class=\"footnote-backref\" role=\"doc-backlink\">&#x21a9;&#xfe0e;</a></p>\n</li>\n</ol>\n</div>\n",
	} {
		t.Run(in, func(t *testing.T) {
			if got := linked(at(t, place(t, country(in)), "docs/from/")); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

func TestBrokenLinks(t *testing.T) {
	for in, want := range map[string]string{
		"x [a](othr.md)":                 "docs/from.md:4:3: error: no file \"othr.md\"\n  hint: did you mean \"other.md\"?",
		"x [a](zzzzzz.md)":               "docs/from.md:4:3: error: no file \"zzzzzz.md\"",
		"x [a](Other.md)":                "docs/from.md:4:3: error: no file \"Other.md\"\n  hint: did you mean \"other.md\"?",
		"x [a](other)":                   "docs/from.md:4:3: error: no file \"other\"\n  hint: a link names the file of a page: other.md; or allow addresses in site.yaml: `address_links: true`",
		"x [a](plan.pdg)":                "docs/from.md:4:3: error: no file \"plan.pdg\"\n  hint: did you mean \"plan.pdf\"?",
		"x [a](../../secret.md)":         "docs/from.md:4:3: error: the link \"../../secret.md\" leads out of the content folder\n  hint: link to a file inside it, or allow such links in site.yaml: `outside_links: true`",
		"x [a](../../secret.pdf)":        "docs/from.md:4:3: error: the link \"../../secret.pdf\" leads out of the content folder\n  hint: link to a file inside it, or allow such links in site.yaml: `outside_links: true`",
		"x [a](nowhere/)":                "docs/from.md:4:3: error: no file \"nowhere/\"",
		"x ![a](../mep.png)":             "docs/from.md:4:3: error: no file \"../mep.png\"\n  hint: did you mean \"../map.png\"?",
		"x ![a](other.md)":               "docs/from.md:4:3: error: no file \"other.md\"",
		"x [a](other.md#part-oen)":       "docs/from.md:4:3: error: no heading or anchor \"part-oen\" on docs/other.md\n  hint: did you mean \"part-one\"?",
		"x [a](other.md#zzzzzz)":         "docs/from.md:4:3: error: no heading or anchor \"zzzzzz\" on docs/other.md\n  hint: its first heading is \"part-one\"",
		"x [a](../actors/ttp.md#zzz)":    "docs/from.md:4:3: error: no heading or anchor \"zzz\" on actors/ttp.md",
		"x [a](#zzz)":                    "docs/from.md:4:3: error: no heading or anchor \"zzz\" on docs/from.md",
		"x [[tpt]]":                      "docs/from.md:4:3: error: no page or claim \"tpt\"\n  hint: did you mean \"ttp\"?",
		"x [[paper#p8]]":                 "docs/from.md:4:3: error: no heading or anchor \"p8\" on sources/paper.md\n  hint: did you mean \"p7\"?",
		"x [a](other.html)":              "docs/from.md:4:3: error: no file \"other.html\"\n  hint: a link names the file of a page: other.md; or allow addresses in site.yaml: `address_links: true`",
		"x [a](/docs/other/)":            "docs/from.md:4:3: error: no file \"/docs/other/\"\n  hint: a link names the file of a page: other.md; or allow addresses in site.yaml: `address_links: true`",
		"x [a](../../actors/ttp/)":       "docs/from.md:4:3: error: the link \"../../actors/ttp/\" leads out of the content folder\n  hint: link to a file inside it, or allow such links in site.yaml: `outside_links: true`",
		"x [a](../other/index.html)":     "docs/from.md:4:3: error: no file \"../other/index.html\"\n  hint: a link names the file of a page: other.md; or allow addresses in site.yaml: `address_links: true`",
		"x [a](../bare/)":                "docs/from.md:4:3: error: the folder \"../bare/\" has no page of its own\n  hint: link to a page in it, or create its index.md",
		"x [a](caf\u00e9.md#-ab-cabnet)": "docs/from.md:4:3: error: no heading or anchor \"-ab-cabnet\" on docs/cafe\u0301.md\n  hint: did you mean \"a-b-cabinet\" or \"\ufe0f-ab-cabinet\"?",
		"x [[zzzzzz|b]]":                 "docs/from.md:4:3: error: no page or claim \"zzzzzz\"",
	} {
		t.Run(in, func(t *testing.T) { wantErrors(t, country(in), want) })
	}
}

// Pages in different folders may have one name or title. Only a link that could mean
// several must say which.
func TestAmbiguousNames(t *testing.T) {
	country := func(from string) files {
		return files{
			"index.md": "", "from.md": page("title: From", from), "a/x.md": page("title: Introduction", ""), "b/X.md": page("title: introduction", ""), "x.md": page("title: X", ""),
			"places/kabul.md": about("Kabul", "city", ""), "actors/kabul.md": about("Kabul team", "agency", "part_of: kabul"), "places/kot.md": about("Kot", "city", "part_of: kabul"),
			"a/index.md": "", "c/a.md": page("title: CA", ""), "d/e/index.md": "",
		}
	}
	for in, want := range map[string]string{
		"[[a/x]] [[b/x|y]] [[/x]]": "<p>{Introduction|../a/x/} {y|../b/X/} {X|../x/}</p>\n",
		"[[/a]] [[c/a]] [[d/e]]":   "<p>{a|../a/} {CA|../c/a/} {d/e|../d/e/}</p>\n",
		"[[actors/kabul]]":         "<p>{Kabul team|../actors/kabul/}</p>\n",
	} {
		f := country(in)
		delete(f, "actors/kabul.md")
		f["actors/kabul.md"] = about("Kabul team", "agency", "")
		if got := linked(at(t, place(t, f), "from/")); got != want {
			t.Errorf("%q becomes %s, want %s", in, got, want)
		}
	}
	itself := "actors/kabul.md:4:10: error: \"kabul\" names this page itself\n  hint: name another page, or take the line away"
	wantErrors(t, country("[[x]] [[introduction]] [[kabul]] [[z/x]]"), itself,
		"from.md:4:1: error: \"x\" may mean a/x.md or b/X.md or x.md\n  hint: write which: a/x or b/X or /x",
		"from.md:4:7: error: \"introduction\" may mean a/x.md or b/X.md\n  hint: write which: a/x or b/X",
		"from.md:4:24: error: \"kabul\" may mean actors/kabul.md or places/kabul.md\n  hint: write which: actors/kabul or places/kabul",
		"from.md:4:34: error: no page or claim \"z/x\"\n  hint: did you mean \"a/x\" or \"b/X\"?")
}

// Every broken link is reported, not only the first.
func TestBrokenLinksAllAtOnce(t *testing.T) {
	wantErrors(t, country("[a](zz.md) [[qq]]\n\n![b](cc.png)\n"),
		"docs/from.md:4:1: error: no file \"zz.md\"",
		"docs/from.md:4:12: error: no page or claim \"qq\"",
		"docs/from.md:6:1: error: no file \"cc.png\"")
}

func TestLinkToDraft(t *testing.T) {
	f := files{
		"index.md": "[[plan]], [b](plan.md)\n",
		"plan.md":  page("title: Plan\ndraft: true", ""),
	}
	wantErrors(t, f,
		"index.md:4:1: error: the page \"plan\" is a draft\n  hint: publish it, or build with -drafts",
		"index.md:4:11: error: the page \"plan.md\" is a draft\n  hint: publish it, or build with -drafts")
	in := input(f)
	in.Drafts = true
	s := NewPlacer().Place(in)
	if got := errorsOf(s); len(got) > 0 {
		t.Errorf("with drafts: %q", got)
	}
	if got, want := linked(at(t, s, "")), "<p>{Plan|plan/}, {b|plan/}</p>\n"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// A page without a broken link is published with an address in every hole,
// whatever its depth.
func TestLinksFromEveryDepth(t *testing.T) {
	s := place(t, files{
		"index.md":     "[[leaf]] [[home]]\n",
		"a/index.md":   "[[leaf]] [[home]]\n",
		"a/b/leaf.md":  "[[leaf]] [[home]]\n",
		"a/b/index.md": "",
	})
	for url, want := range map[string]string{
		"":          "<p>{leaf|a/b/leaf/} {home|./}</p>\n",
		"a/":        "<p>{leaf|../a/b/leaf/} {home|../}</p>\n",
		"a/b/leaf/": "<p>{leaf|../../../a/b/leaf/} {home|../../../}</p>\n",
	} {
		if got := linked(at(t, s, url)); got != want {
			t.Errorf("on %q: got %s, want %s", url, got, want)
		}
	}
}

func TestAddress(t *testing.T) {
	for _, c := range []struct{ root, u, want string }{
		{"", "", "./"}, {"../", "", "../"}, {"", "a/", "a/"}, {"../../", "a/b.pdf", "../../a/b.pdf"},
		{"", "a b/ç%.pdf", "a%20b/%C3%A7%25.pdf"}, {"../", "a?b#c", "../a%3Fb%23c"}, {"/sub/", "a/", "/sub/a/"},
	} {
		if got := Address(c.root, c.u); got != c.want {
			t.Errorf("%q from %q is %q, want %q", c.u, c.root, got, c.want)
		}
	}
}

func TestRootAndCanonical(t *testing.T) {
	f := files{"index.md": "", "a/index.md": "", "a/پاک.md": "# پاک\n"}
	for _, c := range []struct{ base, url, root, canonical string }{
		{"", "", "", ""}, {"", "a/", "../", ""}, {"", "a/پاک/", "../../", ""}, {"", "404.html", "/", ""},
		{"https://example.org/s/", "", "", "https://example.org/s/"},
		{"https://example.org/s/", "a/پاک/", "../../", "https://example.org/s/a/%D9%BE%D8%A7%DA%A9/"},
		// The page for missing addresses is shown at any depth.
		{"https://example.org/s/", "404.html", "/s/", "https://example.org/s/404.html"},
		{"https://example.org/", "404.html", "/", "https://example.org/404.html"},
	} {
		in := input(f)
		in.Config = frontmatter.Config{Title: "Site", BaseURL: c.base}
		p := at(t, NewPlacer().Place(in), c.url)
		if p.Root() != c.root || p.Canonical() != c.canonical {
			t.Errorf("%q under %q: root %q and canonical %q, want %q and %q", c.url, c.base, p.Root(), p.Canonical(), c.root, c.canonical)
		}
	}
}

// A file's name is never read as a scheme.
func TestColonInAFileName(t *testing.T) {
	for file, want := range map[string]string{"a:b.txt": "./a:b.txt", "javascript:alert(1).txt": "./javascript:alert%281%29.txt"} {
		s := place(t, files{"index.md": "[x](./" + strings.NewReplacer("(", "%28", ")", "%29").Replace(file) + ")", file: ""})
		if got := linked(at(t, s, "")); got != "<p>{x|"+want+"}</p>\n" {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

// What a text links to, in its order, once each; a claim's kind shows in the
// link.
func TestMentions(t *testing.T) {
	s := place(t, files{
		"index.md":         "",
		"used.md":          "[[paper]] twice: [[paper]], then [[zoe]] and [x](https://example.org/).",
		"actors/zoe.md":    about("Zoe", "person", ""),
		"sources/paper.md": about("Paper", "essay", ""),
		"claims/index.md":  "",
		"told.md":          "> [!forecast] It comes {#comes}\n> It will.\n>\n> - source: [[paper]]\n> - held by: [[zoe]]\n> - horizon: 2025\n\nSee [[comes]].\n",
	})
	if got, want := titles(at(t, s, "used/").Mentions), "Paper, Zoe"; got != want {
		t.Errorf("the page mentions %q, want %q", got, want)
	}
	if got, want := bodyOf(at(t, s, "told/")), `<a href="../claims/comes/" class="claim-link forecast">It comes</a>`; !strings.Contains(got, want) {
		t.Errorf("no %s in %s", want, got)
	}
}

// Titles and aliases lead to a hint as ids do. Only the first unknown names get one, and
// the same name gets the same each time: the time does not grow with their number.
func TestSuggestions(t *testing.T) {
	f := files{
		"index.md":      "",
		"actors/ttp.md": about("Pakistani Taliban", "group", "aliases: [Tehrik Movement]"),
		"a.md":          "[[Pakistani Talban]] [[Tehrik Movment]] [[tpt]] [x](actors/tpt.md)",
		"z.md":          "[[tpt]] [[ttpp]]",
	}
	for i := range maxSuggestions {
		f[fmt.Sprintf("m%03d.md", i)] = fmt.Sprintf("[[actor-%d-whom-nobody-knows]]", i)
	}
	var hints []string
	placer := NewPlacer()
	for range 2 { // a second build gives the same
		hints = nil
		list := placer.Place(input(f)).Diagnostics
		diag.Sort(list)
		for _, d := range list {
			if d.File == "a.md" || d.File == "z.md" {
				hints = append(hints, d.Hint)
			}
		}
		want := []string{`did you mean "ttp"?`, `did you mean "ttp"?`, `did you mean "ttp"?`, `did you mean "actors/ttp.md"?`, `did you mean "ttp"?`, ""}
		if !slices.Equal(hints, want) {
			t.Errorf("hints %q, want %q", hints, want)
		}
	}
}
