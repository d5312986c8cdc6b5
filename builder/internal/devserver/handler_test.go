package devserver

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
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
	first, err := s.builder.Build(t.Context(), publish.Memory{})
	if err != nil {
		t.Fatal(err)
	}
	s.show(first, 0)
	return s, root
}

func request(h http.Handler, method, path string, set ...func(*http.Request)) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, nil)
	r.Host, r.RemoteAddr = "localhost", "127.0.0.1:50000"
	r = r.WithContext(context.WithValue(r.Context(), http.LocalAddrContextKey, net.Addr(&net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 80})))
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
		{"GET", "/../content/site.yaml", 404, "", "Nothing here"},
		{"GET", "/%2e%2e/content/site.yaml", 404, "", "Nothing here"},
		{"GET", "//x/%2e%2e", 404, "", "Nothing here"},
		{"GET", "//notes/one", 404, "", "Nothing here"},
		{"GET", "/notes%2Fone/", 404, "", "Nothing here"},
		{"GET", "/notes%2fone", 404, "", "Nothing here"},
		{"GET", "/notes\\one/", 404, "", "Nothing here"},
		{"GET", "/css/a.css", 200, "text/css; charset=utf-8", "h1{color:red}"},
		{"GET", "/robots.txt", 200, "text/plain; charset=utf-8", "User-agent: *"},
		{"GET", scriptPath, 200, "text/javascript; charset=utf-8", "EventSource"},
		{"HEAD", eventsPath, 200, "text/event-stream", ""},
		{"POST", "/", 405, "", "GET and HEAD only"},
		{"PUT", "/notes/one/", 405, "", ""},
		{"OPTIONS", eventsPath, 405, "", ""},
		{"DELETE", scriptPath, 405, "", ""},
		{"TRACE", "/", 405, "", ""},
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
	next, err := s.builder.Build(t.Context(), publish.Memory{})
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
	s, _ := testServer(t)
	s.options.Addr, s.options.Hosts = "studio:8080", []string{"preview.example.org", "mapped:9000"}
	const machine, lan, container = "127.0.0.1 127.0.0.1", "192.168.1.9 192.168.1.5", "172.17.0.1 ::ffff:172.17.0.2" // from, to
	for _, c := range []struct {
		connection, host string
		answered         bool
	}{
		{machine, "localhost:8080", true}, {machine, "LOCALHOST:8080", true}, {machine, "127.0.0.1:8080", true},
		{machine, "127.0.0.2:8080", true}, {machine, "[::1]:8080", true}, {machine, "0.0.0.0:8080", true},
		{"::1 ::1", "localhost:8080", true}, {"::ffff:127.0.0.1 ::ffff:127.0.0.1", "127.0.0.1:8080", true},
		{machine, "localhost", false}, {machine, "localhost:80", false}, {machine, "127.0.0.1:8081", false}, {machine, "", false},
		{machine, "evil.example:8080", false}, {machine, "localhost.evil.example:8080", false}, {machine, "127.0.0.1.nip.io:8080", false},
		{machine, "evil.example:8080@localhost:8080", false}, {machine, "192.168.1.5:8080", false},
		{lan, "192.168.1.5:8080", true}, {lan, "studio:8080", true}, {lan, "Studio:8080", true}, {"fe80::2%eth0 fe80::1%eth0", "[fe80::1]:8080", true},
		{lan, "localhost:8080", false}, {lan, "127.0.0.1:8080", false}, {lan, "[::1]:8080", false}, {lan, "[::ffff:127.0.0.1]:8080", false},
		{lan, "0.0.0.0:8080", false}, {lan, "192.168.1.9:8080", false}, {lan, "192.168.1.5", false}, {lan, "studio", false},
		{container, "172.17.0.2:8080", true}, {container, "localhost:8080", false}, {container, "mapped:9000", true}, {container, "mapped:9001", false},
		{container, "preview.example.org", true}, {container, "Preview.Example.org:9", true}, {container, "x.preview.example.org", false},
	} {
		from, to, _ := strings.Cut(c.connection, " ")
		local := net.TCPAddrFromAddrPort(netip.AddrPortFrom(netip.MustParseAddr(to), 8080))
		for _, path := range []string{"/", eventsPath, scriptPath} {
			w := request(s.handler(), "HEAD", path, func(r *http.Request) {
				r.Host, r.RemoteAddr = c.host, net.JoinHostPort(from, "50000")
				*r = *r.WithContext(context.WithValue(r.Context(), http.LocalAddrContextKey, net.Addr(local)))
			})
			if want := map[bool]int{true: 200, false: 421}[c.answered]; w.Code != want {
				t.Errorf("%s, host %q, %s: %d", c.connection, c.host, path, w.Code)
			}
		}
	}
}

