package frontmatter

import (
	"reflect"
	"strconv"
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

func TestTemplates(t *testing.T) {
	values := map[string]string{"id": "a b", "title": "R&D, 100% \"of\" it? #1+1", "url": "https://tea.example/a/?b", "path": "docs/ä b.md", "version": ""}
	for in, want := range map[string]string{
		"https://a.org/{path}":                "https://a.org/docs/%C3%A4%20b.md",
		"https://a.org/?t={title}&u={url}":    "https://a.org/?t=R%26D%2C%20100%25%20%22of%22%20it%3F%20%231%2B1&u=https%3A%2F%2Ftea.example%2Fa%2F%3Fb",
		"mailto:x@a.org?subject={title}":      "mailto:x@a.org?subject=R%26D%2C%20100%25%20%22of%22%20it%3F%20%231%2B1",
		"mailto:x@a.org?cc=y@b.org&Body={id}": "mailto:x@a.org?cc=y@b.org&Body=a%20b",
		"MAILTO:x@a.org":                      "MAILTO:x@a.org",
		"https://a.org/{id}{id}#{id}":         "https://a.org/a%20ba%20b#a%20b",
		"https://a.org/{path}?{version}":      "",
		"":                                    "",
	} {
		if got := Template(in).Fill(values); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
	const whole = "write it in full, without spaces: https://example.org/new?title={title} or mailto:editor@example.org?subject={title}"
	const behind = "write placeholders behind the host, or in the subject or body of a mailto: address"
	for in, want := range map[string]string{
		"https://a.org/{titel}":  "unknown placeholder \"{titel}\"\n  hint: the placeholders are {id}, {title}, {url}, {path}, {version}",
		"https://a.org/{}":       "unknown placeholder \"{}\"\n  hint: the placeholders are {id}, {title}, {url}, {path}, {version}",
		"https://a.org/{title":   "unknown placeholder \"{title\"\n  hint: the placeholders are {id}, {title}, {url}, {path}, {version}",
		"https://a.org/{a{id}":   "unknown placeholder \"{a\"\n  hint: the placeholders are {id}, {title}, {url}, {path}, {version}",
		"http://a.org/{id}":      "\"http://a.org/{id}\" is no https: or mailto: address\n  hint: " + whole,
		"javascript:alert({id})": "\"javascript:alert({id})\" is no https: or mailto: address\n  hint: " + whole,
		"//a.org/{id}":           "\"//a.org/{id}\" is no https: or mailto: address\n  hint: " + whole,
		"https:///{id}":          "\"https:///{id}\" is no https: or mailto: address\n  hint: " + whole,
		"https://x:y@a.org/":     "\"https://x:y@a.org/\" is no https: or mailto: address\n  hint: " + whole,
		"https://a.org/a {id}":   "\"https://a.org/a {id}\" is no https: or mailto: address\n  hint: " + whole,
		"mailto:editor?s={id}":   "\"mailto:editor?s={id}\" is no https: or mailto: address\n  hint: " + whole,
		"'{url}'":                "\"{url}\" is no https: or mailto: address\n  hint: " + whole,
		"https://{id}.org/":      "a placeholder in \"https://{id}.org/\" changes whom it leads to\n  hint: " + behind,
		"mailto:{id}@a.org":      "a placeholder in \"mailto:{id}@a.org\" changes whom it leads to\n  hint: " + behind,
		"mailto:x@a.org?CC={id}": "a placeholder in \"mailto:x@a.org?CC={id}\" changes whom it leads to\n  hint: " + behind,
		"mailto:x@a.org?{id}=y":  "a placeholder in \"mailto:x@a.org?{id}=y\" changes whom it leads to\n  hint: " + behind,
	} {
		for _, key := range []string{"report", "source", "history", "discuss"} {
			_, found := ParseConfig([]byte("title: A\n" + key + ": " + in + "\n"))
			at := "site.yaml:2:" + strconv.Itoa(len(key)+3) + ": error: "
			if len(found) != 1 || found[0].String() != at+want {
				t.Errorf("%s: %q: reported %v, want %s%s", key, in, found, at, want)
			}
		}
	}
	src := "title: A\nreport: mailto:x@a.org?subject={title}\nsource: https://a.org/{path}\nhistory: https://b.org/\ndiscuss: https://c.org/\n"
	want := Replies{"mailto:x@a.org?subject={title}", "https://a.org/{path}", "https://b.org/", "https://c.org/"}
	if c, found := ParseConfig([]byte(src)); c.Replies != want || len(found) > 0 {
		t.Errorf("got %+v and %v, want %+v", c.Replies, found, want)
	}
}

func TestConfigDefaults(t *testing.T) {
	got, found := ParseConfig([]byte("title: A\n"))
	if want := (Config{Title: "A", Language: "en"}); got != want || len(found) > 0 {
		t.Errorf("got %+v and %v, want %+v", got, found, want)
	}
}

func TestConfigMistakes(t *testing.T) {
	for src, want := range map[string]string{
		"title: A\ntitel: B\n":                           "site.yaml:2:1: error: unknown key \"titel\"\n  hint: did you mean \"title\"?",
		"title: A\nbase_url: example.org\n":              "site.yaml:2:11: error: \"example.org\" is not a web address\n  hint: write it in full: https://example.org/page",
		"title: A\nbase_url: https://example.org/?a=b\n": "site.yaml:2:11: error: \"https://example.org/?a=b\" cannot be a base URL\n  hint: write scheme, host and folder only",
		"title: A\nlicense: CC BY 4.0\n":                 "site.yaml:2:10: error: \"CC BY 4.0\" is not a licence\n  hint: write an id of https://spdx.org/licenses/, such as CC-BY-4.0 or CC0-1.0, or an address that begins with https://",
		"title: A\nlicense: https:///a\n":                "site.yaml:2:10: error: \"https:///a\" is not a licence\n  hint: write an id of https://spdx.org/licenses/, such as CC-BY-4.0 or CC0-1.0, or an address that begins with https://",
		"title: A\nlicense: CC-BY\n":                     "site.yaml:2:10: error: \"CC-BY\" is not a licence\n  hint: write an id of https://spdx.org/licenses/, such as CC-BY-4.0 or CC0-1.0, or an address that begins with https://",
		"title: A\nlicense: cc-by-4.0\n":                 "site.yaml:2:10: error: \"cc-by-4.0\" is not a licence\n  hint: write an id of https://spdx.org/licenses/, such as CC-BY-4.0 or CC0-1.0, or an address that begins with https://",
		"title: A\nlicense: LicenseRef-mine\n":           "site.yaml:2:10: error: \"LicenseRef-mine\" is not a licence\n  hint: write an id of https://spdx.org/licenses/, such as CC-BY-4.0 or CC0-1.0, or an address that begins with https://",
		"title: A\nlicense: NONE\n":                      "site.yaml:2:10: error: \"NONE\" is not a licence\n  hint: write an id of https://spdx.org/licenses/, such as CC-BY-4.0 or CC0-1.0, or an address that begins with https://",
		"title: A\nlicense: 7\n":                         "site.yaml:2:10: error: \"7\" is not a licence\n  hint: write an id of https://spdx.org/licenses/, such as CC-BY-4.0 or CC0-1.0, or an address that begins with https://",
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

func TestLicenseURL(t *testing.T) {
	for license, want := range map[string]string{
		"":                          "",
		"MIT":                       "https://spdx.org/licenses/MIT.html",
		"GPL-3.0-or-later":          "https://spdx.org/licenses/GPL-3.0-or-later.html",
		"CC0-1.0":                   "https://spdx.org/licenses/CC0-1.0.html",
		"CC-BY-4.0":                 "https://creativecommons.org/licenses/by/4.0/",
		"CC-BY-NC-SA-4.0":           "https://creativecommons.org/licenses/by-nc-sa/4.0/",
		"CC-PDDC":                   "https://spdx.org/licenses/CC-PDDC.html",
		"https://example.org/lä":    "https://example.org/l%C3%A4",
		"CC-BY-3.0-AT":              "https://spdx.org/licenses/CC-BY-3.0-AT.html",
		"https://example.org/terms": "https://example.org/terms",
	} {
		c, found := ParseConfig([]byte("title: A\nlicense: \"" + license + "\"\n"))
		if got := c.LicenseURL(); got != want || license != "" && len(found) > 0 {
			t.Errorf("%q leads to %q and %v, want %q", license, got, found, want)
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
