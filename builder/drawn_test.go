package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"maps"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"golang.org/x/net/html"

	"analysis/builder/internal/gather"
	"analysis/builder/internal/pipeline"
	"analysis/builder/internal/site"
)

// drawnPages are those that draw, by what they show.
var drawnPages = map[string]string{
	"timeline": "timeline/", "map": "claims/map/", "matrix": "claims/matrix/", "chain": "claims/chain/",
}

// withDrawings builds the small site with the pages that draw, and the real one.
func withDrawings(t *testing.T) map[string]*pipeline.Snapshot {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "content")
	if err := os.CopyFS(dir, os.DirFS(smallContent)); err != nil {
		t.Fatal(err)
	}
	for shows, url := range drawnPages {
		file := filepath.Join(dir, filepath.FromSlash(strings.TrimSuffix(url, "/"))+".md")
		if err := os.WriteFile(file, []byte("---\ntitle: Drawn as a "+shows+"\nshows: "+shows+"\n---\nText.\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return map[string]*pipeline.Snapshot{
		"small": mustBuild(t, pipeline.Options{Content: dir, Layouts: "../layouts", Static: "../static"}), "real": mustBuild(t, realOptions),
	}
}

// drawnPage is a page as data, as what it gathers, and as a reader gets it.
type drawnPage struct {
	*site.Page
	Overview *gather.Overview
	html     *html.Node
}

func drawnOn(t *testing.T, s *pipeline.Snapshot, shows string) drawnPage {
	t.Helper()
	i := slices.IndexFunc(s.Site.Pages, func(p *site.Page) bool { return p.Doc.Front.Shows == shows })
	if i < 0 {
		t.Fatalf("no page shows %s", shows)
	}
	return readPage(t, s, s.Site.Pages[i])
}

func readPage(t *testing.T, s *pipeline.Snapshot, p *site.Page) drawnPage {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(s.Files[p.URL+"index.html"].Data))
	if err != nil {
		t.Fatal(err)
	}
	return drawnPage{p, gather.Collect(s.Site, p), root}
}

// all elements for which ok holds.
func all(n *html.Node, ok func(n *html.Node) bool) (list []*html.Node) {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && ok(d) {
			list = append(list, d)
		}
	}
	return list
}

// is reports whether an element has a class.
func is(n *html.Node, class string) bool {
	return slices.Contains(strings.Fields(attr(n, "class")), class)
}

func having(class string) func(n *html.Node) bool {
	return func(n *html.Node) bool { return is(n, class) }
}

// leads is where a link leads, below the site's root.
func (p drawnPage) leads(link *html.Node) string {
	if to := addresses(&html.Node{FirstChild: copied(link)}, p.Ref); len(to) == 1 {
		return to[0]
	}
	return ""
}

// lists reports whether a part of the page links to exactly these claims.
func (p drawnPage) lists(part *html.Node, claims site.Statements) bool {
	want, got := map[string]bool{}, map[string]bool{}
	for _, c := range claims {
		want[c.URL+"#"] = true
	}
	for _, to := range addresses(part, p.Ref) {
		if strings.HasPrefix(to, "claims/") && strings.Count(to, "/") == 2 {
			got[to] = true
		}
	}
	return maps.Equal(got, want)
}

