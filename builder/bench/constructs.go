package main

import (
	"fmt"
	"strings"
)

// construct is something whose cost may grow faster than its number.
type construct struct {
	name  string
	n     int
	files func(n int) map[string]string
}

// constructs are what scale measures.
var constructs = []construct{
	{"links on one line", 10_000, onPage("[a](q.md) ", "")},
	{"links on lines of their own", 10_000, onPage("[a](q.md)\n", "")},
	{"wikilinks on one line", 10_000, onPage("[[q]] ", "")},
	{"broken links on one line", 5_000, onPage("[a](none.md) ", "")},
	{"broken links on one line, distinct", 5_000, onPage("[[none-%d]] ", "")},
	{"unclosed wikilinks", 5_000, onPage("[[q ", "")},
	{"spans", 5_000, onPage("[a]{lang=ps} ", "")},
	{"spans that are none", 5_000, onPage("a]{ ", "")},
	{"equal headings", 5_000, onPage("## A\n\n", "")},
	{"equal headings in text", 5_000, onPage("## A-2\n\nWord.\n\n", "")},
	{"headings of the home page", 5_000, func(n int) map[string]string {
		return map[string]string{"index.md": matter("Home", "The home page.") + "## A\n\n" + many("### B %d\n\nWord.\n\n", n)}
	}},
	{"links below headings", 5_000, onPage("## H %d\n\n[a](q.md)\n\n", "")},
	{"nested links", 5_000, onPage("[a](", "")},
	{"closed nested links", 2_000, onPage("[", "](q.md)")},
	{"brackets", 10_000, onPage("[", "")},
	{"picture brackets", 10_000, onPage("![", "")},
	{"closed brackets", 10_000, onPage("[", "]")},
	{"brackets that close nothing", 10_000, onPage("]", "")},
	{"link destinations without end", 5_000, onPage("[a](<b", "")},
	{"links with titles without end", 2_000, onPage("[a](b \"c", "")},
	{"reference definitions", 1_000, onPage("[d%d]: https://example.org/\n", "")},
	{"references", 1_000, func(n int) map[string]string {
		return page(many("[d%d] ", n) + "\n\n" + many("[d%d]: https://example.org/\n", n))
	}},
	{"definitions without an end", 1_000, onPage("[d%d]: \"\n", "")},
	{"backtick runs", 25, func(n int) map[string]string { return page(ofLengths("`", n)) }},
	{"tilde runs", 1_000, onPage("~~a ~b ", "")},
	{"fences", 5_000, onPage("```\n", "")},
	{"footnotes", 500, func(n int) map[string]string { return page(many("a[^%d] ", n) + "\n\n" + many("[^%d]: Note.\n\n", n)) }},
	{"footnotes, one mentioned often", 5_000, func(n int) map[string]string { return page(strings.Repeat("a[^1] ", n) + "\n\n[^1]: Note.\n") }},
	{"footnotes without definition", 5_000, onPage("a[^%d] ", "")},
	{"rows of a table", 10_000, func(n int) map[string]string { return page("| a | b |\n|---|---|\n" + many("| c | %d |\n", n)) }},
	{"wide table", 25, func(n int) map[string]string {
		return page(strings.Repeat("|a", n) + "|\n" + strings.Repeat("|-", n) + "|\n" + strings.Repeat("|\n", n))
	}},
	{"nested quotations", 25, onPage("> ", "")},
	{"nested lists", 25, onPage("- ", "")},
	{"quotations ten deep", 1_000, onPage(strings.Repeat("> ", 10)+"a\n\n", "")},
	{"items ten deep", 1_000, func(n int) map[string]string { return page(strings.Repeat("- ", 10) + "a" + strings.Repeat("\n", n)) }},
	{"nested quotations, too deep", 5_000, onPage("> ", "")},
	{"emphasis, too much", 20_000, onPage("*a _b ", "")},
	{"footnotes, too many", 3_000, onPage("[^%d]: Note.\n\n", "")},
	{"wide table, too wide", 500, func(n int) map[string]string {
		return page(strings.Repeat("|a", n) + "|\n" + strings.Repeat("|-", n) + "|\n" + strings.Repeat("|\n", n))
	}},
	{"closers that do not match", 1_000, onPage("*a_ ", "")},
	{"closers of three", 1_000, func(n int) map[string]string { return page("a**b" + strings.Repeat("c* ", n)) }},
	{"links and emphasis", 2_000, onPage("[ a_", "")},
	{"brackets and addresses", 5_000, onPage("[ (](", "")},
	{"pictures in links", 5_000, onPage("![[]()", "")},
	{"nested strong emphasis", 500, onPage("*a **a ", " a** a*")},
	{"comments in closing tags", 5_000, onPage("</<!--", "")},
	{"nested pictures", 100, onPage("![", "](q.png)")},
	{"emphasis", 1_000, onPage("*a _b ", "")},
	{"emphasis that closes", 500, onPage("*a **b", "*")},
	{"angle brackets", 10_000, onPage("<", "")},
	{"comments without end", 5_000, onPage("a <!-- ", "")},
	{"processing instructions", 5_000, onPage("a <? ", "")},
	{"declarations", 5_000, onPage("a <!A ", "")},
	{"CDATA", 5_000, onPage("a <![CDATA[ ", "")},
	{"open tags", 2_000, onPage("a <a b=\"", "")},
	{"tags", 5_000, onPage("<a>", "")},
	{"entities", 10_000, onPage("&amp &#1 ", "")},
	{"bare addresses", 5_000, onPage("https://example.org/a ", "")},
	{"half addresses", 2_000, onPage("www.a_b@", "")},
	{"mail addresses", 5_000, onPage("a@", "")},
	{"quotation marks", 1_000, onPage("\"a 'b ", "")},
	{"apostrophes", 2_000, onPage("'", "")},
	{"escapes", 10_000, onPage(`\[`, "")},
	{"lines of a paragraph", 20_000, onPage("Some words.\n", "")},
	{"paragraphs", 10_000, onPage("Some words.\n\n", "")},
	{"one long word", 500_000, onPage("a", "")},
	{"one long line of blanks", 100_000, func(n int) map[string]string { return page("a" + strings.Repeat(" ", n) + "b") }},
	{"tabs", 20_000, func(n int) map[string]string { return page("-" + strings.Repeat("\t", n) + "b") }},
	{"items of a list", 10_000, onPage("- a\n", "")},
	{"items with blank lines", 10_000, onPage("- a\n\n", "")},
	{"definition lists", 5_000, onPage("Term\n: Meaning\n\n", "")},
	{"callouts", 5_000, onPage("> [!note] Title\n> Text.\n\n", "")},
	{"callouts without a word", 2_000, onPage("> [!nope] Title\n> Text.\n\n", "")},
	{"setext lines", 10_000, onPage("a\n=\n", "")},
	{"indented code", 10_000, onPage("    a\n\n", "")},
	{"Chinese letters", 50_000, onPage("塔", "")},

	{"keys of front matter", 2_000, matterOf("key%d: a\n")},
	{"aliases", 5_000, matterOf("aliases: [", "Name %d, ", "]\n")},
	{"redirects", 2_000, matterOf("redirect_from: [", "old-%d/, ", "]\n")},
	{"an anchor repeated", 2_000, matterOf("aliases: [&a Name", ", *a", "]\n")},
	{"nested flow lists", 2_000, matterOf("aliases: ", "[", "\n")},
	{"YAML comments", 10_000, matterOf("# c %d\n")},
	{"figures", 2_000, matterFile("events/e.md", "date: 2020\nfigures:\n", "  - {what: dead, value: \"%d\", source: s}\n", "")},
	{"passages", 5_000, func(n int) map[string]string {
		return map[string]string{"sources/s.md": "---\ntitle: S\ntype: report\npassages:\n" + many("  - {n: 1%d, gist: A}\n", n) + "---\n"}
	}},
	{"cited passages", 1_000, func(n int) map[string]string {
		return with(claims(n, func(i int) string { return fmt.Sprintf("source: [[s]] ¶1%d\n", i) }), "sources/s.md", "---\ntitle: S\ntype: report\npassages:\n"+many("  - {n: 1%d, gist: A}\n", n)+"---\n")
	}},
	{"sentences", 20_000, func(n int) map[string]string {
		return map[string]string{"sources/s.md": "---\ntitle: S\ntype: report\npassages:\n" + many("  - {n: 1%d, gist: A, sentences: ["+strings.Repeat("0123abcd, ", 100)+"]}\n", n/100) + "---\n"}
	}},
	{"cited sentences", 1_000, func(n int) map[string]string {
		return with(claims(n, func(i int) string { return fmt.Sprintf("source: [[s]] ¶1.%d\n", 1+i%400) }), "sources/s.md", "---\ntitle: S\ntype: report\npassages:\n  - {n: 1, gist: A, sentences: ["+strings.Repeat("0123abcd, ", 400)+"]}\n---\n")
	}},
	{"claims of an edition", 1_000, func(n int) map[string]string {
		return with(claims(n, func(int) string { return "wording: may\n" }), "editions/2026-01-01.json", `{"date": "2026-01-01", "claims": [`+strings.TrimSuffix(many(`{"id": "c-%d", "version": "0", "told_in": "a.md", "kind": "reported", "title": "A", "text": "Some words.", "held_by": [], "sources": []},`, n), ",")+"]}")
	}},
	{"links to passages", 5_000, func(n int) map[string]string {
		return with(page(many("[x](../sources/s.md#p1%d)\n", n)), "sources/s.md", "---\ntitle: S\ntype: report\npassages:\n"+many("  - {n: 1%d, gist: A}\n", n)+"---\n")
	}},
	{"places of an event", 1_000, func(n int) map[string]string {
		f := things("places", "area", n)
		f["events/e.md"] = "---\ntitle: E\ndate: 2020\nplaces: [" + many("place-%d, ", n) + "]\n---\n"
		return f
	}},
	{"claims", 1_000, func(n int) map[string]string { return claims(n, func(int) string { return "source: [[s]]\n" }) }},
	{"relations of a claim", 1_000, func(n int) map[string]string {
		return claims(n, func(i int) string {
			if i == 0 {
				return "source: [[s]]\n" + many("> - supports: [[c%d]]\n", n)
			}
			return "source: [[s]]\n"
		})
	}},
	{"names of one line of a record", 1_000, func(n int) map[string]string {
		f := things("actors", "state", n)
		f["p/q.md"] = matter("Q", "Q.") + claim(0, "source: [[s]]\n> - held by: "+many("[[place-%d]], ", n)+"\n")
		return with(f, "sources/s.md", "---\ntitle: S\ntype: report\n---\n")
	}},
	{"claims in a circle", 800, func(n int) map[string]string {
		return claims(n, func(i int) string { return "source: [[s]]\n" + relation("depends on", (i+1)%n, n) })
	}},
	{"claims in a row", 800, func(n int) map[string]string {
		return claims(n, func(i int) string { return "source: [[s]]\n" + relation("depends on", i+1, n) })
	}},
	{"effects in a row", 400, func(n int) map[string]string {
		return with(claims(n, func(i int) string { return "source: [[s]]\n" + relation("leads to", i+1, n) }), "chain.md", shows("chain"))
	}},
	{"effects in layers", 400, func(n int) map[string]string {
		return with(claims(n, func(i int) string {
			return "source: [[s]]\n" + relation("leads to", i+7, n) + relation("leads to", i+11, n)
		}), "chain.md", shows("chain"))
	}},
	{"places in a row", 1_000, func(n int) map[string]string {
		return thingsOf("places", "area", n, func(i int) string {
			if i == n-1 {
				return ""
			}
			return fmt.Sprintf("part_of: place-%d\n", i+1)
		})
	}},
	{"places in a circle", 1_000, func(n int) map[string]string {
		return thingsOf("places", "area", n, func(i int) string { return fmt.Sprintf("part_of: place-%d\n", (i+1)%n) })
	}},
	{"names of things", 2_000, func(n int) map[string]string {
		return with(things("places", "area", n), "p/q.md", matter("Q", "Q.")+many("The Place %d. ", n))
	}},
	{"equal beginnings of names", 2_000, func(n int) map[string]string {
		return with(page(many("The Place ", n)), "places/x.md", "---\ntitle: X\ntype: area\naliases: ["+many("The Place %d, ", n)+"]\n---\n")
	}},
	{"pages of a folder", 1_000, func(n int) map[string]string { return pages(n, func(int) string { return "Text.\n" }) }},
	{"unknown words, one a page", 500, func(n int) map[string]string {
		return pages(n, func(i int) string { return fmt.Sprintf("[[unknown-%d-word]]\n", i*7919) })
	}},
	{"one unknown word on all pages", 500, func(n int) map[string]string { return pages(n, func(int) string { return "[[unknown-word]]\n" }) }},
	{"unknown files, one a page", 500, func(n int) map[string]string {
		return pages(n, func(i int) string { return fmt.Sprintf("[a](other/page-%d.md)\n", i) })
	}},
	{"unknown anchors", 1_000, func(n int) map[string]string {
		return page(many("## Heading %d\n\n", n) + many("[a](#headin-%d)\n", n))
	}},
	{"backlinks of a page", 500, func(n int) map[string]string { return pages(n, func(int) string { return "Text [x](q.md) more.\n" }) }},
	{"equal titles", 500, func(n int) map[string]string {
		return thingsOf("places", "area", n, func(int) string { return "title: Same\n" })
	}},
	{"pictures beside pages", 1_000, func(n int) map[string]string { return files(n, "p/%d.png", "x") }},
	{"drafts", 1_000, func(n int) map[string]string { return files(n, "p/d%d.md", "---\ntitle: D\ndraft: true\n---\n") }},
	{"sections on one page", 500, func(n int) map[string]string {
		return with(files(n, "analysis/s%d.md", matter("S", "S.")+"## A\n\nText.\n"), "whole.md", shows("whole"))
	}},
	{"events of a timeline", 500, func(n int) map[string]string {
		return with(files(n, "events/e%d.md", "---\ntitle: E\ndate: 2020-01-02\n---\n"), "t.md", shows("timeline"))
	}},
	{"terms of a glossary", 500, func(n int) map[string]string {
		return with(files(n, "concepts/c%d.md", "---\ntitle: C\ntype: doctrine\n---\n"), "t.md", shows("glossary"))
	}},
	{"arrows of a picture", 50, func(n int) map[string]string {
		f := with(claims(n, func(int) string { return "source: [[s]]\n" }), "t.md", "---\ntitle: T\npicture:\n"+many("  - {from: place-%[1]d, to: columnist, claim: c%[1]d, says: word}\n", n)+"---\n")
		for name, text := range things("places", "area", n) {
			f[name] = text
		}
		return f
	}},
	{"actors of a map", 100, func(n int) map[string]string {
		f := claims(n, func(i int) string { return fmt.Sprintf("source: [[s]]\n> - about: [[a%d]]\n", i) })
		for i := range n {
			f[fmt.Sprintf("actors/a%d.md", i)] = fmt.Sprintf("---\ntitle: Actor %d\ntype: state\n---\nSee [[a%d]].\n", i, (i+1)%n)
		}
		return with(with(f, "map.md", shows("map")), "matrix.md", shows("matrix"))
	}},
	{"cells of a matrix", 500, func(n int) map[string]string {
		f := claims(n, func(i int) string { return fmt.Sprintf("source: [[s]]\n> - about: [[a%d]], [[k%d]]\n", i, i) })
		for i := range n {
			f[fmt.Sprintf("actors/a%d.md", i)] = fmt.Sprintf("---\ntitle: Actor %d\ntype: state\n---\n", i)
			f[fmt.Sprintf("concepts/k%d.md", i)] = fmt.Sprintf("---\ntitle: Concept %d\ntype: doctrine\n---\n", i)
		}
		return with(f, "matrix.md", shows("matrix"))
	}},
	{"pairs of a map", 200, func(n int) map[string]string {
		f := claims(n, func(i int) string {
			return fmt.Sprintf("source: [[s]]\n> - about: [[place-%d]], [[place-%d]], [[place-%d]]\n", i, (i+1)%n, (i+7)%n)
		})
		for name, text := range things("actors", "state", n) {
			f[name] = text
		}
		return with(f, "map.md", shows("map"))
	}},
	{"holders and evidence", 500, func(n int) map[string]string {
		return with(with(claims(n, func(int) string { return "source: [[s]]\n" }), "h.md", shows("holders")), "e.md", shows("evidence"))
	}},
	{"tensions", 300, func(n int) map[string]string {
		return with(claims(n, func(i int) string { return "source: [[s]]\n" + relation("contradicts", i+1, n) }), "t.md", shows("tensions"))
	}},
	{"different words", 20_000, func(n int) map[string]string { return with(page(many("w%x ", n)), "search.md", shows("search")) }},
}

