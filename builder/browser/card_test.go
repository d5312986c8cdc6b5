package browser

import (
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"analysis/builder/website"
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
	{u: "sources/paper/", t: "The paper", k: "source", y: "newspaper", d: "2 March 2024", l: true, s: "A summary may have as many as three ` +
	`hundred characters, and a card has to hold them all in a window of three hundred and sixty pixels without a word cut off, below the ` +
	`link or above it, at the left end of a line or at the right, read from left to right or the other way round; so this one has that many, too."},
	{u: "claims/tea-runs-out/", t: "Tea could run out", k: "claim", y: "forecast", h: ["The taster"], c: "The paper ¶1", r: "disputed", s: "It could run out."},
]);`

// write writes a content folder.
func write(t *testing.T, pages map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for name, text := range pages {
		save(t, filepath.Join(root, name), text)
	}
	return root
}

// readerSite serves readerPages. index answers for the list of pages, which is
// missing if it is empty; asked counts how often it was asked for.
func readerSite(t *testing.T, index string) (address string, asked *atomic.Int32) {
	t.Helper()
	files := hosted(website.Build(t, website.Options(write(t, readerPages))))
	asked = new(atomic.Int32)
	return web(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasPrefix(r.URL.Path, "/search/pages.") {
			files.ServeHTTP(w, r)
			return
		}
		asked.Add(1)
		w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
		if index == "" {
			w.WriteHeader(http.StatusNotFound)
		}
		io.WriteString(w, index)
	})), asked
}

// after lets some milliseconds of the page's own clock go by, to see that
// nothing happens in them.
func (b tab) after(ms float64) {
	b.Helper()
	b.becomes(fmt.Sprintf("performance.now() > %f", see[float64](b, `performance.now()`)+ms))
}

// hover moves the pointer onto an element.
func (b tab) hover(selector string) {
	b.Helper()
	x, y := b.at(selector)
	b.do(chromedp.MouseEvent(chromedp.MouseMoved, x, y))
}

// tap touches an element with a finger.
func (b tab) tap(selector string) {
	b.Helper()
	x, y := b.at(selector)
	b.do(
		call(input.DispatchTouchEvent, input.DispatchTouchEventParams{Type: input.DispatchTouchEventTypeTouchStart, TouchPoints: []*input.TouchPoint{{X: x, Y: y}}}),
		call(input.DispatchTouchEvent, input.DispatchTouchEventParams{Type: input.DispatchTouchEventTypeTouchEnd, TouchPoints: []*input.TouchPoint{}}),
	)
}

func (b tab) at(selector string) (x, y float64) {
	b.Helper()
	p := see[[]float64](b, fmt.Sprintf(`(() => {
		const element = document.querySelector(%q);
		const centres = [...element.getClientRects()].map((box) => [box.left + box.width / 2, box.top + box.height / 2]);
		return centres.find(([x, y]) => element.contains(document.elementFromPoint(x, y))) ?? centres[0];
	})()`, selector))
	return p[0], p[1]
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
	b := newTab(t)
	address, asked := readerSite(t, readerIndex)
	b.do(beforehand(watchCard))
	b.open(address+"analysis/first/", 1280, 800)
	geometry := `JSON.stringify([document.documentElement.scrollHeight, document.documentElement.scrollWidth,
		...[...document.querySelectorAll(".prose > *")].map((e) => e.getBoundingClientRect().top)])`
	before := see[string](b, geometry)
	if asked.Load() != 0 {
		t.Error("the index was loaded before anybody asked")
	}

	b.hover(toTaster)
	b.becomes(cardShown)
	if got := see[string](b, `document.getElementById("site-preview").innerText`); got != "Actor · person\n\nThe taster\n\nTastes tea." {
		t.Errorf("the card says %q", got)
	}
	if got := see[float64](b, `document.getElementById("site-preview").offsetWidth`); got != 320 {
		t.Errorf("the card is %v pixels wide", got)
	}
	if !see[bool](b, fmt.Sprintf(`document.querySelector(%q).getAttribute("aria-describedby") === "site-preview"`, toTaster)) {
		t.Error("the link does not name the card as its description")
	}
	if got := see[string](b, geometry); got != before {
		t.Errorf("the page moved from %s to %s", before, got)
	}

	// It stays while the pointer is on it, and goes when it is on neither.
	b.hover("#site-preview .preview-title")
	b.after(500)
	if !see[bool](b, cardShown) {
		t.Error("the card went while the pointer was on it")
	}
	b.hover("h1")
	b.becomes(cardHidden)
	if see[bool](b, `document.querySelector("[aria-describedby=site-preview]") !== null`) {
		t.Error("a link still names the card as its description")
	}
	times := see[map[string]float64](b, `times`)
	if times["asked"]-times["over"] < 145 || times["shown"]-times["over"] < 395 || times["hidden"]-times["out"] < 295 {
		t.Errorf("it came or went too soon: %v", times)
	}

	// Escape closes it where the pointer is, and it stays closed.
	b.hover(toTaster)
	b.becomes(cardShown)
	b.do(chromedp.KeyEvent(kb.Escape))
	b.becomes(cardHidden)
	b.after(600)
	if !see[bool](b, cardHidden) {
		t.Error("the card came back after Escape")
	}

	// A link that says more than the page's name keeps what it says.
	b.hover(toPaper)
	b.becomes(cardShown)
	if got := see[string](b, `document.getElementById("site-preview").innerText`); got != "The paper, paragraph 1\n\n¶1 On tea.\n\nForecast Tea could run out" {
		t.Errorf("the card says %q", got)
	}
	b.hover(toClaim)
	b.becomes(`document.getElementById("site-preview").innerText.startsWith("Forecast · The taster Disputed\n\nTea could run out")`)
	if !see[bool](b, `document.querySelector("#site-preview .statement.forecast") !== null`) {
		t.Error("the card of a claim lacks the shape of its kind")
	}
	if got := see[string](b, fmt.Sprintf(`document.querySelector(%q).title`, toPaper)); got != "The paper, paragraph 1" {
		t.Errorf("the link lost its title and has %q", got)
	}

	// Navigation has none.
	for _, selector := range []string{".pager a", ".menu a", ".local a", ".outline a"} {
		b.hover("h1")
		b.becomes(cardHidden)
		see[any](b, fmt.Sprintf(`(document.querySelector(%q).scrollIntoView({ block: "center" }), 0)`, selector))
		b.hover(selector)
		b.after(600)
		if !see[bool](b, cardHidden) {
			t.Errorf("a card came for %s", selector)
		}
	}
	if n := asked.Load(); n != 1 {
		t.Errorf("the index was asked for %d times", n)
	}
}

