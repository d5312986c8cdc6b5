package main

import (
	"context"
	"maps"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// everyKind opens one page of each kind of the real site in turn.
func everyKind(t *testing.T, ctx context.Context, width, height int64, scale float64, check func(name string)) {
	t.Helper()
	web := httptest.NewServer(realSite(t))
	defer web.Close()
	for _, name := range slices.Sorted(maps.Keys(kinds)) {
		if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, height, chromedp.EmulateScale(scale)), chromedp.Navigate(web.URL+"/"+kinds[name])); err != nil {
			t.Fatal(err)
		}
		check(name)
	}
}

// finds fails for every string in a list that a JavaScript expression makes.
func finds(t *testing.T, ctx context.Context, name, expression string) {
	t.Helper()
	found, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](expression))
	if err != nil {
		t.Errorf("%s: %v", name, err)
	}
	for _, f := range found[:min(len(found), 5)] {
		t.Errorf("%s: %s", name, f)
	}
}

const (
	// cut lists the elements whose text is cut off. What is there for those who
	// hear the page is cut off on purpose.
	cut = `(() => {
		const hides = v => v === "hidden" || v === "clip"
		return [...document.body.querySelectorAll("*")].filter(e => {
			const s = getComputedStyle(e)
			return e.clientWidth > 1 && e.clientHeight > 1 && !e.closest("svg") && (
				hides(s.overflowX) && e.scrollWidth > e.clientWidth + 1 || hides(s.overflowY) && e.scrollHeight > e.clientHeight + 1)
		}).map(e => "cut off: " + e.outerHTML.slice(0, 120))
	})()`

	// overlap lists the stretches of text that are written over others.
	overlap = `(() => {
		const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), boxes = []
		for (let n; n = texts.nextNode();) {
			const e = n.parentElement
			if (!n.data.trim() || e.closest(".unseen, .skip, svg") || !e.checkVisibility({ visibilityProperty: true })) continue
			const r = document.createRange()
			r.selectNodeContents(n)
			const size = parseFloat(getComputedStyle(e).fontSize)
			for (const b of r.getClientRects()) {
				if (b.width < 1) continue
				const middle = (b.top + b.bottom) / 2 // of the letters: the box of a line is higher
				boxes.push({ text: n.data.trim(), left: b.left + 1, right: b.right - 1, top: middle - size / 3, bottom: middle + size / 3 })
			}
		}
		boxes.sort((a, b) => a.top - b.top)
		const found = []
		boxes.forEach((a, i) => {
			for (let j = i + 1; j < boxes.length && boxes[j].top < a.bottom; j++) {
				const b = boxes[j]
				if (a.left < b.right && b.left < a.right) found.push("written over each other: " + a.text.slice(0, 40) + " | " + b.text.slice(0, 40))
			}
		})
		return found
	})()`

	// wide is the page if it scrolls sideways.
	wide = `document.documentElement.scrollWidth > innerWidth ? ["scrolls sideways: " + document.documentElement.scrollWidth] : []`
)

// A reader may space out the text (WCAG 2.2, 1.4.12): nothing is lost.
func TestTextSpacing(t *testing.T) {
	ctx := browser(t)
	const spaced = `(() => {
		const sheet = new CSSStyleSheet()
		sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }")
		document.adoptedStyleSheets = [sheet]
		return getComputedStyle(document.querySelector("h1")).wordSpacing !== "0px"
	})()`
	for _, width := range []int64{320, 1280} {
		everyKind(t, ctx, width, 800, 1, func(name string) {
			if ok, err := chromedp.Run(ctx, chromedp.Evaluate[bool](spaced)); err != nil || !ok {
				t.Fatalf("%s is not spaced out: %v", name, err)
			}
			for _, wrong := range []string{cut, overlap, wide} {
				finds(t, ctx, name, wrong)
			}
		})
	}
}

// At 200 % a window of 1280 pixels has room for half as many (WCAG 2.2, 1.4.4).
func TestZoom(t *testing.T) {
	ctx := browser(t)
	everyKind(t, ctx, 640, 400, 2, func(name string) {
		for _, wrong := range []string{cut, overlap, wide} {
			finds(t, ctx, name, wrong)
		}
	})
}

// In the margin stand a claim's label and what else there is beside the text;
// neither covers the other, wherever the reader has scrolled.
func TestMarginIsNotWrittenOver(t *testing.T) {
	ctx := browser(t)
	for _, width := range []int64{768, 1000, 1280} {
		everyKind(t, ctx, width, 600, 1, func(name string) {
			finds(t, ctx, name, `[...document.querySelectorAll(".prose .claim-label")].flatMap(label => {
				const a = (scrollTo(0, label.getBoundingClientRect().top + scrollY - 100), label.getBoundingClientRect())
				return [...document.querySelectorAll(".side > *")].filter(other => {
					const b = other.getBoundingClientRect()
					return b.width && a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
				}).map(other => other.className + " covers the label " + label.textContent)
			})`)
			finds(t, ctx, name, overlap)
		})
	}
}

// emulate sets the medium, and a user's preference beside it.
func emulate(medium, feature, value string) chromedp.Action[chromedp.Void] {
	return func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		p := emulation.SetEmulatedMediaParams{Media: medium}
		if feature != "" {
			p.Features = []*emulation.MediaFeature{{Name: feature, Value: value}}
		}
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, p)
		return chromedp.Void{}, err
	}
}

