package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"
	"unicode"

	"analysis/builder/internal/content"
)

// new writes a starter page that is valid as it stands, and what it needs
// around it: the folder's own page, or the site's configuration.
func (c *command) new(args []string) int {
	want := 2
	if n := len(args); n > 0 && args[n-1] == string(content.KindHome) && (n == 1 || starters[content.Kind(args[n-2])] == "") {
		want = 1
	}
	if status, ok := c.parse(args, want); !ok {
		return status
	}
	kind, id := content.Kind(c.flags.Arg(0)), c.flags.Arg(1)
	starter, ok := starters[kind]
	if !ok {
		return c.fail(fmt.Errorf("unknown kind %q\n  hint: write one of home, section, actor, place, event, concept, source, page", kind))
	}
	name := path.Join(content.FolderOf(kind), id) + ".md"
	if kind == content.KindHome {
		name = "index.md"
	}
	if kind != content.KindHome && (!fs.ValidPath(id) || id == "." || strings.ContainsFunc(id, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("-_./", r)
	}) || strings.HasPrefix(id, ".") || strings.Contains(id, "/.")) {
		return c.fail(fmt.Errorf("%q cannot be an id\n  hint: use letters, digits and hyphens, such as haqqani-network", id))
	}
	if kind == content.KindHome && id != "" {
		return c.fail(errors.New("home takes no id\n  hint: run builder new home"))
	}
	if is := content.KindOf(name); is != kind && !(kind == content.KindPage && (is == content.KindIndex || is == content.KindHome)) {
		return c.fail(fmt.Errorf("%s would be a page of kind %s\n  hint: choose another kind, or another id", name, is))
	}
	if err := os.MkdirAll(c.options.Content, 0o755); err != nil {
		return c.fail(err)
	}
	root, err := os.OpenRoot(c.options.Content)
	if err != nil {
		return c.fail(err)
	}
	defer root.Close()
	files := [][2]string{{name, "---\n" + starter}}
	if kind == content.KindHome {
		files = append(files, [2]string{content.ConfigFile, "title: A new analysis\nlanguage: en\n"})
	}
	if folder := path.Dir(name); folder != "." {
		index := "---\ntitle: \"" + titleFor(path.Base(folder)) + "\"\n---\n"
		files = append(files, [2]string{folder + "/index.md", index})
	}
	for i, file := range files {
		name, text := file[0], strings.ReplaceAll(file[1], "TITLE", titleFor(path.Base(id)))
		err := create(root, name, text)
		if errors.Is(err, fs.ErrExist) && i > 0 { // what goes with the page may be there already
			continue
		}
		if errors.Is(err, fs.ErrExist) {
			return c.fail(fmt.Errorf("%s/%s exists already\n  hint: edit it, or choose another id", c.options.Content, name))
		}
		if err != nil {
			return c.fail(err)
		}
		fmt.Fprintf(c.stdout, "wrote %s/%s\n", c.options.Content, name)
	}
	return exitOK
}

// create writes a file that must not be there yet.
func create(root *os.Root, name, text string) error {
	if err := root.MkdirAll(path.Dir(name), 0o755); err != nil {
		return err
	}
	f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	if _, err := f.WriteString(text); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

// titleFor makes words of an id: "haqqani-network" becomes "Haqqani network".
func titleFor(id string) string {
	words := strings.ReplaceAll(id, "-", " ")
	for i, r := range words {
		return string(unicode.ToUpper(r)) + words[i+len(string(r)):]
	}
	return words
}

// starters are the pages to start from, behind their first line.
var starters = map[content.Kind]string{
	content.KindHome: `title: A new analysis
summary: What is analysed here, in one sentence.
---

What the text argues, in a few sentences.
`,
	content.KindSection: `title: "TITLE"
summary: What this part of the text argues, in one sentence.
weight: 10
---

Who argues what, and where in the text.
`,
	content.KindActor: `title: "TITLE"
summary: Who this is, in one sentence.
type: agency # state, government, armed group, agency or person
---

Who this is, and what the text says of it.
`,
	content.KindPlace: `title: "TITLE"
summary: What and where this is, in one sentence.
type: region
---

What is said to have happened here.
`,
	content.KindEvent: `title: "TITLE"
summary: What happened, in one sentence.
precision: unknown # or day, month, year, with a line such as date: 2024-12-24
---

What happened, and by whose account.
`,
	content.KindConcept: `title: "TITLE"
summary: What this means, in one sentence.
type: term # term, doctrine or issue
---

What the term means, and who uses it how.
`,
	content.KindSource: `title: "TITLE"
summary: What this source is, in one sentence.
type: news report
---

What it reports, whose view it carries, and what it can be relied on for.
`,
	content.KindPage: `title: "TITLE"
summary: What this page is about, in one sentence.
---

Write here.
`,
}
