//go:build unix

package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// started is a command that runs on a small site, and what it prints.
type started struct {
	*testing.T
	*exec.Cmd
	root   string
	stdout *bufio.Reader
	stderr bytes.Buffer
}

// begin starts a command with a number of pages and a layout.
func begin(t *testing.T, pages int, layout string, args ...string) *started {
	t.Helper()
	s := &started{T: t, Cmd: exec.CommandContext(t.Context(), "builder", args...), root: t.TempDir()}
	files := map[string]string{"content/site.yaml": "title: Small\n", "content/index.md": "# Home\n", "layouts/page.html": layout, "static/a.txt": ""}
	for i := range pages {
		files[fmt.Sprintf("content/p%d.md", i)] = "# Page\n"
	}
	for name, text := range files {
		s.must(os.MkdirAll(filepath.Dir(filepath.Join(s.root, name)), 0o755))
		s.must(os.WriteFile(filepath.Join(s.root, name), []byte(text), 0o644))
	}
	out, err := s.StdoutPipe()
	s.must(err)
	s.Dir, s.Cmd.Stderr, s.stdout = s.root, &s.stderr, bufio.NewReader(out)
	s.must(s.Start())
	return s
}

func (s *started) must(err error) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
}

// ends sends a signal, waits for the end and checks the exit status; -1 is that of a
// command that the signal itself has ended.
func (s *started) ends(signal os.Signal, status int, says string) {
	s.Helper()
	s.must(s.Process.Signal(signal))
	s.Wait()
	if s.ProcessState.ExitCode() != status || s.stderr.String() != says {
		s.Errorf("after %v: %v, %q", signal, s.ProcessState, s.stderr.String())
	}
}

// address waits until a preview serves.
func (s *started) address() string {
	s.Helper()
	for {
		line, err := s.stdout.ReadString('\n')
		s.must(err)
		if _, rest, ok := strings.Cut(line, "serving http://"); ok {
			address, _, _ := strings.Cut(rest, "/")
			return address
		}
	}
}

func TestServeEndsAtASignal(t *testing.T) {
	for _, signal := range []os.Signal{syscall.SIGINT, syscall.SIGTERM} {
		s := begin(t, 0, "{{.Title}}", "serve", "-addr", "127.0.0.1:0")
		s.address()
		s.ends(signal, 0, "")
	}
}

// A preview lets an answer a second to end. The second signal does not wait.
func TestSecondSignalEndsAtOnce(t *testing.T) {
	s := begin(t, 0, "{{.Title}}", "serve", "-addr", "127.0.0.1:0")
	address := s.address()
	film := filepath.Join(s.root, "film.mp4")
	s.must(os.WriteFile(film, nil, 0o644))
	s.must(os.Truncate(film, 32<<20)) // more than a connection holds
	s.must(os.Rename(film, filepath.Join(s.root, "content/film.mp4")))
	for one := make([]byte, 12); !bytes.HasSuffix(one, []byte("200")); time.Sleep(time.Millisecond) {
		c, err := net.Dial("tcp", address)
		s.must(err)
		defer c.Close()
		fmt.Fprintf(c, "GET /film.mp4 HTTP/1.1\r\nHost: %s\r\n\r\n", address)
		_, err = io.ReadFull(c, one)
		s.must(err)
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for s.Process.Signal(syscall.SIGINT) == nil { // until it has ended: the first is handled after it arrived
			time.Sleep(time.Millisecond)
		}
	}()
	s.Wait()
	<-ended
	if w := s.ProcessState.Sys().(syscall.WaitStatus); !w.Signaled() || w.Signal() != syscall.SIGINT {
		t.Errorf("ended with %v", s.ProcessState)
	}
}

// A build that takes long ends at the first signal and publishes nothing.
func TestBuildEndsAtASignal(t *testing.T) {
	const slow = "{{range 2000000}}{{end}}{{.Title}}"
	s := begin(t, 300, slow, "build")
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(time.Millisecond) {
		if _, err := os.Stat(filepath.Join(s.root, "public")); err == nil { // it is made before the build
			break
		} else if time.Now().After(end) {
			t.Fatal("the build does not begin")
		}
	}
	s.ends(syscall.SIGTERM, 2, "builder: stopped before the site was published\n")
	if _, err := os.Stat(filepath.Join(s.root, "public", "index.html")); err == nil {
		t.Error("a page was published")
	}
}