// On paper there is black text on white, no navigation (a table of contents is
// none), and the address of
// every other site; a claim's label stands in brackets.
func TestPrint(t *testing.T) {
	ctx := browser(t)
	if err := chromedp.Do(ctx, emulate("print", "prefers-color-scheme", "dark")); err != nil {
		t.Fatal(err)
	}
	everyKind(t, ctx, 794, 1123, 1, func(name string) {
		if _, err := chromedp.Run(ctx, chromedp.Evaluate[any](`document.documentElement.dataset.theme = "dark"`)); err != nil {
			t.Fatal(err)
		}
		holds(t, ctx, map[string]string{
			name + ": black on white":   `css("body", "color") === "rgb(0, 0, 0)" && css("body", "backgroundColor") === "rgb(255, 255, 255)"`,
			name + ": no navigation":    `[...document.querySelectorAll("nav:not(.contents), .skip")].filter(n => n.getClientRects().length).map(n => n.outerHTML.slice(0, 80)).join() || true`,
			name + ": no buttons":       `[...document.querySelectorAll("button, select")].filter(n => n.getClientRects().length).map(n => n.outerHTML.slice(0, 80)).join() || true`,
			name + ": addresses":        `[...document.querySelectorAll(".prose a[href^=http]")].every(a => getComputedStyle(a, "::after").content === '" (" attr(href) ")"' || getComputedStyle(a, "::after").content.includes(a.getAttribute("href")))`,
			name + ": none of our own":  `[...document.querySelectorAll(".prose a:not([href^=http])")].every(a => getComputedStyle(a, "::after").content === "none")`,
			name + ": labels":           `[...document.querySelectorAll(".prose .claim-label")].every(l => getComputedStyle(l, "::before").content === '"["' && getComputedStyle(l, "::after").content === '"]"' && getComputedStyle(l).float === "none")`,
			name + ": labels are black": `[...document.querySelectorAll(".prose .claim-label")].every(l => getComputedStyle(l).color === "rgb(0, 0, 0)")`,
		})
		finds(t, ctx, name, overlap)
	})
}

// With the system's own colours alone, focus and the edge of a claim are seen,
// and so is which page is the current one.
func TestForcedColours(t *testing.T) {
	ctx := browser(t)
	focused := func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, t, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
		return chromedp.Void{}, err
	}
	if err := chromedp.Do(ctx, emulate("", "forced-colors", "active"), chromedp.Action[chromedp.Void](focused)); err != nil {
		t.Fatal(err)
	}
	everyKind(t, ctx, 1280, 800, 1, func(name string) {
		holds(t, ctx, map[string]string{
			name + ": forced":         `matchMedia("(forced-colors: active)").matches`,
			name + ": focus":          `one(".masthead a").focus({ focusVisible: true }), css(".masthead a", "outlineStyle") === "solid" && css(".masthead a", "outlineWidth") === "3px" && css(".masthead a", "outlineColor") !== css("body", "backgroundColor")`,
			name + ": claims":         `[...document.querySelectorAll(".prose .claim")].every(c => getComputedStyle(c).borderInlineStartWidth === "2px" && getComputedStyle(c).borderInlineStartColor !== getComputedStyle(document.body).backgroundColor)`,
			name + ": the other page": `[...document.querySelectorAll(".menu a:not([aria-current])")].every(a => getComputedStyle(a).borderBlockEndColor === getComputedStyle(document.body).backgroundColor)`,
			name + ": this page":      `[...document.querySelectorAll(".menu a[aria-current]")].every(a => getComputedStyle(a).borderBlockEndColor !== getComputedStyle(document.body).backgroundColor)`,
		})
	})
}

// Without scripts the same text is there, and nothing that does nothing.
func TestScriptsOff(t *testing.T) {
	ctx := browser(t)
	off := func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, t, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		return chromedp.Void{}, err
	}
	text := map[string]string{}
	read := func(name string) string {
		s, err := chromedp.Run(ctx, chromedp.Evaluate[string](`[...document.querySelectorAll("h1, .prose > p, .prose > .claim > p:not(.claim-label), .after h2, .after li > a")].map(e => e.innerText).join("\n")`))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		return s
	}
	everyKind(t, ctx, 1280, 800, 1, func(name string) { text[name] = read(name) })
	if err := chromedp.Do(ctx, chromedp.Action[chromedp.Void](off), chromedp.Navigate(`data:text/html,<title>off</title><script>document.title = "on"</script>`)); err != nil {
		t.Fatal(err)
	}
	holds(t, ctx, map[string]string{"scripts are off": `document.title === "off"`})
	everyKind(t, ctx, 1280, 800, 1, func(name string) {
		got := strings.Split(read(name), "\n")
		for line := range strings.SplitSeq(text[name], "\n") {
			if !slices.Contains(got, line) {
				t.Errorf("%s: without scripts it does not read %q", name, line)
			}
		}
		holds(t, ctx, map[string]string{
			name + ": navigation":    `document.querySelectorAll(".menu a").length > 3`,
			name + ": idle controls": `[...document.querySelectorAll("button, select, input:not([type=radio], [type=checkbox]), textarea")].filter(b => b.getClientRects().length && !b.closest("form")).map(b => b.outerHTML.slice(0, 100)).join() || true`,
		})
		for _, wrong := range []string{cut, overlap, wide} {
			finds(t, ctx, name, wrong)
		}
	})
}
