package linkcheck

import (
	"cmp"
	"context"
	"errors"
	"io"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"analysis/builder/internal/content"
	"analysis/builder/internal/diag"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/site"
)

// linking is a site with one page that leads to addresses, one a line.
func linking(addresses ...string) *site.Site {
	doc := &content.Document{Path: "a.md"}
	for i, a := range addresses {
		doc.Outside = append(doc.Outside, content.Link{Target: a, Line: i + 1, Column: 1})
	}
	return &site.Site{Config: &frontmatter.Config{}, Pages: []*site.Page{{Doc: doc}}}
}

// checker asks without a pause.
func checker() *Checker {
	return &Checker{
		Agent: "tester", Today: time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC), Days: 30, Local: true, Timeout: 20 * time.Second, Progress: func(int, int) {},
	}
}

// said returns the findings, without the base of the addresses, by line.
func said(found []diag.Diagnostic, base string) []string {
	diag.Sort(found)
	var list []string
	for _, d := range found {
		list = append(list, strings.ReplaceAll(string(d.Severity)+": "+d.Message, base, ""))
	}
	return list
}

// serve answers a path as its name says.
func serve(w http.ResponseWriter, r *http.Request) {
	head, status := r.Method == http.MethodHead, map[string]int{
		"/200": 200, "/204": 204, "/403": 403, "/404": 404, "/410": 410, "/500": 500, "/418": 418, "/301-": 301,
	}
	switch path := r.URL.Path; path {
	case "/301", "/308":
		http.Redirect(w, r, "/200", map[string]int{"/301": 301, "/308": 308}[path])
	case "/302":
		http.Redirect(w, r, "/200", 302)
	case "/301-302":
		http.Redirect(w, r, "/302", 301)
	case "/302-301":
		http.Redirect(w, r, "/301", 302)
	case "/301-404":
		http.Redirect(w, r, "/404", 301)
	case "/301-301":
		http.Redirect(w, r, "/301", 301)
	case "/loop":
		http.Redirect(w, r, "/loop", 301)
	case "/scheme":
		http.Redirect(w, r, "ftp://example.org/", 301)
	case "/head-405", "/head-404", "/head-501", "/head-closed", "/endless":
		switch {
		case head && path == "/head-closed":
			panic(http.ErrAbortHandler)
		case head:
			w.WriteHeader(map[string]int{"/head-404": 404, "/head-501": 501}[path] + map[string]int{"/head-405": 405, "/endless": 405}[path])
		case path == "/endless":
			for r.Context().Err() == nil { // until the other side closes the connection
				if _, err := w.Write(make([]byte, 1<<16)); err != nil {
					return
				}
			}
		}
	case "/closed":
		panic(http.ErrAbortHandler)
	default:
		w.WriteHeader(status[path])
	}
}

func TestAnswers(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(serve))
	defer server.Close()
	server.Config.ErrorLog = nil
	for path, want := range map[string]string{
		"/200": "", "/204": "", "/head-405": "", "/head-404": "", "/head-501": "", "/head-closed": "", "/endless": "",
		"/302":      "note: /302 leads on to /200 at present",
		"/302-301":  "note: /302-301 leads on to /200 at present",
		"/301":      "note: /301 has moved to /200",
		"/308":      "note: /308 has moved to /200",
		"/301-301":  "note: /301-301 has moved to /200",
		"/301-302":  "note: /301-302 has moved to /302",
		"/301-404":  "warning: /301-404 is gone: 404 Not Found, on 2026-11-26",
		"/301-":     "warning: /301- leads on to nothing: 301 Moved Permanently, on 2026-11-26",
		"/404":      "warning: /404 is gone: 404 Not Found, on 2026-11-26",
		"/410":      "warning: /410 is gone: 410 Gone, on 2026-11-26",
		"/403":      "note: /403 does not answer a program: 403 Forbidden, on 2026-11-26",
		"/500":      "warning: /500 fails: 500 Internal Server Error, on 2026-11-26",
		"/loop":     "warning: /loop does not answer: it leads on more than ten times",
		"/scheme":   `warning: /scheme does not answer: unsupported protocol scheme "ftp"`,
		"/closed":   "warning: /closed does not answer: EOF",
		"/404#part": "warning: /404 is gone: 404 Not Found, on 2026-11-26",
	} {
		_, found, all, asked := checker().Check(t.Context(), linking(server.URL+path), nil)
		if got := strings.Join(said(found, server.URL), "\n"); got != want || all != 1 || asked != 1 {
			t.Errorf("%s: %q, %d of %d; want %q", path, got, asked, all, want)
		}
	}
}