func TestPreviewByKeyboard(t *testing.T) {
	b := newTab(t)
	address, _ := readerSite(t, readerIndex)
	b.open(address+"analysis/first/", 1280, 800)
	toTheLink := func() {
		see[any](b, `([...document.querySelectorAll(".outline a")].findLast((a) => a.getClientRects().length).focus(), 0)`)
		b.do(chromedp.KeyEvent(kb.Tab))
		if !see[bool](b, fmt.Sprintf(`document.activeElement === document.querySelector(%q)`, toTaster)) {
			t.Fatal("the key did not lead to the link but to ", see[string](b, `document.activeElement.outerHTML.slice(0, 200)`))
		}
	}
	toTheLink()
	b.becomes(cardShown)
	b.hover("h1") // where the pointer is does not matter
	b.hover(".standfirst")
	b.after(500)
	if !see[bool](b, cardShown+` && document.activeElement.getAttribute("aria-describedby") === "site-preview"`) {
		t.Error("the card did not stay, or does not describe the link")
	}
	b.do(chromedp.KeyEvent(kb.Escape))
	b.becomes(cardHidden)
	if !see[bool](b, fmt.Sprintf(`document.activeElement === document.querySelector(%q)`, toTaster)) {
		t.Error("Escape took the focus away")
	}
	toTheLink()
	b.becomes(cardShown)
	b.do(chromedp.KeyEvent(kb.Tab)) // to the next link, and its card
	b.becomes(`document.getElementById("site-preview").innerText.includes("Second")`)
	b.do(chromedp.KeyEvent(kb.Tab)) // to a heading of the page
	b.becomes(`document.getElementById("site-preview").innerText === "Second heading\n\nA paragraph that makes the page long."`)
	b.do(chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(kb.Tab)) // to the paper
	b.becomes(`document.getElementById("site-preview").innerText.includes("On tea.")`)

	// Alt and the down arrow lead into the card, Tab on from its link, and Escape back.
	b.do(chromedp.KeyEvent(kb.ArrowDown, chromedp.KeyModifiers(chromedp.ModifierAlt)))
	b.is(`document.activeElement.matches("#site-preview a")`)
	b.after(500)
	b.is(cardShown)
	b.do(chromedp.KeyEvent(kb.Escape))
	b.is(cardHidden + ` && document.activeElement.getAttribute("href") === "../../sources/paper/#p1"`)
}

