package main

import (
	"cmp"
	"fmt"
	"runtime/debug"
	"slices"
)

// released is the version that make release gives, "" in other builds. The Go command takes only tags
// of v0 and v1 for versions of a module whose path does not end in /v2.
var released string

// version prints the version, revision and Go version of the program, as the Go command has
// recorded them in it.
func (c *command) version(args []string) error {
	if err := c.parse(args, 0); err != nil {
		return err
	}
	fmt.Fprintln(c.stdout, versionLine())
	return nil
}

// revision returns the commit that the program was made of, or "" if it does not know.
func revision() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				return s.Value
			}
		}
	}
	return ""
}

// versionLine describes the program: "builder v1.2.0 (0123456789ab, changed) go1.26.8".
func versionLine() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "builder (unknown)"
	}
	made := revision()
	made = made[:min(12, len(made))]
	if slices.Contains(info.Settings, debug.BuildSetting{Key: "vcs.modified", Value: "true"}) {
		made += ", changed"
	}
	return fmt.Sprintf("builder %s (%s) %s", cmp.Or(released, info.Main.Version), cmp.Or(made, "no revision"), info.GoVersion)
}
