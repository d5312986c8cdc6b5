package main

import (
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"text/template/parse"

	input "github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/js"
	"go.yaml.in/yaml/v3"
	"golang.org/x/net/html"

	"analysis/builder/internal/words"
	"analysis/layouts"
)

// noWords are what layouts and scripts have of letters that are no words of the interface.
var noWords = map[string][]string{
	"layouts/data.html":              {"claims/ID.json", "CSVJSONArgdown", "datapackage.json", "Data Package", "Argdown", "claims.json", "editions/DATE.json", ".json"}, // names
	"layouts/source.html":            {"data-print"},                                                                                                                    // an attribute
	"layouts/forecasts.html":         {"camein-partnotuntoldopen"},                                                                                                      // of ids
	"layouts/map.html":               {"site-pair-:"},                                                                                                                   // an id
	"layouts/partials/lang.html":     {`lang="" dir=""`},                                                                                                                // attributes
	"layouts/partials/sitelang.html": {`lang="" dir=""`},                                                                                                                // attributes
	"layouts/partials/tools.html":    {"BibTeX", "RIS", "claims/.json", "claims//card/"},                                                                                // names; <pre> has what other programs read
	"static/js/reader.js":            {"ArrowDown", "Escape", "Tab", "ArrowRight"},                                                                                      // keys
	"static/js/search.js":            {"ArrowDown", "ArrowUp", "Enter", "Escape", "Control+K Meta+K"},                                                                   // keys
	"static/js/copy.js":              {"Files", "SHA-256"},                                                                                                              // kinds of things
}

var (
	latin  = regexp.MustCompile(`[A-Za-z]{2}`)
	shown  = []string{"aria-label", "title", "alt", "placeholder"} // attributes that readers see or hear
	phrase = regexp.MustCompile(`^\W*[A-Z] ?[a-z]|^[A-Za-z’]+( [A-Za-z’]+){2,}[.:?!…]?$`)
	style  = regexp.MustCompile(`content:[^;}]+`)
	quoted = regexp.MustCompile(`"[^"]*"`)
	named  = regexp.MustCompile(`\{\{(?:word|count) [^{}]*(?:\$\{[^{}]*\}[^{}]*)*\}\}`) // in a script or a style sheet
)

// visible returns the texts and attributes of HTML that have two letters in a row.
func visible(src string) (list []string) {
	z := html.NewTokenizer(strings.NewReader(strings.ReplaceAll(src, "noscript", "div")))
	skip := ""
	for z.Next() != html.ErrorToken {
		switch tok := z.Token(); {
		case skip != "":
			if tok.Type == html.EndTagToken && tok.Data == skip {
				skip = ""
			}
		case tok.Type == html.StartTagToken && slices.Contains([]string{"pre", "script", "style"}, tok.Data):
			skip = tok.Data
		case tok.Type == html.TextToken && latin.MatchString(tok.Data):
			list = append(list, strings.Join(strings.Fields(tok.Data), " "))
		default:
			for _, a := range tok.Attr {
				if slices.Contains(shown, a.Key) && latin.MatchString(a.Val) {
					list = append(list, a.Val)
				}
			}
		}
	}
	return list
}

// textOf returns the text of a template without its actions.
func textOf(l *parse.ListNode) string {
	var b strings.Builder
	if l == nil {
		return ""
	}
	for _, n := range l.Nodes {
		switch n := n.(type) {
		case *parse.TextNode:
			b.Write(n.Text)
		case *parse.IfNode:
			b.WriteString(textOf(n.List) + textOf(n.ElseList))
		case *parse.WithNode:
			b.WriteString(textOf(n.List) + textOf(n.ElseList))
		case *parse.RangeNode:
			b.WriteString(textOf(n.List) + textOf(n.ElseList))
		}
	}
	return b.String()
}

