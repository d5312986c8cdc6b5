package pipeline

import (
	"fmt"
	"maps"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"

	"analysis/builder/internal/publish"
)

// What editors, file managers and version control do to files and folders,
// whatever is in them.
var operations = []func(*editorModel){
	(*editorModel).truncate, (*editorModel).replace, (*editorModel).sameStamp, (*editorModel).sameStamp, (*editorModel).pause, (*editorModel).touchOnly,
	(*editorModel).moveFile, (*editorModel).copyFile, (*editorModel).hide, (*editorModel).leaveJunk,
	(*editorModel).renameFolder, (*editorModel).renameFolder, (*editorModel).swapFolders, (*editorModel).takeOut, (*editorModel).bringBack, (*editorModel).deleteFolder,
	(*editorModel).link, (*editorModel).link, (*editorModel).link, (*editorModel).becomeLink, (*editorModel).becomePlain, (*editorModel).becomePlain, (*editorModel).writeThrough,
	(*editorModel).withoutTop, (*editorModel).checkOut, func(d *editorModel) { d.note("reset"); d.reset() },
}

// file chooses a plain file.
func (d *editorModel) file() string { return pick(d, slices.Sorted(maps.Keys(d.files))) }

// folder chooses a folder, one of the three among them.
func (d *editorModel) folder() string { return pick(d, append(slices.Clone(d.folders), tops...)) }

// free gives a name beside another, at which nothing stands.
func (d *editorModel) free(name string) string {
	ext := path.Ext(name)
	for i := 0; ; i++ {
		other := strings.TrimSuffix(name, ext) + "-" + strconv.Itoa(i) + ext
		if _, err := os.Lstat(d.path(other)); err != nil {
			return other
		}
	}
}

func (d *editorModel) truncate() {
	name := d.file()
	size := len(d.files[name]) * int(d.next()%4) / 4
	d.note("truncate", name, strconv.Itoa(size))
	must(d.t, os.Truncate(d.path(name), int64(size)))
}

// replace saves as most editors do: beside the file, and then over it.
func (d *editorModel) replace() {
	name := d.file()
	d.note("replace", name)
	beside := path.Join(path.Dir(name), ".goutputstream-X")
	d.write(beside, d.files[name]+pick(d, []string{"", "\n", "\nKabul.\n"}))
	must(d.t, os.Rename(d.path(beside), d.path(name)))
}

func (d *editorModel) pause() {
	d.note("pause")
	d.settle(d.builder)
}

// sameStamp changes one letter and keeps size and times: in place, or by another
// file that is renamed over it.
func (d *editorModel) sameStamp() {
	name, at := d.file(), int(d.next())
	text := []byte(d.files[name])
	for i := range text {
		if i := (i + at) % len(text); text[i] >= 'a' && text[i] < 'z' {
			text[i]++
			break
		}
	}
	d.settle(d.builder)
	info, err := os.Lstat(d.path(name))
	must(d.t, err)
	to := d.path(name)
	inPlace := d.next()%2 == 0
	if !inPlace {
		to = d.path("spare")
	}
	d.note("same size and time", name, strconv.FormatBool(inPlace))
	must(d.t, os.WriteFile(to, text, 0o644))
	must(d.t, os.Chtimes(to, info.ModTime(), info.ModTime()))
	must(d.t, os.Rename(to, d.path(name)))
}

// touchOnly changes a file's times, mode or inode, and no byte.
func (d *editorModel) touchOnly() {
	name := d.file()
	d.note("touch", name)
	info, err := os.Lstat(d.path(name))
	must(d.t, err)
	switch d.next() % 3 {
	case 0:
		must(d.t, os.Chtimes(d.path(name), info.ModTime(), info.ModTime().Add(-1)))
	case 1:
		must(d.t, os.Chmod(d.path(name), info.Mode().Perm()^0o040))
	default:
		must(d.t, os.Rename(d.path(name), d.path("spare")))
		d.write(name, d.files[name])
		must(d.t, os.Remove(d.path("spare")))
	}
}

func (d *editorModel) moveFile() {
	from := d.file()
	to := path.Join(d.folder(), path.Base(from))
	if from == to {
		to = d.free(to)
	}
	d.note("move", from, "to", to)
	d.erase(to)
	d.rename(from, to)
}

func (d *editorModel) copyFile() {
	from := d.file()
	to := d.free(path.Join(d.folder(), path.Base(from)))
	d.note("copy", from, "to", to)
	d.put(to, d.files[from])
}