// What is no answer of HTTP.
func TestFaults(t *testing.T) {
	free := make(chan struct{})
	slow := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-free }))
	defer slow.Close()
	defer close(free)
	foreign := httptest.NewUnstartedServer(http.HandlerFunc(serve))
	foreign.Config.ErrorLog = nil
	foreign.StartTLS()
	defer foreign.Close()
	gone := httptest.NewServer(nil)
	gone.Close()
	for address, want := range map[string]string{
		slow.URL + "/":          "does not answer: nothing came within 50ms",
		foreign.URL + "/":       "does not answer: tls: failed to verify certificate: x509: certificate signed by unknown authority",
		gone.URL + "/":          "connection refused",
		"http://a.invalid:1:2/": "does not answer: ",
	} {
		c := checker()
		c.Timeout = 50 * time.Millisecond
		if address[:5] == "https" {
			c.Timeout = 20 * time.Second
		}
		kept, found, _, _ := c.Check(t.Context(), linking(address), nil)
		if got := said(found, ""); len(got) != 1 || !strings.Contains(got[0], want) || len(kept) > 0 {
			t.Errorf("%s: %q, kept %v; want %q", address, got, kept, want)
		}
	}
}

// A host that asks for patience is left alone.
func TestPatience(t *testing.T) {
	for _, status := range []int{429, 503} {
		requests := 0
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			requests++
			w.Header().Set("Retry-After", "120")
			w.WriteHeader(status)
		}))
		kept, found, all, asked := checker().Check(t.Context(), linking(server.URL+"/a", server.URL+"/b"), nil)
		server.Close()
		if requests != 1 || all != 2 || asked != 1 || len(found) != 1 || len(kept) > 0 {
			t.Errorf("%d: %d requests, %d of %d asked, kept %v, said %q", status, requests, asked, all, kept, said(found, ""))
		}
	}
}

// Nothing is sent to this machine or to a private network.
func TestPrivate(t *testing.T) {
	c := checker()
	c.Local = false
	for address, private := range map[string]bool{
		"127.0.0.1:80": true, "127.8.8.8:80": true, "[::1]:80": true, "[::ffff:127.0.0.1]:80": true, "0.0.0.0:80": true, "[::]:80": true, "10.1.2.3:80": true,
		"172.16.0.1:80": true, "192.168.1.1:80": true, "169.254.169.254:80": true, "[fe80::1%eth0]:80": true, "[fd00::1]:80": true, "100.64.0.1:80": true, "224.0.0.1:80": true,
		"255.255.255.255:80": true, "[64:ff9b::7f00:1]:80": true, "[2002:7f00:1::]:80": true, "nonsense": true,
		"93.184.215.14:443": false, "172.32.0.1:80": false, "[2606:2800:21f::1]:443": false, "[::ffff:93.184.215.14]:80": false,
	} {
		if got := c.control("tcp", address, nil); (got != nil) != private {
			t.Errorf("%s: %v", address, got)
		}
	}
	var mu sync.Mutex
	var seen []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		seen = append(seen, r.Host)
		mu.Unlock()
		http.Redirect(w, r, "http://"+r.Header.Get("To")+"/", 301)
	}))
	defer server.Close()
	_, port, _ := net.SplitHostPort(server.Listener.Addr().String())
	for _, address := range []string{server.URL + "/", "http://localhost:" + port + "/", "http://[::ffff:127.0.0.1]:" + port + "/"} {
		_, found, _, _ := c.Check(t.Context(), linking(address), nil)
		if got := said(found, address); len(got) != 1 || !strings.HasSuffix(got[0], errLocal.Error()) {
			t.Errorf("%s: %q", address, got)
		}
	}
	// The network of this transport has a public host that leads to a private one.
	c.send = &http.Transport{DisableKeepAlives: true, DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
		if address == "public.example:80" {
			return net.Dial(network, server.Listener.Addr().String())
		}
		return (&net.Dialer{Control: c.control}).DialContext(ctx, network, address)
	}}
	c.send = addTo{c.send, server.Listener.Addr().String()}
	_, found, _, _ := c.Check(t.Context(), linking("http://public.example/"), nil)
	if got := said(found, ""); len(got) != 1 || !strings.HasSuffix(got[0], errLocal.Error()) || !slices.Equal(seen, []string{"public.example"}) {
		t.Errorf("%q; requests to %q", got, seen)
	}
}

// addTo says in each request where the test's server is to lead.
type addTo struct {
	http.RoundTripper
	to string
}

func (a addTo) RoundTrip(r *http.Request) (*http.Response, error) {
	r.Header.Set("To", a.to)
	return a.RoundTripper.RoundTrip(r)
}

// sender is a network in which every request takes two seconds.
type sender struct {
	mu               sync.Mutex
	running, most    int
	began            map[string][]time.Time
	agents, requests map[string]int
}

