package main

import (
	"fmt"
	"path"
	"strings"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/edition"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/pipeline"
	"analysis/builder/internal/publish"
	"analysis/builder/internal/site"
)

// edition writes an edition of a day, and says what is new in it.
func (c *command) edition(args []string) error {
	if err := c.parse(args, 1); err != nil {
		return err
	}
	day, ok := frontmatter.ParseDay(c.flags.Arg(0))
	if !ok {
		return usageError("write builder edition 2026-12-01", "%q is not a day", c.flags.Arg(0))
	}
	s, err := pipeline.New(c.options).Build(c.ctx, publish.Discard{})
	if err != nil {
		return err
	}
	if !s.OK() {
		c.printProblems(s.Diagnostics)
		return errDiagnostics
	}
	if s.History != nil && !day.After(s.History.Latest) {
		return usageError("an edition is never changed; choose a later day", "there is an edition of %s already", s.History.Latest)
	}
	name := path.Join(site.EditionFolder, string(day)+".json")
	e := edition.Of(s.Site.Claims, day)
	if err := c.create(name, string(e.Encode()), false); err != nil {
		return err
	}
	fmt.Fprintf(c.stdout, "%s, %s\n", diag.Number(len(e.Claims), "claim"), news(s.History))
	return nil
}

// news says what changed since the last edition.
func news(h *edition.History) string {
	switch {
	case h == nil:
		return "the first edition"
	case len(h.Steps) == 0 || h.Steps[0].Date != "":
		return fmt.Sprintf("the same as on %s", h.Latest)
	}
	count, line := map[string]int{}, fmt.Sprintf("since %s:", h.Latest)
	for _, change := range h.Steps[0].Changes {
		count[change.How]++
	}
	for _, how := range []string{"added", "changed", "renamed", "merged", "withdrawn", "replaced"} {
		if n := count[how]; n > 0 {
			line += fmt.Sprintf(" %d %s,", n, how)
		}
	}
	line = strings.TrimSuffix(line, ",")
	for _, change := range h.Steps[0].Changes {
		line += fmt.Sprintf("\n  %s %s", change.How, change.ID)
		for i, f := range change.Fields {
			if f.Before != nil || change.How == "changed" { // not why it ended
				line += map[bool]string{true: ": ", false: ", "}[i == 0] + f.Name
			}
		}
	}
	return line
}
