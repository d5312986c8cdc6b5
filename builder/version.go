package main

import (
	"cmp"
	"fmt"
	"runtime/debug"
)

// version prints the version, revision and Go version of the program, as the Go command has
// recorded them in it.
func (c *command) version(args []string) error {
	if err := c.parse(args, 0); err != nil {
		return err
	}
	fmt.Fprintln(c.stdout, versionLine())
	return nil
}

// versionLine describes the program: "builder v1.2.0 (0123456789ab, changed) go1.26.8".
func versionLine() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "builder (unknown)"
	}
	revision := ""
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			revision = s.Value[:min(12, len(s.Value))]
		case s.Key == "vcs.modified" && s.Value == "true":
			revision += ", changed"
		}
	}
	return fmt.Sprintf("builder %s (%s) %s", info.Main.Version, cmp.Or(revision, "no revision"), info.GoVersion)
}
