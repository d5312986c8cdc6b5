package website

import (
	"net/url"
	"regexp"
	"strings"
	"testing"

	"analysis/builder/internal/pipeline"
)

func TestSingleFileHoldsAll(t *testing.T) {
	Each(t, func(t *testing.T, o pipeline.Options) {
		Shows(t, Build(t, o), "whole") // it is what the file is made of
		o.Single = true
		s := Build(t, o)
		if len(s.Files) != 1 {
			t.Fatalf("%d files", len(s.Files))
		}
		data := s.Files[pipeline.SingleName].Data
		d := examine(data)
		for _, p := range d.problems {
			if p != "inline <script>" && p != "inline <style>" {
				t.Error(p)
			}
		}
		for _, p := range s.Site.Pages {
			if p.Kind == "404" || p.Target != nil || p.Doc.Front.Shows == "whole" || p.Doc.Front.Shows == "search" {
				continue
			}
			if d.ids[strings.ReplaceAll(p.ID, "/", "--")] == 0 || p.Kind == "claim" && d.ids[p.ID+"--record"] == 0 {
				t.Errorf("no %s", p.URL)
			}
		}
		for _, link := range d.links {
			switch {
			case strings.HasPrefix(link, "#"):
				at, err := url.PathUnescape(link[1:])
				if err != nil || d.ids[at] != 1 {
					t.Errorf("the link %q leads nowhere", link)
				}
			case !strings.HasPrefix(link, "https://") && !strings.HasPrefix(link, "http://") && !strings.HasPrefix(link, "mailto:") && !strings.HasPrefix(link, "data:"):
				t.Errorf("the link %q leaves the file", link)
			}
		}
		for _, m := range regexp.MustCompile(`"u":"([^"#]*)`).FindAllSubmatch(data, -1) {
			if len(m[1]) > 0 {
				t.Errorf("the index leads out of the file, to %q", m[1])
			}
		}
		t.Logf("%d bytes, %d links", len(data), len(d.links))
	})
}
