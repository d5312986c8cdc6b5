package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/pipeline"
	"analysis/builder/internal/publish"
	"analysis/builder/internal/rename"
	"analysis/builder/internal/scan"
)

// expected is a file of the content folder that is not published, and that rename does not change.
const expected = ".expected.yaml"

// rename gives a page, a folder of pages or a claim another id. It writes nothing if the
// site has errors, or would have errors afterwards.
func (c *command) rename(args []string) error {
	if err := c.parse(args, 2); err != nil {
		return err
	}
	change, err := c.planRename(c.flags.Arg(0), c.flags.Arg(1))
	if err == nil {
		err = change.Write(c.options.Content)
	}
	if err != nil {
		return err
	}
	if change.From != change.To {
		fmt.Fprintf(c.stdout, "%[1]s/%[2]s is now %[1]s/%[3]s\n", c.options.Content, change.From, change.To)
	}
	for _, line := range change.Log {
		fmt.Fprintln(c.stdout, c.options.Content+"/"+line)
	}
	if data, err := os.ReadFile(filepath.Join(c.options.Content, expected)); err == nil && bytes.Contains(data, []byte(c.flags.Arg(0))) {
		fmt.Fprintf(c.stdout, "%s/%s names %q and was left as it is\n", c.options.Content, expected, c.flags.Arg(0))
	}
	return nil
}

// planRename plans a rename, and builds the site before and after it in memory.
func (c *command) planRename(from, to string) (*rename.Change, error) {
	folder := scan.Folder{Name: c.options.Content}
	if err := folder.Scan(); err != nil {
		return nil, err
	}
	c.options.Files = folder.Files
	if err := c.mustBuild("nothing was renamed: the site has errors"); err != nil {
		return nil, err
	}
	c.options.Drafts = true // their links change too, and they may have errors
	s, err := pipeline.New(c.options).Build(c.ctx, publish.Memory{})
	if err != nil {
		return nil, err
	}
	change, found := rename.New(s.Site, folder.Files, from, to)
	if len(found) > 0 {
		return nil, c.refuse(diag.In(c.options.Content, found), "nothing was renamed")
	}
	c.options.Drafts, c.options.Files = false, change.Files
	return change, c.mustBuild("nothing was renamed: the site would have these errors")
}

// mustBuild builds the site in memory. If it has errors, it prints them and why nothing is renamed.
func (c *command) mustBuild(why string) error {
	s, err := pipeline.New(c.options).Build(c.ctx, publish.Memory{})
	if err != nil || s.OK() {
		return err
	}
	return c.refuse(slices.DeleteFunc(s.Diagnostics, func(d diag.Diagnostic) bool { return d.Severity != diag.Error }), why)
}

func (c *command) refuse(found []diag.Diagnostic, why string) error {
	c.print(found)
	fmt.Fprintln(c.stderr, why)
	return errDiagnostics
}
