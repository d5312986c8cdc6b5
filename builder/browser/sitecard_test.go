package browser

import (
	"bytes"
	"cmp"
	"flag"
	"image"
	"image/color"
	"image/png"
	"maps"
	"os"
	"slices"
	"testing"

	"github.com/chromedp/chromedp"

	"analysis/builder/website"
)

var (
	siteCard = flag.String("card", "", "take the picture for link previews of the real site into this file")
	cardOf   = flag.String("cardof", "", "take it of this SVG file instead")
)

// cardScript leaves of the home page its title, the tally and the drawing of the paragraphs,
// as large as fits.
const cardScript = `
	const one = (s) => document.querySelector(s)
	const title = one("h1"), tally = one(".tallied"), print = one(".print"), shapes = one(".shapes")
	const left = document.createElement("div")
	left.append(title, tally)
	document.body.replaceChildren(shapes, left, print)
	const sheet = new CSSStyleSheet()
	sheet.replaceSync(` + "`" + `
		body { display: grid; grid-template-columns: 29rem 1fr; place-items: center start; gap: 2.5rem; place-content: stretch space-between; box-sizing: border-box; inline-size: 1200px; block-size: 630px; margin: 0; padding: 0 40px 0 56px; overflow: hidden; }
		h1 { margin: 0 0 1.5rem; font-size: 3.25rem; line-height: 1.1; }
		.print > .others, .print > li:not(:has(ul)), .tally li:nth-child(n + 5) { display: none; }
		.tallied p { margin: 0 0 1.25rem; font-size: 1.4rem; line-height: 1.35; }
		.tallied a { color: inherit; text-decoration: none; }
		.tally { gap: 1rem 1.5rem; font-size: 1.3rem; }
		.tally li { min-inline-size: 10rem; }
		.tally b { font-size: 3.25rem; }
		.print { --cell: 2rem; align-self: center; inline-size: 100%; }
		.print.long { --cell: 1.5rem; }
		.told { font-size: 0.9rem; }
		.print .number { display: none; }
	` + "`" + `)
	document.adoptedStyleSheets = [sheet]
	for (const half of [left, print]) half.style.zoom = Math.min(566 / half.offsetHeight, 1)`

// TestSiteCard is run by make card.
func TestSiteCard(t *testing.T) {
	if *siteCard == "" {
		t.Skip("run with -card FILE, or make card")
	}
	b := newTab(t)
	b.do(emulate("", "prefers-color-scheme", "light"))
	if *cardOf != "" {
		svg, err := os.ReadFile(*cardOf)
		if err != nil {
			t.Fatal(err)
		}
		b.open(hostile(t, "<!doctype html><style>body { margin: 0 }</style>"+string(svg)), 1200, 630)
	} else {
		b.open(served(t, website.Analysis), 1200, 630)
		if see[bool](b, `!document.querySelector(".print")`) {
			t.Fatal("the home page has no drawing of paragraphs")
		}
		b.run(cardScript)
	}
	shot, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		t.Fatal(err)
	}
	small, err := fewColours(shot)
	if err != nil {
		t.Fatal(err)
	}
	if len(small) > 60_000 {
		t.Errorf("the picture has %d bytes", len(small))
	}
	if err := os.WriteFile(*siteCard, small, 0o644); err != nil {
		t.Fatal(err)
	}
}

// fewColours returns a picture with its 256 most frequent colours only.
func fewColours(src []byte) ([]byte, error) {
	from, err := png.Decode(bytes.NewReader(src))
	if err != nil {
		return nil, err
	}
	count := map[color.Color]int{}
	box := from.Bounds()
	for y := range box.Dy() {
		for x := range box.Dx() {
			count[from.At(x, y)]++
		}
	}
	colours := slices.SortedFunc(maps.Keys(count), func(a, b color.Color) int { return cmp.Compare(count[b], count[a]) })
	to := image.NewPaletted(box, colours[:min(256, len(colours))])
	for y := range box.Dy() {
		for x := range box.Dx() {
			to.Set(x, y, from.At(x, y))
		}
	}
	var out bytes.Buffer
	err = (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&out, to)
	return out.Bytes(), err
}
