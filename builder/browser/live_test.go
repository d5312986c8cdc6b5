package browser

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"analysis/builder/internal/devserver"
	"analysis/builder/internal/pipeline"
	"analysis/builder/website"
)

// preview serves a copy of the project's layouts and static files with content
// of the test's own, and returns its address and the folder.
func preview(t *testing.T, content map[string]string) (address, root string) {
	t.Helper()
	root = siteOf(t, content)
	address, _ = serve(t, root, "127.0.0.1:0")
	return address, root
}

// siteOf makes the folder of such a site.
func siteOf(t *testing.T, content map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for _, folder := range []string{"layouts", "static"} {
		if err := os.CopyFS(filepath.Join(root, folder), os.DirFS(filepath.Join("..", "..", folder))); err != nil {
			t.Fatal(err)
		}
	}
	for name, text := range content {
		save(t, filepath.Join(root, "content", name), text)
	}
	return root
}

// serve previews the site in a folder until the test ends or stop is called.
func serve(t *testing.T, root, on string) (address string, stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	out, in := io.Pipe()
	done := make(chan error, 1)
	go func() {
		done <- devserver.Serve(ctx, devserver.Options{
			Addr: on, Stdout: in, Stderr: io.Discard,
			Build: pipeline.Options{
				Content: filepath.Join(root, "content"), Layouts: filepath.Join(root, "layouts"), Static: filepath.Join(root, "static"),
			},
		})
		in.Close()
	}()
	stop = sync.OnceFunc(func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("the preview ended with %v", err)
		}
	})
	t.Cleanup(stop)
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if _, rest, ok := strings.Cut(lines.Text(), "serving "); ok {
			address, _, _ = strings.Cut(rest, " ")
			go io.Copy(io.Discard, out)
			return address, stop
		}
	}
	t.Fatal("no address was printed")
	return "", nil
}

// save writes a file as vim and many others do: under another name, then
// renamed over the old one.
func save(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name+"~", []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(name+"~", name); err != nil {
		t.Fatal(err)
	}
}

func TestLiveReloadInABrowser(t *testing.T) {
	b := newTab(t)
	page := func(text string) string {
		return "---\ntitle: Live\n---\n\n" + strings.Repeat("A paragraph that makes the page long.\n\n", 60) + text + "\n"
	}
	address, root := preview(t, map[string]string{"site.yaml": "title: Live\n", "index.md": page("The first version.")})
	file := filepath.Join(root, "content", "index.md")
	shows := func(text string) string { return fmt.Sprintf("document.body.innerText.includes(%q)", text) }
	connected := `document.documentElement.dataset.build !== undefined`

	b.open(address, 1000, 700)
	b.becomes(connected)
	b.becomes(`(scrollTo(0, 900), scrollY === 900)`)

	save(t, file, page("The second version."))
	b.becomes(shows("The second version."))
	b.becomes(`scrollY === 900`)
	b.becomes(connected)

	// An error leaves the page and covers it with what is wrong.
	save(t, file, page("The third version, [broken](nowhere.md) and [[nobody]]."))
	overlay := `(document.querySelector("live-overlay")?.shadowRoot.textContent ?? "")`
	b.becomes(overlay + `.includes("nowhere.md")`)
	b.becomes(overlay + `.includes("nobody")`)
	b.becomes(overlay + `.includes("index.md:125:20")`)
	b.becomes(shows("The second version."))

	save(t, file, page("The fourth version."))
	b.becomes(shows("The fourth version."))
	b.becomes(`document.querySelector("live-overlay") === null`)
	b.becomes(connected)

	// A style sheet is swapped: the page, and what a script left on it, stay.
	b.becomes(`(scrollTo(0, 700), globalThis.untouched = true, scrollY === 700)`)
	sheet := filepath.Join(root, "static", "css", "site.css")
	css, err := os.ReadFile(sheet)
	if err != nil {
		t.Fatal(err)
	}
	save(t, sheet, string(css)+"\nh1 { color: rgb(1, 2, 3); }\n")
	b.becomes(`getComputedStyle(document.querySelector("h1")).color === "rgb(1, 2, 3)"`)
	b.becomes(`globalThis.untouched === true && scrollY === 700`)
	b.becomes(`document.querySelectorAll('link[rel="stylesheet"][href*="css/site.css"]').length === 1`)

	// What a style sheet refers to is shown too when it alone changes.
	dot := func(width int) string {
		return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="10"/>`, width)
	}
	save(t, filepath.Join(root, "static", "css", "dot.svg"), dot(11))
	save(t, sheet, string(css)+"\nh1::before { content: url(dot.svg); float: left; }\n")
	b.becomes(`getComputedStyle(document.querySelector("h1"), "::before").width === "11px"`)
	b.becomes(`globalThis.untouched === true`)
	save(t, filepath.Join(root, "static", "css", "dot.svg"), dot(22))
	b.becomes(`getComputedStyle(document.querySelector("h1"), "::before").width === "22px"`)
	b.becomes(`globalThis.untouched === true`)

	// A picture keeps its name, so its page stays the same; it is shown anew all
	// the same.
	picture := func(width int) string {
		return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="10"/>`, width)
	}
	save(t, filepath.Join(root, "content", "map.svg"), picture(11))
	save(t, file, page("![A map](map.svg)"))
	width := `document.querySelector("img")?.naturalWidth`
	b.becomes(`(document.querySelector("img")?.scrollIntoView(), ` + width + ` === 11)`)
	b.becomes(connected)
	save(t, filepath.Join(root, "content", "map.svg"), picture(22))
	b.becomes(`(document.querySelector("img")?.scrollIntoView(), ` + width + ` === 22)`)
}