// many repeats a text, with the number of each repetition where it has %d.
func many(format string, n int) string {
	if !strings.Contains(format, "%") {
		return strings.Repeat(format, n)
	}
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

// page is a site with one page that holds the text, and one to which it may link.
func page(body string) map[string]string {
	return map[string]string{"p/q.md": matter("Q", "Q."), "p/r.md": matter("R", "R.") + body + "\n"}
}

// onPage repeats what opens a construct and then what closes it.
func onPage(opening, closing string) func(int) map[string]string {
	return func(n int) map[string]string { return page(many(opening, n) + "x" + many(closing, n)) }
}

// ofLengths are runs of a sign of all lengths to n.
func ofLengths(sign string, n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString("a" + strings.Repeat(sign, i+1))
	}
	return b.String()
}

// matterOf repeats a part of the front matter of a place, given alone or between what
// comes before and behind it.
func matterOf(parts ...string) func(int) map[string]string {
	if len(parts) == 1 {
		parts = []string{"", parts[0], ""}
	}
	return matterFile("places/x.md", "type: area\n"+parts[0], parts[1], parts[2])
}

func matterFile(name, before, part, behind string) func(int) map[string]string {
	return func(n int) map[string]string {
		return map[string]string{name: "---\ntitle: X\n" + before + many(part, n) + behind + "---\n", "sources/s.md": "---\ntitle: S\ntype: report\n---\n"}
	}
}

