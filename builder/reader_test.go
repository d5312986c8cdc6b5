package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	protocol "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"golang.org/x/net/html"

	"analysis/builder/internal/pipeline"
)

// readerPages is a small site of all that the reader's tools work on.
var readerPages = map[string]string{
	"site.yaml":          "title: Tea & Co\nauthor: A_Z\nbase_url: https://example.org/tea/\n",
	"index.md":           "# Tea & Co\n\nRead [on](analysis/first.md).\n",
	"actors/index.md":    "---\ntitle: Actors\n---\n",
	"sources/index.md":   "---\ntitle: Sources\n---\n",
	"claims/index.md":    "---\ntitle: Claims\n---\n",
	"actors/taster.md":   "---\ntitle: The taster\nsummary: Tastes tea.\ntype: person\nupdated: 2024-05\n---\n",
	"analysis/index.md":  "---\ntitle: Analysis\nsummary: All of it.\n---\n",
	"analysis/second.md": "---\ntitle: Second\nsummary: The second page.\nweight: 2\n---\n\nSee the [[paper]].\n",
	"sources/paper.md": "---\ntitle: The paper\nsummary: A paper.\ntype: newspaper\npublished: 2024-03-02\n" +
		"passages:\n  - n: 1\n    gist: On tea.\n---\n",
	"analysis/first.md": "---\ntitle: R&D, 100% of it\nsummary: What is said.\nupdated: 2024-05-06\nweight: 1\n---\n\n" +
		"The [person](../actors/taster.md) speaks, [the second page](second.md) goes on; [below](#second).\n\n" +
		"> [!forecast] Tea could run out {#tea-runs-out}\n> It *could* run out.\n>\n" +
		"> - source: [[paper]] ¶1\n> - held by: [[taster]]\n> - wording: could\n> - horizon: none given\n\n" +
		"## First heading {#first}\n\n" + strings.Repeat("A paragraph that makes the page long.\n\n", 20) +
		"## Second heading {#second}\n\n" + strings.Repeat("A paragraph that makes the page long.\n\n", 20) +
		"### Third heading {#third}\n\n" + strings.Repeat("Read [the paper](../sources/paper.md) in a paragraph.\n\n", 30),
}

// readerIndex is what the previews know of them.
const readerIndex = `siteIndex.add("pages", [
	{u: "actors/taster/", t: "The taster", k: "actor", y: "person", s: "Tastes tea."},
	{u: "analysis/", t: "Analysis", k: "index", y: "", s: "All of it."},
	{u: "analysis/second/", t: "Second", k: "section", y: "", s: "The second page."},
	{u: "sources/paper/", t: "The paper", k: "source", y: "newspaper", d: "2024-03-02", l: true, s: "A summary may have as many as three ` +
	`hundred characters, and a card has to hold them all in a window of three hundred and sixty pixels without a word cut off, below the ` +
	`link or above it, at the left end of a line or at the right, read from left to right or the other way round; so this one has that many, too."},
	{u: "claims/tea-runs-out/", t: "Tea could run out", k: "claim", y: "forecast", h: ["The taster"], c: "The paper ¶1", s: "It could run out."},
]);`

// readerSite serves readerPages. index answers for search/pages.js, which is
// missing if it is empty; asked counts how often it was asked for.
func readerSite(t *testing.T, index string) (address string, asked *atomic.Int32) {
	t.Helper()
	root, out := t.TempDir(), t.TempDir()
	for name, text := range readerPages {
		save(t, filepath.Join(root, name), text)
	}
	o := pipeline.Options{Content: root, Layouts: realOptions.Layouts, Static: realOptions.Static}
	if err := publishInto(out, mustBuild(t, o).Files); err != nil {
		t.Fatal(err)
	}
	asked = new(atomic.Int32)
	files := http.FileServer(http.Dir(out))
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/search/pages.js" {
			files.ServeHTTP(w, r)
			return
		}
		asked.Add(1)
		w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
		if index == "" {
			w.WriteHeader(http.StatusNotFound)
		}
		io.WriteString(w, index)
	}))
	t.Cleanup(web.Close)
	return web.URL, asked
}

// visit drives a browser for one test.
type visit struct {
	*testing.T
	ctx context.Context
}

