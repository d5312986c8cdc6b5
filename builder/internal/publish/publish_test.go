package publish

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

func publish(t testing.TB, out string, files map[string]string) {
	t.Helper()
	must(t, publishInto(out, filesOf(files)))
}

// wantTree fails unless the folder holds exactly these files, and no folder
// without a file.
func wantTree(t testing.TB, out string, want map[string]string) {
	t.Helper()
	if got := tree(t, out); !maps.Equal(got, want) {
		t.Errorf("the folder holds %q, want %q", got, want)
	}
	for _, dir := range folders(t, out) {
		if !slices.ContainsFunc(slices.Collect(maps.Keys(want)), func(name string) bool { return strings.HasPrefix(name, dir+"/") }) {
			t.Errorf("the folder %s is left empty", dir)
		}
	}
}

// own lists what the builder keeps in a published folder.
func own(t testing.TB, out string) (list []string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Join(out, OwnFolder))
	must(t, err)
	for _, e := range entries {
		list = append(list, e.Name())
	}
	return list
}

func TestPublish(t *testing.T) {
	out := filepath.Join(t.TempDir(), "deep", "public")
	files := map[string]string{"index.html": "home", "a/index.html": "a", "a/b/c.png": "c", "empty.txt": ""}
	publish(t, out, files)
	wantTree(t, out, files)
	if got := own(t, out); !slices.Equal(got, []string{"manifest.json"}) {
		t.Errorf("the builder keeps %q", got)
	}
	var m manifest
	must(t, json.Unmarshal([]byte(mustRead(t, filepath.Join(out, manifestName))), &m))
	want := map[string]string{}
	for name, text := range files {
		want[name] = NewFile([]byte(text)).Sum
	}
	if !maps.Equal(m.Files, want) {
		t.Errorf("the manifest lists %v, want %v", m.Files, want)
	}
}

func TestPublishChanges(t *testing.T) {
	out := t.TempDir()
	for _, files := range []map[string]string{
		{"index.html": "1", "a/index.html": "a", "b/c/d.html": "d"},
		{"index.html": "2", "a/index.html": "a", "b/c/d.html": "d"}, // changed
		{"index.html": "2", "a/index.html": "a", "b/c/e.html": "d"}, // renamed
		{"index.html": "2", "a/index.html": "a"},                    // a folder less
		{"index.html": "2", "a/index.html": "a", "x/y/z.html": "z"}, // a folder more
		{"a/index.html": "a"},
		{},
		{"index.html": "1"},
	} {
		publish(t, out, files)
		wantTree(t, out, files)
		if got := own(t, out); !slices.Equal(got, []string{"manifest.json"}) {
			t.Errorf("the builder keeps %q", got)
		}
	}
}

// stamps are the times and identities of all files in a folder.
func stamps(t testing.TB, out string) map[string]fs.FileInfo {
	t.Helper()
	infos := map[string]fs.FileInfo{}
	must(t, filepath.WalkDir(out, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		infos[name], err = e.Info()
		return err
	}))
	return infos
}

// Web servers and synchronisers go by the time of a file.
func TestPublishTouchesOnlyWhatDiffers(t *testing.T) {
	out := t.TempDir()
	publish(t, out, map[string]string{"index.html": "1", "a/index.html": "a", "gone.html": "g"})
	long := time.Date(2001, 2, 3, 4, 5, 6, 0, time.UTC)
	for name := range stamps(t, out) {
		must(t, os.Chtimes(name, long, long))
	}
	before := stamps(t, out)
	publish(t, out, map[string]string{"index.html": "1", "a/index.html": "a", "gone.html": "g"})
	after := stamps(t, out)
	if len(after) != len(before) {
		t.Errorf("%d files became %d", len(before), len(after))
	}
	for name, was := range before {
		if is := after[name]; is == nil || !os.SameFile(was, is) || !is.ModTime().Equal(long) {
			t.Errorf("%s was touched though nothing had changed", name)
		}
	}
	publish(t, out, map[string]string{"index.html": "2", "a/index.html": "a", "new.html": "n"})
	after = stamps(t, out)
	for name, touched := range map[string]bool{"index.html": true, "a/index.html": false, "new.html": true, manifestName: true} {
		path := filepath.Join(out, filepath.FromSlash(name))
		if is := after[path]; is == nil || (is.ModTime().Equal(long) && os.SameFile(before[path], is)) == touched {
			t.Errorf("%s was touched: %t, want %t", name, !touched, touched)
		}
	}
}

// A file is never half written: it is another one that takes its place.
// Of files that are put none is written twice, and a file that is the same is not moved.
func TestProgress(t *testing.T) {
	out := t.TempDir()
	publish(t, out, map[string]string{"index.html": "old", "same.html": "same", "a.css": "old"})
	f, err := Open(out)
	must(t, err)
	defer f.Close()
	var mutex sync.Mutex
	var calls []string
	f.Progress = func(doing string, done, all int) {
		mutex.Lock()
		defer mutex.Unlock()
		calls = append(calls, fmt.Sprintf("%s %d of %d", doing, done, all))
	}
	files := filesOf(map[string]string{"index.html": "new", "same.html": "same", "a.css": "new", "b.css": "new"})
	f.Put("index.html", []byte("new"))
	must(t, f.Publish(files))
	slices.Sort(calls)
	if got, want := strings.Join(calls, ", "), "moving 1 of 3, moving 2 of 3, moving 3 of 3, writing 1 of 3, writing 2 of 3, writing 3 of 3"; got != want {
		t.Errorf("called with %s, want %s", got, want)
	}
}

