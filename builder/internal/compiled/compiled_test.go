package compiled

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"text/template/parse"
)

type word string

func (w word) Upper() string { return strings.ToUpper(string(w)) }

type shown struct{ n int }

func (s shown) String() string { return fmt.Sprint("<", s.n, ">") }

type sample struct {
	Name  string
	Word  word
	N     int
	Flag  bool
	Float float64
	Next  *sample
	Items []*sample
	Words []word
	Plain []sample
	Map   map[string]any
	Any   any
	Shown shown
	HTML  template.HTML
	URL   template.URL
	JS    template.JS
	*inner
}

type inner struct{ Deep string }

func (t *sample) Self() *sample               { return t }
func (t *sample) Join(a, b string) string     { return t.Name + a + b }
func (t *sample) Of(w word) string            { return "of " + string(w) }
func (t *sample) Fails() (string, error)      { return "", errors.New("it fails") }
func (t *sample) Works() (string, error)      { return "it works", nil }
func (t *sample) Any2(a any, n int) string    { return fmt.Sprint(a, n) }
func (t *sample) Many(all ...any) int         { return len(all) }
func (t *sample) Panics() string              { panic("at once") }
func (t sample) Value() string                { return "value of " + t.Name }
func (i *inner) Promoted() string             { return "promoted" }
func (t *sample) Href(to *sample) string      { return "../" + to.Name + "/" }
func (t *sample) Nothing() any                { return nil }
func (t *sample) Error() (template.HTML, any) { return "", nil }

var funcs = template.FuncMap{
	"dict": func(pairs ...any) (map[string]any, error) {
		m := map[string]any{}
		for i := 0; i+1 < len(pairs); i += 2 {
			m[pairs[i].(string)] = pairs[i+1]
		}
		return m, nil
	},
	"double": func(n int) int { return 2 * n },
	"shout":  func(w word) string { return strings.ToUpper(string(w)) + "!" },
	"fail":   func() (string, error) { return "", errors.New("no") },
}

func example() *sample {
	leaf := &sample{Name: "leaf's", N: 2, Word: "w"}
	return &sample{
		Name: `A "name" & <more> + 'that'`, Word: "word", N: 7, Flag: true, Float: 1.5, Next: leaf, Items: []*sample{leaf, {Name: "b", Flag: true}},
		Words: []word{"x", "y & z"}, Plain: []sample{{Name: "p", N: 1}, {Name: "q"}},
		Map: map[string]any{"key": "in a map", "item": leaf, "nil": nil, "list": []int{3, 4}}, Any: leaf, Shown: shown{4},
		HTML: "<b>bold</b>", URL: "javascript:safe()", JS: `{"a":1}`, inner: &inner{"deep"},
	}
}

