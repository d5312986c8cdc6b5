package layout

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// An editor of layouts is told the file, line and column, as an editor of
// content is.

func TestParseErrors(t *testing.T) {
	for _, c := range []struct {
		name    string
		layouts map[string]string
		want    []string
	}{
		{"unclosed action", map[string]string{"page.html": "a\n{{if .Title}}\nb"}, []string{"page.html:3:1: error: unexpected EOF"}},
		{"unknown function", map[string]string{"page.html": "a\n\n{{nosuch .Title}}"}, []string{"page.html:3:3: error: function \"nosuch\" not defined"}},
		{"unterminated text", map[string]string{"page.html": "{{.Asset \"a}}"}, []string{"page.html:1:10: error: unterminated quoted string"}},
		{"in the base", map[string]string{"base.html": "a\n{{end}}", "page.html": "x"}, []string{"base.html:2:1: error: unexpected {{end}}"}},
		{"in a partial", map[string]string{"partials/a.html": "{{end}}", "page.html": "x"}, []string{"partials/a.html:1:1: error: unexpected {{end}}"}},
		{"after letters of several bytes", map[string]string{"page.html": "a\n é{{nosuch .Title}}"}, []string{"page.html:2:5: error: function \"nosuch\" not defined"}},
		{"one brace", map[string]string{"page.html": "<p>{{.Title}</p>\n"}, []string{"page.html:1:12: error: bad character U+007D '}'"}},
		{"the second else", map[string]string{"page.html": "{{range .A}}\n{{else}}{{- else -}}{{end}}"}, []string{"page.html:2:9: error: expected end; found {{else}}"}},
		{"no name", map[string]string{"page.html": "x {{template foo}}"}, []string{"page.html:1:14: error: unexpected \"foo\" in template clause"}},
		{"no variable", map[string]string{"page.html": "{{.Title}}{{$x}}"}, []string{"page.html:1:13: error: undefined variable \"$x\""}},
		{"no end of a comment", map[string]string{"page.html": "\n\n{{/* abc"}, []string{"page.html:3:4: error: unclosed comment"}},
		{"no end of an action", map[string]string{"page.html": "{{.Title\n\n"}, []string{"page.html:3:1: error: unclosed action started at page.html:1"}},
		{"deep loops", map[string]string{"page.html": strings.Repeat("{{range .A}}\n", 13) + strings.Repeat("{{end}}", 13)}, []string{"page.html:13:13: error: more than 12 loops are inside each other"}},
		{"all at once", map[string]string{"page.html": "{{end}}", "actor.html": "\n{{else}}", "partials/a.html": "\n\n{{nosuch}}"},
			[]string{"actor.html:2:1: error: unexpected {{else}}", "page.html:1:1: error: unexpected {{end}}", "partials/a.html:3:3: error: function \"nosuch\" not defined"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, found := Load(bytesOf(c.layouts), nil, nil)
			var got []string
			for _, d := range found {
				got = append(got, d.String())
			}
			slices.Sort(got)
			if !slices.Equal(got, c.want) {
				t.Errorf("reported %q, want %q", got, c.want)
			}
		})
	}
}

