package pipeline

import (
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"analysis/builder/internal/publish"
)

// Operations on folders and on symbolic links.

// The places to which folders move.
var newFolders = []string{
	"content/docs", "content/actors", "content/new", "content/docs/deep", "content/places/in", "content/papers",
	"static/css", "static/img", "static/img/more", "layouts/partials", "layouts/more",
}

// aFolder chooses a folder that is not one of the three. There may be none.
func (d *editorModel) aFolder() (name string, ok bool) {
	if len(d.folders) == 0 {
		return "", false
	}
	return pick(d, d.folders), true
}

func (d *editorModel) renameFolder() {
	from, ok := d.aFolder()
	to := pick(d, newFolders)
	if !ok || inside(to, from) || inside(from, to) {
		return
	}
	d.note("rename", from, "to", to)
	d.makeWay(to)
	d.erase(to)
	if _, err := os.Lstat(d.path(from)); err == nil {
		d.rename(from, to)
	}
}

// inside reports whether a file is in a folder, or is the folder.
func inside(name, folder string) bool { return name == folder || strings.HasPrefix(name, folder+"/") }

// swapFolders gives two folders each other's name.
func (d *editorModel) swapFolders() {
	a, ok := d.aFolder()
	b, _ := d.aFolder()
	if !ok || inside(a, b) || inside(b, a) {
		return
	}
	d.note("swap", a, "and", b)
	must(d.t, os.Rename(d.path(a), d.path("spare")))
	d.rename(b, a)
	must(d.t, os.Rename(d.path("spare"), d.path(b)))
}

// takeOut moves a folder out of the site.
func (d *editorModel) takeOut() {
	name, ok := d.aFolder()
	if !ok || len(d.away) > 2 {
		d.bringBack()
		return
	}
	d.note("take out", name)
	to := d.free("outside/folder")
	d.rename(name, to)
	d.away = append(d.away, to, name)
}

// bringBack moves a folder in again, to where it was or elsewhere.
func (d *editorModel) bringBack() {
	if len(d.away) == 0 {
		return
	}
	from, to := d.away[0], d.away[1]
	d.away = d.away[2:]
	if d.next()%2 == 0 {
		to = pick(d, newFolders)
	}
	d.note("bring back", to)
	d.makeWay(to)
	d.erase(to)
	d.rename(from, to)
}

// deleteFolder deletes a folder, and may make it anew: with the same files, or with
// one of them.
func (d *editorModel) deleteFolder() {
	name, ok := d.aFolder()
	if !ok {
		return
	}
	how := d.next() % 4
	d.note("delete", name, strconv.Itoa(int(how)))
	was := maps.Clone(d.files)
	d.erase(name)
	if how == 0 {
		return
	}
	if how == 1 {
		d.look()
		d.compare(false)
	}
	for _, file := range slices.Sorted(maps.Keys(was)) {
		if !inside(file, name) {
			continue
		}
		d.put(file, was[file])
		if how == 3 {
			break
		}
	}
}

// Where links are made. Files and folders may stand there.
var linkPlaces = []string{
	"content/link.md", "content/docs/map.png", "content/docs/l.md", "content/linked", "content/actors/deep", "content/site.yaml",
	"static/css/site.css", "static/css/b.css", "static/img", "static/linked", "static/img/m.png", "static/css/more",
	"layouts/actor.html", "layouts/partials/nav.html", "layouts/claims.html", "layouts/linked", "layouts/partials/more",
}

