package compiled

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"strings"
	"testing"
	"text/template/parse"
)

// grow makes a template of bytes: loops and calls inside each other, many without an end.
func grow(b []byte) string {
	pieces := []string{
		"text", "{{.Name}}", "{{with .Next}}(", "{{if .Flag}}(", "{{range .Items}}(", "{{range .Plain}}(", "{{range .N}}(", "{{range 2000000000}}(",
		"{{template \"a\" .}}", "{{template \"b\" .}}", "<a title=\"{{template \"a\" .}}\">", "{{define}}", "{{with $x := .Self}}(", "{{else}}", "{{end}}", "{{break}}",
	}
	var out strings.Builder
	open, elses, loops, define := 0, map[int]bool{}, map[int]bool{}, 0
	end := func() {
		for ; open > 0; open-- {
			out.WriteString("{{end}}")
		}
		clear(loops)
	}
	for _, c := range b {
		switch p := pieces[c%byte(len(pieces))]; {
		case p == "{{define}}":
			if end(); define < 2 {
				fmt.Fprintf(&out, "{{end}}{{define %q}}", "ab"[define:define+1])
				define++
			}
		case p == "{{end}}" && open > 0:
			delete(loops, open)
			open--
			out.WriteString(p)
		case p == "{{else}}" && open > 0 && !elses[open] && !loops[open]:
			elses[open] = true
			out.WriteString(p)
		case p == "{{break}}" && loops[open], !strings.HasSuffix(p, "}}(") && p[0] != '{', p == "{{.Name}}", strings.Contains(p, "template"):
			out.WriteString(p)
		case strings.HasSuffix(p, "("):
			open++
			elses[open], loops[open] = false, strings.HasPrefix(p, "{{range")
			out.WriteString(strings.TrimSuffix(p, "("))
		}
	}
	end()
	text := "{{define \"page\"}}" + out.String() + "{{end}}"
	for ; define < 2; define++ {
		text += fmt.Sprintf("{{define %q}}%s{{end}}", "ab"[define:define+1], "{{.Name}}")
	}
	return text
}

// executeCounted executes the template page by html/template, with a Budget.
func executeCounted(t *testing.T, trees map[string]*parse.Tree, data any, budget *Budget) (string, error) {
	var out bytes.Buffer
	page := template.New("").Funcs(funcs).Funcs(Counter(func() (*Budget, int) { return budget, out.Len() }))
	for name, tree := range trees {
		if _, err := page.AddParseTree(name, tree.Copy()); err != nil {
			t.Fatal(err)
		}
	}
	err := page.ExecuteTemplate(&out, "page", data)
	return out.String(), err
}

// Whatever calls itself or does not end ends with a Limit, at the same count in
// both executors.
func FuzzLimits(f *testing.F) {
	for _, s := range []string{"", "\x08\x0b\x08", "\x07\x07\x00\x0e", "\x04\x08\x0b\x02\x09\x0b\x05\x08", "\x0a\x0b\x03\x0a", "\x06\x01\x0f", "\x0c\x08\x0e\x0b\x02\x08\x0d\x09\x0b\x04\x09\x09"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		text := grow(b[:min(len(b), 60)])
		trees, err := parse.Parse("file", text, "", "", map[string]any{})
		if err != nil {
			t.Skip(text, err)
		}
		for _, tree := range trees {
			if Mark("file", tree.Root) != nil {
				t.Skip(text)
			}
		}
		limits := func() *Budget {
			b := NewBudget(t.Context())
			b.steps = maxSteps - 3000
			return b
		}
		counted, compiledCounted := limits(), limits()
		want, wrong := executeCounted(t, trees, example(), counted)
		c, err := Compile("page", trees, funcs)
		var got []byte
		if err == nil {
			got, err = c.Append(nil, example(), compiledCounted)
		}
		var limit Limit
		switch exceeded := strings.HasPrefix(fmt.Sprint(err), "exceeded "); {
		case err == nil && (wrong != nil || string(got) != want || counted.steps != compiledCounted.steps || compiledCounted.depth != 0):
			t.Errorf("%s\nis %q after %d steps, by html/template %q (%v) after %d", text, got, compiledCounted.steps, want, wrong, counted.steps)
		case exceeded && (!errors.As(wrong, &limit) || limit.Error() != err.Error()):
			t.Errorf("%s\nends with %v, in html/template with %v", text, err, wrong)
		}
	})
}
