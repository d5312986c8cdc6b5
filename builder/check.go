package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"analysis/builder/internal/audit"
	"analysis/builder/internal/diag"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/gitlog"
	"analysis/builder/internal/linkcheck"
	"analysis/builder/internal/lint"
	"analysis/builder/internal/pipeline"
	"analysis/builder/internal/publish"
	"analysis/builder/internal/scan"
	"analysis/builder/internal/site"
)

// check builds without publishing, compares copies of sources with the site, and prints
// the diagnostics.
func (c *command) check(args []string) error {
	strict := c.flags.Bool("strict", false, "warnings count as errors")
	format := c.flags.String("format", "text", "text, json or github")
	day := c.flags.String("today", "", "a day: warn of open forecasts whose horizon is past on it")
	todo := c.flags.Bool("todo", false, "list what is still to be written")
	copies := copies{}
	c.flags.Func("source", "ID=FILE: hold the record of a source against a copy", copies.set)
	run := c.flags.Int("copying", 7, "words in a row that no file may share with a copy")
	askLinks := c.links()
	record := c.flags.Bool("record", false, "keep the result beside the page of each source")
	if err := c.parse(args, 0); err != nil {
		return err
	}
	today, ok := frontmatter.ParseDay(*day)
	if !ok && *day != "" {
		return usageError("write a day: -today 2025-06-30", "%q is no day", *day)
	}
	if !slices.Contains([]string{"text", "json", "github"}, *format) {
		return usageError("write -format text, -format json or -format github", "unknown format %q", *format)
	}
	if *todo && (*strict || *record || c.given("links") || c.given("format") || len(copies) > 0 || today != "") {
		return usageError("run the command once with each", "-todo prints a list, and takes no -strict, -format, -source, -record, -today or -links")
	}
	for _, f := range [][2]string{{"links-file", "links"}, {"links-days", "links"}, {"links-pause", "links"}, {"links-local", "links"}, {"copying", "source"}, {"record", "source"}} {
		if c.given(f[0]) && !c.given(f[1]) {
			return usageError("give -"+f[1]+" too, or leave it out", "-%s has no effect without -%s", f[0], f[1])
		}
	}
	s, err := pipeline.New(c.options).Build(c.ctx, publish.Discard{})
	if err != nil {
		return err
	}
	if *todo && s.OK() {
		return c.todo(s.Site)
	}
	results, found, err := c.audit(s, copies, max(1, *run), *record)
	if err != nil {
		return err
	}
	asked, broken, err := askLinks(s)
	if err != nil {
		return err
	}
	results = append(results, asked...)
	found = slices.Concat(s.Diagnostics, found, broken)
	if s.OK() { // of a claim with an error, some is not known
		found = append(found, diag.In(c.options.Content, slices.Concat(lint.Due(s.Site, today), lint.NoReport(s.Site), gitlog.Check(c.ctx, c.options.Content, s.Site)))...)
	}
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

// links defines the flags of -links. It returns a function that asks the addresses of other sites,
// if the flag is set, and keeps the answers in a file.
func (c *command) links() func(*pipeline.Snapshot) (results []string, found []diag.Diagnostic, err error) {
	asker := &linkcheck.Checker{Today: time.Now(), Timeout: 20 * time.Second}
	links := c.flags.Bool("links", false, "ask the addresses of other sites whether they still answer")
	file := c.flags.String("links-file", ".links.json", "where their answers are kept")
	c.flags.IntVar(&asker.Days, "links-days", 30, "days for which an answer is kept")
	c.flags.DurationVar(&asker.Pause, "links-pause", time.Second, "after each request")
	c.flags.BoolVar(&asker.Local, "links-local", false, "also ask this machine and private networks")
	return func(s *pipeline.Snapshot) (results []string, found []diag.Diagnostic, err error) {
		if !*links || !s.OK() {
			return nil, nil, nil
		}
		known := map[string]linkcheck.Answer{}
		data, err := os.ReadFile(*file)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, nil, err
		}
		if err == nil && json.Unmarshal(data, &known) != nil {
			return nil, nil, usageError("if it is damaged, delete it: the addresses are asked again", "%s holds no answers of addresses", *file)
		}
		asker.Agent = "analysis-builder (check -links; +" + s.Site.Config.BaseURL + ")"
		asker.Progress = func(asked, all int) { c.options.Progress.Show("asked", asked, all, "addresses") }
		kept, found, all, asked := asker.Check(c.ctx, s.Site, known)
		c.options.Progress.End()
		data, err = json.MarshalIndent(kept, "", " ")
		if err = cmp.Or(err, publish.WriteFile(*file, append(data, '\n'))); err == nil && c.ctx.Err() != nil {
			err = fmt.Errorf("stopped; %s keeps the answers so far", *file)
		}
		return []string{fmt.Sprintf("%s of other sites, %d asked now; %s keeps their answers", diag.Plural(all, "address", "addresses"), asked, *file)}, diag.In(c.options.Content, found), err
	}
}

