package main

import (
	"bytes"
	"context"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
)

// check -links asks the addresses in texts and in the front matter of sources, says where those
// stand that do not answer, and does not ask again what it knows. A build asks nothing.
func TestLinks(t *testing.T) {
	var requests atomic.Int64
	var stopping atomic.Bool
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		requests.Add(1)
		if stopping.Load() {
			stop()
		}
		if agent := r.UserAgent(); agent != "analysis-builder (check -links; +https://tea.example/)" {
			t.Errorf("it names itself %q", agent)
		}
		if strings.HasPrefix(r.URL.Path, "/copy/") {
			return
		}
		w.WriteHeader(map[string]int{"/": 200, "/gone": 410, "/closed": 403, "/terms": 404}[r.URL.Path])
	}))
	defer server.Close()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"site.yaml": "title: Tea\nbase_url: https://tea.example/\nlicense: SERVER/terms\n", "index.md": "# Tea\n\nSee [it](SERVER/),\n[more](SERVER/gone#part)\nand <SERVER/closed>.\n\n> [!note] Mail\n> To <a@tea.example>, or [again](SERVER/gone).",
		"sources/index.md": "# Sources", "sources/a.md": "---\ntitle: A\ntype: report\narchived: SERVER/copy/SERVER/gone\nurl: SERVER/gone\n---\nText.\n",
		"draft.md": "---\ntitle: Draft\ndraft: true\n---\n[a](SERVER/draft)\n",
	} {
		name = filepath.Join(dir, "content", name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(strings.ReplaceAll(text, "SERVER", server.URL)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	kept := filepath.Join(dir, "links.json")
	check := func(status int, args ...string) string {
		t.Helper()
		var b bytes.Buffer
		args = append(args, "-content", filepath.Join(dir, "content"), "-layouts", "testdata/small/layouts", "-static", "testdata/small/static")
		if got := run(ctx, args, &b, &b, [2]fs.FS{}); got != status {
			t.Errorf("%q: status %d, want %d", args, got, status)
		}
		return strings.NewReplacer(dir+"/", "", server.URL, "SERVER").Replace(b.String())
	}
	wants := func(got string, lines ...string) {
		t.Helper()
		for _, line := range lines {
			if !strings.Contains(got, line) {
				t.Errorf("%s\nhas no %q", got, line)
			}
		}
	}
	gone := []string{
		"content/index.md:4:1: warning: SERVER/gone is gone: 410 Gone, on 20",
		"content/index.md:5:5: note: SERVER/closed does not answer a program: 403 Forbidden, on 20",
		"content/index.md:8:26: warning: SERVER/gone is gone", "content/sources/a.md:5:6: warning: SERVER/gone is gone",
		"content/site.yaml:3:10: warning: SERVER/terms is gone",
	}
	check(exitOK, "build", "-out", filepath.Join(dir, "public"))
	wants(check(exitOK, "check", "-links", "-links-pause", "0s", "-links-file", kept), ": it leads to this machine", "5 addresses of other sites, 5 asked now; links.json keeps their answers")
	if requests.Load() > 0 {
		t.Errorf("%d requests to this machine", requests.Load())
	}
	local := []string{"check", "-links", "-links-local", "-links-pause", "0s", "-links-file", kept}
	wants(check(exitOK, local...), append(gone, "5 asked now", "0 errors, 4 warnings")...)
	before := requests.Load()
	wants(check(exitDiagnostics, append(local, "-strict")...), append(gone, "5 addresses of other sites, 0 asked now")...)
	if requests.Load() != before {
		t.Error("it asked again")
	}
	wants(check(exitOK, append(local, "-links-days", "0")...), "5 asked now")
	if err := os.WriteFile(kept, []byte("{"), 0o644); err != nil {
		t.Fatal(err)
	}
	wants(check(exitUsage, local...), "links.json holds no answers of addresses", "delete it")
	if got := check(exitUsage, "check", "-links", "-links-file", dir); strings.Contains(got, "delete") || strings.Count(got, "read ") != 1 {
		t.Error(got)
	}
	for _, flag := range []string{"-links-file=x", "-links-days=3", "-links-pause=2s", "-links-local"} {
		name, _, _ := strings.Cut(flag, "=")
		wants(check(exitUsage, "check", flag), name+" has no effect without -links\n  hint: give -links too")
	}
	wants(check(exitUsage, "check", "-todo", "-links"), "takes no -strict, -format, -source, -record, -today or -links")
	stopping.Store(true)
	wants(check(exitUsage, append(local, "-links-file", kept+"2")...), "stopped; links.json2 keeps the answers so far")
}