func newVisit(t *testing.T) visit {
	ctx, cancel := context.WithTimeout(browser(t), time.Minute)
	t.Cleanup(cancel)
	return visit{t, ctx}
}

func (v visit) do(steps ...chromedp.Action[chromedp.Void]) {
	v.Helper()
	if err := chromedp.Do(v.ctx, steps...); err != nil {
		v.Fatal(err)
	}
}

// open loads a page in a window of that size.
func (v visit) open(address string, width, height int64) {
	v.Helper()
	v.do(chromedp.EmulateViewport(width, height), chromedp.Navigate(address))
}

func (v visit) becomes(expression string) {
	v.Helper()
	becomes(v.T, v.ctx, expression)
}

// after lets some milliseconds of the page's own clock go by, to see that
// nothing happens in them.
func (v visit) after(ms float64) {
	v.Helper()
	v.becomes(fmt.Sprintf("performance.now() > %f", see[float64](v, `performance.now()`)+ms))
}

// hover moves the pointer onto an element.
func (v visit) hover(selector string) {
	v.Helper()
	x, y := v.at(selector)
	v.do(chromedp.MouseEvent(chromedp.MouseMoved, x, y))
}

func (v visit) at(selector string) (x, y float64) {
	v.Helper()
	p := see[[]float64](v, fmt.Sprintf(`(() => {
		const element = document.querySelector(%q);
		const centres = [...element.getClientRects()].map((box) => [box.left + box.width / 2, box.top + box.height / 2]);
		return centres.find(([x, y]) => element.contains(document.elementFromPoint(x, y))) ?? centres[0];
	})()`, selector))
	return p[0], p[1]
}

// see returns what an expression gives on the page, or what it promises.
func see[T any](v visit, expression string) T {
	v.Helper()
	value, err := chromedp.Run(v.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		v.Fatalf("%s: %v", expression, err)
	}
	return value
}

// call is a command to the browser as a step.
func call[P, R any](command cdp.Command[P, R], params P) chromedp.Action[chromedp.Void] {
	return func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, t, command, params)
		return chromedp.Void{}, err
	}
}

// beforehand runs a script in each page before its own.
func beforehand(script string) chromedp.Action[chromedp.Void] {
	return call(page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: script})
}

const (
	cardShown    = `document.querySelector("#site-preview:not([hidden])") !== null`
	cardHidden   = `document.querySelector("#site-preview:not([hidden])") === null`
	toTaster     = `.prose a[href="../../actors/taster/"]`
	toPaper      = `.claim-label a[href="../../sources/paper/#p1"]`
	toClaim      = `.claim-label a.statement`
	toSecond     = `.prose a[href="../../analysis/second/"]`
	toPaperBelow = `.headed:has(#third) ~ p a`

	// watchCard notes in times when the pointer came to a link and left it, and
	// when the index was asked for and the card came and went.
	watchCard = `
		const times = {}, note = (what) => times[what] ??= performance.now();
		addEventListener("pointerover", (e) => e.target.closest?.(".prose a") && note("over"), true);
		addEventListener("pointerout", (e) => e.target.closest?.(".prose a") && note("out"), true);
		new MutationObserver(() => {
			if (document.querySelector('script[src*="search/"]')) note("asked");
			if (` + cardShown + `) { note("shown"); sessionStorage.carded = true; } else if (times.shown) note("hidden");
		}).observe(document, { childList: true, subtree: true, attributes: true });`
)

