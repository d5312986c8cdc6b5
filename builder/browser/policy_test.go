package browser

import (
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"analysis/builder/website"
)

// No page asks for anything that its own policy forbids, nor do the tools in it
// or the preview around it.
func TestPagesKeepTheirPolicy(t *testing.T) {
	b := newTab(t)
	var mu sync.Mutex
	var said []string
	say := func(text string) {
		mu.Lock()
		defer mu.Unlock()
		said = append(said, text)
	}
	if err := chromedp.Listen(b.ctx, func(event any) {
		switch event := event.(type) {
		case *log.EventEntryAdded:
			if event.Entry.Source == log.EntrySourceSecurity || strings.Contains(event.Entry.Text, "Content Security Policy") {
				say(event.Entry.Text)
			}
		case *runtime.EventExceptionThrown:
			if e := event.ExceptionDetails.Exception; e != nil {
				say(event.ExceptionDetails.Text + " " + e.Description)
			}
		}
	}); err != nil {
		t.Fatal(err)
	}
	b.do(beforehand(`const violations = []; addEventListener("securitypolicyviolation", (e) => violations.push(e.violatedDirective + " " + e.blockedURI));`))
	keeps := func(name string) {
		t.Helper()
		if got := see[[]string](b, `violations`); len(got) > 0 {
			t.Errorf("%s breaks its policy: %q", name, got)
		}
		mu.Lock()
		defer mu.Unlock()
		if len(said) > 0 {
			t.Errorf("%s: %q", name, said)
		}
		said = nil
	}
	b.everyPage(1280, 800, 1, keeps)
	b.open(served(t, website.Small)+"analysis/pot/", 1280, 800)
	b.hover(".prose > p a")
	b.becomes(cardShown)
	keeps("a page with a card")
	address, _ := preview(t, readerPages)
	b.open(address+"analysis/first/", 1280, 800)
	b.becomes(`document.documentElement.dataset.build !== undefined`)
	keeps("the preview")

	// The test is worth what it finds.
	see[any](b, `(document.body.setAttribute("style", "color: red"), 0)`)
	b.becomes(`violations.length > 0`) // the policy of the header and that of the page
}
