package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"analysis/builder/internal/pipeline"
	"analysis/builder/internal/publish"
)

// realOptions are the folders of this project, as seen from builder/.
var realOptions = pipeline.Options{Content: "../content", Layouts: "../layouts", Static: "../static"}

// mustBuild builds a site that must have no errors.
func mustBuild(t *testing.T, o pipeline.Options) *pipeline.Snapshot {
	t.Helper()
	s, err := pipeline.New(o).Build(publish.Memory{})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range s.Diagnostics {
		t.Log(d)
	}
	if !s.OK() {
		t.Fatal("the site has errors")
	}
	return s
}

// realSite serves the real site as a web host would.
func realSite(t *testing.T) http.Handler {
	t.Helper()
	out := t.TempDir()
	if err := publishInto(out, mustBuild(t, realOptions).Files); err != nil {
		t.Fatal(err)
	}
	files := http.FileServer(http.Dir(out))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		probe := httptest.NewRecorder()
		files.ServeHTTP(probe, r)
		if probe.Code == http.StatusNotFound && !strings.HasSuffix(r.URL.Path, ".png") {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.WriteHeader(http.StatusNotFound)
			r.URL.Path = "/404.html"
			probe = httptest.NewRecorder()
			files.ServeHTTP(probe, r)
			w.Write(probe.Body.Bytes())
			return
		}
		for k, v := range probe.Header() {
			w.Header()[k] = v
		}
		w.WriteHeader(probe.Code)
		w.Write(probe.Body.Bytes())
	})
}
