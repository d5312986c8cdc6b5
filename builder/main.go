// Command builder makes a website of an analysis written in Markdown, and
// previews it while it is edited.
//
// A file's journey: it is scanned (build), parsed (content), placed (site),
// rendered (layout) and published (build), with asset, lint and export beside it
// and devserver as the window. Findings are diag's. This package only reads the
// command line, calls those rooms, and prints.
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
	"time"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/frontmatter"
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

func main() {
	room := int64(400 << 20)
	if len(os.Args) > 1 && os.Args[1] == "serve" { // which stays
		room = 128 << 20
	}
	roomy(room, os.Getenv)
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
	if args[0] == "help" || args[0] == "-h" || args[0] == "-help" || args[0] == "--help" {
		fmt.Fprint(stdout, usage)
		return exitOK
	}
	do, ok := commands[args[0]]
	if !ok {
		fmt.Fprintf(stderr, "builder: unknown command %q\n  hint: run builder help\n", args[0])
		return exitUsage
	}
	c := &command{stdout: stdout, stderr: stderr, flags: flag.NewFlagSet("builder "+args[0], flag.ContinueOnError)}
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
		fmt.Fprintf(c.stderr, "builder: %s takes %d arguments besides its flags, not %d: %q\n  hint: run builder help\n",
			c.flags.Name(), want, c.flags.NArg(), c.flags.Args())
		return exitUsage, false
	}
	c.options.Content = filepath.ToSlash(filepath.Clean(c.options.Content))
	c.options.Layouts = filepath.ToSlash(filepath.Clean(c.options.Layouts))
	c.options.Static = filepath.ToSlash(filepath.Clean(c.options.Static))
	return exitOK, true
}

// fail reports that the environment or the command line does not allow it.
func (c *command) fail(err error) int {
	fmt.Fprintf(c.stderr, "builder: %v\n", err)
	return exitUsage
}

func (c *command) print(list []diag.Diagnostic) {
	for _, d := range list {
		fmt.Fprintln(c.stderr, d)
	}
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
			return c.fail(fmt.Errorf("%q is no base URL\n  hint: write scheme, host and folder: https://example.org/analysis/", baseURL))
		}
	}
	place := c.apart
	c.flags.Visit(func(f *flag.Flag) {
		if f.Name == "single" {
			c.options.Single, out, place = true, single, c.alone
		}
	})
	if err := place(out); err != nil {
		return c.fail(err)
	}
	s, err := c.publish(out)
	if err != nil {
		return c.fail(err)
	}
	c.print(s.Diagnostics)
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

// apart makes sure that the output folder is none of those that are read, nor
// lies inside or around one.
func (c *command) apart(out string) error {
	to, err := filepath.Abs(out)
	if err != nil {
		return err
	}
	for _, folder := range []string{c.options.Content, c.options.Layouts, c.options.Static} {
		from, err := filepath.Abs(folder)
		if err != nil {
			return err
		}
		if inside(from, to) || inside(to, from) {
			return fmt.Errorf("the output folder %q and the folder %q overlap\n  hint: name another folder with -out", out, folder)
		}
	}
	return nil
}

// alone makes sure that a file may be written which is the only one: it lies in
// none of the folders that are read, and is no folder itself.
func (c *command) alone(file string) error {
	var other string
	c.flags.Visit(func(f *flag.Flag) {
		if f.Name == "out" || f.Name == "portable" {
			other = f.Name
		}
	})
	if other != "" {
		return fmt.Errorf("-single writes one file and no folder, and takes no -%s\n  hint: run the command once with each", other)
	}
	if ext := filepath.Ext(file); ext != ".html" && ext != ".htm" {
		return fmt.Errorf("%q is no name for a web page\n  hint: write -single analysis.html", file)
	}
	if info, err := os.Stat(file); err == nil && info.IsDir() {
		return fmt.Errorf("%q is a folder\n  hint: name a file in it: -single %s", file, filepath.ToSlash(filepath.Join(file, "analysis.html")))
	}
	to, err := filepath.Abs(file)
	if err != nil {
		return err
	}
	for _, folder := range []string{c.options.Content, c.options.Layouts, c.options.Static} {
		from, err := filepath.Abs(folder)
		if err != nil {
			return err
		}
		if inside(from, to) {
			return fmt.Errorf("the file %q would lie in the folder %q, which is read\n  hint: name another place with -single", file, folder)
		}
	}
	return nil
}

func inside(parent, child string) bool {
	rel, err := filepath.Rel(parent, child)
	return err == nil && filepath.IsLocal(rel)
}

func (c *command) check(args []string) int {
	var strict bool
	var format string
	c.flags.BoolVar(&strict, "strict", false, "warnings count as errors")
	c.flags.StringVar(&format, "format", "text", "text or json")
	var copies copies
	c.flags.Var(&copies, "source", "ID=FILE: verify a source against a copy")
	if status, ok := c.parse(args, 0); !ok {
		return status
	}
	if format != "text" && format != "json" {
		return c.fail(fmt.Errorf("unknown format %q\n  hint: write -format text or -format json", format))
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
		e := json.NewEncoder(c.stdout)
		e.SetIndent("", "  ")
		e.SetEscapeHTML(false)
		if err := e.Encode(append([]diag.Diagnostic{}, s.Diagnostics...)); err != nil {
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
