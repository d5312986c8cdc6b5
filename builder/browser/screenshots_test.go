package browser

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"analysis/builder/website"
)

var (
	screenshots     = flag.String("screenshots", "", "take screenshots of the real site into this folder")
	screenshotPages = flag.String("screenshot-pages", "", "of these pages only, separated by commas")
)

// TestScreenshots is run by make screenshots, for people to look at.
func TestScreenshots(t *testing.T) {
	if *screenshots == "" {
		t.Skip("run with -screenshots DIR, or make screenshots")
	}
	s := atRoot(t, website.Analysis)
	address := web(t, hosted(s))
	for name, url := range pages(t, s) {
		if *screenshotPages != "" && !strings.Contains(","+*screenshotPages+",", ","+name+",") {
			continue
		}
		t.Run(name, func(t *testing.T) {
			b := newTab(t)
			for _, width := range []int64{360, 768, 1280} {
				for _, scheme := range []string{"light", "dark"} {
					b.do(emulate("", "prefers-color-scheme", scheme))
					b.open(address+url, width, 900)
					b.shoot(fmt.Sprintf("%s-%d-%s.png", name, width, scheme))
				}
			}
		})
	}
}

// shoot writes a picture of the page.
func (b tab) shoot(name string) {
	b.Helper()
	png, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(100))
	if err == nil {
		err = os.WriteFile(filepath.Join(*screenshots, name), png, 0o644)
	}
	if err != nil {
		b.Fatal(err)
	}
}