// hide puts something that cannot be read in the place of a file or a folder, and then
// the file back.
func (d *editorModel) hide() {
	name, how := d.file(), d.next()%8
	if how == 7 && len(d.folders) > 0 { // a link out of the site in the place of a folder
		name = pick(d, d.folders)
	}
	d.note("hide", name, strconv.Itoa(int(how)))
	at, spare := d.path(name), d.path("spare")
	must(d.t, os.Rename(at, spare))
	switch how {
	case 0:
		must(d.t, os.Symlink(d.path("outside/secret.md"), at))
	case 1:
		must(d.t, os.Symlink("nosuch", at))
	case 2:
		must(d.t, mkfifo(at, 0o644))
	case 3:
		must(d.t, os.Mkdir(at, 0o755))
	case 4:
		must(d.t, os.Symlink(path.Base(at), at))
	case 5:
		must(d.t, os.Rename(spare, at))
		must(d.t, os.Chmod(at, 0)) // which holds for all but the superuser
	case 6: // its name is not UTF-8 for a while, where the disk takes such names
		if os.Rename(spare, at+"\xe9"+path.Ext(at)) == nil {
			d.compare(false)
			must(d.t, os.Rename(at+"\xe9"+path.Ext(at), spare))
		}
		must(d.t, os.Symlink(d.path("outside"), at))
	case 7:
		must(d.t, os.Symlink(d.path("outside"), at))
	}
	d.compare(false)
	d.note("found again")
	if how == 5 {
		must(d.t, os.Chmod(at, 0o644))
	} else {
		must(d.t, os.Remove(at))
		must(d.t, os.Rename(spare, at))
	}
}

// leaveJunk writes, changes or deletes what editors leave behind. It makes no
// difference at all.
func (d *editorModel) leaveJunk() {
	name := path.Join(d.folder(), pick(d, []string{
		".a.md.swp", "a.md.swp", "4913", "a.md~", "#a.md#", ".#a.md", ".goutputstream-AB", "a.md___jb_tmp___", "x.tmp", ".git/HEAD", "#w#/page.md", "page.html~",
	}))
	d.note("junk", name)
	d.put(name, string(d.next()))
	switch base := path.Base(name); {
	case d.next()%3 == 0:
		d.erase(name)
	case base == ".#a.md":
		d.erase(name)
		must(d.t, os.Symlink("me@here.1:2", d.path(name)))
	}
	d.junk = true
}

// withoutTop takes one of the three folders away, and puts it back. Meanwhile there
// is nothing to build.
func (d *editorModel) withoutTop() {
	top, how := pick(d, tops), d.next()%5
	d.note("without", top, strconv.Itoa(int(how)))
	at, away := d.path(top), d.path("spare")
	must(d.t, os.Rename(at, away))
	d.nothing()
	switch how {
	case 1: // a file in its place
		must(d.t, os.WriteFile(at, nil, 0o644))
		d.nothing()
		must(d.t, os.Remove(at))
	case 2: // a link to where it is now
		must(d.t, os.Symlink("spare", at))
		d.compare(false)
		must(d.t, os.Remove(at))
	case 3: // an empty folder
		must(d.t, os.Mkdir(at, 0o755))
		d.compare(false)
		must(d.t, os.Remove(at))
	case 4: // others change meanwhile, and it itself
		for _, name := range slices.Sorted(maps.Keys(d.files)) {
			if to := path.Join("spare", strings.TrimPrefix(name, top)); inside(name, top) {
				d.write(to, d.files[name]+"\n")
			} else {
				d.write(name, d.files[name]+"\n")
			}
		}
		d.nothing()
	}
	must(d.t, os.Rename(away, at))
}

// nothing expects that no build is possible, for the old Builder and for a new one.
func (d *editorModel) nothing() {
	d.t.Helper()
	for _, b := range []*Builder{d.builder, New(d.options())} {
		if s, err := b.Build(d.t.Context(), publish.Memory{}); err == nil || s != nil {
			d.fatal("a build without a folder: %v, %v", s, err)
		}
	}
}

// checkOut changes hundreds of files at once, as the checkout of another branch
// does, and then goes back to the first one.
func (d *editorModel) checkOut() {
	if d.next()%4 != 0 {
		return
	}
	d.note("check out")
	was := maps.Clone(d.files)
	branch := map[string]string{}
	for i := range 200 {
		dir := []string{"content/docs/", "content/branch/", "content/branch/deep/", "static/img/", "content/new/"}[i%5]
		name, text := fmt.Sprintf("%sb%d.md", dir, i), fmt.Sprintf("---\ntitle: Branch %d\n---\nSee [[a]], Kabul.\n", i)
		if dir == "static/img/" {
			name, text = fmt.Sprintf("%sb%d.png", dir, i), "picture"
		}
		branch[name] = text
	}
	for _, name := range slices.Sorted(maps.Keys(was)) {
		switch d.next() % 4 {
		case 0:
			branch[name] = was[name] + "\nOf the branch.\n"
		case 1:
			d.drop(name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(branch)) {
		d.put(name, branch[name])
	}
	d.compare(false)
	if !d.last.OK() && d.next()%2 == 0 {
		d.mend()
		d.compare(false)
	}
	d.note("check out the first branch again")
	for _, name := range slices.Sorted(maps.Keys(d.files)) {
		if _, there := was[name]; !there {
			d.drop(name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(was)) {
		d.put(name, was[name])
	}
}
