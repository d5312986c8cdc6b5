package main

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"path/filepath"
	"slices"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/scan"
	"analysis/layouts"
	"analysis/static"
)

// defaults returns the files of the program that a site may have its own of, by name.
func defaults() map[string]string {
	all := map[string]string{}
	for folder, files := range map[string]fs.FS{"layouts": layouts.Files, "static": static.Files} {
		for _, f := range scan.Embedded(files) {
			all[path.Join(folder, f.Name)] = string(f.Data)
		}
	}
	return all
}

// layouts writes the layouts and static files of the program into a folder, or those that
// are named. What is there already stays.
func (c *command) layouts(args []string) error {
	if err := c.parseFlags(args); err != nil {
		return err
	}
	all := defaults()
	names := slices.Sorted(maps.Keys(all))
	if c.flags.NArg() == 0 {
		return usageError("write builder layouts DIR, or builder layouts DIR layouts/partials/nav.html", "layouts takes the folder to write into")
	}
	dir := c.flags.Arg(0)
	if c.flags.NArg() > 1 {
		names = c.flags.Args()[1:]
	}
	for _, name := range names {
		if _, known := all[name]; !known {
			return usageError(diag.DidYouMean(name, maps.Keys(all)), "there is no %q", name)
		}
	}
	n := 0
	for _, name := range names {
		written, err := create(dir, name, all[name])
		if err != nil {
			return err
		}
		if written {
			n++
		} else {
			fmt.Fprintf(c.stdout, "%s is there already, and stays as it is\n", filepath.ToSlash(filepath.Join(dir, name)))
		}
	}
	fmt.Fprintf(c.stdout, "wrote %s into %s; delete those that you do not change, so that later versions of the builder can improve them\n", diag.Number(n, "file"), dir)
	return nil
}
