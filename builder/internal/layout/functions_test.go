package layout

import (
	"fmt"
	"reflect"
	"testing"

	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/kind"
	"analysis/builder/internal/site"
)

func TestDate(t *testing.T) {
	for d, want := range map[frontmatter.Date]string{
		"2024-12-04": "4 December 2024", "2024-12": "December 2024", "2024": "2024", "": "",
		"0622": "622", "0622-09-24": "24 September 622", "-0322": "323 BC", "-0322-06": "June 323 BC", "-0043-03-15": "15 March 44 BC", "0000": "1 BC",
	} {
		if got := d.Format(nil); got != want {
			t.Errorf("%q is worded %q, want %q", d, got, want)
		}
	}
}

func TestDict(t *testing.T) {
	got, err := dict("a", 1, "b", "x")
	if want := (map[string]any{"a": 1, "b": "x"}); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, %v, want %v", got, err, want)
	}
	for _, pairs := range [][]any{{"a"}, {1, 2}, {"a", 1, "b"}} {
		if got, err := dict(pairs...); err == nil {
			t.Errorf("%v makes %v", pairs, got)
		}
	}
}

func TestByType(t *testing.T) {
	a, b, c, d := &site.Ref{ID: "a", Type: "state"}, &site.Ref{ID: "b", Type: "agency"}, &site.Ref{ID: "c", Type: "state"}, &site.Ref{ID: "d"}
	got := byType([]*site.Ref{a, b, c, d})
	want := []group{{"state", []*site.Ref{a, c}}, {"agency", []*site.Ref{b}}, {"", []*site.Ref{d}}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := byType(nil); len(got) != 0 {
		t.Errorf("nothing makes %v", got)
	}
}

func TestByKind(t *testing.T) {
	from := func(id string, k kind.Kind) site.Backlink { return site.Backlink{From: &site.Ref{ID: id, Kind: k}} }
	page, event, section, home, actor, index := from("p", kind.Page), from("e", kind.Event), from("s", kind.Section),
		from("h", kind.Home), from("a", kind.Actor), from("i", kind.Index)
	got := ""
	for _, g := range byKind([]site.Backlink{page, event, section, home, actor, index, section}) {
		got += string(g.Kind) + ":"
		for _, l := range g.Links {
			got += " " + l.From.ID
		}
		got += "; "
	}
	// The analysis first; whatever has no group of its own is among the pages.
	if want := "section: s s; event: e; actor: a; page: p h i; "; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := byKind(nil); len(got) != 0 {
		t.Errorf("nothing makes %v", got)
	}
}

// The functions under the names by which templates call them.
func TestFunctionsInTemplates(t *testing.T) {
	p := pagesOf(t, map[string]string{
		"events/a.md": "---\ntitle: A\nprecision: day\ndate: 2024-12-04\n---\n",
		"actors/x.md": "---\ntitle: X\ntype: state\n---\n[[a]]",
		"actors/y.md": "---\ntitle: Y\ntype: agency\n---\n[[x]]",
	})
	for _, c := range []struct{ url, src, want string }{
		{"events/a/", `{{date .Date}}`, "4 December 2024"},
		{"events/a/", `{{word "home"}} {{or "" (word "menu")}}`, "Home Menu"},
		{"events/a/", `{{count "claims" (len .Section.Pages)}}, {{count "claims" 2}}`, "1 claim, 2 claims"},
		{"events/a/", `{{choose "kind-" "forecast"}} {{choose "outcome-" "came in part"}} {{choose "kind-" .Title}}`, "Forecast Came in part A"},
		{"events/a/", `{{word "see" "page" (show "x" .)}}{{define "x"}}<i>{{.Title}}</i>{{end}}`, "see <i>A</i>"},
		{"events/a/", `{{with dict "page" $ "n" 2}}{{.page.Title}}{{.n}}{{end}}`, "A2"},
		{"events/a/", `{{print 1 "x"}} {{printf "%03d%s" 4 "€"}} {{println "a" 2}} {{js "'"}}`, "1x 004€ a 2\n \\&#39;"},
		{"actors/x/", `{{range byType .Section.Pages}}{{.Name}}{{range .Pages}} {{.Title}}{{end}}.{{end}}`, "state X.agency Y."},
		{"actors/x/", `{{range byKind .Backlinks}}{{.Kind}}{{range .Links}} {{.From.Title}}{{end}}{{end}}`, "actor Y"},
		{"actors/x/", `{{range where "actor" .Section.Pages}}{{.Title}}{{end}}.{{range where "event" .Section.Pages}}{{.Title}}{{end}}`, "XY."},
		{"actors/x/", `{{range except "actor" .Section.Pages}}{{.Title}}{{end}}.{{range except "event" .Section.Pages}}{{.Title}}{{end}}`, ".XY"},
	} {
		if got := render(t, load(t, map[string]string{"page.html": c.src}, nil), p[c.url]); got != c.want {
			t.Errorf("%s gives %q, want %q", c.src, got, c.want)
		}
	}
	if len(functions(nil)) != 14 {
		t.Error(fmt.Sprint("a function is not tested here: ", functions(nil)))
	}
}
