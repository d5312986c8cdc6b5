package pipeline

import (
	"maps"
	"path"
	"slices"
	"strings"

	"analysis/builder/internal/frontmatter"
)

// Edits of what is in the files: words, front matter, layouts, style sheets.

// page chooses a page that is there.
func (d *editorModel) page() string {
	var pages []string
	for _, name := range slices.Sorted(maps.Keys(d.files)) {
		if path.Ext(name) == ".md" {
			pages = append(pages, name)
		}
	}
	if len(pages) == 0 {
		d.put(places[0], pristine(places[0]))
		return places[0]
	}
	return pick(d, pages)
}

// set gives a key of a page's front matter another value; an empty one takes
// the key away.
func (d *editorModel) set(page, key, value string) {
	lines := strings.SplitAfter(d.files[page], "\n")
	lines = slices.DeleteFunc(lines, func(l string) bool { return strings.HasPrefix(l, key+":") })
	if value != "" && len(lines) > 0 {
		lines = slices.Insert(lines, 1, key+": "+value+"\n")
	}
	d.note("set", page, key, value)
	d.put(page, strings.Join(lines, ""))
}

// Values that editors give. Some are wrong, some clash with others.
var (
	sentences = []string{
		"Plain text again.", "Kabul and the TTP were seen.", "See [[a]] and [[docs]] there.", "Read [it](../docs/index.md) now.", "## Part\n\nBelow it, Kabul.",
		"> [!note] On [[p]]\n> Kabul in a note.", "A note.[^1]\n\n[^1]: See [[s#p1|¶1]].", "![a map](map.png)", "[table](../actors/data.csv)", "[up](#part)", "Upper\nKabul; pages of Kabul’s.",
		"[[a#part|part]] of it. [[s#p1|¶1]], [[s]].", "One. Two [[e]]. Three.", "[broken](nosuch.md)", "[[nosuch]]",
		"> [!forecast] Kabul will be seen {#seen}\n> It may be, by the TTP.\n>\n> - source: [[s]]\n> - held by: [[p]]\n> - about: [[e]], [[k]]\n> - horizon: 2025\n> - probability: 20 %\n> - outcome: came in part [[s]] — so\n> - cause: not shown [[s]]",
		"> [!reported] It stands {#stands}\n> It stands on [[a]], and Kabul.\n>\n> - source: [[s]] ¶1\n> - held by: [[q]] — of them\n> - depends on: [[seen]]\n> - contradicts: [[seen]] — so",
		"> [!assessment] It reads {#reads}\n> Text.\n>\n> - source: [[s]]\n> - held by: [[p]]\n> - about: [[e]]\n> - was: read\n> - checked: disputed by [[s]] — no",
		"> [!reported] It was seen {#seen}\n> Text.\n>\n> - source: [[s]]\n> - held by: [[p]]\n> - supports: [[reads]]\n> - withdrawn: 2026-01-03 — no", "> [!reported] It read {#read}\n> Text.\n>\n> - source: [[s]]\n> - held by: [[p]]\n> - replaced by: [[reads]]", "Read [[seen]], [[reads|it]].", "[[stands]]",
		"> [!assessment] It is cited {#cited}\n> Kabul is.\n>\n> - source: [[s]] ¶1.2\n> - held by: [[p]]\n> - wording: none — so\n> - about: [[q]] — by name",
	}
	titles    = []string{"Kabul", "TTP", "Upper Kabul", "kabul", "A & B", "The \"one\"", "x", "Page docs/a", ""}
	aliases   = []string{"", "[Kabul]", "[TTP, {name: text, autolink: false}]", "[text]", "[Plain text]", "[q]", "[Upper Kabul]"}
	summaries = []string{"", "A summary.", "Another, with Kabul.", "12"}
	weights   = []string{"", "1", "2", "-3", "x"}
	extras    = []string{"content/docs/map.png", "content/actors/data.csv", "content/docs/a/index.html", "content/map.png", "static/robots.txt", "static/img/m.png", "content/.hidden", "content/docs/b.md~", "content/robots.txt", "content/sources/s.audit.json"}
	keys      = []string{"title", "aliases", "also", "summary", "weight", "draft", "layout", "image", "autolink", "redirect_from", "updated", "corrections", "part_of", "places", "actors", "date", "precision", "passages", "figures", "shows", "picture", "menu", "type", "origin", "accessed", "archived"}
	values    = map[string][]string{
		"title": titles, "aliases": aliases, "also": aliases, "summary": summaries, "weight": weights,
		"draft": {"true", ""}, "menu": {"foot", "none", ""}, "type": {"people", "city # so", "city #5", "1500", ""}, "layout": {"wide", "", "nosuch"}, "image": {"docs/map.png", "map.png", ""}, "autolink": {"false", ""}, "redirect_from": {"[old]", `[{from: old, to: "#part"}]`, `[{from: old/x, to: "#seen"}]`, "[old, older/x]", "", "[docs/a]"}, "updated": {"2024-12-24", "2024", ""}, "corrections": {"[{date: 2024-12-24, was: this, now: that}]", "[{date: 2024-12-25, was: that, now: this, by: they}, {date: 2024-12-24, was: a, now: b}]", "[]", ""},
		"origin": {"p", "s", "q # so", "the people of it", "nosuch", ""}, "accessed": {"2026-11-23", "2026", "soon", ""}, "archived": {"https://example.net/a", "a", ""},
		"part_of": {"p", "q", "k", ""}, "places": {"[k, p]", "[k]", ""}, "actors": {"[p, q]", "[q]", ""}, "date": {"2024-12-24", "2025", ""}, "precision": {"day", "unknown", "year"},
		"passages": {"[{n: 1, gist: One}]", `[{n: 1, gist: "", sentences: [0a1b2c3d, 4e5f6071], no_claim: {2: none}}]`, "[{n: 1, gist: Two}, {n: 2, gist: Three}]", ""}, "shows": append(frontmatter.Overviews[:], "", "nothing"), "picture": {"[{from: p, to: k, claim: seen, says: sees}]", "[{from: e, to: s, claim: stands, says: stands}, {from: p, to: p, claim: reads, says: x}]", ""}, "figures": {"[{what: dead, value: some, claimant: they, source: s, date: 2024}]", ""},
	}
	configs = []string{"title: Site\n", "title: Other\n", "title: Site\nbase_url: https://example.org/sub/\n", "title: Site\nas_of: 2024-12-31\nlicense: CC0-1.0\nreport: https://example.org/?{id}&{title}&{url}\nsource: https://example.org/{path}\n", "title: Site\nlanguage: ur\n", "title: Site\nbase_url: https://example.org/\nimage: pot.png\n", "title: Site\naddress_links: true\noutside_links: true\n", "title: Site\nignore_keys: [tags]\nschema_types: {people: Person}\n", "titel: Site\n", "title: Site\nhedges: [text]\nspellings: [Kabil]\n"}
	looks   = map[string][]string{
		"layouts/page.html":                {"", "{{define \"main\"}}plain {{.Title}}{{.Body}}{{end}}", "{{.Title}} alone", "{{define \"main\"}}{{.Nosuch}}{{end}}", "{{if}}", "{{define \"main\"}}{{if .Backlinks}}{{template \"main\" .}}{{end}}{{end}}", "{{define \"main\"}}{{word \"home\"}} {{count \"claims\" (len .Labels)}} {{date .Date}}{{.Body}}{{end}}", "{{word \"nosuch\"}}"},
		"layouts/base.html":                {"", "{{.Title}}{{template \"main\" .}}", "{{.Nav}}{{template \"main\" .}}", "{{.Asset \"nosuch.css\"}}"},
		"layouts/partials/nav.html":        {"", "{{range .Menu.Items}}<a href=\"{{$.Href .}}\">{{.Title}}</a>{{end}}", "{{.Section.Index.Title}}"},
		"layouts/partials/backlinks.html":  {"", "{{len .Backlinks}}", "{{range .Backlinks}}{{.Match}}{{.From.Summary}}{{end}}", "{{(index .Backlinks 0).Match}}"},
		"layouts/partials/claim.html":      {"", "{{.claim.Title}}", "{{with .claim.ToldOn}}{{.Summary}}{{end}}{{.page.Href .claim.Ref}}", "{{.nosuch.Title}}", "{{.page.Body}}"},
		"layouts/claims.html":              {"{{define \"main\"}}{{range .Overview.Claims}}{{.Title}}{{end}}{{end}}", "alone"},
		"layouts/actor.html":               {"{{define \"main\"}}actor {{.Title}} {{.Type}}{{end}}", "alone", "{{define \"main\"}}{{index .Relations 0}}{{end}}"},
		"static/css/site.css":              {"", "body { color: red }", "body { background: url(../img/m.png) }", "@import \"b.css\";"},
		"layouts/changes.html":             {"{{define \"main\"}}{{range .Overview.Changes}}{{.Date}}{{range .Changes}}{{.How}} {{.Title}}{{end}}{{end}}{{end}}"},
		"layouts/card.html":                {"{{.Title}} {{.Canonical}} {{.Href .Claim.Ref}} {{.Claim.Version}} {{.Claim.Result}} {{.Claim.Ended.Reason}}{{range .Claim.HeldBy}} {{.Title}}{{end}}", "{{.Claim.Title}} {{.Menu.Home.Title}}"},
		"layouts/claim.html":               {"{{define \"main\"}}{{.Body}}{{with .Overview}}{{.Since}}{{range .History}}{{.How}} {{.Version}}{{end}}{{end}}{{end}}"},
		"content/editions/2026-01-01.json": {`{"date": "2026-01-01", "claims": []}`, `{"date": "2026-01-01", "claims": [{"id": "seen", "version": "07c53463", "told_in": "a.md", "kind": "reported", "title": "It was seen", "text": "", "held_by": [], "sources": []}]}`, "{"},
		"content/editions/2026-02-01.json": {`{"date": "2026-02-01", "claims": []}`, `{"date": "2026-01-01", "claims": []}`},
		"content/sources/s.audit.json":     {`{"copy": "0", "record": "1"}`, "[]"},
		"layouts/words/en.yaml":            {"home: Start\n", "later: After it\nmonth-12: Dec\n", "nosuch: x\n", "claims: x\n", ": x"},
		"layouts/words/ur.yaml":            {"home: صفحہ\n", "callout-note: نوٹ\nmonth-12: دسمبر\n", "home: \"{nosuch}\"\n"},
		"static/js/word.js":                {"let a = \"{{word home}}\";", "let a = `{{word preview-more n ${b}}}`;", "let a = \"{{word nosuch}}\";"},
		"static/css/b.css":                 {"i { color: red }", "@import \"site.css\";"},
	}
)

