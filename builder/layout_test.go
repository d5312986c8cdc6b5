package main

import (
	"net/http/httptest"
	"testing"

	"github.com/chromedp/chromedp"
)

// Every kind of page can be read on a narrow telephone: nothing but boxes made
// for it scrolls sideways, and links in navigation can be hit with a finger.
func TestNoPageScrollsSideways(t *testing.T) {
	ctx := browser(t)
	web := httptest.NewServer(realSite(t))
	defer web.Close()
	for name, page := range kinds {
		for _, width := range []int64{320, 360, 768, 1280} {
			if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, 800), chromedp.Navigate(web.URL+"/"+page)); err != nil {
				t.Fatal(err)
			}
			wide, err := chromedp.Run(ctx, chromedp.Evaluate[int64](`document.documentElement.scrollWidth`))
			if err != nil {
				t.Fatal(err)
			}
			if wide > width {
				t.Errorf("%s is %d wide in a window of %d", name, wide, width)
			}
			small, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](`[...document.querySelectorAll("nav a")]
				.filter(a => a.getClientRects().length && a.getBoundingClientRect().height < 24).map(a => a.textContent)`))
			if err != nil {
				t.Fatal(err)
			}
			if len(small) > 0 {
				t.Errorf("%s at %d: links in navigation lower than 24 pixels: %q", name, width, small)
			}
		}
	}
}