func TestMapLeadsToItsClaims(t *testing.T) {
	for name, s := range withDrawings(t) {
		p := drawnOn(t, s, "map")
		m := p.Overview.Map
		joints, chords, nodes := all(p.html, having("joint")), all(p.html, having("chord")), all(p.html, having("node"))
		drawn := len(m.Lines)
		for i := range m.Pairs {
			pair := &m.Pairs[i]
			if drawn := slices.Contains(m.Lines, pair); drawn == (slices.Contains(m.Voices, pair.A) || slices.Contains(m.Voices, pair.B)) {
				t.Errorf("%s: the line of %s and %s is drawn: %t", name, pair.A.ID, pair.B.ID, drawn)
			}
		}
		if name == "real" && (drawn == 0 || len(m.Voices) == 0) || len(joints) != drawn || len(chords) != drawn || len(nodes) != len(m.Drawn) {
			t.Fatalf("%s: %d marks, %d lines, %d nodes for %d pairs of %d", name, len(joints), len(chords), len(nodes), drawn, len(m.Drawn))
		}
		for i := range m.Pairs {
			pair := &m.Pairs[i]
			row := fmt.Sprintf("site-pair-%s__%s", pair.A.ID, pair.B.ID)
			if tr := within(p.html, row); !p.lists(tr, pair.All) || tr.Data != "tr" {
				t.Errorf("%s: the row of %s and %s does not list its claims", name, pair.A.ID, pair.B.ID)
			}
			line := slices.Index(m.Lines, pair)
			if line < 0 {
				continue
			}
			want := p.URL + "#" + row
			if only := pair.Only(); only != nil {
				want = only.URL + "#"
			}
			if got := p.leads(joints[line]); got != want {
				t.Errorf("%s: the line of %s and %s leads to %q, want %q", name, pair.A.ID, pair.B.ID, got, want)
			}
			if title := textOf(first(joints[line], func(n *html.Node) bool { return n.Data == "title" })); !strings.Contains(title, pair.A.Title+" and "+pair.B.Title+": ") {
				t.Errorf("%s: it is called %q", name, title)
			}
		}
		for i, n := range m.Drawn {
			if got := p.leads(nodes[i]); got != n.URL+"#" || textOf(nodes[i]) != n.Title {
				t.Errorf("%s: the node %q leads to %q", name, textOf(nodes[i]), got)
			}
		}
	}
}

func TestMatrixLeadsToItsClaims(t *testing.T) {
	for name, s := range withDrawings(t) {
		p := drawnOn(t, s, "matrix")
		filled := 0
		for _, row := range p.Overview.Matrix.Rows {
			for _, c := range row.Cells {
				id := fmt.Sprintf("site-cell-%s__%s", row.ID, c.Concept.ID)
				part := within(p.html, id)
				if part.Data == "" != (c.Len() == 0) {
					t.Errorf("%s: %s has a list: %t, and %d claims", name, id, part.Data != "", c.Len())
				}
				if c.Len() == 0 {
					continue
				}
				filled++
				if !p.lists(part, slices.Concat(c.Held, c.Told)) {
					t.Errorf("%s: %s does not list its claims", name, id)
				}
				link := first(within(p.html, "site-matrix"), func(n *html.Node) bool { return attr(n, "href") == "#"+id })
				if link == nil || textOf(link) != fmt.Sprint(c.Len()) || !strings.Contains(attr(link, "aria-label"), row.Title+", "+c.Concept.Title) {
					t.Errorf("%s: no cell leads to %s", name, id)
				}
			}
		}
		table := first(p.html, having("matrix"))
		if filled == 0 || count(table, "td") != len(p.Overview.Matrix.Rows)*len(p.Overview.Matrix.Concepts) {
			t.Errorf("%s: %d cells, %d of them filled", name, count(table, "td"), filled)
		}
	}
}

func TestChainLeadsToItsClaims(t *testing.T) {
	for name, s := range withDrawings(t) {
		p := drawnOn(t, s, "chain")
		if len(p.Overview.Chain.Arguments) == 0 {
			t.Fatalf("%s: no chain", name)
		}
		for i, a := range p.Overview.Chain.Arguments {
			part := within(p.html, fmt.Sprintf("site-argument-%d", i))
			for part.Data != "section" {
				part = part.Parent
			}
			boxes, arrows, steps := all(part, having("box")), all(part, having("arrow")), all(part, having("relation"))
			n := 0
			for j, b := range a.Claims {
				if got := p.leads(boxes[j]); got != b.URL+"#" || !strings.Contains(textOf(boxes[j]), b.Title) || !strings.Contains(textOf(boxes[j]), b.HeldBy[0].Title) {
					t.Errorf("%s: the box %q leads to %q, want %s", name, textOf(boxes[j]), got, b.URL)
				}
				if li := within(part, "site-step-"+b.ID); li.Data != "li" || !slices.Contains(addresses(li, p.Ref), b.URL+"#") {
					t.Errorf("%s: %s is not in the list", name, b.ID)
				}
				for _, r := range b.Links {
					title := textOf(first(arrows[n], func(n *html.Node) bool { return n.Data == "title" }))
					if got := p.leads(arrows[n]); got != r.By.URL+"#site-relations" || !strings.HasPrefix(title, b.Title) || !strings.HasSuffix(title, r.Claim.Title) {
						t.Errorf("%s: the arrow %q leads to %q, want %s", name, title, got, r.By.URL)
					}
					n++
				}
			}
			if len(boxes) != len(a.Claims) || len(arrows) != n || len(steps) != n {
				t.Errorf("%s: %d boxes for %d claims; %d arrows and %d lines of the list for %d relations", name, len(boxes), len(a.Claims), len(arrows), len(steps), n)
			}
		}
	}
}