// Requests of pages of other origins are refused before anything is looked up.
func TestHandlerRefusesPagesOfOtherSites(t *testing.T) {
	h := testHandler(t)
	for _, c := range []struct {
		headers string // Sec-Fetch-Site, -Mode, -Dest, Origin, Service-Worker
		status  int
	}{
		{"", 200},
		{"none navigate document", 200},
		{"same-origin navigate document", 200},
		{"same-origin cors empty", 200},
		{"same-origin no-cors script", 200},
		{"same-origin navigate iframe", 200},
		{"same-origin cors empty http://localhost", 200},
		{"cross-site navigate document", 200},
		{"same-site navigate document", 200},
		{"cross-site no-cors script", 403},
		{"same-site no-cors script", 403},
		{"same-site no-cors image", 403},
		{"same-site cors empty", 403},
		{"cross-site navigate iframe", 403},
		{"cross-site navigate object", 403},
		{"cross-site navigate", 403},
		{"cross-site no-cors document", 403},
		{"cross-site websocket empty", 403},
		{"anything", 403},
		{"- - - http://evil.example", 403},
		{"- - - http://localhost:8081", 403},
		{"- - - null", 403},
		{"- - - http://localhost", 200},
		{"cross-site navigate document null", 403},
		{"same-origin no-cors serviceworker - script", 403},
	} {
		for _, path := range []string{"/", "/css/a.css", "/nowhere/", eventsPath, scriptPath} {
			w := request(h, "HEAD", path, func(r *http.Request) {
				for i, value := range strings.Fields(c.headers) {
					if value != "-" {
						r.Header.Set([]string{"Sec-Fetch-Site", "Sec-Fetch-Mode", "Sec-Fetch-Dest", "Origin", "Service-Worker"}[i], value)
					}
				}
			})
			if refused := w.Code == 403; refused != (c.status == 403) {
				t.Errorf("%q, %s: %d", c.headers, path, w.Code)
			}
		}
	}
}

// Every answer keeps other sites from using it.
func TestEveryAnswerIsProtected(t *testing.T) {
	s, root := testServer(t)
	write(t, root, "static/_headers", "# for hosts\n/*\n  Content-Security-Policy: script-src 'self'\n  Access-Control-Allow-Origin: *\n\tReferrer-Policy: no-referrer\n/css/*\n  Permissions-Policy: camera=()\n  Cache-Control: immutable\n")
	for _, name := range []string{"page.html", "page.htm", "drawing.svg", "data.xml", "film.mp4", "paper.pdf"} {
		write(t, root, "content/notes/"+name, "0123456789")
	}
	next, err := s.builder.Build(t.Context(), publish.Memory{})
	if err != nil || !next.OK() {
		t.Fatal(err, next.Diagnostics)
	}
	s.show(next, 0)
	for _, c := range []struct {
		method, path string
		status       int
		policy       string // all of Content-Security-Policy
	}{
		{"GET", "/", 200, "frame-ancestors 'self' script-src 'self'"},
		{"GET", "/nowhere/", 404, "frame-ancestors 'self' script-src 'self'"},
		{"GET", "/notes", 301, "frame-ancestors 'self' script-src 'self'"},
		{"GET", "/css/a.css", 200, "frame-ancestors 'self' script-src 'self'"},
		{"GET", "/notes/film.mp4", 200, "frame-ancestors 'self' script-src 'self'"},
		{"GET", "/notes/paper.pdf", 200, "frame-ancestors 'self' script-src 'self'"},
		{"GET", "/notes/page.html", 200, "frame-ancestors 'self' script-src 'self' sandbox allow-same-origin"},
		{"GET", "/notes/page.htm", 200, "frame-ancestors 'self' script-src 'self' sandbox allow-same-origin"},
		{"GET", "/notes/drawing.svg", 200, "frame-ancestors 'self' script-src 'self' sandbox allow-same-origin"},
		{"GET", "/notes/data.xml", 200, "frame-ancestors 'self' script-src 'self' sandbox allow-same-origin"},
		{"GET", scriptPath, 200, "frame-ancestors 'self'"},
		{"HEAD", eventsPath, 200, "frame-ancestors 'self'"},
		{"POST", "/", 405, "frame-ancestors 'self'"},
		{"POST from a page of another site", "/", 403, "frame-ancestors 'self'"},
		{"GET by another name", "/", 421, "frame-ancestors 'self'"},
		{"GET of no part", "/css/a.css", 416, "frame-ancestors 'self' script-src 'self'"},
	} {
		method, how, _ := strings.Cut(c.method, " ")
		h := request(s.handler(), method, c.path, func(r *http.Request) {
			switch how {
			case "from a page of another site":
				r.Header.Set("Sec-Fetch-Site", "same-site")
			case "by another name":
				r.Host = "evil.example"
			case "of no part":
				r.Header.Set("Range", "bytes=900-")
			}
		})
		for name, want := range protection {
			if got := h.Header().Get(name); got != want && name != "Cache-Control" {
				t.Errorf("%s %s: %s is %q", c.method, c.path, name, got)
			}
		}
		if got := strings.Join(h.Header().Values("Content-Security-Policy"), " "); got != c.policy || h.Code != c.status {
			t.Errorf("%s %s: %d, policy %q", c.method, c.path, h.Code, got)
		}
		if h.Header().Get("Access-Control-Allow-Origin") != "" || (h.Header().Get("Permissions-Policy") != "") != strings.HasPrefix(c.path, "/css/") {
			t.Errorf("%s %s: headers %v", c.method, c.path, h.Header())
		}
	}
	if w := request(s.handler(), "GET", "/notes/page.html"); strings.Contains(w.Body.String(), "script") {
		t.Error("a file beside a page has the live script")
	}
}

