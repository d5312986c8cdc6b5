package browser

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// tab is a page in a browser.
type tab struct {
	*testing.T
	ctx context.Context
}

// newTab starts a fresh Chromium. Without one the test is skipped, with a line
// that says how to get it; in CI that is a failure.
func newTab(t *testing.T) tab {
	t.Helper()
	names := []string{"chromium", "chromium-browser", "google-chrome"}
	if named := os.Getenv("CHROMIUM"); named != "" {
		names = []string{named}
	}
	var path string
	for _, name := range names {
		if path == "" {
			path, _ = exec.LookPath(name)
		}
	}
	if path == "" {
		const how = "no browser found: install Debian's package chromium, or set CHROMIUM to one"
		if os.Getenv("CI") == "true" {
			t.Fatal(how)
		}
		t.Skip(how)
	}
	for tries := 1; ; tries++ { // now and then one dies as it starts, which says nothing of the site
		ctx, err := started(t, path)
		if err == nil {
			ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
			t.Cleanup(cancel)
			return tab{t, ctx}
		}
		if tries == 3 {
			t.Fatal(err)
		}
		t.Log(err)
	}
}

// started starts a browser, which is stopped when the test ends.
func started(t *testing.T, path string) (context.Context, error) {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.UserDataDir(t.TempDir()),
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true), chromedp.Flag("disable-quic", true), chromedp.Flag("force-color-profile", "srgb"),
	)
	ctx, cancel := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	return ctx, chromedp.Do(ctx)
}

func (b tab) do(steps ...chromedp.Action[chromedp.Void]) {
	b.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.Fatal(err)
	}
}

// open loads a page in a window of that size.
func (b tab) open(address string, width, height int64) {
	b.Helper()
	b.do(chromedp.EmulateViewport(width, height), chromedp.Navigate(address))
}

// see returns what a JavaScript expression gives on the page, or what it
// promises.
func see[T any](b tab, expression string) T {
	b.Helper()
	value, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.Fatalf("%s: %v", expression, err)
	}
	return value
}

// run does something on the page.
func (b tab) run(script string) {
	b.Helper()
	see[bool](b, "(() => {"+script+"; return true; })()")
}

// becomes waits until an expression is true of the page. One poll may be lost in
// a reload, so it is short and asked again, up to the deadline of the tab.
func (b tab) becomes(expression string) {
	b.Helper()
	for {
		_, err := chromedp.Run(b.ctx, chromedp.Poll[bool]("("+expression+") === true", chromedp.WithPollingTimeout(time.Second)))
		if err == nil {
			return
		}
		if b.ctx.Err() != nil {
			b.Fatalf("never became true: %s: %v", expression, err)
		}
	}
}

// is fails unless an expression is true now.
func (b tab) is(expression string) {
	b.Helper()
	b.holds(map[string]string{expression: expression})
}

// has waits until the page's text contains a text.
func (b tab) has(text string) {
	b.Helper()
	b.becomes(fmt.Sprintf("document.body.innerText.includes(%q)", text))
}

// holds fails for every expression that is not true of the page.
func (b tab) holds(what map[string]string) {
	b.Helper()
	for name, expression := range what {
		got, err := chromedp.Run(b.ctx, chromedp.Evaluate[any](`(() => {
			const one = s => document.querySelector(s), box = s => one(s).getBoundingClientRect(), css = (s, p) => getComputedStyle(one(s))[p]
			return `+expression+`
		})()`))
		if err != nil {
			b.Errorf("%s: %v", name, err)
		} else if got != true {
			b.Errorf("%s: %v", name, got)
		}
	}
}

// finds fails for every string in a list that an expression makes.
func (b tab) finds(name, expression string) {
	b.Helper()
	found := see[[]string](b, expression)
	for _, f := range found[:min(len(found), 5)] {
		b.Errorf("%s: %s", name, f)
	}
}

// call is a command to the browser as a step.
func call[P, R any](command cdp.Command[P, R], params P) chromedp.Action[chromedp.Void] {
	return func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, t, command, params)
		return chromedp.Void{}, err
	}
}

// emulate sets the medium, and a user's preference such as
// prefers-color-scheme: dark.
func emulate(medium, feature, value string) chromedp.Action[chromedp.Void] {
	p := emulation.SetEmulatedMediaParams{Media: medium}
	if feature != "" {
		p.Features = []*emulation.MediaFeature{{Name: feature, Value: value}}
	}
	return call(emulation.SetEmulatedMedia, p)
}

// scriptsOff keeps the scripts of all further pages from running.
func scriptsOff() chromedp.Action[chromedp.Void] {
	return call(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
}

// beforehand runs a script in each page before its own.
func beforehand(script string) chromedp.Action[chromedp.Void] {
	return call(page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: script})
}
