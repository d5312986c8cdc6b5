package browser

import (
	"io/fs"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"cmp"

	"github.com/chromedp/chromedp"

	"analysis/builder/internal/pipeline"
	"analysis/builder/internal/site"
	"analysis/builder/website"
)

// folder holds the files of a site.
func folder(s *pipeline.Snapshot) fstest.MapFS {
	files := fstest.MapFS{}
	for name, f := range s.Files {
		files[name] = &fstest.MapFile{Data: f.Data, Mode: 0o644}
	}
	return files
}

// onDisk writes the files of a site into a new folder.
func onDisk(t *testing.T, s *pipeline.Snapshot) string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "site")
	if err := os.CopyFS(out, folder(s)); err != nil {
		t.Fatal(err)
	}
	return out
}

// hosted answers as a web host does that has the files of a site.
func hosted(s *pipeline.Snapshot) http.Handler {
	files := folder(s)
	found := http.FileServerFS(files)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := fs.Stat(files, path.Join(".", r.URL.Path)); err == nil {
			found.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(http.StatusNotFound)
		w.Write(s.Files["404.html"].Data)
	})
}

// web serves until the test ends, and returns the address, with a slash at its
// end.
func web(t *testing.T, h http.Handler) string {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	return server.URL + "/"
}

// atRoot builds a content folder with the project's own layouts and style, for a
// host that has it at the root: the page for missing addresses leads there.
func atRoot(t *testing.T, content string) *pipeline.Snapshot {
	t.Helper()
	o := website.Options(content)
	o.BaseURL = "http://localhost/"
	return website.Build(t, o)
}

// served serves such a site.
func served(t *testing.T, content string) string {
	t.Helper()
	return web(t, hosted(atRoot(t, content)))
}

// longest are the addresses of the longest page of each kind and of each
// overview, by its name.
func longest(s *pipeline.Snapshot) map[string]string {
	list := map[string]string{}
	length := func(url string) int { return len(s.Files[url+"index.html"].Data) }
	for _, p := range s.Site.Pages {
		url := strings.TrimSuffix(p.URL, "index.html") // as portable sites have it
		if p.Target != nil || p.Kind == site.KindCard || s.Files[url+"index.html"] == nil {
			continue
		}
		name := cmp.Or(p.Doc.Front.Shows, string(p.Kind))
		if other, ok := list[name]; !ok || length(url) > length(other) {
			list[name] = url
		}
	}
	return list
}

// pages are the addresses of pages of this project's analysis to look at, by
// name: the longest, those that are named beside the content, and the one for
// missing addresses.
func pages(t *testing.T, s *pipeline.Snapshot) map[string]string {
	t.Helper()
	list := longest(s)
	list["404"] = "no/such/page"
	t.Run("pages", func(t *testing.T) {
		var named []string
		website.Expect(t, "pages", &named)
		for _, url := range named {
			if s.Files[url+"index.html"] == nil {
				t.Errorf("there is no page %s", url)
			} else if !slices.Contains(slices.Collect(maps.Values(list)), url) {
				list[strings.ReplaceAll(strings.Trim(url, "/"), "/", "-")] = url
			}
		}
	})
	return list
}

// everyPage opens those pages in turn.
func (b tab) everyPage(width, height int64, scale float64, check func(name string)) {
	b.Helper()
	s := atRoot(b.T, website.Analysis)
	address, list := web(b.T, hosted(s)), pages(b.T, s)
	for _, name := range slices.Sorted(maps.Keys(list)) {
		b.do(chromedp.EmulateViewport(width, height, chromedp.EmulateScale(scale)), chromedp.Navigate(address+list[name]))
		check(name)
	}
}
