package browser

import (
	"fmt"
	"testing"
)

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

	// overlap lists the stretches of text that are written over others. The words
	// straight below a closed details are not shown, though it is itself visible.
	overlap = `(() => {
		const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), boxes = []
		for (let n; n = texts.nextNode();) {
			const e = n.parentElement
			if (!n.data.trim() || e.closest(".unseen, .skip, svg") || e.matches("details:not([open])") || !e.checkVisibility({ visibilityProperty: true })) continue
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
	b := newTab(t)
	const spaced = `(() => {
		const sheet = new CSSStyleSheet()
		sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }")
		document.adoptedStyleSheets = [sheet]
		return getComputedStyle(document.querySelector("h1")).wordSpacing !== "0px"
	})()`
	for _, width := range []int64{320, 1280} {
		b.everyPage(width, 800, 1, func(name string) {
			if !see[bool](b, spaced) {
				t.Fatalf("%s is not spaced out", name)
			}
			for _, wrong := range []string{cut, overlap, wide} {
				b.finds(name, wrong)
			}
		})
	}
}

// At 200 % a window of 1280 pixels has room for half as many (WCAG 2.2, 1.4.4).
func TestZoom(t *testing.T) {
	b := newTab(t)
	b.everyPage(640, 400, 2, func(name string) {
		for _, wrong := range []string{cut, overlap, wide} {
			b.finds(name, wrong)
		}
	})
}

// In the margin stand a claim's label and what else there is beside the text;
// neither covers the other, wherever the reader has scrolled.
func TestMarginIsNotWrittenOver(t *testing.T) {
	b := newTab(t)
	for _, width := range []int64{768, 1000, 1280} {
		b.everyPage(width, 600, 1, func(name string) {
			b.finds(name, `[...document.querySelectorAll(".prose .claim-label")].flatMap(label => {
				const a = (scrollTo(0, label.getBoundingClientRect().top + scrollY - 100), label.getBoundingClientRect())
				return [...document.querySelectorAll(".side > *")].filter(other => {
					const b = other.getBoundingClientRect()
					return b.width && a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
				}).map(other => other.className + " covers the label " + label.textContent)
			})`)
			b.finds(name, overlap)
		})
	}
}

// Every kind of page can be read on a narrow telephone: nothing but boxes made
// for it scrolls sideways, and links in navigation can be hit with a finger.
func TestNoPageScrollsSideways(t *testing.T) {
	b := newTab(t)
	for _, width := range []int64{320, 360, 768, 1280} {
		b.everyPage(width, 800, 1, func(name string) {
			b.finds(fmt.Sprintf("%s at %d", name, width), wide)
			b.finds(fmt.Sprintf("%s at %d: a link in navigation is lower than 24 pixels", name, width), `[...document.querySelectorAll("nav a")]
				.filter(a => a.getClientRects().length && a.getBoundingClientRect().height < 24).map(a => a.textContent)`)
		})
	}
}

// A word of 63 letters is broken wherever it stands: in a title, the menu, a table, a caption, a claim, code.
func TestLongWords(t *testing.T) {
	b := newTab(t)
	const lengthened = `(() => {
		const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
		let n, all = 0
		while (n = texts.nextNode()) {
			if (n.parentElement.closest("svg, script, style, option, button, .statement, .line")) continue
			n.data = n.data.replace(/[\p{L}\p{N}:/.-]{3,}/u, (word) => (all++, word.padEnd(63, word)))
		}
		return all
	})()`
	const outside = `[...document.body.querySelectorAll("*")].filter(e => !e.closest(".scroll, pre, svg, .unseen, .skip") && e.getClientRects().length &&
		(e.getBoundingClientRect().right > innerWidth + 1 || e.getBoundingClientRect().left < -1)).map(e => "outside the window: " + e.outerHTML.slice(0, 160))`
	for _, width := range []int64{320, 360, 768, 1280} {
		b.everyPage(width, 800, 1, func(name string) {
			b.run(`document.querySelectorAll("details").forEach(d => d.open = true)`)
			if see[int](b, lengthened) < 20 {
				t.Fatalf("%s has no long words", name)
			}
			b.finds(fmt.Sprintf("%s at %d", name, width), wide)
			b.finds(fmt.Sprintf("%s at %d", name, width), outside)
		})
	}
}
