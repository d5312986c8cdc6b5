package frontmatter

import (
	"reflect"
	"strings"
	"testing"
)

func TestConfig(t *testing.T) {
	got, found := ParseConfig([]byte("title: The \"one\"\r\ndescription: It's this.\nauthor: A desk\nbase_url: https://example.org/sub\nlanguage: en-GB\nas_of: 2024-12\nlater: Since then\n"))
	want := Config{
		Title: "The “one”", Description: "It’s this.", Author: "A desk", BaseURL: "https://example.org/sub/",
		Language: "en-GB", AsOf: "2024-12", Later: "Since then",
	}
	if got != want || len(found) > 0 {
		t.Errorf("got %+v and %v, want %+v", got, found, want)
	}
}

func TestConfigDefaults(t *testing.T) {
	got, found := ParseConfig([]byte("title: A\n"))
	if want := (Config{Title: "A", Language: "en", Later: "Later than the text"}); got != want || len(found) > 0 {
		t.Errorf("got %+v and %v, want %+v", got, found, want)
	}
}

func TestConfigMistakes(t *testing.T) {
	for src, want := range map[string]string{
		"title: A\ntitel: B\n":                           "site.yaml:2:1: error: unknown key \"titel\"\n  hint: did you mean \"title\"?",
		"title: A\nbase_url: example.org\n":              "site.yaml:2:11: error: \"example.org\" is not a web address\n  hint: write it in full: https://example.org/page",
		"title: A\nbase_url: https://example.org/?a=b\n": "site.yaml:2:11: error: \"https://example.org/?a=b\" cannot be a base URL\n  hint: write scheme, host and folder only",
		"title: A\nlanguage: english please\n":           "site.yaml:2:11: error: \"english please\" is not a language tag\n  hint: write a tag such as en, en-GB or ur",
		"title: A\nas_of: Christmas\n":                   "site.yaml:2:8: error: \"Christmas\" is not a date\n  hint: write it as 2024-12-24, 2024-12 or 2024, or -0322 for 323 BC",
		"title: [A]\n":                                   "site.yaml:1:8: error: this must be text, not a list\n  hint: write plain text, in quotes if it begins with a bracket",
		"title: A\n---\nbase_url: https://a.org/\n":      "site.yaml:2:1: error: what follows this line is not read\n  hint: take the line away: all keys belong to one list",
		"---\ntitle: A\n--- # so\nauthor: B\n":           "site.yaml:3:1: error: what follows this line is not read\n  hint: take the line away: all keys belong to one list",
		"title: A\n...\n---\nauthor: B\n":                "site.yaml:3:1: error: what follows this line is not read\n  hint: take the line away: all keys belong to one list",
		"---\ntitle: A\n...\n# so\nauthor: B\n":          "site.yaml:5:1: error: this is not YAML: did not find expected <document start>\n  hint: each line is `key: value`; put a value that holds `: ` or ` #`, or begins with a sign, into quotes",
		"title: A\nschema_types: {people: a b}\n":        "site.yaml:2:24: error: \"a b\" is not a type of schema.org\n  hint: write one such as Person or Organization; see https://schema.org",
		"title: A\nschema_types: {b: Cd, b: De}\n":       "site.yaml:2:23: error: key \"b\" stands here twice\n  hint: keep one of the two",
		"title: A\nschema_types: Person\n":               "site.yaml:2:15: error: this must be a mapping, not text\n  hint: write it as {court: GovernmentOrganization, person: Person}",
		"title: A\nlater: [\n":                           "site.yaml:2:1: error: this is not YAML: did not find expected node content\n  hint: each line is `key: value`; put a value that holds `: ` or ` #`, or begins with a sign, into quotes",
	} {
		_, found := ParseConfig([]byte(src))
		var got []string
		for _, f := range found {
			got = append(got, f.String())
		}
		if !reflect.DeepEqual(got, []string{want}) {
			t.Errorf("%q: reported %q, want %q", src, got, want)
		}
	}
}

func TestCleanBaseURL(t *testing.T) {
	for in, want := range map[string]string{
		"https://example.org":             "https://example.org/",
		"https://example.org/":            "https://example.org/",
		"http://localhost:8080/a/b":       "http://localhost:8080/a/b/",
		"https://example.org/a%20b/":      "https://example.org/a%20b/",
		"https://пример.рф:8080/анализ":   "https://xn--e1afmkfd.xn--p1ai:8080/%D0%B0%D0%BD%D0%B0%D0%BB%D0%B8%D0%B7/",
		"https://Straße.example/a//":      "https://xn--strae-oqa.example/a/",
		"http://[::1]:8080":               "http://[::1]:8080/",
		"https://\u0301a.example/":        "",
		"":                                "",
		"example.org":                     "",
		"https://a:b@example.org/":        "",
		"/sub/":                           "",
		"ftp://example.org/":              "",
		"javascript:alert(1)":             "",
		"https:///a":                      "",
		"https://example.org/?q":          "",
		"https://example.org/?a=b":        "",
		"https://example.org/#a":          "",
		"https://example.org/a b\x00":     "",
		"https://exa mple.org/":           "",
		"HTTPS://example.org/upper/case/": "https://example.org/upper/case/",
	} {
		got, ok := CleanBaseURL(in)
		if got != want || ok != (want != "") {
			t.Errorf("%q becomes %q, %t, want %q", in, got, ok, want)
		}
	}
}

// The file site.yaml has no front matter.
func TestConfigIsNoFrontMatter(t *testing.T) {
	_, found := ParseConfig([]byte("language: en\n"))
	if len(found) != 1 || strings.Contains(found[0].Message, "front matter") {
		t.Error(found)
	}
}
