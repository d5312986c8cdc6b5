package main

import (
	"bufio"
	"bytes"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// newcomer runs the program, with nothing beside it, in a folder that is empty at first,
// and counts the commands.
type newcomer struct {
	t    *testing.T
	dir  string
	runs int
}

// run runs a command, which must end with the status, and returns what it printed.
func (n *newcomer) run(status int, args ...string) string {
	n.t.Helper()
	n.runs++
	cmd := exec.CommandContext(n.t.Context(), "whole", args...)
	cmd.Dir = n.dir
	out, _ := cmd.CombinedOutput() // the exit status tells
	if got := cmd.ProcessState.ExitCode(); got != status {
		n.t.Fatalf("%q: exit status %d, want %d\n%s", args, got, status, out)
	}
	return string(out)
}

// edit changes a file below the content folder.
func (n *newcomer) edit(name string, change func(string) string) {
	n.t.Helper()
	name = filepath.Join(n.dir, "content", filepath.FromSlash(name))
	text, err := os.ReadFile(name)
	if err == nil {
		err = os.WriteFile(name, []byte(change(string(text))), 0o644)
	}
	n.must(err)
}

func (n *newcomer) must(err error) {
	n.t.Helper()
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

// Two commands, in an empty folder with the program alone, show a site.
func TestTwoCommands(t *testing.T) {
	for name, args := range map[string][]string{"new": nil, "example": {"-example"}} {
		t.Run(name, func(t *testing.T) {
			n := &newcomer{t: t, dir: t.TempDir()}
			begun := time.Now()
			n.wants(n.run(exitOK, append([]string{"new", "site", "."}, args...)...), "; `builder serve` shows the site\n")
			serve := exec.CommandContext(t.Context(), "whole", "serve", "-addr", "127.0.0.1:0")
			serve.Dir = n.dir
			out, err := serve.StdoutPipe()
			if err == nil {
				err = serve.Start()
			}
			if err != nil {
				t.Fatal(err)
			}
			defer serve.Wait()
			defer serve.Process.Kill()
			address := ""
			for lines := bufio.NewScanner(out); address == "" && lines.Scan(); {
				_, rest, _ := strings.Cut(lines.Text(), "serving ")
				address, _, _ = strings.Cut(rest, " ")
			}
			for _, page := range []string{"", "claims/"} {
				answer, err := http.Get(address + page)
				if err != nil {
					t.Fatal(err)
				}
				answer.Body.Close()
				if answer.StatusCode != http.StatusOK {
					t.Errorf("/%s: %s", page, answer.Status)
				}
			}
			t.Logf("from an empty folder to two pages served: %v", time.Since(begun).Round(time.Millisecond))
		})
	}
}

// A second analysis, from an empty folder and the program alone to the first strict check
// without a finding, takes four commands. It is the Declaration of Independence of the United States (1776) by
// Thomas Jefferson (died 1826) and the Second Continental Congress, in the public domain.
func TestSecondSource(t *testing.T) {
	n := &newcomer{t: t, dir: t.TempDir()}
	const text = "declaration.txt"
	data, err := os.ReadFile(filepath.Join("testdata", text))
	n.must(err)
	n.must(os.WriteFile(filepath.Join(n.dir, text), data, 0o644))
	n.run(exitOK, "new", "site", ".")
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
	n.wants(n.run(exitOK, "check", "-strict", "-source", "declaration="+text),
		"declaration: 32 passages, 45 sentences, 45 claims, 4 hedges, 0 figures verified against "+text, ", 0 errors, 0 warnings\n")
	if n.runs != 4 {
		t.Errorf("it took %d commands", n.runs)
	}

	n.wants(n.run(exitOK, "new", "source", "declaration", "-text", text), "declaration.md: all 32 paragraphs are those of "+text+"\n")
	altered := bytes.Replace(data, []byte("Prudence, indeed,"), []byte("Prudence indeed"), 1)
	n.must(os.WriteFile(filepath.Join(n.dir, "altered.txt"), altered, 0o644))
	n.wants(n.run(exitDiagnostics, "new", "source", "declaration", "-text", "altered.txt"),
		`: error: ¶2.3 of "declaration" differs from the copy: altered.txt:3 has "Prudence indeed`,
		"if altered.txt is right, these lines belong to content/sources/declaration.md:\n  - n: 2\n    gist: \"What ¶2 argues.\"\n    sha256: ")
}
