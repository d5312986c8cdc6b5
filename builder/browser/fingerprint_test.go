package browser

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"analysis/builder/internal/pipeline"
	"analysis/builder/website"
)

// The drawing of the paragraphs fits, and each sign can be hit with a finger.
func TestFingerprintFits(t *testing.T) {
	website.Each(t, func(t *testing.T, o pipeline.Options) {
		b := newTab(t)
		address := web(t, hosted(website.Build(t, o)))
		for _, width := range []int64{320, 360, 768, 1280} {
			b.open(address, width, 800)
			b.finds(fmt.Sprint(width), wide)
			b.finds(fmt.Sprintf("at %d smaller than 24 pixels", width), `[...document.querySelectorAll(".print ul a, .legend label")]
				.filter(a => { const r = a.getBoundingClientRect(); return r.width < 24 || r.height < 24 })
				.map(a => a.textContent)`)
			b.finds(fmt.Sprintf("at %d outside the drawing", width), `(() => {
				const box = document.querySelector(".print").getBoundingClientRect();
				return [...document.querySelectorAll(".print ul a")]
					.filter(a => { const r = a.getBoundingClientRect(); return r.left < box.left - 1 || r.right > box.right + 1 })
					.map(a => a.textContent)
			})()`)
		}
	})
}

// Each choice of the legend dims all other signs, without a script.
func TestFingerprintFilterWithoutScript(t *testing.T) {
	website.Each(t, func(t *testing.T, o pipeline.Options) {
		b := newTab(t)
		b.do(scriptsOff())
		b.open(web(t, hosted(website.Build(t, o))), 1280, 900)
		choices := see[[]string](b, `[...document.querySelectorAll(".legend label")].map(l => l.className)`)
		for _, class := range choices {
			b.do(chromedp.Click(chromedp.CSS(".legend ." + class + " input")))
			b.finds(class, fmt.Sprintf(`[...document.querySelectorAll(".print ul > li")]
				.filter(li => (getComputedStyle(li).opacity == 1) !== (%q === "is-all" || li.classList.contains(%q)))
				.map(li => li.className + " " + getComputedStyle(li).opacity)`, class, class))
		}
		if len(choices) < 4 {
			t.Errorf("the legend has only %q", choices)
		}
	})
}

// With the script the drawing is one stop for Tab, and arrow keys reach each of its links.
func TestFingerprintKeys(t *testing.T) {
	website.Each(t, func(t *testing.T, o pipeline.Options) {
		b := newTab(t)
		b.open(web(t, hosted(website.Build(t, o))), 1280, 900)
		b.is(`document.querySelectorAll('.print [tabindex="0"]').length === 1 && document.querySelectorAll(".print a:not([tabindex])").length === 0`)
		b.do(chromedp.Focus(chromedp.CSS(`.print [tabindex="0"]`)))
		in := func(what string) {
			t.Helper()
			b.is(`(() => { const on = document.activeElement, line = on.closest(".print > li"), links = [...line.querySelectorAll("a")]; return ` + what + ` })()`)
		}
		b.do(chromedp.KeyEvent(kb.Home))
		in(`on.className === "number" && on.tabIndex === 0`)
		b.do(chromedp.KeyEvent(kb.ArrowRight))
		in(`on === links[1]`)
		b.do(chromedp.KeyEvent(kb.ArrowDown))
		in(`!line.matches(":first-child") && on === links[Math.min(1, links.length - 1)]`)
		b.do(chromedp.KeyEvent(kb.ArrowUp))
		in(`line.matches(":first-child")`)
		b.do(chromedp.KeyEvent(kb.End))
		in(`on === links.at(-1)`)
		b.do(chromedp.KeyEvent(kb.ArrowRight))
		in(`on === links[0] && line.matches(":nth-child(2)")`)
		b.do(chromedp.KeyEvent(kb.Tab))
		b.is(`!document.activeElement.closest(".print") && document.querySelectorAll('.print [tabindex="0"]').length === 1`)
	})
}
