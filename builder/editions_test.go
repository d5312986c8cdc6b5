package main

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"analysis/builder/internal/pipeline"
	"analysis/builder/internal/publish"
)

// onePage is where the real site shows the whole analysis.
const onePage = "whole/index.html"

// The analysis on one page holds every section and every claim of the sections,
// and leads to no section's own page.
func TestOnePageHoldsTheWhole(t *testing.T) {
	s := mustBuild(t, realOptions)
	d := examine(s.Files[onePage].Data)
	for _, p := range d.problems {
		t.Error(p)
	}
	sections := 0
	for _, p := range s.Site.Pages {
		if p.Kind != "section" {
			continue
		}
		sections++
		if d.ids[p.ID] != 1 {
			t.Errorf("the section %s stands on it %d times", p.ID, d.ids[p.ID])
		}
		for _, h := range p.Doc.Headings {
			if d.ids[p.ID+"--"+h.ID] != 1 {
				t.Errorf("no heading %s of %s", h.ID, p.ID)
			}
		}
		for _, c := range p.Labels {
			if d.ids[c.ID] != 1 {
				t.Errorf("no claim %s of %s", c.ID, p.ID)
			}
		}
		if slices.Contains(d.links, "../"+p.URL) {
			t.Errorf("a link leads to %s, which stands on the page", p.URL)
		}
	}
	if sections < 10 {
		t.Errorf("%d sections", sections)
	}
}

// A change in a section reaches the page of the whole.
func TestOnePageFollowsItsSections(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"site.yaml": "title: Tea\n", "index.md": "# Tea\n", "whole.md": "---\ntitle: All\nshows: whole\n---\n", "analysis/index.md": "# Analysis\n",
		"analysis/a.md": "# First\n\nSee [the second](b.md#how).\n", "analysis/b.md": "# Second\n\n## How\n\nText.\n",
	} {
		save(t, filepath.Join(dir, name), text)
	}
	options := pipeline.Options{Content: dir, Layouts: "../layouts", Static: "../static"}
	builder := pipeline.New(options)
	whole := func() string {
		t.Helper()
		s, err := builder.Build(publish.Memory{})
		if err != nil || !s.OK() {
			t.Fatal(err, s)
		}
		if clean := mustBuild(t, options); string(clean.Files[onePage].Data) != string(s.Files[onePage].Data) {
			t.Error("the page differs from that of a clean build")
		}
		return string(s.Files[onePage].Data)
	}
	if text := whole(); !strings.Contains(text, `<a href="#b--how">the second</a>`) || !strings.Contains(text, `<h3 id="b--how">How</h3>`) {
		t.Error(text)
	}
	save(t, filepath.Join(dir, "analysis/b.md"), "---\ntitle: Second\nweight: 1\n---\n\n## How {#how}\n\nOther.\n")
	if text := whole(); !strings.Contains(text, "<p>Other.</p>") || strings.Index(text, `<h2 id="b">`) > strings.Index(text, `<h2 id="a">`) {
		t.Error(text)
	}
	if err := os.Remove(filepath.Join(dir, "analysis/a.md")); err != nil {
		t.Fatal(err)
	}
	if text := whole(); strings.Contains(text, "First") {
		t.Error(text)
	}
}

// on returns the real options as changed by f.
func on(f func(o *pipeline.Options)) pipeline.Options {
	o := realOptions
	f(&o)
	return o
}

func portable(o *pipeline.Options) { o.Portable = true }
func single(o *pipeline.Options)   { o.Single = true }

// folderLink is an address inside the site that only a server resolves.
func folderLink(link string) bool {
	u, err := url.Parse(link)
	return err == nil && u.Scheme == "" && u.Host == "" && (strings.HasSuffix(u.Path, "/") || path.Base("x/"+u.Path) == ".." || u.Path == ".")
}