func TestPreviewByMouse(t *testing.T) {
	v := newVisit(t)
	address, asked := readerSite(t, readerIndex)
	v.do(beforehand(watchCard))
	v.open(address+"/analysis/first/", 1280, 800)
	geometry := `JSON.stringify([document.documentElement.scrollHeight, document.documentElement.scrollWidth,
		...[...document.querySelectorAll(".prose > *")].map((e) => e.getBoundingClientRect().top)])`
	before := see[string](v, geometry)
	if asked.Load() != 0 {
		t.Error("the index was loaded before anybody asked")
	}

	v.hover(toTaster)
	v.becomes(cardShown)
	if got := see[string](v, `document.getElementById("site-preview").innerText`); got != "Actor · person\n\nThe taster\n\nTastes tea." {
		t.Errorf("the card says %q", got)
	}
	if got := see[float64](v, `document.getElementById("site-preview").offsetWidth`); got != 320 {
		t.Errorf("the card is %v pixels wide", got)
	}
	if !see[bool](v, fmt.Sprintf(`document.querySelector(%q).getAttribute("aria-describedby") === "site-preview"`, toTaster)) {
		t.Error("the link does not name the card as its description")
	}
	if got := see[string](v, geometry); got != before {
		t.Errorf("the page moved from %s to %s", before, got)
	}

	// It stays while the pointer is on it, and goes when it is on neither.
	v.hover("#site-preview .preview-title")
	v.after(500)
	if !see[bool](v, cardShown) {
		t.Error("the card went while the pointer was on it")
	}
	v.hover("h1")
	v.becomes(cardHidden)
	if see[bool](v, `document.querySelector("[aria-describedby=site-preview]") !== null`) {
		t.Error("a link still names the card as its description")
	}
	times := see[map[string]float64](v, `times`)
	if times["asked"]-times["over"] < 145 || times["shown"]-times["over"] < 395 || times["hidden"]-times["out"] < 295 {
		t.Errorf("it came or went too soon: %v", times)
	}

	// Escape closes it where the pointer is, and it stays closed.
	v.hover(toTaster)
	v.becomes(cardShown)
	v.do(chromedp.KeyEvent(kb.Escape))
	v.becomes(cardHidden)
	v.after(600)
	if !see[bool](v, cardHidden) {
		t.Error("the card came back after Escape")
	}

	// A link that says more than the page's name keeps what it says.
	v.hover(toPaper)
	v.becomes(cardShown)
	if got := see[string](v, `document.getElementById("site-preview").innerText`); !strings.HasPrefix(got, "Source · newspaper · 2 March 2024 Later\n\nThe paper, paragraph 1\n") {
		t.Errorf("the card says %q", got)
	}
	v.hover(toClaim)
	v.becomes(`document.getElementById("site-preview").innerText.includes("Forecast · The taster · The paper ¶1")`)
	if !see[bool](v, `document.querySelector("#site-preview .statement.forecast") !== null`) {
		t.Error("the card of a claim lacks the shape of its kind")
	}
	if got := see[string](v, fmt.Sprintf(`document.querySelector(%q).title`, toPaper)); got != "The paper, paragraph 1" {
		t.Errorf("the link lost its title and has %q", got)
	}

	// What leads nowhere else has none, nor has navigation.
	for _, selector := range []string{`.prose a[href="#second"]`, ".pager a", ".menu a", ".local a", ".outline a"} {
		v.hover("h1")
		v.becomes(cardHidden)
		see[any](v, fmt.Sprintf(`(document.querySelector(%q).scrollIntoView({ block: "center" }), 0)`, selector))
		v.hover(selector)
		v.after(600)
		if !see[bool](v, cardHidden) {
			t.Errorf("a card came for %s", selector)
		}
	}
	if n := asked.Load(); n != 1 {
		t.Errorf("the index was asked for %d times", n)
	}
}

func TestPreviewByKeyboard(t *testing.T) {
	v := newVisit(t)
	address, _ := readerSite(t, readerIndex)
	v.open(address+"/analysis/first/", 1280, 800)
	toTheLink := func() {
		see[any](v, `([...document.querySelectorAll(".outline a")].findLast((a) => a.getClientRects().length).focus(), 0)`)
		v.do(chromedp.KeyEvent(kb.Tab))
		if !see[bool](v, fmt.Sprintf(`document.activeElement === document.querySelector(%q)`, toTaster)) {
			t.Fatal("the key did not lead to the link but to ", see[string](v, `document.activeElement.outerHTML.slice(0, 200)`))
		}
	}
	toTheLink()
	v.becomes(cardShown)
	v.hover("h1") // where the pointer is does not matter
	v.hover(".standfirst")
	v.after(500)
	if !see[bool](v, cardShown+` && document.activeElement.getAttribute("aria-describedby") === "site-preview"`) {
		t.Error("the card did not stay, or does not describe the link")
	}
	v.do(chromedp.KeyEvent(kb.Escape))
	v.becomes(cardHidden)
	if !see[bool](v, fmt.Sprintf(`document.activeElement === document.querySelector(%q)`, toTaster)) {
		t.Error("Escape took the focus away")
	}
	toTheLink()
	v.becomes(cardShown)
	v.do(chromedp.KeyEvent(kb.Tab)) // to the next link, and its card
	v.becomes(`document.getElementById("site-preview").innerText.includes("Second")`)
	v.do(chromedp.KeyEvent(kb.Tab)) // to a link within the page
	v.becomes(cardHidden)
}

