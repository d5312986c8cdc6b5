package main

import (
	"context"
	"flag"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

var (
	screenshots     = flag.String("screenshots", "", "take screenshots of the real site into this folder")
	screenshotPages = flag.String("screenshot-pages", "", "of these pages only, separated by commas")
)

// kinds names one page of each kind of the real site.
var kinds = map[string]string{
	"home": "", "section": "analysis/strike-and-2025/", "checks": "analysis/how-well-it-holds/",
	"analysis": "analysis/", "actors": "actors/", "events": "events/", "sources": "sources/",
	"actor": "actors/ttp/", "event": "events/border-attacks/", "place": "places/durand-line/",
	"concept": "concepts/strategic-depth/", "column": "sources/column/", "source": "sources/dawn-2024-12-29/",
	"claim": "claims/nineteen-soldiers-killed/", "claims": "claims/", "tensions": "claims/tensions/",
	"forecasts": "claims/forecasts/", "evidence": "claims/evidence/", "holders": "claims/who-says-what/",
	"glossary": "glossary/", "timeline": "timeline/", "whole": "whole/", "search": "search/",
	"chain": "claims/chain/", "map": "claims/map/", "matrix": "claims/matrix/",
	"about": "about/method/", "404": "no/such/page",
}

// TestScreenshots is run by make screenshots, for people to look at.
func TestScreenshots(t *testing.T) {
	if *screenshots == "" {
		t.Skip("run with -screenshots DIR, or make screenshots")
	}
	web := httptest.NewServer(realSite(t))
	defer web.Close()
	for name, page := range kinds {
		if *screenshotPages != "" && !strings.Contains(","+*screenshotPages+",", ","+name+",") {
			continue
		}
		t.Run(name, func(t *testing.T) {
			ctx := browser(t)
			for _, width := range []int64{360, 768, 1280} {
				for _, scheme := range []string{"light", "dark"} {
					shoot(t, ctx, fmt.Sprintf("%s-%d-%s.png", name, width, scheme),
						chromedp.EmulateViewport(width, 900), media("prefers-color-scheme", scheme), chromedp.Navigate(web.URL+"/"+page))
				}
			}
		})
	}
}

// shoot writes a picture of the page that the steps lead to.
func shoot(t *testing.T, ctx context.Context, name string, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, steps...); err != nil {
		t.Fatal(err)
	}
	png, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(*screenshots, name), png, 0o644); err != nil {
		t.Fatal(err)
	}
}