func TestPortableSiteNeedsNoServer(t *testing.T) {
	for name, o := range map[string]pipeline.Options{
		"real": on(portable), "small": {Content: smallContent, Layouts: "../layouts", Static: "../static", Portable: true},
	} {
		t.Run(name, func(t *testing.T) {
			s := mustBuild(t, o)
			broken := brokenLinks(s.Files, "https://tea.example/guide/")
			if name == "real" {
				broken, _ = crawl(s)
			}
			for _, b := range broken {
				t.Error(b)
			}
			for name, f := range s.Files {
				if path.Ext(name) != ".html" {
					continue
				}
				for _, link := range examine(f.Data).links {
					if folderLink(link) {
						t.Errorf("%s: the link %q leads to a folder", name, link)
					}
				}
				if m := regexp.MustCompile(`content="0; url=([^"]*)"`).FindSubmatch(f.Data); m != nil && s.Files[path.Join(path.Dir(name), string(m[1]))] == nil {
					t.Errorf("%s: moved to %s, which is no file", name, m[1])
				}
			}
			for name, addresses := range indexed(t, s) {
				for _, u := range addresses {
					file, _, _ := strings.Cut(u, "#")
					if s.Files[file] == nil {
						t.Errorf("%s: leads to %q, which is no file", name, u)
					}
				}
			}
		})
	}
}

// indexed are the addresses in each part of the index.
func indexed(t *testing.T, s *pipeline.Snapshot) map[string][]string {
	t.Helper()
	found := map[string][]string{}
	for name, f := range s.Files {
		if !strings.HasPrefix(name, "search/") || path.Ext(name) != ".js" {
			continue
		}
		for _, m := range regexp.MustCompile(`"u":\s*("(?:[^"\\]|\\.)*")`).FindAllSubmatch(f.Data, -1) {
			var u string
			if err := json.Unmarshal(m[1], &u); err != nil {
				t.Fatal(err)
			}
			found[name] = append(found[name], u)
		}
	}
	return found
}

// A portable build changes addresses and nothing else.
func TestPortableSiteIsTheSameSite(t *testing.T) {
	plain, s := mustBuild(t, realOptions), mustBuild(t, on(portable))
	for name, f := range plain.Files {
		switch other := s.Files[name]; {
		case name == "404.html":
			if other != nil {
				t.Error("there is a page for missing addresses")
			}
		case other == nil:
			t.Errorf("no %s", name)
		case path.Ext(name) != ".html" && !strings.HasPrefix(name, "search/") && string(f.Data) != string(other.Data):
			t.Errorf("%s differs", name)
		}
	}
	again := mustBuild(t, on(portable))
	for name, f := range s.Files {
		if string(again.Files[name].Data) != string(f.Data) {
			t.Errorf("%s differs from one build to the next", name)
		}
	}
}

func TestSingleFileHoldsAll(t *testing.T) {
	s := mustBuild(t, on(single))
	if len(s.Files) != 1 {
		t.Fatalf("%d files", len(s.Files))
	}
	data := s.Files[pipeline.SingleName].Data
	d := examine(data)
	for _, p := range d.problems {
		if p != "inline <script>" && p != "inline <style>" {
			t.Error(p)
		}
	}
	for _, p := range s.Site.Pages {
		if p.Kind == "404" || p.Target != nil || p.Doc.Front.Shows == "whole" || p.Doc.Front.Shows == "search" {
			continue
		}
		if d.ids[p.ID] == 0 || p.Kind == "claim" && d.ids[p.ID+"--record"] == 0 {
			t.Errorf("no %s", p.URL)
		}
	}
	for _, link := range d.links {
		switch {
		case strings.HasPrefix(link, "#"):
			at, err := url.PathUnescape(link[1:])
			if err != nil || d.ids[at] != 1 {
				t.Errorf("the link %q leads nowhere", link)
			}
		case !strings.HasPrefix(link, "https://") && !strings.HasPrefix(link, "http://") && !strings.HasPrefix(link, "mailto:") && !strings.HasPrefix(link, "data:"):
			t.Errorf("the link %q leaves the file", link)
		}
	}
	for _, m := range regexp.MustCompile(`"u":"([^"#]*)`).FindAllSubmatch(data, -1) {
		if len(m[1]) > 0 {
			t.Errorf("the index leads out of the file, to %q", m[1])
		}
	}
	if again := mustBuild(t, on(single)).Files[pipeline.SingleName].Data; string(again) != string(data) {
		t.Error("the file differs from one build to the next")
	}
	t.Logf("%d bytes, %d links", len(data), len(d.links))
}