// A finger gets no card: a tap follows the link at once.
func TestPreviewNotByTouch(t *testing.T) {
	v := newVisit(t)
	address, asked := readerSite(t, readerIndex)
	v.do(beforehand(watchCard), call(emulation.SetTouchEmulationEnabled, emulation.SetTouchEmulationEnabledParams{Enabled: true, MaxTouchPoints: 1}))
	v.open(address+"/analysis/first/", 360, 800)
	tap := func() {
		x, y := v.at(toTaster)
		v.do(
			call(input.DispatchTouchEvent, input.DispatchTouchEventParams{Type: input.DispatchTouchEventTypeTouchStart, TouchPoints: []*input.TouchPoint{{X: x, Y: y}}}),
			call(input.DispatchTouchEvent, input.DispatchTouchEventParams{Type: input.DispatchTouchEventTypeTouchEnd, TouchPoints: []*input.TouchPoint{}}),
		)
	}
	see[any](v, `(addEventListener("click", (e) => { e.preventDefault(); globalThis.tapped = true; }, { once: true }), 0)`)
	tap()
	v.becomes(`globalThis.tapped === true`)
	v.after(800)
	if !see[bool](v, cardHidden+` && !sessionStorage.carded`) || asked.Load() != 0 {
		t.Error("a card came for a finger")
	}
	tap()
	v.becomes(`location.pathname === "/actors/taster/"`)
}

// From disk, where links name the file, the same scripts do the same.
func TestPreviewFromDisk(t *testing.T) {
	v := newVisit(t)
	root, out := t.TempDir(), t.TempDir()
	for name, text := range readerPages {
		save(t, filepath.Join(root, name), text)
	}
	o := pipeline.Options{Content: root, Layouts: realOptions.Layouts, Static: realOptions.Static}
	if err := publishInto(out, mustBuild(t, o).Files); err != nil {
		t.Fatal(err)
	}
	save(t, filepath.Join(out, "search", "pages.js"), readerIndex)
	v.open("file://"+filepath.ToSlash(out)+"/analysis/first/index.html", 1280, 800)
	see[any](v, fmt.Sprintf(`(document.querySelector(%q).setAttribute("href", "../../actors/taster/index.html"), 0)`, toTaster))
	v.hover(`.prose a[href="../../actors/taster/index.html"]`)
	v.becomes(cardShown)
}

func TestPreviewWithoutIndex(t *testing.T) {
	v := newVisit(t)
	address, asked := readerSite(t, "")
	v.open(address+"/analysis/first/", 1280, 800)
	for range 2 {
		v.hover(toTaster)
		v.after(800)
		if !see[bool](v, cardHidden) {
			t.Error("a card came of nothing")
		}
		v.hover("h1")
	}
	if n := asked.Load(); n != 1 {
		t.Errorf("the missing index was asked for %d times", n)
	}
}

