package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"analysis/builder/internal/verify"
)

// Each flag of build is one that build.json has, or changes no bytes of the site.
func TestFlagsAreRecorded(t *testing.T) {
	c := &command{ctx: t.Context(), stdout: io.Discard, stderr: io.Discard, flags: flag.NewFlagSet("builder build", flag.ContinueOnError)}
	if err := c.run("build", []string{"-h"}); !errors.Is(err, flag.ErrHelp) {
		t.Fatal(err)
	}
	recorded, err := json.Marshal(verify.Flags{BaseURL: "x", Drafts: true, Portable: true, Edition: "x"})
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]any{"out": "", "single": "", "revision": "", "content": "", "layouts": "", "static": ""}
	if err := json.Unmarshal(recorded, &names); err != nil {
		t.Fatal(err)
	}
	var have []string
	c.flags.VisitAll(func(f *flag.Flag) { have = append(have, f.Name) })
	if want := slices.Sorted(maps.Keys(names)); !slices.Equal(have, want) {
		t.Errorf("build takes the flags %q; build.json and this test know %q", have, want)
	}
}

// published builds the small site and returns its files.
func published(t *testing.T, flags ...string) map[string]string {
	t.Helper()
	out := t.TempDir()
	if status := run(t.Context(), slices.Concat([]string{"build", "-out", out}, smallFolders, flags), io.Discard, io.Discard, [2]fs.FS{}); status != exitOK {
		t.Fatalf("exit status %d", status)
	}
	files := folder(t, out)
	maps.DeleteFunc(files, func(name, _ string) bool { return strings.HasPrefix(name, ".builder/") })
	return files
}

var smallFolders = []string{"-content", "testdata/small/content", "-layouts", "testdata/small/layouts", "-static", "testdata/small/static"}

// verified runs verify, and returns its status and what it printed.
func verified(t *testing.T, at string, flags ...string) (status int, stdout, stderr string) {
	t.Helper()
	var out, problems bytes.Buffer
	status = run(t.Context(), slices.Concat([]string{"verify", at}, smallFolders, flags), &out, &problems, [2]fs.FS{})
	return status, strings.ReplaceAll(out.String(), at, "URL"), strings.ReplaceAll(problems.String(), at, "URL")
}

// host serves files below /site/ as many hosts do: it adds the slash of a folder, leads from an
// index.html to its folder, compresses, serves no file that is for itself, and gives the
// page for missing addresses with status 404 alone.
func host(files map[string]string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		name, below := strings.CutPrefix(r.URL.Path, "/site/")
		if dir, index := strings.CutSuffix(name, "index.html"); index {
			http.Redirect(w, r, "/site/"+dir, http.StatusPermanentRedirect)
			return
		}
		if name == "" || strings.HasSuffix(name, "/") {
			name += "index.html"
		}
		text, ok := files[name]
		if !ok || !below || strings.HasPrefix(name, "_") || name == "404.html" {
			w.WriteHeader(http.StatusNotFound)
			io.WriteString(w, files["404.html"])
			return
		}
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		io.WriteString(z, text)
		z.Close()
	}
}

func TestVerifyAddress(t *testing.T) {
	static := t.TempDir()
	if err := errors.Join(os.CopyFS(static, os.DirFS("testdata/small/static")), os.WriteFile(filepath.Join(static, "_headers"), []byte("/*\n"), 0o644)); err != nil {
		t.Fatal(err)
	}
	files := published(t, "-base-url", "https://tea.example/site/", "-static", static)
	var running atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if n := running.Add(1); n > 4 {
			t.Errorf("%d requests at a time", n)
		}
		answer := httptest.NewRecorder()
		host(files)(answer, r)
		running.Add(-1) // before the client can have the whole answer
		maps.Copy(w.Header(), answer.Header())
		w.WriteHeader(answer.Code)
		w.Write(answer.Body.Bytes())
	}))
	defer server.Close()
	unserved := 0
	for name := range files {
		if strings.HasPrefix(filepath.Base(name), "_") {
			unserved++
		}
	}
	status, stdout, stderr := verified(t, server.URL+"/site", "-static", static)
	want := fmt.Sprintf("%d files: %d the same, %d not served (builder build -base-url https://tea.example/site/)\n", len(files), len(files)-unserved, unserved)
	if status != exitOK || !strings.HasSuffix(stdout, want) || strings.Count(stdout, "not served: ") != unserved || strings.Contains(stderr, "changed") {
		t.Errorf("exit status %d\n%s%swant\n%s", status, stdout, stderr, want)
	}

	// The host adds a script, has lost a file and the page for missing addresses, and leads away.
	pages := slices.DeleteFunc(slices.Sorted(maps.Keys(files)), func(name string) bool {
		return !strings.HasSuffix(name, "/index.html")
	})
	altered, lost, away := pages[0], pages[1], pages[2]
	files[altered] += "<script src=/host.js></script>"
	delete(files, lost)
	server.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case "/site/"+away == r.URL.Path+"index.html":
			http.Redirect(w, r, "http://elsewhere.example/", http.StatusFound)
		case r.URL.Path == "/site/404.html" || "/site/"+lost == r.URL.Path+"index.html" || r.URL.Path == "/site/"+lost:
			http.NotFound(w, r)
		default:
			host(files)(w, r)
		}
	})
	status, stdout, stderr = verified(t, server.URL+"/site/", "-static", static)
	var lines []string
	for line := range strings.Lines(stdout) {
		if !strings.HasPrefix(line, "not served: ") {
			lines = append(lines, strings.TrimSpace(line))
		}
	}
	slices.Sort(lines[:len(lines)-1])
	wantLines := []string{
		"altered: " + altered + " (changed since it was built)", "altered: " + away + " (it leads to another site, http://elsewhere.example)",
		"missing: 404.html", "missing: " + lost,
	}
	if status != exitDiagnostics || !slices.Equal(lines[:len(lines)-1], wantLines) {
		t.Errorf("exit status %d\n%s\nwant\n%s", status, strings.Join(lines, "\n"), strings.Join(wantLines, "\n"))
	}
	if !strings.Contains(stderr, "some hosts add scripts to pages") {
		t.Errorf("it says only %s", stderr)
	}
}

