package devserver

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"path"
	"slices"
	"strings"
	"time"

	"analysis/builder/internal/media"
	"analysis/builder/internal/paths"
	"analysis/builder/internal/publish"
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
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+eventsPath, s.events)
	mux.HandleFunc("GET "+scriptPath, func(w http.ResponseWriter, r *http.Request) {
		send(w, r, scriptPath, publish.NewFile(liveScript), http.StatusOK)
	})
	mux.HandleFunc("GET /", s.page)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Content-Type-Options", "nosniff")
		if !slices.Contains(s.hosts, hostName(r.Host)) {
			http.Error(w, fmt.Sprintf("this preview does not answer to the name %q", r.Host), http.StatusMisdirectedRequest)
			return
		}
		mux.ServeHTTP(w, r)
	})
}

// page serves a file of the last good build.
func (s *server) page(w http.ResponseWriter, r *http.Request) {
	now := s.now.Load()
	if now.site == nil {
		send(w, r, "index.html", &publish.File{Data: notBuiltPage, Sum: "0"}, http.StatusServiceUnavailable)
		return
	}
	name := paths.File(strings.TrimPrefix(r.URL.Path, "/"))
	if f := now.site.Files[name]; f != nil {
		send(w, r, name, f, http.StatusOK)
		return
	}
	if now.site.Files[name+"/index.html"] != nil {
		to := *r.URL
		to.Path += "/"
		http.Redirect(w, r, to.RequestURI(), http.StatusMovedPermanently)
		return
	}
	if to, moved := now.successor(name); moved {
		w.Header().Set("X-Moved", to)
	} else {
		w.Header().Set("X-Near", to)
	}
	if f := now.site.Files["404.html"]; f != nil {
		send(w, r, "404.html", f, http.StatusNotFound)
		return
	}
	http.NotFound(w, r)
}

// notBuiltPage is shown until there is a build without errors.
var notBuiltPage = []byte("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>Not built yet</title>\n</head>\n<body>\n<p>The site has errors and has not been built yet.</p>\n</body>\n</html>\n")

// send sends a file as the response. It adds the live script with the sum and status
// to a page, so the page's ETag differs from the file's Sum. The script is at the end
// of the page and is neither deferred nor a module, because it has to run before the
// site's own scripts.
func send(w http.ResponseWriter, r *http.Request, name string, f *publish.File, status int) {
	h := w.Header()
	data, tag := f.Data, f.Sum
	if path.Ext(name) == ".html" {
		script := fmt.Sprintf("<script src=\"%s\" data-sum=\"%s\" data-status=\"%d\"></script>\n", scriptPath, f.Sum, status)
		at := bytes.LastIndex(data, []byte("</body>"))
		if at < 0 {
			at = len(data)
		}
		data = slices.Concat(data[:at], []byte(script), data[at:])
		tag += "-live"
		h.Set("X-Sum", f.Sum)
	}
	h.Set("Content-Type", media.Type(name))
	h.Set("Cache-Control", "no-cache")
	h.Set("ETag", `"`+tag+`"`)
	if status == http.StatusOK {
		http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(data))
		return
	}
	w.WriteHeader(status)
	w.Write(data)
}

// events sends the state to a browser, now and after each change, as server-sent
// events.
func (s *server) events(w http.ResponseWriter, r *http.Request) {
	flush := http.NewResponseController(w)
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
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
