package website

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// words matches what stands in a heading, term or line of the layouts alone.
var words = regexp.MustCompile(`^(Skip to the text|On this page|.*to read.*|Theme.*|Type|Part of|Held by|Source|About|Author|Publisher|Date|Where|Who|Cite this (page|claim)|Mentioned in|Claims held \d+|Beside other reports|How it stands to other claims)$`)

// On a site in another language, the words of the layouts say that they are English.
func TestWordsOfTheLayouts(t *testing.T) {
	dir := WithOverviews(t)
	config := "title: چائے\nlanguage: ur\nbase_url: https://tea.example/\n"
	if err := os.WriteFile(filepath.Join(dir, "site.yaml"), []byte(config), 0o644); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	var look func(name string, n *html.Node, lang string)
	look = func(name string, n *html.Node, lang string) {
		for _, a := range n.Attr {
			if a.Key == "lang" {
				lang = a.Val
			}
		}
		if n.Type == html.ElementNode && strings.Contains("h2 dt summary a p span", n.Data) {
			if text := strings.Join(strings.Fields(textOf(n)), " "); words.MatchString(text) && len(text) < 60 && (n.Data != "p" || lang == "en") {
				if seen[text] = true; lang != "en" && n.Data != "span" {
					t.Errorf("%s: %q is in %q", name, text, lang)
				}
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			look(name, c, lang)
		}
	}
	s := Build(t, Options(dir))
	for _, p := range s.Site.Pages {
		f := s.Files[p.URL+"index.html"]
		if f == nil {
			continue
		}
		root, err := html.Parse(bytes.NewReader(f.Data))
		if err != nil {
			t.Fatal(err)
		}
		look(p.URL, root, "")
	}
	if len(seen) < 12 {
		t.Errorf("only %d words of the layouts were found: %v", len(seen), seen)
	}
}
