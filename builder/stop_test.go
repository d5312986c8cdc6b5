package main

import (
	"context"
	"io/fs"
	"os"
	"strings"
	"testing"
)

// A command that a signal stops says so, and publishes nothing.
func TestStopped(t *testing.T) {
	t.Chdir("testdata/small")
	stopped, stop := context.WithCancel(t.Context())
	stop()
	for _, args := range [][]string{
		{"check"},
		{"build", "-out", t.TempDir()},
		{"build", "-single", t.TempDir() + "/a.html"},
	} {
		var out, errors strings.Builder
		status := run(stopped, args, &out, &errors, [2]fs.FS{})
		if status != exitUsage || out.String() != "" || errors.String() != "builder: stopped before the site was published\n" {
			t.Errorf("%q: exit status %d, %q, %q", args, status, out.String(), errors.String())
		}
		if files, err := os.ReadDir(args[len(args)-1]); err == nil && len(files) > 0 {
			t.Errorf("%q leaves %v", args, files)
		}
	}
}