// disk is a browser that looks at files and notes what they ask for.
type disk struct {
	ctx context.Context
	t   *testing.T
	mu  *sync.Mutex
	// what was asked for, and what the browser complained of
	asked, said map[string]bool
}

func fromDisk(t *testing.T) disk {
	t.Helper()
	d := disk{browser(t), t, new(sync.Mutex), map[string]bool{}, map[string]bool{}}
	d.do(chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, network.Enable, network.EnableParams{})
		return err
	}))
	if err := chromedp.Listen(d.ctx, func(event any) {
		d.mu.Lock()
		defer d.mu.Unlock()
		switch event := event.(type) {
		case *network.EventRequestWillBeSent:
			if !strings.HasPrefix(event.Request.URL, "data:") {
				d.asked[event.Request.URL] = true
			}
		case *network.EventLoadingFailed:
			d.said[event.ErrorText] = true
		case *log.EventEntryAdded:
			d.said[event.Entry.Text+" "+event.Entry.URL] = true
		case *runtime.EventExceptionThrown:
			d.said[event.ExceptionDetails.Text] = true
		}
	}); err != nil {
		t.Fatal(err)
	}
	return d
}

func (d disk) do(steps ...chromedp.Action[chromedp.Void]) {
	d.t.Helper()
	if err := chromedp.Do(d.ctx, steps...); err != nil {
		d.t.Fatal(err)
	}
}

// open opens a file and fails if it asked for what inside does not allow, or if
// the browser had anything to say.
func (d disk) open(file string, inside func(u *url.URL) bool) {
	d.t.Helper()
	d.do(chromedp.Navigate((&url.URL{Scheme: "file", Path: file}).String()))
	becomes(d.t, d.ctx, `document.readyState === "complete"`)
	d.mu.Lock()
	if !slices.ContainsFunc(slices.Collect(maps.Keys(d.asked)), func(u string) bool { return strings.HasSuffix(u, filepath.Base(file)) }) {
		d.t.Errorf("nobody noticed that %s was asked for", file)
	}
	d.mu.Unlock()
	d.silent(file, inside)
}

func (d disk) silent(file string, inside func(u *url.URL) bool) {
	d.t.Helper()
	d.mu.Lock()
	defer d.mu.Unlock()
	for asked := range d.asked {
		if u, err := url.Parse(asked); err != nil || !inside(u) {
			d.t.Errorf("%s asks for %s", file, asked)
		}
	}
	for said := range d.said {
		d.t.Errorf("%s: %s", file, said)
	}
	clear(d.asked)
	clear(d.said)
}

// styled and themed are true of a page whose styles and scripts work.
const (
	styled = `getComputedStyle(document.querySelector(".masthead")).display === "flex" && getComputedStyle(document.body).margin === "0px"`
	themed = `document.documentElement.dataset.theme === "dark" && getComputedStyle(document.body).backgroundColor === "rgb(20, 23, 26)"`
)

// remembers fails unless a page, opened again, knows the theme that was chosen.
func (d disk) remembers(open func()) {
	d.t.Helper()
	becomes(d.t, d.ctx, `(localStorage.setItem("theme", "dark"), true)`)
	open()
	becomes(d.t, d.ctx, themed)
	becomes(d.t, d.ctx, `(localStorage.clear(), true)`)
}