// A tap follows a link in the text at once, without a card.
func TestPreviewNotByTouch(t *testing.T) {
	b := newTab(t)
	address, asked := readerSite(t, readerIndex)
	b.do(beforehand(watchCard), call(emulation.SetTouchEmulationEnabled, emulation.SetTouchEmulationEnabledParams{Enabled: true, MaxTouchPoints: 1}))
	b.open(address+"analysis/first/", 360, 800)
	tap := func() { b.tap(toTaster) }
	see[any](b, `(addEventListener("click", (e) => { e.preventDefault(); globalThis.tapped = true; }, { once: true }), 0)`)
	tap()
	b.becomes(`globalThis.tapped === true`)
	b.after(800)
	if !see[bool](b, cardHidden+` && !sessionStorage.carded`) || asked.Load() != 0 {
		t.Error("a card came for a finger")
	}
	tap()
	b.becomes(`location.pathname === "/actors/taster/"`)
}

// From disk, where links name the file, the same scripts do the same.
func TestPreviewFromDisk(t *testing.T) {
	b := newTab(t)
	out := onDisk(t, website.Build(t, website.Options(write(t, readerPages))))
	save(t, filepath.Join(out, "search", "pages.js"), readerIndex)
	b.open("file://"+filepath.ToSlash(out)+"/analysis/first/index.html", 1280, 800)
	see[any](b, fmt.Sprintf(`(document.querySelector(%q).setAttribute("href", "../../actors/taster/index.html"), 0)`, toTaster))
	b.hover(`.prose a[href="../../actors/taster/index.html"]`)
	b.becomes(cardShown)
}

func TestPreviewWithoutIndex(t *testing.T) {
	b := newTab(t)
	address, asked := readerSite(t, "")
	b.open(address+"analysis/first/", 1280, 800)
	for range 2 {
		b.hover(toTaster)
		b.after(800)
		if !see[bool](b, cardHidden) {
			t.Error("a card came of nothing")
		}
		b.hover("h1")
	}
	if n := asked.Load(); n != 1 {
		t.Errorf("the missing index was asked for %d times", n)
	}
}

// A card stays in the window and off its link, at any end of a line, in either
// direction.
func TestPreviewStaysInTheWindow(t *testing.T) {
	b := newTab(t)
	address, _ := readerSite(t, readerIndex)
	for _, direction := range []string{"ltr", "rtl"} {
		for _, width := range []int64{360, 1280} {
			b.open(address+"analysis/first/", width, 800)
			see[any](b, fmt.Sprintf(`(document.documentElement.dir = %q, 0)`, direction))
			for _, link := range []struct{ selector, block string }{
				{toTaster, "center"}, {toSecond, "center"}, {toPaperBelow, "start"}, {toPaperBelow, "end"},
			} {
				selector := link.selector
				see[any](b, fmt.Sprintf(`(document.querySelector(%q).scrollIntoView({ block: %q }), 0)`, selector, link.block))
				b.hover(selector)
				b.becomes(cardShown + fmt.Sprintf(` && document.querySelector(%q).hasAttribute("aria-describedby")`, selector))
				problem := see[string](b, fmt.Sprintf(`(() => {
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
				b.do(chromedp.KeyEvent(kb.Escape), chromedp.MouseEvent(chromedp.MouseMoved, 1, 1))
			}
		}
	}
}

func TestPreviewKeepsStillIfTheReaderWantsIt(t *testing.T) {
	b := newTab(t)
	address, _ := readerSite(t, readerIndex)
	for preference, want := range map[string]string{"reduce": "none", "no-preference": "preview"} {
		b.do(emulate("", "prefers-reduced-motion", preference))
		b.open(address+"analysis/first/", 1280, 800)
		b.hover(toTaster)
		b.becomes(cardShown)
		if got := see[string](b, `getComputedStyle(document.getElementById("site-preview")).animationName`); got != want {
			t.Errorf("%s: the card's animation is %q", preference, got)
		}
		b.do(chromedp.MouseEvent(chromedp.MouseMoved, 1, 1))
	}
}

// A link to another site has no preview, whatever its address is encoded in.
func TestNoPreviewOfOtherSites(t *testing.T) {
	content := t.TempDir()
	save(t, filepath.Join(content, "site.yaml"), "title: S\n")
	save(t, filepath.Join(content, "index.md"), "# S\n\n[Elsewhere](https://example.org/#caf%E9)\n")
	b := newTab(t)
	b.do(chromedp.Navigate(served(t, content)))
	if failed := see[string](b, `(() => {
		let failed = "";
		addEventListener("error", (e) => { failed = e.message; });
		document.querySelector("main p a").dispatchEvent(new PointerEvent("pointerover", { bubbles: true }));
		return failed;
	})()`); failed != "" {
		t.Error(failed)
	}
}