// todo prints the work list: what is to be written about the sources, and the pages whose
// summary is still the one that they were begun with.
func (c *command) todo(s *site.Site) error {
	tasks, begun, left := lint.Todo(s), begunWith(), 0
	for _, t := range tasks {
		fmt.Fprintf(c.stdout, "%s/%s: %s\n", c.options.Content, t.Position, t.Message)
	}
	for _, p := range s.Pages {
		if begun[p.Summary] {
			fmt.Fprintf(c.stdout, "%s/%s: the summary is still to be written\n", c.options.Content, p.Doc.Path)
			left++
		}
	}
	if left > 0 {
		fmt.Fprintf(c.stdout, "%s to do\n", diag.Plural(left, "summary", "summaries"))
	}
	if left == 0 || len(tasks) > 0 {
		fmt.Fprintln(c.stdout, lint.Summary(tasks))
	}
	return nil
}

// report prints the diagnostics and, unless format is json, the results.
func (c *command) report(format string, found []diag.Diagnostic, results []string) error {
	if format == "json" {
		e := json.NewEncoder(c.stdout)
		e.SetIndent("", "  ")
		e.SetEscapeHTML(false)
		return e.Encode(append([]diag.Diagnostic{}, found...)) // never nil, which would be null
	}
	if format == "github" {
		for _, d := range found {
			fmt.Fprintln(c.stdout, d.Annotation(inRepository(d.File)))
		}
	} else {
		c.print(found)
	}
	for _, line := range results {
		fmt.Fprintln(c.stdout, line)
	}
	return nil
}

// inRepository returns the path of a file from the top of the repository that a workflow has checked
// out, with slashes. Outside a workflow, that is the working folder.
func inRepository(file string) string {
	full, err := filepath.Abs(file)
	top, e := filepath.Abs(os.Getenv("GITHUB_WORKSPACE")) // "" is the working folder
	if name, outside := filepath.Rel(top, full); errors.Join(err, e, outside) == nil {
		return filepath.ToSlash(name)
	}
	return file
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

// readText reads the text of a source.
func readText(file string) ([]byte, error) {
	text, err := os.ReadFile(file)
	if err == nil && !utf8.Valid(text) {
		err = usageError("save it as plain text in UTF-8", "%s is not text in UTF-8", file)
	}
	return text, err
}

// audit holds the record against each copy. results has one line for each.
func (c *command) audit(s *pipeline.Snapshot, files copies, run int, record bool) (results []string, found []diag.Diagnostic, err error) {
	if len(files) == 0 {
		return audit.Unchecked(s.Site), nil, nil
	}
	var copies []audit.Copy
	sources := audit.Sources(s.Site)
	for _, id := range slices.Sorted(maps.Keys(files)) {
		page := sources[id]
		if page == nil {
			hint := cmp.Or(diag.DidYouMean(id, maps.Keys(sources)), "name a page of the folder "+c.options.Content+"/sources")
			return nil, nil, usageError(hint, "no source %q", id)
		}
		text, err := readText(files[id])
		if err != nil {
			return nil, nil, err
		}
		copies = append(copies, audit.Copy{Page: page, File: files[id], Text: text})
	}
	verified, found := audit.Check(s.Site, copies)
	for _, r := range verified {
		results = append(results, r.String())
		if !record {
			continue
		}
		if err := c.keep(audit.NameOf(r.Copy.Page), r.Record(s.Site)); err != nil {
			return nil, nil, err
		}
		results = append(results, "wrote "+path.Join(c.options.Content, audit.NameOf(r.Copy.Page)))
	}
	copied, err := c.copied(copies, run)
	return results, append(diag.In(c.options.Content, found), copied...), err
}

// keep writes a file below the content folder, and nowhere else.
func (c *command) keep(name string, data []byte) error {
	root, err := os.OpenRoot(c.options.Content)
	if err != nil {
		return err
	}
	defer root.Close()
	return root.WriteFile(name, data, 0o644)
}

// copied finds what the files of the project share with the copies.
func (c *command) copied(copies []audit.Copy, run int) (found []diag.Diagnostic, err error) {
	for _, name := range []string{c.options.Content, c.options.Layouts} {
		folder := scan.Folder{Name: name}
		err := folder.Scan()
		if name == c.options.Layouts && errors.Is(err, fs.ErrNotExist) {
			continue // the site is built with those of the program
		}
		if err != nil {
			return nil, err
		}
		found = append(found, diag.In(name, audit.Copied(copies, folder.Files, run))...)
	}
	return found, nil
}
