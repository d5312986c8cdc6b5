package website

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"analysis/builder/internal/pipeline"
)

// textOf is what a reader sees of a node, in single spaces.
func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// attr is an attribute of a node.
func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// linkedData returns the JSON-LD of a page, nil if it has none, and its
// level-one heading.
func linkedData(t *testing.T, name string, data []byte) (found map[string]any, heading string) {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		switch {
		case n.Type != html.ElementNode:
		case n.Data == "h1":
			heading = textOf(n)
			for _, whose := range all(n, having("whose")) { // of a claim: its holders
				heading = strings.TrimSpace(strings.TrimPrefix(heading, textOf(whose)))
			}
		case n.Data == "script" && attr(n, "type") == "application/ld+json":
			if found != nil {
				t.Errorf("%s: has two", name)
			}
			if err := json.Unmarshal([]byte(n.FirstChild.Data), &found); err != nil {
				t.Errorf("%s: %v in %s", name, err, n.FirstChild.Data)
			}
		}
	}
	return found, heading
}

func TestLinkedData(t *testing.T) {
	const base = "https://tea.example/guide/"
	files := Build(t, Options(Small)).Files
	named := func(of, name, url string) map[string]any {
		return map[string]any{"@type": of, "name": name, "url": base + url}
	}
	claims := func(id string) []any { return []any{map[string]any{"@id": base + "claims/" + id + "/"}} }
	orwell, essay := named("Person", "George Orwell", "actors/george-orwell/"), named("CreativeWork", "A Nice Cup of Tea", "sources/nice-cup/")
	for page, want := range map[string]map[string]any{
		"":                      {"@type": "WebSite", "dateModified": "2026-11-26"},
		"docs/linking/":         {"@type": "WebPage", "inLanguage": "en-GB"},
		"events/":               {"@type": "CollectionPage"},
		"analysis/strength/":    {"@type": "Article", "headline": "How strong", "hasPart": []any{named("Claim", "Six heaped teaspoons make a quart", "claims/six-teaspoons/"), named("Claim", "Two ounces a week ought to give twenty strong cups", "claims/twenty-cups/"), named("Claim", "A quart takes not quite 23 grams", "claims/quart-in-grams/")}, "citation": []any{essay, named("NoteDigitalDocument", "A note from the kitchen", "sources/kitchen-note/")}},
		"actors/george-orwell/": {"@type": "Person", "alternateName": []any{"Orwell"}, "description": "English writer (1903–1950), who wrote the essay."},
		"actors/bsi/":           {"@type": "GovernmentOrganization", "memberOf": []any{named("GovernmentOrganization", "International Organization for Standardization", "actors/iso/")}},
		"places/london/":        {"@type": "Place", "containedInPlace": []any{named("Place", "England", "places/england/")}},
		"concepts/milk-first/":  {"@type": "DefinedTerm", "alternateName": []any{"milk in first", "MIF", "پہلے دودھ"}},
		"events/essay-printed/": {"@type": "Event", "startDate": "1946-01-12", "location": []any{named("Place", "London", "places/london/")}, "contributor": []any{orwell}},
		"sources/nice-cup/":     {"@type": "CreativeWork", "datePublished": "1946-01-12", "genre": "essay", "creditText": "George Orwell", "publisher": map[string]any{"@type": "Organization", "name": "Evening Standard"}},
		"sources/rsc-advice/":   {"@type": "CreativeWork", "datePublished": "2003-06", "isBasedOn": []any{map[string]any{"@type": "CreativeWork", "creditText": "A chemist of the society"}}},
		"sources/iso-3103/": {"@type": "CreativeWork", "archivedAt": "https://archive.example/iso-3103", "isBasedOn": []any{map[string]any{"@type": "CreativeWork",
			"creator": []any{named("GovernmentOrganization", "International Organization for Standardization", "actors/iso/")}}}},
		"claims/boiling/": {"@type": "Claim", "additionalType": "recommendation", "author": []any{orwell}, "appearance": []any{essay}, "citation": []any{named("CreativeWork", "ISO 3103", "sources/iso-3103/")},
			"isPartOf": named("Article", "The pot and the kettle", "analysis/pot/"), "text": "The pot goes to the kettle and not the other way about; the water should be boiling as it meets the leaves."},
		"claims/six-teaspoons/": {"@id": base + "claims/six-teaspoons/", "license": "https://creativecommons.org/licenses/by-sa/4.0/",
			"cito:citesAsRelated": claims("twenty-cups"), "cito:isQualifiedBy": claims("twenty-cups"), "cito:providesAssertionFor": claims("quart-in-grams")},
		"claims/milk-goes-first/": {"cito:disagreesWith": claims("tea-first"), "cito:usesConclusionsFrom": claims("proteins"), "cito:isSupportedBy": claims("proteins")},
		"docs/data/":              {"@type": "Dataset", "license": "https://creativecommons.org/licenses/by-sa/4.0/"},
		"claims/judge-the-milk/":  {"@type": "Claim", "additionalType": "assessment", "dateModified": "2025-06-01", "about": []any{named("DefinedTerm", "Milk-first", "concepts/milk-first/")}},
	} {
		got, _ := linkedData(t, page, files[page+"index.html"].Data)
		if !strings.Contains(fmt.Sprint(got["@context"]), "https://schema.org") || got["url"] != base+page {
			t.Errorf("%s: %v is in the words of %v", page, got["url"], got["@context"])
		}
		for _, key := range slices.Sorted(maps.Keys(want)) {
			if a, b := fmt.Sprintf("%v", got[key]), fmt.Sprintf("%v", want[key]); a != b {
				t.Errorf("%s: %s is\n%s\nwant\n%s", page, key, a, b)
			}
		}
	}
	// What a page is not, it does not say.
	for page, key := range map[string]string{"actors/iso/": "dateModified", "docs/": "hasPart", "claims/quart-in-grams/": "citation", "sources/rsc-advice/": "license", "places/england/": "containedInPlace", "events/standard-of-1980/": "location"} {
		if got, _ := linkedData(t, page, files[page+"index.html"].Data); got[key] != nil {
			t.Errorf("%s: %s is %v", page, key, got[key])
		}
	}
}

