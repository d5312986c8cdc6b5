package website

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"hash/crc32"
	"io"
	"maps"
	"mime"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"analysis/builder/internal/media"
	"analysis/builder/internal/pipeline"
	"analysis/builder/internal/publish"
)

const nginxBase = "https://example.org/analysis/"

// nginx serves a folder by nginx with nginx.conf, at a socket, until the test ends. Without nginx
// the test is skipped; in CI that is a failure.
func nginx(t *testing.T, root string) *http.Client {
	t.Helper()
	program, err := exec.LookPath("nginx")
	if err != nil {
		program, err = exec.LookPath("/usr/sbin/nginx") // not in everybody's PATH
	}
	if err != nil && os.Getenv("CI") == "true" {
		t.Fatal("no nginx found: install Debian's package nginx-light")
	} else if err != nil {
		t.Skip("no nginx found: install Debian's package nginx-light")
	}
	conf, err := os.ReadFile("nginx.conf")
	if err != nil {
		t.Fatal(err)
	}
	dir, err := os.MkdirTemp("", "nginx") // the name of a socket has to be short
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	socket := filepath.Join(dir, "socket")
	for old, mine := range map[string]string{"listen 80;": "listen unix:" + socket + ";", "root /srv/www;": "root " + root + ";"} {
		if bytes.Count(conf, []byte(old)) != 1 {
			t.Fatalf("nginx.conf does not say %q once", old)
		}
		conf = bytes.Replace(conf, []byte(old), []byte(mine), 1)
	}
	main := "pid " + dir + "/pid;\nerror_log stderr;\ndaemon off;\nevents {}\nhttp {\ninclude /etc/nginx/mime.types;\n" +
		"default_type application/octet-stream;\naccess_log off;\nlog_not_found off;\n"
	if os.Geteuid() == 0 {
		main = "user root;\n" + main // for the folders of tests
	}
	for _, kind := range []string{"client_body", "proxy", "fastcgi", "uwsgi", "scgi"} {
		main += kind + "_temp_path " + dir + "/" + kind + ";\n"
	}
	file := filepath.Join(dir, "conf")
	if err := os.WriteFile(file, []byte(main+string(conf)+"}\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	cmd := exec.Command(program, "-p", dir, "-c", file)
	cmd.Stderr = &log
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() { cmd.Wait(); close(ended) }()
	t.Cleanup(func() {
		cmd.Process.Signal(os.Interrupt)
		if <-ended; log.Len() > 0 {
			t.Errorf("nginx says:\n%s", &log)
		}
	})
	for waiting := true; waiting; {
		c, err := net.Dial("unix", socket)
		if waiting = err != nil; !waiting {
			c.Close()
		}
		select {
		case <-ended:
			t.Fatal("nginx has ended")
		case <-time.After(time.Millisecond): // and ask again
		}
	}
	return &http.Client{
		Transport: &http.Transport{
			DisableCompression: true, // the test looks at it
			DialContext:        func(context.Context, string, string) (net.Conn, error) { return net.Dial("unix", socket) },
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// host asks a server for addresses of the site.
type host struct {
	*testing.T
	client *http.Client
	rules  []headerRule // of the site
}

// get asks for an address, as a browser does that has the version of that tag.
func (h host) get(address, tag string) (*http.Response, []byte) {
	h.Helper()
	req, err := http.NewRequestWithContext(h.Context(), "GET", strings.Replace(address, "https:", "http:", 1), nil)
	if err != nil {
		h.Fatal(err)
	}
	req.Header = http.Header{"Accept-Encoding": {"gzip"}, "If-None-Match": {tag}}
	r, err := h.client.Do(req)
	if err != nil {
		h.Fatal(err)
	}
	defer r.Body.Close()
	body := io.Reader(r.Body)
	if r.Header.Get("Content-Encoding") == "gzip" {
		if body, err = gzip.NewReader(r.Body); err != nil {
			h.Fatalf("%s: %v", address, err)
		}
	}
	data, err := io.ReadAll(body)
	if err != nil {
		h.Fatalf("%s: %v", address, err)
	}
	return r, data
}

// README says how to serve a site with nginx. Sites served so below a folder: each file, with
// the headers that it should have, each link and each anchor.
func TestNginx(t *testing.T) {
	Each(t, func(t *testing.T, o pipeline.Options) {
		www := t.TempDir()
		o.BaseURL = nginxBase
		files := published(t, o, filepath.Join(www, "analysis"))
		h := host{t, nginx(t, www), headerRules(string(files["_headers"]))}

		pages := map[string]document{} // by address
		for _, name := range slices.Sorted(maps.Keys(files)) {
			address := nginxBase + (&url.URL{Path: permalink(name)}).EscapedPath()
			r, body := h.get(address, "")
			if strings.HasPrefix(name, ".") {
				if r.StatusCode != http.StatusNotFound {
					t.Errorf("%s: status %s", address, r.Status)
				}
				continue
			}
			if r.StatusCode != http.StatusOK || !bytes.Equal(body, files[name]) {
				t.Errorf("%s: status %s, %d bytes, want those of %s", address, r.Status, len(body), name)
			}
			h.checkHeaders(name, r, files[name])
			tag := r.Header.Get("ETag")
			if again, body := h.get(address, tag); tag == "" || again.StatusCode != http.StatusNotModified || len(body) > 0 {
				t.Errorf("%s: status %s for who has %q", address, again.Status, tag)
			}
			pages[address] = linksOf(t, name, body)
		}

		lost := nginxBase + "no/such/page/" // at any depth
		r, body := h.get(lost, "")
		if r.StatusCode != http.StatusNotFound || !bytes.Equal(body, files["404.html"]) {
			t.Errorf("%s: status %s, %d bytes", lost, r.Status, len(body))
		}
		h.checkHeaders("404.html", r, body)
		pages[lost] = examine(body)
		if r, _ := h.get(strings.TrimSuffix(nginxBase, "/"), ""); r.StatusCode != http.StatusMovedPermanently || r.Header.Get("Location") != "/analysis/" {
			t.Errorf("without the slash at its end: status %s, %q", r.Status, r.Header.Get("Location"))
		}
		h.follow(pages)
	})
}

// permalink is the address of a file of the site.
func permalink(name string) string {
	if dir, base := path.Split(name); base == "index.html" {
		return dir
	}
	return name
}

// published builds a site into a folder and returns its files by name.
func published(t *testing.T, o pipeline.Options, dir string) map[string][]byte {
	t.Helper()
	folder, err := publish.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	s, err := pipeline.New(o).Build(t.Context(), folder)
	if err == nil && s.OK() {
		err = folder.Publish(s.Files)
	}
	if err = cmp.Or(err, folder.Close()); err != nil || !s.OK() {
		t.Fatal(err, s.Diagnostics)
	}
	files := map[string][]byte{}
	for name := range s.Files {
		if files[name], err = os.ReadFile(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// checkHeaders compares the headers of an answer with those of _headers, and with what should be
// said of a file of that name and content.
func (h host) checkHeaders(name string, r *http.Response, data []byte) {
	h.Helper()
	want := map[string]string{"Cache-Control": "no-cache"}
	for _, rule := range h.rules {
		if rule.path.MatchString("/" + permalink(name)) {
			maps.Copy(want, rule.headers)
		}
	}
	hash := fmt.Sprintf(".%x", sha256.Sum256(data))[:11]
	if strings.Contains(path.Base(name), hash+".") || strings.HasSuffix(name, fmt.Sprintf(".%08x.js", crc32.ChecksumIEEE(data))) {
		want["Cache-Control"] = "public, max-age=31536000, immutable"
	}
	for key, value := range want {
		if got := r.Header.Values(key); !slices.Equal(got, []string{value}) {
			h.Errorf("%s: %s: %q, want %q", name, key, got, value)
		}
	}
	kind, charset := mimeOf(h.T, media.Type(name))
	if got, its := mimeOf(h.T, r.Header.Get("Content-Type")); got != kind || charset != "" && its != charset {
		h.Errorf("%s is %q, want %q", name, r.Header.Get("Content-Type"), media.Type(name))
	}
	text := !strings.HasPrefix(kind, "image/") && kind != "application/octet-stream" || kind == "image/svg+xml"
	if got := r.Header.Get("Content-Encoding"); text && len(data) >= 100 && (got != "gzip" || r.Header.Get("Vary") != "Accept-Encoding") {
		h.Errorf("%s: %d bytes are sent with the encoding %q, varying by %q", name, len(data), got, r.Header.Get("Vary"))
	}
}

// mimeOf takes a media type apart. Of those with two names it returns that of package media.
func mimeOf(t *testing.T, s string) (kind, charset string) {
	t.Helper()
	kind, params, err := mime.ParseMediaType(s)
	if err != nil {
		t.Errorf("%q: %v", s, err)
	}
	return strings.NewReplacer("application/javascript", "text/javascript", "text/xml", "application/xml").Replace(kind), params["charset"]
}

// headerRule is a rule of _headers: the headers of the addresses that match.
type headerRule struct {
	path    *regexp.Regexp
	headers map[string]string
}

func headerRules(text string) (rules []headerRule) {
	for line := range strings.Lines(text) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		switch {
		case strings.HasPrefix(line, "/"):
			pattern := regexp.MustCompile(`:\w+`).ReplaceAllString(strings.ReplaceAll(regexp.QuoteMeta(key), `\*`, ".*"), "[^/]+")
			rules = append(rules, headerRule{regexp.MustCompile("^" + pattern + "$"), map[string]string{}})
		case strings.HasPrefix(line, " "):
			rules[len(rules)-1].headers[key] = value
		}
	}
	return rules
}

// linksOf returns where a page, the sitemap, the feed or the manifest leads. It reports what the
// rules of sitemaps do not allow.
func linksOf(t *testing.T, name string, data []byte) (d document) {
	t.Helper()
	switch path.Ext(name) {
	case ".html":
		return examine(data)
	case ".webmanifest":
		var manifest struct {
			Start string `json:"start_url"`
			Scope string
			Icons []struct{ Src string }
		}
		if err := json.Unmarshal(data, &manifest); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		d.links = []string{manifest.Start, manifest.Scope}
		for _, icon := range manifest.Icons {
			d.links = append(d.links, icon.Src)
		}
	case ".xml":
		var file struct {
			URLs []struct {
				Loc     string `xml:"loc"`
				LastMod string `xml:"lastmod"`
			} `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 url"`
			Entries []struct {
				Link struct {
					Href string `xml:"href,attr"`
				} `xml:"link"`
			} `xml:"http://www.w3.org/2005/Atom entry"`
		}
		if err := xml.Unmarshal(data, &file); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for _, u := range file.URLs {
			d.links = append(d.links, u.Loc)
			if !strings.HasPrefix(u.Loc, nginxBase) || len(u.Loc) >= 2048 || !regexp.MustCompile(`^(\d{4}(-\d\d(-\d\d)?)?)?$`).MatchString(u.LastMod) {
				t.Errorf("%s: %+v", name, u)
			}
		}
		for _, e := range file.Entries {
			d.links = append(d.links, e.Link.Href)
		}
		if n := len(d.links); n == 0 || n > 50_000 || len(data) > 50<<20 {
			t.Errorf("%s: %d addresses in %d bytes", name, n, len(data))
		}
	}
	return d
}

// follow asks for what pages link to, each address once, and looks for the anchors.
func (h host) follow(pages map[string]document) {
	h.Helper()
	home, _ := url.Parse(nginxBase)
	status := map[string]int{}
	for _, at := range slices.Sorted(maps.Keys(pages)) {
		from, err := url.Parse(at)
		if err != nil {
			h.Fatal(err)
		}
		for _, link := range pages[at].links {
			to, err := from.Parse(link)
			if err != nil || to.Host != home.Host {
				continue // TestNoLinkIsBroken reports the former
			}
			id := to.Fragment
			to.Fragment, to.RawFragment = "", ""
			address := to.String()
			if status[address] == 0 && address == at {
				status[address] = http.StatusOK // it is there, or it is the page that says that none is
			} else if status[address] == 0 {
				r, _ := h.get(address, "")
				status[address] = r.StatusCode
			}
			if status[address] != http.StatusOK {
				h.Errorf("%s: %q leads to %s, status %d", at, link, address, status[address])
			}
			if id != "" && pages[address].ids[id] == 0 {
				h.Errorf("%s: %q leads to no anchor", at, link)
			}
		}
	}
	h.Logf("%d pages, %d addresses", len(pages), len(status))
}
