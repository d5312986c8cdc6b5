package browser

import (
	"encoding/json"
	"net/http"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"analysis/builder/website"
)

// dialog is a tab in which one searches.
type dialog struct{ tab }

// shows waits until an expression is true, and says what is shown if it never
// is.
func (d dialog) shows(expression string) {
	d.Helper()
	if ok, err := chromedp.Run(d.ctx, chromedp.Poll[bool](expression, chromedp.WithPollingTimeout(20*time.Second))); err != nil || !ok {
		got, _ := chromedp.Run(d.ctx, chromedp.Evaluate[string](`document.activeElement?.outerHTML.slice(0, 80) + " | " + document.querySelector(".search-status")?.textContent + " | " + document.querySelector(".search-hits")?.innerText.slice(0, 400)`))
		d.Fatalf("not so: %s (%v)\n%s", expression, err, got)
	}
}

// look empties the field and types a query.
func (d dialog) look(query string) {
	d.Helper()
	d.run(`
		const field = document.querySelector(".search-dialog input[type=search]")
		field.value = ""
		field.dispatchEvent(new Event("input", { bubbles: true }))`)
	d.do(chromedp.SendKeys(chromedp.CSS(`.search-dialog input[type=search]`), query))
}

// openSearch opens the dialog as a reader does.
func (d dialog) openSearch() {
	d.Helper()
	d.do(chromedp.KeyEvent("k", chromedp.KeyModifiers(chromedp.ModifierCtrl)))
	d.shows(`document.querySelector("dialog.search-dialog").open && document.activeElement.type === "search"`)
}

const (
	firstHit = `document.querySelector(".search-hits a")?.getAttribute("href")`
	hits     = `[...document.querySelectorAll(".search-hits a")]`
)

// What readers look for in this analysis is found first.
func TestSearchInTheAnalysis(t *testing.T) {
	var searches []struct{ Query, Page string }
	website.Expect(t, "searches", &searches)
	d := dialog{newTab(t)}
	d.do(chromedp.Navigate(served(t, website.Analysis)))
	d.shows(`document.querySelector("a.search-open").getAttribute("aria-haspopup") === "dialog"`)
	d.openSearch()
	for _, c := range searches {
		d.look(c.Query)
		d.shows(firstHit + `?.includes(` + quoted(c.Page) + `) === true`)
	}
}

// People ask questions, and in their own words.
func TestQuestionsToTheAnalysis(t *testing.T) {
	var searches []struct {
		Query   string
		Pages   []string
		Nowhere bool
	}
	website.Expect(t, "found", &searches)
	d := newTab(t)
	d.do(chromedp.Navigate(served(t, website.Analysis) + "search/"))
	d.becomes(`document.activeElement.matches("[data-search-page] input")`)
	for _, c := range searches {
		d.run(`(() => { const field = document.querySelector("[data-search-page] input[type=search]"); document.querySelector(".search-status").textContent = ""; field.value = ` + quoted(c.Query) + `; field.dispatchEvent(new Event("input", { bubbles: true })); })()`)
		if c.Nowhere {
			d.becomes(`/nowhere on this site|Nothing found/.test(document.querySelector(".search-status").textContent)`)
			continue
		}
		pages, err := json.Marshal(c.Pages)
		if err != nil {
			t.Fatal(err)
		}
		d.becomes(`document.querySelector(".search-status").textContent !== "" && [...document.querySelectorAll(".search-hits li")].slice(0, 3).some((hit) => ` + string(pages) + `.some((page) => hit.querySelector("a").getAttribute("href").includes(page)))`)
	}
}