// openLive opens an address in a tab and waits until the page listens.
func (b tab) openLive(address string) tab {
	b.Helper()
	b.open(address, 1300, 800)
	b.becomes(built)
	return b
}

const (
	built      = `document.documentElement.dataset.build !== undefined`
	liveNotice = `(document.querySelector("live-notice")?.shadowRoot.querySelector("p").textContent ?? "")`
	// untouched tells whether the page is the same that was opened.
	untouched = `globalThis.mark === 1 && document.querySelector("#second").mark === 1 && performance.getEntriesByType("navigation").length === 1`
)

func TestLiveUpdateKeepsThePage(t *testing.T) {
	pages := readerPages
	first := pages["analysis/first.md"]
	address, root := preview(t, pages)
	edit := func(replacements ...string) {
		t.Helper()
		text := strings.NewReplacer(replacements...).Replace(first)
		if text == first {
			t.Fatalf("nothing to replace by %q", replacements)
		}
		first = text
		save(t, filepath.Join(root, "content", "analysis", "first.md"), text)
	}
	b := newTab(t).openLive(address + "analysis/first/")
	b.run(`
		globalThis.mark = 1;
		document.querySelector("#second").mark = 1;
		document.querySelector("details.cite").open = true;
		document.querySelector("#site-theme").focus({ preventScroll: true });
		const text = document.querySelector("#third").firstChild;
		getSelection().setBaseAndExtent(text, 2, text, 7);
		scrollTo(0, 1200)`)
	kept := untouched + ` && scrollY === 1200 && document.querySelector("details.cite").open && document.activeElement.id === "site-theme" && getSelection().toString() === "ird h"`
	b.becomes(kept)

	// A paragraph changes; what scripts made around it stays.
	edit("speaks,", "has spoken,")
	b.has("has spoken,")
	b.is(kept)
	b.is(`document.querySelectorAll(".headed").length === 3 && document.querySelectorAll(".headed .copy-link").length === 3`)

	// Headings, the title, and paragraphs that come and go, from the end on so
	// that nothing above moves.
	edit("### Third heading", "### Third heading, and more", "## First heading {#first}\n", "## First title {#first}\n", "R&D, 100% of it", "R&D, 99% of it")
	b.has("Third heading, and more")
	b.is(untouched)
	b.is(`document.title.startsWith("R&D, 99% of it") && document.querySelector("h1").textContent.includes("99%")`)
	b.is(`document.querySelector("#first").textContent === "First title" && document.querySelector("#first").parentNode.className === "headed"`)
	b.is(`document.querySelector("#third").parentNode.className === "headed" && getSelection().toString() === "ird h"`)
	edit("## Second heading", "A new paragraph.\n\n## New heading {#new}\n\nUnder it.\n\n## Second heading")
	b.has("New heading")
	b.is(untouched + ` && document.querySelector("#new").closest(".prose").contains(document.querySelector("#second"))`)
	order := func(ids string) string {
		return fmt.Sprintf(`[...document.querySelectorAll(".prose :is(h2, h3)")].map((h) => h.id).join() === %q`, ids)
	}
	b.is(order("first,new,second,third"))
	edit("## New heading {#new}\n\nUnder it.\n\n", "", "## First title {#first}\n\n", "")
	b.becomes(order("second,third"))
	b.is(untouched)
	b.is(`document.querySelectorAll(".headed").length === 2`)

	// A block changes places and stays the same.
	edit("## Second heading {#second}\n\n", "", "### Third heading, and more {#third}\n\n", "### Third heading, and more {#third}\n\n## Second heading {#second}\n\n")
	b.becomes(order("third,second"))
	b.is(untouched)

	// What is shown is what a page loaded anew shows.
	edit("goes on;", "goes on[^1];", "### Third heading", "[^1]: So it is said.\n\nMore.[^2]\n\n[^2]: Second note.\n\n### Third heading")
	b.has("Second note.")
	b.is(untouched)
	b.run(`document.querySelector("#second").scrollIntoView()`)
	b.asServed()
}

