package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/pipeline"
	"analysis/builder/internal/publish"
	"analysis/builder/internal/rename"
	"analysis/builder/internal/scan"
	"analysis/builder/internal/site"
)

// expected is a file of the content folder that is not published, and that rename does not change.
const expected = ".expected.yaml"

// rename gives a page, a folder of pages or a claim another id. It writes nothing if the
// site has errors, or would have errors afterwards.
func (c *command) rename(args []string) error {
	if err := c.parseFlags(args); err != nil {
		return err
	}
	if err := c.wantArguments(2); err != nil {
		return err
	}
	folder := scan.Folder{Name: c.options.Content}
	if err := folder.Scan(); err != nil {
		return err
	}
	change, err := c.planRename(folder.Files, c.flags.Arg(0), c.flags.Arg(1))
	if err != nil {
		return err
	}
	if err := change.Write(c.options.Content); err != nil {
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
func (c *command) planRename(files []*scan.File, from, to string) (*rename.Change, error) {
	before, found, err := c.try(files)
	if err != nil || len(found) > 0 {
		return nil, c.refuse(err, found, "the site has errors")
	}
	change, found := rename.New(before.Site, files, from, to)
	if len(found) > 0 {
		return nil, c.refuse(nil, diag.In(c.options.Content, found), "")
	}
	after, found, err := c.try(change.Files)
	if err == nil && len(found) == 0 {
		found = diag.In(c.options.Content, change.Check(after.Site))
		for _, d := range errorsIn(after) { // of drafts
			known := func(o diag.Diagnostic) bool { return o.Message == d.Message }
			if !slices.ContainsFunc(before.Diagnostics, known) {
				found = append(found, d)
			}
		}
	}
	return change, c.refuse(err, found, "the site would have these errors")
}

// refuse prints why nothing is renamed, if there is an error or a diagnostic.
func (c *command) refuse(err error, found []diag.Diagnostic, why string) error {
	if err != nil || len(found) == 0 {
		return err
	}
	c.print(found)
	fmt.Fprintln(c.stderr, strings.TrimSuffix("nothing was renamed: "+why, ": "))
	return errDiagnostics
}

// try builds the site from files of the content folder, with drafts. It returns the errors
// that the site has without them.
func (c *command) try(files []*scan.File) (s *pipeline.Snapshot, found []diag.Diagnostic, err error) {
	o := c.options
	o.Files, o.Drafts = files, true
	if s, err = pipeline.New(o).Build(c.ctx, publish.Memory{}); err != nil {
		return nil, nil, err
	}
	draft := func(p *site.Page) bool { return p.Doc.Front.Draft }
	if !slices.ContainsFunc(s.Site.Pages, draft) {
		return s, errorsIn(s), nil
	}
	o.Drafts = false
	published, err := pipeline.New(o).Build(c.ctx, publish.Memory{})
	if err != nil {
		return nil, nil, err
	}
	return s, errorsIn(published), nil
}

func errorsIn(s *pipeline.Snapshot) []diag.Diagnostic {
	return slices.DeleteFunc(slices.Clone(s.Diagnostics), func(d diag.Diagnostic) bool { return d.Severity != diag.Error })
}