func (s *sender) RoundTrip(r *http.Request) (*http.Response, error) {
	s.mu.Lock()
	s.running++
	s.most = max(s.most, s.running)
	s.began[r.URL.Host] = append(s.began[r.URL.Host], time.Now())
	s.agents[r.UserAgent()]++
	s.requests[r.Method+" "+r.Header.Get("Authorization")+r.URL.String()]++
	s.mu.Unlock()
	time.Sleep(2 * time.Second)
	s.mu.Lock()
	s.running--
	s.mu.Unlock()
	if r.Method == http.MethodHead && r.URL.Path == "/get" {
		return nil, errors.New("no HEAD")
	}
	return &http.Response{StatusCode: 200, Body: io.NopCloser(strings.NewReader("text")), Request: r}, nil
}

// At most four requests run at a time and one for each host, with a pause after each.
func TestPolite(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &sender{began: map[string][]time.Time{}, agents: map[string]int{}, requests: map[string]int{}}
		c := checker()
		c.send, c.Pause = s, time.Second
		var progress []int
		c.Progress = func(asked, all int) { progress = append(progress, asked, all) }
		_, found, all, asked := c.Check(t.Context(), linking("https://a.org/1", "https://a.org/2#x", "https://a.org/2", "https://A.org/3", "https://a.org/get", "mailto:a@a.org",
			"https://b.org/", "https://user:secret@c.org/", "https://d.org/", "https://e.org/", "https://f.org/"), nil)
		if len(found) > 0 || all != 9 || asked != 9 || s.most != 4 || !maps.Equal(s.agents, map[string]int{"tester": 10}) || !slices.Equal(progress[16:], []int{9, 9}) {
			t.Errorf("%q; %d of %d, %d at a time, agents %v, progress %v", said(found, ""), asked, all, s.most, s.agents, progress)
		}
		for name, times := range s.began {
			for i := range times[1:] {
				if pause := times[i+1].Sub(times[i]); pause < 3*time.Second {
					t.Errorf("%s was asked again after %s", name, pause)
				}
			}
		}
		if s.requests["HEAD https://a.org/2"] != 1 || s.requests["GET https://a.org/get"] != 1 || s.requests["HEAD https://c.org/"] != 1 {
			t.Error(s.requests)
		}
	})
}

// network answers requests as a function does.
type network func(*http.Request) (*http.Response, error)

func (f network) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// A pause between redirects takes nothing from the time for an answer, and ends with the command.
func TestPause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, start := checker(), time.Now()
		c.Pause = time.Hour
		c.send = network(func(r *http.Request) (*http.Response, error) {
			if r.Context().Err() != nil {
				return nil, r.Context().Err()
			}
			time.Sleep(15 * time.Second)
			status := map[string]int{"/": 200}[r.URL.Path]
			return &http.Response{StatusCode: cmp.Or(status, 301), Header: http.Header{"Location": {"/"}}, Body: http.NoBody, Request: r}, nil
		})
		_, found, _, _ := c.Check(t.Context(), linking("https://a.org/old"), nil)
		if got := strings.Join(said(found, ""), "\n"); got != "note: https://a.org/old has moved to https://a.org/" {
			t.Error(got)
		}
		if took := time.Since(start); took != 2*time.Hour+30*time.Second {
			t.Errorf("it took %s", took)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		start = time.Now()
		c.Check(ctx, linking("https://a.org/", "https://a.org/b"), nil)
		if took := time.Since(start); took != time.Minute {
			t.Errorf("it ended after %s", took)
		}
	})
}

// A second run asks only what is old or may be another answer by now, and repeats what is
// known. What no page leads to any more is forgotten.
func TestKept(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(serve))
	defer server.Close()
	at := func(path string) string { return server.URL + path }
	site := linking(at("/200"), at("/404"), at("/301"), at("/500"), at("/403"))
	kept, _, _, asked := checker().Check(t.Context(), site, nil)
	if got := slices.Sorted(maps.Keys(kept)); asked != 5 || !slices.Equal(got, []string{at("/200"), at("/301"), at("/403"), at("/404")}) {
		t.Errorf("%d asked, kept %q", asked, got)
	}
	kept[at("/old")] = Answer{Asked: "2026-11-26", Status: 200}
	again, found, all, asked := checker().Check(t.Context(), site, kept)
	if all != 5 || asked != 1 || len(found) != 4 || len(again) != 4 {
		t.Errorf("%d of %d asked, kept %v, said %q", asked, all, again, said(found, server.URL))
	}
	for day, want := range map[string]int{"2026-11-26": 0, "2026-10-28": 0, "2026-10-27": 1, "2026-11-27": 1, "": 1, "2026": 1} {
		if _, _, _, asked := checker().Check(t.Context(), linking(at("/200")), map[string]Answer{at("/200"): {Asked: day, Status: 200}}); asked != want {
			t.Errorf("%q: %d asked", day, asked)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	c := checker()
	c.Progress = func(int, int) { cancel() }
	if kept, _, _, asked := c.Check(ctx, linking(at("/200"), at("/204")), nil); asked != 1 || len(kept) != 1 {
		t.Errorf("after the end %d asked, kept %v", asked, kept)
	}
}
