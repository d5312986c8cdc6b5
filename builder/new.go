package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"
	"unicode"

	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/kind"
)

// new writes a starter page that is valid as it stands, and what it needs
// around it: the folder's own page, or the site's configuration.
func (c *command) new(args []string) int {
	want := 2
	if n := len(args); n > 0 && whole[args[n-1]] != nil && (n == 1 || starters[kind.Kind(args[n-2])] == "") {
		want = 1
	}
	if status, ok := c.parse(args, want); !ok {
		return status
	}
	of, id := kind.Kind(c.flags.Arg(0)), c.flags.Arg(1)
	if files := whole[string(of)]; files != nil {
		if id != "" {
			return c.fail(mistake("run builder new "+string(of), "%s takes no id", of))
		}
		return c.write(files)
	}
	starter, ok := starters[of]
	if !ok {
		return c.fail(mistake("write one of home, claims, section, actor, place, event, concept, source, page", "unknown kind %q", of))
	}
	name := path.Join(kind.Folder(of), id) + ".md"
	if !fs.ValidPath(id) || id == "." || strings.ContainsFunc(id, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("-_./", r)
	}) || strings.HasPrefix(id, ".") || strings.Contains(id, "/.") {
		return c.fail(mistake("use letters, digits and hyphens, such as haqqani-network", "%q cannot be an id", id))
	}
	if is := kind.Of(name); is != of && !(of == kind.Page && (is == kind.Index || is == kind.Home)) {
		return c.fail(mistake("choose another kind, or another id", "%s would be a page of kind %s", name, is))
	}
	files := [][2]string{{name, strings.ReplaceAll("---\n"+starter, "TITLE", titleFor(path.Base(id)))}}
	if folder := path.Dir(name); folder != "." {
		files = append(files, [2]string{folder + "/index.md", "---\ntitle: \"" + titleFor(path.Base(folder)) + "\"\n---\n"})
	}
	return c.write(files)
}

// write creates files below the content folder, each a name and a text. The
// first must not be there yet; what goes with it may be.
func (c *command) write(files [][2]string) int {
	if err := os.MkdirAll(c.options.Content, 0o755); err != nil {
		return c.fail(err)
	}
	root, err := os.OpenRoot(c.options.Content)
	if err != nil {
		return c.fail(err)
	}
	defer root.Close()
	for i, file := range files {
		switch err := create(root, file[0], file[1]); {
		case errors.Is(err, fs.ErrExist) && i > 0:
			continue
		case errors.Is(err, fs.ErrExist):
			return c.fail(mistake("edit it, or choose another id", "%s/%s exists already", c.options.Content, file[0]))
		case err != nil:
			return c.fail(err)
		}
		fmt.Fprintf(c.stdout, "wrote %s/%s\n", c.options.Content, file[0])
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
	_, err = f.WriteString(text)
	return errors.Join(err, f.Close())
}

// titleFor makes words of an id: "haqqani-network" becomes "Haqqani network".
func titleFor(id string) string {
	words := strings.ReplaceAll(id, "-", " ")
	for i, r := range words {
		return string(unicode.ToUpper(r)) + words[i+len(string(r)):]
	}
	return words
}

// whole are the sets of pages that are made at once and take no id.
var whole = map[string][][2]string{
	"home": {
		{"index.md", `---
title: A new analysis
summary: What is analysed here, in one sentence.
---

What the text argues, in a few sentences.
`},
		{frontmatter.ConfigFile, "title: A new analysis\nlanguage: en\n"},
		{"search.md", "---\ntitle: Search\nsummary: Every page, name and claim, by any of its spellings.\nshows: search\nmenu: foot\n---\n"},
	},
	"claims": {
		{"claims/index.md", overview("Claims", "claims", "Every statement of weight, by kind and by section.")},
		{"claims/tensions.md", overview("Tensions", "tensions", "The claims that contradict each other, side by side.")},
		{"claims/forecasts.md", overview("Forecasts", "forecasts", "What was foreseen, and what came of it.")},
		{"claims/evidence.md", overview("Evidence", "evidence", "By event, every figure with who claims it.")},
		{"claims/who-says-what.md", overview("Who says what", "holders", "The claims by who holds them.")},
		{"claims/map.md", overview("Who is named with whom", "map", "The actors that claims join, two by two.")},
		{"claims/matrix.md", overview("Actors and issues", "matrix", "The actors against the issues, with the claims that join them.")},
		{"claims/chain.md", overview("Chain of argument", "chain", "How claims lead to one another.")},
	},
}

// overview is a page that gathers from the whole site.
func overview(title, shows, summary string) string {
	return "---\ntitle: " + title + "\nsummary: " + summary + "\nshows: " + shows + "\n---\n\n" + summary + "\n"
}

// starters are the pages to start from, behind their first line.
var starters = map[kind.Kind]string{
	kind.Section: `title: "TITLE"
summary: What this part of the text argues, in one sentence.
weight: 10
---

Who argues what, and where in the text.
`,
	kind.Actor: `title: "TITLE"
summary: Who this is, in one sentence.
type: agency # state, government, armed group, agency or person
---

Who this is, and what the text says of it.
`,
	kind.Place: `title: "TITLE"
summary: What and where this is, in one sentence.
type: region
---

What is said to have happened here.
`,
	kind.Event: `title: "TITLE"
summary: What happened, in one sentence.
precision: unknown # or day, month, year, with a line such as date: 2024-12-24
---

What happened, and by whose account.
`,
	kind.Concept: `title: "TITLE"
summary: What this means, in one sentence.
type: term # term, doctrine or issue
---

What the term means, and who uses it how.
`,
	kind.Source: `title: "TITLE"
summary: What this source is, in one sentence.
type: news report
---

What it reports, whose view it carries, and what it can be relied on for.
`,
	kind.Page: `title: "TITLE"
summary: What this page is about, in one sentence.
---

Write here.
`,
}
