package browser

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"analysis/builder/internal/pipeline"
	"analysis/builder/website"
)

// drawn is the small analysis with two claims about two actors.
func drawn(t *testing.T) string {
	t.Helper()
	root := t.TempDir()
	if err := os.CopyFS(root, os.DirFS(website.Small)); err != nil {
		t.Fatal(err)
	}
	text := "---\ntitle: Both\nsummary: Two claims about two.\n---\n"
	for _, n := range []string{"first", "second"} {
		text += "\n> [!reported] It is " + n + " {#it-is-" + n + "}\n> It *is* " + n + ".\n>\n> - source: [[nice-cup]] ¶2\n> - held by: [[george-orwell]]\n" +
			"> - about: [[rsc]], [[iso]]\n> - wording: none\n"
	}
	save(t, filepath.Join(root, "analysis", "both.md"), text)
	return root
}

// answers are links of it, and what their cards say.
var answers = map[string]struct {
	page, link string
	want       []string
}{
	"a paragraph":          {"analysis/strength/", `.claim-label a[href$="nice-cup/#p4"]`, []string{"paragraph 4", "¶4 ", "● Six heaped teaspoons make a quart ✕ Disputed"}},
	"a paragraph in prose": {"analysis/pot/", `.prose p a[href$="nice-cup/#p2"]`, []string{"A Nice Cup of Tea", "¶2 ", "▲ Two ounces a week"}},
	"reports":              {"analysis/strength/", `.claim-label a.sign`, []string{"George Orwell: Six heaped", "✕ Disputed", "ISO 3103", "two grams"}},
	"nothing found":        {"analysis/milk/", `.claim-label a.sign.nothing`, []string{"○ Nothing found", "the essay of 1946"}},
	"a heading":            {"analysis/milk/", `.prose a[href$="#the-warm-pot"]`, []string{"The pot and the kettle", "The warm pot", "on the hob"}},
	"a note":               {"analysis/milk/", `.footnote-ref`, []string{"So the chemists say; the essay of 1946 gives no chemistry."}},
	"a claim in a text":    {"claims/boiling/", `.told a`, []string{"The pot and the kettle", "■ Recommendation", "The pot goes to the kettle"}},
	"a claim":              {"analysis/strength/", `.claim-label a.statement`, []string{"● Factual claim · George Orwell ✕ Disputed", "Six heaped teaspoons make a quart Stated with the hedge “about” in ¶4. The one report set beside it disputes it."}},
	"a count":              {"", `.tally a`, []string{"● Six heaped teaspoons", "✕ Disputed", "■ The tea goes into the cup first"}},
	"a search result":      {"search/?q=teaspoons", `.search-hits a[href$="claims/six-teaspoons/"]`, []string{"● Factual claim · George Orwell ✕ Disputed"}},
	"a sign":               {"", `.print a[href$="claims/six-teaspoons/"]`, []string{"● Factual claim · George Orwell ✕ Disputed"}},
	"an arrow":             {"", `svg a.arrow .tip`, []string{"■ Recommendation · George Orwell ✕ Disputed", "The tea goes into the cup first"}},
	"a step of a chain":    {"claims/chain/", `.steps a[href$="claims/six-teaspoons/"]`, []string{"Six heaped teaspoons make a quart"}},
	"a line of the map":    {"claims/map/", `svg a.joint[href="#site-pair-iso:rsc"]`, []string{"2 claims", "Others hold about both", "● It is first George Orwell ● It is second George Orwell"}},
}

// said is the text of the card, with the signs that its style adds.
const said = `(() => {
	const signs = [...document.querySelectorAll("#site-preview :is(.statement, .sign)")];
	for (const e of signs) e.before(getComputedStyle(e, "::before").content.match(/"(.)"/)[1] + (e.closest("li") && e.matches(".statement") ? "" : " "));
	const text = document.getElementById("site-preview").innerText.replace(/[\s]+/g, " ");
	for (const e of signs) e.previousSibling.remove();
	return text.replace(/([●◆▲■]) ?(Factual claim|Assessment|Forecast|Recommendation)(?! ·| [A-Z][^ ]+ [A-Z][^ ]+,)/g, "$1");
})()`

