package browser

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// A site in a script that runs from right to left is the mirror of one that runs
// from left to right, and either may hold pages of the other direction.
func TestRightToLeft(t *testing.T) {
	b := newTab(t)
	address := served(t, "../testdata/rtl")
	at := func(page string, width int64) {
		t.Helper()
		b.open(address+page, width, 900)
	}

	at("analysis/brewing/", 1280)
	b.holds(map[string]string{
		"language":                            `document.documentElement.lang === "ur" && document.documentElement.dir === "rtl"`,
		"the page runs from the right":        `css("main", "direction") === "rtl" && css(".prose p", "direction") === "rtl"`,
		"the outline stands on the left":      `box(".outline").right < box(".prose").left`,
		"the navigation left of that":         `box(".local").right < box(".outline").left`,
		"a claim's hairline is on the right":  `css(".claim", "borderRightWidth") === "2px" && css(".claim", "borderLeftWidth") === "0px"`,
		"the hairline stands out":             `box(".claim").right > box(".prose p").right`,
		"its label is in the margin, left":    `box(".claim-label").right <= box(".claim p:not(.claim-label)").left && box(".claim-label").left >= 0`,
		"its label does not cover the text":   `box(".claim-label").right <= box(".prose").left`,
		"a list is indented from the right":   `css(".prose ul", "paddingRight") !== "0px" && css(".prose ul", "paddingLeft") === "0px"`,
		"a table's cells begin on the right":  `box("th").right > box("th:last-child").right && css("td", "textAlign") === "start"`,
		"words of another language are whole": `css(".prose span[lang=en]", "direction") === "ltr" && css(".prose span[lang=en]", "unicodeBidi") === "isolate"`,
		"code runs from the left":             `css("code", "direction") === "ltr"`,
		"nothing is spaced out":               `css(".callout-title", "letterSpacing") === "normal"`,
		"nothing leads out":                   `document.documentElement.scrollWidth <= 1280`,
	})

	at("analysis/english/", 1280)
	b.holds(map[string]string{
		"language":                         `document.documentElement.lang === "en" && document.documentElement.dir === "ltr"`,
		"the page runs from the left":      `css(".prose p", "direction") === "ltr"`,
		"words of the site's language":     `css(".prose span[lang=ur]", "direction") === "rtl"`,
		"the navigation is the site's":     `one(".local").lang === "ur" && css(".local a", "direction") === "rtl"`,
		"but stands where the page has it": `box(".local").left > box(".prose").right`,
		"a title of this page's language":  `css(".local bdi[lang=en]", "direction") === "ltr"`,
	})
	at("analysis/milk/", 1280)
	b.holds(map[string]string{
		"a title of another language": `css(".prose a > bdi[lang=en]", "direction") === "ltr"`,
	})
	at("actors/committee/", 1280)
	b.holds(map[string]string{
		"an alias of another language": `one(".facts dd [lang=en]").textContent === "ISO/TC 34/SC 8" && css(".facts dd [lang=en]", "direction") === "ltr"`,
	})
	at("sources/", 1280)
	b.holds(map[string]string{
		"a card of another language": `one(".cards a").lang === "en" && [...document.querySelectorAll(".cards p")].every(p => getComputedStyle(p).direction === "ltr")`,
	})

	for _, page := range []string{"", "analysis/", "analysis/brewing/", "actors/committee/", "sources/standard/", "claims/", "claims/cold-tea/", "analysis/english/"} {
		at(page, 320)
		b.holds(map[string]string{
			page + " does not scroll sideways": `document.documentElement.scrollWidth <= 320 && (scrollTo(-50, 0), scrollX === 0)`,
		})
	}
}