// asServed checks that a page that was changed in place says the same as the
// one that is served, apart from what the site's scripts add to it.
func (b tab) asServed() {
	b.Helper()
	differ, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](`fetch(location.href).then((answer) => answer.text()).then((text) => {
		const bare = (page) => {
			for (const e of page.querySelectorAll(".copy-link, .copy, dialog, .sidenote, [role=status], [role=tooltip], script[data-sum], noscript, live-overlay")) e.remove();
			for (const e of page.querySelectorAll(".cite p")) e.textContent = e.textContent.trim();
			for (const e of page.querySelectorAll(".headed")) e.replaceWith(...e.childNodes);
			for (const e of page.querySelectorAll("[aria-current=location]")) e.removeAttribute("aria-current");
			for (const e of page.querySelectorAll(".footnotes")) e.className = "footnotes";
			for (const e of page.querySelectorAll("p.theme, p:has(> label > #site-previews)")) e.hidden = true;
			for (const e of page.querySelectorAll("a.search-open")) for (const name of ["aria-haspopup", "aria-keyshortcuts"]) e.removeAttribute(name);
			for (const e of page.querySelectorAll("details")) e.open = false;
			return page.title + "\n" + page.body.outerHTML.replace(/\s+/g, " ").replaceAll("> <", ">\n<");
		};
		const shown = bare(document.cloneNode(true)).trim().split("\n"), served = bare(new DOMParser().parseFromString(text, "text/html")).trim().split("\n");
		const at = served.findIndex((line, i) => line !== shown[i]);
		return at < 0 && shown.length === served.length ? "" : "shown: " + shown.slice(at, at + 3).join("\n") + "\nserved: " + served.slice(at, at + 3).join("\n");
	})`, chromedp.EvalAwaitPromise))
	if err != nil || differ != "" {
		b.Errorf("the page is not the one that is served: %v\n%s", err, differ)
	}
}

// Whatever is edited, the page ends as it is served, without being loaded anew.
func TestLiveUpdateEndsAtWhatIsServed(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	block := func(n int) string {
		switch n % 8 {
		case 0:
			return fmt.Sprintf("## Heading %d {#h%d}\n\nText under heading %d.", n, n, n)
		case 1:
			return fmt.Sprintf("- first of %d\n- second *of* %d\n- third", n, n+random.IntN(3))
		case 2:
			return fmt.Sprintf("| a | b |\n|---|---|\n| %d | x |\n| y | %d |", n, random.IntN(3))
		case 3:
			return fmt.Sprintf("A mark.[^n%d]\n\n[^n%d]: Note %d.", n, n, random.IntN(3))
		case 4:
			return fmt.Sprintf("> Quoted %d times.", n)
		case 5:
			return fmt.Sprintf("    code %d\n    more", random.IntN(3))
		}
		return fmt.Sprintf("Paragraph %d with a [link](index.md) and **%d**.", n, random.IntN(5))
	}
	text := func(round int) string {
		blocks := []string{fmt.Sprintf("---\ntitle: Title %d\n---", round/3), fmt.Sprintf("Round %d.", round)}
		for _, n := range random.Perm(24)[:random.IntN(14)] {
			blocks = append(blocks, block(n))
		}
		if round%2 == 0 { // or else in the order of their numbers, so that much stays
			slices.Sort(blocks[2:])
		}
		return strings.Join(blocks, "\n\n") + "\n"
	}
	address, root := preview(t, map[string]string{"site.yaml": "title: Live\n", "index.md": "# Home\n", "page.md": text(0)})
	b := newTab(t).openLive(address + "page/")
	b.run(`globalThis.mark = 1`)
	for round := 1; round <= 30 && !t.Failed(); round++ {
		save(t, filepath.Join(root, "content", "page.md"), text(round))
		b.has(fmt.Sprintf("Round %d.", round))
		b.is(`mark === 1`)
		b.asServed()
	}
}

