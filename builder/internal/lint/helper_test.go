package lint

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"testing"

	"analysis/builder/internal/content"
	"analysis/builder/internal/diag"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/site"
)

// files is a content folder; every value begins with front matter.
type files map[string]string

// page writes a page with front matter.
func page(front, body string) string { return "---\n" + front + "\n---\n" + body }

// sound is a site about which there is nothing to warn: each test adds what
// there is.
var sound = files{
	"index.md":          page("title: Home", "Who is who: [[king]] and [[queen]]."),
	"actors/king.md":    page("title: King\ntype: person", ""),
	"actors/queen.md":   page("title: Queen\ntype: person", ""),
	"events/early.md":   page("title: Early\ndate: 2021-08\nprecision: month", ""),
	"events/late.md":    page("title: Late\ndate: 2024-12-24\nprecision: day", ""),
	"events/someday.md": page("title: Some day\nprecision: unknown", ""),
	"sources/paper.md":  page("title: Paper\ntype: opinion column", ""),
	"sources/report.md": page("title: Report\ntype: news report", ""),
}

// with adds pages to the sound site.
func with(more files) files {
	all := maps.Clone(sound)
	maps.Copy(all, more)
	return all
}

// claim writes a claim, held by the King in the Report unless the lines of its
// record say otherwise. Its first line is the fourth of a page that begins with
// it, the first line of its record the seventh.
func claim(kind, id, text string, lines ...string) string {
	all := strings.Join(lines, "\n")
	for _, line := range []string{"source: [[report]]", "held by: [[king]]"} {
		if key, _, _ := strings.Cut(line, ":"); !strings.Contains(all, key+":") {
			lines = append(lines, line)
		}
	}
	return "> [!" + kind + "] Claim " + id + " {#" + id + "}\n> " + text + "\n>\n> - " + strings.Join(lines, "\n> - ") + "\n\n"
}

// placed places a site, which must have no errors.
func placed(t *testing.T, config frontmatter.Config, f files) *site.Site {
	t.Helper()
	if config.Language == "" {
		config.Language, config.Openers = "en", cmp.Or(config.Openers, "thus") // the claims here begin with "it"
	}
	in := site.Input{Config: config}
	parser := content.NewParser()
	for _, name := range slices.Sorted(maps.Keys(f)) {
		in.Docs = append(in.Docs, parser.Parse(name, []byte(f[name])))
		for _, d := range in.Docs[len(in.Docs)-1].Diagnostics {
			t.Fatal(d)
		}
	}
	s := site.NewPlacer().Place(in)
	for _, d := range s.Diagnostics {
		if d.Severity == diag.Error {
			t.Fatal(d)
		}
	}
	return s
}

// wantWarnings fails unless exactly these warnings are there, in reading order.
func wantWarnings(t *testing.T, config frontmatter.Config, f files, want ...string) {
	t.Helper()
	found := new(Checker).Check(placed(t, config, f))
	diag.Sort(found)
	var got []string
	for _, d := range found {
		got = append(got, d.String())
		if d.Severity != diag.Warning || d.Hint == "" {
			t.Errorf("%s is no warning with a hint", d)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("reported\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}
