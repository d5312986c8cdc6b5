package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// hugoVersion is the one that `make bench` installs.
const hugoVersion = "v0.165.0"

// backlinksLimit is the size beyond which quadratic work is not waited for, and
// hugoServerLimit that beyond which Hugo's preview is not.
const (
	backlinksLimit  = 1000
	hugoServerLimit = 10_000
)

// findHugo looks for Hugo where -hugo says, or else on the path.
func (b *bench) findHugo() error {
	if b.hugo == "" {
		found, err := exec.LookPath("hugo")
		if err != nil {
			fmt.Println("Hugo is not installed: `make bench` installs it")
			return nil
		}
		b.hugo = found
	}
	var err error
	if b.hugo, err = filepath.Abs(b.hugo); err != nil { // it is run in another folder
		return err
	}
	out, err := b.command(b.hugo, "version").Output()
	if err != nil {
		return fmt.Errorf("-hugo: %q does not say its version: %w", b.hugo, err)
	}
	version := strings.Join(strings.Fields(string(out))[:2], " ")
	if !strings.Contains(version, hugoVersion) {
		version += " (and not " + hugoVersion + ")"
	}
	fmt.Println(version)
	return nil
}

// hugoBuild builds with Hugo, with backlinks or without.
func (b *bench) hugoBuild(c corpus, out string, backlinks bool) *process {
	config := "hugo.toml"
	if backlinks {
		config += ",backlinks.toml"
	}
	return b.hugoIn(c, "--config", config, "--destination", out)
}

// hugoServer previews with Hugo's own defaults: pages in memory, changes told by
// the system, and only pages seen lately rendered at once.
func (b *bench) hugoServer(c corpus, port string) *process {
	return b.hugoIn(c, "server", "--bind", "127.0.0.1", "--port", port)
}

// hugoIn is Hugo in the folder of its site, with its cache where it is removed.
func (b *bench) hugoIn(c corpus, args ...string) *process {
	p := b.command(b.hugo, args...)
	p.Dir = c.hugo("")
	p.Env = append(os.Environ(), "HUGO_CACHEDIR="+filepath.Join(b.dir, "hugo-cache"))
	return p
}
