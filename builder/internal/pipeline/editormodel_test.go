package pipeline

import (
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"analysis/builder/internal/publish"
)

// editorModel is a site under the hands of an editor whose every move is decided by
// one of the bytes that a fuzzer invents.
type editorModel struct {
	*testSite
	how     Options // without the folders
	builder *Builder
	out     string            // every good state is published there
	last    *Snapshot         // of the last full build
	sums    map[string]string // of its files

	moves   []byte
	done    []string          // for the log
	files   map[string]string // the plain files, as they are on disk
	folders []string          // that are on disk, without the three
	odd     []string          // links, pipes and what cannot be read
	away    []string          // folders that were moved out of the site
	junk    bool              // the move touched only files that are none of the site's

	compared int // pairs of builds
}

// tops are the site's three folders.
var tops = []string{"content", "layouts", "static"}

// newEditorModel is a site without mistakes, built and published once.
func newEditorModel(t testing.TB, how Options) *editorModel {
	d := &editorModel{testSite: &testSite{t, t.TempDir()}, how: how, files: map[string]string{}}
	d.out = d.path("public")
	for _, folder := range append(tops, "outside") {
		must(t, os.Mkdir(d.path(folder), 0o755))
	}
	must(t, os.WriteFile(d.path("outside/secret.md"), []byte("# Secret\n"), 0o644))
	d.reset()
	d.builder = New(d.options())
	d.compare(true)
	return d
}

func (d *editorModel) options() Options {
	o := d.how
	o.Content, o.Layouts, o.Static = d.path("content"), d.path("layouts"), d.path("static")
	return o
}

// run runs a build, which must not fail.
func (d *editorModel) run(b *Builder) *Snapshot {
	d.t.Helper()
	s, err := b.Build(d.t.Context(), publish.Memory{})
	if err != nil {
		d.fatal("no build: %v", err)
	}
	return s
}

// fatal ends the test with the moves that led here.
func (d *editorModel) fatal(format string, args ...any) {
	d.t.Helper()
	d.t.Fatalf(format+"\nafter these moves:\n%s", append(args, strings.Join(d.done[max(0, len(d.done)-30):], "\n"))...)
}

// next is the next byte, 0 when there are none left.
func (d *editorModel) next() byte {
	if len(d.moves) == 0 {
		return 0
	}
	b := d.moves[0]
	d.moves = d.moves[1:]
	return b
}

// pick chooses one of a list by the next byte.
func pick[T any](d *editorModel, list []T) T { return list[int(d.next())%len(list)] }

func (d *editorModel) note(words ...string) { d.done = append(d.done, strings.Join(words, " ")) }

// put writes a plain file. Whatever else stands there makes way for it.
func (d *editorModel) put(name, text string) {
	d.makeWay(name)
	d.files[name] = text
	d.write(name, text)
}

// makeWay removes what is no folder above a file, and what is no plain file in
// its place. No link is followed.
func (d *editorModel) makeWay(name string) {
	for i := 0; i <= len(name); i++ {
		if i < len(name) && name[i] != '/' {
			continue
		}
		info, err := os.Lstat(d.path(name[:i]))
		switch {
		case err != nil:
			return
		case i < len(name) && info.IsDir(), info.Mode().IsRegular() && i == len(name) && info.Mode().Perm() != 0:
			continue
		}
		d.erase(name[:i])
		d.look()
		return
	}
}

// drop deletes a plain file.
func (d *editorModel) drop(name string) {
	delete(d.files, name)
	must(d.t, os.Remove(d.path(name)))
}

// erase deletes a file, or a folder with all that is in it, if it is there.
func (d *editorModel) erase(name string) {
	d.remove(name)
}

// rename moves a file or folder to a place where nothing stands.
func (d *editorModel) rename(from, to string) {
	must(d.t, os.MkdirAll(filepath.Dir(d.path(to)), 0o755))
	must(d.t, os.Rename(d.path(from), d.path(to)))
}

// look sees what is on disk, after a move of more than one plain file.
func (d *editorModel) look() {
	d.files, d.folders, d.odd = map[string]string{}, nil, nil
	for _, top := range tops {
		must(d.t, fs.WalkDir(os.DirFS(d.dir), top, func(name string, e fs.DirEntry, err error) error {
			switch {
			case err != nil || name == top:
			case e.IsDir():
				d.folders = append(d.folders, name)
			case !e.Type().IsRegular():
				d.odd = append(d.odd, name)
			default:
				if data, err := os.ReadFile(d.path(name)); err != nil {
					d.odd = append(d.odd, name)
				} else {
					d.files[name] = string(data)
				}
			}
			return err
		}))
	}
}

// reset puts the site back to its beginning, whatever was done to it.
func (d *editorModel) reset() {
	d.look()
	for _, top := range tops {
		d.remove(top)
		must(d.t, os.Mkdir(d.path(top), 0o755))
	}
	d.look()
	for _, name := range slices.Sorted(maps.Keys(plainLayouts)) {
		d.put(name, plainLayouts[name])
	}
	for _, p := range places[:12] {
		d.put(p, pristine(p))
	}
	d.look()
}

// mend undoes what is wrong: it resets the files that the last build named, puts
// back what every page needs, and takes away links.
func (d *editorModel) mend() {
	d.note("mend")
	found := d.last.Diagnostics
	for range 4 {
		for _, name := range slices.Sorted(maps.Keys(plainLayouts)) {
			if _, there := d.files[name]; !there && !slices.Contains(d.odd, name) {
				d.put(name, plainLayouts[name])
			}
		}
		for _, f := range found {
			name := strings.TrimPrefix(f.File, d.dir+"/")
			plain, known := plainLayouts[name]
			link := slices.IndexFunc(d.odd, func(odd string) bool { return odd == name || strings.HasPrefix(name, odd+"/") })
			switch _, there := d.files[name]; {
			case link >= 0:
				d.erase(d.odd[link])
				d.look()
			case known:
				d.put(name, plain)
			case there && strings.Contains(f.Message, " is taken by "), there && path.Ext(name) != ".md":
				d.drop(name)
			case there:
				d.put(name, pristine(name))
			}
		}
		s := d.run(New(d.options()))
		if s.OK() {
			return
		}
		found = s.Diagnostics
	}
	d.reset()
}

// places are the paths that pages may have. At the first dozen there is a page
// at first; the names of the others are partly taken, so that pages can move
// and clash.
var places = []string{
	"content/index.md", "content/method.md", "content/docs/index.md", "content/docs/a.md", "content/docs/b.md", "content/analysis/one.md",
	"content/actors/index.md", "content/actors/p.md", "content/actors/q.md", "content/places/k.md", "content/events/e.md", "content/sources/s.md",
	"content/analysis/index.md", "content/analysis/a.md", "content/places/p.md", "content/docs/deep/c.md",
}

// pristine is the page that stands at a place at first. It has no mistakes,
// whatever has become of the others.
func pristine(place string) string {
	front := "title: Page " + strings.TrimSuffix(strings.TrimPrefix(place, "content/"), ".md") + "\n"
	switch section, _, inside := strings.Cut(strings.TrimPrefix(place, "content/"), "/"); {
	case !inside, path.Base(place) == "index.md":
	case section == "actors", section == "places", section == "sources":
		front += "type: state\n"
	case section == "events":
		front += "precision: unknown\n"
	}
	return "---\n" + front + "---\nPlain text.\n"
}
