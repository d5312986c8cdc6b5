package rename

import (
	"bytes"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"analysis/builder/internal/content"
	"analysis/builder/internal/diag"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/kind"
	"analysis/builder/internal/scan"
	"analysis/builder/internal/site"
)

// input parses files. build also places the site, with its drafts.
func input(files []*scan.File) site.Input {
	in := site.Input{Config: frontmatter.Config{Title: "S", Language: "en"}, Drafts: true}
	parser := content.NewParser()
	for _, f := range files {
		if strings.HasSuffix(f.Name, ".md") {
			in.Docs = append(in.Docs, parser.Parse(f.Name, f.Data))
		} else if f.Name != frontmatter.ConfigFile {
			in.Files = append(in.Files, f.Name)
		}
	}
	return in
}

func build(t testing.TB, files []*scan.File) *site.Site {
	t.Helper()
	in := input(files)
	s := site.NewPlacer().Place(in)
	for _, d := range in.Docs {
		s.Diagnostics = append(s.Diagnostics, d.Diagnostics...)
	}
	s.Diagnostics = slices.DeleteFunc(s.Diagnostics, func(d diag.Diagnostic) bool { return d.Severity != diag.Error })
	return s
}

func filesOf(texts map[string]string) (list []*scan.File) {
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		list = append(list, &scan.File{Name: name, Data: []byte(texts[name])})
	}
	return list
}

func textsOf(files []*scan.File) map[string]string {
	texts := map[string]string{}
	for _, f := range files {
		texts[f.Name] = string(f.Data)
	}
	return texts
}

// renamed renames and builds the result, which must have no error.
func renamed(t testing.TB, files []*scan.File, from, to string) []*scan.File {
	t.Helper()
	c, found := New(build(t, files), files, from, to)
	if len(found) > 0 {
		t.Fatalf("rename %s %s: %v", from, to, found)
	}
	after := build(t, c.Files)
	if found = after.Diagnostics; len(found) > 0 {
		t.Fatalf("after rename %s %s: %v", from, to, found)
	}
	got := leads(t, c.Files, func(file string) string { return file }, "", "")
	for name, want := range leads(t, files, c.moved, from, to) {
		if !slices.Equal(got[name], want) {
			t.Fatalf("after rename %s %s, the references of %s lead to %q, want %q", from, to, name, got[name], want)
		}
	}
	return c.Files
}

// leads returns what the references of each file lead to after a rename.
func leads(t testing.TB, files []*scan.File, moved func(string) string, from, to string) map[string][]string {
	in, all := input(files), map[string][]string{}
	resolve, parser := site.Resolver(in), content.NewParser()
	for _, d := range in.Docs {
		name := moved(d.Path)
		for _, r := range parser.References(d) {
			file, ref, _ := resolve(d.Path, &r.Link)
			lead := moved(file)
			if ref != nil && ref.Kind == kind.Claim {
				lead += "#" + strings.TrimSuffix(strings.Replace(ref.ID+"$", from+"$", to, 1), "$")
			}
			all[name] = append(all[name], lead)
		}
	}
	return all
}

var lead = regexp.MustCompile(`(?m)^(redirect_from:|> - was: |    - \w+/nn/).*\r?\n`)

// withoutLeads removes the lines that lead on from an old address.
func withoutLeads(text string) string { return lead.ReplaceAllString(text, "") }

// withoutReferences also removes all references.
func withoutReferences(f *scan.File) string {
	parser := content.NewParser()
	d := parser.Parse(f.Name, f.Data)
	text := string(d.Source())
	for _, r := range slices.Backward(parser.References(d)) {
		text = text[:r.Start] + text[r.End:]
	}
	return withoutLeads(text)
}

