package main

import (
	"errors"
	"fmt"
	"maps"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/gitlog"
	"analysis/builder/internal/pipeline"
	"analysis/builder/internal/publish"
	"analysis/builder/internal/verify"
)

// withRecord returns the files of a site and its build.json.
func (c *command) withRecord(files map[string]*publish.File, revision string) map[string]*publish.File {
	o, all := c.options, maps.Clone(files)
	r := verify.Record{Builder: versionLine(), Revision: revision, Files: verify.List(files),
		Flags: verify.Flags{BaseURL: o.BaseURL, Drafts: o.Drafts, Portable: o.Portable, Edition: o.Edition}}
	all[verify.Name] = publish.NewFile(r.Encode())
	return all
}

// verify builds with the flags of a published copy, and says whether the copy is what the
// build makes, file by file.
func (c *command) verify(args []string) (err error) {
	defer func() {
		if err != nil && c.ctx.Err() != nil {
			err = errors.New("stopped before the copy was compared")
		}
	}()
	if err := c.parse(args, 1); err != nil {
		return err
	}
	at := c.flags.Arg(0)
	published, closeCopy, err := verify.Open(at)
	if err != nil {
		return err
	}
	defer closeCopy() // it was only read
	r, raw, err := verify.Read(c.ctx, published)
	if err != nil {
		return err
	}
	o := &c.options
	o.BaseURL, o.Drafts, o.Portable, o.Edition = r.Flags.BaseURL, r.Flags.Drafts, r.Flags.Portable, r.Flags.Edition
	s, err := pipeline.New(*o).Build(c.ctx, publish.Sums{})
	if err != nil {
		return err
	}
	if !s.OK() {
		c.printProblems(s.Diagnostics)
		return errDiagnostics
	}
	result, err := verify.Compare(c.ctx, published, r, raw, s.Files)
	if err != nil {
		return err
	}
	for _, line := range result.Lines {
		fmt.Fprintln(c.stdout, line)
	}
	fmt.Fprintf(c.stdout, "%s (%s)\n", result, r)
	c.print(c.notes(at, r, result))
	switch failed := result.Counts[verify.Failed]; {
	case result.Differs():
		return errDiagnostics
	case failed > 0:
		return diag.WithHint(fmt.Errorf("%s of the copy could not be read, so it is not verified", diag.Number(failed, "file")), "try again later")
	}
	return nil
}

// notes say why the copy may differ although nobody changed it, or who may have done so.
func (c *command) notes(at string, r *verify.Record, result *verify.Result) (notes []diag.Diagnostic) {
	note := func(hint, format string, args ...any) {
		notes = append(notes, diag.Notef(diag.Position{File: at}, format, args...).WithHint("%s", hint))
	}
	if result.Since {
		note("some hosts add scripts to pages, shorten them or rewrite addresses; switch that off, or publish again", "files were changed after they were built")
	}
	if mine := versionLine(); r.Builder != mine {
		note("another builder may make other bytes; use the same one", "this is %s, and the site was built by %s", mine, r.Builder)
	}
	if r.Revision == "" {
		note("publishers name it: builder build -revision $(git rev-parse HEAD)", "%s names no revision, so it is compared with the files that are here", verify.Name)
		return notes
	}
	for _, folder := range []string{c.options.Content, c.options.Layouts, c.options.Static} {
		files, known := gitlog.Differs(c.ctx, folder, r.Revision)
		if !known {
			note("run git fetch --tags, then git checkout "+r.Revision, "git does not know the revision %s here", r.Revision)
			return notes
		}
		for _, name := range files[:min(len(files), 10)] {
			notes = append(notes, diag.Notef(diag.Position{File: folder + "/" + name}, "this file is not as in the revision %s", r.Revision))
		}
		if more := len(files) - 10; more > 0 {
			note("run git status", "%s of %s more are not as in the revision %s", diag.Number(more, "file"), folder, r.Revision)
		}
	}
	return notes
}
