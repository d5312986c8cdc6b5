package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"analysis/builder/internal/build"
	"analysis/builder/internal/devserver"
)

// preview serves a copy of the project's layouts and static files with content
// of the test's own, and returns its address and the folder.
func preview(t *testing.T, content map[string]string) (address, root string) {
	t.Helper()
	root = t.TempDir()
	for _, folder := range []string{"layouts", "static"} {
		if err := os.CopyFS(filepath.Join(root, folder), os.DirFS(filepath.Join("..", folder))); err != nil {
			t.Fatal(err)
		}
	}
	for name, text := range content {
		save(t, filepath.Join(root, "content", name), text)
	}
	ctx, cancel := context.WithCancel(t.Context())
	out, in := io.Pipe()
	done := make(chan error, 1)
	go func() {
		done <- devserver.Serve(ctx, devserver.Options{
			Addr: "127.0.0.1:0", Stdout: in, Stderr: io.Discard,
			Build: build.Options{
				Content: filepath.Join(root, "content"), Layouts: filepath.Join(root, "layouts"), Static: filepath.Join(root, "static"),
			},
		})
		in.Close()
	}()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("the preview ended with %v", err)
		}
	})
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if _, rest, ok := strings.Cut(lines.Text(), "serving "); ok {
			address, _, _ = strings.Cut(rest, " ")
			go io.Copy(io.Discard, out)
			return address, root
		}
	}
	t.Fatal("no address was printed")
	return "", ""
}

// save writes a file as vim and many others do: under another name, then
// renamed over the old one.
func save(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name+"~", []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(name+"~", name); err != nil {
		t.Fatal(err)
	}
}

// becomes waits until a JavaScript expression is true of the page. One poll may
// be lost in a reload, so it is short and asked again, up to the deadline of
// ctx.
func becomes(t *testing.T, ctx context.Context, expression string) {
	t.Helper()
	for {
		_, err := chromedp.Run(ctx, chromedp.Poll[bool]("("+expression+") === true", chromedp.WithPollingTimeout(time.Second)))
		if err == nil {
			return
		}
		if ctx.Err() != nil {
			t.Fatalf("never became true: %s: %v", expression, err)
		}
	}
}

func TestLiveReloadInABrowser(t *testing.T) {
	ctx, cancel := context.WithTimeout(browser(t), time.Minute)
	defer cancel()
	page := func(text string) string {
		return "---\ntitle: Live\n---\n\n" + strings.Repeat("A paragraph that makes the page long.\n\n", 60) + text + "\n"
	}
	address, root := preview(t, map[string]string{"site.yaml": "title: Live\n", "index.md": page("The first version.")})
	file := filepath.Join(root, "content", "index.md")
	shows := func(text string) string { return fmt.Sprintf("document.body.innerText.includes(%q)", text) }
	connected := `document.documentElement.dataset.build !== undefined`

	if err := chromedp.Do(ctx, chromedp.EmulateViewport(1000, 700), chromedp.Navigate(address)); err != nil {
		t.Fatal(err)
	}
	becomes(t, ctx, connected)
	becomes(t, ctx, `(scrollTo(0, 900), scrollY === 900)`)

	save(t, file, page("The second version."))
	becomes(t, ctx, shows("The second version."))
	becomes(t, ctx, `scrollY === 900`)
	becomes(t, ctx, connected)

	// An error leaves the page and covers it with what is wrong.
	save(t, file, page("The third version, [broken](nowhere.md) and [[nobody]]."))
	overlay := `(document.querySelector("live-overlay")?.shadowRoot.textContent ?? "")`
	becomes(t, ctx, overlay+`.includes("nowhere.md")`)
	becomes(t, ctx, overlay+`.includes("nobody")`)
	becomes(t, ctx, overlay+`.includes("index.md:125:20")`)
	becomes(t, ctx, shows("The second version."))

	save(t, file, page("The fourth version."))
	becomes(t, ctx, shows("The fourth version."))
	becomes(t, ctx, `document.querySelector("live-overlay") === null`)
	becomes(t, ctx, connected)

	// A style sheet is swapped: the page, and what a script left on it, stay.
	becomes(t, ctx, `(scrollTo(0, 700), globalThis.untouched = true, scrollY === 700)`)
	sheet := filepath.Join(root, "static", "css", "site.css")
	css, err := os.ReadFile(sheet)
	if err != nil {
		t.Fatal(err)
	}
	save(t, sheet, string(css)+"\nh1 { color: rgb(1, 2, 3); }\n")
	becomes(t, ctx, `getComputedStyle(document.querySelector("h1")).color === "rgb(1, 2, 3)"`)
	becomes(t, ctx, `globalThis.untouched === true && scrollY === 700`)
	becomes(t, ctx, `document.querySelectorAll('link[rel="stylesheet"][href*="css/site."]').length === 1`)

	// A picture keeps its name, so its page stays the same; it is shown anew all
	// the same.
	picture := func(width int) string {
		return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="10"/>`, width)
	}
	save(t, filepath.Join(root, "content", "map.svg"), picture(11))
	save(t, file, page("![A map](map.svg)"))
	width := `document.querySelector("img")?.naturalWidth`
	becomes(t, ctx, `(document.querySelector("img")?.scrollIntoView(), `+width+` === 11)`)
	becomes(t, ctx, connected)
	save(t, filepath.Join(root, "content", "map.svg"), picture(22))
	becomes(t, ctx, `(document.querySelector("img")?.scrollIntoView(), `+width+` === 22)`)
}
