// Package search makes the index that the search and the previews of links read.
package search

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"analysis/builder/internal/parallel"
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

// Index makes the parts of the index: the part "pages", and the texts of the
// pages in as many parts as they need: "text-0" and so on, each a list of [number
// of the page, text]. The part "text" is how many there are. It holds texts and
// not words with their places, for a text is what an excerpt is cut from, and
// folding its words takes a browser no longer than loading them would.
type Index struct {
	pages []*site.Page // that a file makes
	items []*indexItem // of each
	list  []byte       // the part "pages"
	texts []textPart
	spare sync.Pool // of *spare
}

// indexItem is what a page adds to the index, as JSON.
type indexItem struct {
	page  *site.Page
	entry []byte
	text  []byte // a stretch of the part that holds it; nil until that is made
}

// textPart is one part of the texts and what it was made of.
type textPart struct {
	name string
	rows []textRow
	data []byte
	text [][2]int // where each row's text stands in data
}

type textRow struct {
	page int
	item *indexItem
}

// Add adds the index of a site to files.
func (x *Index) Add(s *site.Site, files map[string][]byte) {
	if same := x.update(s); !same || x.list == nil {
		x.list = script("pages", x.appendList)
	}
	files["search/pages.js"] = x.list

	x.divide()
	for _, t := range x.texts {
		files["search/"+t.name+".js"] = t.data
	}
	files["search/text.js"] = script("text", func(b []byte) []byte { return strconv.AppendInt(b, int64(len(x.texts)), 10) })
}

// update makes items of those pages that are new. It reports whether all entries
// are those of the last time.
func (x *Index) update(s *site.Site) (same bool) {
	pages := make([]*site.Page, 0, len(s.Pages))
	for _, p := range s.Pages {
		if p.Doc.Path != "" {
			pages = append(pages, p)
		}
	}
	items, fresh := x.known(pages)
	parallel.For(len(fresh), func(i int) {
		p := pages[fresh[i]]
		items[fresh[i]] = &indexItem{page: p, entry: indexed(p).append(nil)}
	})
	same = slices.EqualFunc(x.items, items, func(a, b *indexItem) bool { return a == b || bytes.Equal(a.entry, b.entry) })
	x.pages, x.items = pages, items
	return same
}

// known returns the items that were made of the same pages, and the places of
// those that are missing. Most pages stand where they stood.
func (x *Index) known(pages []*site.Page) (items []*indexItem, missing []int) {
	items = make([]*indexItem, len(pages))
	var moved map[*site.Page]*indexItem
	for i, p := range pages {
		switch {
		case i < len(x.pages) && x.pages[i] == p:
			items[i] = x.items[i]
		case i < len(x.pages) && x.pages[i].URL == p.URL: // so it stands nowhere else
		default:
			if moved == nil {
				moved = make(map[*site.Page]*indexItem, len(x.pages))
				for j, q := range x.pages {
					moved[q] = x.items[j]
				}
			}
			items[i] = moved[p]
		}
		if items[i] == nil {
			missing = append(missing, i)
		}
	}
	return items, missing
}

// appendList appends the part "pages".
func (x *Index) appendList(b []byte) []byte {
	size := 2
	for _, item := range x.items {
		size += len(item.entry) + 1
	}
	b = append(slices.Grow(b, size+len(scriptEnd)), '[')
	for i, item := range x.items {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, item.entry...)
	}
	return append(b, ']')
}

// divide puts the texts into parts and makes those that are not as they were. A
// text is made once, and held by its part alone: a part that is made anew takes
// it from the last one.
func (x *Index) divide() {
	rows := make([]textRow, 0, len(x.items))
	for i, item := range x.items {
		if item.page.Claim == nil { // whose text is part of the page that tells it
			rows = append(rows, textRow{i, item})
		}
	}
	n := (len(rows) + partPages - 1) / partPages
	x.texts = append(x.texts, make([]textPart, max(0, n-len(x.texts)))...)
	clear(x.texts[n:])
	x.texts = x.texts[:n]
	var changed []*textPart
	for i := range x.texts {
		t := &x.texts[i]
		if part := rows[i*partPages : min((i+1)*partPages, len(rows))]; !slices.Equal(t.rows, part) {
			*t = textPart{name: fmt.Sprintf("text-%d", i), rows: slices.Clone(part)}
			changed = append(changed, t)
		}
	}
	parallel.For(len(changed), func(i int) { changed[i].make(&x.spare) })
	for _, t := range changed {
		for i, r := range t.rows {
			r.item.text = t.data[t.text[i][0]:t.text[i][1]]
		}
	}
}

// spare is a buffer for a part in the making, and for a text.
type spare struct {
	part, text []byte
}

// make makes a part, from the texts that are known and those that are new.
func (t *textPart) make(pool *sync.Pool) {
	s, _ := pool.Get().(*spare)
	if s == nil {
		s = &spare{}
	}
	defer pool.Put(s)
	t.text = make([][2]int, len(t.rows))
	s.part = append(appendScript(s.part[:0], t.name), '[')
	for i, r := range t.rows {
		if i > 0 {
			s.part = append(s.part, ',')
		}
		s.part = append(strconv.AppendInt(append(s.part, '['), int64(r.page), 10), ',')
		from := len(s.part)
		if r.item.text != nil {
			s.part = append(s.part, r.item.text...)
		} else {
			s.text = r.item.page.AppendText(s.text[:0])
			s.part = appendString(s.part, s.text)
		}
		t.text[i] = [2]int{from, len(s.part)}
		s.part = append(s.part, ']')
	}
	s.part = append(append(s.part, ']'), scriptEnd...)
	t.data = slices.Clip(append(make([]byte, 0, len(s.part)), s.part...))
}

// script is a part of the index as a script, so that it can be loaded from a
// file as well as from a server, and inside a page. No "<" stands in it, as in
// what encoding/json writes.
func script(name string, data func([]byte) []byte) []byte {
	return append(data(appendScript(nil, name)), scriptEnd...)
}

func appendScript(b []byte, name string) []byte {
	return append(append(append(b, `siteIndex.add("`...), name...), `",`...)
}

const scriptEnd = ");\n"

func indexed(p *site.Page) indexPage {
	i := indexPage{URL: p.URL, Title: p.Title, Kind: string(p.Kind), Type: p.Type, Summary: p.Summary, Date: string(p.Date), Later: p.Later}
	for _, a := range p.Doc.Front.Aliases {
		i.Aliases = append(i.Aliases, a.Name)
	}
	if c := p.Claim; c != nil {
		i.Summary = clip(string(p.AppendText(nil)), 200)
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