// Style sheets and words at once; and what a page misses while it is put aside.
func TestLiveUpdateOfAllAtOnce(t *testing.T) {
	address, root := preview(t, readerPages)
	text := readerPages["analysis/second.md"]
	file := filepath.Join(root, "content", "analysis", "second.md")
	b := newTab(t).openLive(address + "analysis/second/")
	b.run(`globalThis.mark = 1; dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true }))`)
	for _, name := range []string{"site.css", "drawn.css"} {
		sheet := filepath.Join(root, "static", "css", name)
		css, err := os.ReadFile(sheet)
		if err != nil {
			t.Fatal(err)
		}
		save(t, sheet, string(css)+"\nh1 { color: rgb(1, 2, 3); }\n")
	}
	save(t, file, strings.Replace(text, "The second page.", "Its summary.", 1)+"\nWords.\n")
	if err := waitFor(b.ctx, address+"analysis/second/", "Words."); err != nil {
		t.Fatal(err)
	}
	b.is(`!document.body.innerText.includes("Words.")`)
	b.run(`dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }))`)
	b.has("Words.")
	b.is(`mark === 1 && getComputedStyle(document.querySelector("h1")).color === "rgb(1, 2, 3)"`)
	b.is(`document.querySelectorAll('link[rel="stylesheet"]').length === new Set([...document.querySelectorAll('link[rel="stylesheet"]')].map((e) => e.href.replace(/\?.*/, ""))).size`)
	b.is(`document.querySelector('meta[name="description"]').content === "Its summary."`)
	b.asServed()
}

// waitFor asks for a page until it has a text.
func waitFor(ctx context.Context, address, text string) error {
	for ctx.Err() == nil {
		answer, err := http.Get(address)
		if err != nil {
			return err
		}
		body, err := io.ReadAll(answer.Body)
		answer.Body.Close()
		if err != nil {
			return err
		}
		if strings.Contains(string(body), text) {
			return nil
		}
	}
	return fmt.Errorf("%s never had %q: %w", address, text, ctx.Err())
}

// The foot of the findings says which file they come from.
func TestLiveOverlayExplains(t *testing.T) {
	address, root := preview(t, readerPages)
	text := readerPages["analysis/second.md"]
	file := filepath.Join(root, "content", "analysis", "second.md")
	b := newTab(t).openLive(address + "analysis/second/")
	overlay := `document.querySelector("live-overlay")?.shadowRoot`
	save(t, file, text+"\n[[nobody]]\n")
	b.becomes(overlay + `?.querySelector("footer")?.textContent.endsWith("content/analysis/second.md changed")`)
	save(t, file, text+"\n[none](nowhere.md)\n")
	b.becomes(overlay + `?.textContent.includes("nowhere.md")`)
	b.is(overlay + `.querySelectorAll("footer").length === 1`)
	save(t, file, text)
	b.becomes(`document.querySelector("live-overlay") === null`)
}

// Footnotes that js/reader.js has put beside the text follow the text.
func TestLiveUpdateOfFootnotes(t *testing.T) {
	page := func(one, rest string) string {
		return "---\ntitle: Notes\n---\n\nFirst.[^1] Also.[^2]\n\n" + rest + "[^1]: " + one + "\n[^2]: The other note.\n"
	}
	address, root := preview(t, map[string]string{"site.yaml": "title: Live\n", "index.md": "# Home\n", "notes.md": page("The note.", "")})
	file := filepath.Join(root, "content", "notes.md")
	b := newTab(t).openLive(address + "notes/")
	b.run(`globalThis.mark = 1`)
	b.becomes(`document.querySelectorAll(".sidenote").length === 2`)
	save(t, file, page("Another note.", ""))
	b.becomes(`document.querySelector(".sidenote").textContent.includes("Another note.")`)
	b.is(`document.querySelectorAll(".sidenote").length === 2 && document.querySelector(".sidenote a").getAttribute("aria-label").startsWith("Back")`)
	save(t, file, page("Another note.", "A third.[^3]\n\n[^3]: Its note.\n"))
	b.has("Its note.")
	b.is(`mark === 1 && document.querySelector(".sidenote") === null`)
}

