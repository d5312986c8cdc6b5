package browser

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"html"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"analysis/builder/internal/pipeline"
	"analysis/builder/internal/site"
	"analysis/builder/website"
)

var framed = flag.String("framed", "", "take pictures of claims in frames of another site into this folder")

// headed serves a site with the headers that its file _headers states. Of the values of two
// rules a host sends either both, joined, or that of the latter.
func headed(s *pipeline.Snapshot, join bool) http.Handler {
	files := hosted(s)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		applies := false
		for line := range strings.Lines(string(s.Files["_headers"].Data)) {
			text := strings.TrimSpace(line)
			name, value, _ := strings.Cut(text, ": ")
			switch {
			case text[0] == '/':
				applies = regexp.MustCompile("^" + strings.NewReplacer("*", ".*", ":id", "[^/]+").Replace(text) + "$").MatchString(r.URL.Path)
			case text[0] == '#' || !applies:
			case join && w.Header().Get(name) != "":
				w.Header().Set(name, w.Header().Get(name)+", "+value)
			default:
				w.Header().Set(name, value)
			}
		}
		files.ServeHTTP(w, r)
	})
}

// addressed serves a site that knows its address. asked says for which files it was asked.
func addressed(t *testing.T, content string, join bool) (s *pipeline.Snapshot, asked func() string) {
	var handler http.Handler
	var mu sync.Mutex
	var list []string
	o := website.Options(content)
	o.BaseURL = web(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		list = append(list, r.URL.Path)
		mu.Unlock()
		handler.ServeHTTP(w, r)
	}))
	s = website.Build(t, o)
	handler = headed(s, join)
	return s, func() string {
		mu.Lock()
		defer mu.Unlock()
		return strings.Join(list, " ")
	}
}

// frameOf returns the HTML by which the oEmbed description of a claim shows it.
func frameOf(t *testing.T, s *pipeline.Snapshot, p *site.Page) string {
	t.Helper()
	link := regexp.MustCompile(`type="application/json\+oembed"[^>]* href="([^"]*)"`).FindSubmatch(s.Files[p.URL+"index.html"].Data)
	if link == nil {
		t.Fatalf("%s leads to no description", p.URL)
	}
	var is struct{ Type, Version, HTML string }
	name := strings.TrimPrefix(html.UnescapeString(string(link[1])), p.Config.BaseURL)
	if f := s.Files[name]; f == nil || json.Unmarshal(f.Data, &is) != nil || is.Type != "rich" || is.Version != "1.0" {
		t.Fatalf("%s is no description", link[1])
	}
	return is.HTML
}

// A page of another site shows the card of a claim, with its style sheet and without
// scripts, and no other page of this site.
func TestOnlyCardsAreFramed(t *testing.T) {
	for _, join := range []bool{true, false} {
		t.Run(fmt.Sprintf("joined %t", join), func(t *testing.T) {
			s, asked := addressed(t, website.Small, join)
			claim := website.Find(t, s, "of a claim", func(p *site.Page) bool { return p.Claim != nil })
			other := hostile(t, `<!doctype html><title>Other</title><script>let loaded = 0</script>`+
				strings.ReplaceAll(frameOf(t, s, claim), `loading="lazy"`, `onload="loaded++"`)+
				`<iframe src="`+claim.Canonical()+`" onload="loaded++"></iframe><iframe src="`+s.Site.Config.BaseURL+`" onload="loaded++"></iframe>`)
			b := newTab(t)
			b.open(other, 1280, 800)
			b.becomes(`loaded === 3`)
			if list := asked(); !strings.Contains(list, "/css/card.") || strings.Contains(list, "/css/site.") || strings.Contains(list, "/js/") {
				t.Errorf("the frames asked for %s", list)
			}
			b.open(s.Site.Config.BaseURL+claim.URL+"card/", 600, 260)
			b.holds(map[string]string{
				"no script":        `!document.querySelector("script, [style], [onclick]")`,
				"links in new tab": `one("base").target === "_blank" && !one("base").hasAttribute("href")`,
				"who and what":     fmt.Sprintf(`one("h1").textContent === %q`, claim.Claim.HeldBy[0].Title+": "+claim.Title),
				"leads to its claim": fmt.Sprintf(`one("h1 a").href === %q && one("footer a").href === %q && one("link[rel=canonical]").href === %[1]q && one("meta[name=robots]").content === "noindex"`,
					claim.Canonical(), claim.Canonical()+"#v-"+claim.Claim.Version()),
			})
		})
	}
}

