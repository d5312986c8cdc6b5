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

type word string

func (w word) Upper() string { return strings.ToUpper(string(w)) }

type shown struct{ n int }

func (s shown) String() string { return fmt.Sprint("<", s.n, ">") }

type thing struct {
	Name   string
	Word   word
	N      int
	Flag   bool
	Float  float64
	Next   *thing
	Things []*thing
	Words  []word
	Plain  []thing
	Map    map[string]any
	Any    any
	Shown  shown
	HTML   template.HTML
	URL    template.URL
	JS     template.JS
	*inner
}

type inner struct{ Deep string }

func (t *thing) Self() *thing                { return t }
func (t *thing) Join(a, b string) string     { return t.Name + a + b }
func (t *thing) Of(w word) string            { return "of " + string(w) }
func (t *thing) Fails() (string, error)      { return "", errors.New("it fails") }
func (t *thing) Works() (string, error)      { return "it works", nil }
func (t *thing) Any2(a any, n int) string    { return fmt.Sprint(a, n) }
func (t *thing) Many(all ...any) int         { return len(all) }
func (t *thing) Panics() string              { panic("at once") }
func (t thing) Value() string                { return "value of " + t.Name }
func (i *inner) Promoted() string            { return "promoted" }
func (t *thing) Href(to *thing) string       { return "../" + to.Name + "/" }
func (t *thing) Nothing() any                { return nil }
func (t *thing) Error() (template.HTML, any) { return "", nil }

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

func example() *thing {
	leaf := &thing{Name: "leaf's", N: 2, Word: "w"}
	return &thing{
		Name: `A "name" & <more> + 'that'`, Word: "word", N: 7, Flag: true, Float: 1.5, Next: leaf, Things: []*thing{leaf, {Name: "b", Flag: true}},
		Words: []word{"x", "y & z"}, Plain: []thing{{Name: "p", N: 1}, {Name: "q"}},
		Map: map[string]any{"key": "in a map", "thing": leaf, "nil": nil, "list": []int{3, 4}}, Any: leaf, Shown: shown{4},
		HTML: "<b>bold</b>", URL: "javascript:safe()", JS: `{"a":1}`, inner: &inner{"deep"},
	}
}

// Templates that have a Program, with whether it comes to an end for example().
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
	{`{{if .Flag}}yes{{else}}no{{end}}{{if .Nothing}}yes{{else}}no{{end}}{{if .Map}}m{{end}}{{if .Next.Next}}n{{else}}-{{end}}{{if .Next.Things}}t{{end}}{{if .Shown}}s{{end}}{{if not .N}}0{{else if gt .N 5}}5{{end}}`, true},
	{`{{with .Next}}{{.Name}} {{$.Name}}{{else}}none{{end}}{{with .Next.Next}}x{{else with .Any}}{{.Name}}{{end}}`, true},
	{`{{range .Things}}{{.Name}},{{else}}empty{{end}}{{range $i, $t := .Plain}}{{$i}}={{$t.Name}}{{.Value}};{{end}}{{range $w := .Words}}{{$w}}{{$w.Upper}}{{end}}{{range .Next.Things}}x{{else}}empty{{end}}`, true},
	{`{{range .Map}}{{.}}{{end}}`, false},
	{`{{range 3}}{{.}}{{end}}`, false},
	{`{{$a := .Name}}{{with .Next}}{{$a := .Name}}{{$a}}{{end}}{{$a}}{{if $b := .N}}{{$b}}{{end}}{{range .Things}}{{$a = .Name}}{{end}}{{$a}}`, true},
	{`{{.Self.Next.Self.Name}} {{.Join "a" .Name}} {{.Of "w"}} {{.Of .Word}} {{.Works}} {{.Any2 "x" 3}} {{.Any2 3 3}} {{.Many 1 "a" .N}} {{.Many}} {{.Promoted}} {{.Value}}`, true},
	{`{{.Of .Name}}`, false},
	{`{{.Fails}}`, false},
	{`{{.Panics}}`, false},
	{`{{.Next.Next.Name}}`, false},
	{`{{.Nosuch}}`, false},
	{`{{.Name.Length}}`, false},
	{`{{.Map.key}} {{.Map.thing.Name}} {{(dict "a" .N "b" $).b.Name}} {{index .Map.list 1}} {{(index .Plain 0).Name}} {{(index .Plain 0).Self.N}}`, true},
	{`{{.Map.nosuch}}`, false},
	{`{{.Map.nil}}`, false},
	{`{{.Any.Name}} {{with .Any}}{{.N}}{{end}}`, true},
	{`{{eq .N 7}} {{eq .Word "word"}} {{eq .Word "a" "word"}} {{ne .Name "x"}} {{eq .Next .Any}} {{eq .Next .Self}} {{lt .N 8}} {{le .N 7}} {{ge .N 8}} {{lt "a" .Word}} {{eq .Flag true}}`, true},
	{`{{eq .N "7"}}`, false},
	{`{{eq .Next nil}}`, false},
	{`{{and .Flag .N}} {{and .Next.Next .Panics}}|{{or .Next.Next "x"}} {{or .Name .Panics}} {{not .Flag}}`, false}, // a nil pointer is written
	{`{{and .Flag .N}} {{or "" "x"}} {{or .Name .Panics}} {{not .Flag}} {{and "" .Panics}}`, true},
	{`{{len .Name}} {{len .Map}} {{len .Things}} {{slice .Word 1 2}}`, false},
	{`{{len .Name}} {{len .Map}} {{len .Things}} {{slice .Name 2 4}} {{print .N "x" .Name}} {{printf "%d-%s" .N .Word}} {{.N | printf "%03d"}} {{double 4}} {{.N | double | double}} {{shout "hey"}} {{shout .Word}} {{"text"}} {{12}} {{true}}`, true},
	{`{{fail}}`, false},
	{`{{index .Things 5}}`, false},
	{`{{template "one" .}}{{template "one" .Next}}<a{{template "attribute" .Next}} title="{{template "one" .}}">`, true},
	{`{{$x := "outer"}}{{template "sets" .}}{{$x}}{{with .Next}}{{template "one" .}}{{template "sets" $}}{{$.N}}{{end}}`, true},
	{`{{template "nodot"}}{{template "tree" .}}{{range .Things}}{{template "tree" .}}{{end}}`, true},
	{`{{template "needsdot"}}`, false},
	{`{{block "own" .Next}}{{.Name}} {{$.Name}}{{end}}`, true},
}

