package website

import (
	"bytes"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"analysis/builder/internal/pipeline"
)

// passage matches ids of layouts that do not begin with "site-": those of the paragraphs and
// sentences of a source, which are among the anchors of its Document, so that no heading takes
// one, and those of the versions of a claim, which are reserved too.
var passage = regexp.MustCompile(`^(p\d+(\.\d+)?|v-[0-9a-f]{8})$`)

// Content cannot make an id that begins with "site-", so a layout's ids cannot stand on a
// page twice.
func TestIDsOfLayoutsAreReserved(t *testing.T) {
	Each(t, func(t *testing.T, o pipeline.Options) {
		s := Build(t, o)
		for name, f := range s.Files {
			if path.Ext(name) != ".html" {
				continue
			}
			for _, p := range examine(f.Data).problems {
				t.Errorf("%s: %s", name, p)
			}
			root, err := html.Parse(bytes.NewReader(f.Data))
			if err != nil {
				t.Fatal(err)
			}
			for n := range root.Descendants() {
				if id := attr(n, "id"); id != "" && !strings.HasPrefix(id, "site-") && !passage.MatchString(id) && !written(n) {
					t.Errorf("%s: the id %q of a layout does not begin with site-", name, id)
				}
			}
		}
	})
}

// written reports whether a node is within what an author writes.
func written(n *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if is(n, "prose") {
			return true
		}
	}
	return false
}

// named matches the ids that layouts and scripts name where they stand in full or begin with
// text.
var named = regexp.MustCompile(`(?:\b(?:id|for|list|form|aria-[a-z]+by|aria-controls)="|\bhref="#|getElementById\("|querySelector(?:All)?\("#|\.id = ")([\w-]+)`)

func TestIDsInLayoutsAndScriptsAreReserved(t *testing.T) {
	found := 0
	for _, pattern := range []string{"../../layouts/*.html", "../../layouts/*/*.html", "../../static/js/*.js"} {
		names, _ := filepath.Glob(pattern)
		for _, name := range names {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range named.FindAllSubmatch(data, -1) {
				if found++; !bytes.HasPrefix(m[1], []byte("site-")) && string(m[1]) != "v-" {
					t.Errorf("%s: %s does not begin with site-", filepath.Base(name), m[1])
				}
			}
		}
	}
	if found < 30 {
		t.Errorf("only %d ids were found", found)
	}
}