func with(files map[string]string, name, text string) map[string]string {
	files[name] = text
	return files
}

func shows(word string) string { return "---\ntitle: Shown " + word + "\nshows: " + word + "\n---\n" }

func files(n int, name, text string) map[string]string {
	all := map[string]string{}
	for i := range n {
		all[fmt.Sprintf(name, i)] = strings.Replace(text, "title: ", fmt.Sprintf("title: N%d ", i), 1)
	}
	return all
}

// pages are pages of one folder.
func pages(n int, body func(i int) string) map[string]string {
	all := page("")
	for i := range n {
		all[fmt.Sprintf("p/page-%d.md", i)] = matter(fmt.Sprintf("Page %d", i), "A page.") + body(i)
	}
	return all
}

// things are pages about one thing each.
func things(folder, kind string, n int) map[string]string {
	return thingsOf(folder, kind, n, func(int) string { return "" })
}

func thingsOf(folder, kind string, n int, more func(i int) string) map[string]string {
	all := map[string]string{}
	for i := range n {
		front := more(i)
		if !strings.Contains(front, "title:") {
			front += fmt.Sprintf("title: The Place %d\n", i)
		}
		all[fmt.Sprintf("%s/place-%d.md", folder, i)] = "---\n" + front + "type: " + kind + "\n---\n"
	}
	return all
}

// claims are claims on one page; each record begins with what line gives.
func claims(n int, line func(i int) string) map[string]string {
	var b strings.Builder
	for i := range n {
		b.WriteString(claim(i, line(i)))
	}
	return map[string]string{
		"p/q.md": matter("Q", "Q.") + b.String(), "sources/s.md": "---\ntitle: S\ntype: report\n---\n",
		"actors/columnist.md": "---\ntitle: Columnist\ntype: person\n---\n",
	}
}

// relation is a line of a record that names a claim, if there is one of that number.
func relation(key string, to, n int) string {
	if to >= n {
		return ""
	}
	return fmt.Sprintf("> - %s: [[c%d]]\n", key, to)
}

func claim(i int, lines string) string {
	return fmt.Sprintf("> [!assessment] Claim %d {#c%d}\n> Text.\n>\n> - %s> - held by: [[columnist]]\n\n", i, i, lines)
}
