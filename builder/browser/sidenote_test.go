package browser

import (
	"maps"
	"testing"

	"github.com/chromedp/chromedp"
)

// A footnote stands beside the paragraph that has its mark, or at the end where
// there is no room.
func TestSidenotes(t *testing.T) {
	b := newTab(t)
	const shown = `getComputedStyle(document.querySelector(".footnotes")).display !== "none"`
	notes := maps.Clone(readerPages)
	notes["analysis/second.md"] += "\nOf tea.[^1] More of it.\n\n[^1]: A note on the [[paper]].\n"
	page := served(t, write(t, notes)) + "analysis/second/"

	b.open(page, 1280, 900)
	b.becomes(`!(` + shown + `)`)
	b.becomes(`(() => {
		const note = document.querySelector(".sidenote").getBoundingClientRect();
		const mark = document.querySelector(".footnote-ref").closest("p").getBoundingClientRect();
		return note.left > mark.right && Math.abs(note.top - mark.top) < 100 && note.right <= innerWidth;
	})()`)
	b.do(chromedp.Click(chromedp.CSS(".footnote-ref")))
	b.becomes(`document.activeElement === document.querySelector(".sidenote")`)
	b.do(chromedp.Click(chromedp.CSS(".sidenote > a")))
	b.becomes(`location.hash === "#fnref:1"`)

	b.open(page, 900, 900)
	b.becomes(shown + ` && getComputedStyle(document.querySelector(".sidenote")).display === "none"`)
	b.do(chromedp.EmulateViewport(1280, 900), emulate("print", "", ""))
	b.becomes(shown + ` && getComputedStyle(document.querySelector(".sidenote")).display === "none"`)
}
