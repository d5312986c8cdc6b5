package main

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"analysis/builder/internal/diag"
)

// TestMain lets the scripts run the real command under the name whole. As builder it has
// no layouts or static files of its own, so that a script sees those that it brings.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"whole": main, "builder": func() { os.Exit(start([2]fs.FS{})) }})
}

// TestScripts runs each file of testdata/script. What a script does not bring
// itself is put beside its files: the layouts and the style of the small site,
// a site.yaml, a home page. With -update, what cmp finds is taken for what is
// wanted; read the difference before you keep it.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		Setup:               setUp,
		Condition:           condition,
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "age": age, "snapshot": snapshot, "latin1": latin1, "taken": taken, "diagnostics": diagnostics,
		},
	})
}

func setUp(env *testscript.Env) error {
	if env.Getenv("GORACE") == "" {
		env.Setenv("GORACE", "atexit_sleep_ms=0") // the race detector would linger a second over each command
	}
	for _, dir := range []string{"layouts", "static"} {
		from := filepath.Join("testdata", "small", dir)
		err := filepath.WalkDir(from, func(name string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			data, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			rel, err := filepath.Rel(from, name)
			if err != nil {
				return err
			}
			return bring(filepath.Join(env.WorkDir, dir, rel), data)
		})
		if err != nil {
			return err
		}
	}
	for name, text := range map[string]string{"site.yaml": "title: Tea\nreport: https://tea.example/report\n", "index.md": "# Tea\n"} {
		if err := bring(filepath.Join(env.WorkDir, "content", name), []byte(text)); err != nil {
			return err
		}
	}
	return nil
}

// bring writes a file that the script has not brought itself.
func bring(name string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Close())
}

// condition knows [root]: nothing is unreadable to that user.
func condition(name string) (bool, error) {
	if name != "root" {
		return false, fmt.Errorf("unknown condition %q", name)
	}
	return os.Geteuid() == 0, nil
}

// exits STATUS COMMAND [ARG ...] runs a command that must end with that exit
// status.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits STATUS COMMAND [ARG ...]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	var exit *exec.ExitError
	switch err := ts.Exec(args[1], args[2:]...); {
	case errors.As(err, &exit):
		got = exit.ExitCode()
	case err != nil:
		ts.Fatalf("run %s: %v", args[1], err)
	}
	if got != want {
		ts.Fatalf("exit status %d, want %d", got, want)
	}
}

// age DIR makes all files below a folder old, so that a snapshot shows which
// of them are written afterwards.
func age(ts *testscript.TestScript, _ bool, args []string) {
	old := time.Date(2000, time.January, 1, 0, 0, 0, 0, time.UTC)
	walk(ts, args[0], func(name string, _ fs.DirEntry) {
		ts.Check(os.Chtimes(name, old, old))
	})
}

// snapshot DIR FILE writes the names below a folder, the digest of each file,
// and whether it is as age left it.
func snapshot(ts *testscript.TestScript, _ bool, args []string) {
	var b strings.Builder
	walk(ts, args[0], func(name string, entry fs.DirEntry) {
		rel, err := filepath.Rel(ts.MkAbs(args[0]), name)
		ts.Check(err)
		if entry.IsDir() {
			fmt.Fprintf(&b, "%s/\n", filepath.ToSlash(rel))
			return
		}
		data, err := os.ReadFile(name)
		ts.Check(err)
		info, err := entry.Info()
		ts.Check(err)
		written := "written"
		if info.ModTime().UTC().Year() == 2000 {
			written = "old"
		}
		fmt.Fprintf(&b, "%s %x %s\n", filepath.ToSlash(rel), sha256.Sum256(data), written)
	})
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(b.String()), 0o644))
}

func walk(ts *testscript.TestScript, dir string, f func(name string, entry fs.DirEntry)) {
	ts.Check(filepath.WalkDir(ts.MkAbs(dir), func(name string, entry fs.DirEntry, err error) error {
		if err == nil {
			f(name, entry)
		}
		return err
	}))
}

// latin1 FILE saves a file as an editor does that does not know UTF-8.
func latin1(ts *testscript.TestScript, _ bool, args []string) {
	var saved []byte
	for _, r := range ts.ReadFile(args[0]) {
		saved = append(saved, byte(r))
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), saved, 0o644))
}

// taken sets ADDR to an address on which another program listens.
func taken(ts *testscript.TestScript, _ bool, _ []string) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	ts.Defer(func() { listener.Close() })
	ts.Setenv("ADDR", listener.Addr().String())
}

// diagnostics FILE reads what check -format json printed, and prints it as the
// text format does.
func diagnostics(ts *testscript.TestScript, _ bool, args []string) {
	decoder := json.NewDecoder(strings.NewReader(ts.ReadFile(args[0])))
	decoder.DisallowUnknownFields()
	var list []diag.Diagnostic
	ts.Check(decoder.Decode(&list))
	for _, d := range list {
		fmt.Fprintln(ts.Stdout(), d)
	}
}
