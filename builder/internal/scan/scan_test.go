package scan

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"testing/fstest"
	"time"
)

func TestIgnored(t *testing.T) {
	for name, want := range map[string]bool{
		// Editors and file managers.
		".a.md.swp": true, "a.md.swp": true, "a.md~": true, "#a.md#": true, ".#a.md": true, "4913": true, "a.md.tmp": true,
		"a.md___jb_tmp___": true, "a.md___jb_old___": true, ".DS_Store": true, "Thumbs.db": true, ".git": true, ".gitkeep": true, ".env": true, ".": true,
		"a.md.bak": true, "a.md.save.1": true, "A.MD.ORIG": true, "a.rej": true, "desktop.ini": true, "THUMBS.DB": true, "Icon\r": true, "~$a.docx": true, "a.md.~1~": true, "a.bak2": true,
		// What a site may have.
		".nojekyll": false, ".htaccess": false, "bak": false, "report.2024": false, "old": false, "a.older": false, "part": false,
		".well-known": false, "a.md": false, "index.md": false, "a": false, "4913.md": false, "tmp": false, "tmp.md": false, "a#b.md": false, "a~b.md": false, "swp": false, "thumbs.db.md": false,
	} {
		if got := Ignored(name); got != want {
			t.Errorf("%q is ignored: %t, want %t", name, got, want)
		}
	}
}

func TestRead(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{
		"a.md", "deep/er/b.md", ".well-known/c.txt", "deep/.well-known/d.txt", "no-ending",
		".git/config", ".hidden/x.md", "deep/.x/y.md", "deep/z.md~", "#w#/v.md", "4913", "empty/.x",
	} {
		file := filepath.Join(dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, []byte("text of "+name), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	f := Folder{Name: dir}
	if err := f.Scan(); err != nil || len(f.Found) > 0 {
		t.Fatal(err, f.Found)
	}
	var got []string
	for _, file := range f.Files {
		got = append(got, file.Name)
		if string(file.Data) != "text of "+file.Name || f.File(file.Name) != file {
			t.Errorf("%s holds %q", file.Name, file.Data)
		}
	}
	if want := []string{".well-known/c.txt", "a.md", "deep/.well-known/d.txt", "deep/er/b.md", "no-ending"}; !slices.Equal(got, want) {
		t.Errorf("read %q, want %q", got, want)
	}
}

// What looks like a file in place of a default and is none.
func TestBesidesDefaults(t *testing.T) {
	dir := t.TempDir()
	if err := errors.Join(os.MkdirAll(filepath.Join(dir, "own", "a.html"), 0o755), os.WriteFile(filepath.Join(dir, "own", "B.html"), nil, 0o644)); err != nil {
		t.Fatal(err)
	}
	f := Folder{Name: filepath.Join(dir, "own"), Defaults: []*File{{Name: "a.html"}, {Name: "b.html"}}}
	if err := f.Scan(); err != nil {
		t.Fatal(err)
	}
	const want = "[B.html: error: this is not used in place of \"b.html\", whose name is written so\n  hint: rename it to that" +
		" a.html: error: this is a folder, and the program has a file of this name\n  hint: write a file, or rename the folder]"
	if got := fmt.Sprint(f.Found); got != want {
		t.Errorf("found %s", got)
	}
	f.Name = filepath.Join(dir, "link")
	if err := os.Symlink("nowhere", f.Name); err != nil {
		t.Skip(err)
	}
	if f.Scan() == nil {
		t.Error("a folder that is a link to nowhere is as if it were not there")
	}
}

// Where the system says nothing that every change changes, as on Windows, each scan reads
// each file. The same bytes are the same File.
func TestReadWithoutInodes(t *testing.T) {
	dir := t.TempDir()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	f := Folder{Name: dir, Clock: func() time.Time { return time.Now().Add(time.Hour) }}
	read := func(text string) *File {
		t.Helper()
		if err := root.WriteFile("a.md", []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		info, err := fs.Stat(fstest.MapFS{"a.md": {Data: []byte(text)}}, "a.md") // without inode or time
		if err != nil {
			t.Fatal(err)
		}
		file, err := f.file("a.md", info, root, "a.md")
		if err != nil || string(file.Data) != text {
			t.Fatalf("read %q, want %q (%v)", file.Data, text, err)
		}
		f.Use([]*File{file})
		return file
	}
	one := read("one")
	if two := read("two"); one == two || two != read("two") {
		t.Error("a File changed its bytes, or there are two of the same")
	}
}
