package main

import (
	"context"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// TestSearch looks for things in the real site as a reader does, with the
// keyboard alone.
func TestSearch(t *testing.T) {
	ctx := browser(t)
	site := realSite(t)
	var asked atomic.Int32
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/search/") && strings.HasSuffix(r.URL.Path, ".js") {
			asked.Add(1)
		}
		site.ServeHTTP(w, r)
	}))
	defer web.Close()
	wait := chromedp.WithPollingTimeout(20 * time.Second)
	is := func(expression string) {
		t.Helper()
		if ok, err := chromedp.Run(ctx, chromedp.Poll[bool](expression, wait)); err != nil || !ok {
			got, _ := chromedp.Run(ctx, chromedp.Evaluate[string](`document.activeElement?.outerHTML.slice(0, 80) + " | " + document.querySelector(".search-status")?.textContent + " | " + document.querySelector(".search-hits")?.innerText.slice(0, 400)`))
			t.Fatalf("not so: %s (%v)\n%s", expression, err, got)
		}
	}
	do := func(actions ...chromedp.Action[chromedp.Void]) {
		t.Helper()
		if err := chromedp.Do(ctx, actions...); err != nil {
			t.Fatal(err)
		}
	}
	look := func(query string) {
		t.Helper()
		if _, err := chromedp.Run(ctx, chromedp.Evaluate[bool](`(() => {
			const field = document.querySelector(".search-dialog input[type=search]")
			field.value = ""
			return field.dispatchEvent(new Event("input", { bubbles: true }))
		})()`)); err != nil {
			t.Fatal(err)
		}
		do(chromedp.SendKeys(chromedp.CSS(`.search-dialog input[type=search]`), query))
	}
	do(chromedp.Navigate(web.URL + "/analysis/doha-and-kabul/"))
	is(`document.querySelector("a.search-open").getAttribute("aria-haspopup") === "dialog"`)
	if n := asked.Load(); n != 0 {
		t.Errorf("the index was asked for %d times before anybody searched", n)
	}
	do(chromedp.KeyEvent("k", chromedp.KeyModifiers(chromedp.ModifierCtrl)))
	is(`document.querySelector("dialog.search-dialog").open && document.activeElement.type === "search"`)

	const first = `document.querySelector(".search-hits a")?.getAttribute("href")`
	const hits = `[...document.querySelectorAll(".search-hits a")]`
	for _, c := range []struct{ query, want string }{
		{"Hameed", "actors/faiz-hameed/"},
		{"Hamed", "actors/faiz-hameed/"},                 // a typo
		{"Tehrik-i-Taliban", "actors/ttp/"},              // another spelling
		{"tehrek", "actors/ttp/"},                        // another spelling with a typo
		{"Durand", "durand"},                             // the beginning of several names
		{"strategic dépth", "concepts/strategic-depth/"}, // with a diacritic
		{"Tehreek‐e‐Talibán", "actors/ttp/"},             // with another hyphen, too
		{"پاکستان", "actors/pakistan/"},                  // in another script
	} {
		look(c.query)
		is(first + `?.includes("` + c.want + `") === true`)
	}
	look("")
	is(`document.querySelector(".search-status").textContent === "" && ` + hits + `.length === 0`)
	look("xyzzyx")
	is(`document.querySelector(".search-status[role=status]").textContent === "Nothing found."`)

	// Names stand before claims, and claims before texts; a name also finds what
	// names the same by another spelling, and the hit is marked.
	look("Moscow")
	is(hits + `[0]?.href.endsWith("/actors/russia/") === true`)
	is(`(() => {
		const of = ` + hits + `.map((a) => a.href.includes("/claims/"))
		return of.indexOf(true) > 0 && of.slice(of.indexOf(true), of.lastIndexOf(true)).every(Boolean) && of.at(-1) === false
	})()`)
	is(`[...document.querySelectorAll(".search-hits mark")].some((m) => m.textContent.startsWith("Russia"))`)
	if n := asked.Load(); n == 0 {
		t.Error("the index was never asked for")
	}
	look("soldiers")
	is(`/^[0-9]+ results/.test(document.querySelector(".search-status").textContent)`)
	do(chromedp.Click(chromedp.CSS(`.search-kinds input[value=claim]`)))
	is(`[...document.querySelectorAll(".search-hits a")].length > 2 && [...document.querySelectorAll(".search-hits a")].every((a) => a.href.includes("/claims/")) && document.querySelector(".search-hits mark") !== null`)

	// Escape gives the focus back; the arrow and Enter lead to what was found.
	do(chromedp.KeyEvent(kb.Escape))
	is(`!document.querySelector("dialog.search-dialog").open`)
	do(chromedp.Focus(chromedp.CSS(`a.search-open`)), chromedp.KeyEvent(kb.Enter))
	is(`document.querySelector("dialog.search-dialog").open`)
	do(chromedp.KeyEvent(kb.Escape))
	is(`document.activeElement.matches("a.search-open")`)
	do(chromedp.KeyEvent("k", chromedp.KeyModifiers(chromedp.ModifierCtrl)))
	is(`document.activeElement.type === "search"`)
	do(chromedp.KeyEvent(kb.ArrowDown), chromedp.KeyEvent(kb.ArrowDown))
	is(`document.activeElement === document.querySelectorAll(".search-hits a")[1]`)
	do(chromedp.KeyEvent(kb.ArrowUp), chromedp.KeyEvent(kb.ArrowUp))
	is(`document.activeElement.type === "search"`)
	do(chromedp.KeyEvent(kb.ArrowDown))
	is(`document.activeElement.matches(".search-hits a")`)
	do(chromedp.KeyEvent(kb.Enter))
	do(chromedp.WaitVisible(chromedp.CSS(`body.kind-claim h1`)))

	do(chromedp.Navigate(web.URL + "/search/?q=nineteen"))
	is(`document.querySelectorAll("[data-search-page] .search-hits a").length > 0`)
	is(`document.activeElement.type === "search"`)
	do(chromedp.SendKeys(chromedp.CSS(`[data-search-page] input[type=search]`), "the fence"))
	is(`location.search === "?q=the+fence"`)
	do(chromedp.KeyEvent("k", chromedp.KeyModifiers(chromedp.ModifierCtrl)))
	is(`document.activeElement.matches("[data-search-page] input")`)
	do(chromedp.Navigate(web.URL + "/actors/faiz-hamed/"))
	is(`!document.querySelector("[data-search-lost]").hidden && document.querySelector("[data-search-lost] a").href.includes("faiz-hameed")`)
}