// The policy of the pages, which says 'self', also holds for files in Chromium
// and, by hand in version 140, in Firefox.
func TestPortableSiteOpensFromDisk(t *testing.T) {
	out := t.TempDir()
	s := mustBuild(t, on(portable))
	if err := publishInto(out, s.Files); err != nil {
		t.Fatal(err)
	}
	d := fromDisk(t)
	inside := func(u *url.URL) bool {
		name, err := filepath.Rel(out, u.Path)
		return err == nil && u.Scheme == "file" && s.Files[filepath.ToSlash(name)] != nil
	}
	for name, page := range kinds {
		if name != "404" {
			d.open(filepath.Join(out, page, "index.html"), inside)
			becomes(t, d.ctx, styled)
			becomes(t, d.ctx, `typeof siteIndex === "object"`)
		}
	}
	d.remembers(func() { d.open(filepath.Join(out, onePage), inside) })

	// The test is worth what it finds: two things that the policy forbids.
	becomes(t, d.ctx, `(globalThis.violations = [], addEventListener("securitypolicyviolation", (e) => violations.push(e.effectiveDirective)), true)`)
	becomes(t, d.ctx, `(document.body.setAttribute("style", "color: red"), new Image().src = "https://example.invalid/x.png", true)`)
	becomes(t, d.ctx, `violations.includes("style-src-attr") && violations.includes("img-src")`)
	becomes(t, d.ctx, `(document.body.removeAttribute("style"), true)`)
	d.mu.Lock()
	if len(d.said) == 0 {
		t.Error("the browser said nothing")
	}
	clear(d.said)
	clear(d.asked)
	d.mu.Unlock()

	// The index is loaded from disk, and so the search works there.
	for name := range indexed(t, s) {
		part := strings.TrimSuffix(strings.TrimPrefix(name, "search/"), ".js")
		becomes(t, d.ctx, `(siteIndex.load(`+quoted(part)+`).then(() => { globalThis.loaded = `+quoted(part)+` }), true)`)
		becomes(t, d.ctx, `globalThis.loaded === `+quoted(part))
	}
	d.open(filepath.Join(out, onePage), inside)
	d.finds("Hameed", "../actors/faiz-hameed/index.html")
	becomes(t, d.ctx, `location.pathname.endsWith("/actors/faiz-hameed/index.html") && document.readyState === "complete"`)
	d.silent("the search", inside)
}

// finds searches with the keyboard, and follows the first result, which must
// lead to want.
func (d disk) finds(query, want string) {
	d.t.Helper()
	d.do(chromedp.KeyEvent("k", chromedp.KeyModifiers(chromedp.ModifierCtrl)))
	becomes(d.t, d.ctx, `document.querySelector("dialog.search-dialog")?.open === true && document.activeElement.type === "search"`)
	d.do(chromedp.SendKeys(chromedp.CSS(".search-dialog input[type=search]"), query))
	becomes(d.t, d.ctx, `document.querySelector(".search-hits a")?.getAttribute("href") === `+quoted(want))
	d.do(chromedp.Click(chromedp.CSS(".search-hits a")))
}

func quoted(s string) string {
	b, _ := json.Marshal(s)
	return string(b)
}

