package browser

import (
	"fmt"
	"strings"
	"testing"

	protocol "github.com/chromedp/cdproto/browser"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

func TestCopyLink(t *testing.T) {
	b := newTab(t)
	address, _ := readerSite(t, readerIndex)
	for _, name := range []string{"clipboard-read", "clipboard-write"} {
		b.do(call(protocol.SetPermission, protocol.SetPermissionParams{
			Permission: &protocol.PermissionDescriptor{Name: name}, Setting: protocol.PermissionSettingGranted,
		}))
	}
	b.open(address+"analysis/first/#second", 1280, 800)
	if !see[bool](b, `document.querySelector(":target")?.id === "second" && Math.abs(document.querySelector(":target").getBoundingClientRect().top) < 60`) {
		t.Error("the button at a heading spoils the way to it")
	}
	for selector, want := range map[string]struct{ name, copied string }{
		".headed:has(#second) .copy-link": {"Copy link to this section", address + "analysis/first/#second"},
		".claim-label .copy-link":         {"Copy link to this claim", address + "claims/tea-runs-out/"},
	} {
		see[any](b, fmt.Sprintf(`(document.querySelector(%q).focus({ focusVisible: true }), 0)`, selector))
		if got := see[string](b, `document.activeElement.ariaLabel`); got != want.name {
			t.Errorf("%s is called %q", selector, got)
		}
		if !see[bool](b, `getComputedStyle(document.activeElement).opacity === "1" && document.activeElement.offsetWidth >= 24 && document.activeElement.offsetHeight >= 24`) {
			t.Errorf("%s cannot be seen or hit", selector)
		}
		b.do(chromedp.KeyEvent(kb.Enter))
		b.becomes(`[...document.querySelectorAll("[role=status]")].some((e) => e.textContent === "Copied")`)
		if got := see[string](b, `navigator.clipboard.readText()`); got != want.copied {
			t.Errorf("%s copied %q", selector, got)
		}
		b.becomes(`![...document.querySelectorAll("[role=status]")].some((e) => e.textContent)`)
	}
	b.holds(map[string]string{
		"one form of the citation, one button": `one(".cite").open = true, [...document.querySelectorAll(".cite pre")].filter((e) => e.checkVisibility()).length === 1 && document.querySelectorAll(".cite .copy").length === 1`,
	})
	see[any](b, `(document.querySelector(".cite").open = true, document.getElementById("site-cite-bibtex").click(), document.querySelector(".cite .copy").focus(), 0)`)
	b.do(chromedp.KeyEvent(kb.Enter))
	b.becomes(`document.activeElement.textContent === "Copied"`)
	if got := see[string](b, `navigator.clipboard.readText()`); !strings.HasPrefix(got, "@misc{first,") {
		t.Errorf("copied %q", got)
	}

	// Without a clipboard there is an older way, and its failure is told.
	see[any](b, `(Object.defineProperty(navigator, "clipboard", { value: undefined }), 0)`)
	b.do(chromedp.KeyEvent(kb.Enter))
	b.becomes(`document.activeElement.textContent === "Copied"`)
	see[any](b, `(document.execCommand = () => false, 0)`)
	b.do(chromedp.KeyEvent(kb.Enter))
	b.becomes(`document.activeElement.textContent === "Not copied"`)
}
