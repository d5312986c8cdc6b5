package devserver

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"

	"analysis/builder/internal/media"
	"analysis/builder/internal/paths"
	"analysis/builder/internal/publish"
	"analysis/builder/internal/site"
)

// liveScript is a script that pages load only in the preview.
//
//go:embed live.js
var liveScript []byte

// The preview's own addresses. No page can have them, because files whose names begin
// with a dot are not published.
const (
	scriptPath = "/.live/live.js"
	eventsPath = "/.live/events"
)

func (s *server) handler() http.Handler {
	return s.guard(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case eventsPath:
			s.events(w, r)
		case scriptPath:
			send(w, r, scriptPath, publish.NewFile(liveScript))
		default:
			s.page(w, r)
		}
	})
}

// page serves a file of the last good build.
func (s *server) page(w http.ResponseWriter, r *http.Request) {
	now := s.now.Load()
	if now.site == nil {
		sendPage(w, r, &publish.File{Data: notBuiltPage, Sum: "0"}, http.StatusServiceUnavailable)
		return
	}
	if f := now.site.Files["_headers"]; f != nil {
		sitePolicies(w.Header(), f.Data, r.URL.Path)
	}
	name := paths.File(strings.TrimPrefix(r.URL.Path, "/"))
	if strings.Contains(strings.ToLower(r.URL.RawPath), "%2f") { // a slash that is part of a name
		name = r.URL.RawPath
	}
	f := now.site.Files[name]
	switch {
	case f != nil && now.isPage(name):
		sendPage(w, r, f, http.StatusOK)
	case f != nil:
		send(w, r, name, f)
	case now.site.Files[name+"/index.html"] != nil:
		to := url.URL{Path: "/" + name + "/", RawQuery: r.URL.RawQuery}
		http.Redirect(w, r, to.RequestURI(), http.StatusMovedPermanently)
	default:
		now.notFound(w, r, name)
	}
}

// isPage reports whether a file is a page that the builder made.
func (s *state) isPage(name string) bool {
	folder := strings.TrimSuffix(name, "index.html")
	return path.Ext(name) == ".html" && slices.ContainsFunc(s.site.Site.Pages, func(p *site.Page) bool {
		return p.URL == folder || p.URL == name
	})
}

// notFound says where to go from a file that does not exist.
func (s *state) notFound(w http.ResponseWriter, r *http.Request, name string) {
	if to, moved := s.successor(name); moved {
		w.Header().Set("X-Moved", to)
	} else {
		w.Header().Set("X-Near", to)
	}
	if f := s.site.Files["404.html"]; f != nil {
		sendPage(w, r, f, http.StatusNotFound)
		return
	}
	http.NotFound(w, r)
}

// notBuiltPage is shown until there is a build without errors.
var notBuiltPage = []byte("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>Not built yet</title>\n</head>\n<body>\n<p>The site has errors and has not been built yet.</p>\n</body>\n</html>\n")

// sendPage sends a page as the response. It adds the live script with the sum and status,
// so the page's ETag differs from the file's Sum. The script is at the end of the page
// and is neither deferred nor a module, because it has to run before the site's own
// scripts.
func sendPage(w http.ResponseWriter, r *http.Request, f *publish.File, status int) {
	script := fmt.Sprintf("<script src=\"%s\" data-sum=\"%s\" data-status=\"%d\"></script>\n", scriptPath, f.Sum, status)
	at := bytes.LastIndex(f.Data, []byte("</body>"))
	if at < 0 {
		at = len(f.Data)
	}
	data := slices.Concat(f.Data[:at], []byte(script), f.Data[at:])
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("X-Sum", f.Sum)
	h.Set("ETag", `"`+f.Sum+`-live"`)
	if status == http.StatusOK {
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(data))
		return
	}
	w.WriteHeader(status)
	w.Write(data)
}

// send sends a file that is not a page. It runs no script as a document of its own: it may
// come from somebody else, and its script could read the whole preview.
func send(w http.ResponseWriter, r *http.Request, name string, f *publish.File) {
	h, mediaType := w.Header(), media.Type(name)
	if strings.Contains(mediaType, "html") || strings.Contains(mediaType, "xml") { // SVG too
		h.Add("Content-Security-Policy", "sandbox allow-same-origin") // its pictures and styles are this origin's
	}
	var data io.ReadSeeker = bytes.NewReader(f.Data)
	if f.Open != nil {
		file, err := f.Open()
		if err != nil { // deleted, and not yet built again
			http.Error(w, err.Error(), http.StatusServiceUnavailable)
			return
		}
		defer file.Close()
		data = file
	}
	h.Set("Content-Type", mediaType)
	h.Set("ETag", `"`+f.Sum+`"`)
	http.ServeContent(w, r, name, time.Time{}, data)
}

// events sends the state to a browser, now and after each change, as server-sent
// events.
func (s *server) events(w http.ResponseWriter, r *http.Request) {
	flush := http.NewResponseController(w)
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	if r.Method == http.MethodHead {
		return
	}
	io.WriteString(w, "retry: 1000\n") // milliseconds until a browser reconnects
	for {
		now := s.now.Load()
		data, err := json.Marshal(now.news)
		if err != nil {
			return
		}
		if _, err := fmt.Fprintf(w, "id: %d\ndata: %s\n\n", now.news.Build, data); err != nil || flush.Flush() != nil {
			return
		}
		select {
		case <-now.replaced:
		case <-r.Context().Done():
			return
		}
	}
}