const parts = `{{define "one"}}{{.Name}}{{if .Flag}}{{$.N}}{{end}}{{range .Things}}{{.N}}{{$.Word}}{{end}}{{end}}
{{define "attribute"}}{{with .Word}} lang="{{.}}"{{end}}{{end}}
{{define "sets"}}{{$x := .Name}}{{$y := .N}}{{$x}}{{$y}}{{$}}{{.Next.N}}{{end}}
{{define "nodot"}}nothing{{end}}
{{define "needsdot"}}{{.}}{{end}}
{{define "tree"}}({{.Name}}{{with .Next}}{{template "tree" .}}{{end}}{{range .Things}}{{template "tree" .}}{{end}}){{end}}`

func TestTemplates(t *testing.T) {
	for _, c := range templates {
		text := c.text + strings.Replace(parts, "{{$}}", "", 1)
		want, wrong := slowly(text, example())
		got, ok := quickly(t, text, example())
		switch {
		case ok && wrong != nil:
			t.Errorf("%s\nis written, though html/template says: %v", c.text, wrong)
		case ok && got != want:
			t.Errorf("%s\ngot  %s\nwant %s", c.text, got, want)
		case ok != c.ends:
			t.Errorf("%s\nthe Program comes to an end: %t (html/template: %v)", c.text, ok, wrong)
		}
	}
}

func slowly(text string, data any) (string, error) {
	t, err := template.New("page").Funcs(funcs).Parse(text)
	if err != nil {
		return "", err
	}
	var b bytes.Buffer
	err = t.Execute(&b, data)
	return b.String(), err
}

func quickly(t *testing.T, text string, data any) (string, bool) {
	t.Helper()
	known := template.FuncMap{}
	for name, f := range funcs {
		known[name] = f
	}
	for name := range strings.FieldsSeq("and or not len eq ne lt le gt ge index slice print printf") {
		known[name] = true
	}
	trees, err := parse.Parse("page", text, "", "", known)
	if err != nil {
		t.Fatal(err)
	}
	before := trees["page"].Root.String()
	p, err := Compile("page", trees, Options{funcs, []Method{Method1("Href", (*thing).Href), Method0("Self", (*thing).Self)}})
	if trees["page"].Root.String() != before {
		t.Errorf("%s was changed into %s", before, trees["page"].Root)
	}
	if err != nil {
		return "", false
	}
	out, ok := p.Append([]byte("before "), data)
	if again, okAgain := p.Append([]byte("before "), data); ok != okAgain || ok && string(again) != string(out) {
		t.Errorf("%s: the second time it is %s", text, again)
	}
	if !ok {
		return "", false
	}
	rest, kept := strings.CutPrefix(string(out), "before ")
	if !kept {
		t.Errorf("%s: what was there before is lost: %s", text, out)
	}
	return rest, true
}

// One Program serves values of several types, and several goroutines.
func TestSeveralTypes(t *testing.T) {
	trees, err := parse.Parse("page", `{{.Name}} {{with .Next}}{{.Name}}{{end}}`, "", "")
	if err != nil {
		t.Fatal(err)
	}
	p, err := Compile("page", trees, Options{})
	if err != nil {
		t.Fatal(err)
	}
	type other struct {
		Next *thing
		Name word
	}
	for range 3 {
		for data, want := range map[any]string{
			&thing{Name: "a", Next: &thing{Name: "b"}}:   "a b",
			&other{Name: "c<", Next: &thing{Name: "&d"}}: "c&lt; &amp;d",
			other{Name: "e"}: "e ",
		} {
			t.Run(want, func(t *testing.T) {
				t.Parallel()
				for range 100 {
					if out, ok := p.Append(nil, data); !ok || string(out) != want {
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

func FuzzEscape(f *testing.F) {
	for _, s := range []string{"", "plain", `<b> & "x" 'y' +`, "\x00\xff\xfe\ufffd\u2028", "javascript:alert(1)", "JAVASCRIPT:x", "http://a/b?c=d&e=f#g", "mailto:a@b", "a:b/c", "/a:b", "%41%4", "%zz%", "ä€😀", "a b\tc\nd", "`${x}`", "(a)", "[x]", "../a/b/#c"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, context := range contexts {
			for _, data := range []any{s, word(s), template.HTML(s), template.URL(s)} {
				want, wrong := slowly(context, data)
				got, ok := quickly(t, context, data)
				if ok && (wrong != nil || got != want) {
					t.Errorf("%s of %T %q:\ngot  %q\nwant %q (%v)", context, data, s, got, want, wrong)
				}
				if _, is := data.(string); is && !ok && wrong == nil {
					t.Errorf("%s of %q has no Program, or it gives up", context, s)
				}
			}
		}
	})
}