// Renaming pages and claims of this analysis there and back changes nothing but the lines that lead
// on from the old addresses, whatever ends its lines.
func TestThereAndBack(t *testing.T) {
	folder := scan.Folder{Name: "../../../content"}
	if err := folder.Scan(); err != nil {
		t.Fatal(err)
	}
	var files []*scan.File
	for i, f := range folder.Files {
		data := f.Data
		if strings.HasSuffix(f.Name, ".md") {
			switch i % 4 {
			case 1:
				data = bytes.ReplaceAll(data, []byte("\n"), []byte("\r\n"))
			case 2:
				data = append([]byte("\ufeff"), data...)
			case 3:
				data = bytes.TrimSuffix(data, []byte("\n"))
			}
		}
		files = append(files, &scan.File{Name: f.Name, Data: data})
	}
	before := build(t, files)
	if len(before.Diagnostics) > 0 {
		t.Fatal(before.Diagnostics)
	}
	original := textsOf(files)
	var ids []string
	for i, p := range before.Pages {
		kindFolder := kind.Of(p.ID+"/page.md") != kind.Page
		if p.ID != "" && p.ID != "home" && !kindFolder && (i%23 == 0 || strings.Contains(p.ID, "column")) {
			ids = append(ids, p.ID)
		}
	}
	for _, id := range ids[:min(14, len(ids))] {
		to := "renamed-once"
		there := renamed(t, files, id, to)
		if got, want := len(build(t, there).Pages), len(before.Pages)+1; got != want { // one redirects
			t.Errorf("rename %s: %d pages, want %d", id, got, want)
		}
		back := textsOf(renamed(t, there, to, id[strings.LastIndex(id, "/")+1:]))
		if len(back) != len(original) {
			t.Errorf("rename %s there and back: %d files, want %d", id, len(back), len(original))
		}
		for name, text := range original {
			if withoutLeads(back[name]) != withoutLeads(text) {
				t.Errorf("rename %s there and back: %s became\n%q\nfrom\n%q", id, name, back[name], text)
			}
		}
	}
}

// small is a site whose page docs/p.md and claim c are renamed.
func small(body string) map[string]string {
	return map[string]string{
		"site.yaml": "title: S\n", "index.md": "# S\n", "docs/index.md": "# D\n", "docs/p.md": "---\ntitle: P\n---\n\n## Part\n\n" + claim, "docs/q.md": body,
		"actors/index.md": "# A\n", "actors/a.md": "---\ntitle: A\ntype: person\n---\n", "sources/index.md": "# S\n", "sources/s.md": "---\ntitle: S\ntype: book\n---\n",
		"docs/m p.png": "png", "claims/index.md": "# C\n", "other/index.md": "# O\n",
	}
}

const claim = "> [!reported] It is {#c}\n> It is.\n>\n> - source: [[s]]\n> - held by: [[a]]\n"

// FuzzThereAndBack renames what a text links to, there and back: the text is the same again, and was
// right in between.
func FuzzThereAndBack(f *testing.F) {
	for _, s := range []string{
		"[[p]] [[P|x]] [[p#part]] [x](p.md#part) ![x](<m p.png> \"t\") ![x](m%20p.png)", "[x][r] [r]\n\n[r]: <p.md#part> 'T'\n[unused]: ../docs/p.md\n",
		"| a | b |\n|---|---|\n| [[p\\|l]] | [x](p.md) |\n", "[[\np]] [[p|a [b]\nc]] `[[p]]` [x](./p.md)\r\n- \t[x](\n\tp.md)\n", "[[c]] [x](p.md#c) [[p#c]] [x](../docs/p.md#%63)",
		"# T\n\n> [!forecast] F {#f}\n> T.\n>\n> - source: [[s]]\n> - held by: [[a]] — n\n> - about: [[p]], [x](p.md)\n> - depends on: [[c]]", "---\ntitle: T\nredirect_from:\n    - old/\n---\n[[p]]", "---\ntitle: T\nredirect_from: ['old/', \"b\"] # c\n---\n[[p]]",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, body string) {
		files := filesOf(small("# Q\n\n" + strings.TrimPrefix(body, "# T\n\n")))
		if strings.HasPrefix(body, "---\n") {
			files = filesOf(small(body))
		}
		if strings.Contains(body, "nn") || len(build(t, files).Diagnostics) > 0 {
			t.Skip()
		}
		for from, to := range map[string]string{"p": "nn", "c": "nn", "q": "nn"} {
			once := renamed(t, renamed(t, files, from, to), to, from)
			twice := renamed(t, renamed(t, once, from, to), to, from)
			for i, f := range files { // the second time, no escape and no capital is left to lose
				if withoutReferences(once[i]) != withoutReferences(f) && !(from == "q" && f.Name == "docs/q.md") {
					t.Errorf("rename %s there and back: %s became %q from %q", from, f.Name, once[i].Data, f.Data)
				}
				if !bytes.Equal(once[i].Data, twice[i].Data) {
					t.Errorf("rename %s twice: %s became %q from %q", from, f.Name, twice[i].Data, once[i].Data)
				}
			}
		}
	})
}

