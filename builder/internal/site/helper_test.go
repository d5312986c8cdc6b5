package site

import (
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"analysis/builder/internal/content"
	"analysis/builder/internal/diag"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/kind"
)

// files is a content folder. A value without front matter is the body of a
// page whose title is its id; see page.
type files map[string]string

// page writes a page with front matter.
func page(front, body string) string { return "---\n" + strings.TrimSpace(front) + "\n---\n" + body }

// about writes a page of a kind that needs a type.
func about(title, typ, more string) string {
	return page("title: "+title+"\ntype: "+typ+"\n"+more, "")
}

// input parses the files, as the stop before this one does.
func input(f files) Input {
	in := Input{Config: frontmatter.Config{Title: "Site", Language: "en"}}
	parser := content.NewParser()
	for _, name := range slices.Sorted(maps.Keys(f)) {
		if path.Ext(name) != ".md" {
			in.Files = append(in.Files, name)
			continue
		}
		src := f[name]
		if !strings.HasPrefix(src, "---\n") {
			src = page("title: "+kind.ID(name), src)
		}
		in.Docs = append(in.Docs, parser.Parse(name, []byte(src)))
	}
	return in
}

// place places the files, which must hold together.
func place(t *testing.T, f files) *Site {
	t.Helper()
	in := input(f)
	s := NewPlacer().Place(in)
	for _, d := range in.Docs {
		for _, f := range d.Diagnostics {
			t.Error(f)
		}
	}
	for _, e := range errorsOf(s) {
		t.Error(e)
	}
	if t.Failed() {
		t.FailNow()
	}
	return s
}

// errorsOf lists the errors, without the warnings, in reading order.
func errorsOf(s *Site) []string {
	list := slices.Clone(s.Diagnostics)
	diag.Sort(list)
	var texts []string
	for _, d := range list {
		if d.Severity == diag.Error {
			texts = append(texts, d.String())
		}
	}
	return texts
}

// wantErrors fails unless placing the files finds exactly these errors.
func wantErrors(t *testing.T, f files, want ...string) {
	t.Helper()
	if got := errorsOf(NewPlacer().Place(input(f))); !slices.Equal(got, want) {
		t.Errorf("reported\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}

// at finds a page by its address.
func at(t *testing.T, s *Site, url string) *Page {
	t.Helper()
	for _, p := range s.Pages {
		if p.URL == url {
			return p
		}
	}
	t.Fatalf("no page at %q", url)
	return nil
}

// bodyOf is a page's body, in which {of a} stands for the label of claim a.
func bodyOf(p *Page) string {
	return string(p.AppendBody(nil, func(b []byte, st *Statement) []byte { return append(b, "{of "+st.ID+"}"...) }))
}

var anchor = regexp.MustCompile(`<a href="([^"]*)">(.*?)</a>`)

// linked is a page's body in short: <p>see {Kabul|../../places/kabul/}</p>.
func linked(p *Page) string { return anchor.ReplaceAllString(bodyOf(p), "{$2|$1}") }

// titles of a list of pages, for comparing.
func titles(refs []*Ref) string {
	var list []string
	for _, r := range refs {
		list = append(list, r.Title)
	}
	return strings.Join(list, ", ")
}
