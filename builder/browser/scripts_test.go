package browser

import (
	"slices"
	"testing"

	"github.com/chromedp/chromedp"

	"analysis/builder/website"
)

// Without scripts the same text is there and the same links, and nothing shows
// that would need one.
func TestScriptsOff(t *testing.T) {
	b := newTab(t)
	type page struct{ Text, Links []string }
	const read = `({
		text: [...document.querySelectorAll("h1, .menu a, .prose > p, .prose > .claim > p:not(.claim-label), .after h2, .after li > a")].flatMap(e => e.innerText.split("\n")),
		links: [...document.querySelectorAll('main a:not([href^="#"], [data-search-lost] a)')].map(a => a.getAttribute("href")),
	})`
	with := map[string]page{}
	b.everyPage(1280, 800, 1, func(name string) { with[name] = see[page](b, read) })
	b.do(scriptsOff(), chromedp.Navigate(`data:text/html,<title>off</title><script>document.title = "on"</script>`))
	b.is(`document.title === "off"`)
	b.everyPage(1280, 800, 1, func(name string) {
		without := see[page](b, read)
		for _, line := range with[name].Text {
			if !slices.Contains(without.Text, line) {
				t.Errorf("%s: without scripts it does not read %q", name, line)
			}
		}
		for _, link := range with[name].Links {
			if !slices.Contains(without.Links, link) {
				t.Errorf("%s: without scripts it does not lead to %s", name, link)
			}
		}
		b.holds(map[string]string{
			name + ": no script ran":   `!globalThis.siteIndex`,
			name + ": its title shows": `one("h1").checkVisibility()`,
			name + ": idle tools":      `[...document.querySelectorAll("#site-theme, .theme, .copy-link, .copy, .preview")].filter(e => e.checkVisibility()).map(e => e.outerHTML.slice(0, 100)).join() || true`,
			name + ": idle controls":   `[...document.querySelectorAll("button, select, input:not([type=radio], [type=checkbox]), textarea")].filter(b => b.getClientRects().length && !b.closest("form")).map(b => b.outerHTML.slice(0, 100)).join() || true`,
		})
		for _, wrong := range []string{cut, overlap, wide} {
			b.finds(name, wrong)
		}
	})
}

// A page of the small analysis can be read without scripts, and leads on.
func TestReadWithoutScripts(t *testing.T) {
	b := newTab(t)
	address := served(t, website.Small)
	b.do(scriptsOff())
	for _, page := range []string{"", "actors/george-orwell/", "analysis/", "analysis/pot/", "claims/", "claims/boiling/", "events/essay-printed/", "sources/nice-cup/", "no/such/page"} {
		b.open(address+page, 1280, 800)
		b.holds(map[string]string{
			page + " cannot be read": `document.querySelector("main").innerText.length >= 150`,
			page + " leads nowhere":  `document.querySelectorAll("main a").length > 0 && document.querySelectorAll(".menu a").length > 3`,
		})
	}
}

// An old address leads on with its fragment, if it has none to lead to, and without scripts
// to the page alone.
func TestOldAddresses(t *testing.T) {
	b := newTab(t)
	address := served(t, website.Small)
	leads := func(cases map[string]string) {
		t.Helper()
		for from, to := range cases {
			b.do(chromedp.Navigate(address + from))
			b.becomes(`location.pathname + location.hash === ` + quoted("/"+to))
		}
	}
	leads(map[string]string{
		"old/milk/": "analysis/milk/", "old/milk/#why-it-might-matter": "analysis/milk/#why-it-might-matter",
		"old/first/#v-1a2b3c4d": "claims/tea-first/#v-1a2b3c4d", "old/order/#other": "analysis/milk/#why-it-might-matter",
	})
	b.do(scriptsOff())
	leads(map[string]string{"old/milk/#why-it-might-matter": "analysis/milk/", "old/order/": "analysis/milk/#why-it-might-matter"})
}