func TestTimelineHasAllEvents(t *testing.T) {
	for name, s := range withDrawings(t) {
		p := drawnOn(t, s, "timeline")
		dated := 0
		for _, to := range s.Site.Pages {
			if to.Kind != "event" {
				continue
			}
			listed, drawn := false, false
			for _, n := range all(p.html, having("by-who")) {
				if n.Data == "li" && slices.Contains(addresses(n, p.Ref), to.URL+"#") {
					listed = true
					for _, r := range slices.Concat(to.Relation("places", false), to.Relation("actors", false)) {
						if !slices.Contains(addresses(n, p.Ref), r.URL+"#") {
							t.Errorf("%s: %s does not lead to %s", name, to.ID, r.ID)
						}
					}
					if strings.Contains(textOf(n), to.Config.Later) != to.Later || is(n, "is-later") != to.Later {
						t.Errorf("%s: %s is marked as later: %t", name, to.ID, !to.Later)
					}
				}
				drawn = drawn || n.Data == "a" && p.leads(n) == to.URL+"#"
			}
			if !listed || drawn != (to.Date != "") {
				t.Errorf("%s: %s is listed: %t, drawn: %t", name, to.ID, listed, drawn)
			}
			if drawn {
				dated++
			}
		}
		if marks := all(p.html, having("mark")); len(marks) != dated || dated == 0 {
			t.Errorf("%s: %d marks for %d events", name, len(marks), dated)
		}
	}
}

// The layout offers as many choices as the style can follow.
func TestTimelineFilterIsStyled(t *testing.T) {
	css, layout := folder(t, "../static/css")["drawn.css"], folder(t, "../layouts")["timeline.html"]
	rules := regexp.MustCompile(`\.timeline:has\(#site-who-(\d+):checked\) \.by-who:not\(\.who-(\d+)\)`).FindAllStringSubmatch(css, -1)
	for i, m := range rules {
		if m[1] != fmt.Sprint(i) || m[2] != m[1] {
			t.Errorf("rule %d is %s", i, m[0])
		}
	}
	if want := fmt.Sprintf("lt $i %d}}", len(rules)); !strings.Contains(layout, want) {
		t.Errorf("%d rules, but the layout does not ask %s", len(rules), want)
	}
}

// Each drawing has a name, its links have one as well, and its colours are left
// to the style.
func TestDrawingsCanBeRead(t *testing.T) {
	for name, s := range withDrawings(t) {
		drawings := 0
		for shows := range drawnPages {
			p := drawnOn(t, s, shows)
			for _, svg := range all(p.html, func(n *html.Node) bool { return n.Data == "svg" && is(n.Parent, "drawing") }) {
				drawings++
				if textOf(within(p.html, attr(svg, "aria-labelledby"))) == "" || attr(svg.Parent, "tabindex") != "0" {
					t.Errorf("%s: a drawing on %s has no name, or cannot be scrolled by keyboard", name, p.URL)
				}
				for n := range svg.Descendants() {
					for _, a := range n.Attr {
						if slices.Contains([]string{"fill", "stroke", "style", "color", "font-size"}, a.Key) {
							t.Errorf("%s: %s has the attribute %s on %s", name, n.Data, a.Key, p.URL)
						}
					}
					if n.Data == "a" && textOf(n) == "" {
						t.Errorf("%s: a link without a name on %s", name, p.URL)
					}
				}
			}
		}
		if drawings < 3 {
			t.Errorf("%s: %d drawings", name, drawings)
		}
	}
}