// link makes a symbolic link, or lets one lead elsewhere: to a file or folder inside,
// out, up, to itself, to another link or to nothing.
func (d *editorModel) link() {
	at := pick(d, linkPlaces)
	top, _, _ := strings.Cut(at, "/")
	d.makeWay(path.Dir(at) + "/x")
	d.look()
	var inTop []string
	for _, name := range slices.Sorted(maps.Keys(d.files)) {
		if inside(name, top) && name != at {
			inTop = append(inTop, name)
		}
	}
	folders := slices.DeleteFunc(append(slices.Clone(d.folders), top), func(f string) bool { return !inside(f, top) || inside(f, at) })
	links := append(slices.Clone(d.odd), at)
	relative := func(name string) string {
		to, err := filepath.Rel(d.path(path.Dir(at)), d.path(name))
		must(d.t, err)
		return to
	}
	to := "nosuch.md"
	switch kind := d.next() % 16; {
	case kind < 6 && len(inTop) > 0:
		to = relative(pick(d, inTop))
	case kind < 9:
		to = relative(pick(d, folders))
	case kind == 9:
		to = pick(d, []string{".", "..", "../..", path.Base(at), "./../" + path.Base(path.Dir(at))})
	case kind == 10:
		to = d.path("outside/secret.md")
	case kind == 11:
		to = relative("outside")
	case kind == 12:
		to = relative(d.file())
	case kind == 13 && len(inTop) > 0:
		to = d.path(pick(d, inTop))
	case kind < 15:
		to = relative(pick(d, links))
	}
	d.note("link", at, "to", strings.ReplaceAll(to, d.dir, "<dir>"))
	if d.next()%2 == 0 {
		d.erase(at)
		must(d.t, os.MkdirAll(filepath.Dir(d.path(at)), 0o755))
		must(d.t, os.Symlink(to, d.path(at)))
	} else { // over what stands there, as ln -sfn does
		must(d.t, os.MkdirAll(filepath.Dir(d.path(at)), 0o755))
		must(d.t, os.Symlink(to, d.path("spare")))
		if info, err := os.Lstat(d.path(at)); err == nil && info.IsDir() {
			d.erase(at)
		}
		must(d.t, os.Rename(d.path("spare"), d.path(at)))
	}
}

// becomeLink moves a file or folder aside, and leaves a link to it.
func (d *editorModel) becomeLink() {
	name := d.file()
	if folder, ok := d.aFolder(); ok && d.next()%2 == 0 {
		name = folder
	}
	aside := d.free(name)
	d.note("leave a link at", name, "to", aside)
	d.rename(name, aside)
	must(d.t, os.Symlink(path.Base(aside), d.path(name)))
}

// becomePlain puts in a link's place what it leads to, or takes it away.
func (d *editorModel) becomePlain() {
	if len(d.odd) == 0 {
		return
	}
	at := pick(d, d.odd)
	d.note("no link at", at)
	to, err := filepath.EvalSymlinks(d.path(at))
	info, err2 := os.Stat(d.path(at))
	d.erase(at)
	switch {
	case err != nil || err2 != nil || d.next()%3 == 0:
	case info.Mode().IsRegular():
		data, _ := os.ReadFile(to)
		d.put(at, string(data))
	case info.IsDir():
		was := maps.Clone(d.files)
		for _, name := range slices.Sorted(maps.Keys(was)) {
			if rest, ok := strings.CutPrefix(d.path(name), to+"/"); ok {
				d.put(at+"/"+rest, was[name])
			}
		}
	}
}

// writeThrough changes a file by way of a link.
func (d *editorModel) writeThrough() {
	for _, at := range d.odd {
		if info, err := os.Stat(d.path(at)); err == nil && info.Mode().IsRegular() {
			d.note("write through", at)
			data, err := os.ReadFile(d.path(at))
			if err != nil {
				continue
			}
			must(d.t, os.WriteFile(d.path(at), append(data, '\n'+d.next()%2*('{'-'\n')), 0o644))
		}
	}
}

// Same input, same message.
func TestSeveralMissingFolders(t *testing.T) {
	seen := map[string]bool{}
	for range 50 {
		_, err := New(Options{Content: "no/content", Layouts: "no/layouts", Static: "no/static"}).Build(t.Context(), publish.Memory{})
		seen[err.Error()] = true
	}
	if len(seen) != 1 {
		t.Errorf("%d messages: %v", len(seen), seen)
	}
}

// Two of the folders may be the same one.
func TestOneFolderForTwo(t *testing.T) {
	w := newTestSite(t, map[string]string{"content/index.md": "# H\n", "layouts/base.html": "{{template \"main\" .}}", "layouts/page.html": "{{define \"main\"}}x{{end}}"})
	o := w.options()
	o.Static = o.Layouts
	w.remove("layouts/partials")
	s, err := New(o).Build(t.Context(), publish.Memory{})
	must(t, err)
	if !s.OK() {
		t.Error(w.reported(s))
	}
}
