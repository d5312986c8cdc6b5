package site

import (
	"bytes"
	"strings"
	"testing"

	"analysis/builder/internal/content"
	"analysis/builder/internal/text"
)

// gazetteer is a site with names of many shapes. Its page docs/a.md has the
// text that is given.
func gazetteer(text string) files {
	return files{
		"index.md":            "",
		"docs/a.md":           page("title: Kabul in winter", text),
		"docs/b.md":           page("title: Notes\naliases: [field notes]", ""),
		"places/kabul.md":     about("Kabul", "city", ""),
		"places/kurram.md":    about("Kurram", "district", ""),
		"places/upper.md":     about("Upper Kurram", "district", ""),
		"places/valley.md":    about("Kurram valley", "region", ""),
		"actors/ttp.md":       about("Tehrik-i-Taliban", "armed group", "aliases: [TTP, {name: the group, autolink: false}]"),
		"actors/taliban.md":   about("Taliban", "armed group", ""),
		"actors/att.md":       about("AT&T", "agency", ""),
		"places/johns.md":     about("St John's", "city", ""),
		"places/helena.md":    about("St. Helena", "island", ""),
		"actors/pak.md":       about("پاکستان", "state", ""),
		"concepts/havens.md":  about("Safe havens", "term", ""),
		"concepts/depth.md":   about("strategic depth", "doctrine", ""),
		"concepts/ecole.md":   about("école", "term", ""),
		"concepts/silence.md": about("Silence", "term", "aliases: [quiet]\nautolink: false"),
		"events/2024.md":      page("title: 2024 strikes\nprecision: unknown", ""),
		"sources/paper.md":    about("The Daily", "newspaper", ""),
	}
}