// From disk there is no server, and a link has to name the file it leads to.
func TestSearchFromDisk(t *testing.T) {
	ctx := browser(t)
	out := t.TempDir()
	if err := publishInto(out, mustBuild(t, realOptions).Files); err != nil {
		t.Fatal(err)
	}
	do := func(actions ...chromedp.Action[chromedp.Void]) {
		t.Helper()
		if err := chromedp.Do(ctx, actions...); err != nil {
			t.Fatal(err)
		}
	}
	do(chromedp.Navigate("file://" + filepath.ToSlash(out) + "/places/barmal/index.html"))
	becomes(t, ctx, `document.querySelector("script[src*='/search/']") === null && document.querySelector("a.search-open[aria-haspopup]") !== null`)
	do(chromedp.KeyEvent("k", chromedp.KeyModifiers(chromedp.ModifierCtrl)))
	becomes(t, ctx, `document.activeElement.matches("dialog.search-dialog input[type=search]")`)
	do(chromedp.SendKeys(chromedp.CSS(`.search-dialog input[type=search]`), "Hamed"))
	becomes(t, ctx, `document.querySelector(".search-hits a") !== null`)
	do(chromedp.KeyEvent(kb.Enter))
	becomes(t, ctx, `location.pathname.endsWith("/actors/faiz-hameed/index.html") && document.readyState === "complete"`)
}

// Without script the page of the search says how else to find things.
func TestSearchWithoutScript(t *testing.T) {
	ctx := browser(t)
	web := httptest.NewServer(realSite(t))
	defer web.Close()
	off := func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, t, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		return chromedp.Void{}, err
	}
	if err := chromedp.Do(ctx, off, chromedp.Navigate(web.URL+"/analysis/doha-and-kabul/"), chromedp.Click(chromedp.CSS(`a.search-open`))); err != nil {
		t.Fatal(err)
	}
	becomes(t, ctx, `location.pathname === "/search/" && document.querySelectorAll("[data-search-page] li a").length > 3`)
}