// ends says whether the compiled template comes to an end for example(); the others
// are given up.
var templates = []struct {
	text string
	ends bool
}{
	{`plain {{.Name}} {{.Word}} {{.N}} {{.Flag}} {{.Float}} {{.Shown}} {{.HTML}} {{.Deep}} {{.Words}}`, true},
	{`<a title="{{.Name}}" href="{{.Name}}">{{.Next.Name}}</a><a href="x?q={{.Name}}&amp;r={{.N}}#{{.Word}}">`, true},
	{`<title>{{.Name}} {{.N}}</title><textarea>{{.Name}}</textarea>`, true},
	{`<a href="{{.URL}}">{{.URL}}</a>`, true},
	{`<a href="javascript:alert({{.N}})">`, true},
	{`<script type="application/ld+json">{{.JS}}</script>`, true},
	{`<script>var x = {{.Name}}</script>`, false},
	{`<p title="{{.HTML}}">`, false},
	{`{{if .Flag}}yes{{else}}no{{end}}{{if .Nothing}}yes{{else}}no{{end}}{{if .Map}}m{{end}}{{if .Next.Next}}n{{else}}-{{end}}{{if .Next.Items}}t{{end}}{{if .Shown}}s{{end}}{{if not .N}}0{{else if gt .N 5}}5{{end}}`, true},
	{`{{with .Next}}{{.Name}} {{$.Name}}{{else}}none{{end}}{{with .Next.Next}}x{{else with .Any}}{{.Name}}{{end}}`, true},
	{`{{range .Items}}{{.Name}},{{else}}empty{{end}}{{range $i, $t := .Plain}}{{$i}}={{$t.Name}}{{.Value}};{{end}}{{range $w := .Words}}{{$w}}{{$w.Upper}}{{end}}{{range .Next.Items}}x{{else}}empty{{end}}`, true},
	{`{{range .Map}}{{.}}{{end}}`, false},
	{`{{range 3}}{{.}}{{end}}`, false},
	{`{{$a := .Name}}{{with .Next}}{{$a := .Name}}{{$a}}{{end}}{{$a}}{{if $b := .N}}{{$b}}{{end}}{{range .Items}}{{$a = .Name}}{{end}}{{$a}}`, true},
	{`{{.Self.Next.Self.Name}} {{.Join "a" .Name}} {{.Of "w"}} {{.Of .Word}} {{.Works}} {{.Any2 "x" 3}} {{.Any2 3 3}} {{.Many 1 "a" .N}} {{.Many}} {{.Promoted}} {{.Value}}`, true},
	{`{{.Of .Name}}`, false},
	{`{{.Fails}}`, false},
	{`{{.Panics}}`, false},
	{`{{.Next.Next.Name}}`, false},
	{`{{.Nosuch}}`, false},
	{`{{.Name.Length}}`, false},
	{`{{.Map.key}} {{.Map.item.Name}} {{(dict "a" .N "b" $).b.Name}} {{index .Map.list 1}} {{(index .Plain 0).Name}} {{(index .Plain 0).Self.N}}`, true},
	{`{{.Map.nosuch}}`, false},
	{`{{.Map.nil}}`, false},
	{`{{.Any.Name}} {{with .Any}}{{.N}}{{end}}`, true},
	{`{{eq .N 7}} {{eq .Word "word"}} {{eq .Word "a" "word"}} {{ne .Name "x"}} {{eq .Next .Any}} {{eq .Next .Self}} {{lt .N 8}} {{le .N 7}} {{ge .N 8}} {{lt "a" .Word}} {{eq .Flag true}}`, true},
	{`{{eq .N "7"}}`, false},
	{`{{eq .Next nil}}`, false},
	{`{{and .Flag .N}} {{and .Next.Next .Panics}}|{{or .Next.Next "x"}} {{or .Name .Panics}} {{not .Flag}}`, false}, // a nil pointer is written
	{`{{and .Flag .N}} {{or "" "x"}} {{or .Name .Panics}} {{not .Flag}} {{and "" .Panics}}`, true},
	{`{{len .Name}} {{len .Map}} {{len .Items}} {{slice .Word 1 2}}`, false},
	{`{{len .Name}} {{len .Map}} {{len .Items}} {{slice .Name 2 4}} {{print .N "x" .Name}} {{printf "%d-%s" .N .Word}} {{.N | printf "%03d"}} {{double 4}} {{.N | double | double}} {{shout "hey"}} {{shout .Word}} {{"text"}} {{12}} {{true}}`, true},
	{`{{fail}}`, false},
	{`{{index .Items 5}}`, false},
	{`{{template "one" .}}{{template "one" .Next}}<a{{template "attribute" .Next}} title="{{template "one" .}}">`, true},
	{`{{$x := "outer"}}{{template "sets" .}}{{$x}}{{with .Next}}{{template "one" .}}{{template "sets" $}}{{$.N}}{{end}}`, true},
	{`{{template "nodot"}}{{template "tree" .}}{{range .Items}}{{template "tree" .}}{{end}}`, true},
	{`{{template "needsdot"}}`, false},
	{`{{block "own" .Next}}{{.Name}} {{$.Name}}{{end}}`, true},
}

const parts = `{{define "one"}}{{.Name}}{{if .Flag}}{{$.N}}{{end}}{{range .Items}}{{.N}}{{$.Word}}{{end}}{{end}}
{{define "attribute"}}{{with .Word}} lang="{{.}}"{{end}}{{end}}
{{define "sets"}}{{$x := .Name}}{{$y := .N}}{{$x}}{{$y}}{{$}}{{.Next.N}}{{end}}
{{define "nodot"}}nothing{{end}}
{{define "needsdot"}}{{.}}{{end}}
{{define "tree"}}({{.Name}}{{with .Next}}{{template "tree" .}}{{end}}{{range .Items}}{{template "tree" .}}{{end}}){{end}}`

func TestTemplates(t *testing.T) {
	for _, c := range templates {
		text := c.text + strings.Replace(parts, "{{$}}", "", 1)
		want, wrong := interpret(text, example())
		got, ok := compileAndRun(t, text, example())
		switch {
		case ok && wrong != nil:
			t.Errorf("%s\nis written, though html/template says: %v", c.text, wrong)
		case ok && got != want:
			t.Errorf("%s\ngot  %s\nwant %s", c.text, got, want)
		case ok != c.ends:
			t.Errorf("%s\nthe compiled template comes to an end: %t (html/template: %v)", c.text, ok, wrong)
		}
	}
}

