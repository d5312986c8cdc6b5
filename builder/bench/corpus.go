package main

import (
	"embed"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

const (
	perSection = 50 // pages in a folder, and so entries of its navigation
	perClaim   = 10 // every tenth page has a claim
	chain      = 5  // claims that lean on each other in a row
)

// The layouts, style sheets and settings that go with the text. Both sets show
// the same: masthead, navigation of the section, title, summary, outline, text,
// and the neighbours. Ours always shows backlinks, and Hugo's if told to.
//
//go:embed all:ours all:hugo
var frames embed.FS

// corpus is the made-up site of a size, in both forms.
type corpus struct {
	size int
	dir  string
}

func (c corpus) ours(name string) string { return filepath.Join(c.dir, "ours", name) }
func (c corpus) hugo(name string) string { return filepath.Join(c.dir, "hugo", name) }

// dialect is how one program wants the same text written.
type dialect struct {
	root  string // folder below the corpus
	index string // name of a folder's own page
	link  func(to int, label string) string
	claim func(k, size int, title, text string) string
}

var (
	inOurs = dialect{"ours", "index.md", oursLink, oursClaim}
	inHugo = dialect{"hugo", "_index.md", hugoLink, hugoClaim}
)

// writeCorpus writes both forms. The bytes depend on the size alone.
func writeCorpus(dir string, size int) (corpus, error) {
	c := corpus{size, dir}
	if size < perClaim {
		return c, fmt.Errorf("a corpus of %d pages is too small; the least is %d", size, perClaim)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return c, err
	}
	if err := os.CopyFS(dir, frames); err != nil {
		return c, err
	}
	for _, d := range []dialect{inOurs, inHugo} {
		w := &writer{dir: filepath.Join(dir, d.root, "content")}
		d.write(w, size)
		if w.err != nil {
			return c, w.err
		}
	}
	config := "title: A measured site\nlanguage: en\n"
	return c, os.WriteFile(c.ours("content/site.yaml"), []byte(config), 0o644)
}

// writer writes files below a folder until one fails.
type writer struct {
	dir string
	err error
}

func (w *writer) file(name, text string) {
	if w.err != nil {
		return
	}
	path := filepath.Join(w.dir, filepath.FromSlash(name))
	if w.err = os.MkdirAll(filepath.Dir(path), 0o755); w.err == nil {
		w.err = os.WriteFile(path, []byte(text), 0o644)
	}
}

func (d dialect) write(w *writer, size int) {
	w.file(d.index, matter("A measured site", "The home page.")+"Nothing here but what is measured.\n")
	folders := []string{"pages", "actors", "sources"}
	if d.root == "ours" {
		folders = append(folders, "claims") // its pages are made by the builder, and by no other
	}
	for _, folder := range folders {
		w.file(folder+"/"+d.index, matter("All "+folder, "The "+folder+" of the measured site.")+"In order.\n")
	}
	for k := range named(size) {
		w.file("actors/"+actorID(k)+".md", d.typed(matter(actorName(k), "Holds claims."), "person")+"Named nowhere but in claims.\n")
		w.file("sources/"+sourceID(k)+".md", d.typed(matter(sourceName(k), "Is cited."), "report")+"Found nowhere else.\n")
	}
	for s := 0; s*perSection < size; s++ {
		w.file(fmt.Sprintf("pages/%s/%s", sectionID(s), d.index),
			matter(fmt.Sprintf("Section %04d", s), "A folder of pages.")+"Its pages in order.\n")
	}
	for n := range size {
		w.file(pageFile(n), d.page(n, size))
	}
}

func matter(title, summary string) string {
	return fmt.Sprintf("---\ntitle: %s\nsummary: %s\n---\n\n", title, summary)
}

// typed adds the key that actors and sources need in ours. In Hugo it would
// choose another layout.
func (d dialect) typed(matter, kind string) string {
	if d.root == "hugo" {
		return matter
	}
	return strings.Replace(matter, "\nsummary:", "\ntype: "+kind+"\nsummary:", 1)
}

// named is how many actors there are, and how many sources; each has a claim.
func named(size int) int { return min(10, size/perClaim) }

func actorID(k int) string    { return fmt.Sprintf("holder-%02d", k) }
func actorName(k int) string  { return fmt.Sprintf("Holder Number %02d", k) }
func sourceID(k int) string   { return fmt.Sprintf("report-%02d", k) }
func sourceName(k int) string { return fmt.Sprintf("Report Number %02d", k) }
func sectionID(s int) string  { return fmt.Sprintf("s%04d", s) }
func pageID(n int) string     { return fmt.Sprintf("p%06d", n) }
func claimID(k int) string    { return fmt.Sprintf("c%06d", k) }
func pageTitle(n int) string  { return fmt.Sprintf("Page %06d", n) }

func pageURL(n int) string  { return fmt.Sprintf("/pages/%s/%s/", sectionID(n/perSection), pageID(n)) }
func pageFile(n int) string { return strings.Trim(pageURL(n), "/") + ".md" }

func oursLink(to int, label string) string {
	return fmt.Sprintf("[%s](../%s/%s.md)", label, sectionID(to/perSection), pageID(to))
}

func hugoLink(to int, label string) string { return fmt.Sprintf("[%s](%s)", label, pageURL(to)) }

var claimKinds = []string{"reported", "assessment", "forecast", "recommendation"}

func oursClaim(k, size int, title, text string) string {
	kind, who := claimKinds[k%len(claimKinds)], k%named(size)
	s := fmt.Sprintf("> [!%s] %s {#%s}\n> %s\n>\n> - source: [[%s]]\n> - held by: [[%s]]\n> - about: [[%s]]\n> - wording: none\n",
		kind, title, claimID(k), text, sourceID(who), actorID(who), pageID(k*perClaim+1))
	if kind == "forecast" {
		s += "> - horizon: none given\n"
	}
	if k%chain > 0 {
		s += fmt.Sprintf("> - depends on: [[%s]]\n", claimID(k-1))
	}
	return s
}

func hugoClaim(k, size int, title, text string) string {
	kind, who := claimKinds[k%len(claimKinds)], k%named(size)
	return fmt.Sprintf("> **%s.** %s.\n>\n> %s\n>\n> - source: [%s](/sources/%s/)\n> - held by: [%s](/actors/%s/)\n",
		kind, title, text, sourceName(who), sourceID(who), actorName(who), actorID(who))
}
