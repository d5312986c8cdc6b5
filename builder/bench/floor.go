package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
)

// floorCommand is the first argument with which this program is the floor.
const floorCommand = "floor"

// floor makes a file of every Markdown file below in.
func floor(in, out string) error {
	byFolder := map[string][]string{}
	var names []string
	err := filepath.WalkDir(in, func(path string, e fs.DirEntry, err error) error {
		if err == nil && filepath.Ext(path) == ".md" {
			names = append(names, path)
			byFolder[filepath.Dir(path)] = append(byFolder[filepath.Dir(path)], path)
		}
		return err
	})
	if err != nil {
		return err
	}
	f := &flooring{in: in, out: out, navs: navs(byFolder), markdown: goldmark.New(
		goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.Footnote),
	)}
	return f.all(names)
}

type flooring struct {
	in, out  string
	navs     map[string]string // by folder
	markdown goldmark.Markdown
}

// navs makes the navigation of each folder, once.
func navs(byFolder map[string][]string) map[string]string {
	all := map[string]string{}
	for folder, names := range byFolder {
		var b strings.Builder
		for _, name := range names {
			id := strings.TrimSuffix(filepath.Base(name), ".md")
			fmt.Fprintf(&b, "<li><a href=\"../%s/\">%s</a></li>\n", id, id)
		}
		all[folder] = b.String()
	}
	return all
}

// all makes the pages on all processors.
func (f *flooring) all(names []string) error {
	var next atomic.Int64
	var group sync.WaitGroup
	failed := make([]error, runtime.GOMAXPROCS(0))
	for w := range failed {
		group.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(names) && failed[w] == nil; i = int(next.Add(1)) - 1 {
				failed[w] = f.page(names[i])
			}
		})
	}
	group.Wait()
	for _, err := range failed {
		if err != nil {
			return err
		}
	}
	return nil
}

func (f *flooring) page(name string) error {
	src, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	_, rest, _ := bytes.Cut(src, []byte("---\n"))
	front, body, _ := bytes.Cut(rest, []byte("---\n"))
	_, title, _ := strings.Cut(string(front), "title: ")
	title, _, _ = strings.Cut(title, "\n")

	var b bytes.Buffer
	b.WriteString("<!doctype html>\n<title>" + title + "</title>\n<ul>\n" + f.navs[filepath.Dir(name)] + "</ul>\n<h1>" + title + "</h1>\n")
	if err := f.markdown.Convert(body, &b); err != nil {
		return err
	}
	rel, err := filepath.Rel(f.in, strings.TrimSuffix(name, ".md"))
	if err != nil {
		return err
	}
	to := filepath.Join(f.out, rel)
	if err := os.MkdirAll(to, 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(to, "index.html"), b.Bytes(), 0o644)
}
