package browser

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"analysis/builder/website"
)

// Every page has the same frame: a masthead of one low row, and one left edge for
// the name, the title and the foot.
func TestOneFrame(t *testing.T) {
	b := newTab(t)
	s := atRoot(t, website.Analysis)
	address, list := web(t, hosted(s)), pages(t, s)
	edges := map[int64]string{}
	for _, name := range slices.Sorted(maps.Keys(list)) {
		b.do(chromedp.Navigate(address + list[name]))
		for _, width := range []int64{320, 360, 600, 992, 1199, 1280, 1920} {
			b.do(chromedp.EmulateViewport(width, 800))
			got := see[string](b, `(() => {
				const box = s => document.querySelector(s).getBoundingClientRect()
				const row = [...document.querySelectorAll(".name, .menu-open, .menu, .search-open")].filter(e => e.checkVisibility())
				const middles = row.map(e => e.getBoundingClientRect()).map(r => (r.top + r.bottom) / 2)
				if (box(".masthead").height > 60 || Math.max(...middles) - Math.min(...middles) > 2) return "not one row of 60 pixels"
				if (innerWidth >= 600 && box(".name").height > 40 || innerWidth >= 1200 && box(".menu ul").height > 40) return "two lines"
				if (document.querySelector(".menu").checkVisibility() === document.querySelector(".menu-open").checkVisibility()) return "menu and button"
				const edge = new Set([".name", "h1", ".back a"].map(s => Math.round(box(s).left)))
				return edge.size === 1 ? [...edge].join() : "edges " + [...edge].join()
			})()`)
			if edges[width] == "" {
				edges[width] = got
			}
			if got != edges[width] || len(got) > 3 {
				t.Errorf("%s at %d: %s, want %s", name, width, got, edges[width])
			}
		}
		b.do(chromedp.EmulateViewport(1280, 800))
		b.finds(name+": edges of the margin", `(edges => edges.size > 1 ? [[...edges].join()] : [])(new Set(
			[...document.querySelectorAll("main > .side > .facts, main > .side > .outline, .prose > .claim > .claim-label")].filter(e => e.checkVisibility()).map(e => Math.round(e.getBoundingClientRect().left))))`)
	}
}

// The menu of a narrow window opens without script, and closes with Escape.
func TestMenu(t *testing.T) {
	b := newTab(t)
	address := served(t, website.Analysis)
	b.do(scriptsOff())
	b.open(address, 360, 700)
	for _, step := range []struct {
		key, then string
		links     bool
	}{{kb.Enter, "opened", true}, {kb.Escape, "closed", false}} {
		see[any](b, `(document.querySelector(".menu-open").focus(), 0)`)
		b.do(chromedp.KeyEvent(step.key))
		b.becomes(fmt.Sprintf(`document.querySelector(".menu a").checkVisibility() === %t`, step.links))
		if step.links {
			b.finds(step.then, wide)
			b.is(`box(".menu").top >= box(".masthead").bottom - 6 && box(".menu").bottom < 700 && [...document.querySelectorAll(".menu a")].every(a => a.getBoundingClientRect().height >= 24)`)
		}
	}
}

// What is long in a list of sources is shortened by typing.
func TestFilterOfAList(t *testing.T) {
	b := newTab(t)
	address := served(t, website.Analysis)
	b.open(address+longest(atRoot(t, website.Analysis))["sources"], 1280, 800)
	all := see[int](b, `document.querySelectorAll(".cards > li").length`)
	word := see[string](b, `[...document.querySelectorAll(".card-title a")].at(-1).textContent`)
	see[any](b, `(document.querySelector(".find input").focus(), 0)`)
	b.do(chromedp.KeyEvent(word))
	b.becomes(fmt.Sprintf(`document.querySelector(".find output").textContent.endsWith("/ %d")`, all))
	b.holds(map[string]string{
		"some":          fmt.Sprintf(`(n => n >= 1 && n < %d)([...document.querySelectorAll(".cards > li")].filter(e => e.checkVisibility()).length)`, all),
		"no empty part": `[...document.querySelectorAll(".after section")].every(s => s.hidden === ![...s.querySelectorAll("li")].some(e => e.checkVisibility()))`,
	})
}