func TestPublishReplacesFiles(t *testing.T) {
	out := t.TempDir()
	publish(t, out, map[string]string{"index.html": "old"})
	reader, err := os.Open(filepath.Join(out, "index.html"))
	must(t, err)
	defer reader.Close()
	publish(t, out, map[string]string{"index.html": "the new one"})
	data := make([]byte, 20)
	if n, _ := reader.Read(data); string(data[:n]) != "old" {
		t.Errorf("who had the old file open reads %q", data[:n])
	}
}

func TestPublishLeavesWhatIsNotItsOwn(t *testing.T) {
	out := t.TempDir()
	publish(t, out, map[string]string{"a/index.html": "a", "b/index.html": "b"})
	mine := map[string]string{"CNAME": "example.org", "a/note.txt": "mine", "c/d/e.txt": "mine"}
	for name, text := range mine {
		must(t, os.MkdirAll(filepath.Dir(filepath.Join(out, name)), 0o755))
		must(t, os.WriteFile(filepath.Join(out, name), []byte(text), 0o644))
	}
	must(t, os.Mkdir(filepath.Join(out, "hollow"), 0o755))
	publish(t, out, map[string]string{"index.html": "i"})
	want := maps.Clone(mine)
	want["index.html"] = "i"
	if got := tree(t, out); !maps.Equal(got, want) {
		t.Errorf("the folder holds %q, want %q", got, want)
	}
	if got, want := folders(t, out), []string{"a", "c", "c/d", "hollow"}; !slices.Equal(got, want) {
		t.Errorf("there are folders %q, want %q", got, want)
	}
}

func TestPublishRefusesForeignFolders(t *testing.T) {
	for name, prepare := range map[string]func(out string) error{
		"a file in it":          func(out string) error { return os.WriteFile(filepath.Join(out, "thesis.doc"), []byte("x"), 0o644) },
		"a hidden file in it":   func(out string) error { return os.WriteFile(filepath.Join(out, ".gitignore"), []byte("x"), 0o644) },
		"an empty folder in it": func(out string) error { return os.Mkdir(filepath.Join(out, "a"), 0o755) },
	} {
		out := t.TempDir()
		must(t, prepare(out))
		before := stamps(t, out)
		err := publishInto(out, filesOf(map[string]string{"index.html": "i", "thesis.doc": "y"}))
		if want := "the folder \"" + out + "\" is not empty and was not made by this builder"; err == nil || err.Error() != want {
			t.Errorf("%s: got %v, want %s", name, err, want)
		}
		if after := stamps(t, out); len(after) != len(before) {
			t.Errorf("%s: %d files became %d", name, len(before), len(after))
		}
		if _, err := os.Stat(filepath.Join(out, OwnFolder)); err == nil {
			t.Errorf("%s: the builder made a folder of its own", name)
		}
	}
}

func TestPublishIntoEmptyFolders(t *testing.T) {
	out := t.TempDir()
	publish(t, out, map[string]string{"index.html": "i"})
	wantTree(t, out, map[string]string{"index.html": "i"})
	// One in which a first build was killed before it wrote the manifest.
	out = t.TempDir()
	must(t, os.MkdirAll(filepath.Join(out, stagingName), 0o755))
	must(t, os.WriteFile(filepath.Join(out, stagingName, "0"), []byte("half"), 0o644))
	publish(t, out, map[string]string{"index.html": "i"})
	wantTree(t, out, map[string]string{"index.html": "i"})
}

func TestPublishIntoAFile(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	must(t, os.WriteFile(out, []byte("x"), 0o644))
	if err := publishInto(out, filesOf(map[string]string{"index.html": "i"})); err == nil || !strings.HasPrefix(err.Error(), "create folder: ") {
		t.Errorf("got %v", err)
	}
	if got := mustRead(t, out); got != "x" {
		t.Errorf("the file holds %q", got)
	}
}

// The manifests of earlier builders have the first 16 digits of sums. What they published
// was not edited for that.
func TestManifestWithShortSums(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	must(t, publishInto(out, filesOf(map[string]string{"a.html": "one", "b.html": "one"})))
	name := filepath.Join(out, filepath.FromSlash(manifestName))
	sum := NewFile([]byte("one")).Sum
	must(t, os.WriteFile(name, []byte(strings.ReplaceAll(mustRead(t, name), sum, sum[:16])), 0o644))
	must(t, os.WriteFile(filepath.Join(out, "b.html"), []byte("edited"), 0o644))
	f, err := Open(out)
	must(t, err)
	must(t, f.Publish(filesOf(map[string]string{"a.html": "two", "b.html": "two"})))
	if got := f.Edited(); !slices.Equal(got, []string{"b.html"}) {
		t.Errorf("edited %q", got)
	}
	must(t, f.Close())
}