func TestDrawingsAreDrawnInOneWay(t *testing.T) {
	a, b := withDrawings(t), withDrawings(t)
	for name := range a {
		for _, url := range drawnPages {
			if file := url + "index.html"; !bytes.Equal(a[name].Files[file].Data, b[name].Files[file].Data) {
				t.Errorf("%s: %s comes out in two ways", name, file)
			}
		}
	}
}

// These pages hold the data of the whole site, each drawing in text as well, and
// so may be a little heavier than the 15 kB of a reading page.
func TestDrawingsAreLight(t *testing.T) {
	s := mustBuild(t, realOptions)
	for _, url := range drawnPages {
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		w.Write(s.Files[url+"index.html"].Data)
		w.Close()
		t.Logf("%s: %d bytes, %d compressed", url, len(s.Files[url+"index.html"].Data), b.Len())
		if b.Len() > 16_000 {
			t.Errorf("%s has %d bytes, compressed", url, b.Len())
		}
	}
}

// On a telephone a drawing scrolls in its own box and the page does not; what
// can be hit can be hit with a finger; the first column of the matrix stays.
func TestDrawingsOnATelephone(t *testing.T) {
	ctx := browser(t)
	web := httptest.NewServer(realSite(t))
	defer web.Close()
	for _, url := range drawnPages {
		for _, width := range []int64{320, 360} {
			if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, 800), chromedp.Navigate(web.URL+"/"+url)); err != nil {
				t.Fatal(err)
			}
			wide, err := chromedp.Run(ctx, chromedp.Evaluate[int64](`document.documentElement.scrollWidth`))
			if err != nil {
				t.Fatal(err)
			}
			if wide > width {
				t.Errorf("%s is %d wide in a window of %d", url, wide, width)
			}
			small, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](`[...document.querySelectorAll("svg a:not(.arrow), .matrix a, .filter label")]
				.filter(a => { const r = a.getBoundingClientRect(); return r.width < 24 || r.height < 24 })
				.map(a => a.textContent)`)) // an arrow's claim is in the list as well
			if err != nil {
				t.Fatal(err)
			}
			if len(small) > 0 {
				t.Errorf("%s at %d: smaller than 24 pixels: %q", url, width, small)
			}
		}
	}
	if err := chromedp.Do(ctx, chromedp.Navigate(web.URL+"/"+drawnPages["matrix"])); err != nil {
		t.Fatal(err)
	}
	stays, err := chromedp.Run(ctx, chromedp.Evaluate[bool](`(() => {
		const box = document.querySelector(".matrix").parentElement, head = document.querySelector(".matrix tbody th");
		box.scrollLeft = 200;
		return box.scrollLeft > 0 && head.getBoundingClientRect().left === box.getBoundingClientRect().left;
	})()`))
	if err != nil {
		t.Fatal(err)
	}
	if !stays {
		t.Error("the names of the rows do not stay where they are while the matrix scrolls")
	}
}

