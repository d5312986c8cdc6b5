package browser

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"analysis/builder/internal/kind"
	"analysis/builder/internal/pipeline"
	"analysis/builder/website"
)

// disk is a tab that looks at files and notes what they ask for.
type disk struct {
	tab
	mu *sync.Mutex
	// what was asked for, and what the browser complained of
	asked, said map[string]bool
}

func fromDisk(t *testing.T) disk {
	t.Helper()
	d := disk{newTab(t), new(sync.Mutex), map[string]bool{}, map[string]bool{}}
	d.do(call(network.Enable, network.EnableParams{}))
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

// opens opens a file and fails if it asked for what inside does not allow, or if
// the browser had anything to say.
func (d disk) opens(file string, inside func(u *url.URL) bool) {
	d.Helper()
	d.do(chromedp.Navigate((&url.URL{Scheme: "file", Path: file}).String()))
	d.becomes(`document.readyState === "complete"`)
	d.mu.Lock()
	if !slices.ContainsFunc(slices.Collect(maps.Keys(d.asked)), func(u string) bool { return strings.HasSuffix(u, filepath.Base(file)) }) {
		d.Errorf("nobody noticed that %s was asked for", file)
	}
	d.mu.Unlock()
	d.silent(file, inside)
}

func (d disk) silent(file string, inside func(u *url.URL) bool) {
	d.Helper()
	d.mu.Lock()
	defer d.mu.Unlock()
	for asked := range d.asked {
		if u, err := url.Parse(asked); err != nil || !inside(u) {
			d.Errorf("%s asks for %s", file, asked)
		}
	}
	for said := range d.said {
		d.Errorf("%s: %s", file, said)
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
	d.Helper()
	d.becomes(`(localStorage.setItem("theme", "dark"), true)`)
	open()
	d.becomes(themed)
	d.becomes(`(localStorage.clear(), true)`)
}

// The policy of the pages, which says 'self', also holds for files in Chromium
// and, by hand in version 140, in Firefox.
func TestPortableSiteOpensFromDisk(t *testing.T) {
	website.Each(t, func(t *testing.T, o pipeline.Options) {
		o.Portable = true
		d := fromDisk(t)
		s := website.Build(t, o)
		out := onDisk(t, s)
		inside := func(u *url.URL) bool {
			name, err := filepath.Rel(out, u.Path)
			return err == nil && u.Scheme == "file" && s.Files[filepath.ToSlash(name)] != nil
		}
		for _, page := range longest(s) {
			d.opens(filepath.Join(out, page, "index.html"), inside)
			d.becomes(styled)
			d.becomes(`typeof siteIndex === "object"`)
		}
		home := filepath.Join(out, "index.html")
		d.remembers(func() { d.opens(home, inside) })

		// The test is worth what it finds: two things that the policy forbids.
		d.becomes(`(globalThis.violations = [], addEventListener("securitypolicyviolation", (e) => violations.push(e.effectiveDirective)), true)`)
		d.becomes(`(document.body.setAttribute("style", "color: red"), new Image().src = "https://example.invalid/x.png", true)`)
		d.becomes(`violations.includes("style-src-attr") && violations.includes("img-src")`)
		d.becomes(`(document.body.removeAttribute("style"), true)`)
		d.mu.Lock()
		if len(d.said) == 0 {
			t.Error("the browser said nothing")
		}
		clear(d.said)
		clear(d.asked)
		d.mu.Unlock()

		// The index is loaded from disk, and so the search works there.
		for name := range s.Files {
			if part, ok := strings.CutPrefix(strings.TrimSuffix(name, ".js"), "search/"); ok && path.Ext(name) == ".js" {
				part, _, _ = strings.Cut(part, ".") // its hash
				d.becomes(`(siteIndex.load(` + quoted(part) + `).then(() => { globalThis.loaded = ` + quoted(part) + ` }), true)`)
				d.becomes(`globalThis.loaded === ` + quoted(part))
			}
		}
		if o.Content == website.Analysis {
			return
		}
		d.opens(filepath.Join(out, "whole", "index.html"), inside)
		d.searches("Orwel", "../actors/george-orwell/index.html")
		d.becomes(`location.pathname.endsWith("/actors/george-orwell/index.html") && document.readyState === "complete"`)
		d.silent("the search", inside)
	})
}

// searches searches with the keyboard, and follows the first result, which must
// lead to want.
func (d disk) searches(query, want string) {
	d.Helper()
	d.do(chromedp.KeyEvent("k", chromedp.KeyModifiers(chromedp.ModifierCtrl)))
	d.becomes(`document.querySelector("dialog.search-dialog")?.open === true && document.activeElement.type === "search"`)
	d.do(chromedp.SendKeys(chromedp.CSS(".search-dialog input[type=search]"), query))
	d.becomes(`document.querySelector(".search-hits a")?.getAttribute("href") === ` + quoted(want))
	d.do(chromedp.Click(chromedp.CSS(".search-hits a")))
}

func quoted(s string) string {
	b, _ := json.Marshal(s)
	return string(b)
}

func TestSingleFileOpensFromDisk(t *testing.T) {
	website.Each(t, func(t *testing.T, o pipeline.Options) {
		d := fromDisk(t)
		s := website.Build(t, o)
		website.Shows(t, s, "whole") // it is what the file is made of
		o.Single = true
		file := filepath.Join(t.TempDir(), "a", "one.html")
		save(t, file, string(website.Build(t, o).Files[pipeline.SingleName].Data))
		inside := func(u *url.URL) bool { return u.Path == file }
		d.do(chromedp.EmulateViewport(1280, 800))
		d.opens(file, inside)
		d.becomes(styled)
		d.becomes(`typeof siteIndex === "object"`)
		sections := 0
		for _, p := range s.Site.Pages {
			if p.Kind == kind.Section {
				sections++
			}
		}
		d.becomes(fmt.Sprintf(`document.querySelectorAll("h1").length === 1 && document.querySelectorAll("section.part").length === %d`, sections))
		d.remembers(func() { d.opens(file, inside) })

		// A link leads to its place in the file.
		var links []string
		for _, p := range s.Site.Pages[:1] {
			for _, item := range p.Menu.Items {
				links = append(links, "#"+item.ID)
			}
		}
		for _, c := range s.Site.Claims[:min(1, len(s.Site.Claims))] {
			links = append(links, "#"+c.ID, "#"+c.ID+"--record")
			if cite := c.Cites[0]; len(cite.Places) > 0 {
				links = append(links, fmt.Sprintf("#%s--%s", cite.Source.ID, cite.Places[0].Anchor()))
			}
		}
		for _, link := range links {
			d.becomes(`([...document.querySelectorAll('a[href=` + quoted(link) + `]')].find((a) => a.click).click(), location.hash === ` + quoted(link) + `)`)
			d.becomes(`Math.abs(document.getElementById(` + quoted(link[1:]) + `).getBoundingClientRect().top) < 100`)
		}
		d.silent(file, inside)
		for _, width := range []int64{320, 768} {
			d.do(chromedp.EmulateViewport(width, 800))
			d.becomes(`document.documentElement.scrollWidth <= innerWidth`)
		}
		if o.Content == website.Analysis {
			return
		}

		// The search is inside, too.
		d.do(chromedp.EmulateViewport(1280, 800))
		d.becomes(`(scrollTo(0, 0), scrollY === 0)`)
		d.searches("Orwel", "#george-orwell")
		d.becomes(`location.hash === "#george-orwell" && !document.querySelector("dialog[open]")`)
		d.becomes(`Math.abs(document.getElementById("george-orwell").getBoundingClientRect().top) < 100`)
		d.silent(file, inside)
	})
}
