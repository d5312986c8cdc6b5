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

// words matches what stands alone between tags, and is a word of the interface.
var words = regexp.MustCompile(`^(Skip to the text|On this page|.* to read|Theme|Part of|Held by|Source|About|Author|Publisher|Date|Cite this (page|claim)|Mentioned in|Claims held|Beside other reports|How it stands to other claims|Disputed|Stated in|Told in)$`)

// On a site in a language without words of its own, those of the interface say that they
// are English, and what stands between them does not.
func TestWordsInEnglish(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "content")
	if err := os.CopyFS(dir, os.DirFS(Small)); err != nil {
		t.Fatal(err)
	}
	config := "title: Te\nlanguage: cy\nbase_url: https://tea.example/\n"
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
		if n.Type == html.ElementNode && n.Data == "span" && lang == "en" && n.FirstChild != n.LastChild {
			t.Errorf("%s: %q says that it is English", name, textOf(n))
		}
		if text := strings.TrimSpace(n.Data); n.Type == html.TextNode && words.MatchString(text) {
			if seen[text] = true; lang != "en" {
				t.Errorf("%s: %q is in %q", name, text, lang)
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
