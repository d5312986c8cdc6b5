package browser

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"
)

func TestOutlineMarksWhereOneIs(t *testing.T) {
	b := newTab(t)
	address, _ := readerSite(t, readerIndex)
	marked := `[...document.querySelectorAll(".outline [aria-current=location]")].map((a) => a.textContent).join()`
	b.open(address+"analysis/first/", 1280, 800)
	b.becomes(`document.querySelectorAll(".outline a").length === 3`)
	b.is(`one(".outline a").checkVisibility() && !one(".outline summary").checkVisibility()`)
	b.do(chromedp.EmulateViewport(360, 800)) // closed, before the text
	b.is(`!one(".outline a").checkVisibility() && box(".outline").bottom < box(".prose").top && box(".outline").height < 60`)
	b.run(`document.querySelector(".outline details").open = true`)
	// A heading that the outline leaves out beside labels counts as part of what
	// stands above it.
	for _, at := range []struct {
		width    int64
		id, want string
	}{{1280, "second", "Second heading"}, {1280, "third", "Second heading"}, {1280, "first", "First heading"}, {360, "third", "Third heading"}} {
		b.do(chromedp.EmulateViewport(at.width, 800))
		see[any](b, fmt.Sprintf(`(document.getElementById(%q).scrollIntoView(), 0)`, at.id))
		b.becomes(fmt.Sprintf(`%s === %q`, marked, at.want))
	}
	see[any](b, `(scrollTo(0, 0), 0)`)
	b.becomes(marked + ` === ""`)
}
