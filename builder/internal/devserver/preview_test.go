package devserver

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"analysis/builder/internal/pipeline"
)

// files are those of a small site, below a folder of the test's own.
var files = map[string]string{
	"content/site.yaml":         "title: Small\n",
	"content/index.md":          "---\ntitle: Home\n---\n\nFirst words.\n",
	"content/notes/index.md":    "---\ntitle: Notes\n---\n",
	"content/notes/one.md":      "---\ntitle: One\n---\n\nNote one.\n",
	"layouts/base.html":         `<html lang="en"><head><title>{{.Title}}</title><link rel="stylesheet" href="{{.Asset "css/a.css"}}"></head><body>{{template "main" .}}</body></html>`,
	"layouts/page.html":         `{{define "main"}}<h1>{{.Title}}</h1>{{.Body}}{{end}}`,
	"layouts/404.html":          `{{define "main"}}<h1>Nothing here</h1>{{end}}`,
	"layouts/partials/nav.html": ``,
	"static/css/a.css":          "h1 { color: red }\n",
	"static/robots.txt":         "User-agent: *\n",
}

// write puts a file into its place, as an editor does that writes in place.
func write(t *testing.T, root, name, text string) {
	t.Helper()
	full := filepath.Join(root, name)
	if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(full, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func newSite(t *testing.T) (root string, o pipeline.Options) {
	t.Helper()
	root = t.TempDir()
	for name, text := range files {
		write(t, root, name, text)
	}
	return root, pipeline.Options{
		Content: filepath.Join(root, "content"), Layouts: filepath.Join(root, "layouts"), Static: filepath.Join(root, "static"),
	}
}

// preview is a running preview and the news that it sends.
type preview struct {
	t    *testing.T
	url  string
	news *bufio.Scanner
	mute func() error // ends the news
	stop func() error
}

// start runs Serve until the test ends and listens to its news.
func start(t *testing.T, o Options) *preview {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	out, in := io.Pipe()
	said := o.Stdout // behind the address
	if said == nil {
		said = io.Discard
	}
	o.Addr, o.Stdout = cmp.Or(o.Addr, "127.0.0.1:0"), in
	if o.Stderr == nil {
		o.Stderr = io.Discard
	}
	done := make(chan error, 1)
	go func() {
		done <- Serve(ctx, o)
		in.Close()
	}()
	lines := bufio.NewScanner(out)
	p := &preview{t: t}
	for p.url == "" && lines.Scan() {
		if _, rest, ok := strings.Cut(lines.Text(), "http://"); ok {
			p.url = "http://" + rest[:strings.Index(rest, "/")]
		}
	}
	if p.url == "" {
		t.Fatalf("no address was printed: %v", <-done)
	}
	go io.Copy(said, out)
	p.stop = func() error { cancel(); return <-done }
	t.Cleanup(func() { cancel() })

	request, err := http.NewRequestWithContext(ctx, "GET", p.url+eventsPath, nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { answer.Body.Close() })
	p.news, p.mute = bufio.NewScanner(answer.Body), answer.Body.Close
	return p
}

// until reads news until one of them is good, and returns it.
func (p *preview) until(good func(news) bool) news {
	p.t.Helper()
	defer time.AfterFunc(20*time.Second, func() { p.mute() }).Stop()
	for p.news.Scan() {
		data, ok := strings.CutPrefix(p.news.Text(), "data: ")
		if !ok {
			continue
		}
		var n news
		if err := json.Unmarshal([]byte(data), &n); err != nil {
			p.t.Fatal(err)
		}
		if good(n) {
			return n
		}
	}
	p.t.Fatalf("the news ended: %v", p.news.Err())
	return news{}
}

// get returns the status and body of a page.
func (p *preview) get(path string) (int, string) {
	p.t.Helper()
	answer, err := http.Get(p.url + path)
	if err != nil {
		p.t.Fatal(err)
	}
	defer answer.Body.Close()
	var b bytes.Buffer
	if _, err := b.ReadFrom(answer.Body); err != nil {
		p.t.Fatal(err)
	}
	return answer.StatusCode, b.String()
}

// shows waits until a page's answer has a status and contains a text.
func (p *preview) shows(path string, status int, text string) {
	p.t.Helper()
	good := func(news) bool {
		got, body := p.get(path)
		return got == status && strings.Contains(body, text)
	}
	if !good(news{}) {
		p.until(good)
	}
}

func TestServeFollowsChanges(t *testing.T) {
	root, o := newSite(t)
	p := start(t, Options{Build: o})
	p.shows("/notes/one/", 200, "Note one.")

	write(t, root, "content/notes/one.md", "---\ntitle: One\n---\n\nWritten in place.\n")
	p.shows("/notes/one/", 200, "Written in place.")

	// vim: the old file becomes a backup, the new one takes its name.
	name := filepath.Join(root, "content/notes/one.md")
	if err := os.Rename(name, name+"~"); err != nil {
		t.Fatal(err)
	}
	write(t, root, "content/notes/one.md", "---\ntitle: One\n---\n\nSaved by vim.\n")
	if err := os.Remove(name + "~"); err != nil {
		t.Fatal(err)
	}
	p.shows("/notes/one/", 200, "Saved by vim.")

	// A safe write: a temporary file is renamed over the old one.
	write(t, root, "content/notes/one.md.tmp", "---\ntitle: One\n---\n\nSaved by renaming.\n")
	if err := os.Rename(name+".tmp", name); err != nil {
		t.Fatal(err)
	}
	p.shows("/notes/one/", 200, "Saved by renaming.")

	// A folder that is made now is watched, and what stands in it was not missed.
	write(t, root, "content/new/deep/index.md", "---\ntitle: Deep\n---\n\nAt once.\n")
	p.shows("/new/deep/", 200, "At once.")
	write(t, root, "content/new/deep/index.md", "---\ntitle: Deep\n---\n\nLater.\n")
	p.shows("/new/deep/", 200, "Later.")

	if err := os.Rename(filepath.Join(root, "content/new"), filepath.Join(root, "content/moved")); err != nil {
		t.Fatal(err)
	}
	p.shows("/moved/deep/", 200, "Later.")
	p.shows("/new/deep/", 404, "Nothing here")
	write(t, root, "content/moved/deep/index.md", "---\ntitle: Deep\n---\n\nAfter the move.\n")
	p.shows("/moved/deep/", 200, "After the move.")

	if err := os.RemoveAll(filepath.Join(root, "content/moved")); err != nil {
		t.Fatal(err)
	}
	p.shows("/moved/deep/", 404, "Nothing here")

	write(t, root, "layouts/page.html", `{{define "main"}}<h1>Now: {{.Title}}</h1>{{.Body}}{{end}}`)
	p.shows("/notes/one/", 200, "<h1>Now: One</h1>")
	if err := p.stop(); err != nil {
		t.Fatalf("stopped with %v", err)
	}
}

func TestServeKeepsTheLastGoodSite(t *testing.T) {
	root, o := newSite(t)
	p := start(t, Options{Build: o})
	p.shows("/", 200, "First words.")

	write(t, root, "content/index.md", "---\ntitle: Home\n---\n\nWorse [words](nowhere.md).\n")
	n := p.until(func(n news) bool { return n.Failed && n.Diagnostics[0].Line > 1 })
	if len(n.Diagnostics) != 1 || n.Diagnostics[0].Line != 5 || !strings.Contains(n.Diagnostics[0].Message, `no file "nowhere.md"`) {
		t.Errorf("diagnostics: %v", n.Diagnostics)
	}
	if status, body := p.get("/"); status != 200 || !strings.Contains(body, "First words.") {
		t.Errorf("with an error the page is %d %q", status, body)
	}
	write(t, root, "content/index.md", "---\ntitle: Home\n---\n\nBetter words.\n")
	p.until(func(n news) bool { return !n.Failed && len(n.Diagnostics) == 0 })
	p.shows("/", 200, "Better words.")
}

func TestServePolls(t *testing.T) {
	root, o := newSite(t)
	p := start(t, Options{Build: o, Poll: time.Millisecond})
	write(t, root, "content/index.md", "---\ntitle: Home\n---\n\nSeen without a watcher.\n")
	p.shows("/", 200, "Seen without a watcher.")

	// Errors are shown, however often it builds.
	write(t, root, "content/index.md", "---\ntitle: Home\n---\n\n[[nobody]]\n")
	p.until(func(n news) bool { return n.Failed && n.Diagnostics[0].Line > 1 })
}

func TestServeWatchesThroughALink(t *testing.T) {
	root, o := newSite(t)
	if err := os.Rename(o.Content, filepath.Join(root, "elsewhere")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("elsewhere", o.Content); err != nil {
		t.Fatal(err)
	}
	p := start(t, Options{Build: o})
	p.shows("/notes/one/", 200, "Note one.")
	write(t, root, "elsewhere/notes/one.md", "---\ntitle: One\n---\n\nBehind the link.\n")
	p.shows("/notes/one/", 200, "Behind the link.")
}

// A browser may keep a connection open on which it asks nothing.
func TestServeEndsInSpiteOfAnIdleConnection(t *testing.T) {
	_, o := newSite(t)
	p := start(t, Options{Build: o})
	idle, err := net.Dial("tcp", strings.TrimPrefix(p.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer idle.Close()
	if err := p.stop(); err != nil {
		t.Errorf("stopped with %v", err)
	}
}

// A connection on which nothing is sent or read is closed; one that waits for news is not.
func TestServeClosesSilentConnections(t *testing.T) {
	root, o := newSite(t)
	write(t, root, "content/notes/film.mp4", strings.Repeat("x", 32<<20)) // more than a connection holds
	p := start(t, Options{Build: o, patience: 50 * time.Millisecond})
	host := strings.TrimPrefix(p.url, "http://")
	for name, sent := range map[string]string{
		"nothing asked":     "",
		"half a request":    "GET / HTTP/1.1\r\nHost: ",
		"kept open":         "GET /css/a.css HTTP/1.1\r\nHost: " + host + "\r\n\r\n",
		"no body":           "GET / HTTP/1.1\r\nHost: " + host + "\r\nContent-Length: 9\r\n\r\n",
		"no body of a post": "POST / HTTP/1.1\r\nHost: " + host + "\r\nContent-Length: 9\r\n\r\n",
		"a film not read":   "GET /notes/film.mp4 HTTP/1.1\r\nHost: " + host + "\r\n\r\n",
		"no chunk":          "GET / HTTP/1.1\r\nHost: " + host + "\r\nTransfer-Encoding: chunked\r\n\r\n",
		"options of all":    "OPTIONS * HTTP/1.1\r\nHost: " + host + "\r\n\r\n",
		"no end of a head":  "HEAD " + eventsPath + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n",
	} {
		c, err := net.Dial("tcp", host)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		io.WriteString(c, sent)
		c.SetReadDeadline(time.Now().Add(20 * time.Second))
		if name == "a film not read" {
			io.ReadFull(c, make([]byte, 1))
			awaitNoStack(t, "http.ServeContent")
		}
		var got bytes.Buffer
		if n, err := io.Copy(&got, c); errors.Is(err, os.ErrDeadlineExceeded) || n > 31<<20 {
			t.Errorf("%s: after %d bytes: %v", name, n, err)
		}
		if answered := strings.Contains(sent, "\r\n\r\n"); answered != bytes.Contains(got.Bytes(), []byte("Cross-Origin-Resource-Policy: same-origin\r\n")) {
			t.Errorf("%s: got %.200q", name, got.Bytes())
		}
	}
	write(t, root, "content/index.md", "---\ntitle: Home\n---\n\nLater.\n")
	p.until(func(n news) bool { return n.Build > 1 })
}

// Whoever opens a preview to the network is told, and gets an address that works.
func TestServeSaysWhoCanRead(t *testing.T) {
	for _, c := range []struct {
		address string
		drafts  bool
		says    string
	}{
		{"127.0.0.1:0", true, ""},
		{"localhost:0", true, ""},
		{"0.0.0.0:0", false, "builder: other machines on the network can read this preview\n  hint: -addr 127.0.0.1:PORT keeps it on this machine\n"},
		{":0", true, "builder: other machines on the network can read this preview, drafts included\n  hint: -addr 127.0.0.1:PORT keeps it on this machine\n"},
	} {
		root, o := newSite(t)
		write(t, root, "layouts/page.html", `{{define "main"}}{{.Body}} at {{.Config.BaseURL}}{{end}}`)
		o.Drafts = c.drafts
		var said logBuffer
		p := start(t, Options{Addr: c.address, Build: o, Stderr: &said})
		if got := strings.ReplaceAll(said.String(), portOf(strings.TrimPrefix(p.url, "http://")), "PORT"); got != c.says {
			t.Errorf("%s: %q", c.address, got)
		}
		p.shows("/", 200, "at "+p.url+"/")
	}
}

func TestServeRefusesATakenPort(t *testing.T) {
	_, o := newSite(t)
	p := start(t, Options{Build: o})
	address := strings.TrimPrefix(p.url, "http://")
	err := Serve(t.Context(), Options{Addr: address, Build: o, Stdout: io.Discard, Stderr: io.Discard})
	if err == nil || !strings.Contains(err.Error(), "listen on "+address) || !strings.Contains(err.Error(), "address already in use") {
		t.Errorf("got %v", err)
	}
}
