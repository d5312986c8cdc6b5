package website

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"analysis/builder/internal/gather"
	"analysis/builder/internal/pipeline"
	"analysis/builder/internal/site"
)

// drawing are the overviews that draw.
var drawing = []string{"timeline", "map", "matrix", "chain"}

// drawnPage is a page as data, as what it gathers, and as a reader gets it.
type drawnPage struct {
	*site.Page
	Overview *gather.Overview
	html     *html.Node
}

func drawnOn(t *testing.T, s *pipeline.Snapshot, shows string) drawnPage {
	t.Helper()
	return readPage(t, s, Shows(t, s, shows))
}

func readPage(t *testing.T, s *pipeline.Snapshot, p *site.Page) drawnPage {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(s.Files[p.URL+"index.html"].Data))
	if err != nil {
		t.Fatal(err)
	}
	return drawnPage{p, gather.New(s.Site).Collect(p), root}
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
	Each(t, func(t *testing.T, o pipeline.Options) {
		s := Build(t, o)
		p := drawnOn(t, s, "map")
		m := p.Overview.Map
		joints, chords, nodes := all(p.html, having("joint")), all(p.html, having("chord")), all(p.html, having("node"))
		drawn := len(m.Lines)
		for i := range m.Pairs {
			pair := &m.Pairs[i]
			if drawn := slices.Contains(m.Lines, pair); drawn == (slices.Contains(m.Voices, pair.A) || slices.Contains(m.Voices, pair.B) || m.Single && len(pair.All) == 1) {
				t.Errorf("the line of %s and %s is drawn: %t", pair.A.ID, pair.B.ID, drawn)
			}
		}
		if len(joints) != drawn || len(chords) != drawn || len(nodes) != len(m.Drawn) {
			t.Fatalf("%d marks, %d lines, %d nodes for %d pairs of %d", len(joints), len(chords), len(nodes), drawn, len(m.Drawn))
		}
		for i := range m.Pairs {
			pair := &m.Pairs[i]
			row := fmt.Sprintf("site-pair-%s:%s", pair.A.ID, pair.B.ID)
			if list := within(p.html, row); !p.lists(list, pair.All) {
				t.Errorf("the row of %s and %s does not list its claims", pair.A.ID, pair.B.ID)
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
				t.Errorf("the line of %s and %s leads to %q, want %q", pair.A.ID, pair.B.ID, got, want)
			}
			if title := textOf(first(joints[line], func(n *html.Node) bool { return n.Data == "title" })); !strings.Contains(title, pair.A.Title+" and "+pair.B.Title+": ") {
				t.Errorf("it is called %q", title)
			}
		}
		for i, n := range m.Drawn {
			if got := p.leads(nodes[i]); got != n.URL+"#" || textOf(nodes[i]) != n.Title {
				t.Errorf("the node %q leads to %q", textOf(nodes[i]), got)
			}
		}
	})
}

func TestMatrixLeadsToItsClaims(t *testing.T) {
	Each(t, func(t *testing.T, o pipeline.Options) {
		s := Build(t, o)
		p := drawnOn(t, s, "matrix")
		filled := 0
		for _, row := range p.Overview.Matrix.Rows {
			for _, c := range row.Cells {
				id := fmt.Sprintf("site-cell-%s:%s", row.ID, c.Concept.ID)
				part := within(p.html, id)
				if part.Data == "" != (c.Len() == 0) {
					t.Errorf("%s has a list: %t, and %d claims", id, part.Data != "", c.Len())
				}
				if c.Len() == 0 {
					continue
				}
				filled++
				if !p.lists(part, slices.Concat(c.Held, c.ByOthers)) {
					t.Errorf("%s does not list its claims", id)
				}
				link := first(within(p.html, "site-matrix"), func(n *html.Node) bool { return attr(n, "href") == "#"+id })
				if link == nil || textOf(link) != fmt.Sprint(c.Len()) || !strings.Contains(attr(link, "aria-label"), row.Title+", "+c.Concept.Title) {
					t.Errorf("no cell leads to %s", id)
				}
			}
		}
		if len(p.Overview.Matrix.Rows) == 0 {
			t.Skip("no claim joins an actor and an issue")
		}
		table := first(p.html, having("matrix"))
		if o.Content != Analysis && filled == 0 || count(table, "td") != len(p.Overview.Matrix.Rows)*len(p.Overview.Matrix.Concepts) {
			t.Errorf("%d cells, %d of them filled", count(table, "td"), filled)
		}
	})
}

