package layout

import (
	"strings"
	"testing"

	"analysis/builder/internal/words"
)

// wordsOf loads a file of words for a language.
func wordsOf(t *testing.T, lang, src string) *words.Set {
	t.Helper()
	w, found := words.Load(map[string][]byte{"words/" + lang + ".yaml": []byte(src)}, lang, func() map[string]bool { return map[string]bool{"both": true} })
	for _, d := range found {
		if !strings.Contains(d.String(), ": note: ") {
			t.Fatal(d)
		}
	}
	return w
}

// What a layout makes of words, by package compiled and by html/template.
func TestWords(t *testing.T) {
	p := pagesOf(t, map[string]string{"actors/x.md": "---\ntitle: X & Y\ntype: state\nupdated: 2024-12-03\n---\n"})["actors/x/"]
	polish := wordsOf(t, "pl", "home: <Dom>\nmonth-12: grudnia\nsee: \"{page}, zob.\"\nclaims: {one: \"{n} teza\", few: \"{n} tezy\", many: \"{n} tez\", other: \"{n} tezy\"}\n")
	english := wordsOf(t, "en", "both: \"{b} after {a}\"\nlater: \"“Later” & 'then'\"\n")
	for _, c := range []struct {
		words     *words.Set
		src, want string
	}{
		{polish, `{{word "home"}}`, `&lt;Dom&gt;`},
		{polish, `<p title="{{word "home"}}">`, `<p title="&lt;Dom&gt;">`},
		{polish, `{{word "see" "page" .Title}}`, `X &amp; Y, zob.`},
		{polish, `{{word "see" "page" (show "b" .)}}{{define "b"}}<b>{{.Title}}</b>{{end}}`, `<b>X &amp; Y</b>, zob.`},
		{polish, `{{range $i, $p := .Section.Pages}}{{word "see" "page" $p.Title}}{{$i}} {{end}}{{with $p := .}}{{count "claims" 1}}, {{count "claims" 3}}, {{count "claims" 5}}, {{word "see" "page" $p.Title}}{{end}}`, `X &amp; Y, zob.0 1 teza, 3 tezy, 5 tez, X &amp; Y, zob.`},
		{polish, `{{count "claims" 2 "n" (show "b" 2)}}{{define "b"}}<b>{{.}}</b>{{end}}`, `<b>2</b> tezy`},
		{polish, `{{date .Doc.Front.Updated}}`, `3 grudnia 2024`},
		// What Polish lacks.
		{polish, `{{word "menu"}}`, `<span lang="en">Menu</span>`},
		{polish, `<a title="{{word "menu"}}"><title>{{word "menu"}}</title><option>{{word "menu"}}</option>`, `<a title="Menu"><title>Menu</title><option>Menu</option>`},
		{polish, `{{word "told-in" "page" .Title}}`, `<span lang="en">Told in </span>X &amp; Y.`},
		{polish, `<a title='{{word "told-in" "page" .Title}}'>`, `<a title='Told in X &amp; Y.'>`},
		{polish, `{{count "minutes" 1}}, {{count "minutes" 3}}`, `1<span lang="en"> minute to read</span>, 3<span lang="en"> minutes to read</span>`},
		{polish, `{{choose "kind-" "forecast"}}`, `<span lang="en">Forecast</span>`},
		{english, `{{word "both" "a" (word "home") "b" (count "claims" 2)}}`, `2 claims after Home`},
		{english, `<p title="{{word "later"}}">{{word "later"}}`, `<p title="“Later” &amp; &#39;then&#39;">“Later” &amp; &#39;then&#39;`},
		{english, `{{choose "outcome-" "did not come"}}, {{choose "kind-" .Type}}`, `Did not come, state`},
		{english, `{{if word "home"}}{{with word "menu"}}{{.}}{{end}}{{end}}`, `Menu`},
	} {
		s, found := Load(map[string][]byte{"page.html": []byte(c.src)}, nil, c.words)
		if len(found) > 0 {
			t.Errorf("%s: %v", c.src, found)
			continue
		}
		if got := render(t, s, p); got != c.want {
			t.Errorf("%s gives\n%s, want\n%s", c.src, got, c.want)
		}
		slow, err := s.layouts["page"].interpret(nil, &View{Page: p, set: s, budget: budget()}, budget())
		if c.words.HasEnglish() {
			slow = markEnglish(slow)
		}
		if string(slow) != c.want || err != nil {
			t.Errorf("%s gives by html/template\n%s and %v, want\n%s", c.src, slow, err, c.want)
		}
	}
}

func TestMistakesWithWords(t *testing.T) {
	for src, want := range map[string]string{
		`{{word "hone"}}`:                      `there is no word "hone"; did you mean "home"?`,
		`{{choose "knd-" .Type}}`:              `no key begins with "knd-"; `,
		`{{choose "kind-"}}`:                   `choose takes the beginning of keys and a value`,
		`{{count "claims"}}`:                   `count takes a key and a number`,
		`{{count "home" 1}}`:                   `"home" has no plural forms; name it with word`,
		`{{word "claims"}}`:                    `"claims" has plural forms; name it with count and the number`,
		`{{word "see"}}`:                       `"see" lacks a value for {page}`,
		`{{word "see" "page"}}`:                `"see" takes names and values in turn`,
		`{{word "see" .Title "page"}}`:         `"see" takes names in quotes, each with a value`,
		`{{word "see" "paeg" .Title}}`:         `"see" has no {paeg}`,
		`{{word "see" "page" (show "x" . .)}}`: `show takes the name of a template and what it is given`,
		`{{word "see" "page" (word "see")}}`:   `"see" lacks a value for {page}`,
		`{{if .Title}}{{range .Labels}}{{word "hone"}}{{end}}{{end}}`: `there is no word "hone"; did you mean "home"?`,
	} {
		_, found := Load(map[string][]byte{"page.html": []byte("<p>é\n é" + src)}, nil, nil)
		column := "5"
		if strings.HasPrefix(src, "{{if") {
			column = "35"
		}
		if strings.Contains(src, `(word "see")`) {
			column = "24"
		} else if strings.Contains(src, "(show") {
			column = "24"
		}
		if len(found) != 1 || !strings.HasPrefix(found[0].String(), "page.html:2:"+column+": error: "+want) {
			t.Errorf("%s: found %v, want %s", src, found, want)
		}
	}
	// What is known only when a page is rendered.
	p := pagesOf(t, map[string]string{"docs/a.md": "A"})["docs/a/"]
	for src, want := range map[string]string{`{{$x := count "claims" 1}}`: "this stands alone, or as what fills a placeholder of a word", `{{or .Summary (word "see")}}`: `there is no word "see" without placeholders`, `{{word .Title}}`: `there is no word "a" without placeholders`} {
		_, found, _ := load(t, map[string]string{"page.html": src}, nil).Render(budget(), nil, p, nil)
		if !strings.Contains(found.Message, want) || found.Line != 1 {
			t.Errorf("%s: found %v, want %s", src, found, want)
		}
	}
}
