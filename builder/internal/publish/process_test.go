package publish

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"analysis/builder/internal/diag"
)

var (
	rounds = flag.Int("rounds", 8, "how many rounds the tests with processes make")
	seed   = flag.Uint64("seed", 1, "at which moments they send signals, and what they change")
)

// The test program is also the program that tests run and kill: with PUBLISH set to
// "folder" or "file", it publishes the site VARIANT to INTO, writing a dot to its
// standard output before each step.
func TestMain(m *testing.M) {
	if os.Getenv("PUBLISH") == "" {
		os.Exit(m.Run())
	}
	into, err := os.Getenv("INTO"), error(nil)
	if variant := os.Getenv("VARIANT"); os.Getenv("PUBLISH") == "file" {
		for i := 0; i < 50 && err == nil; i++ {
			fmt.Print(".")
			err = WriteFile(into, []byte(pageOf(fmt.Sprint(variant, i%3))))
		}
	} else {
		err = publishSlowly(into, siteOf(variant))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, diag.Describe(err))
		os.Exit(1)
	}
	os.Exit(0)
}

func publishSlowly(into string, site map[string]string) (err error) {
	f, err := Open(into)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	f.step = func() error { fmt.Print("."); return nil }
	return f.Publish(filesOf(site))
}

func pageOf(variant string) string { return strings.Repeat(variant, 20_000) + "\n" }

// siteOf makes a site all of whose files differ from those of another variant. Some have
// names that the other variant does not have, or has as a folder.
func siteOf(variant string) map[string]string {
	site := map[string]string{"only-" + variant + "/index.html": variant, "css/site." + variant + ".css": variant}
	if strings.HasPrefix(variant, "a") {
		site["x"] = "file"
	} else {
		site["x/index.html"] = "folder"
	}
	for i := range 12 {
		site[fmt.Sprintf("p%d/index.html", i)] = pageOf(variant)
		site[fmt.Sprintf("p%d/picture.png", i)] = variant
	}
	return site
}

// start starts the program. It returns its output, and wait, which returns its messages.
func start(t *testing.T, what, into, variant string) (cmd *exec.Cmd, dots io.Reader, wait func() (string, error)) {
	t.Helper()
	cmd = exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "PUBLISH="+what, "INTO="+into, "VARIANT="+variant)
	dots, err := cmd.StdoutPipe()
	must(t, err)
	var messages strings.Builder
	cmd.Stderr = &messages
	must(t, cmd.Start())
	return cmd, dots, func() (string, error) {
		_, _ = io.Copy(io.Discard, dots)
		err := cmd.Wait()
		return messages.String(), err
	}
}

// Two processes that publish into one folder at the same time: one of them may be
// refused, and the folder holds one of the two sites.
func TestTwoProcesses(t *testing.T) {
	out, refused := t.TempDir(), 0
	for round := range *rounds {
		variants := []string{fmt.Sprint("a", round), fmt.Sprint("b", round)}
		var group sync.WaitGroup
		var messages [2]string
		var failed [2]error
		for i, v := range variants {
			_, _, wait := start(t, "folder", out, v)
			group.Go(func() { messages[i], failed[i] = wait() })
		}
		group.Wait()
		got := tree(t, out)
		for i := range variants {
			switch {
			case failed[i] == nil:
			case strings.Contains(messages[i], fmt.Sprintf("another build is writing into the folder %q\n  hint: wait", out)) && failed[1-i] == nil:
				refused++
				if !maps.Equal(got, siteOf(variants[1-i])) {
					t.Fatalf("round %d: the folder is not the site %s, which was published", round, variants[1-i])
				}
			default:
				t.Fatalf("round %d: %v: %s", round, failed[i], messages[i])
			}
		}
		if !maps.Equal(got, siteOf(variants[0])) && !maps.Equal(got, siteOf(variants[1])) {
			t.Fatalf("round %d: the folder is a mixture", round)
		}
	}
	t.Logf("%d of %d processes were refused", refused, 2**rounds)
}