// A state is a Country, which schema.org takes for a place, and here it also acts.
func TestLinkedDataOfState(t *testing.T) {
	root := t.TempDir()
	write(t, root, "site.yaml", "title: S\n")
	write(t, root, "index.md", "# S\n")
	write(t, root, "actors/index.md", "# Actors\n")
	write(t, root, "events/index.md", "# Events\n")
	write(t, root, "actors/land.md", "---\ntitle: Land\ntype: state\n---\n")
	write(t, root, "events/e.md", "---\ntitle: E\ndate: 2024\nprecision: year\nactors: [land]\n---\n")
	files := Build(t, Options(root)).Files
	land, _ := linkedData(t, "land", files["actors/land/index.html"].Data)
	event, _ := linkedData(t, "event", files["events/e/index.html"].Data)
	for _, of := range []any{land["@type"], event["contributor"].([]any)[0].(map[string]any)["@type"]} {
		if got := fmt.Sprint(of); got != "[Country Organization]" {
			t.Errorf("a state is %s", got)
		}
	}
}

// Every page describes itself under the name that it shows, and names only
// pages that there are.
func TestLinkedDataOfEveryPage(t *testing.T) {
	Each(t, func(t *testing.T, o pipeline.Options) {
		s := Build(t, o)
		kinds := map[string]int{}
		for name, f := range s.Files {
			if path.Ext(name) != ".html" || strings.HasSuffix(name, "/card/index.html") {
				continue
			}
			data, heading := linkedData(t, name, f.Data)
			redirect := bytes.Contains(f.Data, []byte(`http-equiv="refresh"`))
			if data == nil {
				if name != "404.html" && !redirect {
					t.Errorf("%s: has none", name)
				}
				continue
			}
			if name == "404.html" || redirect {
				t.Errorf("%s: is no page to describe", name)
			}
			if data["name"] != heading || heading == "" {
				t.Errorf("%s: is named %q, its heading is %q", name, data["name"], heading)
			}
			for _, of := range strings.Fields(strings.Trim(fmt.Sprint(data["@type"]), "[]")) {
				kinds[of]++
			}
			for _, problem := range unreachable(data, name, s) {
				t.Errorf("%s: %s", name, problem)
			}
		}
		for _, kind := range []string{"WebSite", "WebPage", "CollectionPage", "Article", "Place", "Event", "DefinedTerm", "CreativeWork", "Person", "GovernmentOrganization", "Claim"} {
			if kinds[kind] == 0 && (o.Content != Analysis || kind == "Claim" && len(s.Site.Claims) > 0) {
				t.Errorf("no page is a %s: %v", kind, kinds)
			}
		}
		t.Log(kinds)
	})
}

// unreachable lists the addresses in a page's JSON-LD that lead to no page, and
// the names that are not those of the pages they lead to.
func unreachable(v any, from string, s *pipeline.Snapshot) (problems []string) {
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			problems = append(problems, unreachable(item, from, s)...)
		}
	case map[string]any:
		for _, item := range v {
			problems = append(problems, unreachable(item, from, s)...)
		}
		url, ok := v["url"].(string)
		if !ok {
			break
		}
		to := path.Join(path.Dir(from), url)
		if base := s.Site.Config.BaseURL; base != "" {
			below, inside := strings.CutPrefix(url, base)
			if !inside {
				return append(problems, url+" is no address of the site")
			}
			to = below
		}
		f := s.Files[path.Join(to, "index.html")]
		if f == nil {
			return append(problems, url+" leads nowhere")
		}
		if !bytes.Contains(f.Data, []byte(html.EscapeString(v["name"].(string))+"</h1>")) && !strings.ContainsAny(v["name"].(string), "&<>\"'") {
			problems = append(problems, fmt.Sprintf("%s is not named %q", url, v["name"]))
		}
	}
	return problems
}