func TestNames(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"first mention only", "Kabul and Kabul.\n\nKabul.", "<p>{Kabul} and Kabul.</p>\n<p>Kabul.</p>\n"},
		{"longest match", "Upper Kurram, Kurram", "<p>{Upper Kurram}, {Kurram}</p>\n"},
		{"longest match of one first word", "Kurram valley, Kurram valleys", "<p>{Kurram valley}, {Kurram} valleys</p>\n"},
		{"longest match, later than a shorter one", "Kurram, Upper Kurram", "<p>{Kurram}, {Upper Kurram}</p>\n"},
		{"a longer name again is not a shorter one", "Upper Kurram, Upper Kurram", "<p>{Upper Kurram}, Upper Kurram</p>\n"},
		{"aliases", "the TTP, Tehrik-i-Taliban", "<p>the {TTP}, Tehrik-i-Taliban</p>\n"},
		{"whole words", "Kabulis, OldKabul, Kabul2, 2Kabul, Kabulé", "<p>Kabulis, OldKabul, Kabul2, 2Kabul, Kabulé</p>\n"},
		{"not a part of a hyphenated word", "Kabul-based, pre-Kabul, Ex-Taliban-led", "<p>Kabul-based, pre-Kabul, Ex-Taliban-led</p>\n"},
		{"a hyphenated name as a whole", "Tehrik-i-Taliban", "<p>{Tehrik-i-Taliban}</p>\n"},
		{"a dash is no hyphen", "Kabul–Kurram, Taliban--TTP", "<p>{Kabul}–{Kurram}, {Taliban}–{TTP}</p>\n"},
		{"a hyphen that joins nothing", "Kabul- and -Kurram", "<p>{Kabul}- and -{Kurram}</p>\n"},
		{"possessive", "Kabul's, the Taliban’s", "<p>{Kabul}’s, the {Taliban}’s</p>\n"},
		{"in marks", "(Kabul) \"Kurram\" Taliban. TTP; Safe havens?", "<p>({Kabul}) “{Kurram}” {Taliban}. {TTP}; {Safe havens}?</p>\n"},
		{"an apostrophe in a name", "in St John's", "<p>in {St John’s}</p>\n"},
		{"a full stop in a name", "on St. Helena.", "<p>on {St. Helena}.</p>\n"},
		{"an ampersand in a name", "by AT&T", "<p>by {AT&amp;T}</p>\n"},
		{"a name that begins with a digit", "the 2024 strikes", "<p>the {2024 strikes}</p>\n"},
		{"across a line break", "Upper\nKurram and Safe  havens", "<p>{Upper\nKurram} and {Safe  havens}</p>\n"},
		{"not across a hard break", "Upper\\\nKurram", "<p>Upper<br>\n{Kurram}</p>\n"},
		{"not across a paragraph", "Upper\n\nKurram", "<p>Upper</p>\n<p>{Kurram}</p>\n"},
		{"not across markup", "Upper *Kurram*", "<p>Upper <em>{Kurram}</em></p>\n"},
		{"first letter in both cases", "safe havens; Strategic depth; École", "<p>{safe havens}; {Strategic depth}; {École}</p>\n"},
		{"no other letter in both cases", "KABUL, ttp, Safe Havens, strategic Depth", "<p>KABUL, ttp, Safe Havens, strategic Depth</p>\n"},
		{"another script", "میں پاکستان ہے", "<p>میں {پاکستان} ہے</p>\n"},
		{"not in a heading", "## Kabul\n\nKabul", "<h2 id=\"kabul\">Kabul</h2>\n<p>{Kabul}</p>\n"},
		{"not in a link", "[to Kabul](b.md), Kabul", "<p><a href=\"../../docs/b/\">to Kabul</a>, {Kabul}</p>\n"},
		{"not in code", "`Kabul`, Kabul", "<p><code>Kabul</code>, {Kabul}</p>\n"},
		{"not in a quotation", "> Kabul\n\nKabul", "<blockquote>\n<p>Kabul</p>\n</blockquote>\n<p>{Kabul}</p>\n"},
		{"not in the title of a callout", "> [!note] Kabul\n> Kabul", "<div class=\"callout note\" role=\"note\">\n<p class=\"callout-title\">Kabul</p>\n<p>{Kabul}</p>\n</div>\n"},
		{"in a table", "| Kabul |\n|---|\n| Kurram |", "<div class=\"scroll\" tabindex=\"0\">\n<table>\n<thead>\n<tr>\n<th scope=\"col\">{Kabul}</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>{Kurram}</td>\n</tr>\n</tbody>\n</table>\n</div>\n"},
		{"not behind a link to the same page", "[it](../places/kabul.md) is Kabul", "<p><a href=\"../../places/kabul/\">it</a> is Kabul</p>\n"},
		{"not behind a wiki link to the same page", "[[kabul|it]] is Kabul", "<p><a href=\"../../places/kabul/\">it</a> is Kabul</p>\n"},
		{"not behind a link in a heading or quotation", "> [[kabul|it]]\n\n## [[kurram|x]]\n\nKabul, Kurram", "<blockquote>\n<p><a href=\"../../places/kabul/\">it</a></p>\n</blockquote>\n" +
			"<h2 id=\"x\"><a href=\"../../places/kurram/\">x</a></h2>\n<p>Kabul, Kurram</p>\n"},
		{"but before one", "Kabul, [it](../places/kabul.md), Kabul", "<p>{Kabul}, <a href=\"../../places/kabul/\">it</a>, Kabul</p>\n"},
		{"titles of plain pages are headlines", "Notes, Kabul in winter", "<p>Notes, {Kabul} in winter</p>\n"},
		{"their aliases are names", "field notes", "<p>{field notes}</p>\n"},
		{"autolink off for an alias", "the group", "<p>the group</p>\n"},
		{"autolink off for a page", "Silence, quiet", "<p>Silence, quiet</p>\n"},
		{"a mark of a footnote is no word", "Kabul[^1]\n\n[^1]: `x`", "<p>{Kabul}<sup id=\"fnref:1\"><a href=\"#fn:1\" class=\"footnote-ref\" role=\"doc-noteref\">1</a></sup></p>\n" +
			"<div class=\"footnotes\" role=\"doc-endnotes\">\n<hr>\n<ol>\n<li id=\"fn:1\">\n<p><code>x</code>&#160;<a href=\"#fnref:1\" class=\"footnote-backref\" role=\"doc-backlink\">&#x21a9;&#xfe0e;</a></p>\n</li>\n</ol>\n</div>\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := at(t, place(t, gazetteer(c.in)), "docs/a/")
			if got := braced(p); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
			// Linking names adds tags and changes no character of the text.
			bare := *p
			bare.names = nil
			if got, want := text.Stripped(p.AppendBody(nil, nil)), text.Stripped(bare.AppendBody(nil, nil)); got != want {
				t.Errorf("the text became\n%s\nfrom\n%s", got, want)
			}
		})
	}
}