// move makes one move, as the next bytes say: an edit of text or an operation on
// files. Half of all first bytes mend what is wrong, or most builds would have
// errors and nothing to compare.
func (d *editorModel) move() {
	switch what := d.next(); {
	case !d.last.OK() && what >= 128:
		d.mend()
	case what&64 != 0:
		pick(d, operations)(d)
		d.look()
	default:
		d.edit(what)
	}
	if len(d.files) > 45 || len(d.odd) > 6 {
		d.note("reset")
		d.reset()
	}
}

// edit changes text.
func (d *editorModel) edit(what byte) {
	switch what % 16 {
	case 0, 1:
		p := d.page()
		d.note("append to", p)
		d.put(p, d.files[p]+"\n"+pick(d, sentences)+"\n")
	case 2:
		p := d.page()
		d.note("cut", p)
		if text, cut := d.files[p], strings.LastIndex(strings.TrimSpace(d.files[p]), "\n\n"); cut > 0 {
			d.put(p, text[:cut+1])
		}
	case 3, 4, 5:
		p, key := d.page(), pick(d, keys)
		d.set(p, key, pick(d, values[key]))
	case 6:
		p := pick(d, places)
		d.note("create", p)
		d.put(p, pristine(p))
	case 7:
		p := d.page()
		d.note("delete", p)
		d.drop(p)
	case 8:
		from, to := d.page(), pick(d, places)
		d.note("move", from, to)
		text := d.files[from]
		d.drop(from)
		d.put(to, text)
	case 9:
		e := pick(d, extras)
		d.note("change", e)
		if _, there := d.files[e]; there && d.next()%2 == 0 {
			d.drop(e)
		} else {
			text := string(d.next())
			if strings.HasSuffix(e, ".json") {
				text = `{"copy": "` + text + `"}`
			}
			d.put(e, text)
		}
	case 10, 11:
		look := pick(d, slices.Sorted(maps.Keys(looks)))
		d.note("change", look)
		text := pick(d, looks[look])
		_, there := d.files[look]
		switch plain := plainLayouts[look]; {
		case text != "":
			d.put(look, text)
		case plain != "":
			d.put(look, plain)
		case there:
			d.drop(look)
		}
	case 12:
		d.note("configure")
		d.put("content/site.yaml", pick(d, configs))
	case 13:
		name := pick(d, slices.Sorted(maps.Keys(d.files)))
		at, text := int(d.next()), d.files[name]
		at = min(at, len(text))
		d.note("garble", name)
		d.put(name, text[:at]+string([]byte{d.next(), d.next()})+text[min(len(text), at+int(d.next()%4)):])
	default:
		d.mend()
	}
}
