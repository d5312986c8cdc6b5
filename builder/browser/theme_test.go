package browser

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"
)

func TestTheme(t *testing.T) {
	const light, dark = "rgb(255, 253, 249)", "rgb(20, 23, 26)"
	b := newTab(t)
	address, _ := readerSite(t, readerIndex)
	// What a page has when its first style sheet stands in it, and when its first
	// frame is drawn.
	b.do(beforehand(`
		const seen = [];
		new MutationObserver((_, watch) => {
			if (!document.querySelector("link[rel=stylesheet]")) return;
			watch.disconnect();
			seen.push(document.documentElement.dataset.theme ?? "");
		}).observe(document, { childList: true, subtree: true });
		requestAnimationFrame(() => seen.push(document.documentElement.dataset.theme ?? ""));`))
	choose := func(value string) {
		t.Helper()
		see[any](b, fmt.Sprintf(`(() => {
			const select = document.getElementById("site-theme");
			select.value = %q;
			select.dispatchEvent(new Event("change", { bubbles: true }));
			return 0;
		})()`, value))
	}
	shows := func(when, want, theme string) {
		t.Helper()
		if got := see[string](b, `getComputedStyle(document.body).backgroundColor`); got != want {
			t.Errorf("%s: the paper is %s", when, got)
		}
		if got := see[string](b, `document.getElementById("site-theme").value`); got != theme {
			t.Errorf("%s: the choice shown is %q", when, got)
		}
		scheme := map[string]string{light: "light", dark: "dark"}[want]
		if got := see[string](b, `getComputedStyle(document.documentElement).colorScheme`); got != scheme {
			t.Errorf("%s: the browser's own parts are %s", when, got)
		}
	}
	for _, system := range []struct{ scheme, paper, other, otherPaper string }{{"light", light, "dark", dark}, {"dark", dark, "light", light}} {
		b.do(emulate("", "prefers-color-scheme", system.scheme))
		b.open(address+"analysis/first/", 1280, 800)
		shows(system.scheme+" system", system.paper, "")
		for _, choice := range []struct{ theme, paper string }{{system.other, system.otherPaper}, {system.scheme, system.paper}} {
			when := system.scheme + " system, " + choice.theme + " chosen"
			choose(choice.theme)
			shows(when, choice.paper, choice.theme)
			b.do(chromedp.Reload())
			shows(when+", reloaded", choice.paper, choice.theme)
			b.becomes(`seen.length === 2`)
			if got := see[string](b, `seen.join()`); got != choice.theme+","+choice.theme {
				t.Errorf("%s: at the first style sheet and frame the theme was %q", when, got)
			}
			b.do(chromedp.Navigate(address + ""))
			shows(when+", another page", choice.paper, choice.theme)
			b.do(chromedp.Navigate(address + "analysis/first/"))
		}
		choose("")
		shows("system chosen", system.paper, "")
		if see[bool](b, `"theme" in localStorage || "theme" in document.documentElement.dataset`) {
			t.Error("the choice of the system left a trace")
		}
	}
	if !see[bool](b, `document.querySelector("label:has(#site-theme)").innerText.startsWith("Theme")`) {
		t.Error("the switch has no label")
	}
}