// A card stays in the window and off its link, at any end of a line, in either
// direction.
func TestPreviewStaysInTheWindow(t *testing.T) {
	v := newVisit(t)
	address, _ := readerSite(t, readerIndex)
	for _, direction := range []string{"ltr", "rtl"} {
		for _, width := range []int64{360, 1280} {
			v.open(address+"/analysis/first/", width, 800)
			see[any](v, fmt.Sprintf(`(document.documentElement.dir = %q, 0)`, direction))
			for _, link := range []struct{ selector, block string }{
				{toTaster, "center"}, {toSecond, "center"}, {toPaperBelow, "start"}, {toPaperBelow, "end"},
			} {
				selector := link.selector
				see[any](v, fmt.Sprintf(`(document.querySelector(%q).scrollIntoView({ block: %q }), 0)`, selector, link.block))
				v.hover(selector)
				v.becomes(cardShown + fmt.Sprintf(` && document.querySelector(%q).hasAttribute("aria-describedby")`, selector))
				problem := see[string](v, fmt.Sprintf(`(() => {
					const card = document.getElementById("site-preview").getBoundingClientRect();
					const link = document.querySelector(%q).getBoundingClientRect();
					const { clientWidth: width, clientHeight: height } = document.documentElement;
					if (card.left < 0 || card.right > width || card.top < 0 || card.bottom > height) return "leaves the window";
					if (card.top < link.bottom && card.bottom > link.top) return "covers its link";
					const [begin, at, free] = %q === "rtl" ? [card.right, link.right, link.right > 328] : [card.left, link.left, link.left < width - 328];
					return free && Math.abs(begin - at) > 1 ? "does not begin where its link begins" : "";
				})()`, selector, direction))
				if problem != "" {
					t.Errorf("the card for %s, %s in a window of %d, %s", selector, direction, width, problem)
				}
				v.do(chromedp.KeyEvent(kb.Escape), chromedp.MouseEvent(chromedp.MouseMoved, 1, 1))
			}
		}
	}
}

func TestPreviewKeepsStillIfTheReaderWantsIt(t *testing.T) {
	v := newVisit(t)
	address, _ := readerSite(t, readerIndex)
	for preference, want := range map[string]string{"reduce": "none", "no-preference": "preview"} {
		v.do(media("prefers-reduced-motion", preference))
		v.open(address+"/analysis/first/", 1280, 800)
		v.hover(toTaster)
		v.becomes(cardShown)
		if got := see[string](v, `getComputedStyle(document.getElementById("site-preview")).animationName`); got != want {
			t.Errorf("%s: the card's animation is %q", preference, got)
		}
		v.do(chromedp.MouseEvent(chromedp.MouseMoved, 1, 1))
	}
}

func TestTheme(t *testing.T) {
	const light, dark = "rgb(255, 253, 249)", "rgb(20, 23, 26)"
	v := newVisit(t)
	address, _ := readerSite(t, readerIndex)
	// What a page has when its first style sheet stands in it, and when its first
	// frame is drawn.
	v.do(beforehand(`
		const seen = [];
		new MutationObserver((_, watch) => {
			if (!document.querySelector("link[rel=stylesheet]")) return;
			watch.disconnect();
			seen.push(document.documentElement.dataset.theme ?? "");
		}).observe(document, { childList: true, subtree: true });
		requestAnimationFrame(() => seen.push(document.documentElement.dataset.theme ?? ""));`))
	choose := func(value string) {
		t.Helper()
		see[any](v, fmt.Sprintf(`(() => {
			const select = document.getElementById("site-theme");
			select.value = %q;
			select.dispatchEvent(new Event("change", { bubbles: true }));
			return 0;
		})()`, value))
	}
	shows := func(when, want, theme string) {
		t.Helper()
		if got := see[string](v, `getComputedStyle(document.body).backgroundColor`); got != want {
			t.Errorf("%s: the paper is %s", when, got)
		}
		if got := see[string](v, `document.getElementById("site-theme").value`); got != theme {
			t.Errorf("%s: the choice shown is %q", when, got)
		}
		scheme := map[string]string{light: "light", dark: "dark"}[want]
		if got := see[string](v, `getComputedStyle(document.documentElement).colorScheme`); got != scheme {
			t.Errorf("%s: the browser's own parts are %s", when, got)
		}
	}
	for _, system := range []struct{ scheme, paper, other, otherPaper string }{{"light", light, "dark", dark}, {"dark", dark, "light", light}} {
		v.do(media("prefers-color-scheme", system.scheme))
		v.open(address+"/analysis/first/", 1280, 800)
		shows(system.scheme+" system", system.paper, "")
		for _, choice := range []struct{ theme, paper string }{{system.other, system.otherPaper}, {system.scheme, system.paper}} {
			when := system.scheme + " system, " + choice.theme + " chosen"
			choose(choice.theme)
			shows(when, choice.paper, choice.theme)
			v.do(chromedp.Reload())
			shows(when+", reloaded", choice.paper, choice.theme)
			v.becomes(`seen.length === 2`)
			if got := see[string](v, `seen.join()`); got != choice.theme+","+choice.theme {
				t.Errorf("%s: at the first style sheet and frame the theme was %q", when, got)
			}
			v.do(chromedp.Navigate(address + "/"))
			shows(when+", another page", choice.paper, choice.theme)
			v.do(chromedp.Navigate(address + "/analysis/first/"))
		}
		choose("")
		shows("system chosen", system.paper, "")
		if see[bool](v, `"theme" in localStorage || "theme" in document.documentElement.dataset`) {
			t.Error("the choice of the system left a trace")
		}
	}
	if !see[bool](v, `document.querySelector("label:has(#site-theme)").innerText.startsWith("Theme")`) {
		t.Error("the switch has no label")
	}
}

