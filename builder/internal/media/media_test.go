package media

import "testing"

func TestType(t *testing.T) {
	for name, want := range map[string]string{
		"index.html":      "text/html; charset=utf-8",
		"css/a.1f3a.css":  "text/css; charset=utf-8",
		"robots.txt":      "text/plain; charset=utf-8",
		"Map.PNG":         "image/png",
		"claims.csv":      "text/csv",
		"data.json":       "application/json",
		"feed.xml":        "application/xml",
		"old.tar.unknown": "application/octet-stream",
		"_headers":        "application/octet-stream",
		"a.d/file":        "application/octet-stream",
	} {
		if got := Type(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}
