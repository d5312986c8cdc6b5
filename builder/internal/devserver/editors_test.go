package devserver

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"analysis/builder/internal/pipeline"
	"analysis/builder/internal/publish"
	"analysis/builder/internal/scan"
)

// saving is a file that is saved the way that some editor does.
type saving struct {
	t    *testing.T
	name string // of the file
	text string // that it is to have
}

func (s saving) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// beside is the name of another file in the same folder: one at a star's place.
func (s saving) beside(pattern string) string {
	return filepath.Join(filepath.Dir(s.name), strings.ReplaceAll(pattern, "*", filepath.Base(s.name)))
}

func (s saving) write(name, text string) {
	s.t.Helper()
	s.must(os.WriteFile(name, []byte(text), 0o644))
}
func (s saving) rename(from, to string) { s.t.Helper(); s.must(os.Rename(from, to)) }
func (s saving) remove(name string)     { s.t.Helper(); s.must(os.Remove(name)) }

// replace writes under another name, and renames.
func (s saving) replace(other string) {
	s.t.Helper()
	s.write(s.beside(other), s.text)
	s.rename(s.beside(other), s.name)
}

// slowly writes the file in place, in pieces that a build can come between.
func (s saving) slowly(text string) {
	s.t.Helper()
	f, err := os.OpenFile(s.name, os.O_WRONLY|os.O_TRUNC, 0)
	s.must(err)
	for part := range slices.Chunk([]byte(text), 16) {
		_, err := f.Write(part)
		s.must(err)
	}
	s.must(f.Sync())
	s.must(f.Close())
}

// run runs a real editor, or skips.
func (s saving) run(name string, args ...string) {
	s.t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		s.t.Skipf("%s is not here", name)
	}
	if out, err := exec.CommandContext(s.t.Context(), name, args...).CombinedOutput(); err != nil {
		s.t.Fatalf("%s: %v\n%s", name, err, out)
	}
}

var editors = map[string]func(saving){
	"vim": func(s saving) {
		s.write(s.beside(".*.swp"), "swap")
		s.write(s.beside("4913"), "")
		s.must(os.Chmod(s.beside("4913"), 0o644))
		s.remove(s.beside("4913"))
		s.rename(s.name, s.beside("*~"))
		s.write(s.name, s.text)
		s.must(os.Chmod(s.name, 0o644))
		s.remove(s.beside("*~"))
		s.remove(s.beside(".*.swp"))
	},
	"vim with backupcopy": func(s saving) {
		old, err := os.ReadFile(s.name)
		s.must(err)
		s.write(s.beside("*~"), string(old))
		s.slowly(s.text)
		s.remove(s.beside("*~"))
	},
	"vim itself": func(s saving) {
		s.run("vim", "-u", "NONE", "-es", "-c", "set writebackup swapfile", "-c", "%d", "-c", "call setline(1, "+vimList(s.text)+")", "-c", "wq", s.name)
	},
	"emacs": func(s saving) {
		s.must(os.Symlink("user@host.pid:1", s.beside(".#*")))
		s.write(s.beside("#*#"), s.text) // saves now and then by itself
		if _, err := os.Stat(s.beside("*~")); err != nil {
			s.rename(s.name, s.beside("*~"))
		}
		s.write(s.name, s.text)
		s.remove(s.beside("#*#"))
		s.remove(s.beside(".#*"))
	},
	"vs code": func(s saving) {
		s.slowly(s.text + "\nNot yet.\n")
		s.slowly(s.text)
	},
	"jetbrains": func(s saving) {
		s.write(s.beside("*___jb_tmp___"), s.text)
		s.rename(s.name, s.beside("*___jb_old___"))
		s.rename(s.beside("*___jb_tmp___"), s.name)
		s.remove(s.beside("*___jb_old___"))
	},
	"nano": func(s saving) {
		s.write(s.beside(".*.swp"), "lock")
		s.slowly(s.text)
		s.remove(s.beside(".*.swp"))
	},
	"sed itself": func(s saving) {
		s.write(s.name, strings.ReplaceAll(s.text, "Saved", "Unsaved"))
		s.run("sed", "-i", "s/Unsaved/Saved/", s.name)
	},
	"sed":       func(s saving) { s.replace("sedAbC123") },
	"rsync":     func(s saving) { s.replace(".*.x1Y2z3") },
	"syncthing": func(s saving) { s.replace(".syncthing.*.tmp") },
	"gnome":     func(s saving) { s.replace(".goutputstream-X1Y2Z3") },
	"kate": func(s saving) {
		s.write(s.beside(".*.kate-swp"), "swap")
		s.replace("*.tmp")
		s.remove(s.beside(".*.kate-swp"))
	},
	"a mac": func(s saving) {
		s.replace(".*.sb-1a2b3c4d-x")
		s.write(s.beside(".DS_Store"), "\x00\x00\x00\x01Bud1")
		s.write(s.beside("._one.md"), "resource fork")
	},
	"hard link": func(s saving) {
		s.write(s.beside(".new"), s.text)
		s.remove(s.name)
		s.must(os.Link(s.beside(".new"), s.name))
		s.remove(s.beside(".new"))
	},
	"same size and time": func(s saving) {
		info, err := os.Stat(s.name)
		s.must(err)
		old, err := os.ReadFile(s.name)
		s.must(err)
		other := []byte(s.text)
		for len(other) < len(old) {
			other = append(other, '\n')
		}
		s.write(s.name, string(other))
		s.must(os.Chtimes(s.name, info.ModTime(), info.ModTime()))
	},
}

