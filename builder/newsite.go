package main

import (
	"cmp"
	"embed"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/scan"
)

// example is a small analysis that shows what a site can have.
//
//go:embed testdata/small/content
var example embed.FS

// workflow publishes a new site on GitHub Pages.
const workflow = ".github/workflows/pages.yml"

// beside are the files of a new site that are no pages, by what they are called there.
var beside = map[string]string{".gitignore": "starters/site/gitignore", workflow: "starters/site/pages.yml"}

// newSite writes a whole site into a folder: its pages, or those of the example, and what
// a Git host needs to publish it.
func (c *command) newSite(dir string, withExample bool) error {
	files := map[string]string{}
	for name, from := range beside {
		files[name] = strings.Replace(starterText(from), "REVISION", cmp.Or(revision(), "REVISION"), 1)
	}
	if withExample {
		pages, err := fs.Sub(example, "testdata/small/content")
		if err != nil {
			return err
		}
		for _, f := range scan.Embedded(pages) {
			// Its days of change are those of another history than that of the new site.
			files[path.Join("content", f.Name)] = strings.ReplaceAll(string(f.Data), "\nupdated: ", "\n# updated: ")
		}
	} else {
		for _, name := range slices.Concat(sets["home"], sets["claims"]) {
			files[path.Join("content", name)] = starterText("starters/" + name)
		}
	}
	names := slices.Sorted(maps.Keys(files))
	for _, name := range names {
		if _, err := os.Lstat(filepath.Join(dir, name)); err == nil && beside[name] == "" {
			return usageError("name another folder; builder new home and the like write what a site lacks", "%s exists already", path.Join(dir, name))
		}
	}
	n, publishes := 0, false
	for _, name := range names {
		written, err := create(dir, name, files[name])
		if err != nil {
			return err
		}
		if written {
			n++
			publishes = publishes || name == workflow
		}
	}
	next := "builder serve"
	if path.Clean(dir) != "." {
		next = "cd " + dir + " && " + next
	}
	fmt.Fprintf(c.stdout, "wrote %s; `%s` shows the site\n", diag.Number(n, "file"), next)
	if publishes {
		fmt.Fprintf(c.stdout, "before you publish it on GitHub, write into %s where the builder is fetched from\n", workflow)
	}
	return nil
}

// starterText returns the text of a starter that is there.
func starterText(name string) string {
	text, err := starters.ReadFile(name)
	if err != nil {
		panic(err) // a part of the program cannot be missing
	}
	return dated(string(text))
}

// dated writes the date into a starter.
func dated(text string) string {
	return strings.ReplaceAll(text, ": TODAY\n", ": "+time.Now().Format(time.DateOnly)+"\n")
}
