package gather

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"analysis/builder/internal/content"
	"analysis/builder/internal/diag"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/kind"
	"analysis/builder/internal/site"
)

// files is a content folder. A value without front matter is the body of a page
// whose title is its id.
type files map[string]string

// page writes a page with front matter.
func page(front, body string) string { return "---\n" + strings.TrimSpace(front) + "\n---\n" + body }

// about writes a page of a kind that needs a type.
func about(title, typ, more string) string {
	return page("title: "+title+"\ntype: "+typ+"\n"+more, "")
}

// claim writes a claim, held by the King in the Paper's first paragraph unless
// the lines of its record say otherwise.
func claim(kind, id string, lines ...string) string {
	all := strings.Join(lines, "\n")
	for _, line := range []string{"source: [[paper]] ¶1", "held by: [[king]]"} {
		if key, _, _ := strings.Cut(line, ":"); !strings.Contains(all, key+":") {
			lines = append(lines, line)
		}
	}
	return "> [!" + kind + "] Claim " + id + " {#" + id + "}\n> Text of " + id + ".\n>\n> - " + strings.Join(lines, "\n> - ") + "\n\n"
}

// cast are the pages that the claims of these tests name.
var cast = files{
	"index.md":          page("title: Home", ""),
	"claims/index.md":   page("title: Claims\nshows: claims", ""),
	"actors/king.md":    about("King", "person", "weight: 2"),
	"actors/queen.md":   about("Queen", "person", "weight: 1"),
	"places/kabul.md":   about("Kabul", "city", ""),
	"concepts/depth.md": about("Strategic depth", "term", ""),
	"events/early.md":   page("title: Early\ndate: 2021\nprecision: year", ""),
	"events/late.md":    page("title: Late\ndate: 2024-12-24\nprecision: day\nfigures: [{what: dead, value: \"46\", claimant: x, source: radio, date: 2024}]", ""),
	"sources/paper.md":  about("Paper", "column", "passages: [{n: 1, gist: One., sentences: [0000000a, 0000000b]}, {n: 2, gist: Two.}, {n: 5, gist: Five.}]"),
	"sources/radio.md":  about("Radio", "broadcast", ""),
}

// place places the cast with more pages, which must have no errors.
func place(t *testing.T, more files) *site.Site { return placeUnder(t, frontmatter.Config{}, more) }

func placeUnder(t *testing.T, config frontmatter.Config, more files) *site.Site {
	t.Helper()
	config.Title, config.Language = "Site", "en"
	in := site.Input{Config: config}
	all := maps.Clone(cast)
	maps.Copy(all, more)
	parser := content.NewParser()
	var found []diag.Diagnostic
	for _, name := range slices.Sorted(maps.Keys(all)) {
		src := all[name]
		if !strings.HasPrefix(src, "---\n") {
			src = page("title: "+kind.ID(name), src)
		}
		d := parser.Parse(name, []byte(src))
		in.Docs, found = append(in.Docs, d), append(found, d.Diagnostics...)
	}
	s := site.NewPlacer().Place(in)
	for _, d := range append(found, s.Diagnostics...) {
		if d.Severity == diag.Error {
			t.Fatal(d)
		}
	}
	return s
}

// at finds a page by its address.
func at(t *testing.T, s *site.Site, url string) *site.Page {
	t.Helper()
	for _, p := range s.Pages {
		if p.URL == url {
			return p
		}
	}
	t.Fatalf("no page at %q", url)
	return nil
}

// shown places the cast with more pages and one that shows something, and returns
// what that one gathers.
func shown(t *testing.T, shows string, more files) *Overview {
	t.Helper()
	f := files{"shown.md": page("title: Shown\nshows: "+shows, "")}
	maps.Copy(f, more)
	s := place(t, f)
	return New(s).Collect(at(t, s, "shown/"))
}

// titles of a list of pages, for comparing.
func titles(refs []*site.Ref) string {
	var list []string
	for _, r := range refs {
		list = append(list, r.Title)
	}
	return strings.Join(list, ", ")
}

// ids of a list of claims, for comparing.
func ids(list site.Statements) string {
	var names []string
	for _, st := range list {
		names = append(names, st.ID)
	}
	return strings.Join(names, ", ")
}

// verdict is "word sources: note".
func verdict(v site.Verdict) string {
	return strings.TrimSpace(v.Word+" "+titles(v.Sources)) + ": " + v.Note
}
