package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/lint"
	"analysis/builder/internal/pipeline"
	"analysis/builder/internal/publish"
)

// check builds without publishing, compares copies of sources with the site, and prints
// the diagnostics.
func (c *command) check(args []string) error {
	strict := c.flags.Bool("strict", false, "warnings count as errors")
	format := c.flags.String("format", "text", "text or json")
	todo := c.flags.Bool("todo", false, "list what is still to be written about the sources")
	copies := copies{}
	c.flags.Func("source", "ID=FILE: verify a source against a copy", copies.set)
	if err := c.parse(args, 0); err != nil {
		return err
	}
	if *format != "text" && *format != "json" {
		return usageError("write -format text or -format json", "unknown format %q", *format)
	}
	if *todo && (*strict || c.given("format") || len(copies) > 0) {
		return usageError("run the command once with each", "-todo prints a list, and takes no -strict, -format or -source")
	}
	s, err := pipeline.New(c.options).Build(c.ctx, publish.Discard{})
	if err != nil {
		return err
	}
	if *todo && s.OK() {
		return c.todo(lint.Todo(s.Site))
	}
	results, found, err := c.verify(s, copies)
	if err != nil {
		return err
	}
	found = slices.Concat(s.Diagnostics, found, diag.In(c.options.Content, lint.EmptyFeed(s.Site)))
	diag.Sort(found)
	problems, warnings := diag.Count(found)
	if problems == 0 {
		results = append(results, fmt.Sprintf("%s, %s, %s", diag.Number(s.Pages, "page"), diag.Number(problems, "error"), diag.Number(warnings, "warning")))
	}
	if err := c.report(*format, found, results); err != nil {
		return err
	}
	if problems > 0 || *strict && warnings > 0 {
		return errDiagnostics
	}
	return nil
}

// todo prints the work list.
func (c *command) todo(tasks []lint.Task) error {
	for _, t := range tasks {
		fmt.Fprintf(c.stdout, "%s/%s: %s\n", c.options.Content, t.Position, t.Message)
	}
	fmt.Fprintln(c.stdout, lint.Summary(tasks))
	return nil
}

// report prints the diagnostics and, if format is text, the results.
func (c *command) report(format string, found []diag.Diagnostic, results []string) error {
	if format == "json" {
		e := json.NewEncoder(c.stdout)
		e.SetIndent("", "  ")
		e.SetEscapeHTML(false)
		return e.Encode(append([]diag.Diagnostic{}, found...)) // never nil, which would be null
	}
	c.print(found)
	for _, line := range results {
		fmt.Fprintln(c.stdout, line)
	}
	return nil
}

// copies holds the values of the flag -source: the file with a copy of a source, by the
// id of the source.
type copies map[string]string

func (c copies) set(value string) error {
	id, file, ok := strings.Cut(value, "=")
	if !ok || id == "" || file == "" {
		return fmt.Errorf("write the source's id, an equals sign and a file: column=column.txt")
	}
	if c[id] != "" {
		return fmt.Errorf("source %q is given twice", id)
	}
	c[id] = file
	return nil
}

// verify compares each copy with its source. results has one line for each.
func (c *command) verify(s *pipeline.Snapshot, copies copies) (results []string, found []diag.Diagnostic, err error) {
	sources := lint.Sources(s.Site)
	for _, id := range slices.Sorted(maps.Keys(copies)) {
		page := sources[id]
		if page == nil {
			hint := cmp.Or(diag.DidYouMean(id, maps.Keys(sources)), "name a page of the folder "+c.options.Content+"/sources")
			return nil, nil, usageError(hint, "no source %q", id)
		}
		text, err := os.ReadFile(copies[id])
		if err != nil {
			return nil, nil, err
		}
		same, differ := lint.Verify(page, text)
		found = append(found, diag.In(c.options.Content, differ)...)
		results = append(results, fmt.Sprintf("%s: %d of %s verified against %s", id, same, diag.Number(len(page.Doc.Front.Passages), "passage"), copies[id]))
	}
	return results, found, nil
}