func TestChainLeadsToItsClaims(t *testing.T) {
	Each(t, func(t *testing.T, o pipeline.Options) {
		s := Build(t, o)
		p := drawnOn(t, s, "chain")
		if o.Content != Analysis && len(p.Overview.Chain.Arguments) == 0 {
			t.Error("no chain")
		}
		for i, a := range p.Overview.Chain.Arguments {
			part := within(p.html, fmt.Sprintf("site-argument-%d", i))
			for part.Data != "section" {
				part = part.Parent
			}
			boxes, drawn := all(part, having("box")), len(a.Claims) > 3
			for j, b := range a.Claims {
				if drawn {
					if got := p.leads(boxes[j]); got != b.URL+"#" || !strings.Contains(textOf(boxes[j]), b.Title) || !b.SharesHolder(a.End) && !strings.Contains(textOf(boxes[j]), b.HeldBy[0].Title) {
						t.Errorf("the box %q leads to %q, want %s", textOf(boxes[j]), got, b.URL)
					}
				}
				if li := within(part, "site-step-"+b.ID); li.Data != "li" || !slices.Contains(addresses(li, p.Ref), b.URL+"#") {
					t.Errorf("%s is not in the list", b.ID)
				}
			}
			links, lines := 0, 0
			for _, b := range a.Claims {
				links += len(b.Links)
			}
			for _, path := range all(part, having("shaft")) {
				lines += strings.Count(attr(path, "d"), "M")
			}
			named := len(all(part, having("also"))) + len(all(part, func(n *html.Node) bool { return n.Data == "i" }))
			if named != links || drawn && (lines != links || len(boxes) != len(a.Claims)) {
				t.Errorf("%d boxes for %d claims; %d arrows and %d lines of the list for %d relations", len(boxes), len(a.Claims), lines, named, links)
			}
		}
	})
}

func TestTimelineHasAllEvents(t *testing.T) {
	Each(t, func(t *testing.T, o pipeline.Options) {
		s := Build(t, o)
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
							t.Errorf("%s does not lead to %s", to.ID, r.ID)
						}
					}
					if strings.Contains(textOf(n), to.Config.Later) != to.Later || is(n, "is-later") != to.Later {
						t.Errorf("%s is marked as later: %t", to.ID, !to.Later)
					}
				}
				drawn = drawn || n.Data == "a" && p.leads(n) == to.URL+"#"
			}
			if !listed || drawn != (to.Date != "") {
				t.Errorf("%s is listed: %t, drawn: %t", to.ID, listed, drawn)
			}
			if drawn {
				dated++
			}
		}
		if marks := all(p.html, having("mark")); len(marks) != dated || o.Content != Analysis && dated == 0 {
			t.Errorf("%d marks for %d events", len(marks), dated)
		}
	})
}

// The layout offers as many choices as the style can follow.
func TestTimelineFilterIsStyled(t *testing.T) {
	css, err := os.ReadFile("../../static/css/drawn.css")
	layout, err2 := os.ReadFile("../../layouts/timeline.html")
	if err := errors.Join(err, err2); err != nil {
		t.Fatal(err)
	}
	rules := regexp.MustCompile(`\.timeline:has\(#site-who-(\d+):checked\) \.by-who:not\(\.who-(\d+)\)`).FindAllStringSubmatch(string(css), -1)
	for i, m := range rules {
		if m[1] != fmt.Sprint(i) || m[2] != m[1] {
			t.Errorf("rule %d is %s", i, m[0])
		}
	}
	if want := fmt.Sprintf("lt $i %d}}", len(rules)); !strings.Contains(string(layout), want) {
		t.Errorf("%d rules, but the layout does not ask %s", len(rules), want)
	}
}

// Each drawing has a name, its links have one as well, and its colours are left
// to the style.
func TestDrawingsCanBeRead(t *testing.T) {
	Each(t, func(t *testing.T, o pipeline.Options) {
		s := Build(t, o)
		drawings := 0
		for _, page := range s.Site.Pages {
			if !slices.Contains(drawing, page.Doc.Front.Shows) {
				continue
			}
			p := readPage(t, s, page)
			for _, svg := range all(p.html, func(n *html.Node) bool { return n.Data == "svg" && is(n.Parent, "drawing") }) {
				drawings++
				if textOf(within(p.html, attr(svg, "aria-labelledby"))) == "" || attr(svg.Parent, "tabindex") != "0" {
					t.Errorf("a drawing on %s has no name, or cannot be scrolled by keyboard", p.URL)
				}
				leftToTheStyle(t, svg)
				for _, a := range all(svg, func(n *html.Node) bool { return n.Data == "a" }) {
					if textOf(a) == "" {
						t.Errorf("a link without a name on %s", p.URL)
					}
				}
			}
		}
		if o.Content != Analysis && drawings == 0 {
			t.Errorf("%d drawings", drawings)
		}
	})
}