func TestCopyLink(t *testing.T) {
	v := newVisit(t)
	address, _ := readerSite(t, readerIndex)
	for _, name := range []string{"clipboard-read", "clipboard-write"} {
		v.do(call(protocol.SetPermission, protocol.SetPermissionParams{
			Permission: &protocol.PermissionDescriptor{Name: name}, Setting: protocol.PermissionSettingGranted,
		}))
	}
	v.open(address+"/analysis/first/#second", 1280, 800)
	if !see[bool](v, `document.querySelector(":target")?.id === "second" && Math.abs(document.querySelector(":target").getBoundingClientRect().top) < 60`) {
		t.Error("the button at a heading spoils the way to it")
	}
	for selector, want := range map[string]struct{ name, copied string }{
		".headed:has(#second) .copy-link": {"Copy link to this section", address + "/analysis/first/#second"},
		".claim-label .copy-link":         {"Copy link to this claim", address + "/claims/tea-runs-out/"},
	} {
		see[any](v, fmt.Sprintf(`(document.querySelector(%q).focus({ focusVisible: true }), 0)`, selector))
		if got := see[string](v, `document.activeElement.ariaLabel`); got != want.name {
			t.Errorf("%s is called %q", selector, got)
		}
		if !see[bool](v, `getComputedStyle(document.activeElement).opacity === "1" && document.activeElement.offsetWidth >= 24 && document.activeElement.offsetHeight >= 24`) {
			t.Errorf("%s cannot be seen or hit", selector)
		}
		v.do(chromedp.KeyEvent(kb.Enter))
		v.becomes(`[...document.querySelectorAll("[role=status]")].some((e) => e.textContent === "Copied")`)
		if got := see[string](v, `navigator.clipboard.readText()`); got != want.copied {
			t.Errorf("%s copied %q", selector, got)
		}
		v.becomes(`![...document.querySelectorAll("[role=status]")].some((e) => e.textContent)`)
	}
	see[any](v, `(document.querySelector(".cite").open = true, document.querySelectorAll(".cite .copy")[1].focus(), 0)`)
	v.do(chromedp.KeyEvent(kb.Enter))
	v.becomes(`document.activeElement.textContent === "Copied"`)
	if got := see[string](v, `navigator.clipboard.readText()`); !strings.HasPrefix(got, "@misc{first,") {
		t.Errorf("copied %q", got)
	}

	// Without a clipboard there is an older way, and its failure is told.
	see[any](v, `(Object.defineProperty(navigator, "clipboard", { value: undefined }), 0)`)
	v.do(chromedp.KeyEvent(kb.Enter))
	v.becomes(`document.activeElement.textContent === "Copied"`)
	see[any](v, `(document.execCommand = () => false, 0)`)
	v.do(chromedp.KeyEvent(kb.Enter))
	v.becomes(`document.activeElement.textContent === "Not copied"`)
}

