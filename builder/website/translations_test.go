package website

import (
	"bytes"
	"path"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"analysis/layouts"
)

// The analysis of tea in German and in Urdu, with every kind of page and overview: nothing
// to report, no link that leads nowhere, each page in its language and direction, and no
// English word of the interface.
func TestTranslations(t *testing.T) {
	for name, c := range map[string]struct{ tag, root string }{"german": {"de", `<html lang="de" dir="ltr"`}, "urdu": {"ur", `<html lang="ur" dir="rtl"`}} {
		t.Run(name, func(t *testing.T) {
			content := "../testdata/" + name + "/content"
			s := Build(t, Options(content))
			if len(s.Diagnostics) > 0 {
				t.Errorf("%d diagnostics", len(s.Diagnostics))
			}
			broken, _ := crawl(s.Files, s.Site.Config.BaseURL)
			for _, problem := range broken {
				t.Error(problem)
			}
			english, own := map[string]bool{}, map[string]bool{"data": true} // the name of Data Package
			lettersOf(english, wordsIn(t, "en")...)
			lettersOf(own, wordsIn(t, c.tag)...)
			for file, f := range s.Files {
				if path.Ext(file) != ".html" {
					continue
				}
				if !bytes.Contains(f.Data, []byte(c.root)) {
					t.Errorf("%s does not say %s", file, c.root)
				}
				page, err := html.Parse(bytes.NewReader(f.Data))
				if err != nil {
					t.Fatal(err)
				}
				shown := map[string]bool{}
				lettersOf(shown, readIn(page, c.tag)...)
				for word := range shown {
					if english[word] && !own[word] {
						t.Errorf("%s: %q is English", file, word)
					}
				}
			}
		})
	}
}

// wordsIn returns the texts of a file of words.
func wordsIn(t *testing.T, name string) (texts []string) {
	t.Helper()
	data, err := layouts.Files.ReadFile("words/" + name + ".yaml")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		line, _, _ = strings.Cut(line, "#")
		_, text, _ := strings.Cut(line, ":")
		texts = append(texts, text)
	}
	return texts
}

var (
	latin       = regexp.MustCompile(`^[\pP\pS]*(\p{Latin}{4,})[\pP\pS]*$`)
	placeholder = regexp.MustCompile(`\{[a-z-]+\}`)
)

// lettersOf adds the words of four Latin letters and more, but not parts of addresses.
func lettersOf(into map[string]bool, texts ...string) {
	for _, text := range texts {
		for _, word := range strings.Fields(placeholder.ReplaceAllString(text, " ")) {
			if m := latin.FindStringSubmatch(word); m != nil {
				into[strings.ToLower(m[1])] = true
			}
		}
	}
}

// readIn returns the texts that readers of a page see or hear, in its language.
func readIn(n *html.Node, tag string) (texts []string) {
	for _, a := range n.Attr {
		switch a.Key {
		case "lang":
			if a.Val != tag {
				return nil
			}
		case "title", "aria-label", "alt", "placeholder":
			texts = append(texts, a.Val)
		}
	}
	if n.Type == html.TextNode && n.Parent.Data != "script" && n.Parent.Data != "style" && n.Parent.Data != "code" && n.Parent.Data != "pre" {
		texts = append(texts, n.Data)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		texts = append(texts, readIn(c, tag)...)
	}
	return texts
}