func TestPreviewAnswersItsLink(t *testing.T) {
	b := newTab(t)
	address := served(t, drawn(t))
	const sound = `(async () => {
		const card = document.getElementById("site-preview"), box = card.getBoundingClientRect();
		if (card.querySelector("[id], [aria-labelledby], [tabindex], button, img, :is(h2, h3):not([role=presentation])")) return card.innerHTML;
		if (box.left < 0 || box.top < 0 || box.right > innerWidth || box.bottom > innerHeight) return "leaves the window";
		for (const a of card.querySelectorAll("a")) if (!(await fetch(a.href)).ok) return "leads to " + a.href;
		return "";
	})()`
	for name, c := range answers {
		for _, by := range []string{"mouse", "keyboard"} {
			b.open(address+c.page, 900, 800)
			b.becomes(fmt.Sprintf(`document.querySelector(%q) !== null`, c.link))
			see[any](b, fmt.Sprintf(`(document.querySelector(%q).scrollIntoView({ block: "center" }), 0)`, c.link))
			if by == "mouse" {
				b.hover(c.link)
			} else {
				b.do(chromedp.KeyEvent(kb.Shift))
				b.run(fmt.Sprintf(`document.querySelector(%q).closest("a").focus()`, c.link))
			}
			b.becomes(cardShown)
			got := see[string](b, said)
			for _, want := range c.want {
				if !strings.Contains(got, want) {
					t.Errorf("%s by %s: the card does not say %q but %q", name, by, want, got)
				}
			}
			if problem := see[string](b, sound); problem != "" {
				t.Errorf("%s by %s: %s", name, by, problem)
			}
			b.is(fmt.Sprintf(`(link => link.getAttribute("aria-describedby") === "site-preview" && !link.title && !link.querySelector("title"))(document.querySelector(%q).closest("a"))`, c.link))
			b.do(chromedp.KeyEvent(kb.Escape), chromedp.MouseEvent(chromedp.MouseMoved, 1, 1))
			b.becomes(cardHidden)
		}
	}

	// Beside a note that is seen, its mark needs no card, nor does a way back.
	for _, selector := range []string{".footnote-ref", ".sidenote > a"} {
		b.open(address+"analysis/milk/", 1280, 800)
		see[any](b, fmt.Sprintf(`(document.querySelector(%q).scrollIntoView({ block: "center" }), 0)`, selector))
		b.hover(selector)
		b.after(600)
		b.is(cardHidden)
	}
}

// Nothing is loaded before it is asked for, a page is read once, and one that
// cannot be read gives way to the index.
func TestPreviewReadsPages(t *testing.T) {
	b := newTab(t)
	files := hosted(atRoot(t, website.Small))
	var read, index, broken atomic.Int32
	address := web(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case strings.HasPrefix(r.URL.Path, "/search/pages."):
			index.Add(1)
		case r.URL.Path == "/sources/nice-cup/":
			read.Add(1)
			if broken.Load() > 0 {
				w.WriteHeader(http.StatusInternalServerError)
				return
			}
		}
		files.ServeHTTP(w, r)
	}))
	const paragraph = `.claim-label a[href$="nice-cup/#p4"]`
	look := func(want string) {
		t.Helper()
		b.hover(paragraph)
		b.becomes(cardShown)
		if got := see[string](b, `document.getElementById("site-preview").innerText`); !strings.Contains(got, want) {
			t.Errorf("the card says %q", got)
		}
		b.do(chromedp.KeyEvent(kb.Escape), chromedp.MouseEvent(chromedp.MouseMoved, 1, 1))
	}
	b.open(address+"analysis/strength/", 1280, 800)
	b.after(300)
	if read.Load() != 0 || index.Load() != 0 {
		t.Error("something was loaded before anybody asked")
	}
	look("¶4")
	look("¶4")
	if read.Load() != 1 || index.Load() != 0 {
		t.Errorf("the page was read %d times, the index %d times", read.Load(), index.Load())
	}
	broken.Store(1)
	b.do(chromedp.Reload())
	look("Paragraph")
	broken.Store(0)
	look("¶4")

	// A link of a card has a card, in the card's place; its links have none.
	b.hover(paragraph)
	b.becomes(cardShown)
	b.hover(`#site-preview li a`)
	b.becomes(`document.querySelector("#site-preview .preview-title")?.innerText === "Six heaped teaspoons make a quart"`)
	b.after(600)
	b.is(cardShown)
	b.hover("h1")
	b.becomes(cardHidden)

	// A reader can do without.
	b.is(`document.querySelector("label:has(#site-previews)").innerText.trim() === "Previews of links"`)
	b.run(`document.getElementById("site-previews").click()`)
	for range 2 {
		b.hover(paragraph)
		b.after(700)
		b.is(cardHidden + ` && localStorage.getItem("previews") === "off"`)
		b.do(chromedp.Reload())
	}
	b.run(`document.getElementById("site-previews").click()`)
	b.is(`localStorage.getItem("previews") === null`)
	b.hover("h1")
	look("¶4")
}