func TestOutlineMarksWhereOneIs(t *testing.T) {
	v := newVisit(t)
	address, _ := readerSite(t, readerIndex)
	marked := `[...document.querySelectorAll(".outline [aria-current=location]")].map((a) => a.textContent).join()`
	v.open(address+"/analysis/first/", 1280, 800)
	v.becomes(`document.querySelectorAll(".outline a").length === 3`)
	// A heading that the outline leaves out in a narrow window counts as part of
	// what stands above it.
	for _, at := range []struct {
		width    int64
		id, want string
	}{{1280, "second", "Second heading"}, {1280, "first", "First heading"}, {360, "third", "Second heading"}} {
		v.do(chromedp.EmulateViewport(at.width, 800))
		see[any](v, fmt.Sprintf(`(document.getElementById(%q).scrollIntoView(), 0)`, at.id))
		v.becomes(fmt.Sprintf(`%s === %q`, marked, at.want))
	}
	see[any](v, `(scrollTo(0, 0), 0)`)
	v.becomes(marked + ` === ""`)
}

// Without script every kind of page can be read, and nothing shows that would
// need one.
func TestWithoutScript(t *testing.T) {
	v := newVisit(t)
	web := httptest.NewServer(realSite(t))
	defer web.Close()
	v.do(call(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}))
	for name, path := range kinds {
		v.open(web.URL+"/"+path, 1280, 800)
		problem := see[string](v, `(() => {
			if (globalThis.siteIndex) return "runs a script";
			const shown = (e) => e.checkVisibility();
			if ([...document.querySelectorAll("#site-theme, .theme, .copy-link, .copy, .preview")].some(shown)) return "shows a tool that does nothing";
			if (!shown(document.querySelector("h1")) || document.querySelector("main").innerText.length < 150) return "cannot be read";
			return document.querySelectorAll("main a").length ? "" : "leads nowhere";
		})()`)
		if problem != "" {
			t.Errorf("%s %s", name, problem)
		}
	}
}

// No page asks for anything that its own policy forbids, nor do the tools in it
// or the preview around it.
func TestPagesKeepTheirPolicy(t *testing.T) {
	v := newVisit(t)
	var mu sync.Mutex
	var said []string
	say := func(text string) {
		mu.Lock()
		defer mu.Unlock()
		said = append(said, text)
	}
	if err := chromedp.Listen(v.ctx, func(event any) {
		switch event := event.(type) {
		case *log.EventEntryAdded:
			if event.Entry.Source == log.EntrySourceSecurity || strings.Contains(event.Entry.Text, "Content Security Policy") {
				say(event.Entry.Text)
			}
		case *runtime.EventExceptionThrown:
			if e := event.ExceptionDetails.Exception; e != nil {
				say(event.ExceptionDetails.Text + " " + e.Description)
			}
		}
	}); err != nil {
		t.Fatal(err)
	}
	v.do(beforehand(`const violations = []; addEventListener("securitypolicyviolation", (e) => violations.push(e.violatedDirective + " " + e.blockedURI));`))
	keeps := func(name string) {
		t.Helper()
		if got := see[[]string](v, `violations`); len(got) > 0 {
			t.Errorf("%s breaks its policy: %q", name, got)
		}
		mu.Lock()
		defer mu.Unlock()
		if len(said) > 0 {
			t.Errorf("%s: %q", name, said)
		}
		said = nil
	}
	web := httptest.NewServer(realSite(t))
	defer web.Close()
	for name, path := range kinds {
		v.open(web.URL+"/"+path, 1280, 800)
		keeps(name)
	}
	v.open(web.URL+"/"+kinds["section"], 1280, 800)
	v.hover(".prose > p a")
	v.becomes(cardShown)
	keeps("a page with a card")
	address, _ := preview(t, readerPages)
	v.open(address+"analysis/first/", 1280, 800)
	v.becomes(`document.documentElement.dataset.build !== undefined`)
	keeps("the preview")

	// The test is worth what it finds.
	see[any](v, `(document.body.setAttribute("style", "color: red"), 0)`)
	v.becomes(`violations.length === 1`)
}

// Hosts that read _headers send the policy that the pages state.
func TestHeadersStateThePolicyOfThePages(t *testing.T) {
	s := mustBuild(t, realOptions)
	file := s.Files["_headers"]
	if file == nil {
		t.Fatal("static/_headers is not published under its name")
	}
	m := regexp.MustCompile(`http-equiv="Content-Security-Policy" content="([^"]*)"`).FindSubmatch(s.Files["index.html"].Data)
	if m == nil {
		t.Fatal("the home page states no policy")
	}
	for _, line := range []string{
		"Content-Security-Policy: " + html.UnescapeString(string(m[1])), "X-Content-Type-Options: nosniff", "Referrer-Policy: ", "/css/*\n  Cache-Control: ", "/js/*\n  Cache-Control: ",
	} {
		if !strings.Contains(string(file.Data), line) {
			t.Errorf("_headers lacks %q", line)
		}
	}
}