func interpret(text string, data any) (string, error) {
	t, err := template.New("page").Funcs(funcs).Parse(text)
	if err != nil {
		return "", err
	}
	var b bytes.Buffer
	err = t.Execute(&b, data)
	return b.String(), err
}

// compileAndRun reports false if the template is given up.
func compileAndRun(t *testing.T, text string, data any) (string, bool) {
	out, err := attempt(t, text, data)
	return out, err == nil
}

func attempt(t *testing.T, text string, data any) (string, error) {
	t.Helper()
	known := maps.Clone(map[string]any(funcs))
	for name := range strings.FieldsSeq("and or not len eq ne lt le gt ge index slice print printf call") {
		known[name] = true
	}
	trees, err := parse.Parse("page", text, "", "", known)
	if err != nil {
		t.Fatal(err)
	}
	for _, tree := range trees {
		Mark("page", tree.Root)
	}
	before := trees["page"].Root.String()
	compiled, err := Compile("page", trees, funcs)
	if after := trees["page"].Root.String(); after != before {
		t.Errorf("%s was changed into %s", before, after)
	}
	if err != nil {
		return "", err
	}
	out, err := compiled.Append([]byte("before "), data, NewBudget(t.Context()))
	if again, errAgain := compiled.Append([]byte("before "), data, NewBudget(t.Context())); (errAgain == nil) != (err == nil) || err == nil && string(again) != string(out) {
		t.Errorf("%s: the second time it is %s", text, again)
	}
	if err != nil {
		return "", err
	}
	rest, kept := strings.CutPrefix(string(out), "before ")
	if !kept {
		t.Errorf("%s: what was there before is lost: %s", text, out)
	}
	return rest, nil
}

// One Template serves values of several types, and several goroutines.
func TestSeveralTypes(t *testing.T) {
	trees, err := parse.Parse("page", `{{.Name}} {{with .Next}}{{.Name}}{{end}}`, "", "")
	if err != nil {
		t.Fatal(err)
	}
	p, err := Compile("page", trees, nil)
	if err != nil {
		t.Fatal(err)
	}
	type other struct {
		Next *sample
		Name word
	}
	for range 3 {
		for data, want := range map[any]string{
			&sample{Name: "a", Next: &sample{Name: "b"}}:  "a b",
			&other{Name: "c<", Next: &sample{Name: "&d"}}: "c&lt; &amp;d",
			other{Name: "e"}: "e ",
		} {
			t.Run(want, func(t *testing.T) {
				t.Parallel()
				for range 100 {
					if out, err := p.Append(nil, data, NewBudget(t.Context())); err != nil || string(out) != want {
						t.Fatalf("got %s, want %s", out, want)
					}
				}
			})
		}
	}
}

// contexts are all places for which an escaper is known here.
var contexts = []string{
	`{{.}}`, `<p title="{{.}}">`, `<p title='{{.}}'>`, `<title>{{.}}</title>`, `<textarea>{{.}}</textarea>`, `<a href="{{.}}">`, `<a href='{{.}}'>`,
	`<a href="/a/{{.}}">`, `<a href="?a={{.}}&b={{.}}">`, `<a href="#{{.}}">`, `<img src="{{.}}">`, `<form action="{{.}}">`, `<a href="http://{{.}}/">`,
	`<meta http-equiv="refresh" content="0; url={{.}}">`, `<p class="a {{.}}">`, `<p>{{.}}</p>{{.}}`, `<svg viewBox="0 0 {{.}}">`, `<p data-x="{{.}}">`, `<time datetime="{{.}}">`,
}

// script is a context for values that are typed as safe, and for no others.
const script = `<script type="application/ld+json">{{.}}</script>`

// awkward are texts that escapers change, or must not.
var awkward = []string{
	"", "plain", `<b> & "x" 'y' +`, "\x00\xff\xfe\ufffd\u2028", "javascript:alert(1)", "JAVASCRIPT:x", "http://a/b?c=d&e=f#g", "HTTPS://a", "mailto:a@b", "a:b/c", "/a:b",
	"%41%4", "%zz%", "ä€😀", "a b\tc\nd", "`${x}`", "(a)", "[x]", "../a/b/#c", "-._~!#$&*+,/:;=?@[]", "</script><!--", "\\u003c",
}

