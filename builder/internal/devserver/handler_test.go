package devserver

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/pipeline"
	"analysis/builder/internal/publish"
)

// testHandler is a preview without a network: its handler over one build.
func testHandler(t *testing.T) http.Handler {
	t.Helper()
	s, _ := testServer(t)
	return s.handler()
}

// testServer is such a preview and the folder of its site.
func testServer(t *testing.T) (s *server, root string) {
	t.Helper()
	root, o := newSite(t)
	const address = "127.0.0.1:80"
	s = newServer(Options{Addr: address, Build: o, Stdout: io.Discard, Stderr: io.Discard}, address)
	first, err := s.builder.Build(publish.Memory{})
	if err != nil {
		t.Fatal(err)
	}
	s.show(first, 0)
	return s, root
}

func request(h http.Handler, method, path string, set ...func(*http.Request)) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, nil)
	r.Host = "localhost"
	for _, f := range set {
		f(r)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestHandlerAnswers(t *testing.T) {
	h := testHandler(t)
	for _, c := range []struct {
		method, path string
		status       int
		contentType  string
		body         string
	}{
		{"GET", "/", 200, "text/html; charset=utf-8", "First words."},
		{"GET", "/notes/one/", 200, "text/html; charset=utf-8", "Note one."},
		{"GET", "/notes/one/index.html", 200, "text/html; charset=utf-8", "Note one."},
		{"GET", "/notes/one", 301, "", ""},
		{"GET", "/notes/two/", 404, "text/html; charset=utf-8", "Nothing here"},
		{"GET", "/../content/site.yaml", 307, "", ""},
		{"GET", "/css/a.css", 200, "text/css; charset=utf-8", "h1{color:red}"},
		{"GET", "/robots.txt", 200, "text/plain; charset=utf-8", "User-agent: *"},
		{"GET", scriptPath, 200, "text/javascript; charset=utf-8", "EventSource"},
		{"POST", "/", 405, "", ""},
	} {
		w := request(h, c.method, c.path)
		if w.Code != c.status || c.contentType != "" && w.Header().Get("Content-Type") != c.contentType || !strings.Contains(w.Body.String(), c.body) {
			t.Errorf("%s %s: %d %q\n%s", c.method, c.path, w.Code, w.Header().Get("Content-Type"), w.Body)
		}
	}
	if to := request(h, "GET", "/notes/one?x=1").Header().Get("Location"); to != "/notes/one/?x=1" {
		t.Errorf("redirects to %q", to)
	}
	if w := request(h, "HEAD", "/"); w.Code != 200 || w.Body.Len() != 0 || w.Header().Get("Content-Length") == "0" {
		t.Errorf("HEAD: %d, %d bytes, says %s", w.Code, w.Body.Len(), w.Header().Get("Content-Length"))
	}
}

func TestHandlerKnowsWhatABrowserHas(t *testing.T) {
	s, root := testServer(t)
	h := s.handler()
	sheet := request(h, "GET", "/css/a.css").Header().Get("ETag")
	page := request(h, "GET", "/").Header().Get("ETag")
	write(t, root, "static/css/a.css", "h1 { color: blue }\n")
	next, err := s.builder.Build(publish.Memory{})
	if err != nil || next.Rendered != 0 {
		t.Fatal(err, next.Rendered)
	}
	s.show(next, 0)
	if request(h, "GET", "/css/a.css").Header().Get("ETag") == sheet || request(h, "GET", "/").Header().Get("ETag") != page {
		t.Error("the tag of a changed style sheet stays, or that of its page does not")
	}
	tag := request(h, "GET", "/").Header().Get("ETag")
	again := func(value string) *httptest.ResponseRecorder {
		return request(h, "GET", "/", func(r *http.Request) { r.Header.Set("If-None-Match", value) })
	}
	if w := again(tag); w.Code != http.StatusNotModified || w.Body.Len() != 0 {
		t.Errorf("with %s: %d, %d bytes", tag, w.Code, w.Body.Len())
	}
	if w := again(`"other"`); w.Code != http.StatusOK {
		t.Errorf("with another tag: %d", w.Code)
	}
}

func TestHandlerRefusesForeignHosts(t *testing.T) {
	h := testHandler(t)
	for host, status := range map[string]int{
		"localhost": 200, "LOCALHOST:80": 200, "127.0.0.1": 200, "127.0.0.1:80": 200, "[::1]:80": 200,
		"evil.example": 421, "evil.example:80": 421, "localhost.evil.example": 421, "127.0.0.1:8080": 421, "": 421,
	} {
		for _, path := range []string{"/", eventsPath + "x", scriptPath} {
			w := request(h, "GET", path, func(r *http.Request) { r.Host = host })
			if refused := w.Code == http.StatusMisdirectedRequest; refused != (status == 421) {
				t.Errorf("host %q, %s: %d", host, path, w.Code)
			}
		}
	}
}

// A browser that does not read holds up neither a build nor another browser,
// and both end on the newest build.
func TestSlowClientNeverDelaysABuild(t *testing.T) {
	s, _ := testServer(t)
	web := httptest.NewUnstartedServer(s.handler())
	s.hosts = []string{web.Listener.Addr().String()}
	web.Start()
	t.Cleanup(web.Close)
	dial := func() net.Conn {
		c, err := net.Dial("tcp", web.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { c.Close() })
		fmt.Fprintf(c, "GET %s HTTP/1.1\r\nHost: %s\r\n\r\n", eventsPath, web.Listener.Addr())
		return c
	}
	slow, quick := dial(), bufio.NewReader(dial())
	number := func(from *bufio.Reader) int {
		for {
			line, err := from.ReadString('\n')
			if err != nil {
				t.Fatal(err)
			}
			var n int
			if _, err := fmt.Sscanf(line, "id: %d", &n); err == nil {
				return n
			}
		}
	}
	number(quick)
	first := s.now.Load().site
	long := strings.Repeat("x", 1<<20) // more than a connection holds
	const builds = 30
	for i := range builds {
		next := *first
		next.Diagnostics = []diag.Diagnostic{diag.Warningf(diag.Position{Line: i + 1}, "%s", long)}
		s.show(&next, 0)
		for number(quick) != i+2 {
		}
	}
	late := bufio.NewReader(slow)
	read := 1
	for ; number(late) != builds+1; read++ {
	}
	if read == builds+1 {
		t.Error("the slow client was sent every build, so it was not slow")
	}
}

func TestHandlerLeadsOn(t *testing.T) {
	s, root := testServer(t)
	h := s.handler()
	rebuild := func() {
		t.Helper()
		next, err := s.builder.Build(publish.Memory{})
		if err != nil || !next.OK() {
			t.Fatal(err, next.Diagnostics)
		}
		s.show(next, 0)
	}
	leads := func(path, moved, near string) {
		t.Helper()
		w := request(h, "GET", path)
		if got := w.Header(); w.Code != http.StatusNotFound || got.Get("X-Moved") != moved || got.Get("X-Near") != near {
			t.Errorf("%s: %d, moved %q, near %q", path, w.Code, got.Get("X-Moved"), got.Get("X-Near"))
		}
	}
	leads("/notes/three/", "", "/notes/")
	leads("/notes/far/away", "", "/notes/")
	leads("/nowhere/", "", "/")
	leads("/x.png", "", "/")

	one := filepath.Join(root, "content", "notes", "one.md")
	if err := os.Rename(one, filepath.Join(root, "content", "notes", "two.md")); err != nil {
		t.Fatal(err)
	}
	rebuild()
	leads("/notes/one/", "/notes/two/", "")

	write(t, root, "content/notes/two.md", "---\ntitle: Other\n---\n\nNote one.\n")
	rebuild()
	leads("/notes/one/", "/notes/two/", "")
	write(t, root, "content/notes/two.md", "---\ntitle: Other\n---\n\nOther words.\n")
	rebuild()
	leads("/notes/one/", "", "/notes/")

	for i := range maxDeleted + 1 {
		write(t, root, fmt.Sprintf("content/many/p%d.md", i), "# Many\n")
	}
	rebuild()
	if err := os.RemoveAll(filepath.Join(root, "content/many")); err != nil {
		t.Fatal(err)
	}
	rebuild()
	if n := len(s.now.Load().deleted); n != maxDeleted {
		t.Errorf("%d pages are kept", n)
	}
}

// The script is the preview's: it stands in what is served and not in what is
// built.
func TestLiveScriptStandsOnlyInThePreview(t *testing.T) {
	_, o := newSite(t)
	s, err := pipeline.New(o).Build(publish.Memory{})
	if err != nil || !s.OK() {
		t.Fatal(err, s.Diagnostics)
	}
	if strings.Contains(string(s.Files["index.html"].Data), "live.js") {
		t.Error("the built page has the live script")
	}
	if body := request(testHandler(t), "GET", "/").Body.String(); strings.Count(body, "live.js") != 1 || !strings.HasSuffix(strings.TrimSpace(body), "</script>\n</body></html>") {
		t.Errorf("the served page is %s", body)
	}
}
