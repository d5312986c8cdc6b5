// Command builder makes a website of an analysis written in Markdown, and
// previews it while it is edited.
//
// A file is scanned (pipeline), parsed (content), placed (site), rendered (layout)
// and published (publish); devserver previews the result. This package reads the
// command line, calls those packages, and prints.
//
// Results go to standard output, diagnostics to standard error. The exit
// status is 0 if all is well, 1 if the content has errors, 2 if the command was
// misused or the environment failed.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"time"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/paths"
	"analysis/builder/internal/pipeline"
	"analysis/builder/internal/publish"
)

const usage = `builder makes a website of an analysis written in Markdown.

Usage: builder COMMAND [FLAG ...]

  build    build the site into a folder
             -out DIR        that folder (default public)
             -base-url URL   address it will have, for sitemap, feed and canonical links
             -drafts         publish drafts as well
             -portable       name index.html in links, so that the site opens from disk
             -single FILE    write one HTML file that holds the whole site, and nothing else
             builder build -out public -base-url https://example.org/analysis/
             builder build -single analysis.html

  serve    preview the site and rebuild it whenever a file is saved
             -addr HOST:PORT where to listen (default 127.0.0.1:8080)
             -poll DURATION  look for changes that often, where the system reports none
             -explain        say after each build which pages were rendered, and why
             -drafts         show drafts as well
             builder serve -addr 127.0.0.1:8081 -poll 1s

  check    report what does not hold, and publish nothing
             -strict         warnings count as errors
             -format FORMAT  text or json (default text)
             -source ID=FILE verify the passages of a source against a copy of its
                             text, one paragraph a line; may be given several times
             builder check -strict -source column=column.txt

  new      write a page to start from: new KIND ID
             KIND is section, actor, place, event, concept, source, or page; home
             and claims take no ID and write all the pages that they need
             builder new actor haqqani-network
             builder new page about/method

All take -content DIR, -layouts DIR and -static DIR, the folders to build from
(default content, layouts and static).
`

// Exit statuses.
const (
	exitOK          = 0
	exitDiagnostics = 1
	exitUsage       = 2 // or the environment
)

// gcPercent is how far the heap may grow between two collections, in percent of
// what is in use. A build is short and allocates much, so collecting more seldom
// than Go does by itself, at 100, saves time for memory.
const gcPercent = 400

func main() {
	if os.Getenv("GOGC") == "" && os.Getenv("GOMEMLIMIT") == "" { // which win
		debug.SetGCPercent(gcPercent)
	}
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

func run(args []string, stdout, stderr io.Writer) int {
	commands := map[string]func(*command, []string) int{
		"build": (*command).build, "serve": (*command).serve, "check": (*command).check, "new": (*command).new,
	}
	if len(args) == 0 {
		fmt.Fprint(stderr, usage)
		return exitUsage
	}
	if slices.Contains([]string{"help", "-h", "-help", "--help"}, args[0]) {
		fmt.Fprint(stdout, usage)
		return exitOK
	}
	c := &command{stdout: stdout, stderr: stderr, flags: flag.NewFlagSet("builder "+args[0], flag.ContinueOnError)}
	do, ok := commands[args[0]]
	if !ok {
		return c.fail(mistake("run builder help", "unknown command %q", args[0]))
	}
	c.flags.SetOutput(stderr)
	c.flags.Usage = func() { fmt.Fprint(stderr, usage) }
	c.flags.StringVar(&c.options.Content, "content", "content", "folder of the Markdown files")
	c.flags.StringVar(&c.options.Layouts, "layouts", "layouts", "folder of the layouts")
	c.flags.StringVar(&c.options.Static, "static", "static", "folder of style sheets, scripts and images")
	return do(c, args[1:])
}

// command is what the commands share.
type command struct {
	stdout, stderr io.Writer
	flags          *flag.FlagSet
	options        pipeline.Options
}

// parse reads the flags and checks that want arguments follow them. If ok is
// false the command is over, with that exit status.
func (c *command) parse(args []string, want int) (status int, ok bool) {
	switch err := c.flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return exitOK, false
	case err != nil:
		return exitUsage, false
	case c.flags.NArg() != want:
		return c.fail(mistake("run builder help", "%s takes %d arguments besides its flags, not %d: %q",
			c.flags.Name(), want, c.flags.NArg(), c.flags.Args())), false
	}
	for _, folder := range c.folders() {
		*folder = filepath.ToSlash(filepath.Clean(*folder))
	}
	return exitOK, true
}

// folders are those that are read.
func (c *command) folders() []*string {
	return []*string{&c.options.Content, &c.options.Layouts, &c.options.Static}
}

// given reports whether a flag is on the command line.
func (c *command) given(name string) (found bool) {
	c.flags.Visit(func(f *flag.Flag) { found = found || f.Name == name })
	return found
}

// fail reports an error of the environment or the command line.
func (c *command) fail(err error) int {
	fmt.Fprintf(c.stderr, "builder: %s\n", diag.Describe(err))
	return exitUsage
}

// mistake is an error of the command line, with what to write instead.
func mistake(hint, format string, args ...any) error {
	return diag.WithHint(fmt.Errorf(format, args...), hint)
}

