package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// newcomer runs the command in a folder of its own and counts the commands.
type newcomer struct {
	t    *testing.T
	dir  string
	runs int
}

// run runs the command, which must end with the status, and returns what it printed.
func (n *newcomer) run(status int, args ...string) string {
	n.t.Helper()
	n.runs++
	var out, errors strings.Builder
	args = append(args, "-content", filepath.Join(n.dir, "content"), "-layouts", "../layouts", "-static", "../static")
	if got := run(n.t.Context(), args, &out, &errors, [2]fs.FS{}); got != status {
		n.t.Fatalf("%q: exit status %d, want %d\n%s%s", args, got, status, out.String(), errors.String())
	}
	return strings.ReplaceAll(out.String()+errors.String(), filepath.ToSlash(n.dir)+"/", "")
}

// edit changes a file below the content folder.
func (n *newcomer) edit(name string, change func(string) string) {
	n.t.Helper()
	name = filepath.Join(n.dir, "content", filepath.FromSlash(name))
	text, err := os.ReadFile(name)
	if err == nil {
		err = os.WriteFile(name, []byte(change(string(text))), 0o644)
	}
	if err != nil {
		n.t.Fatal(err)
	}
}

func (n *newcomer) wants(got string, parts ...string) {
	n.t.Helper()
	for _, want := range parts {
		if !strings.Contains(got, want) {
			n.t.Errorf("got %q, want %q", got, want)
		}
	}
}

// A second source, from an empty folder to the first strict check without a finding, takes
// five commands. It is the Declaration of Independence of the United States (1776) by
// Thomas Jefferson (died 1826) and the Second Continental Congress, in the public domain.
func TestSecondSource(t *testing.T) {
	n := &newcomer{t: t, dir: t.TempDir()}
	const text = "testdata/declaration.txt"
	n.run(exitOK, "new", "home")
	n.wants(n.run(exitOK, "new", "source", "declaration", "-text", text), "32 paragraphs, one a line, with 45 sentences\n")
	paragraph := 0
	n.edit("sources/declaration.md", func(s string) string {
		s = strings.Replace(s, "# author: Jane Doe", "author: The Congress", 1)
		return regexp.MustCompile(`gist: ""`).ReplaceAllStringFunc(s, func(string) string {
			paragraph++
			return fmt.Sprintf("gist: What ¶%d argues.", paragraph)
		})
	})
	n.run(exitOK, "new", "section", "argument", "-of", "declaration")
	n.edit("analysis/argument.md", func(s string) string {
		s = regexp.MustCompile(`To be written: (¶[\d.]+)`).ReplaceAllString(s, "The signatories reason in $1")
		for place, hedge := range map[string]string{"2.2": "likely, seem", "30.2": "may", "32.1": "may"} {
			s = strings.Replace(s, "[[declaration]] ¶"+place+"\n", "[[declaration]] ¶"+place+"\n> - wording: "+hedge+"\n", 1)
		}
		return strings.ReplaceAll(s, "> …\n", "> The signatories take one step.\n")
	})
	n.run(exitOK, "new", "claims")
	n.wants(n.run(exitOK, "check", "-strict", "-source", "declaration="+text),
		"declaration: 32 passages, 45 sentences, 45 claims, 4 hedges, 0 figures verified against "+text, ", 0 errors, 0 warnings\n")
	if n.runs != 5 {
		t.Errorf("it took %d commands", n.runs)
	}

	n.wants(n.run(exitOK, "new", "source", "declaration", "-text", text), "declaration.md: all 32 paragraphs are those of "+text+"\n")
	data, err := os.ReadFile(text)
	if err != nil {
		t.Fatal(err)
	}
	altered := filepath.Join(n.dir, "altered.txt")
	if err := os.WriteFile(altered, bytes.Replace(data, []byte("Prudence, indeed,"), []byte("Prudence indeed"), 1), 0o644); err != nil {
		t.Fatal(err)
	}
	n.wants(n.run(exitDiagnostics, "new", "source", "declaration", "-text", altered),
		`: error: ¶2.3 of "declaration" differs from the copy: altered.txt:3 has "Prudence indeed`,
		"if altered.txt is right, these lines belong to content/sources/declaration.md:\n  - n: 2\n    gist: \"What ¶2 argues.\"\n    sha256: ")
}
