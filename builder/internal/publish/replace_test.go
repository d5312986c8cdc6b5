package publish

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"analysis/builder/internal/diag"
)

// What stands in the way of a new file: a folder where a file is to be, a file
// where a folder is to be, half of another site, or a trap.

func TestFileAndFolderChangePlaces(t *testing.T) {
	for name, sites := range map[string][2]map[string]string{
		"at the top":      {{"a": "file", "z": "z"}, {"a/index.html": "in folder", "z": "z"}},
		"below":           {{"x/a": "file"}, {"x/a/index.html": "in folder"}},
		"deep":            {{"a": "file"}, {"a/b/c/d.html": "in folder"}},
		"the only one":    {{"x/a/index.html": "in folder", "x/a/b/c": "c"}, {"x/a": "file"}},
		"many in folder":  {{"a": "file"}, {"a/1": "1", "a/2": "2", "a/3/4": "4"}},
		"with like names": {{"a": "file", "a.html": "x", "ab": "y"}, {"a/index.html": "in", "a.html": "x", "ab/c": "y"}},
	} {
		t.Run(name, func(t *testing.T) {
			out := t.TempDir()
			for _, files := range []map[string]string{sites[0], sites[1], sites[0], sites[1], {}, sites[1], sites[0]} {
				publish(t, out, files)
				wantTree(t, out, files)
			}
		})
	}
}

// A foreign file in the way is not deleted, whatever is to be published.
func TestForeignFileInTheWay(t *testing.T) {
	for name, c := range map[string]struct{ mine, new string }{
		"file where a folder is to be": {"a", "a/index.html"},
		"folder where a file is to be": {"a/mine.txt", "a"},
	} {
		t.Run(name, func(t *testing.T) {
			out := t.TempDir()
			publish(t, out, map[string]string{"index.html": "i"})
			mine := filepath.Join(out, c.mine)
			must(t, os.MkdirAll(filepath.Dir(mine), 0o755))
			must(t, os.WriteFile(mine, []byte("mine"), 0o644))
			if err := publishInto(out, filesOf(map[string]string{"index.html": "i", c.new: "n"})); err == nil {
				t.Error("published all the same")
			}
			if got := mustRead(t, mine); got != "mine" {
				t.Errorf("the foreign file holds %q", got)
			}
			// Once it is out of the way, all is well.
			must(t, os.RemoveAll(filepath.Join(out, "a")))
			publish(t, out, map[string]string{"index.html": "i", c.new: "n"})
			wantTree(t, out, map[string]string{"index.html": "i", c.new: "n"})
		})
	}
}

// A build that is killed need not be followed by one of the same site: the
// editor may have gone back, or on.
func TestInterruptedThenAnotherSite(t *testing.T) {
	before := map[string]string{"index.html": "old", "a/index.html": "a", "b": "file", "c/d": "d", "gone/x.html": "x"}
	during := map[string]string{"index.html": "new", "a/index.html": "a", "b/index.html": "folder", "c": "c", "more/y.html": "y"}
	third := map[string]string{"index.html": "third", "more": "file", "gone/z.html": "z"}
	for _, next := range []map[string]string{during, before, third, {}} {
		for step := 0; ; step++ {
			out := t.TempDir()
			publish(t, out, before)
			died := interrupt(t, out, filesOf(during), step)
			publish(t, out, next)
			wantTree(t, out, next)
			if slices.Contains(own(t, out), "new") {
				t.Error("the staging folder is left")
			}
			if t.Failed() {
				t.Fatalf("killed before step %d", step)
			}
			if !died {
				break
			}
		}
	}
}

func TestBadManifest(t *testing.T) {
	precious := filepath.Join(t.TempDir(), "precious.txt")
	must(t, os.WriteFile(precious, []byte("precious"), 0o644))
	for _, bad := range []string{"../precious.txt", "a/../../precious.txt", precious, "/", "", ".", "..", "a//b", "a/", "./a", "a/.."} {
		out := filepath.Join(filepath.Dir(precious), "public"+strconv.Itoa(len(bad)))
		publish(t, out, map[string]string{"index.html": "i"})
		text := `{"files": {"index.html": "", ` + strconv.Quote(bad) + `: ""}}`
		must(t, os.WriteFile(filepath.Join(out, manifestName), []byte(text), 0o644))
		err := publishInto(out, filesOf(map[string]string{"new.html": "n"}))
		if want := "the manifest " + strconv.Quote(out+"/"+manifestName) + " is damaged: it lists the bad path " + strconv.Quote(bad); err == nil || err.Error() != want {
			t.Errorf("%q: got %v, want %s", bad, err, want)
		}
		wantTree(t, out, map[string]string{"index.html": "i"})
		must(t, os.RemoveAll(out))
	}
	if got := mustRead(t, precious); got != "precious" {
		t.Errorf("the file outside holds %q", got)
	}
}

