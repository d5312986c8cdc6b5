package export

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"analysis/builder/internal/content"
	"analysis/builder/internal/site"
)

// indexPage is a page in the part "pages" of the index, which the search and the
// previews of links read. Its keys are short because there are many of them.
type indexPage struct {
	URL     string   `json:"u"` // below the site's root
	Title   string   `json:"t"`
	Kind    string   `json:"k"`
	Type    string   `json:"y,omitempty"`
	Summary string   `json:"s,omitempty"` // of a claim, the beginning of its text
	Date    string   `json:"d,omitempty"`
	Aliases []string `json:"a,omitempty"`
	Holder  string   `json:"h,omitempty"` // of a claim
	Cites   string   `json:"c,omitempty"` // of a claim: "The column, ¶3"
	Later   bool     `json:"l,omitempty"` // later than the analysed text
}

// partPages is how many pages' texts a part of the index holds. It is a number of
// pages and not of bytes, so that all parts but one stay as they are when a text
// grows.
const partPages = 50

// index makes the parts of the index: the part "pages", and the texts of the
// pages in as many parts as they need: "text-0" and so on, each a list of [number
// of the page, text]. The part "text" is how many there are. It holds texts and
// not words with their places, for a text is what an excerpt is cut from, and
// folding its words takes a browser no longer than loading them would.
type index struct {
	items map[*site.Page]*indexItem
	pages []*indexItem // of the part "pages"
	list  []byte       // that part
	texts []textPart
}

// indexItem is what a page adds to the index, as JSON.
type indexItem struct {
	entry []byte
	text  []byte // nil for a claim, whose text is part of the page that tells it
}

// textPart is one part of the texts and what it was made of.
type textPart struct {
	rows []textRow
	data []byte
}

type textRow struct {
	page int
	item *indexItem
}

// files adds the index of a site to files.
func (x *index) files(s *site.Site, each func(int, func(int)), files map[string][]byte) error {
	items, err := x.made(s, each)
	if err != nil {
		return err
	}
	sameEntry := func(a, b *indexItem) bool { return a == b || bytes.Equal(a.entry, b.entry) }
	if x.list == nil || !slices.EqualFunc(x.pages, items, sameEntry) {
		entries := make([][]byte, len(items))
		for i, item := range items {
			entries[i] = item.entry
		}
		x.list = script("pages", slices.Concat([]byte{'['}, bytes.Join(entries, []byte{','}), []byte{']'}))
	}
	x.pages = items
	files["search/pages.js"] = x.list

	var rows []textRow
	for i, item := range items {
		if item.text != nil {
			rows = append(rows, textRow{i, item})
		}
	}
	n := 0
	for part := range slices.Chunk(rows, partPages) {
		if n == len(x.texts) {
			x.texts = append(x.texts, textPart{})
		}
		if t := &x.texts[n]; !slices.Equal(t.rows, part) {
			t.rows, t.data = part, script(fmt.Sprintf("text-%d", n), textsOf(part))
		}
		files[fmt.Sprintf("search/text-%d.js", n)] = x.texts[n].data
		n++
	}
	x.texts = x.texts[:n]
	files["search/text.js"] = script("text", strconv.AppendInt(nil, int64(n), 10))
	return nil
}

// made returns the items of all pages that a file makes.
func (x *index) made(s *site.Site, each func(int, func(int))) ([]*indexItem, error) {
	var pages []*site.Page
	for _, p := range s.Pages {
		if p.Doc.Path != "" {
			pages = append(pages, p)
		}
	}
	items, failed := make([]*indexItem, len(pages)), make([]error, len(pages))
	each(len(pages), func(i int) {
		if items[i] = x.items[pages[i]]; items[i] == nil {
			items[i], failed[i] = newItem(pages[i])
		}
	})
	x.items = make(map[*site.Page]*indexItem, len(pages))
	for i, p := range pages {
		x.items[p] = items[i]
	}
	return items, errors.Join(failed...)
}

func newItem(p *site.Page) (*indexItem, error) {
	entry, err := json.Marshal(indexed(p))
	if err != nil || p.Claim != nil {
		return &indexItem{entry: entry}, err
	}
	text, err := json.Marshal(content.PlainText(p.AppendBody(nil, func(b []byte, _ *site.Statement) []byte { return b })))
	return &indexItem{entry, text}, err
}

func textsOf(rows []textRow) []byte {
	b := []byte{'['}
	for i, r := range rows {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(strconv.AppendInt(append(b, '['), int64(r.page), 10), ',')
		b = append(append(b, r.item.text...), ']')
	}
	return append(b, ']')
}

// script is a part of the index as a script, so that it can be loaded from a
// file as well as from a server, and inside a page. encoding/json has written "<"
// as \u003c.
func script(name string, data []byte) []byte {
	return slices.Concat([]byte(`siteIndex.add("`+name+`",`), data, []byte(");\n"))
}

func indexed(p *site.Page) indexPage {
	i := indexPage{URL: p.URL, Title: p.Title, Kind: string(p.Kind), Type: p.Type, Summary: p.Summary, Date: string(p.Date), Later: p.Later}
	for _, a := range p.Doc.Front.Aliases {
		i.Aliases = append(i.Aliases, a.Name)
	}
	if c := p.Claim; c != nil {
		i.Summary = clip(content.PlainText(p.AppendBody(nil, nil)), 200)
		var holders, cites []string
		for _, h := range c.HeldBy {
			holders = append(holders, h.Title)
		}
		i.Holder = strings.Join(holders, ", ")
		if c.HeldNote != "" {
			i.Holder += " (" + c.HeldNote + ")"
		}
		for _, cite := range c.Cites {
			text := cite.Source.Title
			for _, n := range cite.Passages {
				text += fmt.Sprintf(", ¶%d", n)
			}
			cites = append(cites, text)
		}
		i.Cites = strings.Join(cites, "; ")
	}
	return i
}

// clip shortens a text to about n characters, at the end of a word.
func clip(s string, n int) string {
	for i := range s {
		if n--; n >= 0 {
			continue
		}
		if j := strings.LastIndexByte(s[:i], ' '); j > 0 {
			i = j
		}
		return s[:i] + " …"
	}
	return s
}
