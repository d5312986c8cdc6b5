package browser

import (
	"fmt"
	"slices"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"analysis/builder/internal/gather"
	"analysis/builder/internal/pipeline"
	"analysis/builder/internal/site"
	"analysis/builder/website"
)

// On a telephone a drawing scrolls in its own box and the page does not; what
// can be hit can be hit with a finger; the first column of the matrix stays.
func TestDrawingsOnATelephone(t *testing.T) {
	website.Each(t, func(t *testing.T, o pipeline.Options) {
		b := newTab(t)
		s := website.Build(t, o)
		address := web(t, hosted(s))
		for _, shows := range []string{"timeline", "map", "matrix", "chain"} {
			t.Run(shows, func(t *testing.T) {
				url, b := website.Shows(t, s, shows).URL, tab{t, b.ctx}
				for _, width := range []int64{320, 360} {
					b.open(address+url, width, 800)
					b.finds(fmt.Sprint(width), wide)
					b.finds(fmt.Sprintf("at %d smaller than 24 pixels", width), `[...document.querySelectorAll("svg a:not(.arrow), .matrix a, .filter label")]
						.filter(a => { const r = a.getBoundingClientRect(); return a.getClientRects().length > 0 && (r.width < 24 || r.height < 24) })
						.map(a => a.textContent)`) // an arrow's claim is in the list as well
				}
				if shows == "matrix" && see[bool](b, `document.querySelector(".matrix") !== null`) {
					b.holds(map[string]string{"the names of the rows stay where they are while the matrix scrolls": `(() => {
						const box = one(".matrix").parentElement, head = one(".matrix tbody th");
						box.style.inlineSize = "140px";
						box.scrollLeft = 200;
						return box.scrollLeft > 0 && head.getBoundingClientRect().left === box.getBoundingClientRect().left;
					})()`})
				}
			})
		}
	})
}

// The events of one actor can be picked by keyboard, without a script.
func TestTimelineFilterWithoutScript(t *testing.T) {
	website.Each(t, func(t *testing.T, o pipeline.Options) {
		b := newTab(t)
		s := website.Build(t, o)
		page := website.Shows(t, s, "timeline")
		line := gather.New(s.Site).Collect(page).Timeline
		if len(line.Actors) == 0 {
			t.Skip("no event has an actor")
		}
		b.do(scriptsOff())
		b.open(web(t, hosted(s))+page.URL, 1280, 900)
		b.do(chromedp.Focus(chromedp.CSS("#site-who-all")))
		shows := func(who string, want []int) {
			t.Helper()
			if got := see[[]int](b, `["li.by-who", "a.by-who", "section.by-who"].map(is =>
				[...document.querySelectorAll(is)].filter(e => e.getClientRects().length && getComputedStyle(e).opacity === "1").length)`); !slices.Equal(got, want) {
				t.Errorf("of %s, %v events, marks and years are shown, want %v", who, got, want)
			}
		}
		marks := line.Dated()
		shows("everybody", []int{len(marks) + len(line.Undated), len(marks), len(line.Years)})
		for i, who := range line.Actors {
			b.do(chromedp.KeyEvent(kb.ArrowDown))
			want := []int{who.Events, 0, 0}
			for _, y := range line.Years {
				if slices.Contains(y.Who, i) {
					want[2]++
				}
			}
			for _, m := range marks {
				if slices.Contains(m.Who, i) {
					want[1]++
				}
			}
			shows(who.Title, want)
		}
	})
}

// Where the picture does not fit it scrolls in its own box. No two texts meet as a browser sets them, and a text meets no
// other's post.
func TestPictureOnATelephone(t *testing.T) {
	website.Each(t, func(t *testing.T, o pipeline.Options) {
		b := newTab(t)
		s := website.Build(t, o)
		page := website.Find(t, s, "has a picture", func(p *site.Page) bool { return len(p.Arrows) > 0 })
		address := web(t, hosted(s)) + page.URL
		for _, width := range []int64{320, 360, 1280} {
			b.open(address, width, 800)
			b.finds(fmt.Sprint(width), `(() => {
			const found = [], box = document.querySelector(".picture .drawing"), page = document.documentElement;
			if (page.scrollWidth > innerWidth) found.push("the page scrolls sideways");
			const links = [...box.querySelectorAll("svg a")];
			for (const a of links) {
				const r = a.getBoundingClientRect(), t = a.querySelector("text").getBoundingClientRect();
				if (r.width < 24 || r.height < 24) found.push("small: " + a.textContent);
				for (const b of links) {
					const o = b.querySelector(b.matches(".post") ? "rect" : "text").getBoundingClientRect();
					if (a !== b && t.left < o.right && o.left < t.right && t.top < o.bottom - 1 && o.top < t.bottom - 1) found.push(a.textContent + " meets " + b.textContent);
				}
			}
			return found;
		})()`)
		}
	})
}

// The picture of this analysis fits where it is expected to.
func TestPictureOfTheAnalysisFits(t *testing.T) {
	var widths []int64
	website.Expect(t, "picture", &widths)
	b := newTab(t)
	address := served(t, website.Analysis)
	for _, width := range widths {
		b.open(address, width, 800)
		b.is(`one(".picture .drawing").scrollWidth <= one(".picture .drawing").clientWidth`)
	}
}