// Drawings run from the right too, and their letters are not mirrored.
func TestRightToLeftDrawings(t *testing.T) {
	b := newTab(t)
	address := served(t, "../testdata/urdu/content")
	b.open(address+"timeline/", 1280, 900)
	b.holds(map[string]string{
		"the years":   `box(".year").left > [...document.querySelectorAll(".year")].at(-1).getBoundingClientRect().right`,
		"the letters": `[".drawing svg", ".year"].reduce((a, at) => a * new DOMMatrix(css(at, "transform")).a, 1) === 1`,
		"a label":     `box(".mark text").right <= box(".mark .bar").left`,
	})
	b.open(address, 1280, 900)
	b.holds(map[string]string{
		"a name in its box": `Math.abs(box(".post text").left + box(".post text").right - box(".post rect").left - box(".post rect").right) < 4`,
	})
}

// In other languages words are longer, or letters wider.
func TestTranslationsFit(t *testing.T) {
	for name, pages := range map[string]string{
		"german": "ueber/schreibweisen/ ueber/daten/ analysis/milch/ claims/tee-zuerst/ sources/kuechenzettel/ events/norm-von-1980/ actors/iso/ concepts/milch-zuerst/ places/london/",
		"urdu":   "taaruf/likhna/ taaruf/data/ analysis/doodh/ claims/chai-pehle/ sources/parchi/ events/mayar-1980/ actors/iso/ concepts/doodh-pehle/ places/london/",
	} {
		b := newTab(t)
		address := served(t, "../testdata/"+name+"/content")
		for _, page := range strings.Fields(pages + " analysis/ claims/ claims/tensions/ claims/forecasts/ claims/evidence/ claims/who-says-what/ claims/map/ claims/matrix/ claims/chain/ sources/ timeline/ glossary/ whole/ search/ changes/ corrections/ audit/") {
			b.open(address+page, 320, 900)
			b.holds(map[string]string{name + ": " + page + " does not scroll sideways": `document.documentElement.scrollWidth <= 320 && (scrollTo(-50, 0), scrollX === 0)`})
		}
	}
}

// One page in Urdu on a site in English.
func TestRightToLeftPage(t *testing.T) {
	b := newTab(t)
	content := t.TempDir()
	if err := os.CopyFS(content, os.DirFS("../testdata/rtl")); err != nil {
		t.Fatal(err)
	}
	change := func(name, old, now string) {
		t.Helper()
		file := filepath.Join(content, name)
		text, err := os.ReadFile(file)
		if err != nil || !strings.Contains(string(text), old) {
			t.Fatalf("%s: no %q (%v)", name, old, err)
		}
		if err := os.WriteFile(file, []byte(strings.Replace(string(text), old, now, 1)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	change("site.yaml", "language: ur", "language: en")
	change("analysis/brewing.md", "weight: 1", "weight: 1\nlang: ur")
	address := served(t, content)
	b.do(chromedp.EmulateViewport(1280, 900), chromedp.Navigate(address+"analysis/brewing/"))
	b.holds(map[string]string{
		"language":                         `document.documentElement.lang === "ur" && css(".prose p", "direction") === "rtl"`,
		"a claim's hairline":               `css(".claim", "borderRightWidth") === "2px"`,
		"the navigation is the site's":     `one(".local").lang === "en" && css(".local a", "direction") === "ltr"`,
		"its own title in it":              `one(".local [aria-current] bdi").lang === "ur" && css(".local [aria-current] bdi", "direction") === "rtl"`,
		"the navigation's hairline aligns": `new Set([...document.querySelectorAll(".local li a")].map(a => a.getBoundingClientRect().left)).size === 1`,
	})
	b.do(chromedp.Navigate(address + "claims/cold-tea/"))
	b.holds(map[string]string{
		"a claim is of its page's language": `document.documentElement.lang === "ur" && css("h1", "direction") === "rtl"`,
	})
	b.do(chromedp.Navigate(address + "analysis/"))
	b.holds(map[string]string{
		"listed": `one(".cards a[lang=ur][dir=rtl]") !== null && css(".cards a[lang=ur]", "direction") === "rtl"`,
		"others": `document.documentElement.lang === "en" && !one(".cards a:not([lang])").hasAttribute("dir")`,
	})
}