func TestBrokenManifest(t *testing.T) {
	for _, text := range []string{"", "{", "[]", `{"files": ["index.html"]}`, "\x00", "{}", "null"} {
		out := t.TempDir()
		publish(t, out, map[string]string{"index.html": "i"})
		must(t, os.WriteFile(filepath.Join(out, manifestName), []byte(text), 0o644))
		if err := publishInto(out, filesOf(map[string]string{"new.html": "n"})); err == nil || !strings.Contains(diag.Describe(err), "is damaged: ") || !strings.Contains(diag.Describe(err), "hint: delete the folder ") {
			t.Errorf("manifest %q: got %v", text, err)
		}
		wantTree(t, out, map[string]string{"index.html": "i"})
	}
}

// Links that lead out of the folder are followed neither to read, nor to
// write, nor to delete.
func TestPublishDoesNotLeaveItsFolder(t *testing.T) {
	for name, c := range map[string]struct {
		link    string // what is replaced by a link to the folder or file outside
		toFile  bool
		publish map[string]string
	}{
		"to write":           {"a", false, map[string]string{"a/victim.txt": "written"}},
		"to write anew":      {"a", false, map[string]string{"a/new.txt": "written"}},
		"to write deep":      {"a", false, map[string]string{"a/b/c.txt": "written"}},
		"to delete":          {"a", false, map[string]string{"index.html": "i"}},
		"to write a file":    {"a/victim.txt", true, map[string]string{"a/victim.txt": "written"}},
		"to delete a file":   {"a/victim.txt", true, map[string]string{"index.html": "i"}},
		"the builder's own":  {OwnFolder, false, map[string]string{"index.html": "i"}},
		"the staging folder": {stagingName, false, map[string]string{"index.html": "new"}},
	} {
		t.Run(name, func(t *testing.T) {
			outside, out := t.TempDir(), t.TempDir()
			inside := map[string]string{"victim.txt": "precious", "manifest.json": `{"files":{"index.html":""}}`, "0": "precious"}
			for name, text := range inside {
				must(t, os.WriteFile(filepath.Join(outside, name), []byte(text), 0o644))
			}
			publish(t, out, map[string]string{"a/victim.txt": "ours", "index.html": "i"})
			at, to := filepath.Join(out, c.link), outside
			if c.toFile {
				to = filepath.Join(outside, "victim.txt")
			}
			must(t, os.RemoveAll(at))
			must(t, os.Symlink(to, at))
			_ = publishInto(out, filesOf(c.publish)) // it may refuse, or replace the link
			if got := tree(t, outside); !maps.Equal(got, inside) {
				t.Errorf("outside there is now %q", got)
			}
		})
	}
}

// Nothing is published from a build with errors.
func TestPublishErrors(t *testing.T) {
	out := t.TempDir()
	publish(t, out, map[string]string{"index.html": "i"})
	if err := publishInto(out, nil); err == nil {
		t.Errorf("the site is now %v", tree(t, out))
	}
}

// What is not ours and stands in the way is found before anything is written.
func TestForeignFileFoundFirst(t *testing.T) {
	for name, foreign := range map[string]string{"in place of a folder": "zz", "below a file": "robots.txt/mine"} {
		t.Run(name, func(t *testing.T) {
			out := t.TempDir()
			publish(t, out, map[string]string{"index.html": "old"})
			mine := filepath.Join(out, foreign)
			must(t, os.MkdirAll(filepath.Dir(mine), 0o755))
			must(t, os.WriteFile(mine, []byte("mine"), 0o644))
			before := tree(t, out)
			err := publishInto(out, filesOf(map[string]string{"index.html": "new", "aa/index.html": "a", "zz/index.html": "z", "robots.txt": "r"}))
			if err == nil || !strings.Contains(err.Error(), fmt.Sprintf("the file %q stands in the way", foreign)) {
				t.Errorf("got %v", err)
			}
			if after := tree(t, out); !maps.Equal(before, after) {
				t.Errorf("the folder was %v and is %v", before, after)
			}
		})
	}
}

// On a disk that ignores case, a page whose name changes only in case is one file. Here
// two hard links are one file under two names.
func TestRespelledFile(t *testing.T) {
	out := t.TempDir()
	publish(t, out, map[string]string{"index.html": "i", "actors/TTP/index.html": "page"})
	must(t, os.Mkdir(filepath.Join(out, "actors/ttp"), 0o755))
	must(t, os.Link(filepath.Join(out, "actors/TTP/index.html"), filepath.Join(out, "actors/ttp/index.html")))
	publish(t, out, map[string]string{"index.html": "i", "actors/ttp/index.html": "page"})
	if got := mustRead(t, filepath.Join(out, "actors/ttp/index.html")); got != "page" {
		t.Errorf("the page holds %q", got)
	}
}

// What was published stays where it is if somebody has put a link in place of its folder.
func TestNothingIsDeletedBehindALink(t *testing.T) {
	out := t.TempDir()
	publish(t, out, map[string]string{"a/index.html": "same", "b/index.html": "same"})
	must(t, os.RemoveAll(filepath.Join(out, "a")))
	must(t, os.Symlink("b", filepath.Join(out, "a")))
	publish(t, out, map[string]string{"b/index.html": "same"})
	if got := mustRead(t, filepath.Join(out, "b/index.html")); got != "same" {
		t.Errorf("the file holds %q", got)
	}
}