func (c *command) print(list []diag.Diagnostic) {
	for _, d := range list {
		fmt.Fprintln(c.stderr, d)
	}
}

func (c *command) printJSON(list []diag.Diagnostic) error {
	e := json.NewEncoder(c.stdout)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(append([]diag.Diagnostic{}, list...)) // an empty list is no null
}

func (c *command) build(args []string) int {
	start := time.Now()
	var out, baseURL, single string
	c.flags.StringVar(&out, "out", "public", "folder to build into")
	c.flags.StringVar(&baseURL, "base-url", "", "address the site will have")
	c.flags.BoolVar(&c.options.Drafts, "drafts", false, "publish drafts as well")
	c.flags.BoolVar(&c.options.Portable, "portable", false, "name index.html in links")
	c.flags.StringVar(&single, "single", "", "write one HTML file and nothing else")
	if status, ok := c.parse(args, 0); !ok {
		return status
	}
	if baseURL != "" {
		var ok bool
		if c.options.BaseURL, ok = frontmatter.CleanBaseURL(baseURL); !ok {
			return c.fail(mistake("write scheme, host and folder: https://example.org/analysis/", "%q is no base URL", baseURL))
		}
	}
	if c.given("single") {
		c.options.Single, out = true, single
	}
	if err := c.checkOutput(out); err != nil {
		return c.fail(err)
	}
	s, err := c.publish(out)
	if err != nil {
		return c.fail(err)
	}
	c.print(slices.DeleteFunc(s.Diagnostics, func(d diag.Diagnostic) bool { return d.Severity == diag.Note })) // check shows them
	if !s.OK() {
		return exitDiagnostics
	}
	fmt.Fprintln(c.stdout, s.Summary(time.Since(start)))
	return exitOK
}

// publish builds, and writes what comes out if it has no errors.
func (c *command) publish(out string) (s *pipeline.Snapshot, err error) {
	if c.options.Single {
		if s, err = pipeline.New(c.options).Build(publish.Memory{}); err == nil && s.OK() {
			err = publish.WriteFile(out, s.Files[pipeline.SingleName].Data)
		}
		return s, err
	}
	folder, err := publish.Open(out)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, folder.Close()) }()
	if s, err = pipeline.New(c.options).Build(folder); err == nil && s.OK() {
		err = folder.Publish(s.Files)
	}
	return s, err
}

// checkOutput makes sure that what is written and the folders that are read do
// not overlap, and that a single file can be one.
func (c *command) checkOutput(out string) error {
	if c.options.Single {
		if err := c.checkFile(out); err != nil {
			return err
		}
	}
	to, err := filepath.Abs(out)
	if err != nil {
		return err
	}
	for _, folder := range c.folders() {
		from, err := filepath.Abs(*folder)
		switch {
		case err != nil:
			return err
		case !paths.Inside(from, to) && !paths.Inside(to, from):
		case c.options.Single:
			return mistake("name another place with -single", "the file %q would lie in the folder %q, which is read", out, *folder)
		default:
			return mistake("name another folder with -out", "the output folder %q and the folder %q overlap", out, *folder)
		}
	}
	return nil
}

// checkFile makes sure that a file may be written as the only one.
func (c *command) checkFile(file string) error {
	for _, other := range []string{"portable", "out"} {
		if c.given(other) {
			return mistake("run the command once with each", "-single writes one file and no folder, and takes no -%s", other)
		}
	}
	if ext := filepath.Ext(file); ext != ".html" && ext != ".htm" {
		return mistake("write -single analysis.html", "%q is no name for a web page", file)
	}
	if info, err := os.Stat(file); err == nil && info.IsDir() {
		return mistake("name a file in it: -single "+filepath.ToSlash(filepath.Join(file, "analysis.html")), "%q is a folder", file)
	}
	return nil
}

func (c *command) check(args []string) int {
	var strict bool
	var format string
	c.flags.BoolVar(&strict, "strict", false, "warnings count as errors")
	c.flags.StringVar(&format, "format", "text", "text or json")
	copies := copies{}
	c.flags.Func("source", "ID=FILE: verify a source against a copy", copies.set)
	if status, ok := c.parse(args, 0); !ok {
		return status
	}
	if format != "text" && format != "json" {
		return c.fail(mistake("write -format text or -format json", "unknown format %q", format))
	}
	s, err := pipeline.New(c.options).Build(publish.Memory{})
	if err != nil {
		return c.fail(err)
	}
	results, found, err := c.verify(s, copies)
	if err != nil {
		return c.fail(err)
	}
	s.Diagnostics = append(s.Diagnostics, found...)
	diag.Sort(s.Diagnostics)
	problems, warnings := diag.Count(s.Diagnostics)
	if format == "json" {
		if err := c.printJSON(s.Diagnostics); err != nil {
			return c.fail(err)
		}
	} else {
		c.print(s.Diagnostics)
		for _, line := range results {
			fmt.Fprintln(c.stdout, line)
		}
		if problems == 0 {
			fmt.Fprintf(c.stdout, "%s, %s, %s\n", diag.Number(s.Pages, "page"), diag.Number(problems, "error"), diag.Number(warnings, "warning"))
		}
	}
	if problems > 0 || strict && warnings > 0 {
		return exitDiagnostics
	}
	return exitOK
}