func TestRenderErrors(t *testing.T) {
	p := pagesOf(t, map[string]string{"docs/a.md": ""})["docs/a/"]
	const seen = "\n  hint: seen while rendering docs/a.md"
	for _, c := range []struct {
		name    string
		layouts map[string]string
		want    string
	}{
		{"no such field", map[string]string{"page.html": "a\n  {{.Nosuch}}"},
			`page.html:2:5: error: executing "page.html" at <.Nosuch>: can't evaluate field Nosuch in type *layout.View` + seen},
		{"in a partial", map[string]string{"page.html": `{{template "partials/x.html" .}}`, "partials/x.html": "\n\n{{.Title.Nosuch}}"},
			`partials/x.html:3:9: error: executing "partials/x.html" at <.Title.Nosuch>: can't evaluate field Nosuch in type string` + seen},
		{"in the partial of a method", map[string]string{"page.html": "{{.Nav}}", "partials/nav.html": "\n{{.Nosuch}}"},
			`partials/nav.html:2:3: error: executing "partials/nav.html" at <.Nosuch>: can't evaluate field Nosuch in type layout.Nav` + seen},
		{"in a definition", map[string]string{"base.html": `{{template "main" .}}`, "page.html": "{{define \"main\"}}\n{{.Nosuch}}{{end}}"},
			`page.html:2:3: error: executing "main" at <.Nosuch>: can't evaluate field Nosuch in type *layout.View` + seen},
		{"text that doubles", map[string]string{"page.html": `{{$x := "ab"}}{{range 60}}{{$x = print $x $x}}{{end}}`},
			`page.html:1:34: error: executing "page.html" at <print $x $x>: error calling print: more than 1 MiB of text` + seen},
		{"text that grows", map[string]string{"page.html": `{{$x := "\\"}}{{range 60}}{{$x = $.TeX $x}}{{end}}`},
			`page.html:1:35: error: executing "page.html" at <$.TeX>: error calling TeX: more than 1 MiB of text` + seen},
		{"a wide column", map[string]string{"page.html": `{{printf "%[1]999999d%[1]999999d%[1]999999d%[1]999999d%[1]999999d" 1}}`},
			`page.html:1:3: error: executing "page.html" at <printf "%[1]999999d%[1]999999d%[1]999999d%[1]999999d%[1]999999d" 1>: error calling printf: more than 1 MiB of text` + seen},
		{"maps of maps", map[string]string{"page.html": `{{$x := dict "a" "b"}}{{range 60}}{{$x = dict "a" $x "b" $x}}{{end}}`},
			`page.html:1:42: error: executing "page.html" at <dict "a" $x "b" $x>: error calling dict: more than 1 MiB of text` + seen},
		{"an asset that is not there", map[string]string{"page.html": "\n{{.Asset \"css/sit.css\"}}"},
			`page.html:2:3: error: executing "page.html" at <.Asset>: error calling Asset: no file "css/sit.css" in the static folder; did you mean "css/site.css"?` + seen},
	} {
		t.Run(c.name, func(t *testing.T) {
			out, found, fromContent := load(t, c.layouts, map[string]string{"css/site.css": "x"}).Render(budget(), nil, p, nil)
			if out != nil || fromContent {
				t.Errorf("got %q, %t", out, fromContent)
			}
			if got := found.String(); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

// What only shows when the template is first used: the escaper's findings.
func TestEscapeErrors(t *testing.T) {
	p := pagesOf(t, map[string]string{"docs/a.md": ""})["docs/a/"]
	for _, c := range []struct{ src, position, message string }{
		{"a\nb\n{{template \"partials/nosuch.html\" .}}", "page.html:3:12", `no such template "partials/nosuch.html"`},
		{"a\n<a href=\"{{if .Title}}\">{{end}}", "page.html:2:15", "{{if}} branches end in different contexts"},
		{"a\n<a href='{{.Title}}\n", "page.html:2:1", "ends in a non-text context"},
		{"{{range .Labels}}<a {{end}}", "page.html:1:1", "on range loop re-entry: \"<\" in attribute name"},
	} {
		set := load(t, map[string]string{"page.html": c.src}, nil)
		for range 2 { // the second time the standard library has it by heart
			_, found, _ := set.Render(budget(), nil, p, nil)
			if found.Position.String() != c.position || !strings.Contains(found.Message, c.message) || found.Hint != "seen while rendering docs/a.md" {
				t.Errorf("%q: reported %v", c.src, found)
			}
		}
	}
}

// A layout that calls itself ends with the same finding whether package compiled
// executes it or html/template.
func TestLayoutsThatCallThemselves(t *testing.T) {
	p := pagesOf(t, map[string]string{"sources/s.md": "---\ntitle: S\ntype: column\n---\n", "actors/h.md": "---\ntitle: H\ntype: person\n---\n",
		"docs/a.md": "> [!reported] A claim {#c}\n> Text.\n>\n> - source: [[s]]\n> - held by: [[h]]\n"})["docs/a/"]
	const deep = "exceeded maximum template depth (1000): a template calls itself without an end"
	for name, c := range map[string]struct {
		layouts map[string]string
		want    string
	}{
		"directly":           {map[string]string{"page.html": "a\n{{template \"page.html\" .}}"}, "page.html:2:12: error: " + deep},
		"through a partial":  {map[string]string{"page.html": `{{template "partials/x.html" .}}`, "partials/x.html": `{{with .}}{{template "page.html" .}}{{end}}`}, "partials/x.html:1:22: error: " + deep},
		"in an attribute":    {map[string]string{"page.html": "{{define \"é\"}}{{with .}}\n é{{template \"é\" .}}{{end}}{{end}}<p title=\"{{template \"é\" .}}\">"}, "page.html:2:14: error: " + deep},
		"in many blocks":     {map[string]string{"page.html": strings.Repeat("{{with .}}", 5000) + `{{template "page.html" .}}` + strings.Repeat("{{end}}", 5000)}, "page.html:1:50012: error: " + deep},
		"through its text":   {map[string]string{"page.html": "{{.Body}}", "partials/claim.html": "{{.page.Body}}"}, "partials/claim.html:1:8: error: executing \"partials/claim.html\" at <.page.Body>: error calling Body: " + deep},
		"through a fragment": {map[string]string{"page.html": `{{.Part "x.html" $ ""}}`, "partials/x.html": `{{.Of.Part "x.html" .Of "" | print}}`}, "partials/x.html:1:6: error: executing \"partials/x.html\" at <.Of.Part>: error calling Part: " + deep},
	} {
		for _, rest := range []string{"", `{{printf "%.1f" 1.5}}`} {
			layouts := maps.Clone(c.layouts)
			layouts["page.html"] += rest
			if out, found, _ := load(t, layouts, nil).Render(budget(), nil, p, nil); out != nil || found.WithHint("").String() != c.want {
				t.Errorf("%s %s\ngot  %v\nwant %s", name, rest, found, c.want)
			}
		}
	}
}

// Templates that call the next one twice do not fill the memory before they are executed.
func TestManyCalls(t *testing.T) {
	text := `{{template "0" .}}{{define "50"}}{{end}}`
	for i := range 50 {
		text += fmt.Sprintf(`{{define "%d"}}{{if $.Claim}}{{template "%d" .}}{{template "%[2]d" .}}{{end}}{{end}}`, i, i+1)
	}
	_, found, _ := load(t, map[string]string{"page.html": text}, nil).Render(budget(), nil, pagesOf(t, variety)["docs/a/"], nil)
	if !strings.HasSuffix(found.Message, "too many calls of templates") {
		t.Errorf("found %v", found)
	}
}
