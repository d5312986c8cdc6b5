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
	// A heading that the outline leaves out in a narrow window counts as part of
	// what stands above it.
	for _, at := range []struct {
		width    int64
		id, want string
	}{{1280, "second", "Second heading"}, {1280, "first", "First heading"}, {360, "third", "Second heading"}} {
		b.do(chromedp.EmulateViewport(at.width, 800))
		see[any](b, fmt.Sprintf(`(document.getElementById(%q).scrollIntoView(), 0)`, at.id))
		b.becomes(fmt.Sprintf(`%s === %q`, marked, at.want))
	}
	see[any](b, `(scrollTo(0, 0), 0)`)
	b.becomes(marked + ` === ""`)
}