func TestSingleFileOpensFromDisk(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a", "one.html")
	if err := publish.WriteFile(file, mustBuild(t, on(single)).Files[pipeline.SingleName].Data); err != nil {
		t.Fatal(err)
	}
	d := fromDisk(t)
	inside := func(u *url.URL) bool { return u.Path == file }
	d.do(chromedp.EmulateViewport(1280, 800))
	d.open(file, inside)
	becomes(t, d.ctx, styled)
	becomes(t, d.ctx, `typeof siteIndex === "object"`)
	becomes(t, d.ctx, `document.querySelectorAll("h1").length === 1 && document.querySelectorAll(".part").length > 10`)
	d.remembers(func() { d.open(file, inside) })

	// A link leads to its place in the file.
	for _, link := range []string{"#actors", "#nineteen-soldiers-killed", "#nineteen-soldiers-killed--record", "#column--p1"} {
		becomes(t, d.ctx, `(document.querySelector('a[href=`+quoted(link)+`]').click(), location.hash === `+quoted(link)+`)`)
		becomes(t, d.ctx, `Math.abs(document.getElementById(`+quoted(link[1:])+`).getBoundingClientRect().top) < 100`)
	}
	d.silent(file, inside)
	for _, width := range []int64{320, 768} {
		d.do(chromedp.EmulateViewport(width, 800))
		becomes(t, d.ctx, `document.documentElement.scrollWidth <= innerWidth`)
	}

	// The search is inside, too.
	d.do(chromedp.EmulateViewport(1280, 800))
	becomes(t, d.ctx, `(scrollTo(0, 0), scrollY === 0)`)
	d.finds("Hameed", "#faiz-hameed")
	becomes(t, d.ctx, `location.hash === "#faiz-hameed" && !document.querySelector("dialog[open]")`)
	becomes(t, d.ctx, `Math.abs(document.getElementById("faiz-hameed").getBoundingClientRect().top) < 100`)
	d.silent(file, inside)
}

// On paper the whole analysis has no navigation, each section begins a page, and
// the labels of claims stand in brackets.
func TestOnePagePrints(t *testing.T) {
	out := t.TempDir()
	s := mustBuild(t, on(portable))
	if err := publishInto(out, s.Files); err != nil {
		t.Fatal(err)
	}
	d := fromDisk(t)
	d.open(filepath.Join(out, onePage), func(*url.URL) bool { return true })
	yes := true
	var pdf []byte
	d.do(chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		printed, err := cdp.Call(ctx, target, page.PrintToPDF, page.PrintToPDFParams{PaperWidth: 8.27, PaperHeight: 11.69, GenerateDocumentOutline: &yes})
		pdf = printed.Data
		return err
	}))
	if *screenshots != "" {
		if err := os.WriteFile(filepath.Join(*screenshots, "whole.pdf"), pdf, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	sections := 0
	for _, p := range s.Site.Pages {
		if p.Kind == "section" {
			sections++
		}
	}
	pages := len(regexp.MustCompile(`/Type\s*/Page\b`).FindAll(pdf, -1))
	if pages <= sections || pages > 5*sections {
		t.Errorf("%d pages for %d sections", pages, sections)
	}
	t.Logf("%d sections on %d pages, %d bytes", sections, pages, len(pdf))

	d.do(printing)
	for name, expression := range map[string]string{
		"navigation is printed":         `[...document.querySelectorAll(".menu, .local, .crumbs, .skip")].every((e) => !e.checkVisibility())`,
		"a section begins no page":      `[...document.querySelectorAll(".part")].every((e) => getComputedStyle(e).breakBefore === "page")`,
		"a label has no brackets":       `[...document.querySelectorAll(".part .claim-label")].every((e) => getComputedStyle(e, "::before").content === '"["' && getComputedStyle(e, "::after").content === '"]"')`,
		"a link hides where it leads":   `[...document.querySelectorAll('.part a[href^="http"]')].every((e) => getComputedStyle(e, "::after").content.includes(e.getAttribute("href")))`,
		"the contents are not printed":  `document.querySelector(".contents").checkVisibility()`,
		"a link in the page has its id": `[...document.querySelectorAll('.part a[href^="#"]')].every((e) => getComputedStyle(e, "::after").content === "none")`,
	} {
		is, err := chromedp.Run(d.ctx, chromedp.Evaluate[bool](expression))
		if err != nil {
			t.Fatal(err)
		}
		if !is {
			t.Error(name)
		}
	}
}

// printing shows pages as they are printed.
var printing = chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
	_, err := cdp.Call(ctx, target, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
	return err
})

// publishInto publishes files into a folder.
func publishInto(out string, files map[string]*publish.File) (err error) {
	f, err := publish.Open(out)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return f.Publish(files)
}