// Other scripts need the page anew. It stands where it stood.
func TestLiveUpdateOfScripts(t *testing.T) {
	address, root := preview(t, readerPages)
	b := newTab(t).openLive(address + "analysis/first/")
	b.becomes(`(scrollTo(0, 900), globalThis.mark = 1, scrollY === 900)`)
	script := filepath.Join(root, "static", "js", "theme.js")
	text, err := os.ReadFile(script)
	if err != nil {
		t.Fatal(err)
	}
	save(t, script, string(text)+"\ndocument.documentElement.dataset.other = 'yes';\n")
	b.becomes(`document.documentElement.dataset.other === "yes" && document.documentElement.dataset.build !== undefined`)
	b.becomes(`globalThis.mark === undefined && scrollY === 900`)
}

func TestLivePageDeletedRenamedBack(t *testing.T) {
	address, root := preview(t, readerPages)
	in := func(name string) string { return filepath.Join(root, "content", filepath.FromSlash(name)) }
	text := readerPages["analysis/second.md"]
	first := readerPages["analysis/first.md"]
	b := newTab(t).openLive(address + "analysis/second/")
	b.run(`globalThis.mark = 1`)
	link := `document.querySelector("live-notice")?.shadowRoot.querySelector("a").getAttribute("href")`
	remove := func(name string) {
		t.Helper()
		if err := os.Remove(in(name)); err != nil {
			t.Fatal(err)
		}
	}

	// Deleted: the page stays and says so. Its folder's page is nearest.
	save(t, in("analysis/first.md"), strings.ReplaceAll(first, "[the second page](second.md)", "it"))
	remove("analysis/second.md")
	b.becomes(liveNotice + `.includes("no longer part of the site")`)
	b.is(link + ` === "/analysis/"`)
	b.is(`document.querySelector("live-notice").shadowRoot.querySelector("section").getAttribute("role") === "status"`)
	b.is(`mark === 1 && document.querySelector("h1").textContent === "Second"`)

	// Back, and other than it was.
	save(t, in("analysis/second.md"), text+"\nWritten again.\n")
	b.has("Written again.")
	b.is(`mark === 1 && document.querySelector("live-notice") === null`)

	// Renamed.
	remove("analysis/second.md")
	save(t, in("analysis/third.md"), text+"\nWritten again.\n")
	b.becomes(link + ` === "/analysis/third/"`)
	b.is(liveNotice + `.includes("moved to /analysis/third/")`)
	remove("analysis/third.md")
	save(t, in("analysis/second.md"), text+"\nWritten again.\n")
	b.becomes(`document.querySelector("live-notice") === null`)
	b.is(`mark === 1`)

	// Renamed, with a page that leads on.
	remove("analysis/second.md")
	save(t, in("analysis/third.md"), strings.Replace(text, "weight: 2\n", "weight: 2\nredirect_from: [analysis/second/]\n", 1)+"\nMoved.\n")
	b.becomes(`location.pathname === "/analysis/third/" && document.body.innerText.includes("Moved.")`)
	b.becomes(liveNotice + `.includes("/analysis/second/ has moved here")`)

	// A claim gets a new id, and then is no more.
	b.do(chromedp.Navigate(address + "claims/tea-runs-out/"))
	b.becomes(built)
	first = strings.ReplaceAll(first, "[the second page](second.md)", "it")
	save(t, in("analysis/first.md"), strings.ReplaceAll(first, "tea-runs-out", "tea-gone"))
	b.becomes(link + ` === "/claims/tea-gone/"`)
	before, rest, _ := strings.Cut(first, "> [!forecast]")
	_, after, _ := strings.Cut(rest, "none given\n")
	save(t, in("analysis/first.md"), before+after)
	b.becomes(link + ` === "/analysis/first/"`)
	save(t, in("analysis/first.md"), first)
	b.becomes(`document.querySelector("live-notice") === null`)

	// An address of nothing becomes a page.
	b.do(chromedp.Navigate(address + "analysis/fourth/"))
	b.becomes(built)
	b.is(`document.querySelector("live-notice") === null`)
	save(t, in("analysis/fourth.md"), strings.Replace(text, "Second", "Fourth", 1))
	b.becomes(`document.querySelector("h1")?.textContent === "Fourth"`)
}