// A host that is hostile or broken is given up, and no more is read than the bounds allow.
func TestVerifyBounds(t *testing.T) {
	files := published(t)
	var asked atomic.Int64
	for _, test := range []struct {
		name   string
		status int
		says   string
		serve  func(w http.ResponseWriter, r *http.Request)
	}{
		{"no site", exitUsage, "the copy has no build.json", http.NotFound},
		{"fails at once", exitUsage, "read build.json of the copy: 503 Service Unavailable", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(503) }},
		{"elsewhere", exitUsage, "it leads to another site, http://elsewhere.example", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://elsewhere.example/build.json", http.StatusFound)
		}},
		{"in a circle", exitUsage, "it leads on more than five times", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, r.URL.Path+"x", http.StatusFound)
		}},
		{"too large", exitUsage, "it is larger than 32 MiB", func(w http.ResponseWriter, r *http.Request) { forever(w) }},
		{"fails later", exitUsage, "files of the copy could not be read, the first", func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path != "/build.json" {
				w.WriteHeader(503)
				return
			}
			io.WriteString(w, files["build.json"])
		}},
		{"one fails", exitUsage, "1 file of the copy could not be read, so it is not verified", func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/" {
				w.WriteHeader(503)
				return
			}
			r.URL.Path = "/site" + r.URL.Path
			host(files)(w, r)
		}},
		{"never ends", exitDiagnostics, "changed since it was built", func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/build.json" {
				io.WriteString(w, files["build.json"])
				return
			}
			forever(w)
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			asked.Store(0)
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				asked.Add(1)
				test.serve(w, r)
			}))
			defer server.Close()
			status, stdout, stderr := verified(t, server.URL)
			if status != test.status || !strings.Contains(stdout+stderr, test.says) {
				t.Errorf("exit status %d\n%s%s", status, stdout, stderr)
			}
			if test.name == "fails later" && asked.Load() > 30 {
				t.Errorf("%d requests", asked.Load())
			}
		})
	}
}

// forever writes until the other side has closed the connection.
func forever(w io.Writer) {
	for err := error(nil); err == nil; {
		_, err = w.Write(make([]byte, 1<<16))
	}
}

func TestVerifyStops(t *testing.T) {
	files := published(t)
	ctx, cancel := context.WithCancel(t.Context())
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/build.json" {
			io.WriteString(w, files["build.json"])
			return
		}
		cancel()
		<-r.Context().Done()
	}))
	defer server.Close()
	var stderr bytes.Buffer
	if status := run(ctx, slices.Concat([]string{"verify", server.URL}, smallFolders), io.Discard, &stderr, [2]fs.FS{}); status != exitUsage || stderr.String() != "builder: stopped before the copy was compared\n" {
		t.Errorf("exit status %d: %s", status, &stderr)
	}
}

// A host is not told of pages that it does not have: its build.json may ask for drafts.
func TestVerifyAsksForWhatIsListed(t *testing.T) {
	files := published(t)
	var r verify.Record
	if err := json.Unmarshal([]byte(files[verify.Name]), &r); err != nil {
		t.Fatal(err)
	}
	var left string
	r.Files = slices.DeleteFunc(r.Files, func(f verify.File) bool {
		if left == "" && strings.HasSuffix(f.Path, "/index.html") {
			left = f.Path
		}
		return f.Path == left
	})
	r.Files = append(r.Files, verify.File{Path: "zz/other.html", SHA256: strings.Repeat("0", 64)})
	r.Flags.Drafts = true
	files[verify.Name] = string(r.Encode())
	var asked sync.Map
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Store(strings.TrimPrefix(r.URL.Path, "/site/"), true)
		host(files)(w, r)
	}))
	defer server.Close()
	status, stdout, stderr := verified(t, server.URL+"/site")
	for _, want := range []string{"missing: " + left + " (build.json does not list it)\n", "not made by this source: zz/other.html (build.json lists it)\n", "(builder build -drafts)\n"} {
		if status != exitDiagnostics || !strings.Contains(stdout, want) {
			t.Errorf("exit status %d\n%s%swant\n%s", status, stdout, stderr, want)
		}
	}
	for name := range asked.Range {
		file := name.(string)
		if file == "" || strings.HasSuffix(file, "/") {
			file += "index.html"
		}
		if listed := slices.ContainsFunc(r.Files, func(f verify.File) bool { return f.Path == file }); !listed && file != verify.Name || file == "zz/other.html" {
			t.Errorf("asked for %q", file)
		}
	}
}