// A process that gets a signal at any moment leaves only complete files, and no lock:
// the next one completes the work. Between the two, somebody may put a link or a file of
// a name that is not UTF-8 into the folder; neither is followed or deleted.
func TestSignals(t *testing.T) {
	chance := rand.New(rand.NewPCG(*seed, 0))
	signals := []os.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGKILL}
	dir := t.TempDir()
	out, outside := filepath.Join(dir, "public"), filepath.Join(dir, "outside")
	must(t, os.Mkdir(outside, 0o755))
	must(t, os.WriteFile(filepath.Join(outside, "index.html"), []byte("precious"), 0o644))
	before, variant := siteOf("a"), "a"
	publish(t, out, before)
	for round := range *rounds {
		variant = fmt.Sprint(string("ab"[round%2]), round)
		cmd, dots, wait := start(t, "folder", out, variant)
		read := bufio.NewReader(dots)
		for range chance.IntN(60) {
			if _, err := read.ReadByte(); err != nil {
				break
			}
		}
		_ = cmd.Process.Signal(signals[chance.IntN(len(signals))]) // it may have ended
		_, _ = wait()
		now, after := tree(t, out), siteOf(variant)
		for name, text := range now {
			if text != before[name] && text != after[name] {
				t.Fatalf("round %d: %s is neither of the old site nor of the new one", round, name)
			}
		}
		disturb(t, chance, out, outside)
		message, err := func() (string, error) { _, _, wait := start(t, "folder", out, variant); return wait() }()
		if err != nil && !strings.Contains(message, "stands in the way") {
			t.Fatalf("round %d: %v: %s", round, err, message)
		}
		if got := tree(t, outside); !maps.Equal(got, map[string]string{"index.html": "precious"}) {
			t.Fatalf("round %d: outside there is now %v", round, got)
		}
		tidy(t, out)
		publish(t, out, after)
		wantTree(t, out, after)
		before = after
	}
}

// disturb does to the folder what the builder must bear.
func disturb(t *testing.T, chance *rand.Rand, out, outside string) {
	t.Helper()
	at := filepath.Join(out, fmt.Sprintf("p%d", chance.IntN(12)))
	switch chance.IntN(4) {
	case 0: // a link in place of a folder
		must(t, os.RemoveAll(at))
		must(t, os.Symlink(outside, at))
	case 1: // a link to a folder of the site
		must(t, os.RemoveAll(at))
		must(t, os.Symlink("css", at))
	case 2:
		if err := os.WriteFile(filepath.Join(out, "caf\xe9.pdf"), []byte("mine"), 0o644); err != nil {
			t.Log(err) // the disk takes only UTF-8
		}
	}
}

// tidy takes away what disturb did.
func tidy(t *testing.T, out string) {
	t.Helper()
	entries, err := os.ReadDir(out)
	must(t, err)
	for _, e := range entries {
		if e.Type()&os.ModeSymlink != 0 || e.Name() == "caf\xe9.pdf" {
			must(t, os.Remove(filepath.Join(out, e.Name())))
		}
	}
}

// The single file is always complete, and the next build takes away what a killed one
// left.
func TestSignalsSingleFile(t *testing.T) {
	chance := rand.New(rand.NewPCG(*seed, 1))
	file := filepath.Join(t.TempDir(), "analysis.html")
	for round := range *rounds {
		variant := fmt.Sprint(round)
		first, dots, wait := start(t, "file", file, variant)
		second, _, waitSecond := start(t, "file", file, variant)
		read := bufio.NewReader(dots)
		for range 1 + chance.IntN(40) {
			_, _ = read.ReadByte()
		}
		for _, cmd := range []*exec.Cmd{first, second} {
			_ = cmd.Process.Kill()
		}
		_, _ = wait()
		_, _ = waitSecond()
		if data, err := os.ReadFile(file); err == nil && len(data) != len(pageOf(variant+"0")) && round > 0 && len(data) != len(pageOf(fmt.Sprint(round-1, 0))) {
			t.Fatalf("round %d: the file has %d bytes", round, len(data))
		}
		must(t, WriteFile(file, []byte(pageOf(variant+"0"))))
		if entries, err := os.ReadDir(filepath.Dir(file)); err != nil || len(entries) != 1 {
			t.Fatalf("round %d: there are %v", round, entries)
		}
	}
}
