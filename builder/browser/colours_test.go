package browser

import (
	"testing"

	"github.com/chromedp/cdproto/emulation"
)

// With the system's own colours alone, focus and the edge of a claim are seen,
// and so is which page is the current one.
func TestForcedColours(t *testing.T) {
	b := newTab(t)
	b.do(emulate("", "forced-colors", "active"), call(emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true}))
	b.everyPage(1280, 800, 1, func(name string) {
		b.holds(map[string]string{
			name + ": forced":         `matchMedia("(forced-colors: active)").matches`,
			name + ": focus":          `one(".masthead a").focus({ focusVisible: true }), css(".masthead a", "outlineStyle") === "solid" && css(".masthead a", "outlineWidth") === "3px" && css(".masthead a", "outlineColor") !== css("body", "backgroundColor")`,
			name + ": claims":         `[...document.querySelectorAll(".prose .claim")].every(c => getComputedStyle(c).borderInlineStartWidth === "2px" && getComputedStyle(c).borderInlineStartColor !== getComputedStyle(document.body).backgroundColor)`,
			name + ": the other page": `[...document.querySelectorAll(".menu a:not([aria-current])")].every(a => getComputedStyle(a).borderBlockEndColor === getComputedStyle(document.body).backgroundColor)`,
			name + ": this page":      `[...document.querySelectorAll(".menu a[aria-current]")].every(a => getComputedStyle(a).borderBlockEndColor !== getComputedStyle(document.body).backgroundColor)`,
		})
	})
}