// leftToTheStyle fails if a drawing sets a colour itself.
func leftToTheStyle(t *testing.T, drawing *html.Node) {
	t.Helper()
	for n := range drawing.Descendants() {
		for _, a := range n.Attr {
			if slices.Contains([]string{"fill", "stroke", "style", "color", "font-size"}, a.Key) {
				t.Errorf("%s has the attribute %s", n.Data, a.Key)
			}
		}
	}
}

// This analysis has something to draw on each page that draws. These pages hold
// the data of the whole site, each drawing in text as well, and so may be a
// little heavier than the 15 kB of a reading page.
func TestDrawingsOfTheAnalysis(t *testing.T) {
	var want struct{ Bytes, Voices, Lines, Cells, Arguments, Marks int }
	Expect(t, "drawings", &want)
	s := Build(t, Options(Analysis))
	for _, shows := range drawing {
		p := drawnOn(t, s, shows)
		found := func(what string, n, least int) {
			if n < least {
				t.Errorf("%s: %d %s", p.URL, n, what)
			}
		}
		switch shows {
		case "map":
			found("voices", len(p.Overview.Map.Voices), want.Voices)
			found("lines", len(all(p.html, having("joint"))), want.Lines)
		case "matrix":
			found("cells", len(all(first(p.html, having("matrix")), func(n *html.Node) bool { return n.Data == "a" && strings.HasPrefix(attr(n, "href"), "#") })), want.Cells)
		case "chain":
			found("arguments", len(p.Overview.Chain.Arguments), want.Arguments)
		case "timeline":
			found("marks", len(all(p.html, having("mark"))), want.Marks)
		}
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		w.Write(s.Files[p.URL+"index.html"].Data)
		w.Close()
		t.Logf("%s: %d bytes, %d compressed", p.URL, len(s.Files[p.URL+"index.html"].Data), b.Len())
		if b.Len() > want.Bytes {
			t.Errorf("%s has %d bytes, compressed", p.URL, b.Len())
		}
	}
}

// The picture of the home page leads to its claims and pages, and lists them.
func TestPictureLeadsToItsClaims(t *testing.T) {
	Each(t, func(t *testing.T, o pipeline.Options) {
		s := Build(t, o)
		p := readPage(t, s, Find(t, s, "has a picture", func(p *site.Page) bool { return len(p.Arrows) > 0 }))
		drawing := gather.DrawPicture(p.Page)
		picture := first(p.html, having("picture"))
		lifelines, arrows, items := all(picture, having("post")), all(picture, having("arrow")), all(picture, func(n *html.Node) bool { return n.Data == "li" })
		if len(lifelines) != len(drawing.Lifelines) || len(arrows) != len(drawing.Messages) || len(items) != len(arrows) {
			t.Fatalf("%d lifelines, %d arrows, %d items for %d and %d", len(lifelines), len(arrows), len(items), len(drawing.Lifelines), len(drawing.Messages))
		}
		for i, l := range drawing.Lifelines {
			to := drawing.Pages[l.Node]
			if got := p.leads(lifelines[i]); got != to.URL+"#" || textOf(first(lifelines[i], func(n *html.Node) bool { return n.Data == "title" })) != to.Title {
				t.Errorf("the lifeline of %s leads to %q", to.ID, got)
			}
		}
		for i, a := range p.Arrows {
			title, want := textOf(first(arrows[i], func(n *html.Node) bool { return n.Data == "title" })), a.From.Title+" → "+a.To.Title+": "+a.Says
			if got := p.leads(arrows[i]); got != a.Claim.URL+"#" || !is(arrows[i], "claim-"+a.Claim.Type) || !strings.HasPrefix(title, want) {
				t.Errorf("the arrow %q leads to %q, want %s", title, got, a.Claim.URL)
			}
			if got := textOf(items[i]); !strings.Contains(got, want) || !strings.Contains(got, a.Claim.HeldBy[0].Title) || !slices.Contains(addresses(items[i], p.Ref), a.Claim.URL+"#") {
				t.Errorf("the list says %q, want %q", got, want)
			}
		}
		key := textOf(within(picture, "site-picture-key"))
		for _, word := range []string{"● factual claim", "◆ assessment", "▲ forecast", "■ recommendation", "not a finding"} {
			if !strings.Contains(key, word) {
				t.Errorf("the key does not say %q: %s", word, key)
			}
		}
		leftToTheStyle(t, picture)
	})
}