// A rule of _headers is for the paths that hosts take it for. What a site allows for some
// of them, the preview does not allow.
func TestRulesOfHeaders(t *testing.T) {
	for _, c := range []struct {
		rule, path string
		want       bool
	}{
		{"/*", "/", true},
		{"/css/*", "/css/a/b.css", true},
		{"/css/*", "/css", false},
		{"/a.b", "/a.b", true},
		{"/a.b", "/axb", false},
		{"/claims/:id/card/*", "/claims/tea/card/", true},
		{"/claims/:id/card/*", "/claims/tea/card/index.html", true},
		{"/claims/:id/card/*", "/claims/tea/", false},
		{"/claims/:id/card/*", "/claims/tea/x/card/", false},
		{"/claims/:id/card/*", "/a/claims/tea/card/", false},
		{"/\xff*", "/\xff", false},
	} {
		if got := matches(c.rule, c.path); got != c.want {
			t.Errorf("%q for %q: %t", c.rule, c.path, got)
		}
	}
	h := http.Header{"Content-Security-Policy": {protection["Content-Security-Policy"]}}
	sitePolicies(h, []byte("/claims/:id/card/*\n  Content-Security-Policy: frame-ancestors *\n  X-Frame-Options: ALLOWALL\n"), "/claims/tea/card/")
	if got := h.Values("Content-Security-Policy"); len(got) != 2 || got[0] != "frame-ancestors 'self'" || h.Get("X-Frame-Options") != "" {
		t.Errorf("headers %v", h) // all policies hold, so the first does
	}
}

// A film is sent in the parts that a browser asks for, from memory or from disk.
func TestHandlerSendsParts(t *testing.T) {
	s, root := testServer(t)
	write(t, root, "film.mp4", "0123456789")
	film := &publish.File{Sum: "1", Open: func() (io.ReadSeekCloser, error) { return os.Open(filepath.Join(root, "film.mp4")) }}
	s.now.Load().site.Files["film.mp4"] = film
	for _, c := range []struct {
		asked, ifRange string
		status         int
		body, answered string
	}{
		{"", "", 200, "0123456789", ""},
		{"bytes=2-4", "", 206, "234", "bytes 2-4/10"},
		{"bytes=7-", "", 206, "789", "bytes 7-9/10"},
		{"bytes=-2", "", 206, "89", "bytes 8-9/10"},
		{"bytes=2-4", `"1"`, 206, "234", "bytes 2-4/10"},
		{"bytes=2-4", `"0"`, 200, "0123456789", ""}, // another build has another film
		{"bytes=10-", "", 416, "", "bytes */10"},
		{"lines=1-2", "", 416, "", ""},
	} {
		for range 2 {
			w := request(s.handler(), "GET", "/film.mp4", func(r *http.Request) {
				r.Header.Set("Range", c.asked)
				r.Header.Set("If-Range", c.ifRange)
			})
			if w.Code != c.status || c.status < 400 && w.Body.String() != c.body || w.Header().Get("Content-Range") != c.answered {
				t.Errorf("%q: %d %q %q", c.asked, w.Code, w.Body, w.Header().Get("Content-Range"))
			}
			s.now.Load().site.Files["film.mp4"] = &publish.File{Sum: "1", Data: []byte("0123456789")}
		}
		s.now.Load().site.Files["film.mp4"] = film
	}
	if err := os.Remove(filepath.Join(root, "film.mp4")); err != nil {
		t.Fatal(err)
	}
	if w := request(s.handler(), "GET", "/film.mp4"); w.Code != 503 || w.Header().Get("ETag") != "" {
		t.Errorf("a film that is gone: %d %v", w.Code, w.Header())
	}
}

// A browser that does not read holds up neither a build nor another browser,
// and both end on the newest build.
func TestSlowClientNeverDelaysABuild(t *testing.T) {
	s, _ := testServer(t)
	web := httptest.NewUnstartedServer(s.handler())
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
		next, err := s.builder.Build(t.Context(), publish.Memory{})
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
	s, err := pipeline.New(o).Build(t.Context(), publish.Memory{})
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