// What cannot be renamed is said, with the place of what is in the way.
func TestRefused(t *testing.T) {
	files := filesOf(small("---\ntitle: Q\naliases: [Quince]\n---\n[[p]] [[P]] , [[Quince]]\n"))
	for _, c := range []struct{ from, to, want string }{
		{"p", "q", `docs/q.md: error: the id "q" is taken by this file`},
		{"p", "c", `docs/p.md: error: the id "c" is taken by this file`},
		{"c", "q", `docs/q.md: error: the id "q" is taken by this file`},
		{"c", "part", `docs/p.md:7:5: error: the id "part" is that of a heading or anchor of this page`},
		{"c", "C d", `docs/p.md:7:5: error: "C d" cannot be the id of a claim`},
		{"p", "p", `docs/p.md: error: "p" is its id already`},
		{"p", "../p", `docs/p.md: error: it cannot move to "../p.md"`},
		{"p", "a b", `docs/p.md: error: it cannot move to "docs/a b.md"`},
		{"p", "x.tmp/p", `docs/p.md: error: it cannot move to "x.tmp/p.md"`},
		{"p", "new/index", `docs/p.md: error: it cannot move to "new/index.md"`},
		{"p", "", `docs/p.md: error: it cannot move to "docs/.md"`},
		{"docs", "docs/sub", `docs/index.md: error: it cannot move to "docs/sub"`},
		{"docs", "other", `other/index.md: error: the id "other" is taken by this file`},
		{"p", "quince", `docs/q.md:5:15: error: this link would lead to what is renamed`},
		{"home", "x", `index.md: error: the home page cannot be renamed`},
		{"actors", "people", `actors/index.md: error: the folder actors gives its pages their kind and cannot be renamed`},
		{"qq", "x", `: error: no page or claim "qq"`},
		{"Quince", "x", `: error: no page or claim "Quince"`},
	} {
		_, found := New(build(t, files), files, c.from, c.to)
		if len(found) == 0 || strings.Split(found[0].String(), "\n")[0] != c.want {
			t.Errorf("rename %q %q: %v, want %s", c.from, c.to, found, c.want)
		}
	}
}

// If not all files can be written, none is changed.
func TestWriteFails(t *testing.T) {
	texts := small("[[p]]\n\n[x](p.md)\n")
	texts["docs/q.md"] = "# Q\n\n" + texts["docs/q.md"]
	for _, inTheWay := range []string{"docs/p.md.rename.tmp/x", "docs/q.md.rename.tmp/x", "other/n.md", "new", ""} {
		dir, want := t.TempDir(), maps.Clone(texts)
		if inTheWay != "" {
			want[inTheWay] = "mine"
		}
		for name, text := range want {
			if err := errors.Join(os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755), os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644)); err != nil {
				t.Fatal(err)
			}
		}
		to := "other/n"
		if inTheWay == "new" {
			to = "new/n"
		}
		files := filesOf(texts)
		c, found := New(build(t, files), files, "p", to)
		if len(found) > 0 {
			t.Fatal(found)
		}
		err := c.Write(dir)
		if inTheWay == "" {
			want = textsOf(c.Files)
		}
		got := map[string]string{}
		_ = fs.WalkDir(os.DirFS(dir), ".", func(name string, entry fs.DirEntry, err error) error {
			if data, err := os.ReadFile(filepath.Join(dir, name)); err == nil {
				got[name] = string(data)
			}
			return nil
		})
		if (err == nil) != (inTheWay == "") || !maps.Equal(got, want) {
			t.Errorf("with %q in the way: %v:\n%q\nwant\n%q", inTheWay, err, got, want)
		}
	}
}