// braced is the body of a page with the linked names in braces. The links that
// an author wrote are left as they are.
func braced(p *Page) string {
	marked := *p
	html := bytes.Clone(p.Doc.HTML)
	for i := len(p.names) - 1; i >= 0; i-- {
		n := p.names[i]
		html = []byte(string(html[:n.Start]) + "{" + string(html[n.Start:n.End]) + "}" + string(html[n.End:]))
	}
	// Holes move with the text before them.
	doc := *p.Doc
	doc.Holes = append([]content.Hole{}, doc.Holes...)
	for i, h := range doc.Holes {
		for _, n := range p.names {
			if n.End <= h.At {
				doc.Holes[i].At += 2
			}
		}
	}
	doc.HTML = html
	marked.Doc, marked.names = &doc, nil
	return bodyOf(&marked)
}

func TestNamesLeadToTheirPages(t *testing.T) {
	p := at(t, place(t, gazetteer("Upper Kurram, the TTP, field notes")), "docs/a/")
	if got, want := linked(p), "<p>{Upper Kurram|../../places/upper/}, the {TTP|../../actors/ttp/}, {field notes|../../docs/b/}</p>\n"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestNoNameOfThePageItself(t *testing.T) {
	f := gazetteer("")
	f["places/kabul.md"] = page("title: Kabul\ntype: city\naliases: [the capital]", "Kabul, the capital, and Kurram")
	if got, want := linked(at(t, place(t, f), "places/kabul/")), "<p>Kabul, the capital, and {Kurram|../../places/kurram/}</p>\n"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestNamesOfDraftsAreNotLinked(t *testing.T) {
	f := gazetteer("Kabul")
	f["places/kabul.md"] = about("Kabul", "city", "draft: true")
	if got, want := linked(at(t, place(t, f), "docs/a/")), "<p>Kabul</p>\n"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestNamesTwice(t *testing.T) {
	base := files{"index.md": "", "actors/a.md": about("One", "state", ""), "places/b.md": about("Two", "city", "")}
	for _, c := range []struct {
		name, file, text string
		want             []string
	}{
		{"title of another", "places/c.md", about("ONE", "city", ""), []string{"places/c.md:1:1: error: the title \"ONE\" is also that of actors/a.md\n  hint: give one of the two another title"}},
		{"alias that is a title", "places/c.md", about("Three", "city", "aliases: [one]"), []string{"places/c.md:4:11: error: the alias \"one\" already names actors/a.md\n  hint: take it from one of the two pages"}},
		{"alias that is an id", "places/c.md", about("Three", "city", "aliases: [A]"), []string{"places/c.md:4:11: error: the alias \"A\" already names actors/a.md\n  hint: take it from one of the two pages"}},
		{"alias that is the page's own title", "places/c.md", about("Three", "city", "aliases: [three]"), []string{"places/c.md:4:11: error: the alias \"three\" is already a name of this page\n  hint: take this line away"}},
		{"alias twice on a page", "places/c.md", about("Three", "city", "aliases: [x, X]"), []string{"places/c.md:4:14: error: the alias \"X\" is already a name of this page\n  hint: take this line away"}},
		{"headlines may be alike", "docs/c.md", page("title: One", ""), nil},
		{"an alias may be the page's own id", "places/ttp.md", about("Three", "city", "aliases: [TTP]"), nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := files{c.file: c.text}
			for name, text := range base {
				f[name] = text
			}
			wantErrors(t, f, c.want...)
		})
	}
}

// The links of a text do not depend on which page is parsed or filed first.
func TestNamesOnlyDependOnTheText(t *testing.T) {
	text := "Upper Kurram, Kabul, the TTP, AT&T and safe havens"
	want := linked(at(t, place(t, gazetteer(text)), "docs/a/"))
	for range 20 {
		if got := linked(at(t, place(t, gazetteer(text)), "docs/a/")); got != want {
			t.Fatalf("got %s, then %s", want, got)
		}
	}
	if strings.Count(want, "{") != 5 {
		t.Errorf("linked %s", want)
	}
}

// The letters of an entity are no word.
func TestNameInAnEntity(t *testing.T) {
	s := place(t, files{"index.md": "R&D, a < b, a > b, Lt here", "actors/x.md": about("Amp", "person", "aliases: [Lt]"), "actors/y.md": about("Gt", "person", "")})
	if got, want := linked(at(t, s, "")), "<p>R&amp;D, a &lt; b, a &gt; b, {Lt|actors/x/} here</p>\n"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// Markup inside a word does not make two of it.
func TestWordWithMarkup(t *testing.T) {
	s := place(t, files{"index.md": "Old**Kabul**, **Kabul**is", "places/k.md": about("Kabul", "city", "")})
	if got, want := linked(at(t, s, "")), "<p>Old<strong>Kabul</strong>, <strong>Kabul</strong>is</p>\n"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