func vimList(text string) string {
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	return "['" + strings.Join(lines, "','") + "']"
}

// However a file is saved, the preview shows it, and nothing of what lay beside
// it for a while.
func TestEditors(t *testing.T) {
	for name, save := range editors {
		t.Run(name, func(t *testing.T) {
			first := page("As it was before anybody touched it, and that is long enough.")
			p := newProject(t, Options{}, map[string]string{"content/two.md": first, "static/js/a.js": "let a = 1\n"})
			p.settles()
			for i := range 3 {
				text := fmt.Sprintf("Saved %d.", i)
				save(saving{t, p.path("content/two.md"), page(text)})
				p.shows("/two/", 200, text)
				p.settles()
			}
			save(saving{t, p.path("layouts/page.html"), `{{define "main"}}<h1>Saved: {{.Title}}</h1>{{.Body}}{{end}}`})
			p.settles()
			p.shows("/two/", 200, "<h1>Saved: T</h1>")
			save(saving{t, p.path("static/css/a.css"), "h1 { color: green }\n"})
			p.settles()
			save(saving{t, p.path("content/site.yaml"), "title: Saved\n"})
			p.settles()
			p.compare()
			for _, junk := range p.served() {
				if base := filepath.Base(junk); scan.Ignored(base) {
					t.Errorf("%s was served", junk)
				}
			}
		})
	}
}

var liveTag = regexp.MustCompile(`<script [^>]*src="` + regexp.QuoteMeta(scriptPath) + `"[^>]*></script>\n`)

// compare fetches every file of a clean build from the preview. Pages differ by
// the live script.
func (p *project) compare() {
	p.t.Helper()
	clean, err := pipeline.New(p.build).Build(p.t.Context(), publish.Memory{})
	p.must(err)
	for name, f := range clean.Files {
		answer, err := http.Get(p.url + "/" + name)
		p.must(err)
		body, err := io.ReadAll(answer.Body)
		p.must(err)
		answer.Body.Close()
		body = liveTag.ReplaceAll(body, nil)
		if answer.StatusCode != 200 || string(body) != string(f.Data) {
			p.t.Errorf("%s: status %d\n got %q\nwant %q", name, answer.StatusCode, body, f.Data)
		}
	}
}

// What editors and file managers leave behind leads to no build.
func TestEditorsLeaveThings(t *testing.T) {
	p := newProject(t, Options{}, nil)
	p.settles()
	builds, number := p.builds.Load(), p.number()
	for i, name := range []string{
		"4913", "one.md~", ".one.md.swp", ".one.md.swx", "#one.md#", ".#one.md", "one.md___jb_tmp___", "one.md___jb_old___",
		".one.md.x1Y2z3", ".syncthing.one.md.tmp", "~syncthing~one.md.tmp", ".goutputstream-X1Y2Z3", ".DS_Store", "._one.md", "Thumbs.db", ".one.md.kate-swp", "one.md.tmp",
		".git/index.lock", "../README.md", "../public/index.html", "../log.txt",
	} {
		junk := "content/notes/" + name
		if strings.HasPrefix(name, "../") {
			junk = name[3:] // beside the site's folders
		}
		p.write(junk, "junk")
		p.write(junk, "more junk")
		p.must(os.Chmod(p.path(junk), 0o600))
		if i%2 == 0 {
			p.rename(junk, junk+"~")
			p.remove(junk + "~")
		}
	}
	// One change, whole at once, after all that.
	p.put("content/notes/one.md", page("After the junk."))
	p.shows("/notes/one/", 200, "After the junk.")
	p.settles()
	if b, n := p.builds.Load()-builds, p.number()-number; b != 1 || n != 1 {
		t.Errorf("%d builds, of which %d differed from the one before; want one", b, n)
	}
}

func TestEditorsGit(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not here")
	}
	p := newProject(t, Options{}, nil)
	git := func(args ...string) {
		t.Helper()
		command := exec.CommandContext(t.Context(), "git", append([]string{"-C", p.root, "-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "commit.gpgSign=false"}, args...)...)
		// Nothing of the user's settings, nor of a hook that this runs in.
		command.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + p.root, "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=" + os.DevNull}
		if out, err := command.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, out)
		}
	}
	branch := func(name string, folders int, text string) {
		for i := range 300 {
			p.write(fmt.Sprintf("content/s%d/p%d.md", i%folders, i), page(fmt.Sprint(text, i)))
		}
		git("add", ".")
		git("commit", "-q", "-m", name)
	}
	git("init", "-q", "-b", "start")
	git("add", "content", "layouts", "static")
	git("commit", "-q", "-m", "start")
	git("checkout", "-q", "-b", "one")
	branch("one", 10, "One ")
	git("checkout", "-q", "-b", "two", "start")
	branch("two", 7, "Two ")
	for _, to := range []string{"one", "two", "start", "two", "one"} {
		git("checkout", "-q", to)
		p.settles()
	}
	git("checkout", "-q", "two")
	git("checkout", "-q", "one")
	p.settles()
	p.write("content/s3/p3.md", page("After the checkouts."))
	p.shows("/s3/p3/", 200, "After the checkouts.")
	t.Logf("%d builds, of which %d differed from the one before", p.builds.Load(), p.number())
}
