package browser

import (
	"context"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"analysis/builder/internal/kind"
	"analysis/builder/internal/pipeline"
	"analysis/builder/website"
)

// On paper there is black text on white, no navigation (a table of contents is
// none), and the address of every other site; a claim's label stands in brackets.
func TestPrint(t *testing.T) {
	b := newTab(t)
	b.do(emulate("print", "prefers-color-scheme", "dark"))
	b.everyPage(794, 1123, 1, func(name string) {
		b.run(`document.documentElement.dataset.theme = "dark"`)
		b.holds(map[string]string{
			name + ": black on white":    `css("body", "color") === "rgb(0, 0, 0)" && css("body", "backgroundColor") === "rgb(255, 255, 255)"`,
			name + ": no navigation":     `[...document.querySelectorAll("nav:not(.contents), .skip")].filter(n => n.getClientRects().length).map(n => n.outerHTML.slice(0, 80)).join() || true`,
			name + ": no buttons":        `[...document.querySelectorAll("button, select")].filter(n => n.getClientRects().length).map(n => n.outerHTML.slice(0, 80)).join() || true`,
			name + ": addresses":         `[...document.querySelectorAll(".prose a[href^=http]:not(.bare)")].every(a => getComputedStyle(a, "::after").content === '" (" attr(href) ")"' || getComputedStyle(a, "::after").content.includes(a.getAttribute("href")))`,
			name + ": none of our own":   `[...document.querySelectorAll(".prose a:not([href^=http])")].every(a => getComputedStyle(a, "::after").content === "none")`,
			name + ": labels":            `[...document.querySelectorAll(".prose .claim-label")].every(l => getComputedStyle(l, "::before").content === '"["' && getComputedStyle(l, "::after").content === '"]"' && getComputedStyle(l).float === "none")`,
			name + ": nothing is closed": `[...document.querySelectorAll("details")].filter(d => d.checkVisibility() && !d.closest(".pairs")).every(d => [...d.children].some(e => !e.matches("summary") && e.checkVisibility({ contentVisibilityAuto: true })))`,
			name + ": address and day":   `box(".imprint").top >= box(".masthead").bottom && (dispatchEvent(new Event("beforeprint")), /printed \d/.test(one(".imprint").innerText))`,
			name + ": space for a title": `box("h1").top - box(".imprint").bottom > 12`,
			name + ": the full measure":  `[...document.querySelectorAll("main > .prose, main > .head")].every(e => e.getBoundingClientRect().width > innerWidth - 20)`,
			name + ": labels are black":  `[...document.querySelectorAll(".prose .claim-label")].every(l => getComputedStyle(l).color === "rgb(0, 0, 0)")`,
		})
		b.finds(name, overlap)
	})
}

// Paper does not scroll: long lines of code and wide tables are whole, and a bare address is printed once.
func TestNothingIsCutOnPaper(t *testing.T) {
	row := strings.Repeat("| averylongcell", 12) + "|\n"
	content := write(t, map[string]string{"site.yaml": "title: S\n", "index.md": "# S\n\n    " + strings.Repeat("word ", 60) + "\n\n```\n" + strings.Repeat("letters", 60) + "\n```\n\n" +
		row + strings.Repeat("|-", 12) + "|\n" + row + "\nhttps://example.org/a <https://example.org/b> [example.org](https://www.example.org/) [c](https://example.org/c)\n"})
	b := newTab(t)
	b.do(emulate("print", "", ""))
	b.open(served(t, content), 794, 1123)
	b.finds("paper", wide)
	b.finds("paper", `[...document.querySelectorAll("pre, .scroll, table")].filter(e => e.getBoundingClientRect().right > 794 || e.scrollWidth > e.clientWidth + 1 || getComputedStyle(e).overflowX !== "visible")
		.map(e => "cut off: " + e.outerHTML.slice(0, 80))`)
	b.holds(map[string]string{
		"addresses": `[...document.querySelectorAll(".prose a")].map(a => getComputedStyle(a, "::after").content === "none" ? "once" : "added").join(" ") === "once once once added"`,
	})
}

// A claim takes two sheets at most, the longest three.
func TestClaimsPrintShort(t *testing.T) {
	website.Each(t, func(t *testing.T, o pipeline.Options) {
		s := website.Build(t, o)
		b := newTab(t)
		b.do(chromedp.Navigate(web(t, hosted(s)) + longest(s)["claim"]))
		if pages := sheets(b.pdf()); pages > 3 {
			t.Errorf("a claim takes %d sheets", pages)
		}
	})
}

// pdf prints the page.
func (b tab) pdf() (pdf []byte) {
	b.Helper()
	yes := true
	b.do(chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		printed, err := cdp.Call(ctx, target, page.PrintToPDF, page.PrintToPDFParams{PaperWidth: 8.27, PaperHeight: 11.69, GenerateDocumentOutline: &yes, PreferCSSPageSize: &yes})
		pdf = printed.Data
		return err
	}))
	return pdf
}

// sheets counts the pages of a PDF.
func sheets(pdf []byte) int { return len(regexp.MustCompile(`/Type\s*/Page\b`).FindAll(pdf, -1)) }

// On paper the whole analysis has no navigation, a section follows the other on the
// same page, and the labels of claims stand in brackets.
func TestOnePagePrints(t *testing.T) {
	website.Each(t, func(t *testing.T, o pipeline.Options) {
		o.Portable = true
		s := website.Build(t, o)
		whole := website.Shows(t, s, "whole")
		b := newTab(t)
		b.do(chromedp.Navigate("file://" + filepath.ToSlash(onDisk(t, s)) + "/" + strings.TrimSuffix(whole.URL, "index.html") + "index.html"))
		pdf := b.pdf()
		if *screenshots != "" {
			if err := os.WriteFile(filepath.Join(*screenshots, "whole-"+path.Base(t.Name())+".pdf"), pdf, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		sections := 0
		for _, p := range s.Site.Pages {
			if p.Kind == kind.Section {
				sections++
			}
		}
		pages := sheets(pdf)
		if pages > 2*(sections+1) {
			t.Errorf("%d pages for %d sections", pages, sections)
		}
		t.Logf("%d sections on %d pages, %d bytes", sections, pages, len(pdf))

		b.do(emulate("print", "", ""))
		b.holds(map[string]string{
			"navigation is printed":         `[...document.querySelectorAll(".menu, .local, .crumbs, .skip")].every((e) => !e.checkVisibility())`,
			"a section begins a page":       `[...document.querySelectorAll("section.part")].every((e) => getComputedStyle(e).breakBefore === "auto")`,
			"a label has no brackets":       `[...document.querySelectorAll(".part .claim-label")].every((e) => getComputedStyle(e, "::before").content === '"["' && getComputedStyle(e, "::after").content === '"]"')`,
			"a link hides where it leads":   `[...document.querySelectorAll('.part a[href^="http"]')].every((e) => getComputedStyle(e, "::after").content.includes(e.getAttribute("href")))`,
			"the contents are not printed":  `document.querySelector(".contents").checkVisibility()`,
			"a link in the page has its id": `[...document.querySelectorAll('.part a[href^="#"]')].every((e) => getComputedStyle(e, "::after").content === "none")`,
		})
	})
}