// A tap on a paragraph's number or in a claim's label opens the card below it.
func TestPreviewByTouch(t *testing.T) {
	b := newTab(t)
	address := served(t, website.Small)
	b.do(call(emulation.SetTouchEmulationEnabled, emulation.SetTouchEmulationEnabledParams{Enabled: true, MaxTouchPoints: 1}))
	const paragraph, inProse = `.claim-label a[href$="nice-cup/#p4"]`, `.prose p a[href$="nice-cup/#p2"]`
	b.open(address+"analysis/strength/", 360, 800)
	here := see[string](b, `location.href`)
	for _, link := range []struct{ selector, want string }{
		{paragraph, "Six heaped teaspoons"}, {".claim-label a.statement", "George Orwell"}, {".claim-label a.sign", "ISO 3103"},
	} {
		for _, leave := range []string{"Escape", "Close", "outside"} {
			b.tap(link.selector)
			b.becomes(cardShown)
			b.holds(map[string]string{
				"says":          fmt.Sprintf(`one("#site-preview").innerText.includes(%q)`, link.want),
				"below":         fmt.Sprintf(`box("#site-preview").top >= box(%q).bottom || box("#site-preview").bottom <= box(%[1]q).top`, link.selector),
				"can be closed": `box(".preview-foot").bottom <= innerHeight`,
				"full measure":  `Math.abs(box("#site-preview").width - box(".prose").width) < 1`,
				"has the focus": `one("#site-preview").contains(document.activeElement)`,
				"targets":       `[...document.querySelectorAll(".preview-foot > *")].every(e => e.getBoundingClientRect().height >= 24)`,
				"role":          `one("#site-preview").getAttribute("role") === "dialog" && one("#site-preview").hasAttribute("aria-label")`,
				"stays":         fmt.Sprintf(`location.href === %q`, here),
			})
			switch leave {
			case "Escape":
				b.do(chromedp.KeyEvent(kb.Escape))
			case "Close":
				b.tap(".preview-foot button")
			default:
				b.tap("h1")
			}
			b.becomes(cardHidden)
		}
	}
	b.tap(paragraph)
	b.becomes(cardShown + ` && document.querySelector(".preview-foot a").innerText === "Go to ¶4"`)
	b.tap(".preview-foot a")
	b.becomes(`location.pathname === "/sources/nice-cup/" && location.hash === "#p4"`)

	b.open(address+"analysis/pot/", 360, 800)
	b.tap(inProse)
	b.becomes(cardShown)

	// The number is large enough for a finger, and so is the mark of a note.
	const box = `document.querySelector(%q).getBoundingClientRect()`
	b.is(fmt.Sprintf(box+`.width >= 24 && `+box+`.height >= 24`, inProse, inProse))
	b.open(address+"analysis/milk/", 360, 800)
	b.is(fmt.Sprintf(box+`.width >= 24 && `+box+`.height >= 24`, ".footnote-ref", ".footnote-ref"))
}

// From disk, where no page can be read, the index answers; in the single file the
// place itself is there.
func TestPreviewOfPlacesFromDisk(t *testing.T) {
	o := website.Options(drawn(t))
	o.Portable = true
	d := fromDisk(t)
	look := func(file, selector, want string) {
		t.Helper()
		d.do(chromedp.EmulateViewport(1280, 800), chromedp.Navigate("file://"+filepath.ToSlash(file)))
		see[any](d.tab, fmt.Sprintf(`(document.querySelector(%q).scrollIntoView({ block: "center" }), 0)`, selector))
		d.hover(selector)
		d.becomes(cardShown)
		if got := see[string](d.tab, `document.getElementById("site-preview").innerText`); !strings.Contains(got, want) {
			t.Errorf("the card says %q", got)
		}
		d.mu.Lock()
		defer d.mu.Unlock()
		for said := range d.said {
			t.Errorf("the browser says %s", said)
		}
	}
	look(filepath.Join(onDisk(t, website.Build(t, o)), "analysis", "strength", "index.html"), `.claim-label a[href$="#p4"]`, "Paragraph")
	o.Single, o.Portable = true, false
	file := filepath.Join(t.TempDir(), "one.html")
	save(t, file, string(website.Build(t, o).Files[pipeline.SingleName].Data))
	look(file, `.claim-label a[href="#nice-cup--p4"]`, "Six heaped teaspoons")
	look(file, `.claim-label a.sign`, "ISO 3103")
	look(file, `.claim-label a.statement`, "George Orwell")
}