// A new Go may rename an escaper, use another in some context, or change what one
// does. Then this fails, and says which it is.
func TestEscapers(t *testing.T) {
	seen := map[string]bool{}
	for _, context := range append(slices.Clone(contexts), script) {
		names := escapersOf(t, context)
		for _, name := range names {
			seen[name] = true
			if escapers[name] == nil {
				t.Errorf("in %s html/template uses the escaper %s, which is not known here", context, name)
			}
		}
		for _, s := range awkward {
			if problem := compareEscaping(t, context, s); problem != "" {
				t.Errorf("the escapers %q: %s", names, problem)
			}
		}
	}
	for name := range escapers {
		if !seen[name] {
			t.Errorf("html/template uses the escaper %s in no context any more", name)
		}
	}
}

// escapersOf names what html/template added to the pipelines {{.}} of a context.
func escapersOf(t *testing.T, context string) (names []string) {
	trees, err := parse.Parse("page", context, "", "")
	if err != nil {
		t.Fatal(err)
	}
	root := trees["page"].Root
	if err := escape("page", map[string]*parse.ListNode{"page": root}, nil); err != nil {
		t.Fatal(err)
	}
	for _, n := range root.Nodes {
		if action, ok := n.(*parse.ActionNode); ok {
			for _, cmd := range action.Pipe.Cmds[1:] {
				names = append(names, cmd.String())
			}
		}
	}
	if len(names) == 0 {
		t.Errorf("html/template uses no escaper in %s", context)
	}
	return names
}

// compareEscaping says how the compiled template of a context differs from
// html/template for a text of any type.
func compareEscaping(t *testing.T, context, s string) (problem string) {
	for _, data := range []any{s, word(s), template.HTML(s), template.URL(s), template.JS(s), template.CSS(s)} {
		want, wrong := interpret(context, data)
		got, ok := compileAndRun(t, context, data)
		if ok && (wrong != nil || got != want) {
			return fmt.Sprintf("%s of %T %q is\n%q, by html/template\n%q (%v)", context, data, s, got, want, wrong)
		}
		must := reflect.TypeOf(data) == stringType && context != script || reflect.TypeOf(data) == jsType && context == script
		if must && !ok && wrong == nil {
			return fmt.Sprintf("%s of %T %q is given up", context, data, s)
		}
	}
	return ""
}

func FuzzEscape(f *testing.F) {
	for _, s := range awkward {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, context := range append(slices.Clone(contexts), script) {
			if problem := compareEscaping(t, context, s); problem != "" {
				t.Error(problem)
			}
		}
	})
}

// The reasons say where, as far as that is known before the template is executed.
func TestReasons(t *testing.T) {
	for text, want := range map[string]string{
		"a\n{{range .Items}}{{break}}{{end}}": "page:2:18: {{break}} is not known",
		"<style>a{color:{{.Name}}}</style>":   "page:1:17: _html_template_cssvaluefilter is not known",
		"<style>a{b:'{{.Name}}'}</style>":     "page:1:14: _html_template_cssescaper is not known",
		`<p style="color:{{.Name}}">`:         "page:1:18: _html_template_cssvaluefilter is not known",
		`{{call .Name}}`:                      "page:1:2: call is not known",
		`{{.Float | eq 1.5}}`:                 "page:1:2: 1.5 is not known",
		`<a {{if .Flag}}href="{{end}}>`:       "page: {{if}} branches end in different contexts",
		`{{template "nosuch"}}`:               `no template "nosuch"`,
		`{{range .Map}}{{end}}`:               "range over neither a slice nor an array",
		`{{.Panics}}`:                         "Panics panics",
		`{{.Fails}}`:                          "Fails fails",
		`{{.Name.Length}}`:                    "no field or method .Length that takes these arguments in *string",
		`{{.Join "a"}}`:                       "call of Join with other arguments or results",
		`{{.Next.Next.Name}}`:                 "field of a nil pointer",
		`{{template "a" .}}{{define "a"}}{{template "b" .}}{{end}}{{define "b"}}{{template "a" .}}{{end}}`: "exceeded maximum template depth (1000)",
		`{{if .Float}}{{end}}`: "if of a value of type float64",
		`<a title="{{template "again" .}}">{{define "again"}}{{.N}}{{template "again" .}}{{end}}`: "a template that calls itself",
	} {
		if _, err := attempt(t, text, example()); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s is given up with %q, want %q", text, err, want)
		}
	}
}
