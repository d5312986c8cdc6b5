package website

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A source's page says when it was read, where it is archived and whose account it
// carries; the page of that account says in which reports it is; and a claim counts
// reports and origins.
func TestEvidence(t *testing.T) {
	dir := t.TempDir()
	claim := func(id, checked string) string {
		return "> [!reported] Tea was " + id + " {#" + id + "}\n> Somebody writes it.\n>\n> - source: [[local]]\n> - held by: [[ministry]]\n" + checked + "\n"
	}
	source := func(title, front string) string { return "---\ntitle: " + title + "\ntype: report\n" + front + "---\n" }
	for name, text := range map[string]string{
		"site.yaml": "title: Tea\n", "index.md": "# Tea", "actors/index.md": "# Actors", "claims/index.md": "# Claims", "actors/ministry.md": source("Ministry", ""),
		"sources/index.md": "---\ntitle: Sources\nshows: sources\n---\n",
		"sources/radio.md": source("Radio", "accessed: 2026-11-23\narchived: https://archive.example/radio\norigin: the Palace's count\n"),
		"sources/paper.md": source("Paper", "publisher: Daily\norigin: The palace’s  count\n"),
		"sources/wire.md":  source("Wire", "origin: ministry\n"),
		"sources/local.md": source("Local", ""),
		"page.md": "# Page\n\n" + claim("dear", "> - checked: agrees with [[radio]], [[paper]], [[wire]]\n> - checked: disputed by [[local]]\n") +
			claim("cheap", "> - checked: agrees with [[radio]], [[paper]]\n") + claim("green", "> - checked: agrees with [[radio]], [[wire]]\n"),
	} {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	files := Build(t, Options(dir)).Files
	for _, c := range []struct{ page, want string }{
		{"sources/radio/", `Read on</dt><dd><time datetime="2026-11-23">23 November 2026</time>`},
		{"sources/radio/", `Archived</dt><dd class="address"><a href="https://archive.example/radio">`},
		{"sources/radio/", `Whose account</dt><dd>the Palace’s count</dd>`},
		{"sources/wire/", `Whose account</dt><dd><a href="../../actors/ministry/">Ministry</a></dd>`},
		{"sources/local/", "! account"},
		{"actors/ministry/", `Its account is in</dt><dd><a href="../../sources/wire/">Wire</a></dd>`},
		{"sources/", "Daily · account of The palace’s  count"},
		{"sources/", `report · account of <a href="../actors/ministry/">Ministry</a>`},
		{"claims/dear/", "Of 4 reports (3 origins) set beside it, 3 agree and 1 disputes it."},
		{"claims/cheap/", "The 2 reports (1 origin) set beside it agree."},
		{"claims/green/", "The 2 reports set beside it agree."},
	} {
		text := string(files[c.page+"index.html"].Data)
		not, denied := strings.CutPrefix(c.want, "! ")
		if strings.Contains(text, not) == denied {
			t.Errorf("%s: %s; it is\n%s", c.page, c.want, text)
		}
	}
}