// TestSearch looks for things as a reader does, with the keyboard alone.
func TestSearch(t *testing.T) {
	d := dialog{newTab(t)}
	site := hosted(atRoot(t, website.Small))
	var asked atomic.Int32
	address := web(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/search/") && strings.HasSuffix(r.URL.Path, ".js") {
			asked.Add(1)
		}
		site.ServeHTTP(w, r)
	}))
	d.do(chromedp.Navigate(address + "analysis/milk/"))
	d.shows(`document.querySelector("a.search-open").getAttribute("aria-haspopup") === "dialog"`)
	if n := asked.Load(); n != 0 {
		t.Errorf("the index was asked for %d times before anybody searched", n)
	}
	d.openSearch()
	for _, c := range []struct{ query, want string }{
		{"Orwell", "actors/george-orwell/"},
		{"Orwel", "actors/george-orwell/"},        // a typo
		{"BSI", "actors/bsi/"},                    // another name
		{"milk in frist", "concepts/milk-first/"}, // another name with a typo
		{"Roy", "actors/rsc/"},                    // the beginning of a name
		{"Milk‐fírst", "concepts/milk-first/"},    // with another hyphen, and a diacritic
	} {
		d.look(c.query)
		d.shows(firstHit + `?.includes("` + c.want + `") === true`)
	}
	d.look("")
	d.shows(`document.querySelector(".search-status").textContent === "" && ` + hits + `.length === 0`)
	d.look("xyzzyx")
	d.shows(`document.querySelector(".search-status[role=status]").textContent.startsWith("Nothing found.") && ` + hits + `.length > 3`)

	// Names stand before claims; a name also finds what names the same by another
	// spelling, and the hit is marked.
	d.look("milk")
	d.shows(hits + `[0]?.href.endsWith("/concepts/milk-first/") === true`)
	d.shows(hits + `.map((a) => a.href.includes("/claims/")).indexOf(true) > 0`)
	// What is said against a claim stands with it.
	d.look("tea goes first")
	d.shows(`document.querySelector(".search-hits li:has(a[href$='claims/tea-first/']) .search-against a[href$='claims/milk-goes-first/']") !== null`)
	// A word that stands nowhere is named.
	d.look("milk rhinoceros")
	d.shows(`document.querySelector(".search-status").textContent.endsWith("nowhere on this site: rhinoceros")`)
	d.look("BSI")
	d.shows(`[...document.querySelectorAll(".search-hits mark")].some((m) => m.textContent.startsWith("British"))`)
	if n := asked.Load(); n == 0 {
		t.Error("the index was never asked for")
	}
	d.look("milk")
	d.shows(`/^[0-9]+ results/.test(document.querySelector(".search-status").textContent)`)
	d.do(chromedp.Click(chromedp.CSS(`.search-kinds input[value=claim]`)))
	d.shows(`[...document.querySelectorAll(".search-hits a")].length > 2 && [...document.querySelectorAll(".search-hits a")].every((a) => a.href.includes("/claims/")) && document.querySelector(".search-hits mark") !== null`)

	// Escape gives the focus back; the arrow and Enter lead to what was found.
	d.do(chromedp.KeyEvent(kb.Escape))
	d.shows(`!document.querySelector("dialog.search-dialog").open`)
	d.do(chromedp.Focus(chromedp.CSS(`a.search-open`)), chromedp.KeyEvent(kb.Enter))
	d.shows(`document.querySelector("dialog.search-dialog").open`)
	d.do(chromedp.KeyEvent(kb.Escape))
	d.shows(`document.activeElement.matches("a.search-open")`)
	d.do(chromedp.KeyEvent("k", chromedp.KeyModifiers(chromedp.ModifierCtrl)))
	d.shows(`document.activeElement.type === "search"`)
	d.do(chromedp.KeyEvent(kb.ArrowDown), chromedp.KeyEvent(kb.ArrowDown))
	d.shows(`document.activeElement === document.querySelectorAll(".search-hits a")[1]`)
	d.do(chromedp.KeyEvent(kb.ArrowUp), chromedp.KeyEvent(kb.ArrowUp))
	d.shows(`document.activeElement.type === "search"`)
	d.do(chromedp.KeyEvent(kb.ArrowDown))
	d.shows(`document.activeElement.matches(".search-hits a")`)
	d.do(chromedp.KeyEvent(kb.Enter))
	d.do(chromedp.WaitVisible(chromedp.CSS(`body.kind-claim h1`)))

	// Enter in the field opens a page only by its exact name, and else stays with the list.
	d.openSearch()
	d.look("pour the tea first")
	d.shows(hits + `.length > 0`)
	d.do(chromedp.KeyEvent(kb.Enter))
	d.shows(`document.activeElement.matches(".search-hits a") && document.body.matches(".kind-claim")`)
	d.look("george orwell")
	d.shows(firstHit + `?.includes("actors/george-orwell/") === true`)
	d.do(chromedp.KeyEvent(kb.Enter))
	d.do(chromedp.WaitVisible(chromedp.CSS(`body.kind-actor h1`)))

	d.do(chromedp.Navigate(address + "search/?q=essay"))
	d.shows(`document.querySelectorAll("[data-search-page] .search-hits a").length > 0`)
	d.shows(`document.activeElement.type === "search"`)
	d.do(chromedp.SendKeys(chromedp.CSS(`[data-search-page] input[type=search]`), "the pot"))
	d.shows(`location.search === "?q=the+pot"`)
	d.do(chromedp.KeyEvent("k", chromedp.KeyModifiers(chromedp.ModifierCtrl)))
	d.shows(`document.activeElement.matches("[data-search-page] input")`)
	d.do(chromedp.Navigate(address + "actors/george-orwel/"))
	d.shows(`!document.querySelector("[data-search-lost]").hidden && document.querySelector("[data-search-lost] a").href.includes("george-orwell")`)
}

// From disk there is no server, and a link has to name the file it leads to.
func TestSearchFromDisk(t *testing.T) {
	b := newTab(t)
	out := onDisk(t, website.Build(t, website.Options(website.Small)))
	b.do(chromedp.Navigate("file://" + filepath.ToSlash(out) + "/places/london/index.html"))
	b.becomes(`document.querySelector("script[src*='/search/']") === null && document.querySelector("a.search-open[aria-haspopup]") !== null`)
	b.do(chromedp.KeyEvent("k", chromedp.KeyModifiers(chromedp.ModifierCtrl)))
	b.becomes(`document.activeElement.matches("dialog.search-dialog input[type=search]")`)
	b.do(chromedp.SendKeys(chromedp.CSS(`.search-dialog input[type=search]`), "Orwel"))
	b.becomes(`document.querySelector(".search-hits a") !== null`)
	b.do(chromedp.KeyEvent(kb.ArrowDown), chromedp.KeyEvent(kb.Enter))
	b.becomes(`location.pathname.endsWith("/actors/george-orwell/index.html") && document.readyState === "complete"`)
}

// Without script the page of the search says how else to find things.
func TestSearchWithoutScript(t *testing.T) {
	b := newTab(t)
	b.do(scriptsOff(), chromedp.Navigate(served(t, website.Small)+"analysis/milk/"), chromedp.Click(chromedp.CSS(`a.search-open`)))
	b.becomes(`location.pathname === "/search/" && document.querySelectorAll("[data-search-page] li a").length > 3`)
}