// TestNoEnglish finds words of the interface that are not in layouts/words/.
func TestNoEnglish(t *testing.T) {
	for dir, files := range map[string]map[string]string{"layouts": folder(t, "../layouts"), "static": folder(t, "../static")} {
		for name, src := range files {
			var found []string
			switch path.Ext(name) {
			case ".html":
				p := parse.New(name)
				p.Mode = parse.SkipFuncCheck
				trees := map[string]*parse.Tree{}
				if _, err := p.Parse(src, "", "", trees); err != nil {
					t.Fatal(err)
				}
				for _, tree := range trees {
					found = append(found, visible(textOf(tree.Root))...)
				}
			case ".js":
				for l := js.NewLexer(input.NewInputString(named.ReplaceAllString(src, ""))); ; {
					tt, data := l.Next()
					if tt == js.ErrorToken {
						break
					}
					if text := strings.Trim(string(data), "\"'`${}"); (tt == js.StringToken || slices.Contains([]js.TokenType{js.TemplateToken, js.TemplateStartToken, js.TemplateMiddleToken, js.TemplateEndToken}, tt)) && phrase.MatchString(text) {
						found = append(found, text)
					}
				}
			case ".css":
				for _, content := range style.FindAllString(named.ReplaceAllString(src, ""), -1) {
					found = append(found, slices.DeleteFunc(quoted.FindAllString(content, -1), func(s string) bool { return !latin.MatchString(s) })...)
				}
			}
			name = path.Join(dir, name)
			for _, text := range found {
				if !slices.Contains(noWords[name], text) {
					t.Errorf("%s: write %q into layouts/words/en.yaml, and its key here", name, text)
				}
			}
		}
	}
}

// TestOtherLanguage builds a site whose words of the interface have no Latin letters. What
// has them then is in the content, or a name.
func TestOtherLanguage(t *testing.T) {
	dir, out := t.TempDir(), t.TempDir()
	var all map[string]any
	src, err := layouts.Files.ReadFile("words/en.yaml")
	if err != nil || yaml.Unmarshal(src, &all) != nil {
		t.Fatal(err)
	}
	letters := regexp.MustCompile(`\{[a-z-]+\}|[A-Za-z]`)
	veil := func(text string) string {
		return letters.ReplaceAllStringFunc(text, func(s string) string {
			if len(s) > 1 {
				return s
			}
			return "ل"
		})
	}
	for key, text := range all {
		if forms, ok := text.(map[string]any); ok {
			for form, text := range forms {
				forms[form] = veil(text.(string))
			}
		} else {
			all[key] = veil(text.(string))
		}
	}
	veiled, err := yaml.Marshal(all)
	if err != nil || os.CopyFS(filepath.Join(dir, "layouts"), os.DirFS("../layouts")) != nil || os.WriteFile(filepath.Join(dir, "layouts/words/ur.yaml"), veiled, 0o644) != nil {
		t.Fatal(err)
	}
	if status := run(t.Context(), []string{"build", "-content", "testdata/rtl", "-layouts", filepath.Join(dir, "layouts"), "-static", "../static", "-out", out}, io.Discard, t.Output(), [2]fs.FS{}); status != exitOK {
		t.Fatalf("exit status %d", status)
	}
	word := regexp.MustCompile(`[A-Za-z]{2,}`)
	known := map[string]bool{"BibTeX": true, "RIS": true, "json": true, "card": true, "see": true}
	for _, text := range folder(t, "testdata/rtl") {
		for _, w := range word.FindAllString(text, -1) {
			known[w] = true
		}
	}
	pages := folder(t, out)
	for _, name := range slices.Sorted(maps.Keys(pages)) {
		if path.Ext(name) != ".html" {
			continue
		}
		for _, text := range visible(pages[name]) {
			for _, w := range word.FindAllString(text, -1) {
				if !known[w] {
					t.Errorf("%s: %q is not in the words of the interface: %s", name, w, text)
				}
			}
		}
	}
}

// TestWordsAreUsed finds words that nothing shows, which translators need not write.
func TestWordsAreUsed(t *testing.T) {
	texts := map[string][]byte{}
	for _, dir := range []string{"../layouts", "../static"} {
		for name, text := range folder(t, dir) {
			texts[name] = []byte(text)
		}
	}
	inGo := regexp.MustCompile(`(?:Text|Fill|\bword :?=.*)\("?([a-z-]+)"|"(task-\w+)"`)
	uses := words.Uses(texts)
	for name, text := range folder(t, "internal") {
		if path.Ext(name) == ".go" && !strings.HasSuffix(name, "_test.go") {
			for _, m := range inGo.FindAllStringSubmatch(text, -1) {
				uses[m[1]+m[2]] = true
			}
		}
	}
	var set *words.Set
	for _, key := range set.Keys("") {
		used := false
		for use := range uses {
			used = used || use == key || strings.HasSuffix(use, "-") && strings.HasPrefix(key, use)
		}
		if !used {
			t.Errorf("layouts/words/en.yaml: nothing shows %q", key)
		}
	}
}