func TestCiteThisPage(t *testing.T) {
	root := t.TempDir()
	for name, text := range readerPages {
		save(t, filepath.Join(root, name), text)
	}
	o := pipeline.Options{Content: root, Layouts: realOptions.Layouts, Static: realOptions.Static}
	cited := func(s *pipeline.Snapshot, name string) []string {
		t.Helper()
		var list []string
		_, cite, _ := strings.Cut(string(s.Files[name].Data), `<details class="cite">`)
		for _, m := range regexp.MustCompile(`(?s)<pre>(.*?)</pre>`).FindAllStringSubmatch(cite, -1) {
			list = append(list, html.UnescapeString(m[1]))
		}
		return list
	}
	s := mustBuild(t, o)
	compare := func(name string, want ...string) {
		t.Helper()
		if got := cited(s, name); fmt.Sprintf("%q", got) != fmt.Sprintf("%q", want) {
			t.Errorf("%s is cited as\n%s\nwant\n%s", name, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
	compare("analysis/first/index.html",
		"A_Z. “R&D, 100% of it”. Tea & Co, 6 May 2024. https://example.org/tea/analysis/first/",
		`@misc{first,
  title = {R\&D, 100\% of it},
  author = {{A\_Z}},
  year = {2024},
  url = {https://example.org/tea/analysis/first/},
  note = {In: Tea \& Co, 6 May 2024}
}`,
		"TY  - ELEC\nTI  - R&D, 100% of it\nT2  - Tea & Co\nAU  - A_Z\nPY  - 2024\nDA  - 2024/05/06/\nUR  - https://example.org/tea/analysis/first/\nLA  - en\nER  - ")
	compare("index.html")
	compare("404.html")

	// Without a day, an author and an address, these are left out.
	save(t, filepath.Join(root, "site.yaml"), "title: Tea\n")
	s = mustBuild(t, o)
	compare("analysis/second/index.html", "“Second”. Tea.", "@misc{second,\n  title = {Second},\n  note = {In: Tea}\n}",
		"TY  - ELEC\nTI  - Second\nT2  - Tea\nLA  - en\nER  - ")
	if got := cited(s, "actors/taster/index.html"); len(got) != 3 || !strings.Contains(got[2], "DA  - 2024/05//\n") {
		t.Errorf("a month is cited as %q", got)
	}
}

// A footnote stands beside the paragraph that has its mark, or at the end where
// there is no room.
func TestSidenotes(t *testing.T) {
	v := newVisit(t)
	web := httptest.NewServer(realSite(t))
	t.Cleanup(web.Close)
	const shown = `getComputedStyle(document.querySelector(".footnotes")).display !== "none"`
	page := web.URL + "/analysis/ttp-return/"

	v.open(page, 1280, 900)
	v.becomes(`!(` + shown + `)`)
	v.becomes(`(() => {
		const note = document.querySelector(".sidenote").getBoundingClientRect();
		const mark = document.querySelector(".footnote-ref").closest("p").getBoundingClientRect();
		return note.left > mark.right && Math.abs(note.top - mark.top) < 100 && note.right <= innerWidth;
	})()`)
	v.do(chromedp.Click(chromedp.CSS(".footnote-ref")))
	v.becomes(`document.activeElement === document.querySelector(".sidenote")`)
	v.do(chromedp.Click(chromedp.CSS(".sidenote > a")))
	v.becomes(`location.hash === "#fnref:1"`)

	v.open(page, 900, 900)
	v.becomes(shown + ` && getComputedStyle(document.querySelector(".sidenote")).display === "none"`)
	v.do(chromedp.EmulateViewport(1280, 900), printing)
	v.becomes(shown + ` && getComputedStyle(document.querySelector(".sidenote")).display === "none"`)
}