// The preview lets no page of another site frame anything, the cards neither.
func TestPreviewIsNotFramed(t *testing.T) {
	address, _ := preview(t, readerPages)
	b := newTab(t)
	b.open(address+"claims/tea-runs-out/card/", 600, 260)
	b.becomes(`document.documentElement.dataset.build !== undefined && document.querySelector("h1").textContent.includes("Tea could run out")`)
	for _, name := range []string{"", "claims/tea-runs-out/", "claims/tea-runs-out/card/"} {
		b.open(hostile(t, `<!doctype html><title>Other</title><iframe src="`+address+name+`" onload="document.title = 'Loaded'"></iframe>`), 800, 600)
		b.becomes(`document.title === "Loaded"`)
		tree, err := chromedp.Run(b.ctx, func(ctx context.Context, target *chromedp.Target) (page.GetFrameTreeResult, error) {
			return cdp.Call(ctx, target, page.GetFrameTree, cdp.Empty{})
		})
		if err != nil || len(tree.FrameTree.ChildFrames) != 1 || tree.FrameTree.ChildFrames[0].Frame.UnreachableURL != address+name {
			t.Errorf("another site frames %q: %v", name, err)
		}
	}
}

// A claim is copied as a quotation in HTML, which names its holder and leads to its version.
func TestCopyAsHTML(t *testing.T) {
	s, _ := addressed(t, website.Small, true)
	claim := website.Find(t, s, "of a claim", func(p *site.Page) bool { return p.Claim != nil })
	b := newTab(t)
	b.open(claim.Canonical(), 1280, 800)
	b.run(`document.querySelector(".cite").open = true; navigator.clipboard.writeText = async (text) => { document.body.dataset.copied = text }`)
	b.run(`[...document.querySelectorAll(".cite .copy")].find((e) => e.textContent === "Copy as HTML").click()`)
	b.becomes(`document.body.dataset.copied !== undefined`)
	got, at := see[string](b, `document.body.dataset.copied`), claim.Canonical()+"#v-"+claim.Claim.Version()
	if want := fmt.Sprintf(`<blockquote cite="%s" lang="%s" dir="ltr"><p>%s</p><p>— <a href="%[1]s">`, at, s.Site.Config.Language, html.EscapeString(claim.Claim.HeldBy[0].Title+": "+claim.Title)); !strings.HasPrefix(got, want) || !strings.HasSuffix(got, "</a></p></blockquote>") {
		t.Errorf("copied %s\nwant %s", got, want)
	}
}

// TestPicturesOfFrames takes pictures for people to look at.
func TestPicturesOfFrames(t *testing.T) {
	if *framed == "" {
		t.Skip("run with -framed DIR")
	}
	s, _ := addressed(t, website.Analysis, true)
	var frames []string
	for _, result := range []string{"disputed", "part", "agreed", "nothing", "unchecked"} {
		if i := slices.IndexFunc(s.Site.Pages, func(p *site.Page) bool { return p.Claim != nil && p.Claim.Result == result }); i >= 0 {
			frames = append(frames, frameOf(t, s, s.Site.Pages[i]))
		}
	}
	other := hostile(t, `<!doctype html><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>Another site</title>
<style>body { max-width: 40rem; margin: 1rem auto; padding: 0 1rem; font: 1.1rem/1.5 sans-serif }</style><h1>Another site</h1><p>It says what it thinks of these claims.</p>`+strings.ReplaceAll(strings.Join(frames, "<p>And then:</p>\n"), `loading="lazy"`, `onload="this.dataset.loaded = ''"`))
	b := newTab(t)
	for _, width := range []int64{360, 1280} {
		for _, scheme := range []string{"light", "dark"} {
			b.do(emulate("", "prefers-color-scheme", scheme))
			b.open(other, width, 1800)
			b.becomes(`document.readyState === "complete" && !document.querySelector("iframe:not([data-loaded])")`)
			png, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(100))
			if err == nil {
				err = os.WriteFile(filepath.Join(*framed, fmt.Sprintf("card-%d-%s.png", width, scheme)), png, 0o644)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
}