// Two tabs, of which one is cut off from the preview for a while, and one that
// goes and comes back.
func TestLiveTabs(t *testing.T) {
	address, root := preview(t, readerPages)
	text := readerPages["analysis/second.md"]
	file := filepath.Join(root, "content", "analysis", "second.md")
	one := newTab(t).openLive(address + "analysis/second/")
	ctx, cancel := chromedp.NewContext(one.ctx)
	t.Cleanup(cancel)
	two := tab{t, ctx}.openLive(address + "analysis/second/")
	one.run(`globalThis.mark = 1`)
	two.run(`globalThis.mark = 1`)
	build := func(b tab) string {
		t.Helper()
		number, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](`document.documentElement.dataset.build`))
		if err != nil {
			t.Fatal(err)
		}
		return number
	}
	equal := func() { // both may be told of a build after the one that is awaited
		t.Helper()
		for build(one) != build(two) {
			if ctx.Err() != nil {
				t.Fatalf("one tab ends on build %s, the other on %s", build(one), build(two))
			}
		}
	}
	save(t, file, text+"\nFor both.\n")
	one.has("For both.")
	two.has("For both.")
	equal()

	// One sleeps: its connection is lost, and it hears nothing of three builds.
	type conditions struct {
		Offline  bool    `json:"offline"`
		Latency  float64 `json:"latency"`
		Download float64 `json:"downloadThroughput"`
		Upload   float64 `json:"uploadThroughput"`
	}
	offline := func(off bool) {
		t.Helper()
		emulate := cdp.Command[conditions, cdp.Empty]{Method: "Network.emulateNetworkConditions"}
		two.do(call(network.Enable, network.EnableParams{}), call(emulate, conditions{off, 0, -1, -1}))
	}
	offline(true)
	cut, err := chromedp.Run(ctx, chromedp.Evaluate[bool](`fetch("/").then(() => false, () => true)`, chromedp.EvalAwaitPromise))
	if err != nil || !cut {
		t.Fatal("the tab is not cut off", err)
	}
	for _, words := range []string{"One.", "Two.", "Three."} {
		save(t, file, text+"\n"+words+"\n")
		one.has(words)
	}
	two.is(`!document.body.innerText.includes("Three.")`)
	offline(false)
	two.has("Three.")
	equal()
	one.is(`mark === 1`)
	two.is(`mark === 1`)
}

// A preview that is started anew counts its builds from one again, and serves
// what was written meanwhile.
func TestLivePreviewStartedAnew(t *testing.T) {
	root := siteOf(t, readerPages)
	text := readerPages["analysis/second.md"]
	file := filepath.Join(root, "content", "analysis", "second.md")
	address, stop := serve(t, root, "127.0.0.1:0")
	b := newTab(t).openLive(address + "analysis/second/")
	b.run(`globalThis.mark = 1`)
	for _, words := range []string{"One.", "Two."} {
		save(t, file, text+"\n"+words+"\n")
		b.has(words)
	}
	stop()
	save(t, file, text+"\nThree.\n")
	serve(t, root, strings.TrimSuffix(strings.TrimPrefix(address, "http://"), "/"))
	b.has("Three.")
	b.becomes(`mark === 1 && document.documentElement.dataset.build === "1"`)
}

// This project's analysis: a claim's text is edited.
func TestLiveUpdateOfTheSite(t *testing.T) {
	b := newTab(t)
	pages := map[string]string{}
	var name, text string // of the first claim
	claim := regexp.MustCompile(`> \[!(?:reported|assessment|forecast|recommendation)\].*\n> (.*)\n`)
	content := os.DirFS(website.Analysis)
	err := fs.WalkDir(content, ".", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(content, file)
		pages[file] = string(data)
		if m := claim.FindStringSubmatch(string(data)); m != nil && name == "" {
			name, text = file, m[1]
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if name == "" {
		t.Skip("no page has a claim")
	}
	address, root := preview(t, pages)
	b.openLive(address + strings.TrimSuffix(name, ".md") + "/")
	b.run(`globalThis.mark = 1; document.querySelector("h1").mark = 1; scrollTo(0, 1500)`)
	save(t, filepath.Join(root, "content", filepath.FromSlash(name)), strings.Replace(pages[name], text, text+" Edited while it is shown.", 1))
	b.has("Edited while it is shown.")
	b.is(`mark === 1 && document.querySelector("h1").mark === 1 && document.querySelector("dialog, .headed") !== null`)
}