// The events of one actor can be picked by keyboard, without a script.
func TestTimelineFilterWithoutScript(t *testing.T) {
	ctx := browser(t)
	s := mustBuild(t, realOptions)
	web := httptest.NewServer(realSite(t))
	defer web.Close()
	noScript := func(ctx context.Context, target *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, target, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		return chromedp.Void{}, err
	}
	if err := chromedp.Do(ctx, noScript, chromedp.EmulateViewport(1280, 900), chromedp.Navigate(web.URL+"/"+drawnPages["timeline"]), chromedp.Focus(chromedp.CSS("#site-who-all"))); err != nil {
		t.Fatal(err)
	}
	line := drawnOn(t, s, "timeline").Overview.Timeline
	shown := func() []int {
		n, err := chromedp.Run(ctx, chromedp.Evaluate[[]int](`["li.by-who", "a.by-who", "section.by-who"].map(is =>
			[...document.querySelectorAll(is)].filter(e => e.getClientRects().length).length)`))
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	marks := line.Dated()
	want := []int{len(marks) + len(line.Undated), len(marks), len(line.Years)}
	if got := shown(); !slices.Equal(got, want) {
		t.Errorf("of everybody, %v events, marks and years are shown, want %v", got, want)
	}
	for i, who := range line.Actors {
		if err := chromedp.Do(ctx, chromedp.KeyEvent(kb.ArrowDown)); err != nil {
			t.Fatal(err)
		}
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
		if got := shown(); !slices.Equal(got, want) {
			t.Errorf("of %s, %v events, marks and years are shown, want %v", who.Title, got, want)
		}
	}
}

// The picture of the home page leads to its claims and pages, and lists them.
func TestPictureLeadsToItsClaims(t *testing.T) {
	for name, s := range withDrawings(t) {
		i := slices.IndexFunc(s.Site.Pages, func(p *site.Page) bool { return len(p.Arrows) > 0 })
		if i < 0 {
			t.Fatalf("%s: no picture", name)
		}
		p := readPage(t, s, s.Site.Pages[i])
		drawing := gather.DrawPicture(p.Page)
		picture := first(p.html, having("picture"))
		lifelines, arrows, items := all(picture, having("post")), all(picture, having("arrow")), all(picture, func(n *html.Node) bool { return n.Data == "li" })
		if len(lifelines) != len(drawing.Lifelines) || len(arrows) != len(drawing.Messages) || len(items) != len(arrows) {
			t.Fatalf("%s: %d lifelines, %d arrows, %d items for %d and %d", name, len(lifelines), len(arrows), len(items), len(drawing.Lifelines), len(drawing.Messages))
		}
		for i, l := range drawing.Lifelines {
			to := drawing.Pages[l.Node]
			if got := p.leads(lifelines[i]); got != to.URL+"#" || textOf(first(lifelines[i], func(n *html.Node) bool { return n.Data == "title" })) != to.Title {
				t.Errorf("%s: the lifeline of %s leads to %q", name, to.ID, got)
			}
		}
		for i, a := range p.Arrows {
			title, want := textOf(first(arrows[i], func(n *html.Node) bool { return n.Data == "title" })), a.From.Title+" → "+a.To.Title+": "+a.Says
			if got := p.leads(arrows[i]); got != a.Claim.URL+"#" || !is(arrows[i], "claim-"+a.Claim.Type) || !strings.HasPrefix(title, want) {
				t.Errorf("%s: the arrow %q leads to %q, want %s", name, title, got, a.Claim.URL)
			}
			if got := textOf(items[i]); !strings.Contains(got, want) || !strings.Contains(got, a.Claim.HeldBy[0].Title) || !slices.Contains(addresses(items[i], p.Ref), a.Claim.URL+"#") {
				t.Errorf("%s: the list says %q, want %q", name, got, want)
			}
		}
		key := textOf(within(picture, "site-picture-key"))
		for _, word := range []string{"● reported", "◆ assessment", "▲ forecast", "■ recommendation", "not a finding"} {
			if !strings.Contains(key, word) {
				t.Errorf("%s: the key does not say %q: %s", name, word, key)
			}
		}
		for n := range picture.Descendants() {
			for _, a := range n.Attr {
				if slices.Contains([]string{"fill", "stroke", "style", "color", "font-size"}, a.Key) {
					t.Errorf("%s: %s has the attribute %s", name, n.Data, a.Key)
				}
			}
		}
	}
}

// On a telephone of 360 pixels the picture fits; on a smaller one it scrolls in
// its own box. No two texts meet as a browser sets them, and a text meets no
// other's post.
func TestPictureOnATelephone(t *testing.T) {
	ctx := browser(t)
	web := httptest.NewServer(realSite(t))
	defer web.Close()
	for _, width := range []int64{320, 360, 1280} {
		if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, 800), chromedp.Navigate(web.URL+"/")); err != nil {
			t.Fatal(err)
		}
		wrong, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](`(() => {
			const found = [], box = document.querySelector(".picture .drawing"), page = document.documentElement;
			if (page.scrollWidth > innerWidth) found.push("the page scrolls sideways");
			if (innerWidth >= 360 && box.scrollWidth > box.clientWidth) found.push("the picture scrolls");
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
		})()`))
		if err != nil {
			t.Fatal(err)
		}
		if len(wrong) > 0 {
			t.Errorf("at %d: %q", width, wrong)
		}
	}
}
